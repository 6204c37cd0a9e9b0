/**
 * RFC 8785 (JSON Canonicalization Scheme): one text for one value.
 *
 * ECMAScript's own number and string forms are the ones RFC 8785 prescribes, so only the order of keys (by UTF-16 code
 * units, which is what `sort()` does) and the refusal of what JSON cannot say are left to do.
 */
import { invariant } from './invariant.ts';

/** Canonical text of a JSON value. `undefined` members are left out, as in JSON.stringify. Fails on NaN and infinities. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), 'JSON has no NaN and no infinity');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  invariant(typeof value === 'object', `JSON has no ${typeof value}`);
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
