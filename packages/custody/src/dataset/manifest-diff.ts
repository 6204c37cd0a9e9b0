/** What differs between two manifests, without the rows: columns, counts, people by number, statistics. */
import type { Manifest } from './manifest.ts';
import { tableDigestOf } from './manifest.ts';
import type { ColumnStatistics } from './statistics.ts';

export interface ColumnChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface StatisticChange {
  readonly name: string;
  /** What moved, in words, the largest first. */
  readonly moved: readonly string[];
  /**
   * Population stability index of the measured values over the tenths of the older version, from the cut points of both;
   * null where there are none. Above 0.1 is a shift worth a look, above 0.25 a large one.
   */
  readonly psi: number | null;
}

export interface ManifestDiff {
  readonly isSame: boolean;
  readonly rows: { readonly before: number; readonly after: number };
  /** Added (no before), removed (no after), of another type. */
  readonly columns: readonly ColumnChange[];
  readonly isReordered: boolean;
  /** Null where one of them names nobody, or they were made with different keys. */
  readonly subjects: { readonly before: number; readonly after: number; readonly isSame: boolean } | null;
  readonly statistics: readonly StatisticChange[];
}

export function diffManifests(before: Manifest, after: Manifest): ManifestDiff {
  const [old, now] = [before.predicate, after.predicate];
  const types = (manifest: Manifest) => new Map(manifest.predicate.columns.map(({ name, type }) => [name, type]));
  const [oldTypes, newTypes] = [types(before), types(after)];
  const names = [...new Set([...oldTypes.keys(), ...newTypes.keys()])];
  const columns = names
    .map((name): ColumnChange => ({ name, before: oldTypes.get(name) ?? null, after: newTypes.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
  const kept = (types: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
    [...types.keys()].filter((name) => other.has(name)).join('\n');
  const statistics = now.statistics.flatMap((one) => {
    const other = old.statistics.find(({ name }) => name === one.name);
    const change = other && statisticChange(other, old.rows, one, now.rows);
    return change ? [change] : [];
  });
  const comparable = old.subjects !== null && now.subjects !== null && old.subjects.key === now.subjects.key;
  return {
    isSame: tableDigestOf(before) === tableDigestOf(after),
    rows: { before: old.rows, after: now.rows },
    columns,
    isReordered: kept(oldTypes, newTypes) !== kept(newTypes, oldTypes),
    subjects: comparable
      ? {
          before: old.subjects.count,
          after: now.subjects.count,
          isSame: old.subjects.root === now.subjects.root,
        }
      : null,
    statistics: statistics.sort((a, b) => (b.psi ?? 0) - (a.psi ?? 0)),
  };
}

function statisticChange(
  old: ColumnStatistics,
  oldRows: number,
  now: ColumnStatistics,
  nowRows: number,
): StatisticChange | null {
  const moved: string[] = [];
  const say = (what: string, before: number | null, after: number | null) => {
    const [old, now] = [formatNumber(before), formatNumber(after)];
    if (old !== now) moved.push(`${what} ${old} -> ${now}`);
  };
  const share = (part: number, rows: number) => (rows === 0 ? 0 : Math.round((part / rows) * 10_000) / 100);
  say('nulls %', share(old.nulls, oldRows), share(now.nulls, nowRows));
  if (old.measure === now.measure) {
    say('mean', old.mean, now.mean);
    say('min', old.min, now.min);
    say('max', old.max, now.max);
  } else moved.push(`measured by ${old.measure} -> ${now.measure}`);
  if (!old.isEstimate && !now.isEstimate) say('different values', old.distinct, now.distinct);
  const psi = old.measure === now.measure ? stability(old.quantiles, now.quantiles) : null;
  if (moved.length === 0 && (psi === null || psi < 0.001)) return null;
  return { name: now.name, moved, psi };
}

const formatNumber = (value: number | null): string => (value === null ? 'none' : String(Number(value.toPrecision(6))));

const BINS = 10;

/** Shares of both distributions in ten bins between cut points of the older one, which then hold a tenth each. */
function stability(old: readonly number[], now: readonly number[]): number | null {
  if (old.length < 2 || now.length < 2) return null;
  const cuts = Array.from({ length: BINS - 1 }, (_, i) => quantile(old, (i + 1) / BINS));
  const shares = (quantiles: readonly number[]) => {
    const below = [0, ...cuts.map((cut) => shareBelow(quantiles, cut)), 1];
    return below.slice(1).map((share, i) => Math.max(share - below[i]!, 0.0001));
  };
  const [a, b] = [shares(old), shares(now)];
  const psi = a.reduce((sum, share, i) => sum + (b[i]! - share) * Math.log(b[i]! / share), 0);
  return Math.round(psi * 10_000) / 10_000;
}

function quantile(quantiles: readonly number[], share: number): number {
  const at = share * (quantiles.length - 1);
  const [low, high] = [quantiles[Math.floor(at)]!, quantiles[Math.ceil(at)]!];
  return low + (high - low) * (at - Math.floor(at));
}

/** How much of a distribution lies at or below a value: the share of its cut points, between two of them in proportion. */
function shareBelow(quantiles: readonly number[], value: number): number {
  const above = quantiles.findIndex((cut) => cut > value);
  if (above < 0) return 1;
  if (above === 0) return 0;
  const [low, high] = [quantiles[above - 1]!, quantiles[above]!];
  return (above - 1 + (value - low) / (high - low)) / (quantiles.length - 1);
}
