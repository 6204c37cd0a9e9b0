/** Routes about versions of datasets: commit one, list them, read one with its manifest, move an alias. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Keyring } from '../access/keyring.ts';
import { DatasetError, type DatasetErrorCode } from '../dataset/dataset-error.ts';
import { diffManifests } from '../dataset/manifest-diff.ts';
import { TABLE_DIGEST, type Manifest } from '../dataset/manifest.ts';
import type { AssetName } from '../event/event.ts';
import type { DatasetVersion } from '../fold/dataset-versions.ts';
import type { DatasetStore } from '../ledger/dataset-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import * as contract from './dataset-contract.ts';
import { requires, type Env } from './guard.ts';
import { badRequest, Problem } from './problem.ts';
import { json, problem, refusals } from './route-parts.ts';

const tags = ['Dataset versions'];
const BASE = '/custody/v1/datasets';
const dataset = z.string().max(5_000).openapi({ description: 'Id of the dataset' });

const listRoute = createRoute({
  method: 'get',
  path: BASE,
  summary: 'Datasets that have versions, with the newest of each',
  tags,
  responses: { 200: json(contract.VersionedDatasets, 'Datasets'), ...refusals },
});
const historyRoute = createRoute({
  method: 'get',
  path: `${BASE}/versions`,
  summary: 'Versions of a dataset, and how its aliases moved',
  tags,
  request: { query: z.object({ dataset }) },
  responses: { 200: json(contract.DatasetHistory, 'Versions'), ...refusals },
});
const versionRoute = createRoute({
  method: 'get',
  path: `${BASE}/version`,
  summary: 'One version with its manifest',
  tags,
  request: { query: z.object({ dataset, version: z.coerce.number().int().min(1) }) },
  responses: {
    200: json(contract.DatasetVersionDetail, 'The version'),
    404: problem('No such version'),
    ...refusals,
  },
});
const diffRoute = createRoute({
  method: 'get',
  path: `${BASE}/diff`,
  summary: 'What differs between two versions, from their manifests',
  description:
    'Columns, counts, people by number, and statistics. Which rows differ needs the bytes: `custody dataset diff` compares them.',
  tags,
  request: { query: contract.DatasetDiffQuery },
  responses: {
    200: json(contract.DatasetDiffView, 'The difference'),
    404: problem('No such version'),
    422: problem('The manifest of a version was erased'),
    ...refusals,
  },
});
const commitRoute = createRoute({
  method: 'post',
  path: `${BASE}/versions`,
  summary: 'Commit a version by its manifest',
  tags,
  request: { body: { required: true, content: { 'application/json': { schema: contract.CommitVersion } } } },
  responses: {
    201: json(contract.DatasetVersionView, 'Committed'),
    200: json(contract.DatasetVersionView, 'The newest version has this manifest already'),
    409: problem('There is a newer version'),
    422: problem('The manifest is refused'),
    ...refusals,
  },
});
const moveRoute = createRoute({
  method: 'post',
  path: `${BASE}/aliases`,
  summary: 'Let an alias point to a version, with a reason',
  tags,
  request: { body: { required: true, content: { 'application/json': { schema: contract.MoveAlias } } } },
  responses: {
    201: json(contract.AliasMoveView, 'Moved'),
    404: problem('No such version'),
    ...refusals,
  },
});

export interface DatasetParts {
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  readonly datasets: DatasetStore;
}

export function mountDatasets(app: OpenAPIHono<Env>, { ledger, keyring, datasets }: DatasetParts): void {
  const read = requires(keyring, 'read');
  const ingest = requires(keyring, 'ingest');
  app.use(BASE, read);
  app.use(`${BASE}/versions`, (c, next) => (c.req.method === 'POST' ? ingest(c, next) : read(c, next)));
  app.use(`${BASE}/version`, read);
  app.use(`${BASE}/diff`, read);
  app.use(`${BASE}/aliases`, requires(keyring, 'publish'));

  const view = (version: DatasetVersion): z.infer<typeof contract.DatasetVersionView> => {
    const { versions, attestations } = ledger.state;
    const aliases = [...versions.aliasesOf(version.dataset)]
      .filter(([, move]) => move.version === version.version)
      .map(([alias]) => alias);
    const isNewest = versions.versionsOf(version.dataset).length === version.version;
    const signed = new Set([
      ...attestations.find({ statement: version.manifest }),
      ...attestations.find({ subject: `${TABLE_DIGEST}:${version.table}` }),
    ]);
    return {
      ...version,
      subjects: version.subjects ?? null,
      aliases: [...(isNewest ? ['latest'] : []), ...aliases],
      signatures: signed.size,
    };
  };

  app.openapi(listRoute, (c) => {
    const ids = ledger.state.versions.datasets().filter((id) => ledger.state.versions.versionsOf(id).length > 0);
    const items = ids.map((id) => ({ dataset: id, newest: view(ledger.state.versions.versionsOf(id).at(-1)!) }));
    return c.json({ items, total: items.length }, 200);
  });

  app.openapi(historyRoute, (c) => {
    const { dataset: id } = c.req.valid('query');
    const { versions } = ledger.state;
    return c.json(
      {
        dataset: id,
        versions: versions.versionsOf(id).map(view).reverse(),
        moves: versions.movesOf(id).toReversed(),
      },
      200,
    );
  });

  app.openapi(versionRoute, async (c) => {
    const { dataset: id, version } = c.req.valid('query');
    const found = refusing(() => datasets.version(id, version));
    const content = await datasets.contentOf(found);
    // The schema says only that it is an object: its form is that of `dataset/manifest.ts`.
    const manifest = content === null ? null : (content.manifest as unknown as Record<string, never>);
    return c.json({ ...view(found), content: content && { place: content.place, manifest: manifest! } }, 200);
  });

  app.openapi(diffRoute, async (c) => {
    const { dataset: id, from, to } = c.req.valid('query');
    const [before, after] = [from, to].map((wanted) => refusing(() => versionNamed(datasets, ledger, id, wanted)));
    const [old, now] = await Promise.all([manifestOf(datasets, before!), manifestOf(datasets, after!)]);
    const { isSame, rows, columns, isReordered, subjects, statistics } = diffManifests(old, now);
    const [oldBytes, newBytes] = [old, now].map(({ predicate: { files } }) =>
      files.length === 0 ? null : files.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    return c.json(
      {
        dataset: id,
        from: view(before!),
        to: view(after!),
        isSame,
        rows: { ...rows },
        bytes: oldBytes != null && newBytes != null ? { before: oldBytes, after: newBytes } : null,
        columns: columns.map((column) => ({ ...column })),
        isReordered,
        subjects: subjects && { ...subjects },
        statistics: statistics.map(({ name, moved, psi }) => ({ name, moved: [...moved], psi })),
      },
      200,
    );
  });

  app.openapi(commitRoute, async (c) => {
    const { dataset: id, manifest, place, message, base } = c.req.valid('json');
    const { version, duplicate } = await datasets
      .commit({ dataset: nameOf(ledger, id), manifest, place, message, base, by: c.get('identity').name })
      .catch(refuse);
    return c.json(view(version), duplicate ? 200 : 201);
  });

  app.openapi(moveRoute, async (c) => {
    const { dataset: id, ...move } = c.req.valid('json');
    if (move.alias === 'latest') throw badRequest('`latest` is the newest version', 'Choose another name.', '/alias');
    const moved = await datasets
      .move({ dataset: nameOf(ledger, id), ...move, by: c.get('identity').name })
      .catch(refuse);
    return c.json(moved, 201);
  });
}

/** A version by its number or a name that points to it. Throws DatasetError. */
function versionNamed(datasets: DatasetStore, ledger: Ledger, id: string, wanted: string): DatasetVersion {
  const { versions } = ledger.state;
  const newest = versions.versionsOf(id).length;
  const number = wanted === 'latest' ? newest : (versions.aliasesOf(id).get(wanted)?.version ?? Number(wanted));
  if (newest > 0 && !Number.isSafeInteger(number))
    throw new DatasetError(
      'dataset.version',
      `No version of ${id} is called ${wanted}.`,
      `It has versions 1 to ${newest}.`,
    );
  return datasets.version(id, number);
}

/** Throws Problem where the payload was erased. */
async function manifestOf(datasets: DatasetStore, version: DatasetVersion): Promise<Manifest> {
  const content = await datasets.contentOf(version);
  if (content !== null) return content.manifest;
  throw new Problem({
    status: 422,
    code: 'dataset.manifest',
    title: `The manifest of version ${version.version} was erased`,
    remedy: 'Its entry in the log stays. Compare two other versions.',
  });
}

/** Throws Problem where an id is none of a dataset. */
function nameOf(ledger: Ledger, id: string): AssetName {
  const asset = ledger.state.assets.meantBy(id);
  if (asset?.kind !== 'dataset')
    throw badRequest('The dataset is no id', 'An id is dataset:NAMESPACE:NAME.', '/dataset');
  return { namespace: asset.namespace, name: asset.name };
}

const STATUS: Partial<Record<DatasetErrorCode, 404 | 409>> = { 'dataset.version': 404, 'dataset.changed': 409 };

function refuse(error: unknown): never {
  if (!(error instanceof DatasetError)) throw error;
  const { code, message, remedy } = error;
  throw new Problem({ status: STATUS[code] ?? 422, code, title: message, remedy });
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return refuse(error);
  }
}
