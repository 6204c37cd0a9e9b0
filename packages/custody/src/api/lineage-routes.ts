/** Routes of the questions about lineage: what each takes and answers. */
import { createRoute, z } from '@hono/zod-openapi';
import { Blast, CausesAnswer, ColumnLineage, DifferenceAnswer, GapsAnswer, Lineage, PathAnswer } from './contract.ts';
import { asOf, json, number, problem, refusals } from './route-parts.ts';

const asset = z.string().max(5_000);
const direction = z.enum(['both', 'up', 'down']);
const yes = z.enum(['true', 'false']).default('false');
const depth = number('Hops, counting datasets and jobs', 1_000, 10);
const moment = z.iso.datetime({ offset: true });
const answers = <S extends z.ZodType>(schema: S, description: string) => ({
  200: json(schema, description),
  404: problem('No such asset at that time'),
  ...refusals,
});

export const lineageRoute = createRoute({
  method: 'get',
  path: '/custody/v1/lineage',
  summary: 'What lies up- and downstream of an asset, as of a time',
  tags: ['Lineage'],
  request: {
    query: z.object({
      asset,
      direction: direction.default('both'),
      depth,
      limit: number('Most nodes in the answer, the nearest first', 20_000, 300),
      columns: yes.openapi({ description: 'Tell edges between columns too' }),
      ended: yes.openapi({ description: 'Tell edges that have ended too, and what lay behind them' }),
      ...asOf,
    }),
  },
  responses: answers(Lineage, 'Nodes and edges'),
});

export const columnLineageRoute = createRoute({
  method: 'get',
  path: '/custody/v1/column-lineage',
  summary: 'Which columns a column comes from, and which come from it',
  tags: ['Lineage'],
  request: {
    query: z.object({
      asset,
      column: z.string().max(2_048),
      direction: direction.default('both'),
      depth: number('Steps from dataset to dataset', 1_000, 20),
      ...asOf,
    }),
  },
  responses: answers(ColumnLineage, 'Columns and the ways between them'),
});

export const blastRoute = createRoute({
  method: 'get',
  path: '/custody/v1/blast',
  summary: 'What a source, a version, a column or a job that was bad for a while has reached',
  description:
    'By what really ran: a version that was read before `from` is not reached, one read after it is, and so is what its reader wrote.',
  tags: ['Lineage'],
  request: {
    query: z.object({
      asset,
      column: z
        .union([z.string().max(2_048), z.array(z.string().max(2_048)).max(200)])
        .optional()
        .openapi({ description: 'Only these columns of it; may be repeated' }),
      version: z
        .string()
        .max(300)
        .optional()
        .openapi({ description: "Only this version: the producer's, or the id of the run that wrote it" }),
      from: moment.optional().openapi({ description: 'Since when it was bad. Left out: always.' }),
      to: moment.optional().openapi({ description: 'Until when it was bad. Left out: it still is.' }),
      depth: number('Hops, counting datasets and jobs', 1_000, 1_000),
      limit: number('Most assets in the answer, the first by rank', 20_000, 1_000),
      ...asOf,
    }),
  },
  responses: answers(Blast, 'What it touched, by rank'),
});

export const pathRoute = createRoute({
  method: 'get',
  path: '/custody/v1/path',
  summary: 'The shortest way between two assets, with the reason for each step',
  tags: ['Lineage'],
  request: { query: z.object({ from: asset, to: asset, ...asOf }) },
  responses: answers(PathAnswer, 'The way, or `found: false`'),
});

export const differenceRoute = createRoute({
  method: 'get',
  path: '/custody/v1/difference',
  summary: 'What is different between two times',
  tags: ['Lineage'],
  request: {
    query: z.object({
      asset: asset.optional().openapi({ description: 'Around this asset; left out: of all there is' }),
      direction: direction.default('both'),
      depth,
      from: moment.optional().openapi({ description: 'Valid time of the earlier side' }),
      fromKnown: asOf.known.openapi({ description: 'Known time of the earlier side' }),
      ...asOf,
    }),
  },
  responses: answers(DifferenceAnswer, 'What came, went and changed'),
});

export const causesRoute = createRoute({
  method: 'get',
  path: '/custody/v1/causes',
  summary: "Candidates for why a model's quality fell: what changed upstream, the most telling first",
  tags: ['Lineage'],
  request: {
    query: z.object({
      asset,
      metric: z
        .string()
        .max(64)
        .optional()
        .openapi({ description: 'Left out: the first known figure, auc before others' }),
      fall: moment.optional().openapi({ description: 'When it fell. Left out: the worst fall there was.' }),
      ...asOf,
    }),
  },
  responses: {
    ...answers(CausesAnswer, 'The figure over time, and the candidates'),
    422: problem('No figure of quality is known'),
  },
});

export const gapsRoute = createRoute({
  method: 'get',
  path: '/custody/v1/gaps',
  summary: 'Of each asset on the way: which facts about its safety are known and which are missing',
  tags: ['Lineage'],
  request: {
    query: z.object({ asset, direction: direction.default('up'), depth: number('Hops', 1_000, 100), ...asOf }),
  },
  responses: answers(GapsAnswer, 'Facts and gaps by asset'),
});

export const gapDocumentRoute = createRoute({
  method: 'get',
  path: '/custody/v1/gaps/document',
  summary: 'The same as one document for an auditor: Markdown, or a page that prints well',
  tags: ['Lineage'],
  request: {
    query: z.object({
      ...gapsRoute.request.query.shape,
      format: z.enum(['markdown', 'html']).default('markdown'),
    }),
  },
  responses: {
    200: {
      description: 'The document',
      content: { 'text/markdown': { schema: z.string() }, 'text/html': { schema: z.string() } },
    },
    404: problem('No such asset at that time'),
    ...refusals,
  },
});
