/** Marquez's search: names that hold a pattern, where `%` is any text and `_` any character, in either case. */
import { iso } from '../asset-view.ts';
import type { Reading } from './reading.ts';

export interface SearchQuery {
  readonly q: string;
  readonly filter: 'DATASET' | 'JOB' | null;
  readonly sort: 'name' | 'updated_at';
  readonly namespace: string | null;
  readonly after: number | null;
  readonly before: number | null;
  readonly limit: number;
}

export interface Found {
  readonly type: 'DATASET' | 'JOB';
  readonly name: string;
  readonly updatedAt: string;
  readonly namespace: string;
  readonly nodeId: string;
}

/** `totalCount` counts all that match, not only those within the limit. */
export function searchView(
  { ledger: { state } }: Reading,
  query: SearchQuery,
): {
  readonly totalCount: number;
  readonly results: readonly Found[];
} {
  const q = query.q.toLowerCase();
  const matches = /[%_]/.test(q) ? (name: string) => isLike(name, `%${q}%`) : (name: string) => name.includes(q);
  const found: { row: number; name: string; updated: number }[] = [];
  for (let row = 0; row < state.assets.count; row++) {
    const { namespace, name } = state.assets.nameOf(row);
    if (query.filter !== null && query.filter !== typeOf(state.assets.kindOf(row))) continue;
    if (query.namespace !== null && query.namespace !== namespace) continue;
    if (!matches(name.toLowerCase())) continue;
    const updated = state.assets.seen(row).lastValid;
    if (query.after !== null && updated < query.after) continue;
    if (query.before !== null && updated >= query.before) continue;
    found.push({ row, name, updated });
  }
  found.sort(
    (a, b) => (query.sort === 'name' ? 0 : b.updated - a.updated) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
  const results = found.slice(0, query.limit).map(({ row, name, updated }) => ({
    type: typeOf(state.assets.kindOf(row)),
    name,
    updatedAt: iso(updated),
    namespace: state.assets.nameOf(row).namespace,
    nodeId: state.assets.idOf(row),
  }));
  return { totalCount: found.length, results };
}

const typeOf = (kind: string): 'DATASET' | 'JOB' => (kind === 'job' ? 'JOB' : 'DATASET');

/** SQL's LIKE without escapes. Of several `%` only the last is ever tried again, so the time is length by length. */
export function isLike(text: string, pattern: string): boolean {
  let t = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '%') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === '_' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '%') p++;
  return p === pattern.length;
}
