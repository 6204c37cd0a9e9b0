import type { z } from '@hono/zod-openapi';
import type { AssetPage, Lineage, LineageNode } from '../api/contract.ts';
import { AS_OF_OPTIONS, asOfQuery, directionOf, queryOf, type AsOfQuery } from './as-of.ts';
import { CommandError, EXIT, numberOf, UsageError, type Command, type Invocation } from './command.ts';
import { connected, CONNECTION_OPTIONS, type Connection } from './connection.ts';
import { restsOn, shortTime } from './table.ts';

type Graph = z.infer<typeof Lineage>;
type Node = z.infer<typeof LineageNode>;

export const trace: Command = {
  name: 'trace',
  arguments: 'ASSET',
  summary: 'what an asset was made from, and what was made from it',
  example: 'custody trace stg_bureau --down --depth 4 --at 2026-11-12',
  details: 'ASSET is an id from `custody assets`, or any part of one that only one asset has.',
  options: {
    up: { type: 'boolean', help: 'only upstream' },
    down: { type: 'boolean', help: 'only downstream' },
    depth: { type: 'string', value: 'N', help: 'hops, counting datasets and jobs (default 10)' },
    ...AS_OF_OPTIONS,
    limit: { type: 'string', value: 'N', help: 'most assets shown (default 1000)' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [wanted, ...more] = positionals;
    if (wanted === undefined || more.length > 0) throw new UsageError('Name one asset.');
    const direction = directionOf(invocation);
    return connected(invocation, async (connection) => {
      const time = asOfQuery(invocation);
      const asset = await resolveAsset(connection, wanted, time);
      const query = queryOf({
        asset,
        direction,
        depth: String(numberOf(invocation, 'depth', 1, 1_000) ?? 10),
        limit: String(numberOf(invocation, 'limit', 1, 20_000) ?? 1_000),
        ...time,
      });
      const graph = await connection.json<Graph>(`/custody/v1/lineage?${query}`);
      if (out.json) out.write(`${JSON.stringify(graph)}\n`);
      else out.write(formatLineage(graph, invocation));
      return EXIT.ok;
    });
  },
};

/** The id of the asset meant. A part of an id is enough if only one asset has it. Throws CommandError. */
export async function resolveAsset(connection: Connection, wanted: string, time: AsOfQuery): Promise<string> {
  const ask = (q: string, limit: number) =>
    connection.json<z.infer<typeof AssetPage>>(`/custody/v1/assets?${queryOf({ q, limit: String(limit), ...time })}`);
  const { items, total } = await ask(wanted, 500);
  const exact = items.find(({ id }) => id === wanted) ?? only(items.filter(({ name }) => name === wanted));
  const found = exact ?? only(items.filter(({ id }) => id.toLowerCase().includes(wanted.toLowerCase())));
  if (found) return found.id;
  if (total === 0) {
    throw new CommandError(
      `No asset matches "${wanted}"${time.at || time.known ? ' as of that time' : ''}.`,
      '`custody assets` lists what there is.',
      EXIT.no,
    );
  }
  const some = items.slice(0, 8).map(({ id }) => `  ${id}`);
  throw new CommandError(
    `"${wanted}" may be any of ${total} assets:\n${some.join('\n')}${total > some.length ? '\n  …' : ''}`,
    'Give more of the id.',
    EXIT.no,
  );
}

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/** Two trees, upstream and downstream. An asset that was shown already is only named again. */
function formatLineage(graph: Graph, { out }: Invocation): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const root = nodes.get(graph.root)!;
  const lines = [`${root.id}${typeOf(root)}`];
  for (const side of ['up', 'down'] as const) {
    if (graph.direction !== 'both' && graph.direction !== side) continue;
    lines.push('', side === 'up' ? 'Made from' : 'Goes into');
    const before = lines.length;
    const seen = new Set([graph.root]);
    addBranches(graph, nodes, graph.root, side, '', seen, lines);
    if (lines.length === before) lines.push('  nothing known');
  }
  lines.push('');
  if (graph.omitted > 0) lines.push(`${graph.omitted} more assets are further away. Show them with --limit.`);
  lines.push(...restsOn(graph.asOf).trimEnd().split('\n'));
  const width = out.isTerminal ? (process.stdout.columns ?? 80) : Infinity;
  return `${lines.map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line)).join('\n')}\n`;
}

function addBranches(
  graph: Graph,
  nodes: ReadonlyMap<string, Node>,
  id: string,
  side: 'up' | 'down',
  indent: string,
  seen: Set<string>,
  lines: string[],
): void {
  const edges = graph.edges.filter((edge) => (side === 'up' ? edge.to : edge.from) === id);
  for (const [i, edge] of edges.entries()) {
    const other = nodes.get(side === 'up' ? edge.from : edge.to)!;
    const last = i === edges.length - 1;
    const again = seen.has(other.id);
    const runs = edge.runs === 0 ? 'by design' : edge.runs === 1 ? '1 run' : `${edge.runs} runs`;
    lines.push(
      `${indent}${last ? '└─' : '├─'} ${other.id}${typeOf(other)}  ${runs}, last ${shortTime(edge.lastAt)}, entry ${edge.lastEntry}${again ? ' (shown above)' : ''}`,
    );
    if (again) continue;
    seen.add(other.id);
    addBranches(graph, nodes, other.id, side, `${indent}${last ? '   ' : '│  '}`, seen, lines);
  }
}

const typeOf = ({ type }: Node): string => (type === null ? '' : ` [${type}]`);
