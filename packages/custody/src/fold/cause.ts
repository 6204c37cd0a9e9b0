/**
 * Candidates for why a model (or a dataset with figures of quality) got worse: what changed upstream between the runs
 * that made the last good version and those that made the bad one. Not a proof of cause: an ordered list of where to look.
 */
import type { ColumnMetrics } from '../event/event.ts';
import type { AsOf } from './as-of.ts';
import { provenanceOf, type Provenance } from './provenance.ts';
import type { State } from './state.ts';
import { timesOfRun, writesOf } from './version.ts';

export interface QualityPoint {
  readonly asset: number;
  readonly run: number;
  /** End of the run, in epoch milliseconds. */
  readonly at: number;
  readonly value: number;
  readonly entry: number;
}

export interface Fall {
  readonly metric: string;
  readonly higherIsBetter: boolean;
  /** All versions with this figure, by time. */
  readonly series: readonly QualityPoint[];
  /** Indexes in `series`. */
  readonly good: number;
  readonly bad: number;
  /** How many times the usual change (median absolute deviation) it fell by; Infinity where there was none before. */
  readonly times: number;
}

export type CauseKind =
  'code' | 'schema' | 'source-added' | 'source-removed' | 'rows' | 'drift' | 'assertion' | 'run-failed' | 'stale';

export interface Cause {
  readonly kind: CauseKind;
  /** What changed: a job for its code, else a dataset. */
  readonly asset: number;
  /** The run in which it is first seen; null for a source that nobody was seen to write. */
  readonly run: number | null;
  readonly at: number;
  readonly entry: number;
  readonly hops: number;
  /** For people: what it was and what it became. */
  readonly before: string;
  readonly after: string;
  /** The column, for drift. */
  readonly column: string | null;
  /** 0 to 1: how unusual the change is by itself. */
  readonly strength: number;
}

const HIGHER = /^(?:auc|roc_auc|accuracy|f1|f_?score|precision|recall|r2|gini|ks|lift|ndcg|map|bleu|rouge)/i;
const LOWER = /^(?:rmse|mse|mae|mape|log_?loss|loss|error|perplexity|brier)/i;
/** How many versions before tell what is usual. */
const HISTORY = 14;
const SIGNIFICANT = 3;

/** The series of a figure of quality of an asset, and its worst fall (or the one at `at`). Null if no such figure is known. */
export function fallOf(state: State, asset: number, metric: string | null, at: number | null, asOf: AsOf): Fall | null {
  const points = qualityOf(state, asset, asOf);
  const names = [...new Set(points.flatMap(({ metrics }) => Object.keys(metrics)))];
  const name = metric ?? names.find((one) => HIGHER.test(one)) ?? names.find((one) => LOWER.test(one));
  if (name === undefined) return null;
  const series = points.flatMap(({ metrics, ...point }): QualityPoint[] =>
    metrics[name] === undefined ? [] : [{ ...point, value: metrics[name] }],
  );
  if (series.length === 0) return null;
  const higherIsBetter = !LOWER.test(name);
  const worse = (value: number, than: number) => (higherIsBetter ? than - value : value - than);
  const falls = series.map(({ value }, i) => {
    const before = series.slice(Math.max(0, i - HISTORY), i).map((point) => point.value);
    if (before.length === 0) return { drop: 0, times: 0 };
    const usual = medianOf(before);
    // What figures move by from one version to the next is no fall.
    const spread = Math.max(medianOf(before.map((one) => Math.abs(one - usual))), Math.abs(usual) * 1e-4);
    const drop = worse(value, usual);
    return { drop, times: before.length < 2 ? (drop > 0 ? Infinity : 0) : drop / spread };
  });
  let bad: number;
  if (at !== null) {
    const after = series.findIndex((point) => point.at >= at);
    bad = after < 0 ? series.length - 1 : after;
  } else {
    const candidates = falls.flatMap(({ drop, times }, i) => (drop > 0 && times >= SIGNIFICANT ? [{ i, drop }] : []));
    const worst = candidates.reduce<{ i: number; drop: number } | null>(
      (best, one) => (best && best.drop >= one.drop ? best : one),
      null,
    );
    bad = worst?.i ?? series.length - 1;
  }
  // The last version before it that was as usual.
  let good = bad - 1;
  while (good > 0 && falls[good]!.times >= SIGNIFICANT) good--;
  return { metric: name, higherIsBetter, series, good: Math.max(0, good), bad, times: falls[bad]!.times };
}

/** Versions with figures of quality: of the asset, and of what the same job writes each time under another name. */
function qualityOf(state: State, asset: number, asOf: AsOf) {
  const { edges, runs } = state;
  const jobs = new Set<number>();
  for (const edge of edges.of(asset, 'up')) if (edges.wasSeen(edge, asOf)) jobs.add(edges.fromOf(edge));
  const points: (Omit<QualityPoint, 'value'> & { readonly metrics: Readonly<Record<string, number>> })[] = [];
  for (const job of jobs) {
    for (const run of runs.ofJob(job)) {
      for (const { use, edge } of edges.usesOfRun(run, runs, asOf)) {
        if (edges.fromOf(edge) !== job) continue;
        const { metrics, entry } = edges.details.of(use, asOf);
        if (!metrics || entry === null) continue;
        points.push({ asset: edges.toOf(edge), run, at: timesOfRun(state, run, asOf).end, entry, metrics });
      }
    }
  }
  return points.sort((a, b) => a.at - b.at || a.run - b.run);
}

/** What changed upstream between two runs of one job: the strongest first, of equal ones what happened first. */
export function causesBetween(state: State, good: number, bad: number, asOf: AsOf): readonly Cause[] {
  const was = provenanceOf(state, good, asOf);
  const is = provenanceOf(state, bad, asOf);
  const causes: Cause[] = [];
  const badAt = timesOfRun(state, bad, asOf).start;
  for (const [job, { run, hops }] of is.runs) {
    const before = was.runs.get(job);
    causes.push(...changesOfJob(state, job, run, before?.run ?? null, hops, badAt, run === bad, asOf));
  }
  causes.push(...changesOfSources(state, was, is, bad, asOf));
  return causes.sort((a, b) => rank(b) - rank(a) || a.at - b.at || b.hops - a.hops);
}

/** Of changes that are as strong, one further up explains those below it. */
const rank = ({ strength, hops }: Cause): number => Math.round(strength * 10) + Math.min(hops, 40) / 100;

function changesOfJob(
  state: State,
  job: number,
  run: number,
  before: number | null,
  hops: number,
  badAt: number,
  isBad: boolean,
  asOf: AsOf,
): Cause[] {
  const { assets, edges, runs } = state;
  const { start, end } = timesOfRun(state, run, asOf);
  const firstEntry = runs.firstEntry(run);
  const causes: Cause[] = [];
  const cause = (kind: CauseKind, parts: Partial<Cause> & Pick<Cause, 'before' | 'after' | 'strength'>): Cause => ({
    kind,
    asset: job,
    run,
    at: start,
    entry: firstEntry,
    hops,
    column: null,
    ...parts,
  });
  if (before === run && !isBad) {
    if (isOverdue(state, job, run, asOf, badAt))
      causes.push(cause('stale', { before: 'ran anew each time', after: 'not run again', strength: 0.5 }));
    return causes;
  }
  const codeOf = (one: number) =>
    assets.view(job, { at: timesOfRun(state, one, asOf).end, entries: asOf.entries }).code;
  if (before !== null) {
    const [then, now] = [codeOf(before), codeOf(run)];
    if (now !== null && then !== now)
      causes.push(cause('code', { before: then ?? 'not told', after: now, strength: then === null ? 0.3 : 0.9 }));
  }
  const outcome = runs.stateOf(run);
  if (outcome === 'FAIL' || outcome === 'ABORT')
    causes.push(
      cause('run-failed', { before: 'finished', after: outcome === 'FAIL' ? 'failed' : 'was stopped', strength: 0.8 }),
    );

  const uses = [...edges.usesOfRun(run, runs, asOf)];
  const earlier = before === null ? [] : [...edges.usesOfRun(before, runs, asOf)];
  const inputsOf = (list: typeof uses) =>
    new Set(list.filter(({ edge }) => edges.toOf(edge) === job).map(({ edge }) => edges.fromOf(edge)));
  if (before !== null) {
    const [then, now] = [inputsOf(earlier), inputsOf(uses)];
    for (const dataset of now)
      if (!then.has(dataset))
        causes.push(cause('source-added', { asset: dataset, before: 'not read', after: 'read', strength: 0.7 }));
    for (const dataset of then)
      if (!now.has(dataset))
        causes.push(cause('source-removed', { asset: dataset, before: 'read', after: 'not read', strength: 0.8 }));
  }
  for (const { use, edge } of uses) {
    const isOutput = edges.fromOf(edge) === job;
    const dataset = isOutput ? edges.toOf(edge) : edges.fromOf(edge);
    const detail = edges.details.of(use, asOf);
    const place = {
      asset: dataset,
      at: isOutput ? end : start,
      entry: detail.entry ?? firstEntry,
      hops: hops + (isOutput ? 0 : 1),
    };
    const history = historyOf(state, edge, run, start, asOf);
    if (isOutput && before !== null) {
      const schemaAt = (one: number) =>
        assets.view(dataset, { at: timesOfRun(state, one, asOf).end, entries: asOf.entries }).schema;
      const change = schemaChange(state, schemaAt(before), schemaAt(run));
      if (change) causes.push(cause('schema', { ...place, ...change, strength: 0.85 }));
    }
    if (detail.assertions && detail.assertions.failed > 0) {
      const usual = medianOf(history.map((one) => one.assertions?.failed ?? 0));
      if (detail.assertions.failed > usual)
        causes.push(
          cause('assertion', {
            ...place,
            before: `${usual} failed`,
            after: `${detail.assertions.failed} failed`,
            strength: 0.9,
          }),
        );
    }
    const rows = unusual(
      detail.rows,
      history.map((one) => one.rows),
    );
    if (rows)
      causes.push(
        cause('rows', {
          ...place,
          before: `${rows.usual} rows`,
          after: `${detail.rows} rows`,
          strength: rows.strength,
        }),
      );
    for (const measure of detail.measures ?? []) {
      const drift = driftOf(measure, detail.rows, history);
      if (drift) causes.push(cause('drift', { ...place, ...drift, column: measure.column }));
    }
  }
  return causes;
}

/** True if a job that runs at intervals has not run for much longer than they are. */
function isOverdue(state: State, job: number, run: number, asOf: AsOf, at: number): boolean {
  const starts = [...state.runs.ofJob(job)]
    .map((one) => timesOfRun(state, one, asOf).start)
    .filter((start) => start <= at);
  starts.sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, i) => start - starts[i]!);
  return gaps.length >= 2 && at - timesOfRun(state, run, asOf).start > 1.8 * medianOf(gaps);
}

/** Sources that nobody was seen to write have no run: their schema may change all the same. */
function changesOfSources(state: State, was: Provenance, is: Provenance, bad: number, asOf: AsOf): Cause[] {
  const causes: Cause[] = [];
  for (const [dataset, { write, hops }] of is.datasets) {
    if (write !== null || writesOf(state, dataset, asOf).length > 0 || !was.datasets.has(dataset)) continue;
    const until = timesOfRun(state, bad, asOf).end;
    const [newest, older] = state.assets.schemaHistory(dataset, { at: until, entries: asOf.entries });
    const goodRuns = [...was.runs.values()].map(({ run }) => timesOfRun(state, run, asOf).end);
    if (!newest || !older || newest.since <= Math.max(...goodRuns)) continue;
    const change = schemaChange(state, older.schema, newest.schema);
    if (!change) continue;
    const { since: at, entry } = newest;
    causes.push({
      kind: 'schema',
      asset: dataset,
      run: null,
      at,
      entry,
      hops,
      column: null,
      ...change,
      strength: 0.85,
    });
  }
  return causes;
}

/** What was said of the same edge in the runs before. */
function historyOf(state: State, edge: number, run: number, start: number, asOf: AsOf) {
  const before = [];
  for (const { use, run: other, valid } of state.edges.uses(edge, asOf)) {
    if (other === null || other === run || valid >= start) continue;
    before.push(state.edges.details.of(use, asOf));
    if (before.length === HISTORY) break;
  }
  return before;
}

function schemaChange(
  state: State,
  before: number | null,
  after: number | null,
): { before: string; after: string } | null {
  if (before === null || after === null || before === after) return null;
  const then = state.schemas.columnNames(before);
  const now = state.schemas.columnNames(after);
  const gone = then.filter((name) => !now.includes(name));
  const added = now.filter((name) => !then.includes(name));
  const list = (names: readonly string[]) =>
    names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  if (gone.length === 0 && added.length === 0)
    return { before: `${then.length} columns`, after: 'types or order changed' };
  return {
    before: gone.length > 0 ? `with ${list(gone)}` : `${then.length} columns`,
    after: added.length > 0 ? `with ${list(added)}` : `${now.length} columns`,
  };
}

/** How far a figure is from what is usual; null if not far. It must differ by a tenth and by five times the usual spread. */
function unusual(
  value: number | null | undefined,
  history: readonly (number | null | undefined)[],
): { readonly usual: number; readonly strength: number } | null {
  const known = history.filter((one): one is number => typeof one === 'number');
  if (typeof value !== 'number' || known.length < 2) return null;
  const usual = medianOf(known);
  const spread = medianOf(known.map((one) => Math.abs(one - usual)));
  const change = Math.abs(value - usual);
  const relative = change / Math.max(Math.abs(usual), 1e-9);
  if (relative < 0.1 || change < 5 * spread || change === 0) return null;
  return { usual, strength: Math.min(1, 0.4 + 0.6 * Math.min(1, relative)) };
}

function driftOf(
  measure: ColumnMetrics,
  rows: number | null,
  history: readonly { readonly measures: readonly ColumnMetrics[] | null; readonly rows: number | null }[],
): { readonly before: string; readonly after: string; readonly strength: number } | null {
  const before = history.flatMap((one) => {
    const same = one.measures?.find(({ column }) => column === measure.column);
    return same ? [{ ...same, rows: one.rows }] : [];
  });
  const share = (nulls: number | undefined, of: number | null) =>
    nulls === undefined || of === null || of === 0 ? undefined : nulls / of;
  const figures = [
    { name: 'distinct values', now: measure.distinct, usually: before.map(({ distinct }) => distinct) },
    { name: 'mean', now: measure.mean, usually: before.map(({ mean }) => mean) },
    // Shares, so that a table that grows does not drift.
    {
      name: '% nulls',
      now: percent(share(measure.nulls, rows)),
      usually: before.map((one) => percent(share(one.nulls, one.rows))),
    },
  ];
  let strongest: { before: string; after: string; strength: number } | null = null;
  for (const { name, now, usually } of figures) {
    const found = unusual(now, usually);
    if (!found || (strongest && strongest.strength >= found.strength)) continue;
    strongest = { before: `${short(found.usual)} ${name}`, after: `${short(now!)} ${name}`, strength: found.strength };
  }
  return strongest;
}

const percent = (share: number | undefined): number | undefined => (share === undefined ? undefined : share * 100);
const short = (value: number): string => String(Number(value.toPrecision(4)));

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
