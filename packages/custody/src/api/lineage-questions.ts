/** Questions about lineage, bound to their routes. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { NOW, type AsOf } from '../fold/as-of.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { gapHtml, gapMarkdown } from '../report/gap-document.ts';
import { blastAnswer } from './blast-view.ts';
import { causesAnswer } from './causes-view.ts';
import { columnLineageAnswer } from './column-lineage-view.ts';
import { differenceAnswer } from './difference-view.ts';
import { gapsAnswer } from './gaps-view.ts';
import type { Env } from './guard.ts';
import * as routes from './lineage-routes.ts';
import { lineageView } from './lineage-view.ts';
import { pathAnswer } from './path-view.ts';
import { badRequest, Problem } from './problem.ts';

export interface LineageParts {
  readonly ledger: Ledger;
  /** Row of an asset by its id, as of a time. Throws the problem that there is none. */
  readonly findAsset: (id: string, time: AsOf) => number;
  readonly asOf: (at: string | undefined, known: string | undefined) => Promise<AsOf>;
}

export function answerLineage<E extends Env>(app: OpenAPIHono<E>, parts: LineageParts): void {
  const { ledger, findAsset, asOf } = parts;
  const checkpoint = () => ledger.log.checkpoint();

  app.openapi(routes.lineageRoute, async (c) => {
    const { asset, direction, depth, limit, columns, ended, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const root = findAsset(asset, time);
    const query = { root, direction, depth, limit, columns: columns === 'true', ended: ended === 'true' };
    return c.json(lineageView(ledger.state, query, time, checkpoint()), 200);
  });

  app.openapi(routes.columnLineageRoute, async (c) => {
    const { asset, column, direction, depth, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const query = { asset: findAsset(asset, time), column, direction, depth };
    return c.json(columnLineageAnswer(ledger.state, query, time, checkpoint()), 200);
  });

  app.openapi(routes.blastRoute, async (c) => {
    const { asset, column, version, from, to, depth, limit, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const row = findAsset(asset, time);
    const names = column === undefined ? null : [column].flat();
    const query = {
      asset: row,
      columns: names && names.map((name) => columnOf(row, name, time)).filter((number) => number !== null),
      version: version ?? null,
      from: from === undefined ? -Infinity : Date.parse(from),
      to: to === undefined ? Infinity : Date.parse(to),
      depth,
      asOf: time,
    };
    if (query.from > query.to) throw badRequest('A parameter is wrong', '`from` is later than `to`.', '/from');
    return c.json(blastAnswer(ledger.state, query, limit, checkpoint()), 200);
  });

  app.openapi(routes.pathRoute, async (c) => {
    const { from, to, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const answer = pathAnswer(ledger.state, findAsset(from, time), findAsset(to, time), time, checkpoint());
    return c.json(answer, 200);
  });

  app.openapi(routes.differenceRoute, async (c) => {
    const { asset, direction, depth, from, fromKnown, at, known } = c.req.valid('query');
    if (from === undefined && fromKnown === undefined) {
      throw badRequest('A parameter is wrong', 'Give `from` or `fromKnown`: what to compare with.', '/from');
    }
    const [before, after] = await Promise.all([asOf(from, fromKnown), asOf(at, known)]);
    // It may have come or gone in between: either time is enough.
    const root = asset === undefined ? null : findAsset(asset, NOW);
    const answer = differenceAnswer(ledger.state, root, direction, depth, before, after, checkpoint());
    return c.json(answer, 200);
  });

  app.openapi(routes.causesRoute, async (c) => {
    const { asset, metric, fall, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const row = findAsset(asset, time);
    const fallAt = fall === undefined ? null : Date.parse(fall);
    const answer = causesAnswer(ledger.state, row, metric ?? null, fallAt, time, checkpoint());
    if (answer) return c.json(answer, 200);
    throw new Problem({
      status: 422,
      code: 'no-quality',
      title: `No figure of quality${metric === undefined ? '' : ` called ${metric}`} is known of this asset`,
      remedy: 'Send numbers with its versions, in the dataset facet `modelMetrics` of the run that writes them.',
    });
  });

  app.openapi(routes.gapsRoute, async (c) => {
    const { asset, direction, depth, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    return c.json(gapsAnswer(ledger.state, findAsset(asset, time), direction, depth, time, checkpoint()), 200);
  });

  app.openapi(routes.gapDocumentRoute, async (c) => {
    const { asset, direction, depth, format, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const answer = gapsAnswer(ledger.state, findAsset(asset, time), direction, depth, time, checkpoint());
    return format === 'html'
      ? c.body(gapHtml(answer), 200, { 'content-type': 'text/html; charset=utf-8' })
      : c.body(gapMarkdown(answer), 200, { 'content-type': 'text/markdown; charset=utf-8' });
  });

  /** The number of a column; null for one that is in the schema and in no column lineage. */
  function columnOf(asset: number, name: string, time: AsOf): number | null {
    const { assets, columns, schemas: known } = ledger.state;
    const number = columns.findColumn(name);
    const { schema } = assets.view(asset, time);
    if (schema !== null && !known.columnNames(schema).includes(name)) {
      throw new Problem({
        status: 404,
        code: 'not-found',
        title: `${assets.nameOf(asset).name} has no column ${name.slice(0, 200)}`,
        remedy: `It has: ${known.columnNames(schema).slice(0, 30).join(', ')}.`,
      });
    }
    return number ?? null;
  }
}
