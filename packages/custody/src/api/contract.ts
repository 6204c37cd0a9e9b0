/**
 * What the API answers: one set of zod schemas for the server's types, the OpenAPI document and the web's client.
 * All times are RFC 3339 in UTC. `entry` is always an index in the log, so that every figure names its evidence.
 */
import { z } from '@hono/zod-openapi';

const time = z.iso.datetime({ offset: true }).openapi({ example: '2026-11-12T06:30:00.000Z' });
const entry = z.int().min(0).openapi({ description: 'Index of an entry in the log', example: 42 });
const role = z.enum(['admin', 'engineer', 'officer', 'auditor']);

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    /** JSON pointer to the field that is wrong. */
    pointer: z.string().optional(),
    /** What to do next. */
    remedy: z.string().optional(),
  })
  .openapi('Problem', { description: 'RFC 9457 problem document' });

export const CheckpointView = z
  .object({
    size: z.int(),
    root: z.string().openapi({ description: 'Root hash, base64' }),
    signedAt: time,
    text: z.string().openapi({ description: 'The signed note, verbatim' }),
  })
  .openapi('Checkpoint');

export const Status = z
  .object({
    version: z.string(),
    now: time,
    me: z.object({ name: z.string(), role, via: z.enum(['session', 'token']) }),
    log: z.object({
      origin: z.string(),
      key: z.string().openapi({ description: 'Verifier key, name+id+base64' }),
      size: z.int(),
      checkpoint: CheckpointView.nullable(),
    }),
    counts: z.object({
      datasets: z.int(),
      jobs: z.int(),
      runs: z.int(),
      failedRuns24h: z.int(),
      datasetsWithoutOwner: z.int(),
      datasetsWithoutSchema: z.int(),
    }),
    /** Valid times the log spans; null while it is empty. */
    span: z.object({ from: time, to: time }).nullable(),
    /** True if any asset carries the tag `simulated-dates`. */
    simulatedDates: z.boolean(),
  })
  .openapi('Status');

export const AssetRef = z
  .object({
    id: z.string().openapi({ example: 'dataset:file:credit/raw:applications.csv' }),
    kind: z.enum(['dataset', 'job']),
    namespace: z.string(),
    name: z.string(),
    type: z.string().nullable().openapi({ description: 'TABLE, VIEW, FILE, MODEL, JOB, ... as the producer said' }),
  })
  .openapi('AssetRef');

export const RunView = z
  .object({
    id: z.string(),
    job: AssetRef,
    state: z.enum(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']),
    startedAt: time.nullable(),
    endedAt: time.nullable(),
    nominalStart: time.nullable(),
    inputs: z.int(),
    outputs: z.int(),
    firstEntry: entry,
    lastEntry: entry,
  })
  .openapi('Run');

export const AssetSummary = AssetRef.extend({
  owners: z.array(z.string()),
  tags: z.array(z.string()),
  columns: z.int().nullable(),
  upstream: z.int().openapi({ description: 'Assets one step up' }),
  downstream: z.int().openapi({ description: 'Assets one step down' }),
  runs: z.int(),
  lastState: RunView.shape.state.nullable().openapi({ description: 'State of the last run that touched it' }),
  firstSeen: time,
  lastSeen: time,
  firstEntry: entry,
  lastEntry: entry,
}).openapi('AssetSummary');

export const AssetPage = z
  .object({
    items: z.array(AssetSummary),
    total: z.int(),
    next: z.string().nullable().openapi({ description: 'Pass as `after` for the next page' }),
    facets: z.object({
      namespaces: z.array(z.object({ namespace: z.string(), count: z.int() })),
      kinds: z.array(z.object({ kind: z.enum(['dataset', 'job']), count: z.int() })),
    }),
    asOf: z.object({ at: time.nullable(), entries: z.int() }),
  })
  .openapi('AssetPage');

export const Neighbour = AssetRef.extend({
  /** The job between two datasets; null when the asset asked for is a job itself. */
  through: AssetRef.nullable(),
  runs: z.int(),
  firstAt: time,
  lastAt: time,
  lastEntry: entry,
}).openapi('Neighbour');

export const AssetDetail = AssetSummary.extend({
  description: z.string().nullable(),
  schema: z
    .object({
      digest: z.string(),
      entry,
      fields: z.array(z.object({ name: z.string(), type: z.string().nullable(), description: z.string().nullable() })),
    })
    .nullable(),
  schemaHistory: z.array(z.object({ digest: z.string(), columns: z.int(), since: time, entry })),
  latestRuns: z.array(RunView),
  upstreamAssets: z.array(Neighbour),
  downstreamAssets: z.array(Neighbour),
}).openapi('AssetDetail');

export const LineageNode = AssetRef.extend({
  /** Hops from the asset asked for: negative upstream, positive downstream, 0 itself. */
  distance: z.int(),
  columns: z.array(z.string()).openapi({ description: 'Names of the first columns' }),
  columnCount: z.int().nullable(),
  tags: z.array(z.string()),
  lastAt: time,
  lastState: RunView.shape.state.nullable(),
  moreUp: z.int().openapi({ description: 'Neighbours upstream that this answer leaves out' }),
  moreDown: z.int(),
}).openapi('LineageNode');

export const LineageEdge = z
  .object({
    from: z.string(),
    to: z.string(),
    runs: z.int().openapi({ description: 'Runs that went along this edge, as of the time asked for' }),
    firstAt: time,
    lastAt: time,
    lastRun: z.string().nullable(),
    lastEntry: entry,
  })
  .openapi('LineageEdge');

export const Lineage = z
  .object({
    root: z.string(),
    direction: z.enum(['both', 'up', 'down']),
    depth: z.int(),
    nodes: z.array(LineageNode),
    edges: z.array(LineageEdge),
    /** Nodes that were reached but left out because of `limit`. */
    omitted: z.int(),
    asOf: z.object({
      at: time.nullable().openapi({ description: 'Valid time asked for; null is now' }),
      entries: z.int().openapi({ description: 'Known time: the answer rests on the first so many entries' }),
      checkpoint: z.object({ size: z.int(), root: z.string() }).nullable(),
    }),
  })
  .openapi('Lineage');

export const EntrySummary = z
  .object({
    index: entry,
    recorded: time,
    /** When it happened, where the event says so. */
    happened: time.nullable(),
    kind: z.string(),
    what: z.string().openapi({ description: 'One line for people' }),
    by: z.string(),
    assets: z.array(AssetRef),
    leaf: z.string().openapi({ description: 'Leaf hash, hex' }),
  })
  .openapi('EntrySummary');

export const EntryPage = z
  .object({
    items: z.array(EntrySummary).openapi({ description: 'Newest first' }),
    size: z.int(),
    matched: z.int().nullable().openapi({ description: 'How many match the filter, where that is known' }),
    next: z.int().nullable().openapi({ description: 'Pass as `before` for the next page' }),
  })
  .openapi('EntryPage');

export const EntryDetail = EntrySummary.extend({
  text: z.string().openapi({ description: 'The entry: the exact bytes of the leaf' }),
  payload: z
    .object({
      state: z.enum(['present', 'erased']),
      commitment: z.string(),
      media: z.string(),
      bytes: z.int(),
      text: z.string().nullable(),
    })
    .nullable(),
}).openapi('EntryDetail');

export const Activity = z
  .object({
    unit: z.enum(['hour', 'day', 'week']),
    by: z.enum(['happened', 'recorded']),
    buckets: z.array(z.object({ from: time, events: z.int(), lastEntry: entry })),
  })
  .openapi('Activity');

export const Ingested = z
  .object({
    entry,
    duplicate: z.boolean(),
    redacted: z.int().openapi({ description: 'Literals and secrets taken out before the log' }),
  })
  .openapi('Ingested');

export const BatchIngested = z
  .object({
    status: z.enum(['success', 'partial_success', 'failure']),
    summary: z.object({
      received: z.int(),
      successful: z.int(),
      failed: z.int(),
      duplicates: z.int(),
    }),
    failed_events: z.array(
      z.object({ index: z.int(), reason: z.string(), pointer: z.string().nullable(), retriable: z.boolean() }),
    ),
    entries: z.array(entry.nullable()).openapi({ description: 'One for each event, null where it failed' }),
  })
  .openapi('BatchIngested');

export const TokenView = z
  .object({ name: z.string(), role, created: time, lastUsed: time.nullable() })
  .openapi('Token');
export const NewToken = z.object({ name: z.string().min(1).max(100), role }).openapi('NewToken');
export const CreatedToken = TokenView.extend({
  secret: z.string().openapi({ description: 'Shown once; only its digest is kept' }),
}).openapi('CreatedToken');

/** Data of the server-sent event `log`. */
export const LogNews = z.object({ size: z.int(), checkpoint: z.int() }).openapi('LogNews');
