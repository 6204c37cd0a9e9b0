import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeEvent, type RunFacts } from '../../../packages/custody/src/producers/openlineage/index.ts';
import type { BureauRow, NightResult, RunEvent } from './pipeline.ts';
import { runHistory } from './pipeline.ts';
import type { ColumnLineage } from './query.ts';
import { Warehouse } from './warehouse.ts';

const END = '2026-11-22';
const DAYS = ['2026-11-20', '2026-11-21', END];
/** START and COMPLETE of the pipeline and of its 14 steps. */
const EVENTS_A_NIGHT = 30;

interface History {
  readonly events: readonly RunEvent[];
  readonly nights: readonly NightResult[];
  readonly folder: string;
}

const folders: string[] = [];
async function history(
  options: {
    alterFeed?: (day: string, feed: readonly BureauRow[]) => readonly BureauRow[];
    incident?: string | null;
    seed?: number;
    days?: number;
  } = {},
): Promise<History> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-scoring-test-'));
  folders.push(folder);
  const events: RunEvent[] = [];
  const nights = await runHistory({
    days: 3,
    endDate: END,
    workDir: folder,
    emit: async (event) => void events.push(event),
    ...options,
  });
  return { events, nights, folder };
}

let made: History;
beforeAll(async () => {
  made = await history();
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const completed = (): RunEvent[] => made.events.filter(({ eventType }) => eventType === 'COMPLETE');
const columnLineageOf = (event: RunEvent, output = 0): ColumnLineage =>
  event.outputs[output]!.facets['columnLineage'] as unknown as ColumnLineage;

describe('the pipeline really runs', () => {
  test('each night trains a model that tells good from bad on people it has not seen', () => {
    expect(made.nights.map(({ day }) => day)).toEqual(DAYS);
    for (const { auc, trainingRows } of made.nights) {
      expect(auc).toBeGreaterThan(0.7);
      expect(auc).toBeLessThan(0.85);
      expect(trainingRows).toBeGreaterThan(400);
    }
  });

  test('applications arrive day by day, and outcomes become known', () => {
    const scored = made.nights.map((night) => night.scored);
    expect(scored).toEqual(scored.toSorted((a, b) => a - b));
    expect(scored[2]).toBe(1000);
    expect(scored[0]).toBeLessThan(1000);
    expect(made.nights[2]!.trainingRows).toBeGreaterThan(made.nights[0]!.trainingRows);
  });

  test('what is in the database and in the files is what the last night says of it', async () => {
    const last = made.nights[2]!;
    const warehouse = await Warehouse.open(join(made.folder, 'credit-scoring.duckdb'), made.folder);
    try {
      expect(await warehouse.countOf('scores.credit_scores')).toBe(last.scored);
      expect(await warehouse.countOf('monitoring.model_metrics')).toBe(3);
      const [sums] = await warehouse.rows<{ applications: number; scored: number; approved: number }>(
        `select cast((select sum(applications) from reports.portfolio_daily where report_date = date '${END}') as integer) as applications,
         cast(count(*) as integer) as scored,
         cast(count(*) filter (decision = 'approve') as integer) as approved from scores.credit_scores`,
      );
      expect(sums!.applications).toBe(last.scored);
      expect(sums!.approved).toBeGreaterThan(last.scored / 4);
      expect(sums!.approved).toBeLessThan(last.scored);
      // Those who defaulted have higher scores: the model has been applied to the right people.
      const [means] = await warehouse.rows<{ bad: number; good: number }>(
        `select avg(s.probability_of_default) filter (p.defaulted) as bad,
         avg(s.probability_of_default) filter (not p.defaulted) as good
         from scores.credit_scores s join core.applicants p using (applicant_id)`,
      );
      expect(means!.bad - means!.good).toBeGreaterThan(0.1);
      expect((await warehouse.columnsOf('features.credit_features')).length).toBeGreaterThanOrEqual(20);
    } finally {
      warehouse.close();
    }
    for (const day of DAYS) {
      const artefact = await readFile(join(made.folder, `models/credit-default/${day}.json`));
      const trained = completed().find(({ outputs }) => outputs[0]?.name === `credit-default/${day}`)!;
      const { digest, auc } = trained.outputs[0]!.facets['modelVersion'] as unknown as { digest: string; auc: number };
      expect(digest).toBe(`sha256:${createHash('sha256').update(artefact).digest('hex')}`);
      expect(auc).toBeCloseTo(made.nights[DAYS.indexOf(day)]!.auc, 5);
    }
    const dashboard = JSON.parse(await readFile(join(made.folder, 'dashboards/portfolio.json'), 'utf8')) as {
      day: string;
      auc: number;
    };
    expect(dashboard).toMatchObject({ day: END, auc: last.auc });
  });
});

describe('the events', () => {
  test('are START and COMPLETE of every run, in the order of their times, on the days they say', () => {
    expect(made.events).toHaveLength(3 * EVENTS_A_NIGHT);
    const times = made.events.map(({ eventTime }) => eventTime);
    expect(times).toEqual(times.toSorted());
    const states = new Map<string, string[]>();
    for (const { run, eventType } of made.events) states.set(run.runId, [...(states.get(run.runId) ?? []), eventType]);
    expect(states.size).toBe((3 * EVENTS_A_NIGHT) / 2);
    for (const seen of states.values()) expect(seen).toEqual(['START', 'COMPLETE']);
    expect([...new Set(times.map((time) => time.slice(0, 10)))]).toEqual(DAYS);
  });

  test('pass for OpenLineage, and their literals and nothing else is redacted', () => {
    for (const event of made.events) {
      const { facts, redacted, payload } = takeEvent(Buffer.from(JSON.stringify(event)));
      expect(facts).toHaveLength(1);
      if (event.job.facets['sql'] === undefined) expect(redacted).toBe(0);
      const kept = JSON.parse(Buffer.from(payload).toString()) as RunEvent;
      const withoutSql = ({ job, ...rest }: RunEvent): object => ({
        ...rest,
        job: { ...job, facets: { ...job.facets, sql: null } },
      });
      expect(withoutSql(kept)).toEqual(withoutSql(event));
    }
  });

  test('say of every dataset and job that the dates are simulated, and of every run why', () => {
    for (const event of made.events) {
      const { job, inputs, outputs } = takeEvent(Buffer.from(JSON.stringify(event))).facts[0] as RunFacts;
      for (const { tags } of [job, ...inputs, ...outputs]) expect(tags).toContain('simulated-dates');
      expect(event.run.facets['simulatedDates']).toMatchObject({ simulated: true });
    }
  });

  test('are the same again for the same seed and end date, and others for another seed', async () => {
    const again = await history();
    expect(again.events).toEqual(made.events);
    expect(again.nights).toEqual(made.nights);
    const other = await history({ seed: 7, days: 1 });
    expect(other.nights[0]!.auc).not.toBe(made.nights[2]!.auc);
  });
});

describe('the lineage', () => {
  /** Everything reachable from an asset over the edges of the runs that completed. */
  function reachableFrom(start: string): Set<string> {
    const next = new Map<string, Set<string>>();
    const add = (from: string, to: string): void => void next.set(from, (next.get(from) ?? new Set()).add(to));
    for (const event of completed()) {
      const job = `job ${event.job.name}`;
      for (const { name } of event.inputs) add(name, job);
      for (const { name } of event.outputs) add(job, name);
    }
    const reached = new Set([start]);
    for (const asset of reached) for (const to of next.get(asset) ?? []) reached.add(to);
    return reached;
  }

  test('has at least 12 datasets and 9 jobs, each with an owner and a type', () => {
    const datasets = new Map(
      completed()
        .flatMap(({ inputs, outputs }) => [...inputs, ...outputs])
        .map((dataset) => [dataset.name, dataset]),
    );
    const jobs = new Set(completed().map(({ job }) => job.name));
    expect([...datasets.keys()].filter((name) => !name.startsWith('credit-default/')).length).toBeGreaterThanOrEqual(
      12,
    );
    expect(jobs.size).toBeGreaterThanOrEqual(9);
    for (const { facets } of datasets.values()) {
      expect((facets['ownership'] as unknown as { owners: unknown[] }).owners.length).toBeGreaterThan(0);
      expect(['FILE', 'TABLE', 'MODEL']).toContain(facets['datasetType']!['datasetType']);
    }
  });

  test("leads from the vendor's feed over every model to scores, report and dashboard", () => {
    const reached = reachableFrom('credit-scoring/vendor/nordkredit/bureau_feed.csv');
    for (const name of [
      'raw.bureau_feed',
      'clean.bureau',
      'core.applicants',
      'features.credit_features',
      'features.training_set',
      ...DAYS.map((day) => `credit-default/${day}`),
      'scores.credit_scores',
      'reports.portfolio_daily',
      'credit-scoring/dashboards/portfolio.json',
    ]) {
      expect(reached).toContain(name);
    }
    for (const name of ['raw.applications', 'credit-scoring/landing/applications.csv'])
      expect(reached).not.toContain(name);
  });

  test('every column that lineage names is one that the dataset has', () => {
    const columnsOf = new Map<string, Set<string>>();
    let checked = 0;
    for (const event of completed()) {
      for (const { name, facets } of event.outputs) {
        const { fields } = facets['schema'] as unknown as { fields: { name: string }[] };
        const columns = new Set(fields.map((field) => field.name));
        columnsOf.set(name, columns);
        const lineage = facets['columnLineage'] as unknown as ColumnLineage | undefined;
        for (const [column, { inputFields }] of Object.entries(lineage?.fields ?? {})) {
          expect(columns).toContain(column);
          for (const input of inputFields) {
            if (input.name === 'credit-scoring/data/germancredit.csv') continue;
            expect(columnsOf.get(input.name)).toContain(input.field);
            checked++;
          }
        }
        for (const input of lineage?.dataset ?? []) expect(columnsOf.get(input.name)).toContain(input.field);
      }
    }
    expect(checked).toBeGreaterThan(500);
  });

  test('of columns is direct and indirect, with what was done', () => {
    const eventOf = (name: string): RunEvent => completed().find(({ job }) => job.name === `nightly.${name}`)!;
    const kindsOf = (event: RunEvent, column: string): string[] =>
      columnLineageOf(event).fields[column]!.inputFields.map(
        ({ name, field, transformations }) =>
          `${name}.${field} ${transformations.map(({ subtype }) => subtype).join()}`,
      );
    expect(kindsOf(eventOf('build_features'), 'monthly_burden')).toEqual([
      'core.applicants.credit_amount TRANSFORMATION',
      'core.applicants.duration_months TRANSFORMATION',
    ]);
    expect(kindsOf(eventOf('build_features'), 'housing')).toEqual(['core.applicants.housing IDENTITY']);
    expect(kindsOf(eventOf('portfolio_report'), 'exposure')).toEqual(['core.applicants.credit_amount AGGREGATION']);
    const indirect = (event: RunEvent): string[] =>
      columnLineageOf(event).dataset.map(
        ({ name, field, transformations }) =>
          `${name}.${field} ${transformations.map(({ type, subtype }) => `${type} ${subtype}`).join()}`,
      );
    expect(indirect(eventOf('join_applicants'))).toEqual([
      'clean.applications.applicant_id INDIRECT JOIN',
      'clean.bureau.applicant_id INDIRECT JOIN',
    ]);
    expect(indirect(eventOf('portfolio_report'))).toContain('core.applicants.purpose INDIRECT GROUP_BY');
    expect(indirect(eventOf('clean_bureau'))).toContain('raw.bureau_feed.bureau_score INDIRECT FILTER');
    expect(indirect(eventOf('clean_bureau'))).toContain('raw.bureau_feed.reported_on INDIRECT WINDOW');
  });
});

describe('room for an incident', () => {
  test('what the vendor delivers otherwise goes through to the scores, and only from that day on', async () => {
    const altered = await history({
      alterFeed: (day, feed) => (day >= '2026-11-21' ? feed.map((row) => ({ ...row, bureau_score: '300' })) : feed),
    });
    expect(altered.nights[0]).toEqual(made.nights[0]);
    expect(altered.nights[1]!.auc).not.toBe(made.nights[1]!.auc);
  });

  test('the export that got stuck has its rows and columns, and figures of one row for most people', async () => {
    const stuck = await history({ incident: '2026-11-21' });
    expect(stuck.nights[0]).toEqual(made.nights[0]);
    expect(stuck.nights[1]!.auc).toBeLessThan(made.nights[1]!.auc - 0.02);
    expect(stuck.nights[2]).toEqual(made.nights[2]);
    const feedOf = ({ events }: History) =>
      events.find(
        ({ eventType, job, eventTime }) =>
          eventType === 'COMPLETE' && job.name.includes('deliver') && eventTime.startsWith('2026-11-21'),
      )!.outputs[0]!;
    const [usual, odd] = [feedOf(made), feedOf(stuck)];
    expect(odd.facets['schema']).toEqual(usual.facets['schema']);
    expect(odd.outputFacets!['outputStatistics']!['rowCount']).toBe(
      usual.outputFacets!['outputStatistics']!['rowCount'],
    );
  });

  test('a night that fails says so, and leaves the tables as the night before left them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'credit-scoring-test-'));
    folders.push(folder);
    const events: RunEvent[] = [];
    const failing = runHistory({
      days: 2,
      endDate: END,
      workDir: folder,
      emit: async (event) => void events.push(event),
      alterFeed: (day, feed) => (day === END ? feed.map((row) => ({ ...row, bureau_score: 'n/a' })) : feed),
    });
    await expect(failing).rejects.toThrow(/n\/a/);
    expect(events.slice(-2).map(({ eventType, job }) => [eventType, job.name])).toEqual([
      ['FAIL', 'nightly.clean_bureau'],
      ['FAIL', 'nightly'],
    ]);
    expect(events.at(-2)!.run.facets['errorMessage']!['message']).toMatch(/n\/a/);
    const warehouse = await Warehouse.open(join(folder, 'credit-scoring.duckdb'), folder);
    try {
      expect(await warehouse.countOf(`raw.bureau_feed where bureau_score = 'n/a'`)).toBe(0);
      expect(await warehouse.countOf('monitoring.model_metrics')).toBe(1);
    } finally {
      warehouse.close();
    }
  });

  test('days and dates that make no history are refused', async () => {
    const options = { workDir: join(tmpdir(), 'never'), emit: async () => undefined };
    await expect(runHistory({ ...options, days: 0, endDate: END })).rejects.toThrow(RangeError);
    await expect(runHistory({ ...options, days: 2, endDate: '2026-02-30' })).rejects.toThrow(RangeError);
  });
});
