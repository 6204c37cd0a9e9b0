import type { z } from '@hono/zod-openapi';
import type { PathAnswer } from '../api/contract.ts';
import { AS_OF_OPTIONS, asOfQuery, queryOf } from './as-of.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { restsOn } from './table.ts';
import { resolveAsset } from './trace.ts';

type Answer = z.infer<typeof PathAnswer>;

export const lineagePath: Command = {
  name: 'lineage path',
  arguments: 'FROM TO',
  summary: 'the shortest way between two assets, with the reason for each step',
  example: 'custody lineage path raw.bureau_feed scores.credit_scores',
  details: 'Exit code 1 if no way is known.',
  options: {
    ...AS_OF_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [from, to, ...more] = positionals;
    if (from === undefined || to === undefined || more.length > 0) throw new UsageError('Name two assets.');
    return connected(invocation, async (connection) => {
      const time = asOfQuery(invocation);
      const ids = [await resolveAsset(connection, from, time), await resolveAsset(connection, to, time)] as const;
      const query = queryOf({ from: ids[0], to: ids[1], ...time });
      const answer = await connection.json<Answer>(`/custody/v1/path?${query}`);
      out.write(out.json ? `${JSON.stringify(answer)}\n` : formatPath(answer));
      return answer.found ? EXIT.ok : EXIT.no;
    });
  },
};

function formatPath({ from, to, found, direction, nodes, steps, asOf }: Answer): string {
  if (!found) return `No way is known between ${from} and ${to}.\n\n${restsOn(asOf)}`;
  const lines = direction === 'up' ? [`The data flow the other way: from ${to} to ${from}.`, ''] : [];
  lines.push(nodes[0]!.id);
  for (const [i, { reason, columns }] of steps.entries()) {
    lines.push(`  ${reason}`);
    const ways = columns.filter(({ kind }) => kind !== 'rows').map((way) => `${way.from.column} -> ${way.to.column}`);
    if (ways.length > 0)
      lines.push(`  columns: ${ways.slice(0, 8).join(', ')}${ways.length > 8 ? `, ${ways.length - 8} more` : ''}`);
    lines.push(nodes[i + 1]!.id);
  }
  return `${lines.join('\n')}\n\n${restsOn(asOf)}`;
}
