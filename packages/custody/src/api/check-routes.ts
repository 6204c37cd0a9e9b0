/** Routes about checks of repositories: record one, list them, read one with its findings and what was mended since. */
import { createHash } from 'node:crypto';
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Keyring } from '../access/keyring.ts';
import { canonicalJson } from '../event/canonical-json.ts';
import type { CheckSeverity } from '../event/check-event.ts';
import type { CheckRun } from '../fold/check-runs.ts';
import { identityOf } from '../gate/check/baseline.ts';
import { refuses } from '../gate/check/fate.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { bindPayload } from '../ledger/payload.ts';
import * as contract from './check-contract.ts';
import { requires, type Env } from './guard.ts';
import { notFound } from './problem.ts';
import { json, problem, refusals } from './route-parts.ts';

const tags = ['Checks'];
const BASE = '/custody/v1/checks';
type Finding = z.infer<typeof contract.CheckFindingView>;

interface Content {
  readonly findings: Finding[];
  /** Not in runs recorded by earlier programs. */
  readonly whys?: Record<string, string>;
  readonly reach?: z.infer<typeof contract.CheckReachView>[];
}

const listRoute = createRoute({
  method: 'get',
  path: BASE,
  summary: 'Checks of repositories, the newest first',
  tags,
  request: {
    query: z.object({
      repository: z.string().max(500).optional(),
      branch: z.string().max(500).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
  },
  responses: { 200: json(contract.CheckRunList, 'Checks'), ...refusals },
});
const readRoute = createRoute({
  method: 'get',
  path: `${BASE}/{entry}`,
  summary: 'One check with its findings, and what was mended since the one before',
  tags,
  request: { params: z.object({ entry: z.coerce.number().int().min(0) }) },
  responses: { 200: json(contract.CheckRunDetail, 'The check'), 404: problem('No such check'), ...refusals },
});
const recordRoute = createRoute({
  method: 'post',
  path: BASE,
  summary: 'Record what `custody check` found',
  tags,
  request: { body: { required: true, content: { 'application/json': { schema: contract.RecordCheck } } } },
  responses: { 201: json(contract.CheckRunView, 'Recorded'), ...refusals },
});

export function mountChecks(
  app: OpenAPIHono<Env>,
  { ledger, keyring, now }: { readonly ledger: Ledger; readonly keyring: Keyring; readonly now: () => Date },
): void {
  const read = requires(keyring, 'read');
  const ingest = requires(keyring, 'ingest');
  app.use(BASE, (c, next) => (c.req.method === 'POST' ? ingest(c, next) : read(c, next)));
  app.use(`${BASE}/*`, read);

  const contentOf = async (run: CheckRun): Promise<Content | null> => {
    const stored = await ledger.log.payload(run.entry);
    return stored.state === 'present' ? (JSON.parse(stored.bytes.toString()) as Content) : null;
  };

  app.openapi(listRoute, (c) => {
    const { repository, branch, limit } = c.req.valid('query');
    const found = ledger.state.checks.find({
      ...(repository !== undefined && { repository }),
      ...(branch !== undefined && { branch }),
    });
    const repositories = new Map<string, Set<string>>();
    for (const run of ledger.state.checks.find({}))
      repositories.set(run.repository, (repositories.get(run.repository) ?? new Set()).add(run.branch));
    return c.json(
      {
        items: found.slice(0, limit).map((run) => ({ ...run, refusing: { ...run.refusing } })),
        total: found.length,
        repositories: [...repositories].map(([name, branches]) => ({
          repository: name,
          branches: [...branches].sort(),
        })),
      },
      200,
    );
  });

  app.openapi(readRoute, async (c) => {
    const run = ledger.state.checks.at(c.req.valid('param').entry);
    if (run === null)
      throw notFound(`A check at entry ${c.req.valid('param').entry}`, 'The Checks page lists those in the log.');
    const [previous] = ledger.state.checks.find(run).filter(({ entry }) => entry < run.entry);
    const content = await contentOf(run);
    const findings = content?.findings ?? null;
    const earlier = previous === undefined ? null : await contentOf(previous);
    const before = earlier?.findings ?? null;
    const now_ = new Set((findings ?? []).map(identityOf));
    const mended = (before ?? []).filter((finding) => refuses(finding) && !now_.has(identityOf(finding)));
    return c.json(
      {
        ...run,
        refusing: { ...run.refusing },
        findings,
        whys: { ...earlier?.whys, ...content?.whys },
        reach: content?.reach ?? [],
        mended: findings === null ? [] : mended,
        previous: previous?.entry ?? null,
      },
      200,
    );
  });

  app.openapi(recordRoute, async (c) => {
    const { findings, whys, reach, ...about } = c.req.valid('json');
    const refusing: Record<CheckSeverity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
    for (const finding of findings) if (refuses(finding)) refusing[finding.severity]++;
    const waived = findings.filter(({ fate }) => fate.kind === 'waived').length;
    const count = Object.values(refusing).reduce((sum, n) => sum + n, 0);
    const bytes = Buffer.from(canonicalJson({ findings, whys, reach }));
    const id = createHash('sha256')
      .update(canonicalJson(about))
      .update(bytes)
      .update(now().toISOString())
      .digest('hex');
    const { index } = await ledger.record(
      {
        kind: 'check.finished',
        id: `check:${id}`,
        by: c.get('identity').name,
        ...about,
        verdict: count > 0 ? 'refused' : 'passed',
        refusing,
        waived,
        others: findings.length - count - waived,
      },
      bindPayload(bytes, 'application/json'),
    );
    const run = ledger.state.checks.at(index)!;
    return c.json({ ...run, refusing: { ...run.refusing } }, 201);
  });
}
