/**
 * Schemas seen so far: by digest, with the entries that tell them and the names of their columns. Types and descriptions
 * stay in the log; see ledger/schema-reader.ts.
 */
import type { SchemaSeen } from '../event/event.ts';
import { NameTable } from './name-table.ts';

export interface SchemaRow {
  readonly digest: string;
  /** Entries of its parts, in order. */
  readonly entries: readonly number[];
  /** How many parts it has; 0 until one was told. */
  readonly of: number;
  readonly columns: number;
  /** Names of its columns, by number; see `columnNames`. */
  readonly names: Int32Array;
}

export class SchemaTable {
  readonly #rows = new Map<string, number>();
  readonly #schemas: SchemaRow[];
  readonly #names: NameTable;

  constructor(saved?: SavedSchemas) {
    this.#schemas = [...(saved?.schemas ?? [])];
    this.#names = new NameTable(saved?.names);
    this.#schemas.forEach(({ digest }, row) => this.#rows.set(digest, row));
  }

  see({ schema, part, of, fields }: SchemaSeen, entry: number): void {
    const row = this.rowOf(schema);
    const { entries, columns, names } = this.#schemas[row]!;
    // Two senders may tell the same schema at the same moment; the first telling stands.
    if (part !== entries.length || entries.length >= of) return;
    const more = fields.map(({ name }) => this.#names.rowOf(name));
    this.#schemas[row] = {
      digest: schema,
      entries: [...entries, entry],
      of,
      columns: columns + fields.length,
      names: Int32Array.of(...names, ...more),
    };
  }

  /** Row of a digest; one that was never told in full has no entries. */
  rowOf(digest: string): number {
    const known = this.#rows.get(digest);
    if (known !== undefined) return known;
    this.#rows.set(digest, this.#schemas.length);
    return this.#schemas.push({ digest, entries: [], of: 0, columns: 0, names: new Int32Array(0) }) - 1;
  }

  /** True if all parts are there: a crash may have come between two of them, and then the rest must still be told. */
  isTold(digest: string): boolean {
    const row = this.#rows.get(digest);
    if (row === undefined) return false;
    const { entries, of } = this.#schemas[row]!;
    return of > 0 && entries.length === of;
  }

  get(row: number): SchemaRow {
    return this.#schemas[row]!;
  }

  /** Names of a schema's columns, in order; the first `most` of them. */
  columnNames(row: number, most = Infinity): string[] {
    return Array.from(this.#schemas[row]!.names.subarray(0, most), (name) => this.#names.nameOf(name));
  }

  save(): SavedSchemas {
    return { schemas: this.#schemas, names: [...this.#names.names] };
  }
}

export interface SavedSchemas {
  readonly schemas: readonly SchemaRow[];
  readonly names: readonly string[];
}
