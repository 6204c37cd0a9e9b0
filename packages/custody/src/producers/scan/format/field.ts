/** What the readers of formats have in common: fields, as bytes with a place, and trouble. */

import type { WalkPlan } from '../walk.ts';

/** How the bytes of a field stand for its text. */
export type Escaping = 'none' | 'csv' | 'json';

export interface Field {
  /** The bytes are lent: they change after the call. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly escaping: Escaping;
  /** Row (record, element, line) from 1; 0 is a header. */
  readonly row: number;
  /** Column from 1, where the format has columns by number; 0 where not. */
  readonly column: number;
  /** Header or path of keys; empty where there is none. */
  readonly label: string;
  /** Offset of `start` in the (decompressed) input. */
  readonly byte: number;
}

export interface Trouble {
  readonly message: string;
  readonly row: number;
  readonly byte: number;
}

export interface FormatReader {
  /** Takes the next bytes. They may be cut anywhere. */
  push(chunk: Uint8Array): void;
  /** The input is over. */
  end(): void;
}

export interface FieldSink {
  field(field: Field): void;
  trouble(trouble: Trouble): void;
}

/** A sink that need not see each field: the walk gives it those pieces of fields that are worth a look. */
export interface PieceSink extends FieldSink {
  /** null: it wants to see each field. */
  readonly plan: WalkPlan | null;
  /** What the name of a column says, as flags of the walk. */
  flagsOf(label: string): number;
  /** `field` is the field, of which the piece from `start` to `end` has these facts and runs of digits. */
  piece(field: Field, start: number, end: number, facts: number, runs: number): void;
  /** So many fields were read, up to this row. */
  read(fields: number, row: number): void;
}

export const isPieceSink = (sink: FieldSink): sink is PieceSink => 'piece' in sink && 'plan' in sink;

/** A longer field is read in pieces that overlap, so that memory stays flat. */
export const LONGEST_FIELD = 1 << 20;
/** No value that is looked for is longer. */
export const OVERLAP = 1 << 10;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

let lastBytes: Uint8Array | null = null;
let lastBuffer: Buffer = Buffer.alloc(0);
/** A view of the same bytes, made once for each chunk. */
function bufferOf(bytes: Uint8Array): Buffer {
  if (bytes !== lastBytes) {
    lastBytes = bytes;
    lastBuffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return lastBuffer;
}

/** The text of a field that is ASCII alone. */
export function asciiOf({ bytes, start, end, escaping }: Field): string {
  return meant(bufferOf(bytes).toString('latin1', start, end), escaping);
}

/** The text of a field. What is no UTF-8 becomes U+FFFD; the rest is read. */
export function textOf({ bytes, start, end, escaping }: Field): string {
  return meant(decoder.decode(bytes.subarray(start, end)), escaping);
}

function meant(raw: string, escaping: Escaping): string {
  if (escaping === 'csv') return raw.includes('""') ? raw.replaceAll('""', '"') : raw;
  if (escaping === 'json') return raw.includes('\\') ? unescaped(raw) : raw;
  return raw;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g;
const unescaped = (raw: string): string =>
  raw.replace(ESCAPE, (_, hex: string | undefined, char: string | undefined) =>
    hex === undefined ? (ESCAPES[char!] ?? char!) : String.fromCharCode(parseInt(hex, 16)),
  );

/** How many bytes of a field come before the given UTF-16 unit of its text. */
export function byteOf(field: Field, unit: number): number {
  const raw = decoder.decode(field.bytes.subarray(field.start, field.end));
  if (field.escaping === 'none') return Buffer.byteLength(raw.slice(0, unit));
  let at = 0;
  for (let seen = 0; seen < unit && at < raw.length; seen++) {
    if (field.escaping === 'csv' && raw[at] === '"' && raw[at + 1] === '"') at += 2;
    else if (field.escaping === 'json' && raw[at] === '\\')
      at += raw[at + 1] === 'u' && /^[0-9a-fA-F]{4}/.test(raw.slice(at + 2, at + 6)) ? 6 : 2;
    else at++;
  }
  return Buffer.byteLength(raw.slice(0, at));
}

/** What is left over of the last chunk, with the new one after it. */
export function joined(rest: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (rest.length === 0) return plainBytes(chunk);
  const both = new Uint8Array(rest.length + chunk.length);
  both.set(rest);
  both.set(chunk, rest.length);
  return both;
}

/** The same bytes as a plain array: of two kinds of arrays the engine makes slower code. */
export const plainBytes = (chunk: Uint8Array): Uint8Array =>
  chunk.constructor === Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
