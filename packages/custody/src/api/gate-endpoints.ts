/** What the API offers about ingest gates: paths, parameters, answers. */
import { createRoute, z } from '@hono/zod-openapi';
import * as contract from './gate-contract.ts';
import { json, number, problem, refusals } from './route-parts.ts';

const tags = ['Gates'];
export const BASE = '/custody/v1';
const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});
const stream = (description: string) => ({
  description,
  required: true,
  content: { 'application/octet-stream': { schema: z.string() } },
});
const bytes = (description: string) => ({
  description,
  content: { 'application/octet-stream': { schema: z.string() } },
});
const byDataset = {
  namespace: z.string().max(4_000).optional(),
  name: z.string().max(4_000).optional().openapi({ description: 'With `namespace`: of one dataset' }),
};
const verdict = z.enum(['accepted', 'quarantined', 'rejected']);
const id = z.object({ id: z.string().max(100) });
const rulesName = z.object({ name: contract.RulesName });

export const scanRoute = createRoute({
  method: 'post', path: '/api/v1/scan', summary: 'Find personal data and secrets in a stream', tags,
  description: 'The body is text, CSV, TSV, JSON or JSON Lines as UTF-8, of any length, read as it comes. The answer says where and of what type; never a value.',
  request: {
    query: z.object({
      format: z.enum(['csv', 'tsv', 'jsonl', 'json', 'text']).optional().openapi({ description: 'Left out: by the content type, else text' }),
      limit: number('Findings listed; all are counted', 100_000, 1_000),
    }),
    body: stream('What is to be looked at'),
  },
  responses: { 200: json(contract.ScanAnswer, 'What was found'), ...refusals },
}); // prettier-ignore
export const ingestRoute = createRoute({
  method: 'post', path: '/api/v1/ingest', summary: 'Let a stream in through the gate', tags,
  description:
    'The body is read to its end before a byte is answered: it lies in the data folder of the server until the verdict is known and recorded. Then 200 with what may be stored (and `custody-verdict`, `custody-ingest`, `custody-entry`, `custody-batch` as headers), or 422 and nothing. Whoever stores the answer stores all of it or nothing: the digest is in the entry.',
  request: {
    query: z.object({
      rules: contract.RulesName.openapi({ description: 'Published rules' }),
      format: z.enum(['csv', 'tsv', 'jsonl', 'json']).default('csv'),
      output: z.enum(['csv', 'jsonl']).optional(),
      namespace: z.string().min(1).max(4_000).default('http'),
      dataset: z.string().min(1).max(4_000).optional().openapi({ description: 'How the catalog calls it; left out: as the rules say, else their name' }),
      source: z.string().min(1).max(4_000).optional(),
    }),
    body: stream('The data'),
  },
  responses: { 200: bytes('What may be stored'), 422: problem('Refused, set aside as a whole, or broken'), 404: problem('No such rules'), ...refusals },
}); // prettier-ignore
export const ingestsRoute = createRoute({
  method: 'get', path: `${BASE}/ingests`, summary: 'What came in through gates, the newest first', tags,
  request: { query: z.object({ ...byDataset, verdict: verdict.optional(), audit: z.string().max(100).optional().openapi({ description: 'Digest of an audit file' }), limit: number('How many', 500, 50), after: z.string().max(100).optional() }) },
  responses: { 200: json(contract.IngestPage, 'Ingests'), ...refusals },
}); // prettier-ignore
export const ingestDetailRoute = createRoute({
  method: 'get', path: `${BASE}/ingests/{id}`, summary: 'One ingest with its report', tags, request: { params: id },
  responses: { 200: json(contract.IngestDetail, 'The ingest'), 404: problem('Not known'), ...refusals },
}); // prettier-ignore
export const auditRoute = createRoute({
  method: 'get', path: `${BASE}/ingests/{id}/audit`, summary: 'The audit of an ingest over HTTP', tags, request: { params: id },
  responses: { 200: bytes('JSON Lines'), 404: problem('Not known, or it lies where the command wrote it'), ...refusals },
}); // prettier-ignore
export const recordRoute = createRoute({
  method: 'post', path: `${BASE}/ingests`, summary: 'Record an ingest that was made elsewhere', tags,
  description: 'The body is one line of JSON (IngestIn) and then, where rows were set aside, the sealed rows.',
  request: { body: { required: true, content: { 'application/vnd.custody.ingest': { schema: contract.IngestIn } } } },
  responses: { 201: json(contract.IngestRecorded, 'Recorded'), 409: problem('Recorded already'), ...refusals },
}); // prettier-ignore
export const landedRoute = createRoute({
  method: 'post', path: `${BASE}/ingests/{id}/landed`, summary: 'Say that what was let in is in its place', tags,
  request: { params: id, ...body(contract.Landed) },
  responses: { 200: json(contract.IngestSummary, 'Complete'), 404: problem('Not waiting'), ...refusals },
}); // prettier-ignore
export const quarantineRoute = createRoute({
  method: 'get', path: `${BASE}/quarantine`, summary: 'Batches in quarantine, the newest first', tags,
  request: { query: z.object({ state: z.enum(['held', 'released', 'destroyed']).optional() }) },
  responses: { 200: json(contract.BatchList, 'Batches'), ...refusals },
}); // prettier-ignore
export const batchRoute = createRoute({
  method: 'get', path: `${BASE}/quarantine/{id}`, summary: 'A batch with masked samples', tags,
  request: { params: id, query: z.object({ limit: number('Sample rows', 200, 20) }) },
  responses: { 200: json(contract.BatchDetail, 'The batch'), 404: problem('Not known'), ...refusals },
}); // prettier-ignore
export const releaseRoute = createRoute({
  method: 'post', path: `${BASE}/quarantine/{id}/release`, summary: 'Release a batch: the answer is its rows', tags,
  description: 'Recorded before the first byte is answered. The batch stays until it is destroyed.',
  request: { params: id, ...body(contract.Release) },
  responses: { 200: bytes('The rows, in the format of their input'), 404: problem('Not known'), 410: problem('Destroyed'), 422: problem('The reason holds personal data'), ...refusals },
}); // prettier-ignore
export const destroyRoute = createRoute({
  method: 'post', path: `${BASE}/quarantine/{id}/destroy`, summary: 'Destroy a batch: its key, then its rows', tags,
  request: { params: id, ...body(contract.Destroy) },
  responses: { 200: json(contract.BatchView, 'Destroyed'), 404: problem('Not known'), 410: problem('Destroyed before'), 422: problem('The reason holds personal data'), ...refusals },
}); // prettier-ignore
export const labelsRoute = createRoute({
  method: 'get', path: `${BASE}/labels`, summary: 'Labels of columns: suggested, accepted, rejected', tags,
  request: { query: z.object({ ...byDataset, state: z.enum(['suggested', 'accepted', 'rejected']).optional() }) },
  responses: { 200: json(contract.LabelList, 'Labels'), ...refusals },
}); // prettier-ignore
export const decideLabelRoute = createRoute({
  method: 'post', path: `${BASE}/labels`, summary: 'Accept or reject a label', tags, request: body(contract.LabelDecision),
  responses: { 200: json(contract.LabelView, 'Decided'), 404: problem('Nobody suggested it'), 422: problem('The reason holds personal data'), ...refusals },
}); // prettier-ignore
export const checkRoute = createRoute({
  method: 'post', path: `${BASE}/gate/check`, summary: 'Check the text of rules', tags, request: body(contract.RulesCheckAsk),
  responses: { 200: json(contract.RulesCheck, 'What is wrong with it'), ...refusals },
}); // prettier-ignore
export const dryRunRoute = createRoute({
  method: 'post', path: `${BASE}/gate/dry-run`, summary: 'Try rules on the beginning of a file', tags, request: body(contract.GateDryRunAsk),
  responses: { 200: json(contract.GateDryRun, 'What they would do'), ...refusals },
}); // prettier-ignore
export const starterRoute = createRoute({
  method: 'post', path: `${BASE}/gate/starter`, summary: 'Rules to start from, by what a sample holds', tags, request: body(contract.StarterAsk),
  responses: { 200: json(contract.Starter, 'The text'), 422: problem('The sample cannot be read'), ...refusals },
}); // prettier-ignore
export const rulesListRoute = createRoute({
  method: 'get', path: `${BASE}/gate/rules`, summary: 'Published rules', tags, responses: { 200: json(contract.RulesList, 'Rules'), ...refusals },
}); // prettier-ignore
export const rulesRoute = createRoute({
  method: 'get', path: `${BASE}/gate/rules/{name}`, summary: 'Published rules with their text and history', tags,
  request: { params: rulesName, query: z.object({ version: z.coerce.number().int().min(1).optional() }) },
  responses: { 200: json(contract.RulesDetail, 'The rules'), 404: problem('Not known'), ...refusals },
}); // prettier-ignore
export const publishRoute = createRoute({
  method: 'post', path: `${BASE}/gate/rules/{name}`, summary: 'Bring rules into force', tags, request: { params: rulesName, ...body(contract.RulesPublish) },
  responses: { 201: json(contract.RulesVersionView, 'In force'), 409: problem('Somebody published a newer version'), 422: problem('The rules are wrong'), ...refusals },
}); // prettier-ignore
export const withdrawRoute = createRoute({
  method: 'post', path: `${BASE}/gate/rules/{name}/withdraw`, summary: 'Take rules out of force', tags, request: { params: rulesName, ...body(contract.RulesWithdraw) },
  responses: { 201: json(contract.RulesVersionView, 'Out of force'), 404: problem('Not in force'), ...refusals },
}); // prettier-ignore
