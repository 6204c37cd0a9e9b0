/**
 * What tables are called and which columns they have: identifier rules of the dialect, defaults, the caller's schema, and
 * what this session has made so far.
 */
import type { DialectTraits } from './dialect.ts';
import type { Identifier, Path } from './tree.ts';

/** Columns by table: `{ 'db.schema.table': ['a', 'b'] }`, or with types `{ t: { a: 'int' } }`, or a function. */
export type SchemaSource =
  | Readonly<Record<string, readonly string[] | Readonly<Record<string, string>>>>
  | ((table: readonly string[]) => readonly string[] | undefined);

export interface TableRef {
  /** The parts joined by dots: what the table is called, qualified as far as is known. */
  readonly name: string;
  readonly parts: readonly string[];
  readonly kind: 'table' | 'location';
  /** Ends with the session: temporary tables, `#t`, table variables. */
  readonly temporary: boolean;
}

/** A column in the graph of one statement. */
export interface ColumnNode {
  readonly id: number;
  readonly table: TableNode;
  readonly name: string;
}

export interface TableNode extends TableRef {
  readonly id: number;
  temporary: boolean;
  /** In the order of the table, where known. */
  readonly columns: readonly string[] | null;
  /** Two columns differ in case only. */
  readonly caseMatters: boolean;
  /** Made with the first column: most tables of a hostile text never have one. */
  nodes: Map<string, ColumnNode> | null;
}

interface Made {
  columns: readonly string[] | null;
  temporary: boolean;
}

/**
 * Tables that statements have made, in order. Pass one session to several calls of `lineage` to carry temporary tables
 * and the defaults of USE from one text to the next.
 */
export class Session {
  readonly made = new Map<string, Made>();
  database: string | null | undefined;
  schema: string | null | undefined;
}

const lowerParts = (parts: readonly string[]): string => parts.join('.').toLowerCase();

export class Catalog {
  readonly traits: DialectTraits;
  readonly session: Session;
  private readonly database: string | null;
  private readonly defaultSchema: string | null;
  private readonly known: ReadonlyMap<string, readonly string[]>;
  private readonly types: ReadonlyMap<string, Readonly<Record<string, string>>>;
  private readonly provider: ((table: readonly string[]) => readonly string[] | undefined) | null;
  private nodes = 0;
  private tables = new Map<string, TableNode>();

  constructor(
    traits: DialectTraits,
    database: string | null,
    schema: string | null,
    source: SchemaSource | undefined,
    session: Session,
  ) {
    this.traits = traits;
    this.database = database;
    this.defaultSchema = schema;
    this.session = session;
    const known = new Map<string, readonly string[]>();
    const types = new Map<string, Readonly<Record<string, string>>>();
    if (typeof source === 'object') {
      for (const [name, columns] of Object.entries(source)) {
        const key = name.replace(/["`[\]]/g, '').toLowerCase();
        if (Array.isArray(columns)) known.set(key, columns as readonly string[]);
        else {
          known.set(key, Object.keys(columns));
          types.set(key, columns as Readonly<Record<string, string>>);
        }
      }
    }
    this.known = known;
    this.types = types;
    this.provider = typeof source === 'function' ? source : null;
  }

  /** Forgets the nodes of the last statement. Numbers go on, because variables and cursors carry nodes along. */
  beginStatement(): void {
    this.tables = new Map();
  }

  fold(name: Identifier): string {
    if (name.quoted) return name.text;
    switch (this.traits.fold) {
      case 'upper':
        return name.text.toUpperCase();
      case 'lower':
        return name.text.toLowerCase();
      case 'keep':
        return name.text;
    }
  }

  /** The full name of a table as this session would find it. */
  qualify(path: Path): string[] {
    const parts = path.map((part) => this.fold(part));
    const first = parts[0] ?? '';
    if (this.traits.name === 'bigquery') parts[parts.length - 1] = withoutShard(parts[parts.length - 1] ?? '');
    // A table variable belongs to its batch, not to a schema.
    if (first.startsWith('@')) return parts;
    const database = this.session.database === undefined ? this.database : this.session.database;
    const schema = this.session.schema === undefined ? this.defaultSchema : this.session.schema;
    if (parts.length === 1 && schema) parts.unshift(...schema.split('.'));
    if (parts.length <= 2 && database && (parts.length === 2 || !schema)) parts.unshift(...database.split('.'));
    return parts;
  }

  table(path: Path): TableNode {
    const parts = this.qualify(path);
    return this.node(parts, 'table', () => this.columnsOf(parts, path));
  }

  location(name: string): TableNode {
    return this.node([name], 'location', () => null);
  }

  /** A table of one statement that stands for a recursive query while it is read. */
  placeholder(name: string): TableNode {
    const id = ++this.nodes;
    return {
      id,
      name: `\u0000${name}`,
      parts: [name],
      kind: 'table',
      temporary: true,
      columns: null,
      caseMatters: false,
      nodes: null,
    };
  }

  private node(parts: readonly string[], kind: TableRef['kind'], columns: () => readonly string[] | null): TableNode {
    const name = parts.join('.');
    const key = kind === 'location' ? name : this.traits.fold === 'keep' ? name.toLowerCase() : name;
    const found = this.tables.get(key);
    if (found) return found;
    const made = this.session.made.get(lowerParts(parts));
    const last = parts[parts.length - 1] ?? '';
    const temporary = kind === 'table' && (made?.temporary === true || last.startsWith('#') || last.startsWith('@'));
    const known = columns();
    const caseMatters = known !== null && spellings(known).size < known.length;
    const node: TableNode = {
      id: ++this.nodes,
      name,
      parts,
      kind,
      temporary,
      columns: known,
      caseMatters,
      nodes: null,
    };
    this.tables.set(key, node);
    return node;
  }

  column(table: TableNode, name: string): ColumnNode {
    const key = table.caseMatters ? name : name.toLowerCase();
    const nodes = (table.nodes ??= new Map<string, ColumnNode>());
    const found = nodes.get(key);
    if (found) return found;
    const node: ColumnNode = { id: ++this.nodes, table, name };
    nodes.set(key, node);
    return node;
  }

  /** How the table itself spells a column, or undefined where it is not known to have it. */
  spelling(table: TableNode, name: string): string | undefined {
    return table.columns === null ? undefined : spellings(table.columns).get(name.toLowerCase())?.[0];
  }

  private columnsOf(parts: readonly string[], path: Path): readonly string[] | null {
    const made = this.session.made.get(lowerParts(parts));
    if (made) return made.columns;
    if (this.provider) return this.provider(parts) ?? null;
    const full = this.known.get(lowerParts(parts));
    if (full) return full;
    return (
      this.known.get(
        path
          .map((part) => part.text)
          .join('.')
          .toLowerCase(),
      ) ?? null
    );
  }

  /** The type of a column, where the schema was given with types. */
  typeOf(table: TableNode, column: string): string | undefined {
    const types = this.types.get(table.name.toLowerCase());
    if (!types) return undefined;
    const name = Object.keys(types).find((key) => key.toLowerCase() === column.toLowerCase());
    return name === undefined ? undefined : types[name];
  }

  remember(table: TableRef, columns: readonly string[] | null, temporary: boolean): void {
    this.session.made.set(lowerParts(table.parts), { columns, temporary });
  }

  forget(table: TableRef): void {
    this.session.made.delete(lowerParts(table.parts));
  }

  use(path: Path, schemaOnly: boolean): void {
    const parts = path.map((part) => this.fold(part));
    const { name } = this.traits;
    const schemaIsDatabase =
      name === 'hive' ||
      name === 'sparksql' ||
      name === 'mysql' ||
      name === 'clickhouse' ||
      name === 'ansi' ||
      name === 'athena' ||
      name === 'trino' ||
      name === 'teradata';
    if (parts.length >= 2) {
      this.session.database = parts[0] ?? null;
      this.session.schema = parts.slice(1).join('.');
    } else if (parts.length === 1) {
      if (schemaOnly || schemaIsDatabase || name === 'databricks') this.session.schema = parts[0] ?? null;
      else this.session.database = parts[0] ?? null;
    }
  }
}

const SPELLINGS = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

/** Names by themselves in lower case, made once for each list of columns. */
export function spellings(columns: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const known = SPELLINGS.get(columns);
  if (known) return known;
  const found = new Map<string, string[]>();
  for (const name of columns) {
    const same = found.get(name.toLowerCase());
    if (same) same.push(name);
    else found.set(name.toLowerCase(), [name]);
  }
  SPELLINGS.set(columns, found);
  return found;
}

/** BigQuery: `t_20240131`, `t_2024*` and `t$20240131` are shards or partitions of one dataset. */
function withoutShard(name: string): string {
  const plain = name.replace(/\$[^$]*$/, '');
  if (plain.endsWith('*')) return `${plain.replace(/_?\d*\*$/, '')}_yyyymmdd`;
  const shard = /^(.*\D)?(\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$/.exec(plain);
  return shard?.[1] && /[_$]$/.test(shard[1]) ? `${shard[1].slice(0, -1)}_yyyymmdd` : plain;
}
