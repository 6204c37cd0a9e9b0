/**
 * Marquez's read API (MarquezProject/marquez, spec/openapi.yml), answered from the folds as of now, so that its clients and
 * its web page work against Custody. Only reading: what happened is told by OpenLineage events, `POST /api/v1/lineage`.
 * docs/marquez.md says where answers differ.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { EventTimes } from '../../ledger/event-times.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { SchemaReader } from '../../ledger/schema-reader.ts';
import type { Env } from '../guard.ts';
import { columnGraph, columnsNamed } from './column-graph.ts';
import { datasetVersionNamed, datasetVersionPage, datasetView } from './dataset-view.ts';
import { eventPage, eventPageOfNamespace } from './event-list.ts';
import { jobVersionNamed, jobVersionPage, jobView } from './job-view.ts';
import { lineageGraph } from './lineage-graph.ts';
import { NamespaceIndex } from './namespace-index.ts';
import { hasSource, namespacePage, namespaceView, sourcePage, sourceView, TagList } from './namespace-view.ts';
import { isReadable, isVersioned, withoutVersion } from './node-id.ts';
import { NodeTexts } from './node-text.ts';
import { depthOf, flagOf, pageOf, required, timeOf, type Page } from './query.ts';
import type { Reading } from './reading.ts';
import { Refusal, sendRefusal, unknown } from './refusal.ts';
import { EvidenceReader } from './run-evidence.ts';
import { latestRuns, MARQUEZ_STATE, runPage, runView } from './run-view.ts';
import { searchView, type SearchQuery } from './search-view.ts';
import { assetMetrics, lineageMetrics, type Period } from './stats-view.ts';

/** Wildcards cost the length of the pattern for each character of each name. */
const QUERY_CHARACTERS_MAX = 255;

export interface MarquezParts {
  readonly ledger: Ledger;
  readonly schemas: SchemaReader;
  readonly now: () => Date;
  /** Lets in who may read. */
  readonly read: MiddlewareHandler<Env>;
  /** Told of errors that are ours. */
  readonly onError: (error: unknown) => void;
}

type Answer = (c: Context) => unknown;

export function marquezApi({ ledger, schemas, now, read, onError }: MarquezParts): OpenAPIHono<Env> {
  const reading: Reading = {
    ledger,
    schemas,
    evidence: new EvidenceReader(ledger),
    namespaces: new NamespaceIndex(),
    times: new EventTimes(ledger),
    now,
  };
  const tags = new TagList();
  const texts = new NodeTexts();
  const app = new OpenAPIHono<Env>();
  app.onError((error, c) => sendRefusal(c, error, onError));
  app.use('/api/v1/*', read);
  app.use('/api/v2beta/search/*', read);

  const get = (path: string, summary: string, answer: Answer) => {
    app.openAPIRegistry.registerPath({
      method: 'get',
      path,
      summary,
      tags: ['Marquez'],
      responses: { 200: { description: "As Marquez's" }, 404: { description: '`{code, message}`' } },
    });
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
    const handler = async (c: Context) => {
      const answered = await answer(c);
      return answered instanceof Response ? answered : c.json(answered as object);
    };
    app.get(pattern, handler);
    // The web page writes some addresses with a slash at their end.
    if (!pattern.endsWith('*')) app.get(`${pattern}/`, handler);
  };

  get('/api/v1/namespaces', 'Namespaces', (c) => namespacePage(reading, pageOf(c)));
  get('/api/v1/namespaces/{namespace}', 'A namespace', (c) =>
    namespaceView(ledger.state, reading.namespaces, knownNamespace(c)),
  );
  get('/api/v1/sources', 'Sources: namespaces that have datasets', (c) => sourcePage(reading, pageOf(c)));
  get('/api/v1/sources/{source}', 'A source', (c) => {
    const name = part(c, 'source');
    if (!hasSource(reading, name)) throw unknown('Source', name);
    return sourceView(reading, name);
  });

  const DATASET = '/api/v1/namespaces/{namespace}/datasets/{dataset}';
  get('/api/v1/namespaces/{namespace}/datasets', 'Datasets of a namespace', async (c) => {
    const { limit, offset } = pageOf(c);
    const rows = reading.namespaces.rows(ledger.state, knownNamespace(c))!.datasets;
    const datasets = await each(rows.slice(offset, offset + limit), (row) => datasetView(reading, row));
    return { datasets, totalCount: rows.length };
  });
  get(DATASET, 'A dataset', (c) => datasetView(reading, knownDataset(c)));
  get(`${DATASET}/versions`, 'Versions of a dataset, newest first', (c) =>
    datasetVersionPage(reading, knownDataset(c), pageOf(c)),
  );
  get(`${DATASET}/versions/{version}`, 'A version of a dataset', async (c) => {
    const version = part(c, 'version');
    const found = await datasetVersionNamed(reading, knownDataset(c), version);
    if (!found) throw unknown('Dataset version', version);
    return found;
  });

  const JOB = '/api/v1/namespaces/{namespace}/jobs/{job}';
  get('/api/v1/jobs', 'All jobs, the last seen first', (c) => {
    const rows = reading.namespaces
      .names(ledger.state)
      .flatMap((namespace) => reading.namespaces.rows(ledger.state, namespace)!.jobs);
    const lastSeen = (row: number) => ledger.state.assets.seen(row).lastValid;
    return jobPage(
      c,
      rows.toSorted((a, b) => lastSeen(b) - lastSeen(a)),
      pageOf(c),
    );
  });
  get('/api/v1/namespaces/{namespace}/jobs', 'Jobs of a namespace', (c) =>
    jobPage(c, reading.namespaces.rows(ledger.state, knownNamespace(c))!.jobs, pageOf(c)),
  );
  get(JOB, 'A job', (c) => jobView(reading, knownJob(c)));
  get(`${JOB}/versions`, 'Versions of a job, newest first', (c) => jobVersionPage(reading, knownJob(c), pageOf(c)));
  get(`${JOB}/versions/{version}`, 'A version of a job', async (c) => {
    const version = part(c, 'version');
    const found = await jobVersionNamed(reading, knownJob(c), version);
    if (!found) throw unknown('Job version', version);
    return found;
  });
  get(`${JOB}/runs`, 'Runs of a job, the latest first', (c) => runPage(reading, knownJob(c), pageOf(c)));
  get('/api/v1/jobs/runs/{id}', 'A run', (c) => runView(reading, knownRun(c)));
  get('/api/v1/jobs/runs/{id}/facets', 'Facets of a run, or of its job', async (c) => {
    const row = knownRun(c);
    const type = c.req.query('type')?.toLowerCase() ?? 'run';
    if (type !== 'run' && type !== 'job') throw new Refusal(400, "query param type must be one of 'run', 'job'");
    const { runFacets, jobFacets } = await reading.evidence.ofRun(row);
    return { runId: ledger.state.runs.view(row).id, facets: type === 'run' ? runFacets : jobFacets };
  });

  get('/api/v1/lineage', 'The lineage graph around a node', async (c) => {
    const graph = await lineageGraph(reading, texts, knownNode(nodeIdOf(c)), depthOf(c));
    return c.body(new Uint8Array(graph.buffer as ArrayBuffer, graph.byteOffset, graph.length), 200, {
      'content-type': 'application/json',
    });
  });
  get('/api/v1/column-lineage', 'The graph of columns around a dataset, a column or a job', async (c) => {
    const nodeId = nodeIdOf(c);
    const withDownstream = flagOf(c, 'withDownstream');
    if (withDownstream && isVersioned(nodeId))
      throw new Refusal(400, 'Node version cannot be specified when withDownstream is true');
    const columns = await columnsNamed(reading, nodeId);
    if (!columns) throw unknown('Node', nodeId);
    return columnGraph(reading, columns, depthOf(c), withDownstream);
  });
  get('/api/v1/search', 'Jobs and datasets by name', (c) => searchView(reading, searchQuery(c)));
  get('/api/v1/tags', 'Tags that are in use', (c) => tags.page(reading, pageOf(c)));
  get('/api/v1/events/lineage', 'The OpenLineage events, redacted', (c) => {
    const range = { after: timeOf(c, 'after') ?? -Infinity, before: timeOf(c, 'before') ?? Infinity };
    return eventPage(reading, range, c.req.query('sortDirection')?.toLowerCase() !== 'asc', pageOf(c));
  });
  get('/api/v1/events', 'The OpenLineage events, redacted', (c) =>
    eventPage(reading, { after: -Infinity, before: Infinity }, true, pageOf(c)),
  );
  // marquez-python writes the namespace as it is, slashes and all.
  get('/api/v1/events/*', 'The OpenLineage events of a namespace, redacted', (c) =>
    eventPageOfNamespace(reading, decoded(c.req.path.slice('/api/v1/events/'.length)), pageOf(c)),
  );
  get('/api/v1/stats/lineage-events', 'Run events by state, by hour or day', (c) =>
    lineageMetrics(reading, periodOf(c), timezoneOf(c)),
  );
  for (const what of ['jobs', 'datasets', 'sources'] as const) {
    get(`/api/v1/stats/${what}`, `How many ${what} there were, by hour or day`, (c) =>
      assetMetrics(reading, what, periodOf(c), timezoneOf(c)),
    );
  }
  for (const what of ['jobs', 'datasets'] as const) {
    get(`/api/v2beta/search/${what}`, `${what === 'jobs' ? 'Jobs' : 'Datasets'} by name, for Marquez's page`, (c) => {
      const filter = what === 'jobs' ? 'JOB' : 'DATASET';
      const { results } = searchView(reading, { ...searchQuery(c), filter });
      return {
        hits: results.map(({ name, namespace }) => ({ run_id: '', name, namespace, facets: {}, runFacets: {} })),
        highlights: results.map(() => ({})),
      };
    });
  }

  for (const prefix of ['/api/v1/*', '/api/v2beta/search/*']) {
    app.get(prefix, (c) => {
      throw new Refusal(404, `There is no ${c.req.path.slice(0, 200)} here.`);
    });
    app.all(prefix, (c) => {
      c.header('allow', 'GET');
      throw new Refusal(
        405,
        'Custody is not written through this API: its log holds what happened. Send an OpenLineage event to POST /api/v1/lineage instead.',
      );
    });
  }
  return app;

  async function jobPage(c: Context, all: readonly number[], { limit, offset }: Page) {
    const states = c.req.queries('lastRunStates')?.flatMap((list) => list.toUpperCase().split(',')) ?? [];
    const rows = states.length === 0 ? all : all.filter((row) => states.includes(lastStateOf(row)));
    return {
      jobs: await each(rows.slice(offset, offset + limit), (row) => jobView(reading, row)),
      totalCount: rows.length,
    };
  }

  function lastStateOf(job: number): string {
    const [latest] = latestRuns(ledger.state, job, 1);
    return latest === undefined ? '' : MARQUEZ_STATE[ledger.state.runs.view(latest).state];
  }

  function knownNamespace(c: Context): string {
    const name = part(c, 'namespace');
    if (!reading.namespaces.rows(ledger.state, name)) throw unknown('Namespace', name);
    return name;
  }

  function knownDataset(c: Context): number {
    const name = part(c, 'dataset');
    const row = ledger.state.assets.find('dataset', { namespace: knownNamespace(c), name });
    if (row === null) throw unknown('Dataset', name);
    return row;
  }

  function knownJob(c: Context): number {
    const name = part(c, 'job');
    const row = ledger.state.assets.find('job', { namespace: knownNamespace(c), name });
    if (row === null) throw unknown('Job', name);
    return row;
  }

  function knownRun(c: Context): number {
    const id = part(c, 'id');
    const row = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
      ? ledger.state.runs.find(id.toLowerCase())
      : null;
    if (row === null) throw unknown('Run', id);
    return row;
  }

  /** A node id may carry a version after `#`; the graph is of now, so the version is only left out. */
  function knownNode(nodeId: string): number {
    for (const id of [nodeId, withoutVersion(nodeId)]) {
      const [row] = ledger.state.assets.findId(id);
      if (row !== undefined) return row;
    }
    throw unknown('Node', nodeId);
  }
}

/** One after the other: a page of a hundred must not read a hundred payloads into memory at once. */
async function each<T, R>(items: readonly T[], view: (item: T) => Promise<R>): Promise<R[]> {
  const views: R[] = [];
  for (const item of items) views.push(await view(item));
  return views;
}

const part = (c: Context, name: string): string => c.req.param(name) ?? '';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function nodeIdOf(c: Context): string {
  const nodeId = required(c, 'nodeId');
  if (!isReadable(nodeId)) throw new Refusal(400, 'query param nodeId is too long, or has too many colons');
  return nodeId;
}

function periodOf(c: Context): Period {
  const period = c.req.query('period')?.toUpperCase();
  if (period !== 'DAY' && period !== 'WEEK') throw new Refusal(400, "query param period must be one of 'DAY', 'WEEK'");
  return period;
}

const timezoneOf = (c: Context): string => c.req.query('timezone') || 'UTC';

function searchQuery(c: Context): SearchQuery {
  const filter = c.req.query('filter')?.toUpperCase();
  if (filter !== undefined && filter !== '' && filter !== 'DATASET' && filter !== 'JOB')
    throw new Refusal(400, "query param filter must be one of 'DATASET', 'JOB'");
  const sort = c.req.query('sort')?.toLowerCase() || 'name';
  if (sort !== 'name' && sort !== 'update_at' && sort !== 'updated_at')
    throw new Refusal(400, "query param sort must be one of 'NAME', 'UPDATED_AT'");
  const q = required(c, 'q');
  if (q.length > QUERY_CHARACTERS_MAX)
    throw new Refusal(400, `query param q has more than ${QUERY_CHARACTERS_MAX} characters`);
  return {
    q,
    filter: filter === 'DATASET' || filter === 'JOB' ? filter : null,
    sort: sort === 'name' ? 'name' : 'updated_at',
    namespace: c.req.query('namespace') || null,
    after: timeOf(c, 'after'),
    before: timeOf(c, 'before'),
    limit: pageOf(c, 10).limit,
  };
}
