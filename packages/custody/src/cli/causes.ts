import type { z } from '@hono/zod-openapi';
import type { CausesAnswer } from '../api/contract.ts';
import { AS_OF_OPTIONS, asOfQuery, queryOf } from './as-of.ts';
import { EXIT, stringOf, timeOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { formatTable, restsOn, shortTime } from './table.ts';
import { resolveAsset } from './trace.ts';

type Answer = z.infer<typeof CausesAnswer>;
type Candidate = Answer['candidates'][number];

export const causes: Command = {
  name: 'causes',
  arguments: 'MODEL',
  summary: "where to look when a model's quality fell: what changed upstream",
  example: 'custody causes credit-default/2026-11-12 --metric auc',
  details:
    'Compares the runs behind the last version that was as usual with those behind the one that was not: other code, other columns, ' +
    'sources that came or went, unusual row counts and column figures, failed assertions. An ordered list of where to look, not a proof.',
  options: {
    metric: { type: 'string', value: 'NAME', help: 'which figure (default: auc, accuracy, ... what there is)' },
    fall: {
      type: 'string',
      value: 'TIME',
      help: 'when it fell (default: the worst fall there was); a date means its start',
    },
    ...AS_OF_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [wanted, ...more] = positionals;
    if (wanted === undefined || more.length > 0) throw new UsageError('Name one model or dataset.');
    return connected(invocation, async (connection) => {
      const time = asOfQuery(invocation);
      const query = queryOf({
        asset: await resolveAsset(connection, wanted, time),
        metric: stringOf(invocation, 'metric'),
        fall: timeOf(invocation, 'fall', 'start'),
        ...time,
      });
      const answer = await connection.json<Answer>(`/custody/v1/causes?${query}`);
      out.write(out.json ? `${JSON.stringify(answer)}\n` : formatCauses(answer));
      return EXIT.ok;
    });
  },
};

function formatCauses({ metric, series, good, bad, fell, candidates, asOf }: Answer): string {
  const point = (index: number) => {
    const { asset, at, value, entry } = series[index]!;
    return `${value}  ${asset}  ${shortTime(at)} UTC, entry ${entry}`;
  };
  const head = fell
    ? `${metric} fell\n  from ${point(good)}\n  to   ${point(bad)}\n\n`
    : `No version is unusually worse by ${metric}. The newest:\n  ${point(bad)}\n\n`;
  const list =
    candidates.length === 0
      ? 'Nothing is known to have changed upstream.\n'
      : formatTable(
          [
            {
              head: '',
              value: ({ strength }: Candidate) => '■'.repeat(Math.max(1, Math.round(strength * 5))).padEnd(5, '·'),
            },
            { head: 'WHEN (UTC)', value: ({ at }: Candidate) => shortTime(at) },
            { head: 'ENTRY', value: ({ entry }: Candidate) => String(entry), align: 'right' },
            { head: 'HOPS', value: ({ hops }: Candidate) => String(hops), align: 'right' },
            { head: 'WHAT CHANGED', value: ({ reason }: Candidate) => reason },
          ],
          candidates,
        );
  return `${head}${list}\n${restsOn(asOf)}`;
}
