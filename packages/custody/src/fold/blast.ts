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
import { ALL_ROWS } from './column-map-table.ts';
import { indexOf } from './column-lineage.ts';
import { DESIGNED, IN_ORDER, type EdgeTable } from './edge-table.ts';
import type { RunTable } from './run-table.ts';
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

/** The span that was read; null where it begins with a run that was bad itself. */
type From = { readonly bad: Bad; readonly certain: boolean } | null;

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

/**
 * A span in which all of a dataset is bad and no version is named, as numbers in a row: dataset, comes, here, goes, gone,
 * alone (see Bad), and SURE or PERHAPS.
 */
const PLAIN = 7;
const PERHAPS = 1;
const SURE = 2;

function badOfPlain(spans: readonly number[], index: number, hops: number): Bad {
  const b = index * PLAIN;
  return {
    dataset: spans[b]!,
    comes: spans[b + 1]!,
    here: spans[b + 2]!,
    goes: Math.min(spans[b + 3]!, spans[b + 5]!),
    gone: spans[b + 4]!,
    alone: spans[b + 5]!,
    columns: 'all',
    rows: false,
    version: null,
    hops,
    certain: spans[b + 6] === SURE,
  };
}

/** PERHAPS or SURE by run and by use: how surely all that it wrote is bad. Reused between walks. */
class Marks {
  #stamp = 0;
  #runs = new Int32Array(0);
  #seen = new Int32Array(0);
  #uses = new Int32Array(0);
  #head = new Int32Array(0);
  #chain = new Int32Array(0);

  begin(runs: number, uses: number, assets: number): void {
    if (this.#runs.length < runs) {
      this.#runs = new Int32Array(runs * 2);
      this.#seen = new Int32Array(runs * 2);
    }
    if (this.#uses.length < uses) this.#uses = new Int32Array(uses * 2);
    if (this.#head.length < assets) this.#head = new Int32Array(assets * 2).fill(-1);
    if (++this.#stamp < 0x1fffffff) return;
    this.#runs.fill(0);
    this.#seen.fill(0);
    this.#uses.fill(0);
    this.#stamp = 1;
  }

  ofRun(run: number): number {
    const mark = this.#runs[run]!;
    return mark >> 2 === this.#stamp ? mark & 3 : 0;
  }

  markRun(run: number, mark: number): void {
    this.#runs[run] = (this.#stamp << 2) | mark;
  }

  /** True the first time. */
  seeRun(run: number): boolean {
    if (this.#seen[run] === this.#stamp) return false;
    this.#seen[run] = this.#stamp;
    return true;
  }

  ofUse(use: number): number {
    const mark = this.#uses[use]!;
    return mark >> 2 === this.#stamp ? mark & 3 : 0;
  }

  markUse(use: number, mark: number): void {
    this.#uses[use] = (this.#stamp << 2) | mark;
  }

  /** Room for lists of spans by dataset: -1 ends a list. Whoever fills `head` empties it again. */
  chains(spans: number): { readonly head: Int32Array; readonly chain: Int32Array } {
    if (this.#chain.length < spans) this.#chain = new Int32Array(spans * 2);
    return { head: this.#head, chain: this.#chain };
  }
}

const marks = new Marks();

function marksFor({ runs, edges, assets }: State): Marks {
  marks.begin(runs.count, edges.useCount, assets.count);
  return marks;
}

const EVERYTHING: Pick<Found, 'columns' | 'rows'> = { columns: 'all', rows: false };

/** Walking a list again costs less than sorting it, a few times. */
const WALKS_MAX = 4;

class Blast {
  readonly #state: State;
  readonly #query: BlastQuery;
  readonly #touched = new Map<number, { -readonly [K in keyof Touched]: Touched[K] }>();
  /** What is bad of each write that was reached, so that each is looked at once for each column. */
  readonly #badOf = new Map<number, Found>();
  /** The same for what was reached by certain steps only. */
  readonly #surelyBadOf = new Map<number, Found>();
  /** Jobs whose design was counted as one run. */
  readonly #designed = new Set<number>();
  readonly #uses: EdgeTable['useArrays'];
  readonly #times: RunTable['times'];
  /** Asked as of now, by all that is known. */
  readonly #isNow: boolean;
  readonly #marks: Marks;
  /** Plain spans found on the level that is being walked; see PLAIN. */
  #plainNext: number[] = [];
  readonly #writes = new Map<number, Writes>();
  /** How often the reads and the writes of a dataset were walked: after WALKS_MAX times they are kept in order. */
  readonly #visits = new Map<number, number>();
  readonly #spans = new Map<number, number>();
  readonly #designMaps = new Map<number, number | null>();
  readonly #reads = new Map<number, { readonly reads: readonly Read[]; readonly longest: number }>();

  constructor(state: State, query: BlastQuery) {
    this.#state = state;
    this.#query = query;
    this.#marks = marksFor(state);
    this.#uses = state.edges.useArrays;
    this.#times = state.runs.times;
    this.#isNow = query.asOf.at === Infinity && query.asOf.entries === Infinity;
  }

  run(): readonly Touched[] {
    const isDataset = this.#state.assets.kindOf(this.#query.asset) === 'dataset';
    let level = isDataset ? this.#badDataset() : this.#badJob();
    for (let hops = isDataset ? 0 : 1; level.length > 0 || this.#plainNext.length > 0; hops += 2) {
      const plain = this.#plainNext;
      const next: Bad[] = [];
      this.#plainNext = [];
      if (hops >= this.#query.depth) break;
      this.#spreadPlain(plain, hops, next);
      for (const bad of merged(level)) this.#spread(bad, next);
      level = next;
    }
    // Found level by level, so nearly in order.
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
        if (write.version !== version && (write.run === null || this.#state.runs.idOf(write.run) !== version)) continue;
        spans.push({ ...start, ...this.#spanOf(dataset, write.start, write.end), version: write.version });
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
    if (columns !== null || version !== null) return spans;
    for (const { comes, here, goes, gone, alone } of spans)
      this.#plainNext.push(dataset, comes, here, goes, gone, alone, SURE);
    return [];
  }

  #badJob(): Bad[] {
    const { asset: job, from, to, version, asOf } = this.#query;
    const { runs } = this.#state;
    const next: Bad[] = [];
    for (const run of runs.ofJob(job)) {
      const { start, end } = timesOfRun(this.#state, run, this.#query.asOf);
      const firstEntry = runs.firstEntry(run);
      if (firstEntry >= asOf.entries || start > asOf.at || (version !== null && runs.idOf(run) !== version)) continue;
      if (end < from || start > to) continue;
      const read: Read = { job, run, start, end, version: null, entry: firstEntry };
      this.#touchJob(job, run, start, end, 0, true);
      this.#writeOn(read, null, next);
    }
    return next;
  }

  /** Carries a bad span on to all that read it. */
  #spread(bad: Bad, next: Bad[]): void {
    const visits = (this.#visits.get(bad.dataset) ?? 0) + 1;
    this.#visits.set(bad.dataset, visits);
    if (visits <= WALKS_MAX) {
      this.#walkReads(bad.dataset, bad.comes, (read) => this.#reached(bad, read, next));
      return;
    }
    const { reads, longest } = this.#readsOf(bad.dataset);
    // Reads by their start: those that can overlap the span start before it goes and at most `longest` before it comes.
    for (let i = firstAbove(reads.length, (at) => reads[at]!.start, bad.gone, true) - 1; i >= 0; i--) {
      const read = reads[i]!;
      if (read.start + longest < bad.comes) break;
      this.#reached(bad, read, next);
    }
  }

  #reached(bad: Bad, read: Read, next: Bad[]): void {
    if (read.end < bad.comes || read.start >= bad.gone) return;
    if (bad.byNameOnly && read.version === null) return;
    let certain = bad.certain && read.start >= bad.here && read.start < bad.goes && read.run !== null;
    if (read.version !== null && this.#isVersionOf(bad, read.version)) {
      // The reader says which version it read: that is the whole answer.
      if (read.version !== bad.version) return;
      certain = bad.certain;
    }
    const mark = certain ? SURE : PERHAPS;
    if (read.run !== null && this.#marks.ofRun(read.run) >= mark) return;
    this.#touchJob(read.job, read.run, read.start, read.end, bad.hops + 1, certain);
    this.#writeOn(read, { bad, certain }, next);
  }

  /** True if it is known what version a name means; else the times have to tell. */
  #isVersionOf(bad: Bad, version: string): boolean {
    return bad.version !== null || this.#writesOf(bad.dataset).writes.some((write) => write.version === version);
  }

  /**
   * Plain spans by dataset: each read is looked at once for all of them. This is the way of nearly all data where
   * producers tell no columns, so it makes no objects.
   */
  #spreadPlain(spans: readonly number[], hops: number, next: Bad[]): void {
    const { edges, runs } = this.#state;
    const { at, entries } = this.#query.asOf;
    const isNow = this.#isNow;
    const uses = this.#uses;
    const { first, last, ended } = this.#times;
    const { head, chain } = this.#marks.chains(spans.length / PLAIN);
    const datasets: number[] = [];
    for (let i = 0; i < spans.length / PLAIN; i++) {
      const dataset = spans[i * PLAIN]!;
      if (head[dataset] === -1) datasets.push(dataset);
      chain[i] = head[dataset]!;
      head[dataset] = i;
    }
    for (const dataset of datasets) {
      let earliest = Infinity;
      for (let i = head[dataset]!; i !== -1; i = chain[i]!) earliest = Math.min(earliest, spans[i * PLAIN + 1]!);
      for (let edge = dataset < uses.nodes ? uses.firstOut[dataset]! : -1; edge !== -1; edge = uses.nextOut[edge]!) {
        const job = uses.to[edge]!;
        if ((uses.flags[edge]! & DESIGNED) !== 0) {
          for (let i = head[dataset]!; i !== -1; i = chain[i]!) {
            const bad = badOfPlain(spans, i, hops);
            this.#walkEdge(edge, bad.comes, (read) => this.#reached(bad, read, next));
          }
          continue;
        }
        const isInOrder = (uses.flags[edge]! & IN_ORDER) !== 0;
        const since = earliest - runs.longestOfJob(job);
        for (let use = uses.lastUse[edge]!; use !== -1; use = uses.before[use]!) {
          const valid = uses.valid[use]!;
          if (valid < since && isInOrder) break;
          // Looked at only for a time in the past: each look is a jump through memory.
          if (!isNow && (valid > at || uses.entry[use]! >= entries)) continue;
          const run = uses.run[use]!;
          const mark = this.#marks.ofRun(run);
          if (mark === SURE) continue;
          const start = first[run]!;
          let end = ended[run]!;
          if (Number.isNaN(end)) end = last[run]!;
          end = Math.min(Math.max(end, start), at);
          let found = 0;
          for (let i = head[dataset]!; i !== -1 && found !== SURE; i = chain[i]!) {
            const b = i * PLAIN;
            if (end < spans[b + 1]! || start >= spans[b + 4]!) continue;
            const sure = start >= spans[b + 2]! && start < spans[b + 3]! && start < spans[b + 5]!;
            found = sure ? Math.max(found, spans[b + 6]!) : Math.max(found, PERHAPS);
          }
          if (found <= mark) continue;
          const version = edges.details.versionOf(use, this.#query.asOf);
          if (version !== null) {
            const read: Read = { job, run, start, end, version, entry: uses.entry[use]! };
            for (let i = head[dataset]!; i !== -1; i = chain[i]!) this.#reached(badOfPlain(spans, i, hops), read, next);
            continue;
          }
          const certain = found === SURE;
          this.#touchJob(job, run, start, end, hops + 1, certain);
          if (
            hops + 1 >= this.#query.depth ||
            this.#writeOnPlain(use, run, job, start, end, dataset, hops, certain, next)
          )
            continue;
          const read: Read = { job, run, start, end, version, entry: uses.entry[use]! };
          this.#writeOn(read, { bad: badOfPlain(spans, head[dataset]!, hops), certain }, next);
        }
      }
    }
    for (const dataset of datasets) head[dataset] = -1;
  }

  /** The writes of a run, if it has any and none tells columns or a version; false if somebody else must look at them. */
  #writeOnPlain(
    read: number,
    run: number,
    job: number,
    start: number,
    end: number,
    dataset: number,
    hops: number,
    certain: boolean,
    next: Bad[],
  ): boolean {
    const { edges, runs } = this.#state;
    const { asOf } = this.#query;
    const { from, edge: edgeOf, valid, entry, beforeOfRun } = this.#uses;
    const isNow = this.#isNow;
    let wrote = false;
    for (const isWriting of [false, true]) {
      for (let use = runs.lastUse.get(run); use !== -1; use = beforeOfRun[use]!) {
        const edge = edgeOf[use]!;
        if (from[edge] !== job) continue;
        if (!isNow && (valid[use]! > asOf.at || entry[use]! >= asOf.entries)) continue;
        if (!isWriting) {
          if (!edges.details.isPlain(use) || this.#designMap(edge) !== null) return false;
          wrote = true;
          continue;
        }
        this.#writeAll(use, run, job, start, end, hops + 2, certain, dataset, entry[read]!, next);
      }
      if (!wrote) return false;
    }
    this.#marks.markRun(run, certain ? SURE : PERHAPS);
    return true;
  }

  /** One write of a run of which all is bad, whatever the run read. `source` is what it read, in entry `readEntry`. */
  #writeAll(
    use: number,
    run: number,
    job: number,
    start: number,
    end: number,
    hops: number,
    certain: boolean,
    source: number,
    readEntry: number,
    next: Bad[],
  ): void {
    const mark = this.#marks.ofUse(use);
    const surely = certain ? SURE : PERHAPS;
    if (mark >= surely) return;
    this.#marks.markUse(use, surely);
    const dataset = this.#uses.to[this.#uses.edge[use]!]!;
    this.#measureSpan(dataset, end);
    const touched = this.#touchDataset(dataset, run, end, hops, 'all', false, certain, mark === 0, this.#gone);
    if (touched) touched.by = this.#stepOf(use, false, job, run, source, readEntry, certain);
    const version = this.#state.edges.details.versionOf(use, this.#query.asOf);
    if (version === null) this.#plainNext.push(dataset, start, end, this.#goes, this.#gone, this.#alone, surely);
    else next.push({ dataset, ...this.#measured(start, end), ...EVERYTHING, version, hops, certain });
  }

  /** What a run (or a job's design) that read something bad wrote. */
  #writeOn(read: Read, from: From, next: Bad[]): void {
    const { edges, runs } = this.#state;
    const { job, run } = read;
    const hops = from ? from.bad.hops + 1 : 0;
    const certain = from ? from.certain : true;
    if (hops >= this.#query.depth) return;
    let wrote = false;
    if (run !== null) {
      const { asOf } = this.#query;
      const { from: source, edge: edgeOf, valid, entry, beforeOfRun } = this.#uses;
      // Once all that it wrote is bad whatever it read, there is no more to find of it.
      let isPlain = true;
      for (let use = runs.lastUse.get(run); use !== -1; use = beforeOfRun[use]!) {
        const edge = edgeOf[use]!;
        if (source[edge] !== job || valid[use]! > asOf.at || entry[use]! >= asOf.entries) continue;
        wrote = true;
        const map = edges.details.columnsOf(use, asOf) ?? this.#designMap(edge);
        if (map !== null) isPlain = false;
        this.#write(use, edge, map, read, from, next);
      }
      if (wrote && isPlain) this.#marks.markRun(run, certain ? SURE : PERHAPS);
    }
    if (wrote) return;
    // Its run says nothing of outputs (or there is no run): the job's design may.
    for (const edge of edges.of(job, 'down')) {
      if (!edges.hasDesign(edge) || !edges.exists(edge, this.#query.asOf)) continue;
      const design = [...edges.uses(edge, this.#query.asOf)].find((use) => use.run === null);
      if (design) this.#write(design.use, edge, this.#designMap(edge), { ...read, run: null }, from, next);
    }
  }

  /** One write of something bad; `map` is what it tells of columns. */
  #write(use: number, edge: number, map: number | null, read: Read, from: From, next: Bad[]): void {
    const { edges } = this.#state;
    const { run } = read;
    const certain = (from ? from.certain : true) && run !== null;
    const hops = (from ? from.bad.hops + 1 : 0) + 1;
    const source = from ? from.bad.dataset : read.job;
    if (map === null && run !== null) {
      this.#writeAll(use, run, read.job, read.start, read.end, hops, certain, source, read.entry, next);
      return;
    }
    const bad = from ? this.#columnsBehind(map, from.bad) : EVERYTHING;
    if (!bad) return;
    // A design's write has no time of its own: it is where its reader is.
    const since = run === null ? Math.max(read.start, from?.bad.comes ?? -Infinity) : read.start;
    const end = run === null ? since : read.end;
    const key = run === null ? -1 - use : use;
    const before = this.#badOf.get(key);
    const found: Found = { columns: bad.columns, rows: bad.rows, since };
    const sureBefore = certain ? this.#surelyBadOf.get(key) : undefined;
    const fresh = newsOf(certain ? sureBefore : before, found);
    if (!fresh) return;
    const whole = together(before, found);
    this.#badOf.set(key, whole);
    if (certain) this.#surelyBadOf.set(key, together(sureBefore, found));
    const dataset = edges.toOf(edge);
    const span = this.#spanOf(dataset, since, end);
    const { columns, rows } = whole;
    const touched = this.#touchDataset(
      dataset,
      run,
      end,
      hops,
      columns,
      rows,
      certain,
      before === undefined,
      span.gone,
    );
    if (touched) touched.by = this.#stepOf(use, map !== null, read.job, run, source, read.entry, certain);
    const version = edges.details.versionOf(use, this.#query.asOf);
    next.push({ dataset, ...span, columns: fresh.columns, rows: fresh.rows, version, hops, certain });
  }

  #stepOf(
    use: number,
    byColumns: boolean,
    job: number,
    run: number | null,
    from: number,
    readEntry: number,
    certain: boolean,
  ): BlastStep {
    const { edges } = this.#state;
    const writeEntry = edges.details.of(use, this.#query.asOf).entry ?? edges.entryOfUse(use);
    return { from, job, run, readEntry, writeEntry, certain, byColumns };
  }

  /** What the job's design says of columns: another run may have been by other code, so what it told is no guide. */
  #designMap(edge: number): number | null {
    const { edges } = this.#state;
    if (!edges.hasDesign(edge)) return null;
    const known = this.#designMaps.get(edge);
    if (known !== undefined) return known;
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
    if (map === null) return EVERYTHING;
    const { byIn } = indexOf(this.#state, map);
    const ways = byIn.get(bad.dataset);
    const columns = new Set<number>();
    let rows = bad.rows;
    // The producer read it and names no column of it: what it decides about is not known, so the rows are.
    if (!ways) return bad.columns === 'all' || rows ? { columns, rows: true } : null;
    for (const [column, list] of ways) {
      if (bad.columns !== 'all' && !bad.columns.has(column)) continue;
      for (const { out } of list) {
        if (out === ALL_ROWS) rows = true;
        else columns.add(out);
      }
    }
    return columns.size > 0 || rows ? { columns, rows } : null;
  }

  #touchJob(job: number, run: number | null, start: number, end: number, hops: number, certain: boolean): void {
    // A design has no end of its own.
    const ended = run === null ? start : end;
    let isNew = !this.#designed.has(job);
    if (run === null) this.#designed.add(job);
    else isNew = this.#marks.seeRun(run);
    const known = this.#touched.get(job);
    if (known) {
      if (isNew) known.count++;
      known.first = Math.min(known.first, start);
      if (ended >= known.last) {
        known.last = ended;
        known.until = ended;
        known.lastRun = run;
      }
      known.certain ||= certain;
      return;
    }
    this.#touched.set(job, {
      asset: job,
      hops,
      columns: 'all',
      byRows: false,
      count: 1,
      first: start,
      last: ended,
      until: ended,
      certain,
      by: null,
      lastRun: run,
    });
  }

  /** Returns what is touched if the step that led to it is to be told: the first, or the first that is certain. */
  #touchDataset(
    asset: number,
    run: number | null,
    end: number,
    hops: number,
    columns: TouchedColumns,
    rows: boolean,
    certain: boolean,
    isNew: boolean,
    until: number,
  ) {
    const known = this.#touched.get(asset);
    if (!known) {
      const touched = {
        asset,
        hops,
        columns,
        byRows: rows,
        count: 1,
        first: end,
        last: end,
        until,
        certain,
        by: null,
        lastRun: run,
      };
      this.#touched.set(asset, touched);
      return touched as { -readonly [K in keyof Touched]: Touched[K] };
    }
    if (isNew) known.count++;
    known.columns = union(known.columns, columns);
    known.byRows ||= rows;
    known.first = Math.min(known.first, end);
    if (end >= known.last) {
      known.last = end;
      known.lastRun = run;
    }
    known.until = Math.max(known.until, until);
    if (!certain || known.certain) return null;
    known.certain = true;
    return known.by ? known : null;
  }

  /** When a write's version comes and goes: with later ends of other writes. */
  #spanOf(dataset: number, start: number, end: number): Pick<Bad, 'comes' | 'here' | 'goes' | 'gone' | 'alone'> {
    this.#measureSpan(dataset, end);
    return this.#measured(start, end);
  }

  #measured(start: number, end: number): Pick<Bad, 'comes' | 'here' | 'goes' | 'gone' | 'alone'> {
    return { comes: start, here: end, goes: this.#goes, gone: this.#gone, alone: this.#alone };
  }

  #goes = Infinity;
  #gone = Infinity;
  #alone = Infinity;

  /** As `spanOf`, into the three numbers above. */
  #measureSpan(dataset: number, end: number): void {
    const visits = (this.#spans.get(dataset) ?? 0) + 1;
    this.#spans.set(dataset, visits);
    if (visits > WALKS_MAX) {
      const { writes, alone, goes, gone } = this.#writesOf(dataset);
      const after = firstAbove(writes.length, (i) => writes[i]!.end, end);
      this.#goes = goes[after]!;
      this.#gone = gone[after]!;
      this.#alone = alone[after]!;
      return;
    }
    this.#goes = this.#gone = this.#alone = Infinity;
    const { edges, runs } = this.#state;
    const { asOf } = this.#query;
    const { firstIn, nextIn, from, flags, lastUse, before, valid, entry, run: runOf } = this.#uses;
    const { first, last, ended } = this.#times;
    const isNow = this.#isNow;
    for (let edge = firstIn[dataset]!; edge !== -1; edge = nextIn[edge]!) {
      const since = end - runs.longestOfJob(from[edge]!);
      const isInOrder = (flags[edge]! & IN_ORDER) !== 0;
      for (let use = lastUse[edge]!; use !== -1; use = before[use]!) {
        if (valid[use]! < since && isInOrder) break;
        const run = runOf[use]!;
        if (run === -1 || (!isNow && (valid[use]! > asOf.at || entry[use]! >= asOf.entries))) continue;
        const start = first[run]!;
        let otherEnd = ended[run]!;
        if (Number.isNaN(otherEnd)) otherEnd = last[run]!;
        otherEnd = Math.min(Math.max(otherEnd, start), asOf.at);
        if (otherEnd <= end) continue;
        if (start < this.#alone) this.#alone = start;
        if (!isReplacing(edges.details.changeOf(use, asOf))) continue;
        this.#goes = Math.min(this.#goes, start);
        this.#gone = Math.min(this.#gone, otherEnd);
      }
    }
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
    const reads: Read[] = [];
    this.#walkReads(dataset, -Infinity, (read) => reads.push(read));
    reads.sort((a, b) => a.start - b.start);
    let longest = 0;
    for (const { start, end } of reads) longest = Math.max(longest, end - start);
    const found = { reads, longest };
    this.#reads.set(dataset, found);
    return found;
  }

  /** All reads of a dataset that may end at `since` or later. */
  #walkReads(dataset: number, since: number, visit: (read: Read) => void): void {
    for (const edge of this.#state.edges.of(dataset, 'down')) this.#walkEdge(edge, since, visit);
  }

  #walkEdge(edge: number, since: number, visit: (read: Read) => void): void {
    const { edges, runs } = this.#state;
    const { asOf } = this.#query;
    const job = edges.toOf(edge);
    // A job that was once told of by its design: any of its uses may be that, so all are looked at.
    const from = edges.hasDesign(edge) ? -Infinity : since - runs.longestOfJob(job);
    let design: { valid: number; entry: number } | null = null;
    edges.eachUseSince(edge, from, asOf, (use, run) => {
      const entry = edges.entryOfUse(use);
      if (run === null) {
        const valid = edges.validOfUse(use);
        if (!design || valid < design.valid) design = { valid, entry };
        return;
      }
      const { start, end } = timesOfRun(this.#state, run, asOf);
      if (end >= since) visit({ job, run, start, end, version: edges.details.versionOf(use, asOf), entry });
    });
    if (design) this.#readByDesign(edge, job, design, visit);
  }

  /** A job whose runs do not say what they read: by its design, each may have. Without runs, it may have run at any time. */
  #readByDesign(
    edge: number,
    job: number,
    design: { valid: number; entry: number },
    visit: (read: Read) => void,
  ): void {
    const { edges, runs } = this.#state;
    const { asOf } = this.#query;
    const ended = edges.endedAt(edge, asOf) ?? Infinity;
    let hasRuns = false;
    for (const run of runs.ofJob(job)) {
      const times = timesOfRun(this.#state, run, this.#query.asOf);
      if (runs.firstEntry(run) >= asOf.entries || times.start > asOf.at) continue;
      hasRuns = true;
      if (runs.usesOf(run, 'input') === 0 && times.end >= design.valid && times.start < ended)
        visit({ job, run, ...times, version: null, entry: design.entry });
    }
    if (!hasRuns) visit({ job, run: null, start: design.valid, end: ended, version: null, entry: design.entry });
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
  const groups = new Map<number | string, Bad[]>();
  const done: Bad[] = [];
  const surelyUpTo = (bad: Bad): Bad => ({ ...bad, goes: Math.min(bad.goes, bad.alone) });
  for (const bad of level) {
    if (bad.gone !== Infinity || bad.version !== null) {
      done.push(surelyUpTo(bad));
      continue;
    }
    const place = bad.dataset * 2 + (bad.rows ? 1 : 0);
    const key = bad.columns === 'all' ? place : `${place}:${[...bad.columns].sort((a, b) => a - b).join()}`;
    const group = groups.get(key);
    if (group) group.push(bad);
    else groups.set(key, [bad]);
  }
  for (const group of groups.values()) {
    if (group.length === 1) {
      done.push(surelyUpTo(group[0]!));
      continue;
    }
    for (const bad of group) done.push({ ...bad, comes: bad.here, goes: bad.alone, gone: bad.alone });
    const comes = group.reduce((first, bad) => Math.min(first, bad.comes), Infinity);
    done.push({ ...group[0]!, comes, here: Infinity, certain: false });
  }
  return done;
}
