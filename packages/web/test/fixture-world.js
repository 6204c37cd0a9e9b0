/**
 * A month of a credit scoring pipeline as evidence events: what the pages are looked at and tested with.
 * Everything follows from the arguments, so two worlds of the same arguments are the same.
 */
const DAY = 86_400_000;

const DATASETS = {
  'applications.csv': {
    namespace: 'file:landing',
    type: 'FILE',
    owners: ['jonas.weber'],
    tags: ['personal', 'simulated-dates'],
    description: 'Credit applications as the branches send them, one row each.',
    fields: [
      'application_id',
      'full_name',
      'email',
      'date_of_birth',
      'employment_since',
      'credit_amount',
      'duration_months',
      'purpose',
      'housing',
      'savings',
      'checking_status',
      'foreign_worker',
    ],
  },
  'bureau_feed.csv': {
    namespace: 'sftp://nordkredit.example',
    type: 'FILE',
    owners: ['nordkredit (vendor)'],
    tags: ['financial'],
    description: 'Scores of the credit bureau, delivered every night.',
    fields: ['application_id', 'bureau_score', 'open_loans', 'delinquencies'],
  },
  'warehouse.raw_applications': {
    namespace: 'duckdb:/srv/warehouse.duckdb',
    type: 'TABLE',
    owners: ['jonas.weber'],
    tags: ['personal'],
    from: 'applications.csv',
  },
  'warehouse.raw_bureau': {
    namespace: 'duckdb:/srv/warehouse.duckdb',
    type: 'TABLE',
    owners: ['jonas.weber'],
    tags: [],
    from: 'bureau_feed.csv',
  },
  'warehouse.stg_applications': {
    namespace: 'duckdb:/srv/warehouse.duckdb',
    type: 'VIEW',
    owners: ['jonas.weber'],
    tags: ['personal'],
    from: 'applications.csv',
  },
  'warehouse.stg_bureau': {
    namespace: 'duckdb:/srv/warehouse.duckdb',
    type: 'VIEW',
    owners: ['jonas.weber'],
    tags: [],
    from: 'bureau_feed.csv',
  },
  'warehouse.applications_joined': {
    namespace: 'duckdb:/srv/warehouse.duckdb',
    type: 'TABLE',
    owners: ['jonas.weber', 'aiko.tanaka'],
    tags: ['personal', 'financial'],
    description: 'One row for each credit application with its bureau record.',
    fields: [
      'application_id',
      'full_name',
      'email',
      'date_of_birth',
      'employment_since',
      'credit_amount',
      'duration_months',
      'purpose',
      'housing',
      'savings',
      'bureau_score',
      'open_loans',
      'delinquencies',
      'joined_at',
    ],
  },
  applicant_features: {
    namespace: 'feast://features.bank.example',
    type: 'FEATURE_VIEW',
    owners: ['aiko.tanaka'],
    tags: ['personal'],
    fields: [
      'application_id',
      'age_band',
      'credit_amount_log',
      'bureau_score_norm',
      'open_loans_6m',
      'duration_months',
      'purpose_code',
      'savings_band',
    ],
  },
  risk_train: {
    namespace: 's3://bank-ml-training',
    type: 'PARQUET',
    owners: ['aiko.tanaka'],
    tags: [],
    fields: ['application_id', 'age_band', 'credit_amount_log', 'bureau_score_norm', 'label'],
  },
  'risk-model': {
    namespace: 'mlflow://models.bank.example',
    type: 'MODEL',
    owners: ['aiko.tanaka'],
    tags: ['in-production'],
  },
  'serving.risk_scores': {
    namespace: 'postgres://serving.bank.example:5432',
    type: 'TABLE',
    owners: [],
    tags: ['personal', 'financial'],
    fields: ['application_id', 'score', 'model_version', 'scored_at'],
  },
  'reports.portfolio_daily': {
    namespace: 'duckdb:/srv/warehouse.duckdb',
    type: 'TABLE',
    owners: ['ines.brandt'],
    tags: ['aggregate'],
    fields: ['day', 'volume', 'mean_score'],
  },
  'exports/portfolio_q3.parquet': { namespace: 'file:exports', type: 'FILE', owners: [], tags: [] },
  'crm.customers': {
    namespace: 'postgres://crm.bank.example:5432',
    type: 'TABLE',
    owners: ['ines.brandt'],
    tags: ['personal', 'contact'],
    fields: ['customer_no', 'full_name', 'email', 'phone', 'created_at'],
  },
  'exports/marketing-2026-10-segments-with-contact-details-final-v2.xlsx': {
    namespace: 'file:exports',
    type: 'FILE',
    owners: [],
    tags: ['personal', 'contact'],
  },
  'monitoring.model_drift': {
    namespace: 'duckdb:/srv/warehouse.duckdb',
    type: 'TABLE',
    owners: ['aiko.tanaka'],
    tags: [],
    fields: ['day', 'feature', 'psi'],
  },
};

const JOBS = [
  ['load_applications', 'airflow.credit', ['applications.csv'], ['warehouse.raw_applications'], 3],
  ['load_bureau', 'airflow.credit', ['bureau_feed.csv'], ['warehouse.raw_bureau'], 6],
  ['stage_applications', 'dbt.credit', ['warehouse.raw_applications'], ['warehouse.stg_applications'], 9],
  ['stage_bureau', 'dbt.credit', ['warehouse.raw_bureau'], ['warehouse.stg_bureau'], 11],
  [
    'join_applications',
    'dbt.credit',
    ['warehouse.stg_applications', 'warehouse.stg_bureau'],
    ['warehouse.applications_joined'],
    14,
  ],
  ['build_features', 'feast.credit', ['warehouse.applications_joined'], ['applicant_features'], 19],
  ['assemble_training_set', 'airflow.credit', ['applicant_features'], ['risk_train'], 31],
  ['train_risk_model', 'airflow.credit', ['risk_train'], ['risk-model'], 33],
  ['score_applicants', 'airflow.serving', ['risk-model', 'applicant_features'], ['serving.risk_scores'], 240],
  [
    'portfolio_report',
    'dbt.reports',
    ['warehouse.applications_joined', 'serving.risk_scores'],
    ['reports.portfolio_daily'],
    250,
  ],
  ['watch_drift', 'airflow.serving', ['applicant_features', 'monitoring.model_drift'], ['monitoring.model_drift'], 255],
  ['export_portfolio', 'cron.reports', ['reports.portfolio_daily'], ['exports/portfolio_q3.parquet'], 260],
  [
    'share_marketing',
    'notebook.ines',
    ['crm.customers', 'warehouse.stg_applications'],
    ['exports/marketing-2026-10-segments-with-contact-details-final-v2.xlsx'],
    560,
  ],
];

const hash = (text) => {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return (h >>> 0).toString(16).padStart(8, '0');
};
const digest = (text) => `sha256:${[0, 1, 2, 3, 4, 5, 6, 7].map((n) => hash(`${n}${text}`)).join('')}`;
const uuid = (text) => {
  const hex = [0, 1, 2, 3].map((n) => hash(`${text}#${n}`)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** @returns evidence events in the order of the log */
export function creditWorld({ now = Date.now(), days = 30 } = {}) {
  const events = [];
  const told = new Map();
  const at = (time) => new Date(time).toISOString();
  let clock = now - days * DAY - DAY;
  const append = (event, recorded) => {
    clock = Math.max(clock + 1, recorded);
    events.push({
      v: 1,
      id: `k:${hash(JSON.stringify(event))}${hash(String(events.length))}`,
      recorded: at(clock),
      by: 'airflow',
      ...event,
    });
  };
  const payload = (text) => ({
    commitment: digest(text),
    bytes: 900 + ((text.length * 37) % 2400),
    media: 'application/json',
  });

  const midnight = Math.floor((now - days * DAY) / DAY) * DAY;
  append({ kind: 'token.created', by: 'custody start', token: 'airflow', role: 'engineer' }, midnight - 3_600_000);
  append({ kind: 'token.created', by: 'admin', token: 'dbt', role: 'engineer' }, midnight - 3_000_000);
  append({ kind: 'token.created', by: 'admin', token: 'jupyter-aiko', role: 'engineer' }, midnight - 2_900_000);

  const fact = (name, day, time, by) => {
    const { namespace, type, owners, tags, description } = DATASETS[name];
    let fields = DATASETS[name].fields ?? DATASETS[DATASETS[name].from]?.fields;
    if (name === 'applicant_features' && day >= 12) fields = [...fields, 'income_band'];
    if (name === 'warehouse.applications_joined' && day >= 20) fields = [...fields, 'bureau_delivery_id'];
    let schema;
    if (fields) {
      schema = digest(fields.join());
      if (!told.has(schema)) {
        told.set(schema, true);
        append(
          {
            kind: 'dataset.schema',
            by,
            schema,
            part: 0,
            of: 1,
            fields: fields.map((field) => ({
              name: field,
              type: field.endsWith('_at')
                ? 'TIMESTAMP'
                : /date/.test(field)
                  ? 'DATE'
                  : /score|amount|psi|norm|log/.test(field)
                    ? 'DOUBLE'
                    : /id$|_no$|loans|months|delinq|volume/.test(field)
                      ? 'INTEGER'
                      : 'VARCHAR',
              ...(field === 'bureau_score' && { description: 'Score of the bureau, 0 to 1,000; higher is better.' }),
            })),
          },
          time,
        );
      }
    }
    return {
      namespace,
      name,
      type,
      ...(schema && { schema }),
      ...(owners.length && { owners }),
      ...(tags.length && { tags }),
      ...(description && { description }),
    };
  };

  for (let day = 0; day <= days; day++) {
    for (const [name, namespace, inputs, outputs, minute] of JOBS) {
      if (name === 'train_risk_model' && day % 7 !== 0) continue;
      if (name === 'export_portfolio' && day % 10 !== 3) continue;
      if (name === 'share_marketing' && day !== 5 && day !== 18) continue;
      const start = midnight + day * DAY + 2 * 3_600_000 + minute * 60_000 + ((day * 7 + minute) % 23) * 1000;
      if (start > now) continue;
      const run = uuid(`${name}${day}`);
      const fails =
        (name === 'load_bureau' && (day === 15 || day === 16)) ||
        (name === 'watch_drift' && day >= days - 1) ||
        (name === 'export_portfolio' && day === 23);
      const by = namespace.startsWith('dbt') ? 'dbt' : namespace.startsWith('notebook') ? 'jupyter-aiko' : 'airflow';
      // On two days the collector is down for six hours: what happened is known later.
      const delay = day === 9 || day === 10 ? 6 * 3_600_000 : 400;
      const event = (state, time) => {
        const doneWell = state === 'COMPLETE';
        const facts = {
          inputs: inputs.map((input) => fact(input, day, time + delay, by)),
          outputs: doneWell ? outputs.map((output) => fact(output, day, time + delay, by)) : [],
        };
        append(
          {
            kind: 'openlineage.run',
            by,
            eventTime: at(time),
            state,
            run,
            nominalStart: at(midnight + day * DAY + 2 * 3_600_000),
            job: { namespace, name, type: namespace.startsWith('dbt') ? 'MODEL' : 'TASK', owners: ['data-platform'] },
            ...facts,
            producer: `https://openlineage.example/${by}`,
            redacted: by === 'dbt' ? 2 : 0,
            payload: payload(run + state),
          },
          time + delay,
        );
      };
      event('START', start);
      const length = 40_000 + ((day * 31 + minute * 17) % 400) * 1000;
      if (start + length < now) event(fails ? 'FAIL' : 'COMPLETE', start + length);
    }
    if (day === 13)
      append(
        { kind: 'log.recovered', by: 'custody', cutBytes: 212, file: 'entries-000001.log', offset: 918_244 },
        midnight + day * DAY + 11 * 3_600_000,
      );
    if (day === 21)
      append({ kind: 'token.revoked', by: 'admin', token: 'jupyter-aiko' }, midnight + day * DAY + 15 * 3_600_000);
  }
  return events.filter((event) => Date.parse(event.recorded) <= now);
}

/** A wide world: `width` tables from one source, each with a report; more than a picture can hold. */
export function wideWorld({ now = Date.now(), width = 220 } = {}) {
  const events = [];
  const at = (time) => new Date(time).toISOString();
  const append = (event, time) =>
    events.push({ v: 1, id: `k:${hash(JSON.stringify(event))}`, recorded: at(time), by: 'spark', ...event });
  for (let n = 0; n < width; n++) {
    const time = now - 20 * DAY + n * 3_600_000;
    const name = `events_by_region_${String(n).padStart(3, '0')}`;
    const job = { namespace: 'spark.events', name: `split_${String(n % 40).padStart(2, '0')}`, type: 'JOB' };
    const inputs = [{ namespace: 'kafka://broker:9092', name: 'events', type: 'STREAM', owners: ['platform'] }];
    append(
      {
        kind: 'openlineage.run',
        eventTime: at(time),
        state: 'COMPLETE',
        run: uuid(name),
        job,
        inputs,
        outputs: [{ namespace: 'iceberg:lake', name, type: 'TABLE' }],
        producer: 'https://openlineage.example/spark',
      },
      time + 300,
    );
    if (n % 3 === 0) {
      append(
        {
          kind: 'openlineage.run',
          eventTime: at(time + 60_000),
          state: 'COMPLETE',
          run: uuid(`${name}r`),
          job: { namespace: 'spark.reports', name: `report_${String(n % 12).padStart(2, '0')}`, type: 'JOB' },
          inputs: [{ namespace: 'iceberg:lake', name, type: 'TABLE' }],
          outputs: [{ namespace: 'iceberg:reports', name: `report_${n % 12}`, type: 'TABLE' }],
          producer: 'https://openlineage.example/spark',
        },
        time + 60_300,
      );
    }
  }
  return events;
}
