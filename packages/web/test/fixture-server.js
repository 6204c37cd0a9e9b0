/**
 * The API over fixtures, with real signatures and proofs, and the built pages under their content security policy.
 *   node test/fixture-server.js [--port 4681] [--scenario full|empty|wide|slow|broken|rekeyed|rewritten|signedout]
 */
import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FixtureLog, base64 } from './fixture-log.js';
import { activity, assetDetail, assetPage, entrySummary, fold, lineage } from './fixture-view.js';
import { creditWorld, wideWorld } from './fixture-world.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4681' },
    scenario: { type: 'string', default: 'full' },
    grow: { type: 'boolean', default: false },
  },
});
const { scenario } = values;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
  json: 'application/json',
};

let signedIn = scenario !== 'signedout';
const events = scenario === 'empty' ? [] : scenario === 'wide' ? wideWorld() : creditWorld();
const log = new FixtureLog('custody.bank.example/log', scenario === 'rekeyed' ? 9 : 7);
for (const event of events)
  log.append(
    JSON.stringify(scenario === 'rewritten' && event === events[3] ? { ...event, by: 'somebody-else' } : event),
  );
const signedAt = new Date().toISOString();
const listeners = new Set();

function entriesKnown(known) {
  if (known === null) return events.length;
  if (/^\d+$/.test(known)) return Math.min(Number(known), events.length);
  return events.filter(({ recorded }) => recorded <= new Date(known).toISOString()).length;
}

const problem = (status, title, detail, remedy) => ({
  status,
  type: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title, status, detail, remedy }),
});
const json = (value) => ({ status: 200, type: 'application/json', body: JSON.stringify(value) });
const text = (body) => ({ status: 200, type: 'text/plain; charset=utf-8', body });

function answer(url) {
  const { pathname: path, searchParams: query } = url;
  const get = (name) => query.get(name) ?? undefined;
  const at = query.get('at') === null ? null : new Date(query.get('at')).toISOString();
  const view = fold(events, { at, entries: entriesKnown(query.get('known')) });
  const checkpoint = events.length === 0 ? null : { size: events.length, root: base64(log.root()) };
  if (path === '/custody/v1/status') {
    const now = fold(events);
    const datasets = [...now.nodes.values()].filter(({ kind }) => kind === 'dataset');
    const times = events.flatMap((event) => event.eventTime ?? []).sort();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    return json({
      version: '0.1.0',
      now: new Date().toISOString(),
      me: { name: 'mara.lindqvist', role: 'officer', via: 'session' },
      log: {
        origin: log.origin,
        key: log.key,
        size: events.length,
        checkpoint: checkpoint && { ...checkpoint, signedAt, text: log.checkpoint() },
      },
      counts: {
        datasets: datasets.length,
        jobs: now.nodes.size - datasets.length,
        runs: now.runs.size,
        failedRuns24h: [...now.runs.values()].filter(({ state, endedAt }) => state === 'FAIL' && endedAt > yesterday)
          .length,
        datasetsWithoutOwner: datasets.filter(({ owners }) => owners.length === 0).length,
        datasetsWithoutSchema: datasets.filter(({ schema }) => !schema).length,
      },
      span: times.length === 0 ? null : { from: times[0], to: times.at(-1) },
      simulatedDates: scenario === 'full' && events.length > 0,
    });
  }
  if (path === '/custody/v1/assets')
    return json(
      assetPage(view, {
        q: get('q'),
        kind: get('kind'),
        namespace: get('namespace'),
        limit: Number(get('limit') ?? 50),
        after: get('after'),
        at,
      }),
    );
  if (path === '/custody/v1/asset') {
    const detail = assetDetail(view, get('id'));
    return detail
      ? json(detail)
      : problem(
          404,
          'No such asset',
          `Nothing in the log names ${get('id')}.`,
          'Look for it under Assets; it may have another namespace.',
        );
  }
  // Nothing is signed, committed or checked in the fixture.
  if (path === '/custody/v1/attestations' || path === '/custody/v1/datasets') return json({ items: [], total: 0 });
  if (path === '/custody/v1/datasets/versions') return json({ dataset: get('dataset'), versions: [], moves: [] });
  if (path === '/custody/v1/checks') return json({ items: [], total: 0, repositories: [] });
  if (path === '/custody/v1/models')
    return json({ items: [], total: 0, asOf: { at, entries: events.length, checkpoint } });
  if (path === '/custody/v1/lineage') {
    const found = lineage(view, {
      asset: get('asset'),
      direction: get('direction'),
      depth: Number(get('depth') ?? 4),
      limit: Number(get('limit') ?? 150),
      at,
      checkpoint,
    });
    return found
      ? json(found)
      : problem(
          404,
          'No such asset',
          at ? `${get('asset')} is not known at that time.` : `Nothing in the log names ${get('asset')}.`,
          'Go to a later time, or choose another asset.',
        );
  }
  if (path === '/custody/v1/entries') {
    const before = Number(get('before') ?? events.length);
    const limit = Number(get('limit') ?? 50);
    const matched = [];
    for (let index = Math.min(before, events.length) - 1; index >= 0; index--) {
      const entry = entrySummary(events, log, index);
      if (get('kind') && entry.kind !== get('kind')) continue;
      if (get('asset') && !entry.assets.some(({ id }) => id === get('asset'))) continue;
      if (
        get('q') &&
        !`${entry.index} ${entry.what} ${entry.by} ${entry.leaf} ${log.texts[index]}`
          .toLowerCase()
          .includes(get('q').toLowerCase())
      )
        continue;
      matched.push(entry);
    }
    return json({
      items: matched.slice(0, limit),
      size: events.length,
      matched: matched.length,
      next: matched.length > limit ? matched[limit - 1].index : null,
    });
  }
  const entry = /^\/custody\/v1\/entries\/(\d+)(\/proof)?$/.exec(path);
  if (entry) {
    const index = Number(entry[1]);
    if (index >= events.length)
      return problem(
        404,
        'No such entry',
        `The log has ${events.length} entries; ${index} is not one of them.`,
        'Choose an entry from the list.',
      );
    if (entry[2]) return text(log.proof(index));
    const { payload } = events[index];
    const present = index % 5 !== 0;
    return json({
      ...entrySummary(events, log, index),
      text: log.texts[index],
      payload: payload
        ? {
            state: present ? 'present' : 'erased',
            commitment: payload.commitment,
            media: payload.media,
            bytes: payload.bytes,
            text: present
              ? JSON.stringify(
                  {
                    eventType: events[index].state,
                    job: events[index].job.name,
                    run: {
                      facets: { sql: 'select * from stg_applications a join stg_bureau b using (application_id)' },
                    },
                  },
                  null,
                  2,
                )
              : null,
          }
        : null,
    });
  }
  if (path === '/custody/v1/activity') return json(activity(events, { unit: get('unit'), by: get('by') }));
  if (path === '/custody/v1/log/consistency') {
    const from = Number(get('from'));
    const to = Number(get('to'));
    return json({ from, to, hashes: log.consistency(from, to).map(base64) });
  }
  if (path === '/log/checkpoint')
    return events.length === 0 ? problem(404, 'No checkpoint yet', 'The log is empty.') : text(log.checkpoint());
  return null;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const send = ({ status, type, body, headers }) =>
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  const api = url.pathname.startsWith('/custody/') || url.pathname.startsWith('/log/');
  if (!api) {
    const file = `${dist}${url.pathname.slice(1)}`;
    const name = /\.\w+$/.test(url.pathname) && existsSync(file) ? file : `${dist}index.html`;
    return send({
      status: 200,
      type: TYPES[name.split('.').at(-1)] ?? 'application/octet-stream',
      body: readFileSync(name),
      headers: { 'content-security-policy': POLICY },
    });
  }
  if (url.pathname === '/custody/v1/session') {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.headers['x-custody-csrf'] !== '1') return send(problem(403, 'Header missing', 'x-custody-csrf'));
    if (request.method === 'DELETE') {
      signedIn = false;
      return response.writeHead(204).end();
    }
    const { code, token } = JSON.parse(body);
    if (code !== 'good-code' && token !== 'good-token')
      return send(
        problem(
          401,
          'Not accepted',
          code ? 'The link was used before, or it is older than ten minutes.' : 'No such token.',
          'Run `custody start` again for a new link.',
        ),
      );
    signedIn = true;
    return response.writeHead(204, { 'set-cookie': 'custody=1; HttpOnly; SameSite=Strict; Path=/' }).end();
  }
  if (!signedIn && url.pathname !== '/log/checkpoint')
    return send(problem(401, 'Not signed in', 'This needs a session or a token.'));
  if (scenario === 'broken')
    return send(
      problem(
        500,
        'The store cannot be read',
        'The disk is full.',
        'Free some space, then start the server again. Nothing in the log is lost.',
      ),
    );
  if (scenario === 'slow') await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (url.pathname === '/custody/v1/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
    return;
  }
  send(answer(url) ?? problem(404, 'No such page of the API', url.pathname));
});

if (values.grow) {
  setInterval(() => {
    const time = new Date().toISOString();
    const event = {
      ...events.at(-1),
      kind: 'token.created',
      token: `t-${events.length}`,
      role: 'auditor',
      recorded: time,
      by: 'admin',
      id: `k:${events.length}`,
    };
    delete event.eventTime;
    delete event.payload;
    events.push(event);
    log.append(JSON.stringify(event));
    for (const listener of listeners)
      listener.write(`event: log\ndata: ${JSON.stringify({ size: events.length, checkpoint: events.length })}\n\n`);
  }, 5000).unref();
}

server.listen(Number(values.port), '127.0.0.1', () =>
  console.log(`${scenario}: http://127.0.0.1:${values.port}/ with ${events.length} entries`),
);
