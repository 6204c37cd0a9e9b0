/** Versions of datasets, and the names that point to them. */
import { assetId } from '../event/asset-id.ts';
import type { DatasetAliased, DatasetVersioned } from '../event/dataset-event.ts';

export interface DatasetVersion {
  readonly entry: number;
  readonly recorded: string;
  readonly by: string;
  /** Id of the asset. */
  readonly dataset: string;
  readonly version: number;
  readonly manifest: string;
  readonly table: string;
  readonly format: string;
  readonly rows: number;
  readonly columns: number;
  readonly subjects: DatasetVersioned['subjects'] | null;
  readonly bytes: DatasetVersioned['bytes'];
  readonly message: string;
}

/** One move of an alias. */
export interface AliasMove {
  readonly entry: number;
  readonly recorded: string;
  readonly by: string;
  readonly alias: string;
  readonly version: number;
  readonly from: number | null;
  readonly reason: string;
  readonly isRestored: boolean;
}

interface Kept {
  readonly versions: DatasetVersion[];
  readonly moves: AliasMove[];
}

export class DatasetVersions {
  readonly #datasets: Map<string, Kept>;

  constructor(saved?: SavedDatasetVersions) {
    this.#datasets = saved?.datasets ?? new Map();
  }

  commit(event: DatasetVersioned, entry: number): void {
    const { recorded, by, dataset, version, manifest, table, format, rows, columns, subjects, bytes, message } = event;
    const id = assetId('dataset', dataset);
    this.#kept(id).versions.push({
      entry,
      recorded,
      by,
      dataset: id,
      version,
      manifest,
      table,
      format,
      rows,
      columns,
      subjects: subjects ?? null,
      bytes,
      message,
    });
  }

  alias(event: DatasetAliased, entry: number): void {
    const { recorded, by, dataset, alias, version, from, reason, restored } = event;
    this.#kept(assetId('dataset', dataset)).moves.push({
      entry,
      recorded,
      by,
      alias,
      version,
      from,
      reason,
      isRestored: restored === true,
    });
  }

  #kept(id: string): Kept {
    let kept = this.#datasets.get(id);
    if (kept === undefined) this.#datasets.set(id, (kept = { versions: [], moves: [] }));
    return kept;
  }

  /** Ids of all datasets with versions. */
  datasets(): readonly string[] {
    return [...this.#datasets.keys()];
  }

  /** The oldest first. */
  versionsOf(dataset: string): readonly DatasetVersion[] {
    return this.#datasets.get(dataset)?.versions ?? [];
  }

  /** The oldest first. */
  movesOf(dataset: string): readonly AliasMove[] {
    return this.#datasets.get(dataset)?.moves ?? [];
  }

  /** Where each alias of a dataset points now. */
  aliasesOf(dataset: string): ReadonlyMap<string, AliasMove> {
    return new Map(this.movesOf(dataset).map((move) => [move.alias, move]));
  }

  save(): SavedDatasetVersions {
    return { datasets: this.#datasets };
  }
}

export interface SavedDatasetVersions {
  readonly datasets: Map<string, Kept>;
}
