/** What a gate reads: a file or standard input as UTF-8 bytes, unpacked where it is packed. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { GateInputError } from '../gate/ingest/gate-error.ts';
import type { InputFormat } from '../gate/ingest/gate.ts';
import { delimiterOf } from '../producers/scan/index.ts';
import { SourceError } from './source-error.ts';
import { unpacked } from './unpacked.ts';

const CHUNK = 1 << 20;
const PACKED = /\.(?:gz|br|zz)$/i;

const KINDS: Readonly<Record<string, InputFormat['kind']>> = {
  '.csv': 'csv', '.tsv': 'csv', '.tab': 'csv', '.psv': 'csv', '.jsonl': 'jsonl', '.ndjson': 'jsonl', '.json': 'json',
}; // prettier-ignore

export const kindOfPath = (path: string): InputFormat['kind'] | null =>
  KINDS[extname(path.replace(PACKED, '')).toLowerCase()] ?? null;

export interface GateInput {
  readonly format: InputFormat;
  /** Can be read once. Throws GateInputError where it cannot be read on, SourceError where it cannot be opened. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Of the file as it lies there; null for standard input. */
  readonly size: number | null;
  /** Packed bytes read so far. */
  readonly position: () => number;
}

/** `path`: a file, or - for standard input. `kind`: what it holds, where the name does not say it. */
export async function openGateInput(path: string, kind: InputFormat['kind'] | null): Promise<GateInput> {
  const held = kind ?? (path === '-' ? null : kindOfPath(path));
  if (held === null)
    throw new SourceError(`What ${path} holds is not said by its name.`, 'Say it with --as csv, jsonl or json.');
  let size: number | null = null;
  let stream: Readable = process.stdin;
  if (path !== '-') {
    const file = await open(path).catch((error: Error) => {
      throw new SourceError(`Cannot read ${path}: ${error.message}.`, 'Check the name.');
    });
    const { size: bytes } = await file.stat();
    size = bytes;
    stream = createReadStream(path, { fd: file, highWaterMark: CHUNK });
  }
  let read = 0;
  stream.on('data', (chunk: Buffer) => (read += chunk.length));
  stream.pause();
  const chunks = utf8(unpacked(stream, path))[Symbol.asyncIterator]();
  const first = await chunks.next();
  const head = first.done ? new Uint8Array(0) : first.value;
  const isTabbed = /\.(?:tsv|tab)$/i.test(path.replace(PACKED, ''));
  return {
    format: held === 'csv' ? { kind: 'csv', delimiter: isTabbed ? 9 : delimiterOf(head) } : { kind: held },
    size,
    position: () => read,
    bytes: {
      async *[Symbol.asyncIterator]() {
        if (!first.done) yield head;
        for (;;) {
          const { done, value } = await chunks.next();
          if (done) return;
          yield value;
        }
      },
    },
  };
}

/** UTF-16 is told by its byte order mark; offsets are then those of the text as UTF-8. */
async function* utf8(stream: Readable): AsyncGenerator<Uint8Array> {
  let decode: InstanceType<typeof TextDecoder> | null = null;
  let isFirst = true;
  let read = 0;
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: true }) as AsyncIterable<Buffer>) {
      if (isFirst) {
        isFirst = false;
        const [a, b] = chunk;
        if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
          decode = new TextDecoder(a === 0xff ? 'utf-16le' : 'utf-16be', { fatal: true });
      }
      yield decode ? Buffer.from(decode.decode(chunk, { stream: true })) : chunk;
      read += chunk.length;
    }
    if (decode) yield Buffer.from(decode.decode());
  } catch (error) {
    if (error instanceof TypeError) throw new GateInputError('there are bytes that are no UTF-16', 0, read);
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') || code === 'ERR_BUFFER_OUT_OF_BOUNDS' || code?.startsWith('ERR__ERROR'))
      throw new GateInputError('the input is not packed as its name says, or was cut short', 0, read);
    throw error;
  }
}
