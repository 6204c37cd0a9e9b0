import type { z } from '@hono/zod-openapi';
import type { AssetPage, AssetSummary } from '../api/contract.ts';
import { AS_OF_OPTIONS, asOfQuery, queryOf } from './as-of.ts';
import { EXIT, numberOf, stringOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { formatTable, shortTime } from './table.ts';

type Asset = z.infer<typeof AssetSummary>;

export const assets: Command = {
  name: 'assets',
  arguments: '[WORD...]',
  summary: 'list datasets and jobs',
  example: 'custody assets bureau --kind dataset --at 2026-11-12',
  options: {
    kind: { type: 'string', value: 'KIND', help: 'dataset or job' },
    namespace: { type: 'string', value: 'NAME', help: 'only this namespace' },
    ...AS_OF_OPTIONS,
    limit: { type: 'string', value: 'N', help: 'at most so many (default 100)' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const kind = stringOf(invocation, 'kind');
    if (kind !== undefined && kind !== 'dataset' && kind !== 'job')
      throw new UsageError(`--kind is dataset or job, not "${kind}".`);
    const limit = numberOf(invocation, 'limit', 1, 100_000) ?? 100;
    return connected(invocation, async (connection) => {
      const items: Asset[] = [];
      let page: z.infer<typeof AssetPage>;
      let after: string | null = null;
      do {
        const query = queryOf({
          q: positionals.join(' '),
          kind,
          namespace: stringOf(invocation, 'namespace'),
          ...asOfQuery(invocation),
          limit: String(Math.min(500, limit - items.length)),
          after: after ?? undefined,
        });
        page = await connection.json<z.infer<typeof AssetPage>>(`/custody/v1/assets?${query}`);
        items.push(...page.items);
        after = page.next;
      } while (after !== null && items.length < limit);
      if (out.json) out.write(`${JSON.stringify({ total: page.total, asOf: page.asOf, items })}\n`);
      else if (items.length === 0) {
        out.write(
          page.total === 0 && positionals.length === 0
            ? 'No assets yet. Send some events: custody send events.jsonl\n'
            : 'Nothing matches.\n',
        );
      } else {
        out.write(formatTable(COLUMNS, items, out.isTerminal ? process.stdout.columns : undefined));
        if (page.total > items.length) out.note(`${items.length} of ${page.total}. More with --limit.`);
      }
      return EXIT.ok;
    });
  },
};

const COLUMNS = [
  { head: 'KIND', value: (asset: Asset) => asset.kind },
  { head: 'TYPE', value: (asset: Asset) => asset.type ?? '' },
  { head: 'COLUMNS', value: (asset: Asset) => String(asset.columns ?? ''), align: 'right' },
  { head: 'UP', value: (asset: Asset) => String(asset.upstream), align: 'right' },
  { head: 'DOWN', value: (asset: Asset) => String(asset.downstream), align: 'right' },
  { head: 'LAST SEEN (UTC)', value: (asset: Asset) => shortTime(asset.lastSeen) },
  { head: 'OWNER', value: (asset: Asset) => asset.owners.join(', ') },
  { head: 'ASSET', value: (asset: Asset) => asset.id },
] as const;
