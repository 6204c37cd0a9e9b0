/** Assets (datasets, jobs) and what was said of them over time. Rows are small integers; the graph is built on them. */
import type { AssetName } from '../event/event.ts';
import { assetId, readingsOfAssetId, type AssetKind } from '../event/asset-id.ts';
import { isSeen, seeAgain, type AsOf, type Sightings } from './as-of.ts';
import { Column } from './column.ts';
import { NameTable } from './name-table.ts';

/** What an event may say of an asset. What it does not say stays as it was. */
export interface AssetFacts {
  readonly schema?: number;
  readonly type?: string;
  readonly owners?: readonly string[];
  readonly tags?: readonly string[];
  readonly description?: string;
  /** Which code a job runs; see JobFact. */
  readonly code?: string;
}

/** What holds of an asset as of a time. */
export interface AssetView {
  readonly row: number;
  readonly id: string;
  readonly kind: AssetKind;
  readonly namespace: string;
  readonly name: string;
  /** Row in the schema table; null if none is known. */
  readonly schema: number | null;
  readonly type: string | null;
  readonly owners: readonly string[];
  readonly tags: readonly string[];
  readonly description: string | null;
  readonly code: string | null;
}

export interface SchemaChange {
  readonly schema: number;
  readonly since: number;
  readonly entry: number;
}

const NONE = -1;

export class AssetTable {
  readonly #namespaces: NameTable;
  /** Texts of types, descriptions and JSON lists of owners and tags: few distinct ones, so each is kept once. */
  readonly #texts: NameTable;
  readonly #names: string[];
  readonly #kind: Column<Uint8Array>;
  readonly #namespace: Column<Int32Array>;
  readonly #valid: Column<Float64Array>;
  readonly #entry: Column<Float64Array>;
  readonly #lastValid: Column<Float64Array>;
  readonly #lastEntry: Column<Float64Array>;
  readonly #earlier: Map<number, [number, number][]>;
  /** Newest statement about an asset; statements chain backwards in the order they became known. */
  readonly #statement: Column<Int32Array>;
  readonly #stValid: Column<Float64Array>;
  readonly #stEntry: Column<Float64Array>;
  readonly #stSchema: Column<Int32Array>;
  readonly #stType: Column<Int32Array>;
  readonly #stOwners: Column<Int32Array>;
  readonly #stTags: Column<Int32Array>;
  readonly #stDescription: Column<Int32Array>;
  readonly #stCode: Column<Int32Array>;
  readonly #stBefore: Column<Int32Array>;
  /** Per kind and namespace: name -> row. */
  readonly #rows = new Map<number, Map<string, number>>();

  constructor(saved?: SavedAssets) {
    this.#namespaces = new NameTable(saved?.namespaces);
    this.#texts = new NameTable(saved?.texts);
    this.#names = saved?.names ?? [];
    this.#kind = saved ? new Column(saved.kind) : Column.uint8();
    this.#namespace = saved ? new Column(saved.namespace) : Column.int32();
    this.#valid = saved ? new Column(saved.valid) : Column.float64();
    this.#entry = saved ? new Column(saved.entry) : Column.float64();
    this.#lastValid = saved ? new Column(saved.lastValid) : Column.float64();
    this.#lastEntry = saved ? new Column(saved.lastEntry) : Column.float64();
    this.#earlier = saved?.earlier ?? new Map();
    this.#statement = saved ? new Column(saved.statement) : Column.int32();
    this.#stValid = saved ? new Column(saved.stValid) : Column.float64();
    this.#stEntry = saved ? new Column(saved.stEntry) : Column.float64();
    this.#stSchema = saved ? new Column(saved.stSchema) : Column.int32();
    this.#stType = saved ? new Column(saved.stType) : Column.int32();
    this.#stOwners = saved ? new Column(saved.stOwners) : Column.int32();
    this.#stTags = saved ? new Column(saved.stTags) : Column.int32();
    this.#stDescription = saved ? new Column(saved.stDescription) : Column.int32();
    this.#stCode = saved ? new Column(saved.stCode) : Column.int32();
    this.#stBefore = saved ? new Column(saved.stBefore) : Column.int32();
    for (let row = 0; row < this.#names.length; row++) {
      this.#shelf(this.#kind.get(row), this.#namespace.get(row)).set(this.#names[row]!, row);
    }
  }

  get count(): number {
    return this.#names.length;
  }

  get sightings(): Sightings {
    return { valid: this.#valid.raw, entry: this.#entry.raw, earlier: this.#earlier };
  }

  #shelf(kind: number, namespace: number): Map<string, number> {
    const key = namespace * 2 + kind;
    let shelf = this.#rows.get(key);
    if (!shelf) this.#rows.set(key, (shelf = new Map()));
    return shelf;
  }

  /** Records that an asset was seen, with what was said of it. Returns its row. */
  see(kind: AssetKind, { namespace, name }: AssetName, facts: AssetFacts, valid: number, entry: number): number {
    const space = this.#namespaces.rowOf(namespace);
    const kindCode = kind === 'dataset' ? 0 : 1;
    const shelf = this.#shelf(kindCode, space);
    let row = shelf.get(name);
    if (row === undefined) {
      row = this.#names.push(name) - 1;
      shelf.set(name, row);
      this.#kind.push(kindCode);
      this.#namespace.push(space);
      this.#valid.push(valid);
      this.#entry.push(entry);
      this.#lastValid.push(valid);
      this.#lastEntry.push(entry);
      this.#statement.push(NONE);
    } else {
      seeAgain({ valid: this.#valid.raw, earlier: this.#earlier }, row, valid, entry);
      if (valid > this.#lastValid.get(row)) this.#lastValid.set(row, valid);
      this.#lastEntry.set(row, entry);
    }
    this.#state(row, facts, valid, entry);
    return row;
  }

  #state(row: number, facts: AssetFacts, valid: number, entry: number): void {
    const { owners: owned, tags: tagged, description: described } = facts;
    if (facts.schema === undefined && !facts.type && !owned && !tagged && !described && !facts.code) return;
    const before = this.#inEffect(row, { at: valid, entries: Infinity });
    const text = (value: string | undefined, column: Column<Int32Array>) =>
      value === undefined ? (before === NONE ? NONE : column.get(before)) : this.#texts.rowOf(value);
    const schema = facts.schema ?? (before === NONE ? NONE : this.#stSchema.get(before));
    const type = text(facts.type, this.#stType);
    const owners = text(facts.owners && JSON.stringify(facts.owners), this.#stOwners);
    const tags = text(facts.tags && JSON.stringify(facts.tags), this.#stTags);
    const description = text(facts.description, this.#stDescription);
    const code = text(facts.code, this.#stCode);
    if (
      before !== NONE &&
      schema === this.#stSchema.get(before) &&
      type === this.#stType.get(before) &&
      owners === this.#stOwners.get(before) &&
      tags === this.#stTags.get(before) &&
      description === this.#stDescription.get(before) &&
      code === this.#stCode.get(before)
    ) {
      return;
    }
    this.#stValid.push(valid);
    this.#stEntry.push(entry);
    this.#stSchema.push(schema);
    this.#stType.push(type);
    this.#stOwners.push(owners);
    this.#stTags.push(tags);
    this.#stDescription.push(description);
    this.#stCode.push(code);
    this.#stBefore.push(this.#statement.get(row));
    this.#statement.set(row, this.#stValid.length - 1);
  }

  /** The statement that holds as of a time: the one with the latest valid time, of equal ones the last known. */
  #inEffect(row: number, { at, entries }: AsOf): number {
    let best = NONE;
    for (let st = this.#statement.get(row); st !== NONE; st = this.#stBefore.get(st)) {
      if (this.#stValid.get(st) > at || this.#stEntry.get(st) >= entries) continue;
      if (best === NONE || this.#stValid.get(st) > this.#stValid.get(best)) best = st;
    }
    return best;
  }

  exists(row: number, asOf: AsOf): boolean {
    return isSeen(this.sightings, row, asOf);
  }

  find(kind: AssetKind, { namespace, name }: AssetName): number | null {
    const space = this.#namespaces.find(namespace);
    return space === undefined ? null : (this.#shelf(kind === 'dataset' ? 0 : 1, space).get(name) ?? null);
  }

  /** Rows that an id may mean; more than one only if names with colons collide. */
  findId(id: string): readonly number[] {
    return readingsOfAssetId(id).flatMap((reading) => this.find(reading.kind, reading) ?? []);
  }

  /**
   * The asset that an id means: the reading that is known; where none is, the longest namespace that leaves a name, as URIs
   * hold colons and most names none. Null where it can be read as none.
   */
  meantBy(id: string): (AssetName & { readonly kind: AssetKind }) | null {
    const [row] = this.findId(id);
    if (row !== undefined) return { kind: this.kindOf(row), ...this.nameOf(row) };
    return readingsOfAssetId(id).at(-1) ?? null;
  }

  kindOf(row: number): AssetKind {
    return this.#kind.get(row) === 0 ? 'dataset' : 'job';
  }

  nameOf(row: number): AssetName {
    return { namespace: this.#namespaces.nameOf(this.#namespace.get(row)), name: this.#names[row]! };
  }

  idOf(row: number): string {
    return assetId(this.kindOf(row), this.nameOf(row));
  }

  /** Valid times at which it was seen last, and the entries that saw it first and last. */
  seen(row: number): { readonly lastValid: number; readonly firstEntry: number; readonly lastEntry: number } {
    return {
      lastValid: this.#lastValid.get(row),
      firstEntry: this.#entry.get(row),
      lastEntry: this.#lastEntry.get(row),
    };
  }

  view(row: number, asOf: AsOf): AssetView {
    const st = this.#inEffect(row, asOf);
    const text = (column: Column<Int32Array>) =>
      st === NONE || column.get(st) === NONE ? null : this.#texts.nameOf(column.get(st));
    const list = (column: Column<Int32Array>) => JSON.parse(text(column) ?? '[]') as string[];
    const schema = st === NONE ? NONE : this.#stSchema.get(st);
    return {
      row,
      id: this.idOf(row),
      kind: this.kindOf(row),
      ...this.nameOf(row),
      schema: schema === NONE ? null : schema,
      type: text(this.#stType),
      owners: list(this.#stOwners),
      tags: list(this.#stTags),
      description: text(this.#stDescription),
      code: text(this.#stCode),
    };
  }

  /** The entry of the statement that holds as of a time; null where nothing was said. */
  saidBy(row: number, asOf: AsOf): number | null {
    const statement = this.#inEffect(row, asOf);
    return statement === NONE ? null : this.#stEntry.get(statement);
  }

  /** How the schema changed, latest first, as of a time. */
  schemaHistory(row: number, { at, entries }: AsOf): readonly SchemaChange[] {
    const statements: SchemaChange[] = [];
    for (let st = this.#statement.get(row); st !== NONE; st = this.#stBefore.get(st)) {
      if (this.#stValid.get(st) > at || this.#stEntry.get(st) >= entries || this.#stSchema.get(st) === NONE) continue;
      statements.push({ schema: this.#stSchema.get(st), since: this.#stValid.get(st), entry: this.#stEntry.get(st) });
    }
    statements.sort((a, b) => a.since - b.since || a.entry - b.entry);
    return statements.filter((change, i) => change.schema !== statements[i - 1]?.schema).reverse();
  }

  save(): SavedAssets {
    return {
      namespaces: [...this.#namespaces.names],
      texts: [...this.#texts.names],
      names: this.#names,
      kind: this.#kind.rows(),
      namespace: this.#namespace.rows(),
      valid: this.#valid.rows(),
      entry: this.#entry.rows(),
      lastValid: this.#lastValid.rows(),
      lastEntry: this.#lastEntry.rows(),
      earlier: this.#earlier,
      statement: this.#statement.rows(),
      stValid: this.#stValid.rows(),
      stEntry: this.#stEntry.rows(),
      stSchema: this.#stSchema.rows(),
      stType: this.#stType.rows(),
      stOwners: this.#stOwners.rows(),
      stTags: this.#stTags.rows(),
      stDescription: this.#stDescription.rows(),
      stCode: this.#stCode.rows(),
      stBefore: this.#stBefore.rows(),
    };
  }
}

export interface SavedAssets {
  readonly namespaces: string[];
  readonly texts: string[];
  readonly names: string[];
  readonly kind: Uint8Array;
  readonly namespace: Int32Array;
  readonly valid: Float64Array;
  readonly entry: Float64Array;
  readonly lastValid: Float64Array;
  readonly lastEntry: Float64Array;
  readonly earlier: Map<number, [number, number][]>;
  readonly statement: Int32Array;
  readonly stValid: Float64Array;
  readonly stEntry: Float64Array;
  readonly stSchema: Int32Array;
  readonly stType: Int32Array;
  readonly stOwners: Int32Array;
  readonly stTags: Int32Array;
  readonly stDescription: Int32Array;
  readonly stCode: Int32Array;
  readonly stBefore: Int32Array;
}
