/** A history of nights: the pipeline is really run once for each day, over the applications that exist by then. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assets from './assets.ts';
import type { BureauRow } from './bureau.ts';
import { daysAfter, isDay, type Day } from './day.ts';
import { stuckExportOn } from './incident.ts';
import { runNight, type Application, type NightResult } from './night.ts';
import type { RunEvent } from './open-lineage.ts';
import { uniform } from './seeded.ts';
import { Warehouse } from './warehouse.ts';

export type { BureauRow } from './bureau.ts';
export type { NightResult } from './night.ts';
export type { RunEvent } from './open-lineage.ts';

export interface HistoryOptions {
  /** How many nights, at least 1. */
  readonly days: number;
  /** The last of them, as "2026-11-22". */
  readonly endDate: Day;
  /** Files and the DuckDB database go here; what an earlier history left is replaced. */
  readonly workDir: string;
  /** The same seed and end date give the same events, byte for byte. */
  readonly seed?: number;
  /** Takes each event as it happens; the pipeline waits for it. */
  readonly emit: (event: RunEvent) => Promise<void>;
  readonly onProgress?: (night: NightResult & { readonly done: number; readonly of: number }) => void;
  /** The night in which the vendor's export gets stuck; null for none. The default is the tenth from the end. */
  readonly incident?: Day | null;
  /**
   * Room for other incidents: what the vendor delivers on a day, given what it would have delivered. Whatever it returns
   * goes through the pipeline like any delivery.
   */
  readonly alterFeed?: (day: Day, feed: readonly BureauRow[]) => readonly BureauRow[];
  /** Hears of each delivery of the vendor, with the file, before the bank loads it. */
  readonly onFeed?: (day: Day, file: string) => Promise<void>;
}

/** Days over which the 1,000 applications arrive, up to the end date: 2.5 a day. */
const ARRIVAL_DAYS = 400;
/** Whether a loan went bad is known this many days after the application. */
const OUTCOME_KNOWN_AFTER_DAYS = 90;
const DEFAULT_SEED = 1994;
const INCIDENT_NIGHTS_AGO = 9;

const SOURCE = fileURLToPath(new URL('../data/', import.meta.url));

/** Runs the nights in order and returns what each of them did. */
export async function runHistory(options: HistoryOptions): Promise<readonly NightResult[]> {
  const { days, endDate, workDir, seed = DEFAULT_SEED, emit, onProgress } = options;
  if (!Number.isInteger(days) || days < 1 || days > 300) throw new RangeError('days must be a whole number, 1 to 300.');
  if (!isDay(endDate)) throw new RangeError('endDate must be a day like 2026-11-22.');
  const { incident = days > INCIDENT_NIGHTS_AGO ? daysAfter(endDate, -INCIDENT_NIGHTS_AGO) : null } = options;
  if (incident !== null && !isDay(incident)) throw new RangeError('incident must be a day like 2026-11-22, or null.');
  const { alterFeed = stuckExportOn(incident) } = options;

  await mkdir(workDir, { recursive: true });
  const path = join(workDir, 'credit-scoring.duckdb');
  for (const file of [path, `${path}.wal`]) await rm(file, { force: true });
  const warehouse = await Warehouse.open(path, workDir);
  try {
    await createTables(warehouse);
    const applications = await allApplications(warehouse, endDate, seed);
    const paymentRecord = new Map(
      applications.map(({ applicant_id: id, creditability }) => [id, creditability === 'bad' ? -1 : 1]),
    );
    const results: NightResult[] = [];
    for (let i = 0; i < days; i++) {
      const day = daysAfter(endDate, i + 1 - days);
      const known = applications.filter(({ application_date: date }) => date <= day).map((one) => asKnownOn(day, one));
      // One transaction a night: a night that fails leaves the tables as the night before left them.
      const result = await warehouse.transaction(() =>
        runNight({
          day,
          seed,
          folder: workDir,
          warehouse,
          applications: known,
          paymentRecord,
          emit,
          alterFeed,
          onFeed: options.onFeed,
        }),
      );
      results.push(result);
      onProgress?.({ ...result, done: i + 1, of: days });
    }
    return results;
  } finally {
    warehouse.close();
  }
}

async function createTables(warehouse: Warehouse): Promise<void> {
  for (const schema of ['raw', 'clean', 'core', 'features', 'monitoring', 'scores', 'reports']) {
    await warehouse.run(`create schema ${schema}`);
  }
  await warehouse.run(
    `create table ${assets.MODEL_METRICS.name}
     (model_version varchar, auc double, training_rows double, holdout_rows double)`,
  );
  await warehouse.run(
    `create table ${assets.SCORES.name}
     (applicant_id varchar, probability_of_default double, decision varchar, model_version varchar)`,
  );
  await warehouse.run(
    `create table ${assets.PORTFOLIO.name}
     (report_date date, purpose varchar, applications bigint, exposure double, expected_loss double,
      mean_probability double, approval_rate double, approval_rate_women double, approval_rate_men double)`,
  );
}

/** The file's rows with an id each and, in an order that the seed decides, a date on which they arrive. */
async function allApplications(warehouse: Warehouse, endDate: Day, seed: number): Promise<readonly Application[]> {
  const rows = await warehouse.rows<Application>(
    `select * from read_csv('${SOURCE.replaceAll("'", "''")}germancredit.csv', header = true, all_varchar = true)`,
  );
  const order = rows
    .map((row, i) => ({ row, i, place: uniform(seed, `arrival/${i}`) }))
    .toSorted((a, b) => a.place - b.place || a.i - b.i);
  return order.map(({ row, i }, arrived) => ({
    ...row,
    applicant_id: `A${String(i + 1).padStart(4, '0')}`,
    application_date: daysAfter(endDate, Math.floor(((arrived + 1) * ARRIVAL_DAYS) / rows.length) - ARRIVAL_DAYS),
  }));
}

/** On that day the outcome of a recent application is not known. */
const asKnownOn = (day: Day, application: Application): Application =>
  daysAfter(application.application_date, OUTCOME_KNOWN_AFTER_DAYS) <= day
    ? application
    : { ...application, creditability: '' };
