/**
 * Which columns each open card lists, and which ways between them are drawn. Both are bounded: a table of a thousand
 * columns has a short card that counts the rest, and a thousand ways are never drawn at once.
 */
import type { ColumnEdge, ColumnEnd, LineageNode } from '../api/answers.ts';
import type { Picture } from './picture.ts';

/** Columns of one card. Those with ways come first when there is no room for all. */
export const MOST_ROWS = 14;
/** One more than there is room for would only trade a name for "1 more". */
const SLACK = 1;
/** Cards that are open at once when all are asked for: the nearest. */
export const MOST_OPEN = 24;
/** Ways drawn at once. */
export const MOST_WAYS = 160;

export interface CardRows {
  /** In the order of the schema, where it is known. */
  readonly shown: readonly string[];
  /** Columns that the card counts and does not name. */
  readonly more: number;
}

export interface OpenColumns {
  readonly rows: ReadonlyMap<string, CardRows>;
  readonly ways: readonly ColumnEdge[];
  /** Ways between columns of open cards that are not drawn. */
  readonly left: number;
}

export const NO_COLUMNS: OpenColumns = { rows: new Map(), ways: [], left: 0 };

/** Id of a column in the graph: what arrow keys walk to and what a way ends at. */
export const columnId = (asset: string, column: string): string => `column ${JSON.stringify([asset, column])}`;

export function columnOfId(id: string): { readonly asset: string; readonly column: string } | null {
  if (!id.startsWith('column ')) return null;
  const [asset = '', column = ''] = JSON.parse(id.slice(7)) as string[];
  return { asset, column };
}

export const wayId = ({ from, to, job, kind, role }: ColumnEdge): string =>
  `way ${JSON.stringify([from.asset, from.column, to.asset, to.column, job, kind, role])}`;

/** Which cards are open: those in the URL; `all` is the nearest of them; without a word only the home of the picture. */
export function openIds(
  cols: readonly string[] | undefined,
  picture: Picture,
  hops: ReadonlyMap<string, number>,
  unless: readonly string[] = [picture.root],
): ReadonlySet<string> {
  const chosen = cols ?? unless;
  if (!chosen.includes('all')) return new Set(chosen);
  const away = (id: string) => Math.abs(hops.get(id) ?? Infinity);
  const datasets = picture.nodes.filter(({ kind, columns }) => kind === 'dataset' && columns.length > 0);
  return new Set(
    datasets
      .toSorted((a, b) => away(a.id) - away(b.id))
      .slice(0, MOST_OPEN)
      .map(({ id }) => id),
  );
}

/** `only`: the columns that matter, by asset; others are counted. Null: all matter. */
export function openColumns(
  picture: Picture,
  open: ReadonlySet<string>,
  among: readonly ColumnEdge[],
  only: ReadonlyMap<string, ReadonlySet<string>> | null = null,
  most = MOST_ROWS,
): OpenColumns {
  const used = columnsWithWays(among);
  const rows = new Map<string, CardRows>();
  for (const node of picture.nodes) {
    if (!open.has(node.id) || node.kind !== 'dataset') continue;
    const found = rowsOf(
      node,
      used.get(node.id) ?? new Set(),
      only === null ? null : (only.get(node.id) ?? new Set()),
      most,
    );
    if (found.shown.length > 0 || found.more > 0) rows.set(node.id, found);
  }
  const isShown = ({ asset, column }: ColumnEnd) =>
    rows.has(asset) && (column === null || rows.get(asset)!.shown.includes(column));
  const seen = new Set<string>();
  const drawable = among.filter((way) => {
    if (!isShown(way.from) || !isShown(way.to) || way.from.asset === way.to.asset || seen.has(wayId(way))) return false;
    seen.add(wayId(way));
    return true;
  });
  // Where there is no room for all, the values come before what only decides about rows.
  const ways = drawable.toSorted((a, b) => Number(a.kind === 'rows') - Number(b.kind === 'rows')).slice(0, MOST_WAYS);
  return { rows, ways, left: drawable.length - ways.length };
}

function columnsWithWays(among: readonly ColumnEdge[]): ReadonlyMap<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const { from, to } of among) {
    for (const { asset, column } of [from, to]) {
      if (column !== null) used.set(asset, (used.get(asset) ?? new Set()).add(column));
    }
  }
  return used;
}

function rowsOf(
  { columns, columnCount }: Pick<LineageNode, 'columns' | 'columnCount'>,
  used: ReadonlySet<string>,
  only: ReadonlySet<string> | null,
  most: number,
): CardRows {
  const named = new Set(columns);
  const names = [...columns, ...[...new Set([...used, ...(only ?? [])])].filter((name) => !named.has(name)).sort()];
  const all = Math.max(columnCount ?? 0, names.length);
  const wanted = only === null ? names : names.filter((name) => only.has(name));
  const room = all <= most + SLACK ? most + SLACK : most;
  const usedFirst = [...new Set([...wanted.filter((name) => used.has(name)), ...wanted])];
  const shown = new Set(usedFirst.slice(0, room));
  const inOrder = names.filter((name) => shown.has(name));
  return { shown: inOrder, more: all - inOrder.length };
}
