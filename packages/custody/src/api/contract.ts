/**
 * What the API answers: one set of zod schemas for the server's types, the OpenAPI document and the web's client.
 * All times are RFC 3339 in UTC. `entry` is always an index in the log, so that every figure names its evidence.
 */
import { z } from '@hono/zod-openapi';
import { ASSET_ROLES } from '../fold/asset-role.ts';
import { GAP_KINDS } from '../fold/gaps.ts';

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
  labels: z
    .array(
      z.object({
        column: z.string(),
        label: z.string(),
        state: z.enum(['suggested', 'accepted', 'rejected']),
        confidence: z.number().nullable(),
        by: z.string(),
        entry,
      }),
    )
    .openapi({ description: 'Labels of its columns: suggested by gates, accepted or rejected by people' }),
  latestRuns: z.array(RunView),
  upstreamAssets: z.array(Neighbour),
  downstreamAssets: z.array(Neighbour),
}).openapi('AssetDetail');

export const LineageNode = AssetRef.extend({
  /** Hops from the asset asked for: negative upstream, positive downstream, 0 itself. */
  distance: z.int(),
  columns: z
    .array(z.string())
    .openapi({ description: 'Names of the first 12 columns; of the first 200 if columns are asked for' }),
  columnCount: z.int().nullable(),
  tags: z.array(z.string()),
  lastAt: time,
  lastState: RunView.shape.state.nullable(),
  moreUp: z.int().openapi({ description: 'Neighbours upstream that this answer leaves out' }),
  moreDown: z.int(),
}).openapi('LineageNode');

export const ColumnEnd = z
  .object({
    asset: z.string().openapi({ description: 'Id of the dataset' }),
    column: z.string().nullable().openapi({ description: 'null: the dataset as a whole, which rows it has' }),
  })
  .openapi('ColumnEnd');

export const ColumnEdge = z
  .object({
    from: ColumnEnd,
    to: ColumnEnd,
    job: z.string(),
    kind: z.enum(['identity', 'transformation', 'aggregation', 'unsaid', 'rows']).openapi({
      description: 'What becomes of the value; `rows`: it only decides which rows there are, or which value is taken',
    }),
    role: z.string().nullable().openapi({ description: 'JOIN, FILTER, GROUP_BY, SORT, WINDOW, CONDITIONAL or OTHER' }),
    masked: z.boolean().openapi({ description: 'A known masking function stands between' }),
    certainty: z.enum(['certain', 'inferred', 'ambiguous']),
    fromSql: z
      .boolean()
      .openapi({ description: 'Read out of the SQL of the job; its producer gave no column lineage' }),
    run: z.string().nullable(),
    entry,
  })
  .openapi('ColumnEdge');

export const LineageEdge = z
  .object({
    from: z.string(),
    to: z.string(),
    runs: z.int().openapi({ description: 'Runs that went along this edge, as of the time asked for' }),
    firstAt: time,
    lastAt: time,
    endedAt: time.nullable().openapi({ description: 'When its job first told of all it reads (or writes) without it' }),
    lastRun: z.string().nullable(),
    lastEntry: entry,
  })
  .openapi('LineageEdge');

/** What every answer about lineage rests on. */
export const AsOfView = z
  .object({
    at: time.nullable().openapi({ description: 'Valid time asked for; null is now' }),
    entries: z.int().openapi({ description: 'Known time: the answer rests on the first so many entries' }),
    checkpoint: z.object({ size: z.int(), root: z.string() }).nullable(),
  })
  .openapi('AsOf');

export const Lineage = z
  .object({
    root: z.string(),
    direction: z.enum(['both', 'up', 'down']),
    depth: z.int(),
    nodes: z.array(LineageNode),
    edges: z.array(LineageEdge),
    columnEdges: z.array(ColumnEdge).openapi({ description: 'Between columns of the nodes; only if asked for' }),
    /** Nodes that were reached but left out because of `limit`. */
    omitted: z.int(),
    asOf: AsOfView,
  })
  .openapi('Lineage');

export const ColumnLineage = z
  .object({
    root: ColumnEnd,
    direction: z.enum(['both', 'up', 'down']),
    depth: z.int(),
    nodes: z.array(ColumnEnd.extend({ distance: z.int().openapi({ description: 'Steps; negative upstream' }) })),
    edges: z.array(ColumnEdge),
    /** True if there is more than the answer holds. */
    cut: z.boolean(),
    asOf: AsOfView,
  })
  .openapi('ColumnLineage');

export const TouchedAsset = AssetRef.extend({
  role: z.enum(ASSET_ROLES),
  owners: z.array(z.string()),
  tags: z.array(z.string()),
  sensitivity: z.int().openapi({ description: '0 nothing said, 1 internal, 2 personal or confidential, 3 special' }),
  rank: z.int().openapi({ description: 'Place in the list: how close and how sensitive; 1 first' }),
  hops: z.int(),
  columns: z
    .array(z.string())
    .nullable()
    .openapi({ description: 'Columns touched; null: all, they are not told apart' }),
  byRows: z.boolean().openapi({ description: 'Reached also by deciding about rows (a join, a filter)' }),
  count: z.int().openapi({ description: 'Bad versions of a dataset, runs of a job' }),
  first: time,
  last: time,
  until: time.nullable().openapi({ description: 'When the last bad version was replaced; null: it never was' }),
  certain: z.boolean(),
  reason: z.string().openapi({ description: 'One sentence for people' }),
  by: z
    .object({
      from: z.string(),
      job: z.string(),
      run: z.string().nullable(),
      readEntry: entry,
      writeEntry: entry.nullable(),
      certain: z.boolean(),
      byColumns: z.boolean(),
    })
    .nullable(),
}).openapi('TouchedAsset');

export const Blast = z
  .object({
    root: z.string(),
    columns: z.array(z.string()).nullable(),
    version: z.string().nullable(),
    from: time.nullable().openapi({ description: 'Since when it was bad; null: always' }),
    to: time.nullable().openapi({ description: 'Until when; null: it still is' }),
    depth: z.int(),
    counts: z.array(z.object({ role: z.enum(ASSET_ROLES), count: z.int() })),
    touched: z.array(TouchedAsset).openapi({ description: 'By rank; the start is not among them' }),
    omitted: z.int(),
    asOf: AsOfView,
  })
  .openapi('Blast');

export const PathAnswer = z
  .object({
    from: z.string(),
    to: z.string(),
    found: z.boolean(),
    direction: z.enum(['up', 'down']).nullable().openapi({ description: '`up`: the data flow from `to` to `from`' }),
    steps: z.array(
      z.object({
        edge: LineageEdge,
        reason: z.string(),
        columns: z.array(ColumnEdge).openapi({ description: 'Of a write: which columns come from the step before' }),
      }),
    ),
    nodes: z.array(AssetRef),
    asOf: AsOfView,
  })
  .openapi('Path');

const pairOf = <S extends z.ZodType>(schema: S) => z.object({ before: schema, after: schema }).nullable();

export const DifferenceAnswer = z
  .object({
    root: z.string().nullable(),
    before: z.object({ at: time.nullable(), entries: z.int() }),
    assetsAdded: z.array(AssetRef),
    assetsGone: z.array(AssetRef),
    edgesAdded: z.array(LineageEdge),
    edgesGone: z.array(LineageEdge),
    changed: z.array(
      z.object({
        asset: AssetRef,
        columns: z.object({ added: z.array(z.string()), gone: z.array(z.string()) }).nullable(),
        code: pairOf(z.string().nullable()),
        owners: pairOf(z.array(z.string())),
        tags: pairOf(z.array(z.string())),
      }),
    ),
    asOf: AsOfView,
  })
  .openapi('Difference');

export const CausesAnswer = z
  .object({
    asset: AssetRef,
    metric: z.string(),
    higherIsBetter: z.boolean(),
    series: z.array(z.object({ asset: z.string(), at: time, value: z.number(), run: z.string(), entry })),
    good: z.int().openapi({ description: 'Index in the series of the last version that was as usual' }),
    bad: z.int(),
    fell: z.boolean().openapi({ description: 'False: no version is unusually worse; the newest is looked at' }),
    candidates: z.array(
      z.object({
        kind: z.enum([
          'code',
          'schema',
          'source-added',
          'source-removed',
          'rows',
          'drift',
          'assertion',
          'run-failed',
          'stale',
        ]),
        asset: AssetRef,
        column: z.string().nullable(),
        run: z.string().nullable(),
        at: time,
        entry,
        hops: z.int(),
        before: z.string(),
        after: z.string(),
        strength: z.number().openapi({ description: '0 to 1: how unusual the change is by itself' }),
        reason: z.string(),
      }),
    ),
    asOf: AsOfView,
  })
  .openapi('Causes');

export const GapsAnswer = z
  .object({
    root: AssetRef,
    direction: z.enum(['both', 'up', 'down']),
    assets: z.array(
      AssetRef.extend({
        hops: z.int(),
        sensitivity: z.int(),
        checks: z.array(
          z.object({
            kind: z.enum(GAP_KINDS),
            state: z.enum(['known', 'missing', 'not-applicable']),
            says: z.string().openapi({ description: 'What is known, or what is missing and how to tell it' }),
            entry: entry.nullable(),
          }),
        ),
      }),
    ),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        state: z.enum(['known', 'missing', 'not-applicable']),
        says: z.string(),
      }),
    ),
    missing: z.int(),
    known: z.int(),
    asOf: AsOfView,
  })
  .openapi('Gaps');

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
