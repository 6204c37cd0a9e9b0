/** All checks of a batch, fed with its records. */
import type { Baseline } from '../baseline/baseline.ts';
import { BatchProfile } from '../baseline/batch-profile.ts';
import { driftOf, type DriftReport } from '../baseline/drift.ts';
import type { CheckResult, RowReason } from '../gate-report.ts';
import { fieldText, type Dialect } from '../record/encoding.ts';
import { BARE, KEY, LITERAL, type RecordView } from '../record/record.ts';
import type { GateChecks } from '../rules.ts';
import { rowCountChecks, schemaChecks, type BatchHistory } from './batch-checks.ts';
import { ColumnChecker, type KnownValues } from './column-check.ts';
import { ValueSet } from './value-set.ts';

/** Known values by `FILE\nCOLUMN`. */
export type References = ReadonlyMap<string, KnownValues>;

interface Together {
  readonly names: readonly string[];
  readonly seen: ValueSet;
  broken: number;
}

export class RowChecks {
  readonly #dialect: Dialect;
  readonly #nulls: ReadonlySet<string>;
  readonly #checkers: readonly ColumnChecker[];
  /** Number of the column of each checker; -1 while it was not met. */
  readonly #columnOf: Int32Array;
  readonly #together: readonly Together[];
  readonly #profile: BatchProfile | null;
  readonly #names: string[] = [];
  /** Field of each column in the record at hand; -1 if it has none. */
  #fieldOf = new Int32Array(64).fill(-1);

  constructor(
    checks: GateChecks,
    dialect: Dialect,
    nulls: readonly string[],
    known: { references: References; baseline: Baseline | null },
  ) {
    this.#dialect = dialect;
    this.#nulls = new Set(nulls);
    this.#checkers = checks.columns.map(
      (check) =>
        new ColumnChecker(
          check,
          (check.references && known.references.get(`${check.references.file}\n${check.references.column}`)) ?? null,
        ),
    );
    this.#columnOf = new Int32Array(checks.columns.length).fill(-1);
    this.#together = checks.unique.map((names) => ({ names, seen: new ValueSet(), broken: 0 }));
    this.#profile = known.baseline ? new BatchProfile(known.baseline) : null;
  }

  /** Nothing is asked of rows. */
  get isIdle(): boolean {
    return this.#checkers.length === 0 && this.#together.length === 0 && this.#profile === null;
  }

  column(name: string, index: number): void {
    this.#names[index] = name;
    this.#checkers.forEach(({ check }, i) => {
      if (check.name === name) this.#columnOf[i] = index;
    });
    if (index >= this.#fieldOf.length) {
      const wider = new Int32Array(Math.max(index + 1, this.#fieldOf.length * 2)).fill(-1);
      wider.set(this.#fieldOf);
      this.#fieldOf = wider;
    }
  }

  /** Why the row is set aside; null if it is not. */
  row(view: RecordView): readonly RowReason[] | null {
    const fieldOf = this.#fieldOf;
    for (let i = 0; i < view.count; i++) if (view.kinds[i] !== KEY) fieldOf[view.columns[i]!] = i;
    let reasons: RowReason[] | null = null;
    for (let k = 0; k < this.#checkers.length; k++) {
      const column = this.#columnOf[k]!;
      const checker = this.#checkers[k]!;
      const field = column < 0 ? -1 : fieldOf[column]!;
      if (column < 0 && this.#dialect.kind === 'csv') continue; // missing_columns tells of it
      const broken = checker.row(field < 0 ? null : this.#value(view, field));
      if (broken !== null && checker.check.action === 'quarantine' && !checker.isOfShare)
        (reasons ??= []).push({ rule: `check: ${broken}`, column: checker.check.name, type: null });
    }
    for (const together of this.#together) {
      const values = together.names.map((name) => {
        const column = this.#names.indexOf(name);
        const field = column < 0 ? -1 : fieldOf[column]!;
        return field < 0 ? null : this.#value(view, field);
      });
      // As in SQL, a null is equal to nothing.
      if (values.includes(null) || !together.seen.add(JSON.stringify(values))) continue;
      together.broken++;
      (reasons ??= []).push({ rule: 'check: unique', column: together.names.join(', '), type: null });
    }
    if (this.#profile)
      this.#profile.row((name) => {
        const column = this.#names.indexOf(name);
        const field = column < 0 ? -1 : fieldOf[column]!;
        return field < 0 ? null : this.#value(view, field);
      });
    for (let i = 0; i < view.count; i++) fieldOf[view.columns[i]!] = -1;
    return reasons;
  }

  #value(view: RecordView, i: number): string | null {
    const kind = view.kinds[i]!;
    if (kind === LITERAL && view.bytes[view.starts[i]!] === 110) return null;
    const text = fieldText(view, this.#dialect, i);
    return kind === BARE && this.#nulls.has(text) ? null : text;
  }

  end(
    checks: GateChecks,
    rows: number,
    history: BatchHistory,
    now: Date,
  ): {
    readonly checks: readonly CheckResult[];
    readonly drift: DriftReport | null;
    readonly notes: readonly string[];
  } {
    const columns = this.#names.filter((name) => this.#dialect.kind === 'csv' || !/[.[]/.test(name));
    const results = [
      ...schemaChecks(checks, columns),
      ...rowCountChecks(checks, rows, history),
      ...this.#checkers.flatMap((checker, k) => (this.#columnOf[k]! < 0 ? [] : checker.end(now))),
      ...this.#together.map(({ names, broken, seen }): CheckResult => ({
        check: 'unique',
        column: names.join(', '),
        action: 'quarantine',
        passed: broken === 0,
        failed: broken,
        of: rows,
        found: `${broken} of ${rows} rows break it${seen.isExact ? '' : `, of 1 in ${Math.round(1 / seen.part)} of all values`}`,
      })),
    ];
    const notes: string[] = [];
    let drift: DriftReport | null = null;
    if (this.#profile && checks.drift) {
      const { alpha, ignore, columns_max: most, action } = checks.drift;
      drift = driftOf(this.#profile, { alpha, ignore });
      const shifted = drift.columns.filter(({ isShifted }) => isShifted);
      results.push({
        check: 'drift',
        column: null,
        action,
        passed: shifted.length <= most,
        failed: null,
        of: null,
        found:
          shifted.length === 0
            ? `${drift.columns.length} columns as in the baseline`
            : `${shifted.length} of ${drift.columns.length} columns have shifted: ${shifted
                .slice(0, 20)
                .map(({ column, why }) => `${column} (${why})`)
                .join(', ')}`,
      });
    }
    return { checks: results, drift, notes };
  }
}
