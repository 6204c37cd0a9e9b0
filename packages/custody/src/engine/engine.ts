/** What Custody asks of a place where data lie. The rows stay there; digests and identifiers come out. */
import type { Column } from '../dataset/column-type.ts';
import type { ColumnStatistics } from '../dataset/statistics.ts';

export interface EncodedRows {
  /** SHA-256 of each row's canonical encoding, 32 bytes a row. */
  readonly digests: Uint8Array;
  /** For each identifying column that was asked for, its text in each row; null where there is none. */
  readonly identifiers: readonly (readonly (string | null)[])[];
}

export interface ReadOptions {
  /** Names of identifying columns. */
  readonly identifying: readonly string[];
  /** Whether rows must come in the order in which they lie there. */
  readonly inOrder: boolean;
}

/** One table, file or folder of files, seen as of one moment. */
export interface Relation {
  /** `csv`, `jsonl`, `parquet`, `duckdb` or `postgresql`. */
  readonly format: string;
  readonly columns: readonly Column[];
  /** Whether its rows lie in an order of their own: those of a file do, those of a table in PostgreSQL do not. */
  readonly hasOrder: boolean;
  /** Batches of rows. Throws DatasetError. */
  rows(options: ReadOptions): AsyncIterable<EncodedRows>;
  /**
   * The encoded cells of some rows, in the order of the columns, and what the key columns say of them. By their place, from
   * 0, where rows have an order. At most a few hundred.
   */
  cellsAt(rows: readonly number[]): Promise<readonly (readonly string[])[]>;
  statistics(): Promise<readonly ColumnStatistics[]>;
  close(): Promise<void>;
}
