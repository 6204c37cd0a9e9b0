/** What a decision comes to, whatever shape its policy gave it. */
import type { Outcome } from '../event/policy-event.ts';
import { isArray, RegoObject, RegoSet, type Value } from './rego/index.ts';

const YES = ['allow', 'allowed', 'result'];
const NO = ['deny', 'denied', 'violation', 'violations'];

/**
 * true is allow and false is deny; an object says so by `allow` (or `allowed`, `result`) or by a `deny` (or `violations`)
 * that is not empty; a set or list at a path that ends in `deny` allows where it is empty. All else is a value.
 */
export function outcomeOf(path: readonly string[], value: Value | undefined): Outcome {
  if (value === undefined) return 'undefined';
  const last = path[path.length - 1] ?? '';
  if (typeof value === 'boolean') return value !== NO.includes(last) ? 'allow' : 'deny';
  if (value instanceof RegoObject) {
    for (const key of YES) {
      const said = value.get(key);
      if (typeof said === 'boolean') return said ? 'allow' : 'deny';
    }
    for (const key of NO) {
      const size = sizeOf(value.get(key));
      if (size !== null) return size === 0 ? 'allow' : 'deny';
    }
  }
  const size = NO.includes(last) ? sizeOf(value) : null;
  return size === null ? 'value' : size === 0 ? 'allow' : 'deny';
}

function sizeOf(value: Value | undefined): number | null {
  if (value === undefined) return null;
  if (isArray(value)) return value.length;
  return value instanceof RegoSet || value instanceof RegoObject ? value.size : null;
}
