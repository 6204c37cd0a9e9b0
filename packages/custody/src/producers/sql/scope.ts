/** What a name can mean at one place of a query: the relations of its FROM, the aliases of its list, the queries around it. */
import { spellings, type TableNode } from './catalog.ts';
import type { Origin } from './origin.ts';
import type { Expression } from './tree.ts';

/**
 * All columns of a table whose columns nobody knows. Stars of one branch stand side by side, so an unlisted column is in
 * one of them; stars of different branches come from operands of a set operation, so it is in each.
 */
export interface OpenStar {
  readonly table: TableNode;
  readonly branch: number;
}

/** A column of a query's result, or `star`: all columns of a table whose columns nobody knows. */
export interface OutputColumn {
  readonly name: string;
  readonly key: string;
  /** More names for a column whose name depends on the dialect (PIVOT). */
  readonly also: readonly string[];
  readonly origins: readonly Origin[];
  readonly star: OpenStar | null;
}

export interface Output {
  readonly columns: readonly OutputColumn[];
}

/** Columns by their name in lower case. */
interface Keyed {
  get(key: string): readonly OutputColumn[] | undefined;
  has(key: string): boolean;
  keys(): Iterable<string>;
}

export interface Relation {
  readonly alias: string | null;
  /** The parts of the table's name in lower case, for `schema.table.column`. */
  readonly names: readonly string[];
  readonly base: TableNode | null;
  /** Its unknown columns are those of a table named here, not of a star in a query below. */
  readonly direct: boolean;
  readonly columns: readonly OutputColumn[];
  /** How many columns there are, known without making them. */
  readonly width: number;
  readonly byKey: Keyed;
  /** Tables from which a column that is not listed may come. */
  readonly open: readonly OpenStar[];
  /** A table function: any of its columns has these origins. */
  readonly any: readonly Origin[] | null;
  readonly hidden: boolean;
}

export interface Environment {
  readonly parent: Environment | null;
  readonly tables: Map<string, Output>;
  readonly values: Map<string, readonly Origin[]>;
  /** Expressions that are read where they are named. */
  readonly written: Map<string, Expression>;
}

/** Names that the routines and blocks around a statement declare. */
export class Variables {
  private readonly own = new Set<string>();
  private readonly outer: Variables | null;

  constructor(outer: Variables | null) {
    this.outer = outer;
  }

  add(names: Iterable<string>): void {
    for (const name of names) this.own.add(name);
  }

  has(name: string): boolean {
    return this.own.has(name) || this.outer?.has(name) === true;
  }
}

export function relationOf(
  alias: string | null,
  names: readonly string[],
  base: TableNode | null,
  columns: readonly OutputColumn[],
  open: readonly OpenStar[],
  any: readonly Origin[] | null,
  hidden: boolean,
  direct = base !== null,
): Relation {
  let byKey: Keyed | null = null;
  return {
    alias,
    names,
    base,
    direct,
    columns,
    width: columns.length,
    // Made when first asked for: a thousand columns may pass through a hundred stars that nobody asks.
    get byKey() {
      return (byKey ??= keyed(columns));
    },
    open,
    any,
    hidden,
  };
}

/** A table with known columns; each is made when it is asked for, because a statement names few of a wide table's. */
export function tableRelation(
  alias: string,
  names: readonly string[],
  base: TableNode,
  columns: readonly string[],
  make: (name: string) => OutputColumn,
  hidden: boolean,
): Relation {
  let all: readonly OutputColumn[] | null = null;
  const made = new Map<string, readonly OutputColumn[]>();
  return {
    alias,
    names,
    base,
    direct: true,
    get columns() {
      return (all ??= columns.map(make));
    },
    width: columns.length,
    byKey: {
      get(key) {
        const known = made.get(key);
        if (known) return known;
        const spelled = spellings(columns).get(key);
        if (!spelled) return undefined;
        const found = spelled.map(make);
        made.set(key, found);
        return found;
      },
      has: (key) => spellings(columns).has(key),
      keys: () => spellings(columns).keys(),
    },
    open: [],
    any: null,
    hidden,
  };
}

function keyed(columns: readonly OutputColumn[]): ReadonlyMap<string, readonly OutputColumn[]> {
  const byKey = new Map<string, OutputColumn[]>();
  for (const one of columns) {
    if (one.star) continue;
    append(byKey, one.key, one);
    for (const other of one.also) append(byKey, other.toLowerCase(), one);
  }
  return byKey;
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Up to this number it is faster to look at all relations than to index them. */
export const FEW = 12;
const NONE: readonly Relation[] = [];

/** Relations by what they are asked for; grows with the scope. */
interface Index {
  upTo: number;
  readonly byAlias: Map<string, Relation>;
  readonly byKey: Map<string, Relation[]>;
  readonly byLastName: Map<string, Relation[]>;
  readonly byTable: Map<string, Relation>;
  readonly open: Relation[];
  readonly dynamic: Relation[];
  readonly elements: Map<string, Relation>;
}

export class Scope {
  readonly parent: Scope | null;
  readonly env: Environment | null;
  readonly relations: Relation[] = [];
  /** Columns that USING or NATURAL made one. */
  readonly merged = new Set<string>();
  /** Aliases of the select list that later items or clauses may use. */
  readonly aliases = new Map<string, readonly Origin[]>();
  /** Columns that an alias of the same name was computed from: the name exists below, so below it means. */
  readonly shadowed = new Set<string>();
  usesAliases = false;
  private memo: Map<string, readonly Origin[]> | null = null;
  private index: Index | null = null;

  constructor(parent: Scope | null, env: Environment | null) {
    this.parent = parent;
    this.env = env;
  }

  add(relation: Relation): void {
    this.relations.push(relation);
    this.memo = null;
  }

  /** Takes out the relations from `first` on. */
  remove(first: number): Relation[] {
    this.memo = null;
    this.index = null;
    return this.relations.splice(first);
  }

  replace(at: number, relation: Relation): void {
    this.relations[at] = relation;
    this.memo = null;
    this.index = null;
  }

  remembered(key: string, find: () => readonly Origin[]): readonly Origin[] {
    const memo = (this.memo ??= new Map<string, readonly Origin[]>());
    const known = memo.get(key);
    if (known) return known;
    const found = find();
    memo.set(key, found);
    return found;
  }

  forgetMemo(): void {
    this.memo = null;
  }

  aliased(alias: string): Relation | undefined {
    if (this.relations.length <= FEW) return this.relations.find((relation) => relation.alias === alias);
    return this.indexed().byAlias.get(alias);
  }

  /** Relations that list this column. */
  holding(key: string): readonly Relation[] {
    if (this.relations.length > FEW) return this.indexed().byKey.get(key) ?? NONE;
    let found: Relation[] | null = null;
    for (const relation of this.relations) if (relation.byKey.has(key)) (found ??= []).push(relation);
    return found ?? NONE;
  }

  /** Relations that may have columns which they do not list. */
  open(): readonly Relation[] {
    if (this.relations.length > FEW) return this.indexed().open;
    let found: Relation[] | null = null;
    for (const relation of this.relations) if (relation.open.length > 0) (found ??= []).push(relation);
    return found ?? NONE;
  }

  /** Relations whose qualified name may end in this part. */
  named(lastName: string): readonly Relation[] {
    return this.relations.length > FEW ? (this.indexed().byLastName.get(lastName) ?? NONE) : this.relations;
  }

  /** The table of this name, even where it has an alias. */
  ofTable(lastName: string): Relation | undefined {
    if (this.relations.length > FEW) return this.indexed().byTable.get(lastName);
    return this.relations.find(({ base }) => base !== null && base.parts.at(-1)?.toLowerCase() === lastName);
  }

  /** The table function that is called so. */
  element(alias: string): Relation | undefined {
    if (this.relations.length > FEW) return this.indexed().elements.get(alias);
    return this.relations.find(({ any, alias: own }) => any !== null && own === alias);
  }

  /** Table functions of at most one known column. */
  dynamic(): readonly Relation[] {
    if (this.relations.length > FEW) return this.indexed().dynamic;
    return this.relations.filter(isDynamic);
  }

  private indexed(): Index {
    const index: Index = (this.index ??= {
      upTo: 0,
      byAlias: new Map(),
      byKey: new Map(),
      byLastName: new Map(),
      byTable: new Map(),
      open: [],
      dynamic: [],
      elements: new Map(),
    });
    for (; index.upTo < this.relations.length; index.upTo++) {
      const relation = this.relations[index.upTo]!;
      const { alias, names, base, any } = relation;
      if (alias !== null && !index.byAlias.has(alias)) index.byAlias.set(alias, relation);
      for (const key of relation.byKey.keys()) append(index.byKey, key, relation);
      if (names.length > 0) append(index.byLastName, names[names.length - 1]!, relation);
      const table = base?.parts.at(-1)?.toLowerCase();
      if (table !== undefined && !index.byTable.has(table)) index.byTable.set(table, relation);
      if (relation.open.length > 0) index.open.push(relation);
      if (isDynamic(relation)) index.dynamic.push(relation);
      if (any !== null && alias !== null && !index.elements.has(alias)) index.elements.set(alias, relation);
    }
    return index;
  }
}

const isDynamic = (relation: Relation): boolean => relation.any !== null && relation.columns.length <= 1;
