/** What was said of one read or write of a dataset: the version, what became of it, how many rows, which columns from where. */
import { LIFECYCLE_CHANGES, type ColumnMetrics, type DatasetFact, type LifecycleChange } from '../event/event.ts';
import type { AsOf } from './as-of.ts';
import { Column } from './column.ts';
import { NameTable } from './name-table.ts';

const NONE = -1;
const FROM_SQL = 1;

export interface UseDetail {
  /** Row in the column map table. */
  readonly columns: number | null;
  readonly columnsFrom: 'sql' | null;
  readonly version: string | null;
  readonly change: LifecycleChange | null;
  readonly rows: number | null;
  readonly assertions: { readonly passed: number; readonly failed: number } | null;
  readonly metrics: Readonly<Record<string, number>> | null;
  /** The newest entry that says any of this; null if none does. */
  readonly entry: number | null;
  /** What was counted in single columns. */
  readonly measures: readonly ColumnMetrics[] | null;
}

const NOTHING: UseDetail = {
  columns: null,
  columnsFrom: null,
  version: null,
  change: null,
  rows: null,
  assertions: null,
  metrics: null,
  entry: null,
  measures: null,
};

export class UseDetailTable {
  /** Newest detail of each use that has one; details chain backwards in the order they became known. */
  readonly #newest: Column<Int32Array>;
  readonly #columns: Column<Int32Array>;
  readonly #flags: Column<Uint8Array>;
  readonly #version: Column<Int32Array>;
  readonly #change: Column<Uint8Array>;
  readonly #rows: Column<Float64Array>;
  readonly #passed: Column<Int32Array>;
  readonly #failed: Column<Int32Array>;
  /** Metrics and what was counted in columns as JSON, each text kept once: few runs have any. */
  readonly #metrics: Column<Int32Array>;
  readonly #measures: Column<Int32Array>;
  readonly #valid: Column<Float64Array>;
  readonly #entry: Column<Float64Array>;
  readonly #before: Column<Int32Array>;
  readonly #texts: NameTable;

  constructor(saved?: SavedUseDetails) {
    this.#newest = saved ? new Column(saved.newest) : Column.int32();
    this.#columns = saved ? new Column(saved.columns) : Column.int32();
    this.#flags = saved ? new Column(saved.flags) : Column.uint8();
    this.#version = saved ? new Column(saved.version) : Column.int32();
    this.#change = saved ? new Column(saved.change) : Column.uint8();
    this.#rows = saved ? new Column(saved.rows) : Column.float64();
    this.#passed = saved ? new Column(saved.passed) : Column.int32();
    this.#failed = saved ? new Column(saved.failed) : Column.int32();
    this.#metrics = saved ? new Column(saved.metrics) : Column.int32();
    this.#measures = saved ? new Column(saved.measures) : Column.int32();
    this.#valid = saved ? new Column(saved.valid) : Column.float64();
    this.#entry = saved ? new Column(saved.entry) : Column.float64();
    this.#before = saved ? new Column(saved.before) : Column.int32();
    this.#texts = new NameTable(saved?.texts);
  }

  /** Records what a fact says of use `use`; `columns` is the row of its column map. What is not said stays as it was. */
  see(use: number, fact: DatasetFact, columns: number | null, valid: number, entry: number): void {
    const { version, change, rows, assertions, metrics, columnsFrom, columnMetrics } = fact;
    if (columns === null && !version && !change && rows === undefined && !assertions && !metrics && !columnMetrics)
      return;
    while (this.#newest.length <= use) this.#newest.push(NONE);
    const before = this.#newest.get(use);
    const row = {
      columns: columns ?? NONE,
      flags: columnsFrom === 'sql' ? FROM_SQL : 0,
      measures: columnMetrics === undefined ? NONE : this.#texts.rowOf(JSON.stringify(columnMetrics)),
      version: version === undefined ? NONE : this.#texts.rowOf(version),
      change: change === undefined ? 0 : LIFECYCLE_CHANGES.indexOf(change) + 1,
      rows: rows ?? NaN,
      passed: assertions?.passed ?? NONE,
      failed: assertions?.failed ?? NONE,
      metrics: metrics === undefined ? NONE : this.#texts.rowOf(JSON.stringify(metrics)),
    };
    if (
      before !== NONE &&
      row.columns === this.#columns.get(before) &&
      row.flags === this.#flags.get(before) &&
      row.version === this.#version.get(before) &&
      row.change === this.#change.get(before) &&
      Object.is(row.rows, this.#rows.get(before)) &&
      row.passed === this.#passed.get(before) &&
      row.failed === this.#failed.get(before) &&
      row.metrics === this.#metrics.get(before) &&
      row.measures === this.#measures.get(before)
    ) {
      return;
    }
    this.#newest.set(use, this.#columns.length);
    this.#columns.push(row.columns);
    this.#flags.push(row.flags);
    this.#version.push(row.version);
    this.#change.push(row.change);
    this.#rows.push(row.rows);
    this.#passed.push(row.passed);
    this.#failed.push(row.failed);
    this.#metrics.push(row.metrics);
    this.#measures.push(row.measures);
    this.#valid.push(valid);
    this.#entry.push(entry);
    this.#before.push(before);
  }

  /** What became of the dataset by a use, alone: many are looked at where only this matters. */
  changeOf(use: number, { at, entries }: AsOf): LifecycleChange | null {
    if (use >= this.#newest.length) return null;
    for (let detail = this.#newest.get(use); detail !== NONE; detail = this.#before.get(detail)) {
      const change = this.#change.get(detail);
      if (change !== 0 && this.#valid.get(detail) <= at && this.#entry.get(detail) < entries)
        return LIFECYCLE_CHANGES[change - 1]!;
    }
    return null;
  }

  /** True if nothing was ever said of its columns or its version. */
  isPlain(use: number): boolean {
    if (use >= this.#newest.length) return true;
    for (let detail = this.#newest.get(use); detail !== NONE; detail = this.#before.get(detail))
      if (this.#columns.get(detail) !== NONE || this.#version.get(detail) !== NONE) return false;
    return true;
  }

  /** Row of the column map that was told of a use, alone. */
  columnsOf(use: number, { at, entries }: AsOf): number | null {
    if (use >= this.#newest.length) return null;
    for (let detail = this.#newest.get(use); detail !== NONE; detail = this.#before.get(detail)) {
      const columns = this.#columns.get(detail);
      if (columns !== NONE && this.#valid.get(detail) <= at && this.#entry.get(detail) < entries) return columns;
    }
    return null;
  }

  versionOf(use: number, { at, entries }: AsOf): string | null {
    if (use >= this.#newest.length) return null;
    for (let detail = this.#newest.get(use); detail !== NONE; detail = this.#before.get(detail)) {
      const version = this.#version.get(detail);
      if (version !== NONE && this.#valid.get(detail) <= at && this.#entry.get(detail) < entries)
        return this.#texts.nameOf(version);
    }
    return null;
  }

  /** What was said of a use by then; of two statements the later known holds. */
  of(use: number, { at, entries }: AsOf): UseDetail {
    if (use >= this.#newest.length || this.#newest.get(use) === NONE) return NOTHING;
    const found: { -readonly [K in keyof UseDetail]: UseDetail[K] } = { ...NOTHING };
    for (let detail = this.#newest.get(use); detail !== NONE; detail = this.#before.get(detail)) {
      if (this.#valid.get(detail) > at || this.#entry.get(detail) >= entries) continue;
      found.entry ??= this.#entry.get(detail);
      if (found.columns === null && this.#columns.get(detail) !== NONE) {
        found.columns = this.#columns.get(detail);
        found.columnsFrom = (this.#flags.get(detail) & FROM_SQL) !== 0 ? 'sql' : null;
      }
      const version = this.#version.get(detail);
      if (found.version === null && version !== NONE) found.version = this.#texts.nameOf(version);
      if (found.change === null) found.change = LIFECYCLE_CHANGES[this.#change.get(detail) - 1] ?? null;
      if (found.rows === null && !Number.isNaN(this.#rows.get(detail))) found.rows = this.#rows.get(detail);
      if (found.assertions === null && this.#passed.get(detail) !== NONE)
        found.assertions = { passed: this.#passed.get(detail), failed: this.#failed.get(detail) };
      const metrics = this.#metrics.get(detail);
      if (found.metrics === null && metrics !== NONE)
        found.metrics = JSON.parse(this.#texts.nameOf(metrics)) as Record<string, number>;
      const measures = this.#measures.get(detail);
      if (found.measures === null && measures !== NONE)
        found.measures = JSON.parse(this.#texts.nameOf(measures)) as ColumnMetrics[];
    }
    return found;
  }

  save(): SavedUseDetails {
    return {
      newest: this.#newest.rows(),
      columns: this.#columns.rows(),
      flags: this.#flags.rows(),
      version: this.#version.rows(),
      change: this.#change.rows(),
      rows: this.#rows.rows(),
      passed: this.#passed.rows(),
      failed: this.#failed.rows(),
      metrics: this.#metrics.rows(),
      measures: this.#measures.rows(),
      valid: this.#valid.rows(),
      entry: this.#entry.rows(),
      before: this.#before.rows(),
      texts: [...this.#texts.names],
    };
  }
}

export interface SavedUseDetails {
  readonly newest: Int32Array;
  readonly columns: Int32Array;
  readonly flags: Uint8Array;
  readonly version: Int32Array;
  readonly change: Uint8Array;
  readonly rows: Float64Array;
  readonly passed: Int32Array;
  readonly failed: Int32Array;
  readonly metrics: Int32Array;
  readonly measures: Int32Array;
  readonly valid: Float64Array;
  readonly entry: Float64Array;
  readonly before: Int32Array;
  readonly texts: readonly string[];
}
