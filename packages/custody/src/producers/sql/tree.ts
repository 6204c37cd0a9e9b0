/**
 * What the parser understood. Queries, FROM clauses and DML have structure; an expression is a bag of references and
 * subqueries, because lineage asks only which columns a value depends on and how. Offsets are UTF-16 units of the text.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Identifier extends Span {
  readonly text: string;
  readonly quoted: boolean;
}

export type Path = readonly Identifier[];

/** How a reference takes part in the value of the expression that holds it. */
export type Role = 'value' | 'condition' | 'window' | 'sort';

export interface Usage {
  readonly role: Role;
  readonly aggregated: boolean;
  /** A known masking function stands between the column and the value. */
  readonly masked: boolean;
  /** Only how many there are is told of it. */
  readonly counted?: boolean;
}

export interface Reference extends Span, Usage {
  readonly path: Path;
  /** `t.*` or `*` used as a value: `count(*)`, `to_json(t.*)`. */
  readonly star: boolean;
}

export interface Subquery extends Usage {
  readonly query: Query;
}

export interface Expression extends Span {
  readonly references: readonly Reference[];
  readonly subqueries: readonly Subquery[];
  /** Names of windows that this expression is computed over: `OVER w`. */
  readonly windows: readonly string[];
  /** Exactly one reference and nothing else, so the value passes unchanged. */
  readonly bare: boolean;
  /** What a database would call the column when no alias is given; empty where it would invent a name. */
  readonly name: Identifier | null;
}

export type SelectItem =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly alias: Identifier | null }
  | {
      readonly kind: 'star';
      readonly qualifier: Path;
      readonly span: Span;
      readonly except: readonly Identifier[];
      readonly replace: readonly { readonly name: Identifier; readonly expression: Expression }[];
      readonly rename: readonly { readonly from: Identifier; readonly to: Identifier }[];
      /** `COLUMNS('regex')`, `ILIKE '...'`: the pattern decides which columns, so each is possible. */
      readonly filtered: boolean;
    };

export interface TableAlias {
  readonly name: Identifier | null;
  readonly columns: readonly Identifier[];
}

export interface PivotValue {
  /** The names this value may give its column; several where dialects disagree. */
  readonly names: readonly string[];
  readonly columns: readonly Identifier[];
  readonly aliased: boolean;
  /** The name follows the case rule of names without quotes. */
  readonly folds: boolean;
}

export type Source =
  | { readonly kind: 'table'; readonly path: Path; readonly span: Span; readonly alias: TableAlias }
  /** Files, stages and URLs read as a table. */
  | { readonly kind: 'location'; readonly name: string; readonly span: Span; readonly alias: TableAlias }
  | { readonly kind: 'derived'; readonly query: Query; readonly alias: TableAlias }
  /** UNNEST, FLATTEN, LATERAL VIEW explode, any table function. */
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly call: Expression;
      /** Tables named in the call: `TABLE(t)`, `SEMANTIC_VIEW(t ...)`. */
      readonly tables: readonly Path[];
      readonly columns: readonly Identifier[];
      /** `WITH OFFSET AS o`, or the last alias of `WITH ORDINALITY AS t (a, n)`: counts, so it comes from nowhere. */
      readonly ordinal: Identifier | 'last' | null;
      readonly alias: TableAlias;
      readonly span: Span;
    }
  | { readonly kind: 'group'; readonly from: readonly FromItem[]; readonly alias: TableAlias }
  | {
      readonly kind: 'pivot';
      readonly input: Source;
      readonly aggregates: readonly { readonly expression: Expression; readonly alias: Identifier | null }[];
      readonly keys: readonly Expression[];
      readonly values: readonly PivotValue[];
      readonly groups: readonly Identifier[];
      readonly alias: TableAlias;
    }
  | {
      readonly kind: 'unpivot';
      readonly input: Source;
      readonly values: readonly Identifier[];
      readonly name: Identifier | null;
      readonly groups: readonly (readonly Identifier[])[];
      readonly alias: TableAlias;
    }
  /** MATCH_RECOGNIZE, MODEL: the input passes, and measures are added. */
  | {
      readonly kind: 'measured';
      readonly input: Source;
      readonly measures: readonly SelectItem[];
      readonly alias: TableAlias;
    };

export interface FromItem {
  readonly source: Source;
  readonly natural: boolean;
  readonly using: readonly Identifier[];
  readonly on: readonly Expression[];
  /** SEMI and ANTI joins filter: their columns are not visible to `*`. */
  readonly hidden: boolean;
}

export interface Select {
  readonly kind: 'select';
  readonly items: readonly SelectItem[];
  readonly from: readonly FromItem[];
  readonly into: Path | null;
  /** `INTO TEMP t`. */
  readonly intoTemporary: boolean;
  /** `SELECT ... INTO v, w` in a routine: variables that take the values, by position. */
  readonly intoVariables: readonly string[] | null;
  readonly filters: readonly Expression[];
  readonly groups: readonly Expression[];
  readonly windows: ReadonlyMap<string, Expression>;
  readonly span: Span;
}

export interface SetOperand {
  readonly query: Query;
  /** Behind EXCEPT or MINUS: its values never reach the result, they only decide which rows do. */
  readonly subtracts: boolean;
}

export type Body =
  | Select
  | { readonly kind: 'set'; readonly operands: readonly SetOperand[]; readonly byName: boolean }
  | { readonly kind: 'values'; readonly rows: readonly (readonly Expression[])[]; readonly span: Span }
  | { readonly kind: 'table'; readonly path: Path; readonly span: Span }
  | { readonly kind: 'statement'; readonly statement: Statement }
  | { readonly kind: 'nothing'; readonly span: Span };

export interface Cte {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
  /** ClickHouse `WITH <expression> AS name`: a value, not a table. */
  readonly scalar: boolean;
}

export interface Query {
  readonly ctes: readonly Cte[];
  readonly recursive: boolean;
  readonly body: Body;
  readonly sorts: readonly Expression[];
}

export interface Assignment {
  readonly targets: readonly Path[];
  readonly value: Expression;
  /** `(a, b) = (x, y)`: one value for each target. */
  readonly values: readonly Expression[];
}

export type Target =
  | { readonly kind: 'table'; readonly path: Path; readonly span: Span }
  | { readonly kind: 'location'; readonly name: string; readonly span: Span };

export interface Insertion {
  readonly target: Target;
  /** `INSERT INTO t AS x`: what ON CONFLICT calls the table. */
  readonly alias: Identifier | null;
  readonly columns: readonly Identifier[];
  readonly query: Query | null;
  /** Columns with a constant in `PARTITION (d = 1)`; the query does not fill them. */
  readonly fixed: readonly Identifier[];
  /** Columns in `PARTITION (d)`; the query fills them last. */
  readonly dynamic: readonly Identifier[];
  readonly byName: boolean;
  readonly condition: Expression | null;
}

/** RETURNING, or OUTPUT of T-SQL, which may send what comes back into a table. */
export interface Returning {
  readonly items: readonly SelectItem[];
  readonly into: Target | null;
  readonly columns: readonly Identifier[];
  /** `RETURNING a INTO v`. */
  readonly variables: readonly string[];
}

export type MergeAction =
  | {
      readonly kind: 'update';
      readonly condition: Expression | null;
      readonly sets: readonly Assignment[];
      readonly all: boolean;
    }
  | {
      readonly kind: 'insert';
      readonly condition: Expression | null;
      readonly columns: readonly Path[];
      readonly values: readonly Expression[];
      readonly all: boolean;
    }
  | { readonly kind: 'delete'; readonly condition: Expression | null };

export type Statement =
  | { readonly kind: 'query'; readonly span: Span; readonly query: Query }
  | {
      readonly kind: 'create';
      readonly span: Span;
      readonly what: 'table' | 'view' | 'stream';
      readonly target: Target;
      /** ClickHouse `MATERIALIZED VIEW v TO t`: rows go to `t`. */
      readonly into: Path | null;
      readonly columns: readonly Identifier[];
      readonly query: Query | null;
      /** `LIKE t`, `CLONE t`. */
      readonly like: Source | null;
      readonly copiesRows: boolean;
      readonly temporary: boolean;
    }
  | {
      readonly kind: 'insert';
      readonly span: Span;
      readonly ctes: readonly Cte[];
      readonly recursive: boolean;
      readonly insertions: readonly Insertion[];
      /** Hive's `FROM t INSERT ...`, Oracle's `INSERT ALL ... SELECT`. */
      readonly shared: Query | null;
      readonly conflict: readonly Assignment[];
      readonly returning: Returning;
      readonly overwrite: boolean;
    }
  | {
      readonly kind: 'update';
      readonly span: Span;
      readonly ctes: readonly Cte[];
      readonly recursive: boolean;
      readonly targets: readonly FromItem[];
      readonly sets: readonly Assignment[];
      readonly from: readonly FromItem[];
      readonly filters: readonly Expression[];
      readonly returning: Returning;
    }
  | {
      readonly kind: 'delete';
      readonly span: Span;
      readonly ctes: readonly Cte[];
      readonly recursive: boolean;
      /** Names before FROM (`DELETE a FROM t a JOIN ...`); empty where the first source is the target. */
      readonly names: readonly Path[];
      readonly from: readonly FromItem[];
      readonly using: readonly FromItem[];
      readonly filters: readonly Expression[];
      readonly returning: Returning;
    }
  | {
      readonly kind: 'merge';
      readonly span: Span;
      readonly ctes: readonly Cte[];
      readonly recursive: boolean;
      readonly target: Source;
      readonly source: FromItem;
      readonly actions: readonly MergeAction[];
      readonly returning: Returning;
    }
  | {
      /** COPY, UNLOAD, LOAD DATA, EXPORT DATA, partition exchange: rows move, columns keep their names. */
      readonly kind: 'transfer';
      readonly span: Span;
      readonly verb: string;
      readonly from: readonly Source[];
      readonly query: Query | null;
      readonly target: Target;
      readonly columns: readonly Identifier[];
    }
  | { readonly kind: 'drop'; readonly span: Span; readonly what: string; readonly targets: readonly Path[] }
  | { readonly kind: 'rename'; readonly span: Span; readonly pairs: readonly (readonly [Path, Path])[] }
  | { readonly kind: 'alter'; readonly span: Span; readonly target: Path }
  | { readonly kind: 'truncate'; readonly span: Span; readonly target: Path }
  | { readonly kind: 'use'; readonly span: Span; readonly path: Path; readonly schemaOnly: boolean }
  | {
      readonly kind: 'routine';
      readonly span: Span;
      readonly what: 'procedure' | 'function' | 'trigger' | 'task' | 'block';
      readonly name: Path;
      /** The table of a trigger: what NEW and OLD, or inserted and deleted, are rows of. */
      readonly subject: Path;
      readonly variables: readonly string[];
      readonly body: readonly Statement[];
    }
  /** `IF EXISTS (SELECT ...)`, `SET @x = (SELECT ...)`: reads, writes nothing that lasts. */
  | {
      readonly kind: 'read';
      readonly span: Span;
      readonly verb: string;
      /** The variable that takes the value, if one does. */
      readonly variable: string | null;
      readonly value: Expression;
    }
  /** `FETCH c INTO v, w` and `FOR r IN c`: a cursor's row reaches variables or a record. */
  | {
      readonly kind: 'fetch';
      readonly span: Span;
      readonly cursor: string;
      readonly record: string | null;
      readonly variables: readonly string[];
    }
  | { readonly kind: 'cursor'; readonly span: Span; readonly name: Identifier; readonly query: Query }
  | { readonly kind: 'other'; readonly span: Span; readonly verb: string };
