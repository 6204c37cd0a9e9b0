/** Ingest gates over HTTP: scan and ingest streams, what came in, quarantine, labels, rules. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { Keyring } from '../access/keyring.ts';
import { GateInputError, GateRulesError } from '../gate/ingest/gate-error.ts';
import { StarterReader } from '../gate/ingest/starter-reader.ts';
import type { GateDoor } from '../ledger/gate-door.ts';
import { GateStoreError, type GateStore } from '../ledger/gate-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import {
  CsvReader,
  delimiterOf,
  JsonReader,
  Scanner,
  TextReader,
  type FormatReader,
  type PlacedFinding,
} from '../producers/scan/index.ts';
import * as contract from './gate-contract.ts';
import {
  batchView,
  dryRunRules,
  ingestView,
  inputFormat,
  issueOf,
  labelView,
  newestFirst,
  reportView,
  rulesIssues,
  rulesSummary,
} from './gate-view.ts';
import { requires, type Env } from './guard.ts';
import { badRequest, notFound, Problem } from './problem.ts';
import { json, number, problem, refusals } from './route-parts.ts';

const tags = ['Gates'];
const BASE = '/custody/v1';
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

const scanRoute = createRoute({
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
const ingestRoute = createRoute({
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
const ingestsRoute = createRoute({
  method: 'get', path: `${BASE}/ingests`, summary: 'What came in through gates, the newest first', tags,
  request: { query: z.object({ ...byDataset, verdict: verdict.optional(), audit: z.string().max(100).optional().openapi({ description: 'Digest of an audit file' }), limit: number('How many', 500, 50), after: z.string().max(100).optional() }) },
  responses: { 200: json(contract.IngestPage, 'Ingests'), ...refusals },
}); // prettier-ignore
const ingestDetailRoute = createRoute({
  method: 'get', path: `${BASE}/ingests/{id}`, summary: 'One ingest with its report', tags, request: { params: id },
  responses: { 200: json(contract.IngestDetail, 'The ingest'), 404: problem('Not known'), ...refusals },
}); // prettier-ignore
const auditRoute = createRoute({
  method: 'get', path: `${BASE}/ingests/{id}/audit`, summary: 'The audit of an ingest over HTTP', tags, request: { params: id },
  responses: { 200: bytes('JSON Lines'), 404: problem('Not known, or it lies where the command wrote it'), ...refusals },
}); // prettier-ignore
const recordRoute = createRoute({
  method: 'post', path: `${BASE}/ingests`, summary: 'Record an ingest that was made elsewhere', tags,
  description: 'The body is one line of JSON (IngestIn) and then, where rows were set aside, the sealed rows.',
  request: { body: { required: true, content: { 'application/vnd.custody.ingest': { schema: contract.IngestIn } } } },
  responses: { 201: json(contract.IngestRecorded, 'Recorded'), 409: problem('Recorded already'), ...refusals },
}); // prettier-ignore
const landedRoute = createRoute({
  method: 'post', path: `${BASE}/ingests/{id}/landed`, summary: 'Say that what was let in is in its place', tags,
  request: { params: id, ...body(contract.Landed) },
  responses: { 200: json(contract.IngestSummary, 'Complete'), 404: problem('Not waiting'), ...refusals },
}); // prettier-ignore
const quarantineRoute = createRoute({
  method: 'get', path: `${BASE}/quarantine`, summary: 'Batches in quarantine, the newest first', tags,
  request: { query: z.object({ state: z.enum(['held', 'released', 'destroyed']).optional() }) },
  responses: { 200: json(contract.BatchList, 'Batches'), ...refusals },
}); // prettier-ignore
const batchRoute = createRoute({
  method: 'get', path: `${BASE}/quarantine/{id}`, summary: 'A batch with masked samples', tags,
  request: { params: id, query: z.object({ limit: number('Sample rows', 200, 20) }) },
  responses: { 200: json(contract.BatchDetail, 'The batch'), 404: problem('Not known'), ...refusals },
}); // prettier-ignore
const releaseRoute = createRoute({
  method: 'post', path: `${BASE}/quarantine/{id}/release`, summary: 'Release a batch: the answer is its rows', tags,
  description: 'Recorded before the first byte is answered. The batch stays until it is destroyed.',
  request: { params: id, ...body(contract.Release) },
  responses: { 200: bytes('The rows, in the format of their input'), 404: problem('Not known'), 410: problem('Destroyed'), 422: problem('The reason holds personal data'), ...refusals },
}); // prettier-ignore
const destroyRoute = createRoute({
  method: 'post', path: `${BASE}/quarantine/{id}/destroy`, summary: 'Destroy a batch: its key, then its rows', tags,
  request: { params: id, ...body(contract.Destroy) },
  responses: { 200: json(contract.BatchView, 'Destroyed'), 404: problem('Not known'), 410: problem('Destroyed before'), 422: problem('The reason holds personal data'), ...refusals },
}); // prettier-ignore
const labelsRoute = createRoute({
  method: 'get', path: `${BASE}/labels`, summary: 'Labels of columns: suggested, accepted, rejected', tags,
  request: { query: z.object({ ...byDataset, state: z.enum(['suggested', 'accepted', 'rejected']).optional() }) },
  responses: { 200: json(contract.LabelList, 'Labels'), ...refusals },
}); // prettier-ignore
const decideLabelRoute = createRoute({
  method: 'post', path: `${BASE}/labels`, summary: 'Accept or reject a label', tags, request: body(contract.LabelDecision),
  responses: { 200: json(contract.LabelView, 'Decided'), 404: problem('Nobody suggested it'), 422: problem('The reason holds personal data'), ...refusals },
}); // prettier-ignore
const checkRoute = createRoute({
  method: 'post', path: `${BASE}/gate/check`, summary: 'Check the text of rules', tags, request: body(contract.RulesCheckAsk),
  responses: { 200: json(contract.RulesCheck, 'What is wrong with it'), ...refusals },
}); // prettier-ignore
const dryRunRoute = createRoute({
  method: 'post', path: `${BASE}/gate/dry-run`, summary: 'Try rules on the beginning of a file', tags, request: body(contract.GateDryRunAsk),
  responses: { 200: json(contract.GateDryRun, 'What they would do'), ...refusals },
}); // prettier-ignore
const starterRoute = createRoute({
  method: 'post', path: `${BASE}/gate/starter`, summary: 'Rules to start from, by what a sample holds', tags, request: body(contract.StarterAsk),
  responses: { 200: json(contract.Starter, 'The text'), 422: problem('The sample cannot be read'), ...refusals },
}); // prettier-ignore
const rulesListRoute = createRoute({
  method: 'get', path: `${BASE}/gate/rules`, summary: 'Published rules', tags, responses: { 200: json(contract.RulesList, 'Rules'), ...refusals },
}); // prettier-ignore
const rulesRoute = createRoute({
  method: 'get', path: `${BASE}/gate/rules/{name}`, summary: 'Published rules with their text and history', tags,
  request: { params: rulesName, query: z.object({ version: z.coerce.number().int().min(1).optional() }) },
  responses: { 200: json(contract.RulesDetail, 'The rules'), 404: problem('Not known'), ...refusals },
}); // prettier-ignore
const publishRoute = createRoute({
  method: 'post', path: `${BASE}/gate/rules/{name}`, summary: 'Bring rules into force', tags, request: { params: rulesName, ...body(contract.RulesPublish) },
  responses: { 201: json(contract.RulesVersionView, 'In force'), 409: problem('Somebody published a newer version'), 422: problem('The rules are wrong'), ...refusals },
}); // prettier-ignore
const withdrawRoute = createRoute({
  method: 'post', path: `${BASE}/gate/rules/{name}/withdraw`, summary: 'Take rules out of force', tags, request: { params: rulesName, ...body(contract.RulesWithdraw) },
  responses: { 201: json(contract.RulesVersionView, 'Out of force'), 404: problem('Not in force'), ...refusals },
}); // prettier-ignore

export interface GateParts {
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  readonly store: GateStore;
  readonly door: GateDoor;
  readonly detector: string;
  readonly now: () => Date;
  /** The body of a request as it comes, unpacked. */
  readonly bodyOf: (c: Context<Env>) => AsyncIterable<Uint8Array>;
}

const HEAD_MAX = 8_000_000;

export function mountGates(
  app: OpenAPIHono<Env>,
  { ledger, keyring, store, door, detector, now, bodyOf }: GateParts,
): void {
  const [read, ingest, decide, publish, release] = (['read', 'ingest', 'decide', 'publish', 'release'] as const).map(
    (right) => requires(keyring, right),
  );
  const byMethod = (get: typeof read, post: typeof read) => (c: Context<Env>, next: () => Promise<void>) =>
    (c.req.method === 'GET' ? get! : post!)(c, next);
  app.use('/api/v1/scan', ingest!);
  app.use('/api/v1/ingest', ingest!);
  app.use(`${BASE}/ingests`, byMethod(read, ingest));
  app.use(`${BASE}/ingests/*`, byMethod(read, ingest));
  app.use(`${BASE}/quarantine`, read!);
  app.use(`${BASE}/quarantine/*`, byMethod(read, release));
  app.use(`${BASE}/labels`, byMethod(read, release));
  for (const act of ['check', 'dry-run', 'starter']) app.use(`${BASE}/gate/${act}`, decide!);
  app.use(`${BASE}/gate/rules`, read!);
  app.use(`${BASE}/gate/rules/*`, byMethod(read, publish));
  const nameOf = (c: Context<Env>): string => c.get('identity').name;

  app.openAPIRegistry.registerPath(scanRoute);
  app.post(scanRoute.path, async (c) => {
    const query = scanRoute.request.query.safeParse(c.req.query());
    if (!query.success) throw badRequest('A parameter is wrong', query.error.issues[0]!.message);
    return c.json(
      await scanned(bodyOf(c), query.data.format ?? formatOf(c.req.header('content-type')), query.data.limit),
      200,
    );
  });

  app.openAPIRegistry.registerPath(ingestRoute);
  app.post(ingestRoute.path, async (c) => {
    const query = ingestRoute.request.query.safeParse(c.req.query());
    if (!query.success)
      throw badRequest(
        'A parameter is wrong',
        `${query.error.issues[0]!.path.join('.')}: ${query.error.issues[0]!.message}`,
      );
    const { rules, format, output, namespace, dataset, source } = query.data;
    const { head, all } = await headOf(bodyOf(c));
    const input = inputFormat(format, head, delimiterOf);
    const answer = await refused(() =>
      door.ingest(all, {
        rules,
        input,
        output: output ?? (input.kind === 'csv' ? 'csv' : 'jsonl'),
        dataset: { namespace, name: dataset ?? rules },
        source: { namespace: 'http', name: source ?? `${nameOf(c)}/${rules}` },
        by: nameOf(c),
      }),
    );
    const headers = {
      'custody-ingest': answer.id,
      'custody-verdict': answer.report.verdict,
      'custody-entry': String(answer.entry),
      ...(answer.batch !== null && { 'custody-batch': answer.batch }),
    };
    if (answer.output === null) {
      const title = answer.report.isWhole ? 'The batch was set aside as a whole' : 'The gate refuses this';
      const problemBody = {
        type: 'https://custody.dev/problems/gate',
        title,
        status: 422,
        remedy: `GET ${BASE}/ingests/${answer.id} has the whole report.`,
        ingest: answer.id,
        entry: answer.entry,
        batch: answer.batch,
        report: answer.report,
      };
      return c.body(JSON.stringify(problemBody), 422, { ...headers, 'content-type': 'application/problem+json' });
    }
    const web = Readable.toWeb(Readable.from(answer.output.stream, { objectMode: false })) as unknown as ReadableStream;
    return c.body(web, 200, {
      ...headers,
      'content-type': 'application/octet-stream',
      'content-length': String(answer.output.bytes),
    });
  });

  app.openapi(ingestsRoute, (c) => {
    const { namespace, name, verdict: wanted, audit, limit, after } = c.req.valid('query');
    const items: z.infer<typeof contract.IngestSummary>[] = [];
    const counts = { accepted: 0, quarantined: 0, rejected: 0 };
    let total = 0;
    let isAfter = after === undefined;
    for (const row of ledger.state.ingests.newest()) {
      const fits =
        (namespace === undefined || row.dataset.namespace === namespace) &&
        (name === undefined || row.dataset.name === name) &&
        (audit === undefined || row.audit === audit);
      if (!fits) continue;
      counts[row.verdict]++;
      if (wanted !== undefined && row.verdict !== wanted) continue;
      total++;
      if (isAfter && items.length < limit) items.push(ingestView(row));
      if (row.id === after) isAfter = true;
    }
    return c.json({ items, total, counts }, 200);
  });

  app.openapi(ingestDetailRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    const row = await refused(async () => store.ingest(wanted));
    const report = await store.reportOf(wanted);
    return c.json({ ...ingestView(row), report: report === null ? null : reportView(report) }, 200);
  });

  app.openapi(auditRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    await refused(async () => store.ingest(wanted));
    const path = door.auditPath(wanted);
    if (!(await stat(path).catch(() => null))) throw notFound(`The audit of ${wanted}, on this server,`);
    return c.body(Readable.toWeb(createReadStream(path)) as unknown as ReadableStream, 200, {
      'content-type': 'application/jsonl',
    });
  });

  app.openAPIRegistry.registerPath(recordRoute);
  app.post(recordRoute.path, async (c) => {
    const { line, rest } = await firstLine(bodyOf(c));
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw badRequest('The first line is not JSON', 'It says what came in; sealed rows follow it.');
    }
    const told = contract.IngestIn.safeParse(value);
    if (!told.success)
      throw badRequest(
        'The ingest is not as it must be',
        `${told.error.issues[0]!.path.join('.')}: ${told.error.issues[0]!.message}`,
        `/${told.error.issues[0]!.path.join('/')}`,
      );
    const { sealKey, ...ingested } = told.data;
    const sealed = sealKey === null ? null : { key: Buffer.from(sealKey, 'base64'), bytes: rest };
    return c.json(await refused(() => store.record(ingested, nameOf(c), sealed)), 201);
  });

  app.openapi(landedRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    await refused(() => store.landed(wanted, nameOf(c), c.req.valid('json').replaced));
    return c.json(ingestView(store.ingest(wanted)), 200);
  });

  app.openapi(quarantineRoute, (c) => {
    const { state } = c.req.valid('query');
    const items = ledger.state.ingests.batches().map(batchView);
    return c.json({ items: items.filter((batch) => state === undefined || batch.state === state) }, 200);
  });

  app.openapi(batchRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    const row = ledger.state.ingests.batch(wanted);
    if (!row) throw notFound(`The batch ${wanted}`);
    const report = await store.reportOf(row.ingest);
    const { rows, head } = row.destroyed
      ? { rows: [], head: null }
      : await door.samples(wanted, c.req.valid('query').limit);
    return c.json(
      {
        ...batchView(row),
        columns: [...(head?.columns ?? report?.columns ?? [])],
        reasons:
          report === null ? [] : row.isWhole ? wholeReasons(report) : report.quarantine.map((one) => ({ ...one })),
        sample: rows.map(({ row: number, reasons, fields }) => ({
          row: number,
          reasons: reasons.map((one) => ({ ...one })),
          fields: fields.map((field) => ({ ...field })),
        })),
      },
      200,
    );
  });

  app.openapi(releaseRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    const { as, reason } = c.req.valid('json');
    const batch = await refused(() => store.release(wanted, as, reason, nameOf(c)));
    const web = Readable.toWeb(
      Readable.from(door.released(wanted, as), { objectMode: false }),
    ) as unknown as ReadableStream;
    return c.body(web, 200, {
      'content-type': 'application/octet-stream',
      'custody-entry': String(batch.released!.entry),
      'cache-control': 'no-store',
    });
  });

  app.openapi(destroyRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    return c.json(batchView(await refused(() => store.destroy(wanted, c.req.valid('json').reason, nameOf(c)))), 200);
  });

  app.openapi(labelsRoute, (c) => {
    const { namespace, name, state } = c.req.valid('query');
    const all =
      namespace !== undefined && name !== undefined
        ? ledger.state.labels.of({ namespace, name })
        : [...ledger.state.labels.all()];
    const counts = { suggested: 0, accepted: 0, rejected: 0 };
    for (const row of all) counts[row.state]++;
    return c.json(
      { items: all.filter((row) => state === undefined || row.state === state).map(labelView), counts },
      200,
    );
  });

  app.openapi(decideLabelRoute, async (c) => {
    const { decision, reason, ...label } = c.req.valid('json');
    return c.json(labelView(await refused(() => store.decideLabel(label, decision, reason, nameOf(c)))), 200);
  });

  app.openapi(checkRoute, (c) => c.json({ issues: rulesIssues(c.req.valid('json').rules) }, 200));

  app.openapi(dryRunRoute, (c) => {
    const { rules, sample, format } = c.req.valid('json');
    const input = inputFormat(format, Buffer.from(sample), delimiterOf);
    return c.json(dryRunRules(rules, sample, input, store.keys, now(), detector), 200);
  });

  app.openapi(starterRoute, async (c) => {
    const { sample, format, name } = c.req.valid('json');
    const input = inputFormat(format, Buffer.from(sample), delimiterOf);
    const rules = await refused(async () => {
      const reader = new StarterReader(input);
      reader.push(Buffer.from(sample));
      return reader.text(name);
    });
    return c.json({ rules }, 200);
  });

  app.openapi(rulesListRoute, (c) =>
    c.json({ items: ledger.state.ingests.rulesNames().map((name) => rulesSummary(ledger.state, name)) }, 200),
  );

  app.openapi(rulesRoute, async (c) => {
    const { name } = c.req.valid('param');
    const history = ledger.state.ingests.rulesVersions(name);
    if (history.length === 0) throw notFound(`The rules ${name}`);
    const shown = c.req.valid('query').version ?? history.findLast(({ withdrawn }) => !withdrawn)?.version ?? null;
    const text = shown === null ? '' : (await refused(() => store.rulesText(name, shown))).text;
    return c.json({ ...rulesSummary(ledger.state, name), history: newestFirst(history), shown, text }, 200);
  });

  app.openapi(publishRoute, async (c) => {
    const { rules, message, base } = c.req.valid('json');
    return c.json(
      await refused(() => store.publishRules(c.req.valid('param').name, rules, message, base ?? null, nameOf(c))),
      201,
    );
  });

  app.openapi(withdrawRoute, async (c) =>
    c.json(
      await refused(() => store.withdrawRules(c.req.valid('param').name, c.req.valid('json').message, nameOf(c))),
      201,
    ),
  );
}

/** Checks of the whole that did not hold: why a batch was set aside as a whole. */
const wholeReasons = (report: {
  readonly checks: readonly {
    check: string;
    column: string | null;
    passed: boolean;
    action: string;
    failed: number | null;
  }[];
  readonly rows: { readonly read: number };
}) =>
  report.checks
    .filter(({ passed, action, failed }) => !passed && action === 'quarantine' && failed === null)
    .map(({ check, column }) => ({ rule: `check: ${check}`, column, type: null, count: report.rows.read }));

const formatOf = (type = ''): 'csv' | 'tsv' | 'jsonl' | 'json' | 'text' =>
  /tab-separated/.test(type)
    ? 'tsv'
    : /csv/.test(type)
      ? 'csv'
      : /jsonl|ndjson/.test(type)
        ? 'jsonl'
        : /json/.test(type)
          ? 'json'
          : 'text';

async function scanned(
  body: AsyncIterable<Uint8Array>,
  format: 'csv' | 'tsv' | 'jsonl' | 'json' | 'text',
  limit: number,
): Promise<z.infer<typeof contract.ScanAnswer>> {
  const findings: PlacedFinding[] = [];
  const counts = new Map<string, { type: string; family: 'personal' | 'secret'; column: string; count: number }>();
  let total = 0;
  const scanner = new Scanner((finding) => {
    total++;
    if (findings.length < limit) findings.push(finding);
    const { type, family, label: column } = finding;
    const key = `${type}\n${column}`;
    const known = counts.get(key);
    if (known) known.count++;
    else if (counts.size < 100_000) counts.set(key, { type, family, column, count: 1 });
  });
  let reader: FormatReader | null = null;
  let size = 0;
  for await (const chunk of body) {
    reader ??=
      format === 'text'
        ? new TextReader(scanner)
        : format === 'csv' || format === 'tsv'
          ? new CsvReader(scanner, { delimiter: format === 'tsv' ? 9 : delimiterOf(chunk) })
          : new JsonReader(scanner);
    reader.push(chunk);
    size += chunk.length;
  }
  reader?.end();
  return {
    rows: scanner.rows,
    bytes: size,
    total,
    counts: [...counts.values()].sort((a, b) => b.count - a.count),
    findings: findings.map((one) => ({ ...one })),
    troubles: scanner.troubles.map((one) => ({ ...one })),
  };
}

/** The first bytes, by which a delimiter is told, and all of them. */
async function headOf(body: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* all(): AsyncGenerator<Uint8Array> {
    if (first.done !== true) yield first.value;
    for (let next = first; next.done !== true;) {
      next = await iterator.next();
      if (next.done !== true) yield next.value;
    }
  }
  return { head: first.done === true ? new Uint8Array(0) : first.value, all: all() };
}

async function firstLine(body: AsyncIterable<Uint8Array>): Promise<{ line: string; rest: AsyncGenerator<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  let end = -1;
  while (end < 0) {
    const { done, value } = await iterator.next();
    if (done === true) {
      end = held.length;
      break;
    }
    held = Buffer.concat([held, value]);
    end = held.indexOf(10);
    if (held.length > HEAD_MAX && end < 0)
      throw badRequest('The first line is too long', `It has at most ${HEAD_MAX / 1e6} MB.`);
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    if (end + 1 < held.length) yield held.subarray(end + 1);
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  }
  return { line: held.subarray(0, end).toString(), rest: rest() };
}

const STORE_STATUS = {
  'no-such-ingest': 404, 'nothing-to-place': 409, 'no-such-batch': 404, 'no-such-label': 404, 'no-such-rules': 404, 'payload-erased': 410, destroyed: 410,
  personal: 422, 'changed-meanwhile': 409, 'known-already': 409,
} as const satisfies Record<GateStoreError['code'], number>; // prettier-ignore

/** Errors of gates as problems. */
async function refused<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof GateStoreError)
      throw new Problem({
        status: STORE_STATUS[error.code],
        code: error.code,
        title: error.message,
        remedy: error.remedy,
      });
    if (error instanceof GateRulesError) {
      const { line, field } = issueOf(error);
      throw new Problem({
        status: 422,
        code: error.code,
        title: 'The rules are not right',
        detail: `${line === null ? '' : `line ${line}: `}${field === '' ? '' : `${field}: `}${error.message}`,
        remedy: error.remedy,
      });
    }
    if (error instanceof GateInputError)
      throw new Problem({
        status: 422,
        code: error.code,
        title: 'The input cannot be read',
        detail: error.message,
        remedy: error.remedy,
      });
    throw error;
  }
}
