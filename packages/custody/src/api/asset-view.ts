/** Assets as the API shows them, as of a time. */
import type { z } from '@hono/zod-openapi';
import { firstSeen, type AsOf } from '../fold/as-of.ts';
import type { State } from '../fold/state.ts';
import type { SchemaReader } from '../ledger/schema-reader.ts';
import type { AssetDetail, AssetPage, AssetRef, AssetSummary, Neighbour, RunView } from './contract.ts';

type Ref = z.infer<typeof AssetRef>;
type Summary = z.infer<typeof AssetSummary>;
type Run = z.infer<typeof RunView>;

const LATEST_RUNS = 50;

export const iso = (time: number): string => new Date(time).toISOString();
export const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time));

export function assetRef(state: State, row: number, asOf: AsOf): Ref {
  const { id, kind, namespace, name, type } = state.assets.view(row, asOf);
  return { id, kind, namespace, name, type };
}

/** A run as it stood at the time asked for: one that ended later was still running. */
export function runView(state: State, row: number, asOf: AsOf): Run {
  const run = state.runs.view(row);
  const ended = run.ended !== null && run.ended <= asOf.at ? run.ended : null;
  return {
    id: run.id,
    job: assetRef(state, run.job, asOf),
    state: run.ended !== null && ended === null ? 'RUNNING' : run.state,
    startedAt: isoOrNull(run.started),
    endedAt: isoOrNull(ended),
    nominalStart: isoOrNull(run.nominalStart),
    inputs: run.inputs,
    outputs: run.outputs,
    firstEntry: run.firstEntry,
    lastEntry: run.lastEntry,
  };
}

/** Rows of the runs that touched an asset, newest known first. */
export function* runsOf(state: State, row: number, asOf: AsOf): Generator<number> {
  if (state.assets.kindOf(row) === 'job') {
    for (const run of state.runs.ofJob(row)) if (isRunKnown(state, run, asOf)) yield run;
    return;
  }
  const uses = (['up', 'down'] as const).flatMap((direction) =>
    [...state.edges.of(row, direction)].flatMap((edge) => [...state.edges.uses(edge, asOf)]),
  );
  const seen = new Set<number>();
  for (const { run } of uses.sort((a, b) => b.valid - a.valid || b.entry - a.entry)) {
    if (run === null || seen.has(run)) continue;
    seen.add(run);
    yield run;
  }
}

/** State of the run that touched an asset last, as it stood at the time; null if none did. */
export function lastStateOf(state: State, row: number, asOf: AsOf): Run['state'] | null {
  const run = lastRunOf(state, row, asOf);
  if (run === null) return null;
  const ended = state.runs.endedAt(run);
  return ended !== null && ended > asOf.at ? 'RUNNING' : state.runs.stateOf(run);
}

function lastRunOf(state: State, row: number, asOf: AsOf): number | null {
  if (state.assets.kindOf(row) === 'job') {
    for (const run of state.runs.ofJob(row)) if (isRunKnown(state, run, asOf)) return run;
    return null;
  }
  let last: number | null = null;
  let valid = -Infinity;
  let entry = -1;
  for (const direction of ['up', 'down'] as const) {
    for (const edge of state.edges.of(row, direction)) {
      for (const use of state.edges.uses(edge, asOf)) {
        if (use.run !== null && (use.valid > valid || (use.valid === valid && use.entry > entry)))
          ({ run: last, valid, entry } = use);
        if (state.edges.isInOrder(edge) && use.run !== null) break;
      }
    }
  }
  return last;
}

function isRunKnown(state: State, run: number, { at, entries }: AsOf): boolean {
  const { firstEntry, started } = state.runs.view(run);
  return firstEntry < entries && (started ?? state.runs.lastValid(run)) <= at;
}

/** When an asset was seen last, and by which entries first and last, as of a time. */
export function lastSeen(
  state: State,
  row: number,
  asOf: AsOf,
): { lastValid: number; firstEntry: number; lastEntry: number } {
  const seen = state.assets.seen(row);
  if (asOf.at === Infinity && asOf.entries === Infinity) return seen;
  let lastValid = firstSeen(state.assets.sightings, row, asOf);
  let lastEntry = seen.firstEntry;
  for (const direction of ['up', 'down'] as const) {
    for (const edge of state.edges.of(row, direction)) {
      for (const { valid, entry } of state.edges.uses(edge, asOf)) {
        lastValid = Math.max(lastValid, valid);
        lastEntry = Math.max(lastEntry, entry);
      }
    }
  }
  return { lastValid, firstEntry: seen.firstEntry, lastEntry };
}

export function assetSummary(state: State, row: number, asOf: AsOf): Summary {
  const view = state.assets.view(row, asOf);
  const { lastValid, firstEntry, lastEntry } = lastSeen(state, row, asOf);
  const runs = runsOf(state, row, asOf);
  const newest = runs.next();
  let count = newest.done ? 0 : 1;
  while (!newest.done && !runs.next().done) count++;
  const degree = (direction: 'up' | 'down') =>
    [...state.edges.of(row, direction)].filter((edge) => state.edges.exists(edge, asOf)).length;
  const { id, kind, namespace, name, type, owners, tags } = view;
  return {
    id,
    kind,
    namespace,
    name,
    type,
    owners: [...owners],
    tags: [...tags],
    columns: view.schema === null ? null : state.schemas.get(view.schema).columns,
    upstream: degree('up'),
    downstream: degree('down'),
    runs: count,
    lastState: newest.done ? null : runView(state, newest.value, asOf).state,
    firstSeen: iso(firstSeen(state.assets.sightings, row, asOf)),
    lastSeen: iso(lastValid),
    firstEntry,
    lastEntry,
  };
}

export interface AssetQuery {
  readonly q: string;
  readonly kind: 'dataset' | 'job' | null;
  readonly namespace: string | null;
  readonly limit: number;
  readonly after: string | null;
}

/** Assets in order of their ids. Every word of `q` must occur in the id, an owner, a tag or the type. */
export function assetPage(state: State, query: AssetQuery, asOf: AsOf): z.infer<typeof AssetPage> {
  const words = query.q.toLowerCase().split(/\s+/).filter(Boolean);
  const namespaces = new Map<string, number>();
  const kinds = new Map<'dataset' | 'job', number>();
  const matches: { readonly id: string; readonly row: number }[] = [];
  for (let row = 0; row < state.assets.count; row++) {
    if (!state.assets.exists(row, asOf)) continue;
    if (words.length > 0) {
      const { id, owners, tags, type } = state.assets.view(row, asOf);
      const text = [id, ...owners, ...tags, type ?? ''].join(' ').toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
    }
    const kind = state.assets.kindOf(row);
    const { namespace } = state.assets.nameOf(row);
    const kindMatches = query.kind === null || query.kind === kind;
    const namespaceMatches = query.namespace === null || query.namespace === namespace;
    // A facet counts what choosing it would show, so its own filter does not apply to it.
    if (namespaceMatches) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (kindMatches) namespaces.set(namespace, (namespaces.get(namespace) ?? 0) + 1);
    if (kindMatches && namespaceMatches) matches.push({ id: state.assets.idOf(row), row });
  }
  matches.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const start = query.after === null ? 0 : matches.findIndex(({ id }) => id > query.after!);
  const page = start < 0 ? [] : matches.slice(start, start + query.limit);
  return {
    items: page.map(({ row }) => assetSummary(state, row, asOf)),
    total: matches.length,
    next: start >= 0 && start + page.length < matches.length ? (page.at(-1)?.id ?? null) : null,
    facets: {
      namespaces: [...namespaces].map(([namespace, count]) => ({ namespace, count })).sort((a, b) => b.count - a.count),
      kinds: [...kinds].map(([kind, count]) => ({ kind, count })),
    },
    asOf: { at: asOf.at === Infinity ? null : iso(asOf.at), entries: Math.min(asOf.entries, state.entries) },
  };
}

/** Assets one step away: for a dataset the datasets on the other side of a job, for a job its datasets. */
function neighbours(state: State, row: number, direction: 'up' | 'down', asOf: AsOf): z.infer<typeof Neighbour>[] {
  const found: z.infer<typeof Neighbour>[] = [];
  const other = (edge: number) => (direction === 'up' ? state.edges.fromOf(edge) : state.edges.toOf(edge));
  const add = (edge: number, through: Ref | null) => {
    const uses = [...state.edges.uses(edge, asOf)];
    if (uses.length === 0) return;
    const times = uses.map(({ valid }) => valid);
    found.push({
      ...assetRef(state, other(edge), asOf),
      through,
      runs: uses.filter(({ run }) => run !== null).length,
      firstAt: iso(times.reduce((a, b) => Math.min(a, b))),
      lastAt: iso(times.reduce((a, b) => Math.max(a, b))),
      lastEntry: uses[0]!.entry,
    });
  };
  for (const edge of state.edges.of(row, direction)) {
    if (!state.edges.exists(edge, asOf)) continue;
    if (state.assets.kindOf(row) === 'job') add(edge, null);
    else for (const beyond of state.edges.of(other(edge), direction)) add(beyond, assetRef(state, other(edge), asOf));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const labelsOf = (state: State, row: number, asOf: AsOf): z.infer<typeof AssetDetail>['labels'] =>
  state.assets.kindOf(row) !== 'dataset'
    ? []
    : state.labels
        .of(state.assets.nameOf(row), asOf)
        .map(({ column, label, state: stands, confidence, by, entry }) => ({
          column,
          label,
          state: stands,
          confidence,
          by,
          entry,
        }));

export async function assetDetail(
  state: State,
  schemas: SchemaReader,
  row: number,
  asOf: AsOf,
): Promise<z.infer<typeof AssetDetail>> {
  const { schema, description } = state.assets.view(row, asOf);
  const history = state.assets.schemaHistory(row, asOf);
  const latestRuns: Run[] = [];
  for (const run of runsOf(state, row, asOf)) {
    if (latestRuns.push(runView(state, run, asOf)) === LATEST_RUNS) break;
  }
  const detail = {
    ...assetSummary(state, row, asOf),
    description,
    schemaHistory: history.map(({ schema: digest, since, entry }) => ({
      digest: state.schemas.get(digest).digest,
      columns: state.schemas.get(digest).columns,
      since: iso(since),
      entry,
    })),
    labels: labelsOf(state, row, asOf),
    latestRuns,
    upstreamAssets: neighbours(state, row, 'up', asOf),
    downstreamAssets: neighbours(state, row, 'down', asOf),
  };
  // Everything above is from one moment; only now may the log move on while the fields are read.
  if (schema === null) return { ...detail, schema: null };
  const { digest, entries } = state.schemas.get(schema);
  const fields = (await schemas.fields(schema)).map(({ name, type, description: text }) => ({
    name,
    type: type ?? null,
    description: text ?? null,
  }));
  return { ...detail, schema: { digest, entry: entries[0] ?? 0, fields } };
}
