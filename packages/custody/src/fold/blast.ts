/**
 * Blast radius: what a source that was bad for a while has reached, by what really ran. Reachability that respects time
 * (as in temporal graphs, Wu et al., "Path Problems in Temporal Graphs", VLDB 2014): a version that was read before the
 * source went bad is not reached; one read after it, by a run that wrote something that a later run read, is.
 *
 * A node of the walk is a version of a dataset: one write of it by one run. A run reads within [its first event, its end],
 * so a read that overlaps a bad version's coming or going is reached, but not certainly. A version ends with the next
 * write that its producer calls an overwrite; where nobody says so, it may still be in the dataset later.
 *
 * Columns are followed where a run tells its column lineage; else all columns of what it wrote count.
 */
import type { AsOf } from './as-of.ts';
import { ALL_ROWS, isIndirect } from './column-map-table.ts';
import { indexOf } from './column-lineage.ts';
import type { State } from './state.ts';
import { isReplacing, timesOfRun, writesOf, type Write } from './version.ts';

export interface BlastQuery {
  /** Row of the asset that was bad: a dataset, or a job whose runs were. */
  readonly asset: number;
  /** Only these columns of it, by number of the column map table; null for all. */
  readonly columns: readonly number[] | null;
  /** Only what this version of it reached: the producer's version, or the id of the run that wrote it. */
  readonly version: string | null;
  /** From when until when it was bad, in epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Hops, counting datasets and jobs. */
  readonly depth: number;
  readonly asOf: AsOf;
}

/** Which columns are touched: `all` where nothing tells them apart. */
export type TouchedColumns = ReadonlySet<number> | 'all';

/** A run that carried it on: which dataset it read, and by which use it wrote. */
export interface BlastStep {
  readonly from: number;
  readonly job: number;
  /** Null where only the job's design tells, and no run. */
  readonly run: number | null;
  /** Entries of the read and of the write. */
  readonly readEntry: number;
  readonly writeEntry: number | null;
  readonly certain: boolean;
  /** False where column lineage was not known on this step, and all columns count. */
  readonly byColumns: boolean;
}

export interface Touched {
  readonly asset: number;
  /** Least hops from the start, counting datasets and jobs. */
  readonly hops: number;
  readonly columns: TouchedColumns;
  /** True if some of it was reached by deciding about rows (a join, a filter), not by a value. */
  readonly byRows: boolean;
  /** Bad versions (of a dataset) or runs (of a job). */
  readonly count: number;
  /** Times of the first and the last of them, in epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Until when the last bad version was there; Infinity while nothing replaced it. */
  readonly until: number;
  /** True if a way with nothing but certain steps leads here. */
  readonly certain: boolean;
  /** The step by which it was reached first; null for the start. */
  readonly by: BlastStep | null;
  /** Row of the job's runs that touched it last, or of the run that wrote the last bad version. */
  readonly lastRun: number | null;
}

/** A span in which a dataset held a bad version. */
interface Bad {
  readonly dataset: number;
  /** It comes between `comes` and `here`, goes between `goes` and `gone`; before `alone` nobody else has written. */
  readonly comes: number;
  readonly here: number;
  readonly goes: number;
  readonly gone: number;
  readonly alone: number;
  readonly columns: TouchedColumns;
  readonly rows: boolean;
  readonly version: string | null;
  /** Nobody was seen to write this version: only a read that names it is known to be of it. */
  readonly byNameOnly?: boolean;
  readonly hops: number;
  readonly certain: boolean;
}

/** What is bad of a write, and since when it may be. */
interface Found {
  readonly columns: TouchedColumns;
  readonly rows: boolean;
  readonly since: number;
}

/** Writes by their end, and for each what comes after it: the earliest start, also of replacing ones, and their end. */
interface Writes {
  readonly writes: readonly Write[];
  readonly alone: Float64Array;
  readonly goes: Float64Array;
  readonly gone: Float64Array;
}

interface Read {
  readonly job: number;
  readonly run: number | null;
  readonly start: number;
  readonly end: number;
  readonly version: string | null;
  readonly entry: number;
}

/** Everything touched, the start first, then by hops. */
export function blast(state: State, query: BlastQuery): readonly Touched[] {
  return new Blast(state, query).run();
}

class Blast {
  readonly #state: State;
  readonly #query: BlastQuery;
  readonly #touched = new Map<number, { -readonly [K in keyof Touched]: Touched[K] }>();
  /** What is bad of each write that was reached, so that each is looked at once for each column. */
  readonly #badOf = new Map<number, Found>();
  /** The same for what was reached by certain steps only. */
  readonly #surelyBadOf = new Map<number, Found>();
  readonly #runsOf = new Map<number, Set<number>>();
  readonly #writes = new Map<number, Writes>();
  readonly #designMaps = new Map<number, number | null>();
  readonly #reads = new Map<number, { readonly reads: readonly Read[]; readonly longest: number }>();

  constructor(state: State, query: BlastQuery) {
    this.#state = state;
    this.#query = query;
  }

  run(): readonly Touched[] {
    let level = this.#state.assets.kindOf(this.#query.asset) === 'dataset' ? this.#badDataset() : this.#badJob();
    while (level.length > 0) {
      const next: Bad[] = [];
      for (const bad of merged(level)) if (bad.hops < this.#query.depth) this.#spread(bad, next);
      level = next;
    }
    return [...this.#touched.values()].sort((a, b) => a.hops - b.hops || a.first - b.first || a.asset - b.asset);
  }

  #badDataset(): Bad[] {
    const { asset: dataset, columns, version, from, to } = this.#query;
    const start = {
      dataset,
      columns: columns ? new Set(columns) : ('all' as const),
      rows: false,
      hops: 0,
      certain: true,
    };
    const spans: Bad[] = [];
    if (version === null) {
      spans.push({ ...start, comes: from, here: from, goes: to + 1, gone: to + 1, alone: Infinity, version: null });
    } else {
      for (const write of this.#writesOf(dataset).writes) {
        if (write.version !== version && (write.run === null || this.#state.runs.view(write.run).id !== version))
          continue;
        spans.push({ ...start, ...this.#spanOf(dataset, write), version: write.version });
      }
      // A feed that nobody was seen to write: what was read says which version it was.
      if (spans.length === 0) {
        const named = { version, byNameOnly: true };
        spans.push({ ...start, comes: from, here: from, goes: to + 1, gone: to + 1, alone: Infinity, ...named });
      }
    }
    const bad = this.#writesOf(dataset).writes.filter((write) =>
      spans.some(({ comes, gone }) => write.end >= comes && write.end < gone),
    );
    this.#touched.set(dataset, {
      asset: dataset,
      hops: 0,
      columns: start.columns,
      byRows: false,
      count: Math.max(1, bad.length),
      first: Math.min(...spans.map(({ here }) => here)),
      last: bad.length > 0 ? Math.max(...bad.map(({ end }) => end)) : Math.max(...spans.map(({ here }) => here)),
      until: Math.max(...spans.map(({ gone }) => gone)),
      certain: true,
      by: null,
      lastRun: bad.at(-1)?.run ?? null,
    });
    return spans;
  }

  #badJob(): Bad[] {
    const { asset: job, from, to, version, asOf } = this.#query;
    const { runs } = this.#state;
    const next: Bad[] = [];
    for (const run of runs.ofJob(job)) {
      const { start, end } = timesOfRun(this.#state, run, this.#query.asOf);
      const { id, firstEntry } = runs.view(run);
      if (firstEntry >= asOf.entries || start > asOf.at || (version !== null && id !== version)) continue;
      if (end < from || start > to) continue;
      const read: Read = { job, run, start, end, version: null, entry: firstEntry };
      this.#touch(job, read, 0, 'all', false, true, null);
      this.#writeOn({ job, run }, read, null, next);
    }
    return next;
  }

  /** Carries a bad span on to all that read it. */
  #spread(bad: Bad, next: Bad[]): void {
    const { reads, longest } = this.#readsOf(bad.dataset);
    const { writes } = this.#writesOf(bad.dataset);
    // Reads by their start: those that can overlap the span start before it goes and at most `longest` before it comes.
    for (let i = firstAbove(reads.length, (at) => reads[at]!.start, bad.gone, true) - 1; i >= 0; i--) {
      const read = reads[i]!;
      if (read.start + longest < bad.comes) break;
      if (read.end < bad.comes) continue;
      if (bad.byNameOnly && read.version === null) continue;
      let certain = read.start >= bad.here && read.start < bad.goes && read.run !== null;
      if (read.version !== null && (bad.version !== null || writes.some(({ version }) => version === read.version))) {
        // The reader says which version it read: that is the whole answer.
        if (read.version !== bad.version) continue;
        certain = true;
      }
      this.#touch(read.job, read, bad.hops + 1, 'all', bad.rows, certain && bad.certain, null);
      this.#writeOn(read, read, { bad, certain }, next);
    }
  }

  /** What a run (or a job's design) that read something bad wrote. */
  #writeOn(
    { job, run }: { readonly job: number; readonly run: number | null },
    read: Read,
    from: { readonly bad: Bad; readonly certain: boolean } | null,
    next: Bad[],
  ): void {
    const { edges, runs } = this.#state;
    const { asOf } = this.#query;
    const hops = from ? from.bad.hops + 1 : 0;
    if (hops >= this.#query.depth) return;
    let wrote = false;
    if (run !== null) {
      for (const use of edges.usesOfRun(run, runs, asOf)) {
        if (edges.fromOf(use.edge) !== job) continue;
        wrote = true;
        this.#write(use.use, use.edge, run, use.entry, read, from, next);
      }
    }
    if (wrote) return;
    // Its run says nothing of outputs (or there is no run): the job's design may.
    for (const edge of edges.of(job, 'down')) {
      if (!edges.exists(edge, asOf)) continue;
      const design = [...edges.uses(edge, asOf)].find((use) => use.run === null);
      if (design) this.#write(design.use, edge, run, design.entry, read, from, next);
    }
  }

  #write(
    use: number,
    edge: number,
    run: number | null,
    entry: number,
    read: Read,
    from: { readonly bad: Bad; readonly certain: boolean } | null,
    next: Bad[],
  ): void {
    const { edges } = this.#state;
    const dataset = edges.toOf(edge);
    const known = edges.details.of(use, this.#query.asOf);
    const map = known.columns ?? this.#designMap(edge);
    const touched = from ? this.#columnsBehind(map, from.bad) : { columns: 'all' as const, rows: false };
    if (!touched) return;
    const certain = (from ? from.certain && from.bad.certain : true) && run !== null;
    // A design's write has no time of its own: it is where its reader is.
    const since = run === null ? Math.max(read.start, from?.bad.comes ?? -Infinity) : read.start;
    const key = run === null ? -1 - use : use;
    const before = this.#badOf.get(key);
    const whole = together(before, { ...touched, since });
    const fresh = certain
      ? newsOf(this.#surelyBadOf.get(key), { ...touched, since })
      : newsOf(before, { ...touched, since });
    if (!fresh) return;
    this.#badOf.set(key, whole);
    if (certain) this.#surelyBadOf.set(key, together(this.#surelyBadOf.get(key), { ...touched, since }));
    const hops = (from ? from.bad.hops + 1 : 0) + 1;
    const write: Write = {
      use,
      run,
      start: since,
      end: run === null ? since : read.end,
      replaces: isReplacing(known.change),
      version: known.version,
      entry,
    };
    const span = this.#spanOf(dataset, write);
    const step: BlastStep = {
      from: from ? from.bad.dataset : read.job,
      job: read.job,
      run,
      readEntry: read.entry,
      writeEntry: known.entry ?? entry,
      certain: certain,
      byColumns: map !== null,
    };
    this.#touch(dataset, write, hops, whole.columns, whole.rows, certain, step, before === undefined, span.gone);
    next.push({ dataset, ...span, columns: fresh.columns, rows: fresh.rows, version: known.version, hops, certain });
  }

  /** What the job's design says of columns: another run may have been by other code, so what it told is no guide. */
  #designMap(edge: number): number | null {
    const known = this.#designMaps.get(edge);
    if (known !== undefined) return known;
    const { edges } = this.#state;
    let map: number | null = null;
    for (const { use, run } of edges.uses(edge, this.#query.asOf)) {
      if (run !== null) continue;
      map = edges.details.of(use, this.#query.asOf).columns;
      if (map !== null) break;
    }
    this.#designMaps.set(edge, map);
    return map;
  }

  /** Which columns of an output come from what is bad of an input; null if none does. */
  #columnsBehind(map: number | null, bad: Bad): Pick<Found, 'columns' | 'rows'> | null {
    if (map === null) return { columns: 'all', rows: false };
    const { byIn } = indexOf(this.#state, map);
    const ways = byIn.get(bad.dataset);
    const columns = new Set<number>();
    let rows = bad.rows;
    // The producer read it and names no column of it: what it decides about is not known, so the rows are.
    if (!ways) return bad.columns === 'all' || rows ? { columns, rows: true } : null;
    for (const [column, list] of ways) {
      if (bad.columns !== 'all' && !bad.columns.has(column)) continue;
      for (const { out, flags } of list) {
        if (out === ALL_ROWS) rows = true;
        else columns.add(out);
        if (isIndirect(flags) && out !== ALL_ROWS) columns.add(out);
      }
    }
    return columns.size > 0 || rows ? { columns, rows } : null;
  }

  #touch(
    asset: number,
    at: { readonly run: number | null; readonly start: number; readonly end: number },
    hops: number,
    columns: TouchedColumns,
    rows: boolean,
    certain: boolean,
    by: BlastStep | null,
    isNew = true,
    until = Infinity,
  ): void {
    const isJob = this.#state.assets.kindOf(asset) === 'job';
    let counts = isNew;
    if (isJob) {
      let runs = this.#runsOf.get(asset);
      if (!runs) this.#runsOf.set(asset, (runs = new Set()));
      counts = !runs.has(at.run ?? -1);
      runs.add(at.run ?? -1);
    }
    const known = this.#touched.get(asset);
    if (!known) {
      const { start, end, run } = at;
      const time = isJob ? start : end;
      this.#touched.set(asset, {
        asset,
        hops,
        columns,
        byRows: rows,
        count: 1,
        first: time,
        last: isJob ? end : time,
        until: isJob ? end : until,
        certain,
        by,
        lastRun: run,
      });
      return;
    }
    if (counts) known.count++;
    known.columns = union(known.columns, columns);
    known.byRows ||= rows;
    known.first = Math.min(known.first, isJob ? at.start : at.end);
    if (at.end >= known.last) {
      known.last = at.end;
      known.lastRun = at.run;
    }
    known.until = Math.max(known.until, isJob ? at.end : until);
    if (certain && !known.certain) {
      known.certain = true;
      // A certain way says more than one that may not have been.
      if (by && known.by) known.by = by;
    }
  }

  /** When a write's version comes and goes: with later ends of other writes. */
  #spanOf(dataset: number, { start, end }: Write): Pick<Bad, 'comes' | 'here' | 'goes' | 'gone' | 'alone'> {
    const { writes, alone, goes, gone } = this.#writesOf(dataset);
    const after = firstAbove(writes.length, (i) => writes[i]!.end, end);
    return { comes: start, here: end, goes: goes[after]!, gone: gone[after]!, alone: alone[after]! };
  }

  /** All writes of a dataset by runs. */
  #writesOf(dataset: number): Writes {
    const known = this.#writes.get(dataset);
    if (known) return known;
    const writes = writesOf(this.#state, dataset, this.#query.asOf);
    const found: Writes = {
      writes,
      alone: new Float64Array(writes.length + 1).fill(Infinity),
      goes: new Float64Array(writes.length + 1).fill(Infinity),
      gone: new Float64Array(writes.length + 1).fill(Infinity),
    };
    for (let i = writes.length - 1; i >= 0; i--) {
      const { start, end, replaces } = writes[i]!;
      found.alone[i] = Math.min(found.alone[i + 1]!, start);
      found.goes[i] = replaces ? Math.min(found.goes[i + 1]!, start) : found.goes[i + 1]!;
      found.gone[i] = replaces ? Math.min(found.gone[i + 1]!, end) : found.gone[i + 1]!;
    }
    this.#writes.set(dataset, found);
    return found;
  }

  /** All reads of a dataset, by their start. */
  #readsOf(dataset: number): { readonly reads: readonly Read[]; readonly longest: number } {
    const known = this.#reads.get(dataset);
    if (known) return known;
    const { edges } = this.#state;
    const { asOf } = this.#query;
    const reads: Read[] = [];
    for (const edge of edges.of(dataset, 'down')) {
      const job = edges.toOf(edge);
      let design: { readonly valid: number; readonly entry: number } | null = null;
      for (const { use, run, valid, entry } of edges.uses(edge, asOf)) {
        if (run === null) {
          if (!design || valid < design.valid) design = { valid, entry };
          continue;
        }
        reads.push({
          job,
          run,
          ...timesOfRun(this.#state, run, this.#query.asOf),
          version: edges.details.of(use, asOf).version,
          entry,
        });
      }
      if (design) this.#readByDesign(edge, job, design, reads);
    }
    reads.sort((a, b) => a.start - b.start);
    let longest = 0;
    for (const { start, end } of reads) longest = Math.max(longest, end - start);
    const found = { reads, longest };
    this.#reads.set(dataset, found);
    return found;
  }

  /** A job whose runs do not say what they read: by its design, each may have. Without runs, it may have run at any time. */
  #readByDesign(edge: number, job: number, design: { valid: number; entry: number }, reads: Read[]): void {
    const { edges, runs } = this.#state;
    const { asOf } = this.#query;
    const ended = edges.endedAt(edge, asOf) ?? Infinity;
    let hasRuns = false;
    for (const run of runs.ofJob(job)) {
      const { inputs, firstEntry } = runs.view(run);
      const times = timesOfRun(this.#state, run, this.#query.asOf);
      if (firstEntry >= asOf.entries || times.start > asOf.at) continue;
      hasRuns = true;
      if (inputs === 0 && times.end >= design.valid && times.start < ended)
        reads.push({ job, run, ...times, version: null, entry: design.entry });
    }
    if (!hasRuns) reads.push({ job, run: null, start: design.valid, end: ended, version: null, entry: design.entry });
  }
}

/** The first of `length` sorted values that is above a bound (or, `inclusive`, at it). */
function firstAbove(length: number, valueOf: (index: number) => number, bound: number, inclusive = false): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = valueOf(middle);
    if (inclusive ? value < bound : value <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function union(a: TouchedColumns, b: TouchedColumns): TouchedColumns {
  if (a === 'all' || b === 'all') return 'all';
  return new Set([...a, ...b]);
}

function together(before: Found | undefined, found: Found): Found {
  if (!before) return found;
  return {
    columns: union(before.columns, found.columns),
    rows: before.rows || found.rows,
    since: Math.min(before.since, found.since),
  };
}

/** What was not looked at yet of a write; null if that is nothing. One that is bad from an earlier time is looked at again. */
function newsOf(before: Found | undefined, found: Found): Pick<Found, 'columns' | 'rows'> | null {
  if (!before || found.since < before.since) return found;
  const rows = found.rows && !before.rows;
  if (before.columns === 'all') return rows ? { columns: new Set(), rows } : null;
  if (found.columns === 'all') return { columns: 'all', rows };
  const known = before.columns;
  const columns = new Set([...found.columns].filter((column) => !known.has(column)));
  return columns.size > 0 || rows ? { columns, rows } : null;
}

/**
 * The same spans, fewer. Once somebody else has written without saying that it replaces, the version may still be there
 * and is no longer surely so: such a span becomes a sure one up to then and a doubtful one. Doubtful ones that never end
 * and carry the same columns are one, from the first that comes.
 */
function merged(level: readonly Bad[]): readonly Bad[] {
  const doubtful = new Map<string, Bad>();
  const rest: Bad[] = [];
  for (const bad of level) {
    if (bad.gone !== Infinity || bad.version !== null) {
      rest.push({ ...bad, goes: Math.min(bad.goes, bad.alone) });
      continue;
    }
    rest.push({ ...bad, comes: bad.here, goes: bad.alone, gone: bad.alone });
    const columns = bad.columns === 'all' ? '*' : [...bad.columns].sort((a, b) => a - b).join();
    const key = `${bad.dataset}:${bad.rows}:${columns}`;
    const known = doubtful.get(key);
    doubtful.set(key, { ...bad, comes: Math.min(bad.comes, known?.comes ?? Infinity), here: Infinity, certain: false });
  }
  return [...rest, ...doubtful.values()];
}
