import { writeFile } from 'node:fs/promises';
import type { z } from '@hono/zod-openapi';
import type { GapsAnswer } from '../api/contract.ts';
import { AS_OF_OPTIONS, asOfQuery, queryOf } from './as-of.ts';
import { EXIT, stringOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { formatTable, restsOn } from './table.ts';
import { resolveAsset } from './trace.ts';

type Answer = z.infer<typeof GapsAnswer>;
type Asset = Answer['assets'][number];

export const lineageGaps: Command = {
  name: 'lineage gaps',
  arguments: 'ASSET',
  summary: 'what is known and what is missing about the safety of all that an asset is made from',
  example: 'custody lineage gaps dashboards/portfolio.json --format html --out gaps.html',
  details:
    'Of each asset on the way: owner, classification, encryption in transit and at rest, access log, signature, gate, retention. ' +
    'A fact is known if a pipeline said it: as an owner, or as a tag such as `retention:90d`. Exit code 1 if anything is missing.',
  options: {
    down: { type: 'boolean', help: 'of what is made from it instead' },
    both: { type: 'boolean', help: 'of both' },
    format: { type: 'string', value: 'FORMAT', help: 'table (default), markdown, or html to print' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'write it there' },
    ...AS_OF_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals, values } = invocation;
    const [wanted, ...more] = positionals;
    if (wanted === undefined || more.length > 0) throw new UsageError('Name one asset.');
    const format = stringOf(invocation, 'format') ?? 'table';
    if (!['table', 'markdown', 'html'].includes(format))
      throw new UsageError(`--format is table, markdown or html, not "${format}".`);
    return connected(invocation, async (connection) => {
      const time = asOfQuery(invocation);
      const query = queryOf({
        asset: await resolveAsset(connection, wanted, time),
        direction: values['both'] ? 'both' : values['down'] ? 'down' : 'up',
        ...time,
      });
      const answer = await connection.json<Answer>(`/custody/v1/gaps?${query}`);
      const text = out.json
        ? `${JSON.stringify(answer)}\n`
        : format === 'table'
          ? formatGaps(answer, out.isTerminal ? process.stdout.columns : undefined)
          : await connection.text(`/custody/v1/gaps/document?${query}&format=${format}`);
      const file = stringOf(invocation, 'out');
      if (file === undefined) out.write(text);
      else {
        await writeFile(file, text);
        out.note(`${answer.missing} facts missing, ${answer.known} known: ${file}`);
      }
      return answer.missing > 0 ? EXIT.no : EXIT.ok;
    });
  },
};

function formatGaps({ assets, missing, known, asOf }: Answer, width: number | undefined): string {
  const kinds = [...new Set(assets.flatMap(({ checks }) => checks.map(({ kind }) => kind)))];
  const mark = (asset: Asset, kind: string): string => {
    const check = asset.checks.find((one) => one.kind === kind);
    return !check ? '' : check.state === 'missing' ? 'MISSING' : check.state === 'known' ? 'known' : '-';
  };
  const table = formatTable(
    [
      ...kinds.map((kind) => ({ head: kind.toUpperCase(), value: (asset: Asset) => mark(asset, kind) })),
      { head: 'ASSET', value: ({ id }: Asset) => id },
    ],
    assets,
    width,
  );
  return `${table}\n${missing} facts are missing, ${known} are known. --format markdown says how to tell each.\n${restsOn(asOf)}`;
}
