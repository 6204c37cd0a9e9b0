import type { z } from '@hono/zod-openapi';
import type { DifferenceAnswer } from '../api/contract.ts';
import { directionOf, knownOf, queryOf } from './as-of.ts';
import { EXIT, numberOf, timeOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { restsOn, shortTime } from './table.ts';
import { resolveAsset } from './trace.ts';

type Answer = z.infer<typeof DifferenceAnswer>;

export const lineageDiff: Command = {
  name: 'lineage diff',
  arguments: '[ASSET]',
  summary: 'what is different between two times',
  example: 'custody lineage diff features.credit_features --from 2026-11-01 --at 2026-11-20',
  details:
    'Around one asset, or of all there is. --from or --from-known is the earlier side; the later one is now, or --at and --known.',
  options: {
    from: { type: 'string', value: 'TIME', help: 'the earlier time (when it happened)' },
    'from-known': {
      type: 'string',
      value: 'TIME',
      help: 'the earlier side by what was known then, or with this many entries',
    },
    at: { type: 'string', value: 'TIME', help: 'the later time (default now)' },
    known: { type: 'string', value: 'TIME', help: 'the later side by what was known then, or with this many entries' },
    up: { type: 'boolean', help: 'only what it was made from' },
    down: { type: 'boolean', help: 'only what was made from it' },
    depth: { type: 'string', value: 'N', help: 'hops, counting datasets and jobs (default 10)' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [wanted, ...more] = positionals;
    if (more.length > 0) throw new UsageError('Name one asset, or none.');
    const from = timeOf(invocation, 'from');
    const fromKnown = knownOf(invocation, 'from-known');
    if (from === undefined && fromKnown === undefined)
      throw new UsageError('Give --from or --from-known: what to compare with.');
    return connected(invocation, async (connection) => {
      const anyTime = { at: undefined, known: undefined };
      const query = queryOf({
        asset: wanted === undefined ? undefined : await resolveAsset(connection, wanted, anyTime),
        direction: directionOf(invocation),
        depth: String(numberOf(invocation, 'depth', 1, 1_000) ?? 10),
        from,
        fromKnown,
        at: timeOf(invocation, 'at'),
        known: knownOf(invocation),
      });
      const answer = await connection.json<Answer>(`/custody/v1/difference?${query}`);
      out.write(out.json ? `${JSON.stringify(answer)}\n` : formatDifference(answer));
      return EXIT.ok;
    });
  },
};

function formatDifference(answer: Answer): string {
  const lines: string[] = [];
  const list = (title: string, items: readonly string[]) => {
    if (items.length > 0) lines.push(title, ...items, '');
  };
  list('Assets', [...answer.assetsAdded.map(({ id }) => `+ ${id}`), ...answer.assetsGone.map(({ id }) => `- ${id}`)]);
  list('Edges', [
    ...answer.edgesAdded.map(({ from, to, lastEntry }) => `+ ${from} -> ${to}  entry ${lastEntry}`),
    ...answer.edgesGone.map(({ from, to, endedAt, lastEntry }) => {
      const ended = endedAt === null ? '' : `ended ${shortTime(endedAt)} UTC, `;
      return `- ${from} -> ${to}  ${ended}last used in entry ${lastEntry}`;
    }),
  ]);
  list(
    'Changed',
    answer.changed.flatMap(({ asset, columns, code, owners, tags }) => [
      `~ ${asset.id}`,
      ...(columns
        ? [
            ...columns.added.map((name) => `    + column ${name}`),
            ...columns.gone.map((name) => `    - column ${name}`),
          ]
        : []),
      ...(columns && columns.added.length + columns.gone.length === 0 ? ['    types or order of columns'] : []),
      ...(code ? [`    code ${code.before ?? 'not told'} -> ${code.after ?? 'not told'}`] : []),
      ...(owners ? [`    owners ${owners.before.join(', ') || 'none'} -> ${owners.after.join(', ') || 'none'}`] : []),
      ...(tags ? [`    tags ${tags.before.join(', ') || 'none'} -> ${tags.after.join(', ') || 'none'}`] : []),
    ]),
  );
  if (lines.length === 0) lines.push('Nothing is different.', '');
  return `${lines.join('\n')}\n${restsOn(answer.asOf)}`;
}
