/** Custody's own routes about policies: list, read, check, publish, roll back, withdraw, dry run, and the bundle for an OPA. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { gzipSync } from 'node:zlib';
import type { Keyring } from '../access/keyring.ts';
import { RegoError, writeTar } from '../gate/rego/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { dryRun } from '../ledger/dry-run.ts';
import { PolicyStoreError, type PolicyStore } from '../ledger/policy-store.ts';
import { Problem as ProblemSchema } from './contract.ts';
import { requires, type Env } from './guard.ts';
import * as contract from './policy-contract.ts';
import { checkDraft, policySummary, versionView } from './policy-view.ts';
import { notFound, Problem } from './problem.ts';

const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemSchema } },
});
const refusals = { 401: problem('Not signed in'), 403: problem('Not allowed') };
const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});
const params = z.object({ name: contract.PolicyName });
const tags = ['Policies'];
const BASE = '/custody/v1/policies';

const listRoute = createRoute({
  method: 'get',
  path: BASE,
  summary: 'Policies, who wrote them, and what they refused lately',
  tags,
  responses: { 200: json(contract.PolicyList, 'Policies'), ...refusals },
});
const readRoute = createRoute({
  method: 'get',
  path: `${BASE}/{name}`,
  summary: 'One policy: its files and its history',
  tags,
  request: { params, query: z.object({ version: z.coerce.number().int().min(1).optional() }) },
  responses: { 200: json(contract.PolicyDetail, 'The policy'), 404: problem('No such policy or version'), ...refusals },
});
const publishRoute = createRoute({
  method: 'post',
  path: `${BASE}/{name}`,
  summary: 'Bring a policy into force',
  description: 'Compiled with everything else in force, tested, recorded, then in force. Refused as a whole otherwise.',
  tags,
  request: { params, ...body(contract.Publish) },
  responses: {
    201: json(contract.PolicyVersionView, 'In force'),
    409: problem('Somebody published a newer version'),
    422: problem('It does not compile, or its tests fail'),
    ...refusals,
  },
});
const checkRoute = createRoute({
  method: 'post',
  path: `${BASE}/{name}/check`,
  summary: 'Errors, tests and names of a draft, without publishing it',
  tags,
  request: { params, ...body(z.object({ files: contract.PolicyFilesIn })) },
  responses: { 200: json(contract.PolicyCheck, 'What there is to say'), ...refusals },
});
const dryRunRoute = createRoute({
  method: 'post',
  path: `${BASE}/{name}/dry-run`,
  summary: 'Ask the decisions of the past again, of a changed policy',
  tags,
  request: { params, ...body(contract.DryRunAsk) },
  responses: {
    200: json(contract.DryRunView, 'What would flip'),
    404: problem('No such version'),
    422: problem('It does not compile'),
    ...refusals,
  },
});
const rollbackRoute = createRoute({
  method: 'post',
  path: `${BASE}/{name}/rollback`,
  summary: 'Bring an earlier version into force again, as a new one',
  tags,
  request: { params, ...body(contract.Rollback) },
  responses: {
    201: json(contract.PolicyVersionView, 'In force'),
    404: problem('No such version'),
    422: problem('It does not compile with what is in force now'),
    ...refusals,
  },
});
const withdrawRoute = createRoute({
  method: 'post',
  path: `${BASE}/{name}/withdraw`,
  summary: 'Take a policy out of force',
  tags,
  request: { params, ...body(contract.Withdraw) },
  responses: { 201: json(contract.PolicyVersionView, 'Out of force'), 404: problem('Not in force'), ...refusals },
});
const bundleRoute = createRoute({
  method: 'get',
  path: `${BASE}/{name}/bundle`,
  summary: 'The policy as an OPA bundle (.tar.gz), for an OPA elsewhere',
  tags,
  request: { params, query: z.object({ version: z.coerce.number().int().min(1).optional() }) },
  responses: {
    200: { description: 'The bundle', content: { 'application/gzip': { schema: z.string() } } },
    304: { description: 'The same as If-None-Match' },
    404: problem('No such policy or version'),
    ...refusals,
  },
});

export interface PolicyParts {
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  readonly store: PolicyStore;
  readonly now: () => Date;
}

export function mountPolicies(app: OpenAPIHono<Env>, { ledger, keyring, store, now }: PolicyParts): void {
  const table = () => ledger.state.policies;
  app.use(BASE, requires(keyring, 'read'));
  app.use(`${BASE}/*`, requires(keyring, 'read'));
  const mayPublish = requires(keyring, 'publish');
  for (const act of ['rollback', 'withdraw']) app.use(`${BASE}/:name/${act}`, mayPublish);
  app.use(`${BASE}/:name`, (c, next) => (c.req.method === 'POST' ? mayPublish(c, next) : next()));

  const known = (name: string): void => {
    if (table().versions(name).length === 0) throw notFound(`The policy ${name}`);
  };

  app.openapi(listRoute, (c) => {
    const items = table()
      .names()
      .map((name) => policySummary(table(), name, now().getTime()));
    return c.json({ items, decisions: table().decisions }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const { name } = c.req.valid('param');
    known(name);
    const history = table().versions(name);
    const shown = c.req.valid('query').version ?? history.findLast(({ withdrawn }) => !withdrawn)?.version ?? null;
    const files = shown === null ? {} : await refused(() => store.filesOf(name, shown));
    return c.json(
      { ...policySummary(table(), name, now().getTime()), history: history.map(versionView).reverse(), shown, files },
      200,
    );
  });

  app.openapi(publishRoute, async (c) => {
    const { name } = c.req.valid('param');
    const { files, message, author, base, untested } = c.req.valid('json');
    if (!untested) {
      const { tests } = await refused(async () => checkDraft(store, name, files));
      const failed = tests.filter(({ outcome }) => outcome === 'failed' || outcome === 'error');
      if (failed.length > 0)
        throw new Problem({
          status: 422,
          code: 'policy-tests',
          title: `${failed.length} of ${tests.length} tests of the policy do not pass`,
          detail: failed
            .map((test) => test.name)
            .join(', ')
            .slice(0, 1_000),
          remedy: 'Correct the policy or its tests, or publish it untested.',
        });
    }
    const by = c.get('identity').name;
    const version = await refused(() =>
      store.publish({ name, files, message, author: author ?? by, by, base: base ?? null }),
    );
    return c.json(versionView(version), 201);
  });

  app.openapi(checkRoute, (c) => c.json(checkDraft(store, c.req.valid('param').name, c.req.valid('json').files), 200));

  app.openapi(dryRunRoute, async (c) => {
    const { name } = c.req.valid('param');
    const { files, version, since } = c.req.valid('json');
    const answer = await refused(async () => {
      const changed = files ?? (await store.filesOf(name, version ?? table().versions(name).length));
      return dryRun(ledger, store.current, store.candidate(name, changed), Date.parse(since));
    });
    const flips = answer.flips.map((flip) => ({
      ...flip,
      heldThen: [...flip.heldThen],
      holdsNow: [...flip.holdsNow],
      summary: { ...flip.summary },
    }));
    return c.json({ ...answer, flips }, 200);
  });

  app.openapi(rollbackRoute, async (c) => {
    const { name } = c.req.valid('param');
    const { version, message } = c.req.valid('json');
    known(name);
    return c.json(
      versionView(await refused(() => store.rollback(name, version, c.get('identity').name, message))),
      201,
    );
  });

  app.openapi(withdrawRoute, async (c) => {
    const { name } = c.req.valid('param');
    const { message } = c.req.valid('json');
    return c.json(versionView(await refused(() => store.withdraw(name, c.get('identity').name, message))), 201);
  });

  app.openapi(bundleRoute, async (c) => {
    const { name } = c.req.valid('param');
    const active = table().active(name);
    const wanted = c.req.valid('query').version ?? active?.version;
    if (wanted === undefined) throw notFound(`A version of ${name} in force`);
    const version = table()
      .versions(name)
      .find((each) => each.version === wanted);
    const etag = `"${version?.digest ?? ''}"`;
    if (c.req.header('if-none-match') === etag) return c.body(null, 304);
    const files = await refused(() => store.filesOf(name, wanted));
    const entries = Object.entries(files).filter(([file]) => !file.endsWith('_test.rego'));
    const all = new Map(entries.map(([file, text]) => [file, Buffer.from(text)]));
    if (!all.has('.manifest'))
      all.set('.manifest', Buffer.from(JSON.stringify({ revision: `${wanted} ${version?.digest ?? ''}` })));
    return c.body(new Uint8Array(gzipSync(writeTar(all))), 200, {
      'content-type': 'application/gzip',
      'cache-control': 'no-cache',
      etag,
    });
  });
}

/** Errors of policies as problems. */
async function refused<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof RegoError)
      throw new Problem({
        status: 422,
        code: 'policy',
        title: 'The policy does not compile',
        detail: error.format(),
        remedy: error.remedy,
      });
    if (error instanceof PolicyStoreError)
      throw new Problem({
        status: error.code === 'changed-meanwhile' ? 409 : 404,
        code: error.code,
        title: error.message,
        remedy: error.remedy,
      });
    throw error;
  }
}
