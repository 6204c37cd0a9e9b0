/** The datasets of the example: what they are called, who owns them and what is to be known about them. */

export interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly type: 'FILE' | 'TABLE' | 'MODEL';
  readonly owners: readonly string[];
  readonly tags: readonly string[];
  /** Tags on single columns. */
  readonly columnTags?: { readonly [column: string]: readonly string[] };
  readonly description: string;
}

const FILES = 'file';
const WAREHOUSE = 'duckdb://credit-scoring.duckdb';
const MODELS = 'models';

const file = (name: string, parts: Omit<Dataset, 'namespace' | 'name' | 'type'>): Dataset => ({
  namespace: FILES,
  name: `credit-scoring/${name}`,
  type: 'FILE',
  ...parts,
});
const table = (name: string, parts: Omit<Dataset, 'namespace' | 'name' | 'type'>): Dataset => ({
  namespace: WAREHOUSE,
  name,
  type: 'TABLE',
  ...parts,
});

const PERSONAL = {
  applicant_id: ['pseudonym'],
  age_years: ['personal-data', 'protected-attribute'],
  sex: ['personal-data', 'protected-attribute'],
  foreign_worker: ['personal-data', 'protected-attribute'],
};

export const UCI_APPLICATIONS = file('data/germancredit.csv', {
  owners: ['team:data-platform'],
  tags: ['public-dataset', 'licence:CC-BY-4.0'],
  description: 'UCI Statlog German credit data: 1,000 applications, 20 attributes and the outcome.',
});

export const APPLICATIONS_EXPORT = file('landing/applications.csv', {
  owners: ['team:core-banking'],
  tags: ['personal-data'],
  description: 'Nightly export of the applications that exist by that day. The outcome is known after 90 days.',
});

export const INQUIRIES = file('outbox/nordkredit_inquiries.csv', {
  owners: ['team:credit-risk'],
  tags: ['personal-data', 'shared-with:nordkredit'],
  description: 'The applicants whom the bank asks the credit bureau about.',
});

export const BUREAU_FEED = file('vendor/nordkredit/bureau_feed.csv', {
  owners: ['vendor:nordkredit'],
  tags: ['personal-data', 'third-party', 'contract:nordkredit-2026'],
  description: "The credit bureau's answer: score, open loans, delinquencies and utilization by applicant.",
});

export const RAW_APPLICATIONS = table('raw.applications', {
  owners: ['team:data-platform'],
  tags: ['personal-data'],
  columnTags: { applicant_id: ['pseudonym'] },
  description: 'The export as it came, all columns as text.',
});

export const RAW_BUREAU = table('raw.bureau_feed', {
  owners: ['team:data-platform'],
  tags: ['personal-data', 'third-party'],
  columnTags: { applicant_id: ['pseudonym'] },
  description: "The bureau's feed as it came, corrections included.",
});

export const APPLICATIONS = table('clean.applications', {
  owners: ['team:credit-risk'],
  tags: ['personal-data'],
  columnTags: PERSONAL,
  description: 'Applications with types and short codes; one row an applicant.',
});

export const BUREAU = table('clean.bureau', {
  owners: ['team:credit-risk'],
  tags: ['personal-data', 'third-party'],
  columnTags: { applicant_id: ['pseudonym'] },
  description: 'The latest plausible report of the bureau on each applicant.',
});

export const APPLICANTS = table('core.applicants', {
  owners: ['team:credit-risk'],
  tags: ['personal-data', 'third-party'],
  columnTags: PERSONAL,
  description: 'Applications joined with what the bureau says.',
});

export const FEATURES = table('features.credit_features', {
  owners: ['team:ml-risk'],
  tags: ['feature-table'],
  columnTags: { applicant_id: ['pseudonym'] },
  description: 'What the credit model sees of an applicant. Sex and nationality are left out on purpose.',
});

export const TRAINING_SET = table('features.training_set', {
  owners: ['team:ml-risk'],
  tags: ['training-data'],
  columnTags: { applicant_id: ['pseudonym'] },
  description: 'Features of the applicants whose outcome is known, with the outcome.',
});

export const MODEL_METRICS = table('monitoring.model_metrics', {
  owners: ['team:ml-risk'],
  tags: [],
  description: 'How each version of the model did on the applicants that it was not trained on.',
});

export const SCORES = table('scores.credit_scores', {
  owners: ['team:ml-risk'],
  tags: ['personal-data', 'automated-decision'],
  columnTags: { applicant_id: ['pseudonym'] },
  description: 'Probability of default and proposed decision by applicant, from the model of the same night.',
});

export const PORTFOLIO = table('reports.portfolio_daily', {
  owners: ['team:controlling'],
  tags: ['report'],
  description: 'Exposure, expected loss and approvals by purpose, one set of rows a day.',
});

export const DASHBOARD = file('dashboards/portfolio.json', {
  owners: ['team:controlling'],
  tags: ['dashboard'],
  description: 'What the portfolio dashboard of the risk committee shows.',
});

/** Every night makes a new version of the model, named by the day. */
export const modelOf = (day: string): Dataset => ({
  namespace: MODELS,
  name: `credit-default/${day}`,
  type: 'MODEL',
  owners: ['team:ml-risk'],
  tags: ['high-risk-ai-system'],
  description: `Logistic regression for the probability of default, trained in the night of ${day}.`,
});
