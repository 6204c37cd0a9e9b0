// The requests of Marquez's web page (web/src/store/requests of MarquezProject/marquez), with the members that its pages
// read out of each answer. It is not on a package registry, so its addresses are asked instead of it.

const NAMESPACE = ['name', 'createdAt', 'updatedAt', 'ownerName', 'description', 'isHidden'];
const RUN = [
  'id',
  'createdAt',
  'updatedAt',
  'state',
  'startedAt',
  'endedAt',
  'durationMs',
  'args',
  'facets',
  'jobVersion',
];
const JOB = ['id', 'type', 'name', 'createdAt', 'updatedAt', 'inputs', 'outputs', 'namespace', 'location'].concat([
  'description',
  'latestRun',
  'latestRuns',
  'tags',
  'simpleName',
  'parentJobName',
  'parentJobUuid',
]);
const DATASET = ['id', 'type', 'name', 'physicalName', 'createdAt', 'updatedAt', 'namespace', 'sourceName'].concat([
  'fields',
  'facets',
  'tags',
  'lastModifiedAt',
  'description',
  'columnLineage',
]);
const NODE = ['id', 'type', 'data', 'inEdges', 'outEdges'];
const FOUND = ['name', 'namespace', 'nodeId', 'type', 'updatedAt'];
const path = encodeURIComponent;

/** `at` is the list in the answer whose members are looked at; without it the answer itself is. */
export const requests = (job, dataset, run) => [
  { path: '/api/v1/namespaces', at: 'namespaces', members: NAMESPACE },
  { path: '/api/v1/tags', at: 'tags', members: ['name', 'description'] },
  { path: '/api/v1/jobs?limit=25&offset=0', at: 'jobs', members: JOB, count: true },
  { path: '/api/v1/jobs?limit=25&offset=0&lastRunStates=COMPLETED', at: 'jobs', members: JOB, count: true },
  { path: `/api/v1/namespaces/${path(job.namespace)}/jobs?limit=25&offset=0`, at: 'jobs', members: JOB, count: true },
  { path: `/api/v1/namespaces/${path(job.namespace)}/jobs/${path(job.name)}`, members: JOB },
  {
    path: `/api/v1/namespaces/${path(job.namespace)}/jobs/${path(job.name)}/runs?limit=14&offset=0`,
    at: 'runs',
    members: RUN,
    count: true,
  },
  {
    path: `/api/v1/namespaces/${path(job.namespace)}/jobs/${path(job.name)}/versions`,
    at: 'versions',
    members: ['id', 'version', 'createdAt', 'inputs', 'outputs', 'location', 'latestRun'],
  },
  {
    path: `/api/v1/namespaces/${path(dataset.namespace)}/datasets?limit=20&offset=0`,
    at: 'datasets',
    members: [...DATASET, 'deleted'],
    count: true,
  },
  { path: `/api/v1/namespaces/${path(dataset.namespace)}/datasets/${path(dataset.name)}`, members: DATASET },
  {
    path: `/api/v1/namespaces/${path(dataset.namespace)}/datasets/${path(dataset.name)}/versions?limit=100&offset=0`,
    at: 'versions',
    members: ['id', 'createdByRun', 'createdAt', 'version', 'fields', 'lifecycleState', 'facets', 'sourceName'],
    count: true,
  },
  { path: `/api/v1/jobs/runs/${run}/facets?type=run`, members: ['runId', 'facets'] },
  { path: `/api/v1/jobs/runs/${run}/facets?type=job`, members: ['runId', 'facets'] },
  // "Node ID cannot be URL encoded", says that page.
  { path: `/api/v1/lineage?nodeId=job:${job.namespace}:${job.name}&depth=2`, at: 'graph', members: NODE },
  { path: `/api/v1/lineage/?nodeId=dataset:${dataset.namespace}:${dataset.name}&depth=2`, at: 'graph', members: NODE },
  {
    path: `/api/v1/column-lineage?nodeId=dataset:${path(dataset.namespace)}:${path(dataset.name)}&depth=2&withDownstream=true`,
    at: 'graph',
    members: NODE,
  },
  { path: `/api/v1/search/?q=${path(job.name)}&sort=NAME&limit=100`, at: 'results', members: FOUND, count: true },
  {
    path: `/api/v1/search?q=${path(dataset.name)}&sort=UPDATE_AT&limit=100&filter=DATASET`,
    at: 'results',
    members: FOUND,
    count: true,
  },
  { path: `/api/v2beta/search/jobs?q=${path(job.name)}`, at: 'hits', members: ['name', 'namespace', 'run_id'] },
  { path: `/api/v2beta/search/datasets?q=${path(dataset.name)}`, at: 'hits', members: ['name', 'namespace'] },
  {
    path: '/api/v1/events/lineage?limit=100&before=2027-01-01T00:00:00.000Z&after=2026-11-01T00:00:00.000Z&offset=0&sortDirection=desc',
    at: 'events',
    members: ['eventType', 'eventTime', 'producer', 'schemaURL', 'run', 'job', 'inputs', 'outputs'],
    count: true,
  },
  ...['DAY', 'WEEK'].flatMap((period) => [
    {
      path: `/api/v1/stats/lineage-events?period=${period}&timezone=Europe/Berlin`,
      at: '',
      members: ['startInterval', 'endInterval', 'fail', 'start', 'complete', 'abort'],
    },
    ...['jobs', 'datasets', 'sources'].map((asset) => ({
      path: `/api/v1/stats/${asset}?period=${period}&timezone=Europe/Berlin`,
      at: '',
      members: ['startInterval', 'endInterval', 'count'],
    })),
  ]),
];

/** What is wrong with an answer; null if nothing is. */
export function wrongWith({ at, members, count }, answer) {
  const list = at === undefined ? [answer] : at === '' ? answer : answer[at];
  if (!Array.isArray(list) || list.length === 0) return `no ${at || 'list'}`;
  if (count && typeof answer.totalCount !== 'number') return 'no totalCount';
  for (const item of list) {
    const missing = members.filter((member) => !(member in item));
    if (missing.length > 0) return `without ${missing.join(', ')}`;
  }
  return null;
}
