/** Labels of columns, carried along column lineage from table to table. */

export interface ColumnWay {
  readonly table: string;
  /** `*` where all of a table is taken whose columns are not known. */
  readonly from: string;
  readonly to: string;
  readonly isMasked: boolean;
  /** Where it is written; whoever made it knows in what. */
  readonly offset: number;
}

export interface LabelledTable {
  /** What ways call it, in lower case. */
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  readonly ways: readonly ColumnWay[];
  /** Labels that are said of its own columns, by column in lower case; `*` for all of them. */
  readonly declared: ReadonlyMap<string, readonly string[]>;
}

/** A label that a column has. */
export interface LabelHere {
  readonly label: string;
  /** The column that it is said of: `table.column`. */
  readonly from: string;
  /** A known hash, cipher or mask stands on every way to here. */
  readonly isMasked: boolean;
  /** From there to here. */
  readonly path: readonly string[];
  /** `offset` of the last step; null where the label is said of this column itself. */
  readonly offset: number | null;
}

/** The same as facts have it: with the file and line where the last step is written, or where the label is said. */
export interface LabelFact extends Omit<LabelHere, 'offset'> {
  readonly file: string;
  readonly line: number;
}

export type Flow = ReadonlyMap<string, ReadonlyMap<string, readonly LabelHere[]>>;

const PASSES_MAX = 6;
const LABELS_MAX = 100;
const PATH_MAX = 40;
/** Labels that all tables together may have; what is beyond is left out, and that is said. */
const TOTAL_MAX = 400_000;

/** `tables` in the order of their dependence where there is one; circles are followed until nothing is new. */
export function labelFlow(tables: readonly LabelledTable[]): { readonly flow: Flow; readonly isWhole: boolean } {
  const flow = new Map<string, Map<string, LabelHere[]>>();
  let total = 0;
  let isWhole = true;
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    let isNew = false;
    for (const table of tables) {
      const own = flow.get(table.id) ?? new Map<string, LabelHere[]>();
      flow.set(table.id, own);
      const add = (column: string, label: LabelHere): void => {
        const key = column.toLowerCase();
        let list = own.get(key);
        if (list === undefined) own.set(key, (list = []));
        const at = list.findIndex((one) => one.label === label.label && one.from === label.from);
        if (at >= 0) {
          // A way without a mask counts more than one with.
          if (!list[at]!.isMasked || label.isMasked) return;
          list[at] = label;
        } else if (list.length >= LABELS_MAX || total >= TOTAL_MAX) {
          isWhole = false;
          return;
        } else {
          list.push(label);
          total++;
        }
        isNew = true;
      };
      for (const way of table.ways) {
        const source = flow.get(way.table);
        if (source === undefined || source === own) continue;
        for (const [column, labels] of through(source, way))
          for (const one of labels)
            if (one.path.length < PATH_MAX)
              add(column, {
                ...one,
                isMasked: one.isMasked || way.isMasked,
                path: [...one.path, `${table.name}.${column}`],
                offset: way.offset,
              });
      }
      for (const [column, labels] of table.declared)
        for (const label of labels)
          // What is known to have come from elsewhere is not said a second time: a column that is masked on its way stays so.
          if (!(own.get(column) ?? []).some((one) => one.label === label)) {
            const name = `${table.name}.${column}`;
            add(column, { label, from: name, isMasked: false, path: [name], offset: null });
          }
    }
    if (!isNew) break;
  }
  return { flow, isWhole };
}

function* through(
  source: ReadonlyMap<string, readonly LabelHere[]>,
  way: ColumnWay,
): Generator<[string, readonly LabelHere[]]> {
  if (way.from === '*') {
    for (const [column, labels] of source) yield [way.to === '*' ? column : way.to, labels];
    return;
  }
  const own = source.get(way.from);
  if (own !== undefined) yield [way.to, own];
  const all = source.get('*');
  if (all !== undefined) yield [way.to, all];
}

/** Labels by a pattern of table and column: `customers.email`, `raw.*.email`; `*` is any part of a name. */
export interface LabelPattern {
  readonly table: readonly string[];
  readonly column: string;
  readonly labels: readonly string[];
  /** The pattern is the full name of a table, of which the repository may know only the last parts: two are enough. */
  readonly isFullName?: boolean;
}

/** `settings.labels`: `{ "customers.email": ["pii"] }`. What has another form is left out. */
export function labelPatterns(given: unknown): LabelPattern[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  return Object.entries(given)
    .slice(0, 10_000)
    .flatMap(([pattern, labels]) => {
      const parts = pattern.toLowerCase().split('.');
      const column = parts.pop()!;
      const list = (Array.isArray(labels) ? labels : [labels]).filter((one): one is string => typeof one === 'string');
      return list.length === 0 || column === '' ? [] : [{ table: parts, column, labels: list }];
    });
}

/** Whether a pattern means a table: its parts are the last parts of the name. */
function meansTable({ table, isFullName }: LabelPattern, name: string): boolean {
  const parts = name.toLowerCase().split('.');
  if (isFullName === true && parts.length >= 2 && parts.length < table.length)
    return table.slice(-parts.length).join('.') === parts.join('.');
  if (table.length > parts.length) return false;
  return table.every((part, i) => fits(part, parts[parts.length - table.length + i]!));
}

/** `*` is any text. In time of the product of both lengths. */
function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === text;
  const [head, tail] = [parts[0]!, parts.at(-1)!];
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}

/**
 * What is said of the columns of a table: by patterns, for the columns that are known; `*` by a pattern for all. `isWhole`: it
 * has no other columns.
 */
export function patternLabels(
  patterns: readonly LabelPattern[],
  names: readonly string[],
  columns: readonly string[],
  isWhole = false,
): Map<string, string[]> {
  const known = new Set(columns.map((one) => one.toLowerCase()));
  const found = new Map<string, string[]>();
  for (const pattern of patterns) {
    if (!names.some((name) => meansTable(pattern, name))) continue;
    const meant =
      pattern.column.includes('*') && pattern.column !== '*'
        ? [...known].filter((one) => fits(pattern.column, one))
        : [pattern.column];
    for (const column of meant)
      if (!isWhole || column === '*' || known.has(column))
        found.set(column, [...new Set([...(found.get(column) ?? []), ...pattern.labels])]);
  }
  return found;
}
