/** Ingest gates over HTTP: scan and ingest streams, what came in, quarantine, labels, rules. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { Keyring } from '../access/keyring.ts';
import { GateInputError, GateRulesError } from '../gate/ingest/gate-error.ts';
import { StarterReader } from '../gate/ingest/starter-reader.ts';
import type { GateDoor } from '../ledger/gate-door.ts';
import type { IngestRow } from '../fold/ingest-table.ts';
import { GateStoreError, type GateStore } from '../ledger/gate-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { delimiterOf } from '../producers/scan/index.ts';
import { firstLine, formatOf, headOf, scanned } from './gate-body.ts';
import * as contract from './gate-contract.ts';
import * as routes from './gate-endpoints.ts';
import {
  batchView,
  dryRunRules,
  ingestItem,
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
  app.use(`${routes.BASE}/ingests`, byMethod(read, ingest));
  app.use(`${routes.BASE}/ingests/*`, byMethod(read, ingest));
  app.use(`${routes.BASE}/quarantine`, read!);
  app.use(`${routes.BASE}/quarantine/*`, byMethod(read, release));
  app.use(`${routes.BASE}/labels`, byMethod(read, release));
  for (const act of ['check', 'dry-run', 'starter']) app.use(`${routes.BASE}/gate/${act}`, decide!);
  app.use(`${routes.BASE}/gate/rules`, read!);
  app.use(`${routes.BASE}/gate/rules/*`, byMethod(read, publish));
  const nameOf = (c: Context<Env>): string => c.get('identity').name;

  app.openAPIRegistry.registerPath(routes.scanRoute);
  app.post(routes.scanRoute.path, async (c) => {
    const query = routes.scanRoute.request.query.safeParse(c.req.query());
    if (!query.success) throw badRequest('A parameter is wrong', query.error.issues[0]!.message);
    return c.json(
      await scanned(bodyOf(c), query.data.format ?? formatOf(c.req.header('content-type')), query.data.limit),
      200,
    );
  });

  app.openAPIRegistry.registerPath(routes.ingestRoute);
  app.post(routes.ingestRoute.path, async (c) => {
    const query = routes.ingestRoute.request.query.safeParse(c.req.query());
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
        remedy: `GET ${routes.BASE}/ingests/${answer.id} has the whole report.`,
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

  app.openapi(routes.ingestsRoute, async (c) => {
    const { namespace, name, verdict: wanted, audit, limit, after } = c.req.valid('query');
    const shown: IngestRow[] = [];
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
      if (isAfter && shown.length < limit) shown.push(row);
      if (row.id === after) isAfter = true;
    }
    const items = await Promise.all(
      shown.map(async (row) => {
        const event = await ledger.event(row.entry);
        return ingestItem(row, event?.kind === 'gate.ingest' ? event : null);
      }),
    );
    return c.json({ items, total, counts }, 200);
  });

  app.openapi(routes.ingestDetailRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    const row = await refused(async () => store.ingest(wanted));
    const report = await store.reportOf(wanted);
    return c.json({ ...ingestView(row), report: report === null ? null : reportView(report) }, 200);
  });

  app.openapi(routes.auditRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    await refused(async () => store.ingest(wanted));
    const path = door.auditPath(wanted);
    if (!(await stat(path).catch(() => null))) throw notFound(`The audit of ${wanted}, on this server,`);
    return c.body(Readable.toWeb(createReadStream(path)) as unknown as ReadableStream, 200, {
      'content-type': 'application/jsonl',
    });
  });

  app.openAPIRegistry.registerPath(routes.recordRoute);
  app.post(routes.recordRoute.path, async (c) => {
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

  app.openapi(routes.landedRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    await refused(() => store.landed(wanted, nameOf(c), c.req.valid('json').replaced));
    return c.json(ingestView(store.ingest(wanted)), 200);
  });

  app.openapi(routes.quarantineRoute, (c) => {
    const { state } = c.req.valid('query');
    const items = ledger.state.ingests.batches().map(batchView);
    return c.json({ items: items.filter((batch) => state === undefined || batch.state === state) }, 200);
  });

  app.openapi(routes.batchRoute, async (c) => {
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

  app.openapi(routes.releaseRoute, async (c) => {
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

  app.openapi(routes.destroyRoute, async (c) => {
    const { id: wanted } = c.req.valid('param');
    return c.json(batchView(await refused(() => store.destroy(wanted, c.req.valid('json').reason, nameOf(c)))), 200);
  });

  app.openapi(routes.labelsRoute, (c) => {
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

  app.openapi(routes.decideLabelRoute, async (c) => {
    const { decision, reason, ...label } = c.req.valid('json');
    return c.json(labelView(await refused(() => store.decideLabel(label, decision, reason, nameOf(c)))), 200);
  });

  app.openapi(routes.checkRoute, (c) => c.json({ issues: rulesIssues(c.req.valid('json').rules) }, 200));

  app.openapi(routes.dryRunRoute, (c) => {
    const { rules, sample, format } = c.req.valid('json');
    const input = inputFormat(format, Buffer.from(sample), delimiterOf);
    return c.json(dryRunRules(rules, sample, input, store.keys, now(), detector), 200);
  });

  app.openapi(routes.starterRoute, async (c) => {
    const { sample, format, name } = c.req.valid('json');
    const input = inputFormat(format, Buffer.from(sample), delimiterOf);
    const rules = await refused(async () => {
      const reader = new StarterReader(input);
      reader.push(Buffer.from(sample));
      return reader.text(name);
    });
    return c.json({ rules }, 200);
  });

  app.openapi(routes.rulesListRoute, (c) =>
    c.json({ items: ledger.state.ingests.rulesNames().map((name) => rulesSummary(ledger.state, name)) }, 200),
  );

  app.openapi(routes.rulesRoute, async (c) => {
    const { name } = c.req.valid('param');
    const history = ledger.state.ingests.rulesVersions(name);
    if (history.length === 0) throw notFound(`The rules ${name}`);
    const shown = c.req.valid('query').version ?? history.findLast(({ withdrawn }) => !withdrawn)?.version ?? null;
    const text = shown === null ? '' : (await refused(() => store.rulesText(name, shown))).text;
    return c.json({ ...rulesSummary(ledger.state, name), history: newestFirst(history), shown, text }, 200);
  });

  app.openapi(routes.publishRoute, async (c) => {
    const { rules, message, base } = c.req.valid('json');
    return c.json(
      await refused(() => store.publishRules(c.req.valid('param').name, rules, message, base ?? null, nameOf(c))),
      201,
    );
  });

  app.openapi(routes.withdrawRoute, async (c) =>
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
