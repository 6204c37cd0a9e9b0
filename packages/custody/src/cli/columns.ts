import type { z } from '@hono/zod-openapi';
import type { ColumnEdge, ColumnLineage } from '../api/contract.ts';
import { AS_OF_OPTIONS, asOfQuery, directionOf, queryOf } from './as-of.ts';
import { EXIT, numberOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { restsOn } from './table.ts';
import { resolveAsset } from './trace.ts';

type Answer = z.infer<typeof ColumnLineage>;
type Edge = z.infer<typeof ColumnEdge>;

export const lineageColumns: Command = {
  name: 'lineage columns',
  arguments: 'ASSET COLUMN',
  summary: 'which columns a column comes from, and which come from it',
  example: 'custody lineage columns features.credit_features bureau_score --up',
  options: {
    up: { type: 'boolean', help: 'only what it comes from' },
    down: { type: 'boolean', help: 'only what comes from it' },
    depth: { type: 'string', value: 'N', help: 'steps from dataset to dataset (default 20)' },
    ...AS_OF_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [wanted, column, ...more] = positionals;
    if (wanted === undefined || column === undefined || more.length > 0)
      throw new UsageError('Name one asset and one of its columns.');
    return connected(invocation, async (connection) => {
      const time = asOfQuery(invocation);
      const query = queryOf({
        asset: await resolveAsset(connection, wanted, time),
        column,
        direction: directionOf(invocation),
        depth: String(numberOf(invocation, 'depth', 1, 1_000) ?? 20),
        ...time,
      });
      const answer = await connection.json<Answer>(`/custody/v1/column-lineage?${query}`);
      out.write(out.json ? `${JSON.stringify(answer)}\n` : formatColumns(answer));
      return EXIT.ok;
    });
  },
};

function formatColumns({ root, direction, edges, cut, asOf }: Answer): string {
  const lines = [`${root.asset} ${root.column}`];
  for (const side of ['up', 'down'] as const) {
    if (direction !== 'both' && direction !== side) continue;
    lines.push('', side === 'up' ? 'Comes from' : 'Goes into');
    const before = lines.length;
    addBranches(edges, keyOf(root), side, '', new Set([keyOf(root)]), lines);
    if (lines.length === before) lines.push('  nothing known');
  }
  if (cut) lines.push('', 'There is more than this answer holds.');
  return `${lines.join('\n')}\n\n${restsOn(asOf)}`;
}

const keyOf = ({ asset, column }: Edge['from']): string => JSON.stringify([asset, column]);

function addBranches(
  edges: readonly Edge[],
  key: string,
  side: 'up' | 'down',
  indent: string,
  seen: Set<string>,
  lines: string[],
): void {
  const own = edges.filter((edge) => keyOf(side === 'up' ? edge.to : edge.from) === key);
  for (const [i, edge] of own.entries()) {
    const other = side === 'up' ? edge.from : edge.to;
    const last = i === own.length - 1;
    const again = seen.has(keyOf(other));
    lines.push(
      `${indent}${last ? '└─' : '├─'} ${other.asset} ${other.column ?? '(which rows)'}  ${howOf(edge)}, entry ${edge.entry}${again ? ' (shown above)' : ''}`,
    );
    if (again) continue;
    seen.add(keyOf(other));
    addBranches(edges, keyOf(other), side, `${indent}${last ? '   ' : '│  '}`, seen, lines);
  }
}

function howOf({ kind, role, masked, certainty, fromSql }: Edge): string {
  const words = [
    kind === 'rows' ? (role ?? 'OTHER').toLowerCase().replace('_', ' ') : kind === 'unsaid' ? 'from' : kind,
  ];
  if (masked) words.push('masked');
  if (certainty !== 'certain') words.push(certainty);
  if (fromSql) words.push("by the job's SQL");
  return words.join(', ');
}
