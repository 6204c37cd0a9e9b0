/** One night of the pipeline: really run, and told in OpenLineage as it runs. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as assets from './assets.ts';
import type { Dataset } from './assets.ts';
import { bureauFeed, type BureauRow, type KnownApplicant, type PaymentRecord } from './bureau.ts';
import type { Day } from './day.ts';
import * as jobs from './jobs.ts';
import { auc, encodedNames, fit, predict, type Model, type Row } from './logistic-regression.ts';
import * as openLineage from './open-lineage.ts';
import type { DatasetRef, DatasetState, Job, RunEvent, RunRef } from './open-lineage.ts';
import * as queries from './queries.ts';
import { inputField, lineageOf, sourcesOf, sqlOf, type ColumnLineage, type Query } from './query.ts';
import { uniform, uuidOf } from './seeded.ts';
import type { Cell, Column, Warehouse } from './warehouse.ts';

/** An application as the bank's systems hold it, all as text. */
export type Application = KnownApplicant & { readonly [column: string]: string };

export interface NightOptions {
  readonly day: Day;
  readonly seed: number;
  readonly folder: string;
  readonly warehouse: Warehouse;
  /** Applications that exist by this day. */
  readonly applications: readonly Application[];
  /** What the vendor alone knows. */
  readonly paymentRecord: PaymentRecord;
  readonly emit: (event: RunEvent) => Promise<void>;
  /** See HistoryOptions. */
  readonly alterFeed: (day: Day, feed: readonly BureauRow[]) => readonly BureauRow[];
  /** See HistoryOptions. */
  readonly onFeed: ((day: Day, file: string) => Promise<void>) | undefined;
}

export interface NightResult {
  readonly day: Day;
  readonly auc: number;
  readonly trainingRows: number;
  readonly scored: number;
}

/** Which version of an input this night reads or what it wrote, beyond what is always said of a dataset. */
interface Written extends DatasetState {
  readonly rows: number;
  readonly bytes?: number;
}

interface Task {
  readonly job: Job;
  readonly inputs: readonly Dataset[];
  readonly outputs: readonly Dataset[];
  readonly sql?: string;
  readonly inputFacets?: openLineage.Facets;
  /** Does the work; what each output is afterwards, in the order of `outputs`. */
  readonly work: () => Promise<readonly Written[]>;
}

/** Approve below, decline above, let a person decide in between. */
const APPROVE_BELOW = 0.25;
const DECLINE_ABOVE = 0.5;
const HOLDOUT_SHARE = 0.3;

export async function runNight(options: NightOptions): Promise<NightResult> {
  return new Night(options).run();
}

class Night {
  readonly #options: NightOptions;
  /** Columns of what exists this night, by name. */
  readonly #columns = new Map<string, readonly Column[]>();
  readonly #pipeline: RunRef;
  #clock: number;

  constructor(options: NightOptions) {
    this.#options = options;
    this.#pipeline = { id: uuidOf(options.seed, `${options.day}/nightly`), job: jobs.NIGHTLY };
    this.#clock = Date.parse(`${options.day}T00:15:00Z`);
  }

  async run(): Promise<NightResult> {
    const startedAt = this.#now();
    await this.#emitPipeline('START', startedAt);
    await this.#exportApplications();
    await this.#sendInquiries();
    await this.#deliverFeed();
    await this.#query(jobs.LOAD_APPLICATIONS, queries.loadApplications(this.#names(assets.APPLICATIONS_EXPORT)));
    await this.#query(jobs.LOAD_BUREAU, queries.loadBureau(this.#names(assets.BUREAU_FEED)));
    await this.#query(jobs.CLEAN_APPLICATIONS, queries.CLEAN_APPLICATIONS_QUERY, ['applicant_id', 'age_years']);
    await this.#query(jobs.CLEAN_BUREAU, queries.CLEAN_BUREAU_QUERY, ['applicant_id', 'bureau_score']);
    await this.#query(jobs.JOIN_APPLICANTS, queries.JOIN_QUERY);
    await this.#query(jobs.BUILD_FEATURES, queries.FEATURES_QUERY);
    await this.#query(jobs.BUILD_TRAINING_SET, queries.TRAINING_SET_QUERY);
    const { model, trained } = await this.#train();
    const scored = await this.#score(model);
    await this.#query(jobs.REPORT, queries.portfolioQuery(this.#options.day));
    await this.#publishDashboard();
    await this.#emitPipeline('COMPLETE', this.#now());
    return { day: this.#options.day, ...trained, scored };
  }

  async #exportApplications(): Promise<void> {
    const { applications, folder } = this.#options;
    const columns = Object.keys(applications[0] ?? {});
    await this.#task({
      job: jobs.EXPORT_APPLICATIONS,
      inputs: [assets.UCI_APPLICATIONS],
      outputs: [assets.APPLICATIONS_EXPORT],
      work: async () => {
        const bytes = await writeCsv(join(folder, 'landing/applications.csv'), columns, applications);
        // The ids and dates are made up, so they come from nowhere.
        const made = new Set(['applicant_id', 'application_date']);
        const lineage = copied(
          assets.UCI_APPLICATIONS,
          columns.filter((column) => !made.has(column)),
        );
        return [{ columns: texts(columns), lineage, change: 'OVERWRITE', rows: applications.length, bytes }];
      },
    });
  }

  async #sendInquiries(): Promise<void> {
    const { applications, folder } = this.#options;
    await this.#task({
      job: jobs.SEND_INQUIRIES,
      inputs: [assets.APPLICATIONS_EXPORT],
      outputs: [assets.INQUIRIES],
      work: async () => {
        const columns = ['applicant_id', 'application_date'];
        const bytes = await writeCsv(join(folder, 'outbox/nordkredit_inquiries.csv'), columns, applications);
        return [
          {
            columns: texts(columns),
            lineage: copied(assets.APPLICATIONS_EXPORT, columns),
            change: 'OVERWRITE',
            rows: applications.length,
            bytes,
          },
        ];
      },
    });
  }

  async #deliverFeed(): Promise<void> {
    const { day, seed, applications, folder, paymentRecord, alterFeed, onFeed } = this.#options;
    const path = join(folder, 'vendor/nordkredit/bureau_feed.csv');
    this.#wait(45 * 60);
    await this.#task({
      job: jobs.DELIVER_FEED,
      inputs: [assets.INQUIRIES],
      outputs: [assets.BUREAU_FEED],
      work: async () => {
        const feed = alterFeed(day, bureauFeed(day, applications, paymentRecord, seed));
        const columns = Object.keys(feed[0] ?? {});
        const bytes = await writeCsv(
          path,
          columns,
          feed as unknown as readonly { readonly [column: string]: string }[],
        );
        return [{ columns: texts(columns), change: 'OVERWRITE', rows: feed.length, bytes }];
      },
    });
    await onFeed?.(day, path);
  }

  /** A step that is one query. `profiled` names columns of its first input that are counted before. */
  async #query(job: Job, query: Query, profiled: readonly string[] = []): Promise<void> {
    const { warehouse } = this.#options;
    const sql = sqlOf(query);
    const { into, replacing } = query;
    await this.#task({
      job,
      inputs: [...new Set(sourcesOf(query).map(({ dataset }) => dataset))],
      outputs: [into],
      sql,
      ...(profiled.length > 0 ? { inputFacets: await this.#profile(query.from.dataset, into, profiled) } : {}),
      work: async () => {
        await warehouse.run(sql);
        const rows = await warehouse.countOf(replacing === undefined ? into.name : `${into.name} where ${replacing}`);
        return [
          {
            columns: await warehouse.columnsOf(into.name),
            lineage: lineageOf(query),
            ...(replacing === undefined ? { change: 'OVERWRITE' } : {}),
            ...(profiled.includes('applicant_id') ? { assertions: await this.#assertKey(into) } : {}),
            rows,
          },
        ];
      },
    });
  }

  /** Rows, nulls and distinct values of the columns of the raw table that the named columns of the clean one come from. */
  async #profile(from: Dataset, into: Dataset, columns: readonly string[]): Promise<openLineage.Facets> {
    const query = [queries.CLEAN_APPLICATIONS_QUERY, queries.CLEAN_BUREAU_QUERY].find((one) => one.into === into)!;
    const lineage = lineageOf(query).fields;
    const raw = columns.map((column) => lineage[column]!.inputFields[0]!.field);
    const counts = raw.map((column) => [
      `cast(count(*) - count(${column}) as integer) as ${column}_nulls`,
      `cast(count(distinct ${column}) as integer) as ${column}_distinct`,
    ]);
    const [row] = await this.#options.warehouse.rows<{ readonly [name: string]: number }>(
      `select cast(count(*) as integer) as row_count, ${counts.flat().join(', ')} from ${from.name}`,
    );
    return openLineage.dataQualityMetrics(
      row!['row_count']!,
      Object.fromEntries(
        raw.map((column) => [
          column,
          { nullCount: row![`${column}_nulls`]!, distinctCount: row![`${column}_distinct`]! },
        ]),
      ),
    );
  }

  async #assertKey({ name }: Dataset): Promise<NonNullable<DatasetState['assertions']>> {
    const [row] = await this.#options.warehouse.rows<{ nulls: number; doubles: number }>(
      `select cast(count(*) - count(applicant_id) as integer) as nulls,
       cast(count(applicant_id) - count(distinct applicant_id) as integer) as doubles from ${name}`,
    );
    return [
      { assertion: 'not_null', column: 'applicant_id', success: row!.nulls === 0 },
      { assertion: 'unique', column: 'applicant_id', success: row!.doubles === 0 },
    ];
  }

  async #train(): Promise<{ model: Model; trained: Pick<NightResult, 'auc' | 'trainingRows'> }> {
    const { day, seed, folder, warehouse } = this.#options;
    const dataset = assets.modelOf(day);
    let model: Model | null = null;
    let trained = { auc: NaN, trainingRows: 0 };
    await this.#task({
      job: jobs.TRAIN_MODEL,
      inputs: [assets.TRAINING_SET],
      outputs: [dataset, assets.MODEL_METRICS],
      work: async () => {
        const rows = await warehouse.rows<{ readonly [column: string]: Cell }>(
          `select * from ${assets.TRAINING_SET.name} order by applicant_id`,
        );
        const isHeldOut = rows.map((row) => uniform(seed, `holdout/${String(row['applicant_id'])}`) < HOLDOUT_SHARE);
        const training = rows.filter((_, i) => !isHeldOut[i]);
        const heldOut = rows.filter((_, i) => isHeldOut[i]);
        const outcomeOf = (row: { readonly [column: string]: Cell }): boolean => row['defaulted'] === true;
        const fitted = fit(training as readonly Row[], training.map(outcomeOf), queries.FEATURE_COLUMNS);
        const area = auc(
          heldOut.map((row) => predict(fitted, row as Row)),
          heldOut.map(outcomeOf),
        );
        model = fitted;
        trained = { auc: area, trainingRows: training.length };

        const artefact = `${JSON.stringify({ version: day, algorithm: ALGORITHM, names: encodedNames(fitted.encoding), ...fitted }, null, 1)}\n`;
        const path = `models/credit-default/${day}.json`;
        await writeText(join(folder, path), artefact);
        await warehouse.run(`delete from ${assets.MODEL_METRICS.name} where model_version = '${day}'`);
        await warehouse.append(assets.MODEL_METRICS.name, [[day, area, training.length, heldOut.length]]);
        const metrics = { auc: round(area), trainingRows: training.length, holdoutRows: heldOut.length };
        return [
          {
            columns: [{ name: 'probability', type: 'DOUBLE' }],
            lineage: {
              fields: {
                probability: {
                  inputFields: [...queries.FEATURE_COLUMNS, 'defaulted'].map((column) =>
                    inputField({ dataset: assets.TRAINING_SET, column }, [['DIRECT', 'TRANSFORMATION']]),
                  ),
                },
              },
              dataset: [],
            },
            change: 'CREATE',
            model: {
              version: day,
              algorithm: ALGORITHM,
              ...metrics,
              artefact: path,
              digest: `sha256:${createHash('sha256').update(artefact).digest('hex')}`,
            },
            rows: encodedNames(fitted.encoding).length + 1,
            bytes: Buffer.byteLength(artefact),
          },
          {
            columns: await warehouse.columnsOf(assets.MODEL_METRICS.name),
            lineage: {
              fields: {
                auc: {
                  inputFields: [...queries.FEATURE_COLUMNS, 'defaulted'].map((column) =>
                    inputField({ dataset: assets.TRAINING_SET, column }, [['DIRECT', 'AGGREGATION']]),
                  ),
                },
              },
              dataset: [],
            },
            rows: 1,
          },
        ];
      },
    });
    return { model: model!, trained };
  }

  async #score(model: Model): Promise<number> {
    const { day, warehouse } = this.#options;
    const dataset = assets.modelOf(day);
    let scored = 0;
    await this.#task({
      job: jobs.SCORE,
      inputs: [dataset, assets.FEATURES],
      outputs: [assets.SCORES],
      work: async () => {
        const rows = await warehouse.rows<{ readonly [column: string]: string | number }>(
          `select * from ${assets.FEATURES.name} order by applicant_id`,
        );
        await warehouse.run(`delete from ${assets.SCORES.name}`);
        await warehouse.append(
          assets.SCORES.name,
          rows.map((row) => {
            const probability = predict(model, row);
            return [row['applicant_id']!, probability, decisionFor(probability), day];
          }),
        );
        scored = rows.length;
        const direct = [
          inputField({ dataset, column: 'probability' }, [['DIRECT', 'TRANSFORMATION']]),
          ...queries.FEATURE_COLUMNS.map((column) =>
            inputField({ dataset: assets.FEATURES, column }, [['DIRECT', 'TRANSFORMATION']]),
          ),
        ];
        return [
          {
            columns: await warehouse.columnsOf(assets.SCORES.name),
            lineage: {
              fields: {
                applicant_id: {
                  inputFields: [
                    inputField({ dataset: assets.FEATURES, column: 'applicant_id' }, [['DIRECT', 'IDENTITY']]),
                  ],
                },
                probability_of_default: { inputFields: direct },
                decision: { inputFields: direct },
              },
              dataset: [],
            },
            change: 'OVERWRITE',
            rows: rows.length,
          },
        ];
      },
    });
    return scored;
  }

  async #publishDashboard(): Promise<void> {
    const { day, folder, warehouse } = this.#options;
    await this.#task({
      job: jobs.PUBLISH_DASHBOARD,
      inputs: [assets.PORTFOLIO, assets.MODEL_METRICS],
      outputs: [assets.DASHBOARD],
      work: async () => {
        const portfolio = await warehouse.rows<{ readonly [column: string]: Cell }>(
          `select * from ${assets.PORTFOLIO.name} where report_date = date '${day}' order by purpose`,
        );
        const [metrics] = await warehouse.rows<{ readonly auc: number }>(
          `select auc from ${assets.MODEL_METRICS.name} where model_version = '${day}'`,
        );
        const text = `${JSON.stringify({ day, auc: metrics!.auc, portfolio }, null, 1)}\n`;
        await writeText(join(folder, 'dashboards/portfolio.json'), text);
        const { fields } = copied(assets.PORTFOLIO, this.#names(assets.PORTFOLIO));
        const lineage = { fields: { ...fields, ...copied(assets.MODEL_METRICS, ['auc']).fields }, dataset: [] };
        const columns = this.#columns.get(assets.PORTFOLIO.name)!;
        return [
          {
            columns: [...columns, { name: 'auc', type: 'DOUBLE' }],
            lineage,
            change: 'OVERWRITE',
            rows: portfolio.length,
            bytes: Buffer.byteLength(text),
          },
        ];
      },
    });
  }

  /** START, the work, COMPLETE; or FAIL, of the pipeline too, and the error. */
  async #task({ job, inputs, outputs, sql, inputFacets, work }: Task): Promise<void> {
    const { day, seed, emit } = this.#options;
    const run: RunRef = { id: uuidOf(seed, `${day}/${job.namespace}/${job.name}`), job };
    const parent = job.kind === 'TASK' ? this.#pipeline : null;
    const jobPart = openLineage.jobRef(job, sql);
    const read = inputs.map((dataset, i): DatasetRef => {
      const columns = this.#columns.get(dataset.name);
      return {
        namespace: dataset.namespace,
        name: dataset.name,
        facets: openLineage.datasetFacets(dataset, columns ? { columns } : {}),
        ...(i === 0 && inputFacets ? { inputFacets } : {}),
      };
    });
    const tell = (eventType: RunEvent['eventType'], written: readonly DatasetRef[], error?: unknown): Promise<void> =>
      emit(
        openLineage.runEvent({
          eventType,
          eventTime: this.#now(),
          run: { runId: run.id, facets: openLineage.runFacets(day, parent, error) },
          job: jobPart,
          inputs: read,
          outputs: written,
        }),
      );

    const announced = outputs.map((dataset): DatasetRef => {
      const facets = openLineage.datasetFacets(dataset);
      return { namespace: dataset.namespace, name: dataset.name, facets };
    });
    this.#wait(1 + uniform(seed, `${run.id}/queued`) * 4);
    await tell('START', announced);
    let written: readonly Written[];
    try {
      written = await work();
    } catch (error) {
      await tell('FAIL', announced, error);
      await this.#emitPipeline('FAIL', this.#now(), error);
      throw error;
    }
    this.#wait(5 + uniform(seed, `${run.id}/took`) * 90);
    const told = outputs.map((dataset, i): DatasetRef => {
      const { rows, bytes, ...state } = written[i]!;
      if (state.columns) this.#columns.set(dataset.name, state.columns);
      return {
        namespace: dataset.namespace,
        name: dataset.name,
        facets: openLineage.datasetFacets(dataset, state),
        outputFacets: openLineage.outputStatistics(rows, bytes),
      };
    });
    await tell('COMPLETE', told);
  }

  #emitPipeline(eventType: RunEvent['eventType'], eventTime: string, error?: unknown): Promise<void> {
    const { day, emit } = this.#options;
    const { id, job } = this.#pipeline;
    return emit(
      openLineage.runEvent({
        eventType,
        eventTime,
        run: { runId: id, facets: openLineage.runFacets(day, null, error) },
        job: openLineage.jobRef(job),
        inputs: [],
        outputs: [],
      }),
    );
  }

  #names(dataset: Dataset): readonly string[] {
    return (this.#columns.get(dataset.name) ?? []).map(({ name }) => name);
  }

  #now(): string {
    return new Date(this.#clock).toISOString();
  }

  #wait(seconds: number): void {
    this.#clock += Math.round(seconds * 1000);
  }
}

const ALGORITHM = 'logistic-regression';

const decisionFor = (probability: number): string =>
  probability < APPROVE_BELOW ? 'approve' : probability > DECLINE_ABOVE ? 'decline' : 'review';

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

const texts = (columns: readonly string[]): readonly Column[] => columns.map((name) => ({ name, type: 'VARCHAR' }));

/** Lineage of columns that are taken over under their own names. */
const copied = (dataset: Dataset, columns: readonly string[]): ColumnLineage => ({
  fields: Object.fromEntries(
    columns.map((column) => [column, { inputFields: [inputField({ dataset, column }, [['DIRECT', 'IDENTITY']])] }]),
  ),
  dataset: [],
});

/** RFC 4180. Returns the size in bytes. */
async function writeCsv(
  path: string,
  columns: readonly string[],
  rows: readonly { readonly [column: string]: string }[],
): Promise<number> {
  const lines = rows.map((row) => columns.map((column) => csvField(row[column] ?? '')).join(','));
  const text = `${columns.join(',')}\n${lines.join('\n')}\n`;
  await writeText(path, text);
  return Buffer.byteLength(text);
}

const csvField = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
