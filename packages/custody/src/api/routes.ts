/** The API's routes as data: what each takes and answers. OpenAPI is generated from these. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  Activity,
  AssetDetail,
  AssetPage,
  BatchIngested,
  CreatedToken,
  EntryDetail,
  EntryPage,
  Ingested,
  NewToken,
  Status,
  TokenView,
} from './contract.ts';
import { asOf, json, number, problem, refusals } from './route-parts.ts';

const index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const openLineageEvent = z.looseObject({}).openapi('OpenLineageEvent', {
  description: 'A RunEvent, JobEvent or DatasetEvent of https://openlineage.io/spec/2-0-2/OpenLineage.json',
});

export const takeEventRoute = createRoute({
  method: 'post',
  path: '/api/v1/lineage',
  summary: 'Take one OpenLineage event',
  description: 'Answered when the event is durable. The same event again is answered with 200 and recorded once.',
  tags: ['OpenLineage'],
  request: { body: { required: true, content: { 'application/json': { schema: openLineageEvent } } } },
  responses: {
    201: json(Ingested, 'Recorded'),
    200: json(Ingested, 'Known already'),
    413: problem('Body too large'),
    415: problem('Not JSON'),
    422: problem('Not a valid OpenLineage event'),
    507: problem('The disk is full'),
    ...refusals,
  },
});

export const takeBatchRoute = createRoute({
  method: 'post',
  path: '/api/v1/lineage/batch',
  summary: 'Take many OpenLineage events',
  description:
    'A JSON array, or one event a line (application/x-ndjson). Each is recorded or refused by itself; the answer names the refused ones. All refused: 422.',
  tags: ['OpenLineage'],
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.array(openLineageEvent) },
        'application/x-ndjson': { schema: z.string() },
      },
    },
  },
  responses: {
    200: json(BatchIngested, 'What became of each event'),
    422: json(BatchIngested, 'None was valid'),
    413: problem('Body too large'),
    415: problem('Not JSON'),
    507: problem('The disk is full'),
    ...refusals,
  },
});

export const statusRoute = createRoute({
  method: 'get',
  path: '/custody/v1/status',
  summary: 'The log, its key, and how much is known',
  tags: ['Custody'],
  responses: { 200: json(Status, 'Status'), ...refusals },
});

export const assetsRoute = createRoute({
  method: 'get',
  path: '/custody/v1/assets',
  summary: 'Find assets',
  tags: ['Assets'],
  request: {
    query: z.object({
      q: z
        .string()
        .max(500)
        .default('')
        .openapi({ description: 'Words that must all occur in id, owners, tags or type' }),
      kind: z.enum(['dataset', 'job']).optional(),
      namespace: z.string().max(2_048).optional(),
      limit: number('Assets a page', 500, 100),
      after: z.string().max(5_000).optional().openapi({ description: '`next` of the page before' }),
      ...asOf,
    }),
  },
  responses: { 200: json(AssetPage, 'A page of assets, in order of id'), ...refusals },
});

export const assetRoute = createRoute({
  method: 'get',
  path: '/custody/v1/asset',
  summary: 'One asset: schema, runs, neighbours',
  tags: ['Assets'],
  request: { query: z.object({ id: z.string().max(5_000), ...asOf }) },
  responses: { 200: json(AssetDetail, 'The asset'), 404: problem('No such asset at that time'), ...refusals },
});

export const entriesRoute = createRoute({
  method: 'get',
  path: '/custody/v1/entries',
  summary: 'Entries of the log, newest first',
  tags: ['Log'],
  request: {
    query: z.object({
      q: z.string().max(500).default(''),
      kind: z.string().max(100).optional(),
      asset: z.string().max(5_000).optional(),
      before: index.optional().openapi({ description: '`next` of the page before' }),
      limit: number('Entries a page', 500, 50),
    }),
  },
  responses: { 200: json(EntryPage, 'A page of entries'), ...refusals },
});

export const entryRoute = createRoute({
  method: 'get',
  path: '/custody/v1/entries/{index}',
  summary: 'One entry, with its payload',
  tags: ['Log'],
  request: { params: z.object({ index }) },
  responses: { 200: json(EntryDetail, 'The entry'), 404: problem('No such entry'), ...refusals },
});

export const proofRoute = createRoute({
  method: 'get',
  path: '/custody/v1/entries/{index}/proof',
  summary: 'Proof that the entry is in the signed log (C2SP tlog-proof)',
  tags: ['Log'],
  request: {
    params: z.object({ index }),
    query: z.object({
      payload: z
        .enum(['true', 'false'])
        .default('false')
        .openapi({ description: 'Put the payload and its salt in too' }),
    }),
  },
  responses: {
    200: { description: 'The proof file', content: { 'text/plain': { schema: z.string() } } },
    404: problem('No such entry'),
    ...refusals,
  },
});

export const consistencyRoute = createRoute({
  method: 'get',
  path: '/custody/v1/log/consistency',
  summary: 'Proof that the log of `to` entries extends the log of `from` entries (RFC 9162 2.1.4)',
  tags: ['Log'],
  request: { query: z.object({ from: index, to: index }) },
  responses: {
    200: json(
      z
        .object({ from: z.int(), to: z.int(), hashes: z.array(z.string().openapi({ description: 'base64' })) })
        .openapi('Consistency'),
      'The hashes',
    ),
    404: problem('The log is not that long'),
    ...refusals,
  },
});

export const activityRoute = createRoute({
  method: 'get',
  path: '/custody/v1/activity',
  summary: 'Events per hour, day or week',
  tags: ['Log'],
  request: {
    query: z.object({
      unit: z.enum(['hour', 'day', 'week']).default('day'),
      by: z.enum(['happened', 'recorded']).default('happened'),
      asset: z.string().max(5_000).optional().openapi({ description: 'Only runs that touched this asset' }),
    }),
  },
  responses: { 200: json(Activity, 'Counts; empty buckets are left out'), 404: problem('No such asset'), ...refusals },
});

export const eventsRoute = createRoute({
  method: 'get',
  path: '/custody/v1/events',
  summary: 'Server-sent events: `log` when there are new entries or a new checkpoint',
  tags: ['Custody'],
  responses: {
    200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
    ...refusals,
  },
});

export const signInRoute = createRoute({
  method: 'post',
  path: '/custody/v1/session',
  summary: 'Sign a browser in, with a one-time code or a token',
  tags: ['Access'],
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.union([z.object({ code: z.string().max(200) }), z.object({ token: z.string().max(200) })]),
        },
      },
    },
  },
  responses: { 204: { description: 'Signed in: the cookie is set' }, ...refusals },
});

export const signOutRoute = createRoute({
  method: 'delete',
  path: '/custody/v1/session',
  summary: 'Sign this browser out',
  tags: ['Access'],
  responses: { 204: { description: 'Signed out' }, ...refusals },
});

export const signInLinkRoute = createRoute({
  method: 'post',
  path: '/custody/v1/signin-links',
  summary: 'Make a one-time sign-in link',
  tags: ['Access'],
  responses: {
    201: json(z.object({ path: z.string() }).openapi('SignInLink'), 'Append the path to the address'),
    ...refusals,
  },
});

export const tokensRoute = createRoute({
  method: 'get',
  path: '/custody/v1/tokens',
  summary: 'API tokens, without their secrets',
  tags: ['Access'],
  responses: { 200: json(z.object({ items: z.array(TokenView) }).openapi('Tokens'), 'Tokens'), ...refusals },
});

export const createTokenRoute = createRoute({
  method: 'post',
  path: '/custody/v1/tokens',
  summary: 'Make an API token; the secret is shown once',
  tags: ['Access'],
  request: { body: { required: true, content: { 'application/json': { schema: NewToken } } } },
  responses: { 201: json(CreatedToken, 'Made'), 409: problem('The name is taken'), ...refusals },
});

export const revokeTokenRoute = createRoute({
  method: 'delete',
  path: '/custody/v1/tokens/{name}',
  summary: 'Withdraw an API token',
  tags: ['Access'],
  request: { params: z.object({ name: z.string().max(100) }) },
  responses: { 204: { description: 'Withdrawn' }, 404: problem('No such token'), ...refusals },
});
