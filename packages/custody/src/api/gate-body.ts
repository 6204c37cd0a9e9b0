/** Bodies of requests about gates: streams that are read as they come. */
import type { z } from '@hono/zod-openapi';
import {
  CsvReader,
  delimiterOf,
  JsonReader,
  Scanner,
  TextReader,
  type FormatReader,
  type PlacedFinding,
} from '../producers/scan/index.ts';
import type { ScanAnswer } from './gate-contract.ts';
import { badRequest } from './problem.ts';

const HEAD_MAX = 8_000_000;

/** What a content type says that a body is. */
export const formatOf = (type = ''): 'csv' | 'tsv' | 'jsonl' | 'json' | 'text' =>
  /tab-separated/.test(type)
    ? 'tsv'
    : /csv/.test(type)
      ? 'csv'
      : /jsonl|ndjson/.test(type)
        ? 'jsonl'
        : /json/.test(type)
          ? 'json'
          : 'text';

/** Looks at a stream as it comes. */
export async function scanned(
  body: AsyncIterable<Uint8Array>,
  format: 'csv' | 'tsv' | 'jsonl' | 'json' | 'text',
  limit: number,
): Promise<z.infer<typeof ScanAnswer>> {
  const findings: PlacedFinding[] = [];
  const counts = new Map<string, { type: string; family: 'personal' | 'secret'; column: string; count: number }>();
  let total = 0;
  const scanner = new Scanner((finding) => {
    total++;
    if (findings.length < limit) findings.push(finding);
    const { type, family, label: column } = finding;
    const key = `${type}\n${column}`;
    const known = counts.get(key);
    if (known) known.count++;
    else if (counts.size < 100_000) counts.set(key, { type, family, column, count: 1 });
  });
  let reader: FormatReader | null = null;
  let size = 0;
  for await (const chunk of body) {
    reader ??=
      format === 'text'
        ? new TextReader(scanner)
        : format === 'csv' || format === 'tsv'
          ? new CsvReader(scanner, { delimiter: format === 'tsv' ? 9 : delimiterOf(chunk) })
          : new JsonReader(scanner);
    reader.push(chunk);
    size += chunk.length;
  }
  reader?.end();
  return {
    rows: scanner.rows,
    bytes: size,
    total,
    counts: [...counts.values()].sort((a, b) => b.count - a.count),
    findings: findings.map((one) => ({ ...one })),
    troubles: scanner.troubles.map((one) => ({ ...one })),
  };
}

/** The first bytes, by which a delimiter is told, and all of them. */
export async function headOf(
  body: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* all(): AsyncGenerator<Uint8Array> {
    if (first.done !== true) yield first.value;
    for (let next = first; next.done !== true;) {
      next = await iterator.next();
      if (next.done !== true) yield next.value;
    }
  }
  return { head: first.done === true ? new Uint8Array(0) : first.value, all: all() };
}

/** The first line of a body, and the bytes after it. Throws Problem 400 where it is too long. */
export async function firstLine(
  body: AsyncIterable<Uint8Array>,
): Promise<{ line: string; rest: AsyncGenerator<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  let end = -1;
  while (end < 0) {
    const { done, value } = await iterator.next();
    if (done === true) {
      end = held.length;
      break;
    }
    held = Buffer.concat([held, value]);
    end = held.indexOf(10);
    if (held.length > HEAD_MAX && end < 0)
      throw badRequest('The first line is too long', `It has at most ${HEAD_MAX / 1e6} MB.`);
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    if (end + 1 < held.length) yield held.subarray(end + 1);
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  }
  return { line: held.subarray(0, end).toString(), rest: rest() };
}
