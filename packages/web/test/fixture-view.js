/** Answers of the API, computed from evidence events by the plainest possible folds. */
const idOf = (kind, { namespace, name }) => `${kind}:${namespace}:${name}`;
const refOf = (node) => ({ id: node.id, kind: node.kind, namespace: node.namespace, name: node.name, type: node.type });

/** Everything known from the first `entries` events of what happened up to `at`. */
export function fold(events, { at = null, entries = events.length } = {}) {
  const nodes = new Map();
  const edges = new Map();
  const runs = new Map();
  const schemas = new Map();
  const touch = (kind, fact, time, index) => {
    const id = idOf(kind, fact);
    const node = nodes.get(id) ?? {
      id,
      kind,
      namespace: fact.namespace,
      name: fact.name,
      type: null,
      owners: [],
      tags: [],
      description: null,
      schema: null,
      history: [],
      runs: new Set(),
      firstSeen: time,
      firstEntry: index,
    };
    nodes.set(id, node);
    if (fact.type) node.type = fact.type;
    if (fact.owners) node.owners = [...new Set([...node.owners, ...fact.owners])];
    if (fact.tags) node.tags = [...new Set([...node.tags, ...fact.tags])];
    if (fact.description) node.description = fact.description;
    if (fact.schema && node.schema !== fact.schema) {
      node.schema = fact.schema;
      node.history.push({ digest: fact.schema, since: time, entry: index });
    }
    node.lastSeen = time;
    node.lastEntry = index;
    return node;
  };
  const join = (from, to, time, run, index) => {
    const id = `${from}>${to}`;
    const edge = edges.get(id) ?? { from, to, runIds: new Set(), firstAt: time };
    edges.set(id, edge);
    edge.runIds.add(run);
    edge.lastAt = time;
    edge.lastRun = run;
    edge.lastEntry = index;
  };
  events.slice(0, entries).forEach((event, index) => {
    if (event.kind === 'dataset.schema') schemas.set(event.schema, { fields: event.fields, entry: index });
    if (event.kind !== 'openlineage.run') return;
    if (at !== null && event.eventTime > at) return;
    const job = touch('job', event.job, event.eventTime, index);
    const run = runs.get(event.run) ?? {
      id: event.run,
      job: job.id,
      state: 'START',
      startedAt: null,
      endedAt: null,
      nominalStart: event.nominalStart ?? null,
      in: new Set(),
      out: new Set(),
      firstEntry: index,
    };
    runs.set(event.run, run);
    run.state = event.state;
    run.lastEntry = index;
    if (event.state === 'START') run.startedAt = event.eventTime;
    else run.endedAt = event.eventTime;
    job.runs.add(run.id);
    for (const fact of event.inputs) {
      const dataset = touch('dataset', fact, event.eventTime, index);
      dataset.runs.add(run.id);
      run.in.add(dataset.id);
      join(dataset.id, job.id, event.eventTime, run.id, index);
    }
    for (const fact of event.outputs) {
      const dataset = touch('dataset', fact, event.eventTime, index);
      dataset.runs.add(run.id);
      run.out.add(dataset.id);
      join(job.id, dataset.id, event.eventTime, run.id, index);
    }
  });
  const up = new Map();
  const down = new Map();
  for (const edge of edges.values()) {
    up.set(edge.to, [...(up.get(edge.to) ?? []), edge]);
    down.set(edge.from, [...(down.get(edge.from) ?? []), edge]);
  }
  return { nodes, edges, runs, schemas, up: (id) => up.get(id) ?? [], down: (id) => down.get(id) ?? [], entries };
}

const lastRunOf = (view, node) => {
  const id = [...node.runs].at(-1);
  return id === undefined ? null : view.runs.get(id);
};

function neighbours(view, id, way) {
  const node = view.nodes.get(id);
  const found = new Map();
  const add = (other, through, edge) =>
    found.set(`${other}|${through}`, {
      ...refOf(view.nodes.get(other)),
      through: through ? refOf(view.nodes.get(through)) : null,
      runs: edge.runIds.size,
      firstAt: edge.firstAt,
      lastAt: edge.lastAt,
      lastEntry: edge.lastEntry,
    });
  for (const edge of way === 'up' ? view.up(id) : view.down(id)) {
    const next = way === 'up' ? edge.from : edge.to;
    if (node.kind === 'job') add(next, null, edge);
    else
      for (const far of way === 'up' ? view.up(next) : view.down(next))
        add(way === 'up' ? far.from : far.to, next, far);
  }
  return [...found.values()];
}

const columnsOf = (view, node) => (node.schema ? (view.schemas.get(node.schema)?.fields ?? null) : null);

export function assetSummary(view, node) {
  return {
    ...refOf(node),
    owners: node.owners,
    tags: node.tags,
    columns: columnsOf(view, node)?.length ?? null,
    upstream: view.up(node.id).length,
    downstream: view.down(node.id).length,
    runs: node.runs.size,
    lastState: lastRunOf(view, node)?.state ?? null,
    firstSeen: node.firstSeen,
    lastSeen: node.lastSeen,
    firstEntry: node.firstEntry,
    lastEntry: node.lastEntry,
  };
}

export function assetPage(view, { q = '', kind, namespace, limit = 50, after, at = null }) {
  const wanted = q.toLowerCase();
  const all = [...view.nodes.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1,
  );
  const found = all.filter((node) =>
    `${node.id} ${node.owners.join(' ')} ${node.tags.join(' ')}`.toLowerCase().includes(wanted),
  );
  const matched = found.filter((node) => (!kind || node.kind === kind) && (!namespace || node.namespace === namespace));
  const start = after ? matched.findIndex(({ id }) => id === after) + 1 : 0;
  const items = matched.slice(start, start + limit);
  const count = (key) =>
    Object.entries(Object.groupBy?.(found, (node) => node[key]) ?? group(found, key)).map(([value, list]) => ({
      [key]: value,
      count: list.length,
    }));
  return {
    items: items.map((node) => assetSummary(view, node)),
    total: matched.length,
    next: start + limit < matched.length ? items.at(-1).id : null,
    facets: { namespaces: count('namespace'), kinds: count('kind') },
    asOf: { at, entries: view.entries },
  };
}

const group = (list, key) => {
  const groups = {};
  for (const item of list) (groups[item[key]] ??= []).push(item);
  return groups;
};

export function runView(view, run) {
  return {
    id: run.id,
    job: refOf(view.nodes.get(run.job)),
    state: run.state,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    nominalStart: run.nominalStart,
    inputs: run.in.size,
    outputs: run.out.size,
    firstEntry: run.firstEntry,
    lastEntry: run.lastEntry,
  };
}

export function assetDetail(view, id) {
  const node = view.nodes.get(id);
  if (!node) return null;
  const fields = columnsOf(view, node);
  return {
    ...assetSummary(view, node),
    description: node.description,
    schema: fields && {
      digest: node.schema,
      entry: view.schemas.get(node.schema).entry,
      fields: fields.map((field) => ({
        name: field.name,
        type: field.type ?? null,
        description: field.description ?? null,
      })),
    },
    schemaHistory: node.history
      .map(({ digest, since, entry }) => ({
        digest,
        since,
        entry,
        columns: view.schemas.get(digest)?.fields.length ?? 0,
      }))
      .reverse(),
    latestRuns: [...node.runs]
      .slice(-12)
      .reverse()
      .map((run) => runView(view, view.runs.get(run))),
    upstreamAssets: neighbours(view, id, 'up'),
    downstreamAssets: neighbours(view, id, 'down'),
  };
}

export function lineage(view, { asset, direction = 'both', depth = 4, limit = 150, at = null, checkpoint = null }) {
  if (!view.nodes.has(asset)) return null;
  const distance = new Map([[asset, 0]]);
  let omitted = 0;
  const walk = (sign, step) => {
    let front = [asset];
    for (let hop = 1; hop <= depth && front.length > 0; hop++) {
      const next = [];
      for (const id of front) {
        for (const other of step(id)) {
          if (distance.has(other)) continue;
          if (distance.size >= limit) {
            omitted++;
            continue;
          }
          distance.set(other, sign * hop);
          next.push(other);
        }
      }
      front = next;
    }
  };
  if (direction !== 'down') walk(-1, (id) => view.up(id).map(({ from }) => from));
  if (direction !== 'up') walk(1, (id) => view.down(id).map(({ to }) => to));
  const nodes = [...distance].map(([id, hops]) => {
    const node = view.nodes.get(id);
    const columns = columnsOf(view, node);
    return {
      ...refOf(node),
      distance: hops,
      columns: (columns ?? []).slice(0, 8).map(({ name }) => name),
      columnCount: columns?.length ?? null,
      tags: node.tags,
      lastAt: node.lastSeen,
      lastState: lastRunOf(view, node)?.state ?? null,
      moreUp: view.up(id).filter(({ from }) => !distance.has(from)).length,
      moreDown: view.down(id).filter(({ to }) => !distance.has(to)).length,
    };
  });
  const edges = [...view.edges.values()]
    .filter(({ from, to }) => distance.has(from) && distance.has(to))
    .map(({ runIds, ...edge }) => ({ ...edge, runs: runIds.size, endedAt: null }));
  const columnEdges = []; // the fixtures tell no column lineage
  return {
    root: asset,
    direction,
    depth,
    nodes,
    edges,
    columnEdges,
    omitted,
    asOf: { at, entries: view.entries, checkpoint },
  };
}

export function what(event) {
  const verb = {
    START: 'started',
    COMPLETE: 'finished',
    FAIL: 'failed',
    ABORT: 'aborted',
    RUNNING: 'runs',
    OTHER: 'reported',
  };
  if (event.kind === 'openlineage.run')
    return `${event.job.name} ${verb[event.state]}: ${event.inputs.length} in${event.outputs.length ? `, ${event.outputs.length} out` : ''}`;
  if (event.kind === 'dataset.schema') return `Schema of ${event.fields.length} columns`;
  if (event.kind === 'token.created') return `Token ${event.token} created, ${event.role}`;
  if (event.kind === 'token.revoked') return `Token ${event.token} revoked`;
  return `Cut back a torn tail of ${event.cutBytes} bytes`;
}

export function entrySummary(events, log, index) {
  const event = events[index];
  const ref = (kind, fact) => ({
    id: idOf(kind, fact),
    kind,
    namespace: fact.namespace,
    name: fact.name,
    type: fact.type ?? null,
  });
  const assets =
    event.kind === 'openlineage.run'
      ? [
          ref('job', event.job),
          ...event.inputs.map((f) => ref('dataset', f)),
          ...event.outputs.map((f) => ref('dataset', f)),
        ]
      : [];
  return {
    index,
    recorded: event.recorded,
    happened: event.eventTime ?? null,
    kind: event.kind,
    what: what(event),
    by: event.by,
    assets,
    leaf: log.leafHex(index),
  };
}

export function activity(events, { unit = 'day', by = 'happened' }) {
  const length = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 }[unit];
  const buckets = new Map();
  events.forEach((event, index) => {
    const time = by === 'recorded' ? event.recorded : event.eventTime;
    if (!time) return;
    const from = Math.floor(Date.parse(time) / length) * length;
    const bucket = buckets.get(from) ?? { from: new Date(from).toISOString(), events: 0, lastEntry: index };
    bucket.events++;
    bucket.lastEntry = index;
    buckets.set(from, bucket);
  });
  return { unit, by, buckets: [...buckets.entries()].sort(([a], [b]) => a - b).map(([, bucket]) => bucket) };
}
