import type { z } from '@hono/zod-openapi';
import type { Blast, TouchedAsset } from '../api/contract.ts';
import { AS_OF_OPTIONS, asOfQuery, queryOf } from './as-of.ts';
import { EXIT, numberOf, stringOf, timeOf, UsageError, type Command, type Invocation } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { formatTable, restsOn, shortTime } from './table.ts';
import { resolveAsset } from './trace.ts';

type Touched = z.infer<typeof TouchedAsset>;
type Answer = z.infer<typeof Blast>;

export const blast: Command = {
  name: 'blast',
  arguments: 'ASSET',
  summary: 'what a source that was bad for a while has reached',
  example: 'custody blast vendor/nordkredit/bureau_feed.csv --from 2026-11-12 --to 2026-11-12',
  details:
    'By what really ran: a version that was read before --from is not reached; one read after it is, and so is what its reader wrote. ' +
    'Follows columns where the pipelines tell column lineage. ASSET is an id, a name, or a part that only one asset has; a job means its runs.',
  options: {
    from: { type: 'string', value: 'TIME', help: 'since when it was bad (default: always); a date means its start' },
    to: { type: 'string', value: 'TIME', help: 'until when (default: it still is); a date means its end' },
    column: { type: 'string', value: 'NAMES', help: 'only these columns of it, with commas between' },
    version: { type: 'string', value: 'NAME', help: 'only this version of it, or what this run id wrote' },
    depth: { type: 'string', value: 'N', help: 'hops, counting datasets and jobs (default: all)' },
    jobs: { type: 'boolean', help: 'list jobs too' },
    why: { type: 'boolean', help: 'the reason under each asset' },
    ...AS_OF_OPTIONS,
    limit: { type: 'string', value: 'N', help: 'most assets in the answer (default 1000)' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [wanted, ...more] = positionals;
    if (wanted === undefined || more.length > 0) throw new UsageError('Name one asset.');
    return connected(invocation, async (connection) => {
      const time = asOfQuery(invocation);
      const query = queryOf({
        asset: await resolveAsset(connection, wanted, time),
        from: timeOf(invocation, 'from', 'start'),
        to: timeOf(invocation, 'to'),
        version: stringOf(invocation, 'version'),
        depth: String(numberOf(invocation, 'depth', 1, 1_000) ?? 1_000),
        limit: String(numberOf(invocation, 'limit', 1, 20_000) ?? 1_000),
        ...time,
      });
      for (const column of stringOf(invocation, 'column')?.split(',') ?? []) query.append('column', column.trim());
      const answer = await connection.json<Answer>(`/custody/v1/blast?${query}`);
      out.write(out.json ? `${JSON.stringify(answer)}\n` : formatBlast(answer, invocation));
      return EXIT.ok;
    });
  },
};

function formatBlast(answer: Answer, { out, values }: Invocation): string {
  const { root, columns, version, from, to, counts, touched, omitted, asOf } = answer;
  const window = `${from === null ? 'always' : `${shortTime(from)} UTC`} to ${to === null ? 'now' : `${shortTime(to)} UTC`}`;
  const what = [columns && `columns ${columns.join(', ')}`, version && `version ${version}`].filter(Boolean).join(', ');
  const head = `${root}${what ? `, ${what}` : ''}\nBad from ${window}\n\n`;
  if (touched.length === 0) return `${head}It reached nothing.\n\n${restsOn(asOf)}`;
  const summary = counts.map(({ role, count }) => `${count} ${WORDS[role]}${count === 1 ? '' : 's'}`).join(', ');
  const shown = touched.filter(({ role }) => values['jobs'] === true || role !== 'job');
  const width = out.isTerminal && values['why'] !== true ? process.stdout.columns : undefined;
  let table = formatTable(COLUMNS, shown, width);
  if (values['why'] === true) {
    const [title, ...lines] = table.trimEnd().split('\n');
    table = `${title}\n${lines.map((line, i) => `${line}\n      ${shown[i]!.reason}\n`).join('')}`;
  }
  const more = omitted > 0 ? `${omitted} more. Show them with --limit.\n` : '';
  const rest = shown.some(({ certain }) => !certain)
    ? '"perhaps": times overlap, or a later write may have replaced what was bad.\n'
    : '';
  return `${head}Reached ${summary}\n\n${table}${more}\n${rest}${restsOn(asOf)}`;
}

const WORDS: Readonly<Record<Touched['role'], string>> = {
  model: 'model',
  deployment: 'deployment',
  predictions: 'set of predictions',
  'training-set': 'training set',
  features: 'feature table',
  dashboard: 'dashboard',
  report: 'report',
  dataset: 'dataset',
  job: 'job',
};

const SENSITIVITY = ['', 'internal', 'personal', 'special'] as const;

const COLUMNS = [
  { head: 'RANK', value: ({ rank }: Touched) => String(rank), align: 'right' },
  { head: 'WHAT', value: ({ role }: Touched) => role },
  { head: 'HOPS', value: ({ hops }: Touched) => String(hops), align: 'right' },
  { head: 'DATA', value: ({ sensitivity }: Touched) => SENSITIVITY[sensitivity] ?? '' },
  { head: 'BAD SINCE (UTC)', value: ({ first }: Touched) => shortTime(first) },
  { head: 'UNTIL', value: ({ until }: Touched) => (until === null ? 'now' : shortTime(until)) },
  { head: 'VERSIONS', value: ({ count }: Touched) => String(count), align: 'right' },
  { head: 'SURE', value: ({ certain }: Touched) => (certain ? 'yes' : 'perhaps') },
  { head: 'ASSET', value: ({ id }: Touched) => id },
  { head: 'COLUMNS', value: columnsOf },
] as const;

function columnsOf({ columns, byRows, role }: Touched): string {
  if (role === 'job') return '';
  const names =
    columns === null
      ? 'all'
      : columns.length > 6
        ? `${columns.slice(0, 5).join(', ')} and ${columns.length - 5} more`
        : columns.join(', ');
  return [names, byRows && 'its rows'].filter(Boolean).join(' + ');
}
