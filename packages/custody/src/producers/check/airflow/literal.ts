/** Numbers and escapes as Python writes them. */
import { unknown, type Value } from './value.ts';

export function numberOf(literal: string): Value {
  const plain = literal.replace(/_/g, '').toLowerCase();
  const number = Number(plain);
  return Number.isFinite(number) ? number : unknown('number', 1);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};
export function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g, (all, what: string) => {
    if (/^[xuU]./.test(what)) {
      const code = parseInt(what.slice(1), 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    }
    return ESCAPES[what] ?? all;
  });
}
