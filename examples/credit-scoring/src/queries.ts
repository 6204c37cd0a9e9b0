/** What the SQL steps of the pipeline do. */
import * as assets from './assets.ts';
import type { Day } from './day.ts';
import type { Query } from './query.ts';

/** Short codes for the texts of the original, each quoted as it stands in the file. */
const codes = (column: string, names: { readonly [text: string]: string }): string => {
  const whens = Object.entries(names).map(([text, code]) => `when '${text}' then '${code}'`);
  return `case ${column} ${whens.join(' ')} else 'other' end`;
};

/** Saying what the columns are is ten times faster than letting DuckDB find out. */
const reader = (file: string, columns: readonly string[]): string =>
  `read_csv('${file}', header = true, auto_detect = false, columns = {${columns.map((column) => `'${column}': 'VARCHAR'`).join(', ')}})`;

/** The columns of a source as they are, under the same names. */
const asTheyAre = (alias: string, columns: readonly string[]): { [column: string]: string } =>
  Object.fromEntries(columns.map((column) => [column, `${alias}.${column}`]));

export const loadApplications = (columns: readonly string[]): Query => ({
  into: assets.RAW_APPLICATIONS,
  from: { alias: 'f', dataset: assets.APPLICATIONS_EXPORT, reader: reader('landing/applications.csv', columns) },
  columns: asTheyAre('f', columns),
  orderBy: ['f.applicant_id'],
});

export const loadBureau = (columns: readonly string[]): Query => ({
  into: assets.RAW_BUREAU,
  from: { alias: 'f', dataset: assets.BUREAU_FEED, reader: reader('vendor/nordkredit/bureau_feed.csv', columns) },
  columns: asTheyAre('f', columns),
  orderBy: ['f.applicant_id', 'f.reported_on'],
});

export const CLEAN_APPLICATIONS_QUERY: Query = {
  into: assets.APPLICATIONS,
  from: { alias: 'r', dataset: assets.RAW_APPLICATIONS },
  columns: {
    applicant_id: 'r.applicant_id',
    application_date: 'cast(r.application_date as date)',
    checking_status: codes('r.status_of_existing_checking_account', {
      '... < 0 DM': 'overdrawn',
      '0 <= ... < 200 DM': 'low',
      '... >= 200 DM / salary assignments for at least 1 year': 'salary',
      'no checking account': 'none',
    }),
    duration_months: 'cast(r.duration_in_month as integer)',
    credit_history: codes('r.credit_history', {
      'critical account/ other credits existing (not at this bank)': 'critical',
      'existing credits paid back duly till now': 'existing_paid',
      'delay in paying off in the past': 'delayed',
      'all credits at this bank paid back duly': 'all_paid_here',
      'no credits taken/ all credits paid back duly': 'none_taken',
    }),
    purpose: "replace(replace(r.purpose, ' (', '_'), ')', '')",
    credit_amount: 'cast(r.credit_amount as double)',
    savings: codes('r.savings_account_and_bonds', {
      '... < 100 DM': 'under_100',
      '100 <= ... < 500 DM': 'under_500',
      '500 <= ... < 1000 DM': 'under_1000',
      '... >= 1000 DM': 'over_1000',
      'unknown/ no savings account': 'unknown',
    }),
    employment_years: `cast(${codes('r.present_employment_since', {
      unemployed: '0',
      '... < 1 year': '0.5',
      '1 <= ... < 4 years': '2.5',
      '4 <= ... < 7 years': '5.5',
      '... >= 7 years': '10',
    }).replace("else 'other'", 'else null')} as double)`,
    installment_rate: 'cast(r.installment_rate_in_percentage_of_disposable_income as integer)',
    sex: "case when r.personal_status_and_sex like 'female%' then 'female' else 'male' end",
    other_debtors: 'r.other_debtors_or_guarantors',
    residence_since: 'cast(r.present_residence_since as integer)',
    property: codes('r.property', {
      'real estate': 'real_estate',
      'building society savings agreement/ life insurance': 'savings_or_insurance',
      'car or other, not in attribute Savings account/bonds': 'car_or_other',
      'unknown / no property': 'none',
    }),
    age_years: 'cast(r.age_in_years as integer)',
    other_installments: 'r.other_installment_plans',
    housing: "replace(r.housing, 'for free', 'free')",
    existing_credits: 'cast(r.number_of_existing_credits_at_this_bank as integer)',
    job: codes('r.job', {
      'unemployed/ unskilled - non-resident': 'unskilled_non_resident',
      'unskilled - resident': 'unskilled',
      'skilled employee / official': 'skilled',
      'management/ self-employed/ highly qualified employee/ officer': 'management',
    }),
    dependents: 'cast(r.number_of_people_being_liable_to_provide_maintenance_for as integer)',
    has_telephone: "r.telephone like 'yes%'",
    foreign_worker: "r.foreign_worker = 'yes'",
    defaulted: "case r.creditability when 'bad' then true when 'good' then false end",
  },
  where: 'r.applicant_id is not null and r.credit_amount is not null',
  orderBy: ['r.applicant_id'],
};

export const CLEAN_BUREAU_QUERY: Query = {
  into: assets.BUREAU,
  from: { alias: 'b', dataset: assets.RAW_BUREAU },
  columns: {
    applicant_id: 'b.applicant_id',
    reported_on: 'cast(b.reported_on as date)',
    bureau_score: 'cast(b.bureau_score as integer)',
    open_loans: 'cast(b.open_loans as integer)',
    delinquencies_24m: 'cast(b.delinquencies_24m as integer)',
    credit_utilization: 'cast(b.credit_utilization as double)',
    inquiries_6m: 'cast(b.inquiries_6m as integer)',
  },
  where: 'cast(b.bureau_score as integer) between 300 and 850',
  qualify: 'row_number() over (partition by b.applicant_id order by b.reported_on desc) = 1',
  orderBy: ['b.applicant_id'],
};

const BUREAU_COLUMNS = ['bureau_score', 'open_loans', 'delinquencies_24m', 'credit_utilization', 'inquiries_6m'];

export const JOIN_QUERY: Query = {
  into: assets.APPLICANTS,
  from: { alias: 'a', dataset: assets.APPLICATIONS },
  joins: [{ kind: 'left', source: { alias: 'b', dataset: assets.BUREAU }, on: 'a.applicant_id = b.applicant_id' }],
  columns: {
    ...asTheyAre('a', Object.keys(CLEAN_APPLICATIONS_QUERY.columns)),
    ...asTheyAre('b', BUREAU_COLUMNS),
  },
  orderBy: ['a.applicant_id'],
};

export const FEATURES_QUERY: Query = {
  into: assets.FEATURES,
  from: { alias: 'p', dataset: assets.APPLICANTS },
  columns: {
    applicant_id: 'p.applicant_id',
    age_years: 'p.age_years',
    duration_months: 'p.duration_months',
    log_amount: 'ln(p.credit_amount)',
    monthly_burden: 'p.credit_amount / p.duration_months',
    installment_rate: 'p.installment_rate',
    employment_years: 'coalesce(p.employment_years, 0.0)',
    residence_since: 'p.residence_since',
    existing_credits: 'p.existing_credits',
    dependents: 'p.dependents',
    has_telephone: 'cast(p.has_telephone as integer)',
    checking_status: 'p.checking_status',
    credit_history: 'p.credit_history',
    savings: 'p.savings',
    purpose: 'p.purpose',
    other_debtors: 'p.other_debtors',
    property: 'p.property',
    other_installments: 'p.other_installments',
    housing: 'p.housing',
    job: 'p.job',
    bureau_score: 'coalesce(p.bureau_score, 560)',
    open_loans: 'coalesce(p.open_loans, 0)',
    delinquencies_24m: 'coalesce(p.delinquencies_24m, 0)',
    credit_utilization: 'coalesce(p.credit_utilization, 0.35)',
    inquiries_6m: 'coalesce(p.inquiries_6m, 0)',
    thin_file: 'case when p.bureau_score is null then 1 else 0 end',
    burden_by_age: 'p.credit_amount / p.duration_months / p.age_years',
  },
  orderBy: ['p.applicant_id'],
};

/** What the model may look at: everything but who it is. */
export const FEATURE_COLUMNS: readonly string[] = Object.keys(FEATURES_QUERY.columns).filter(
  (column) => column !== 'applicant_id',
);

export const TRAINING_SET_QUERY: Query = {
  into: assets.TRAINING_SET,
  from: { alias: 'f', dataset: assets.FEATURES },
  joins: [{ kind: 'inner', source: { alias: 'p', dataset: assets.APPLICANTS }, on: 'f.applicant_id = p.applicant_id' }],
  columns: { ...asTheyAre('f', Object.keys(FEATURES_QUERY.columns)), defaulted: 'p.defaulted' },
  where: 'p.defaulted is not null',
  orderBy: ['f.applicant_id'],
};

/** Share of the amount that is lost when a loan defaults. */
const LOSS_GIVEN_DEFAULT = 0.6;

export const portfolioQuery = (day: Day): Query => ({
  into: assets.PORTFOLIO,
  from: { alias: 's', dataset: assets.SCORES },
  joins: [{ kind: 'inner', source: { alias: 'p', dataset: assets.APPLICANTS }, on: 's.applicant_id = p.applicant_id' }],
  columns: {
    report_date: `date '${day}'`,
    purpose: 'p.purpose',
    applications: 'count(s.applicant_id)',
    exposure: 'round(sum(p.credit_amount), 2)',
    // Rounded, so that the order in which DuckDB adds does not show.
    expected_loss: `round(sum(s.probability_of_default * p.credit_amount) * ${LOSS_GIVEN_DEFAULT}, 2)`,
    mean_probability: 'round(avg(s.probability_of_default), 6)',
    approval_rate: "round(avg(case when s.decision = 'approve' then 1.0 else 0.0 end), 6)",
    approval_rate_women:
      "round(avg(case when p.sex <> 'female' then null when s.decision = 'approve' then 1.0 else 0.0 end), 6)",
    approval_rate_men:
      "round(avg(case when p.sex <> 'male' then null when s.decision = 'approve' then 1.0 else 0.0 end), 6)",
  },
  groupBy: ['p.purpose'],
  orderBy: ['p.purpose'],
  replacing: `report_date = date '${day}'`,
});
