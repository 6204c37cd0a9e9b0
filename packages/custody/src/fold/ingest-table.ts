/** What came in through gates, what is in quarantine, and which rules are in force. */
import type { AssetName } from '../event/event.ts';
import type { GateIngest, QuarantineDestroyed, QuarantineReleased, RulesPublished } from '../event/gate-event.ts';

/** One ingest; the findings are in its entry. */
export interface IngestRow {
  readonly id: string;
  readonly entry: number;
  readonly decided: string;
  readonly by: string;
  readonly dataset: AssetName;
  readonly source: AssetName;
  readonly verdict: GateIngest['verdict'];
  readonly isWhole: boolean;
  readonly rows: GateIngest['rows'];
  readonly changed: number;
  readonly rules: string;
  readonly audit: string;
  readonly output: GateIngest['output'];
  readonly brokenChecks: number;
  readonly shifted: readonly string[];
  readonly batch: string | null;
}

export interface BatchRow {
  readonly id: string;
  readonly ingest: string;
  readonly entry: number;
  readonly dataset: AssetName;
  readonly rows: number;
  readonly digest: string;
  readonly bytes: number;
  readonly since: string;
  readonly isWhole: boolean;
  readonly released: {
    readonly entry: number;
    readonly at: string;
    readonly by: string;
    readonly as: 'raw' | 'masked';
    readonly reason: string;
  } | null;
  readonly destroyed: {
    readonly entry: number;
    readonly at: string;
    readonly by: string;
    readonly reason: string;
  } | null;
}

export interface RulesVersion {
  readonly version: number;
  readonly entry: number;
  readonly recorded: string;
  readonly by: string;
  readonly message: string;
  readonly digest: string;
  readonly withdrawn: boolean;
}

export class IngestTable {
  readonly #ingests: Map<string, IngestRow>;
  readonly #batches: Map<string, BatchRow>;
  readonly #rules: Map<string, RulesVersion[]>;

  constructor(saved?: SavedIngests) {
    this.#ingests = saved?.ingests ?? new Map();
    this.#batches = saved?.batches ?? new Map();
    this.#rules = saved?.rules ?? new Map();
  }

  see(event: GateIngest, entry: number): void {
    const {
      ingest: id,
      decided,
      by,
      dataset,
      source,
      verdict,
      rows,
      changed,
      rules,
      audit,
      output,
      broken,
      baseline,
      batch,
    } = event;
    const isWhole = event.whole === true;
    this.#ingests.set(id, {
      id, entry, decided, by, dataset, source, verdict, isWhole, rows, changed, rules, audit: audit.digest, output,
      brokenChecks: broken.length,
      shifted: baseline?.shifted ?? [],
      batch: batch?.id ?? null,
    }); // prettier-ignore
    if (batch)
      this.#batches.set(batch.id, {
        id: batch.id, ingest: id, entry, dataset, rows: batch.rows, digest: batch.digest, bytes: batch.bytes, since: decided, isWhole,
        released: null, destroyed: null,
      }); // prettier-ignore
  }

  release({ batch, recorded: at, by, as, reason }: QuarantineReleased, entry: number): void {
    const row = this.#batches.get(batch);
    if (row) this.#batches.set(batch, { ...row, released: { entry, at, by, as, reason } });
  }

  destroy({ batch, recorded: at, by, reason }: QuarantineDestroyed, entry: number): void {
    const row = this.#batches.get(batch);
    if (row) this.#batches.set(batch, { ...row, destroyed: { entry, at, by, reason } });
  }

  publish({ rules, version, recorded, by, message, digest, withdrawn }: RulesPublished, entry: number): void {
    const versions = this.#rules.get(rules) ?? [];
    versions.push({ version, entry, recorded, by, message, digest, withdrawn: withdrawn === true });
    this.#rules.set(rules, versions);
  }

  get count(): number {
    return this.#ingests.size;
  }

  get(id: string): IngestRow | null {
    return this.#ingests.get(id) ?? null;
  }

  /** The newest first. */
  *newest(): Generator<IngestRow> {
    yield* [...this.#ingests.values()].reverse();
  }

  batch(id: string): BatchRow | null {
    return this.#batches.get(id) ?? null;
  }

  /** The newest first. */
  batches(): readonly BatchRow[] {
    return [...this.#batches.values()].reverse();
  }

  rulesNames(): readonly string[] {
    return [...this.#rules.keys()].sort();
  }

  /** Every version, the first first; empty for a name that was never published. */
  rulesVersions(name: string): readonly RulesVersion[] {
    return this.#rules.get(name) ?? [];
  }

  /** The version in force; null if there is none. */
  activeRules(name: string): RulesVersion | null {
    const last = this.rulesVersions(name).at(-1);
    return last === undefined || last.withdrawn ? null : last;
  }

  save(): SavedIngests {
    return { ingests: this.#ingests, batches: this.#batches, rules: this.#rules };
  }
}

export interface SavedIngests {
  readonly ingests: Map<string, IngestRow>;
  readonly batches: Map<string, BatchRow>;
  readonly rules: Map<string, RulesVersion[]>;
}
