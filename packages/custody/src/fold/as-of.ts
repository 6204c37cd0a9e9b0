/**
 * Time, twice: valid time (when it happened) and known time (how much of the log was there). A question gives both.
 */

export interface AsOf {
  /** Valid time in epoch milliseconds; Infinity is now. */
  readonly at: number;
  /** Known time: only the first so many entries count; Infinity is all. */
  readonly entries: number;
}

export const NOW: AsOf = { at: Infinity, entries: Infinity };

/**
 * When rows (edges, assets) were first seen, so that "did it exist as of" is exact even when events arrive late. Nearly
 * always one pair a row is enough; a later entry matters only if it tells of an earlier time, and those few lie aside.
 */
export interface Sightings {
  readonly valid: Float64Array;
  readonly entry: Float64Array;
  readonly earlier: ReadonlyMap<number, readonly (readonly [valid: number, entry: number])[]>;
}

export function isSeen({ valid, entry, earlier }: Sightings, row: number, asOf: AsOf): boolean {
  if (valid[row]! <= asOf.at && entry[row]! < asOf.entries) return true;
  const more = earlier.size > 0 ? earlier.get(row) : undefined;
  return more !== undefined && more.some(([v, e]) => v <= asOf.at && e < asOf.entries);
}

/** Earliest valid time at which a row was seen, by what was known. */
export function firstSeen({ valid, entry, earlier }: Sightings, row: number, asOf: AsOf): number {
  let first = entry[row]! < asOf.entries ? valid[row]! : Infinity;
  for (const [v, e] of earlier.get(row) ?? []) if (e < asOf.entries) first = Math.min(first, v);
  return first;
}

/** Records that a late entry tells of an earlier time than all before it. */
export function seeAgain(
  sightings: { valid: Float64Array; earlier: Map<number, [number, number][]> },
  row: number,
  valid: number,
  entry: number,
): void {
  const list = sightings.earlier.get(row);
  const lowest = list ? list.at(-1)![0] : sightings.valid[row]!;
  if (valid >= lowest) return;
  if (list) list.push([valid, entry]);
  else sightings.earlier.set(row, [[valid, entry]]);
}
