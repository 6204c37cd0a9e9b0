/**
 * Column lineage in the folds is exactly what the events' own `columnLineage` facets claim: for every run and output, read
 * straight from the JSON here, and from the folded log there. Nothing more that is not marked as read out of SQL.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { NOW } from '../fold/as-of.ts';
import { ALL_ROWS, dependencyOf } from '../fold/column-map-table.ts';
import type { State } from '../fold/state.ts';
import { openFileLog } from '../log/file-log.ts';
import { Intake } from './intake.ts';
import { idOfEntry, Ledger } from './ledger.ts';

const FIXTURES = fileURLToPath(new URL('../../../../testdata/openlineage/', import.meta.url));
const SHARED = `${process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../../../../shared', import.meta.url))}/data/openlineage`;
if (!existsSync(SHARED)) console.log(`skipped: generated events (there is no ${SHARED}; set CUSTODY_SHARED)`);

interface Source {
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
  readonly transformations?: readonly {
    readonly type: string;
    readonly subtype?: string;
    readonly masking?: boolean;
  }[];
}
interface Facet {
  readonly fields: Readonly<Record<string, { readonly inputFields: readonly Source[] }>>;
  readonly dataset?: readonly Source[];
}
interface RunEvent {
  readonly eventTime: string;
  readonly run: { readonly runId: string };
  readonly outputs?: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly facets?: { readonly columnLineage?: Facet };
  }[];
}

const KINDS = ['IDENTITY', 'TRANSFORMATION', 'AGGREGATION'];

/** A line for each way that a source is said to have: how its value is handed on, and what it is looked at for. */
function claimed(column: string | null, { namespace, name, field, transformations = [] }: Source): string[] {
  const direct = transformations.filter(({ type }) => type === 'DIRECT');
  const looked = transformations.filter(({ type }) => type === 'INDIRECT');
  const said = direct.length > 0 ? direct : looked;
  const masked = said.length > 0 && said.every(({ masking }) => masking === true);
  const strongest = Math.max(...direct.map(({ subtype }) => KINDS.indexOf(subtype ?? '')));
  const ways = [
    ...(column !== null && direct.length > 0 ? [(KINDS[strongest] ?? 'unsaid').toLowerCase()] : []),
    ...new Set(looked.map(({ subtype }) => `rows ${subtype ?? 'OTHER'}`)),
  ];
  if (ways.length === 0) ways.push(column === null ? 'rows OTHER' : 'unsaid');
  return ways.map((way) => `${column ?? '(rows)'} <- ${namespace} ${name} ${field}: ${way}${masked ? ' masked' : ''}`);
}

/** By run and output: what the latest event of the run that has the facet claims. */
function claims(lines: readonly string[]): Map<string, string[]> {
  const found = new Map<string, { readonly time: number; readonly ways: string[] }>();
  for (const line of lines) {
    const { eventTime, run, outputs = [] } = JSON.parse(line) as RunEvent;
    for (const { namespace, name, facets } of outputs) {
      const facet = facets?.columnLineage;
      if (!facet) continue;
      const ways = [
        ...Object.entries(facet.fields).flatMap(([column, { inputFields }]) =>
          inputFields.flatMap((source) => claimed(column, source)),
        ),
        ...(facet.dataset ?? []).flatMap((source) => claimed(null, source)),
      ];
      const key = `${run.runId.toLowerCase()} ${namespace} ${name}`;
      const before = found.get(key);
      if (ways.length > 0 && (!before || before.time <= Date.parse(eventTime)))
        found.set(key, { time: Date.parse(eventTime), ways });
    }
  }
  return new Map([...found].map(([key, { ways }]) => [key, [...new Set(ways)].sort()]));
}

/** The same out of the folds; what was read out of SQL is no claim of the producer's. */
function folded(state: State): { readonly facets: Map<string, string[]>; readonly fromSql: number } {
  const facets = new Map<string, string[]>();
  let fromSql = 0;
  for (let run = 0; run < state.runs.count; run++) {
    for (const { use, edge } of state.edges.usesOfRun(run, state.runs, NOW)) {
      const { columns, columnsFrom } = state.edges.details.of(use, NOW);
      if (columns === null) continue;
      if (columnsFrom === 'sql') {
        fromSql++;
        continue;
      }
      const { namespace, name } = state.assets.nameOf(state.edges.toOf(edge));
      const inputs = state.columns.inputs(columns);
      const ways = [...state.columns.ways(columns)].map(({ out, input, column, flags }) => {
        const { kind, role, masked } = dependencyOf(flags);
        const source = inputs[input]!;
        const target = out === ALL_ROWS ? '(rows)' : state.columns.columnName(out);
        const how = kind === 'rows' ? `rows ${role}` : kind;
        return `${target} <- ${source.namespace} ${source.name} ${state.columns.columnName(column)}: ${how}${masked ? ' masked' : ''}`;
      });
      facets.set(`${state.runs.view(run).id} ${namespace} ${name}`, [...new Set(ways)].sort());
    }
  }
  return { facets, fromSql };
}

async function fold(lines: readonly string[]): Promise<ReturnType<typeof folded>> {
  const folder = await mkdtemp(`${tmpdir()}/custody-claims-`);
  const ledger = await Ledger.open(await openFileLog({ folder, idOf: idOfEntry }));
  try {
    const intake = new Intake(ledger, Buffer.alloc(32, 1));
    for (let from = 0; from < lines.length; from += 500)
      await Promise.all(lines.slice(from, from + 500).map((line) => intake.takeOne(Buffer.from(line), 'test')));
    return folded(ledger.state);
  } finally {
    await ledger.close();
  }
}

const read = (path: string): readonly string[] => {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split('\n');
};

/** `claiming`: outputs of runs that have the facet; `fromSql`: those whose columns their SQL told instead. */
test.each([
  { file: 'real-airflow.jsonl', claiming: 0, fromSql: 0 },
  { file: 'real-dbt.jsonl', claiming: 0, fromSql: 10 },
  { file: 'real-spark.jsonl', claiming: 2, fromSql: 0 },
  { file: 'typical-2in1out-50col.jsonl', claiming: 2, fromSql: 0 },
  { file: 'wide-20ds-50col.jsonl', claiming: 10, fromSql: 0 },
])('$file', async ({ file, claiming, fromSql }) => {
  const lines = read(`${FIXTURES}${file}`);
  const expected = claims(lines);
  const got = await fold(lines);
  expect(got.facets).toEqual(expected);
  expect({ claiming: expected.size, fromSql: got.fromSql }).toEqual({ claiming, fromSql });
});

test.skipIf(!existsSync(SHARED)).each([
  { file: 'typical-2in1out-50col.jsonl.gz', claiming: 1000, ways: 100_000 },
  { file: 'wide-20ds-50col.jsonl.gz', claiming: 1000, ways: 100_000 },
])('all of $file', async ({ file, claiming, ways }) => {
  const lines = read(`${SHARED}/${file}`);
  const expected = claims(lines);
  const got = await fold(lines);
  expect([...got.facets.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [key, claim] of expected) expect(got.facets.get(key), key).toEqual(claim);
  expect(expected.size).toBe(claiming);
  expect([...expected.values()].flat()).toHaveLength(ways);
});
