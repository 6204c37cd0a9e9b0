/** The API: routes bound to the ledger. No I/O of its own but the request's; app.ts gives it what it needs. */
import type { IncomingMessage } from 'node:http';
import { OpenAPIHono } from '@hono/zod-openapi';
import { setCookie, getCookie, deleteCookie } from 'hono/cookie';
import { streamSSE } from 'hono/streaming';
import type { Keyring } from '../access/keyring.ts';
import { NOW, type AsOf } from '../fold/as-of.ts';
import type { AttestationStore } from '../ledger/attestation-store.ts';
import type { DatasetStore } from '../ledger/dataset-store.ts';
import type { Decider } from '../ledger/decider.ts';
import type { DecisionLog } from '../ledger/decision-log.ts';
import type { GateDoor } from '../ledger/gate-door.ts';
import type { GateStore } from '../ledger/gate-store.ts';
import type { Intake, Taken } from '../ledger/intake.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { PolicyStore } from '../ledger/policy-store.ts';
import { SchemaReader } from '../ledger/schema-reader.ts';
import { LogError } from '../log/log-error.ts';
import { parseTilePath, TILE_WIDTH } from '../log/tile-path.ts';
import { OpenLineageError } from '../producers/openlineage/index.ts';
import { assetDetail, assetPage, runsOf } from './asset-view.ts';
import { mountAttestations } from './attestation-routes.ts';
import { mountChecks } from './check-routes.ts';
import { mountDatasets } from './dataset-routes.ts';
import { readBody, streamBody } from './body.ts';
import { answerExport } from './export.ts';
import { knownHost, refuseForgery, requires, securityHeaders, SESSION_COOKIE, type Env } from './guard.ts';
import { mountGates } from './gate-routes.ts';
import { answerLineage } from './lineage-questions.ts';
import { activityView, entryDetail, entryPage, proofFile } from './log-view.ts';
import { answerModels } from './model-routes.ts';
import { marquezApi } from './marquez/routes.ts';
import { Metrics } from './metrics.ts';
import { openApiPage } from './openapi-page.ts';
import { mountOpa } from './opa-routes.ts';
import type { Pages } from './pages.ts';
import { mountPolicies } from './policy-routes.ts';
import { badRequest, notFound, Problem, sendProblem } from './problem.ts';
import * as routes from './routes.ts';
import { statusView } from './status-view.ts';

export interface ServerParts {
  readonly ledger: Ledger;
  readonly intake: Intake;
  readonly keyring: Keyring;
  readonly policies: PolicyStore;
  readonly attestations: AttestationStore;
  readonly datasets: DatasetStore;
  readonly decider: Decider;
  readonly decisions: DecisionLog;
  readonly gates: GateStore;
  readonly door: GateDoor;
  readonly pages: Pages;
  readonly version: string;
  /** Host names this server answers for; null for any. */
  readonly hosts: readonly string[] | null;
  /** Whether the C2SP log paths and /metrics may be read without a token, as on loopback. */
  readonly publicLog: boolean;
  readonly maxBodyBytes: number;
  readonly now: () => Date;
  /** Told of errors that are ours. */
  readonly onError: (error: unknown) => void;
}

/** Bindings of @hono/node-server: the raw request lets bodies be read without a detour over web streams. */
interface NodeEnv extends Env {
  Bindings: { readonly incoming?: IncomingMessage };
}

export function createServer(parts: ServerParts): OpenAPIHono<NodeEnv> {
  const { ledger, intake, keyring, pages, now } = parts;
  const { log } = ledger;
  const schemas = new SchemaReader(ledger);
  const metrics = new Metrics();
  const app = new OpenAPIHono<NodeEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      const pointer = issue ? `/${issue.path.join('/')}` : '';
      throw badRequest(
        'A parameter is wrong',
        `${pointer.slice(1) || 'The request'}: ${issue?.message ?? 'not valid'}`,
        pointer,
      );
    },
  });

  app.onError((error, c) => {
    if (!(error instanceof Problem || error instanceof OpenLineageError || error instanceof LogError))
      parts.onError(error);
    return sendProblem(c, error);
  });
  app.use(securityHeaders);
  app.use(async (c, next) => {
    await next();
    // The pattern, not the path: a label for each path would have no end.
    const route = c.req.routePath ?? '*';
    metrics.request(c.req.method, route.includes('*') ? '*' : route, c.res.status);
  });
  app.use(knownHost(parts.hosts));

  const read = requires(keyring, 'read');
  const ingest = requires(keyring, 'ingest');
  const manage = requires(keyring, 'manage-tokens');
  const questions = [
    'models',
    'model',
    'lineage',
    'column-lineage',
    'blast',
    'path',
    'difference',
    'causes',
    'gaps',
    'gaps/*',
    'export',
  ];
  for (const path of [
    'status',
    'assets',
    'asset',
    'entries',
    'entries/*',
    'log/*',
    'activity',
    'events',
    ...questions,
  ]) {
    app.use(`/custody/v1/${path}`, read);
  }
  // `/*` matches the path without it as well.
  app.use('/custody/v1/tokens/*', manage);
  app.use('/custody/v1/signin-links', manage);
  // Marquez's read API has a GET under the same name.
  app.on('POST', ['/api/v1/lineage', '/api/v1/lineage/*'], ingest);
  if (!parts.publicLog) {
    app.use('/log/*', read);
    app.use('/metrics', read);
  }

  // --- OpenLineage in. Registered as documents only: their bodies are bytes to us, validated by the producer itself.
  app.openAPIRegistry.registerPath(routes.takeEventRoute);
  app.openAPIRegistry.registerPath(routes.takeBatchRoute);

  const bytesOf = (c: { env: NodeEnv['Bindings'] | undefined; req: { raw: Request } }) => {
    const incoming = c.env?.incoming;
    return incoming
      ? readBody(incoming, parts.maxBodyBytes)
      : c.req.raw.arrayBuffer().then((bytes) => Buffer.from(bytes));
  };
  const body = (
    c: { env: NodeEnv['Bindings'] | undefined; req: { raw: Request; header(name: string): string | undefined } },
    accepted: RegExp,
  ) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (!accepted.test(type)) {
      throw new Problem({
        status: 415,
        code: 'not-json',
        title: `The content type ${type.slice(0, 80) || '(none)'} is not taken here`,
        remedy: 'Send `Content-Type: application/json`.',
      });
    }
    return bytesOf(c);
  };

  app.post(routes.takeEventRoute.path, async (c) => {
    const bytes = await body(c, /^application\/(?:[\w.+-]+\+)?json$/);
    try {
      const taken = await intake.takeOne(bytes, c.get('identity').name);
      metrics.event(taken.duplicate ? 'duplicate' : 'taken', taken.redacted);
      return c.json(taken, taken.duplicate ? 200 : 201);
    } catch (error) {
      metrics.event('refused');
      throw error;
    }
  });

  app.post(routes.takeBatchRoute.path, async (c) => {
    const bytes = await body(c, /^application\/(?:(?:[\w.+-]+\+)?json|(?:x-)?ndjson|jsonl)$/);
    const results = await intake.takeMany(bytes, c.get('identity').name);
    for (const result of results) {
      if (result instanceof OpenLineageError) metrics.event('refused');
      else metrics.event(result.duplicate ? 'duplicate' : 'taken', result.redacted);
    }
    const answer = batchAnswer(results);
    return c.json(answer, answer.status === 'failure' ? 422 : 200);
  });

  // What needs nothing of the Node bindings.
  const gated = app as unknown as OpenAPIHono<Env>;

  // --- Ingest gates, before Marquez's API, which answers for the rest of /api/v1
  mountGates(gated, {
    ledger,
    keyring,
    store: parts.gates,
    door: parts.door,
    detector: `custody/${parts.version}`,
    now,
    bodyOf: (c) => {
      const { incoming } = (c.env as NodeEnv['Bindings'] | undefined) ?? {};
      return incoming ? streamBody(incoming) : chunksOf(c.req.raw.body);
    },
  });

  app.route('/', marquezApi({ ledger, schemas, now, read, onError: parts.onError }));

  // --- What Custody knows
  app.openapi(routes.statusRoute, (c) => c.json(statusView(ledger, c.get('identity'), parts.version, now()), 200));

  app.openapi(routes.assetsRoute, async (c) => {
    const { q, kind, namespace, limit, after, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const query = { q, kind: kind ?? null, namespace: namespace ?? null, limit, after: after ?? null };
    return c.json(assetPage(ledger.state, query, time), 200);
  });

  app.openapi(routes.assetRoute, async (c) => {
    const { id, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    return c.json(await assetDetail(ledger.state, schemas, findAsset(id, time), time), 200);
  });

  answerLineage(app, { ledger, findAsset, asOf });

  answerModels(app, { ledger, findAsset, asOf });

  answerExport(app, { ledger, schemas, findAsset, asOf });

  app.openapi(routes.activityRoute, (c) => {
    const { unit, by, asset } = c.req.valid('query');
    if (asset === undefined) return c.json(activityView(ledger.state.activity.hours(by), unit, by), 200);
    const { runs } = ledger.state;
    const touched = [...runsOf(ledger.state, findAsset(asset, NOW), NOW)].map((row) => ({
      from: runs.lastValid(row),
      events: 1,
      lastEntry: runs.view(row).lastEntry,
    }));
    return c.json(activityView(touched.reverse(), unit, 'happened'), 200);
  });

  // --- The log
  app.openapi(routes.entriesRoute, async (c) => {
    const { q, kind, asset, before, limit } = c.req.valid('query');
    const query = { q, kind: kind ?? null, asset: asset ?? null, before: before ?? Infinity, limit };
    return c.json(await entryPage(ledger, query), 200);
  });

  app.openapi(routes.entryRoute, async (c) => {
    const { index } = c.req.valid('param');
    const detail = await entryDetail(ledger, index);
    if (!detail) throw notFound(`Entry ${index}`);
    return c.json(detail, 200);
  });

  app.openapi(routes.proofRoute, async (c) => {
    const { index } = c.req.valid('param');
    if (index >= log.size()) throw notFound(`Entry ${index}`);
    const proof = await proofFile(ledger, index, c.req.valid('query').payload === 'true');
    return c.text(proof, 200, { 'content-disposition': `inline; filename="entry-${index}.tlog-proof"` });
  });

  app.openapi(routes.consistencyRoute, async (c) => {
    const { from, to } = c.req.valid('query');
    const hashes = await log.consistencyProof(from, to);
    return c.json({ from, to, hashes: hashes.map((hash) => Buffer.from(hash).toString('base64')) }, 200);
  });

  // The page about the log is called that by whoever types its address.
  app.get('/log', (c) => c.redirect('/entries'));

  app.get('/log/checkpoint', async (c) => {
    const checkpoint = log.checkpoint() ?? (log.size() > 0 ? await log.checkpointOver(1) : null);
    if (!checkpoint) throw notFound('A checkpoint of an empty log');
    return c.body(checkpoint.text, 200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' });
  });

  app.get('/log/tile/*', async (c) => {
    const name = parseTilePath(c.req.path.slice('/log/'.length));
    if (!name) throw notFound(`The tile ${c.req.path.slice(0, 200)}`);
    // Only what a checkpoint covers is published: a client must never see what could still be lost.
    const size = log.checkpoint()?.size ?? 0;
    const level = name.level === 'entries' ? 0 : name.level;
    const hashes = Math.floor(size / TILE_WIDTH ** level);
    const tile = name.index * TILE_WIDTH + name.width <= hashes ? await log.tile(name) : null;
    if (!tile) throw notFound(`The tile ${c.req.path.slice(0, 200)}`);
    return c.body(new Uint8Array(tile), 200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  app.openapi(routes.eventsRoute, (c) =>
    streamSSE(c, async (stream) => {
      let wake = () => {};
      const stops = [log.onAppend(() => wake()), log.onCheckpoint(() => wake())];
      const stopped = new Promise<void>((resolve) => stream.onAbort(resolve));
      stream.onAbort(() => {
        for (const stop of stops) stop();
        wake();
      });
      let id = 0;
      while (!stream.aborted) {
        const news = new Promise<void>((resolve) => (wake = resolve));
        await stream.writeSSE({
          id: String(id++),
          event: 'log',
          data: JSON.stringify({ size: log.size(), checkpoint: log.checkpoint()?.size ?? 0 }),
        });
        // Proxies cut silent connections; a page wants news in bursts, not one by one.
        await Promise.race([news, stream.sleep(20_000), stopped]);
        await Promise.race([stream.sleep(250), stopped]);
      }
    }),
  );

  // --- Access
  app.openapi(routes.signInRoute, async (c) => {
    refuseForgery((name) => c.req.header(name));
    const given = c.req.valid('json');
    const identity = 'code' in given ? keyring.redeemLink(given.code) : keyring.identifyToken(given.token);
    if (!identity) {
      throw new Problem({
        status: 401,
        code: 'not-signed-in',
        title: 'code' in given ? 'This sign-in link was used already or is too old' : 'This token is not valid',
        remedy: 'Print a new link with `custody signin`.',
      });
    }
    const { secret, maxAgeSeconds } = await keyring.createSession(identity.name, identity.role);
    const secure = new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https';
    setCookie(c, SESSION_COOKIE, secret, {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: maxAgeSeconds,
      secure,
    });
    return c.body(null, 204);
  });

  app.openapi(routes.signOutRoute, async (c) => {
    refuseForgery((name) => c.req.header(name));
    const secret = getCookie(c, SESSION_COOKIE);
    if (secret) await keyring.endSession(secret);
    deleteCookie(c, SESSION_COOKIE, { path: '/' });
    return c.body(null, 204);
  });

  app.openapi(routes.signInLinkRoute, (c) => {
    const { name, role } = c.get('identity');
    return c.json({ path: `/signin#code=${keyring.createLink(name, role)}` }, 201);
  });

  app.openapi(routes.tokensRoute, (c) => c.json({ items: [...keyring.tokens] }, 200));

  app.openapi(routes.createTokenRoute, async (c) => {
    const { name, role } = c.req.valid('json');
    if (keyring.hasToken(name)) {
      throw new Problem({
        status: 409,
        code: 'name-taken',
        title: `There is a token named ${name} already`,
        remedy: 'Choose another name, or withdraw that token first.',
      });
    }
    const secret = await keyring.createToken(name, role);
    const by = c.get('identity').name;
    const created = now().toISOString();
    await ledger.record({ kind: 'token.created', id: `token:${name}:created:${created}`, by, token: name, role });
    return c.json({ name, role, created, lastUsed: null, secret }, 201);
  });

  app.openapi(routes.revokeTokenRoute, async (c) => {
    const { name } = c.req.valid('param');
    if (!keyring.hasToken(name)) throw notFound(`Token ${name}`);
    await keyring.revokeToken(name);
    const by = c.get('identity').name;
    await ledger.record({ kind: 'token.revoked', id: `token:${name}:revoked:${now().toISOString()}`, by, token: name });
    return c.body(null, 204);
  });

  // --- Policies: they need nothing of the Node bindings.
  mountAttestations(gated, {
    ledger,
    keyring,
    attestations: parts.attestations,
    readBytes: (c) => bytesOf(c),
  });
  mountChecks(gated, { ledger, keyring, now });
  mountDatasets(gated, { ledger, keyring, datasets: parts.datasets });
  mountPolicies(gated, { ledger, keyring, store: parts.policies, now });
  mountOpa(gated, {
    keyring,
    store: parts.policies,
    decider: parts.decider,
    decisions: parts.decisions,
    version: parts.version,
    readBytes: (c) => bytesOf(c),
  });

  // --- The rest
  app.get('/healthz', (c) => c.json({ status: 'ok', entries: log.size() }));
  app.get('/metrics', (c) =>
    c.text(metrics.text(ledger), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
  const document = () =>
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Custody',
        version: parts.version,
        description: 'The chain of custody of the data that feeds AI. OpenLineage in, evidence out.',
      },
    });
  app.get('/openapi.json', (c) => c.json(document()));
  app.get('/docs', (c) => c.html(openApiPage(document())));
  for (const prefix of ['/api', '/custody', '/log', '/v0', '/v1']) {
    app.all(`${prefix}/*`, (c) => {
      throw notFound(`${c.req.method} ${c.req.path.slice(0, 200)}`);
    });
  }
  app.get('*', (c) => pages.serve(c));

  function findAsset(id: string, time: AsOf): number {
    const rows = ledger.state.assets.findId(id).filter((row) => ledger.state.assets.exists(row, time));
    if (rows.length === 0) throw notFound(`The asset ${id.slice(0, 300)}${time === NOW ? '' : ', as of that time,'}`);
    return rows[0]!;
  }

  async function asOf(at: string | undefined, known: string | undefined): Promise<AsOf> {
    if (at === undefined && known === undefined) return NOW;
    const entries =
      known === undefined
        ? Infinity
        : /^\d+$/.test(known)
          ? Number(known)
          : await ledger.entriesKnownAt(Date.parse(known));
    return { at: at === undefined ? Infinity : Date.parse(at), entries };
  }

  return app;
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done || !value) return;
    yield value;
  }
}

function batchAnswer(results: readonly (Taken | OpenLineageError)[]) {
  const failed = results.flatMap((result, index) =>
    result instanceof OpenLineageError
      ? [{ index, reason: `${result.message} ${result.remedy}`, pointer: result.pointer, retriable: false }]
      : [],
  );
  const taken = results.filter((result): result is Taken => !(result instanceof OpenLineageError));
  const status: 'success' | 'partial_success' | 'failure' =
    failed.length === 0 ? 'success' : taken.length === 0 ? 'failure' : 'partial_success';
  return {
    status,
    summary: {
      received: results.length,
      successful: taken.length,
      failed: failed.length,
      duplicates: taken.filter(({ duplicate }) => duplicate).length,
    },
    failed_events: failed,
    entries: results.map((result) => (result instanceof OpenLineageError ? null : result.entry)),
  };
}
