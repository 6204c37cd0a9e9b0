/**
 * Nordkredit, a credit bureau that does not exist. Its feed is made from the applications, as such a vendor would know
 * the same people from elsewhere: correlated with their history, savings and employment, and, with much noise, with how
 * they pay, which it knows from other lenders. So the model finds in it what it would find in a real one.
 */
import { daysAfter, daysBetween, type Day } from './day.ts';
import { normal, uniform } from './seeded.ts';

/** What the vendor knows of a person. */
export interface KnownApplicant {
  readonly applicant_id: string;
  readonly application_date: Day;
  readonly credit_history: string;
  readonly savings_account_and_bonds: string;
  readonly present_employment_since: string;
  readonly credit_amount: string;
  readonly number_of_existing_credits_at_this_bank: string;
}

/** How people pay elsewhere, by applicant: 1 well, -1 badly. Not known to the bank. */
export type PaymentRecord = ReadonlyMap<string, number>;

/** A row of the feed, as text. */
export interface BureauRow {
  readonly applicant_id: string;
  readonly reported_on: Day;
  readonly bureau_score: string;
  readonly open_loans: string;
  readonly delinquencies_24m: string;
  readonly credit_utilization: string;
  readonly inquiries_6m: string;
}

const HISTORY_POINTS: { readonly [history: string]: number } = {
  'critical account/ other credits existing (not at this bank)': 40,
  'existing credits paid back duly till now': 15,
  'delay in paying off in the past': -25,
  'all credits at this bank paid back duly': -45,
  'no credits taken/ all credits paid back duly': -55,
};

const SAVINGS_POINTS: { readonly [savings: string]: number } = {
  'unknown/ no savings account': 10,
  '... < 100 DM': -15,
  '100 <= ... < 500 DM': 0,
  '500 <= ... < 1000 DM': 20,
  '... >= 1000 DM': 35,
};

const EMPLOYMENT_POINTS: { readonly [employment: string]: number } = {
  unemployed: -25,
  '... < 1 year': -15,
  '1 <= ... < 4 years': 0,
  '4 <= ... < 7 years': 20,
  '... >= 7 years': 15,
};

/** What paying well elsewhere is worth; less than the noise of a person. */
const PAYMENT_POINTS = 12;

/** How often the bureau reports on a person anew. */
const REPORT_EVERY_DAYS = 30;

/**
 * The feed of one day: for each person asked about the latest report and, for about one in ten, the one before it as
 * well, which a consumer must drop.
 */
export function bureauFeed(
  day: Day,
  asked: readonly KnownApplicant[],
  record: PaymentRecord,
  seed: number,
): readonly BureauRow[] {
  return asked.flatMap((applicant) => {
    const number = Math.floor(daysBetween(applicant.application_date, day) / REPORT_EVERY_DAYS);
    const repeatsEarlier = number > 0 && uniform(seed, `repeats/${applicant.applicant_id}`) < 0.1;
    return repeatsEarlier
      ? [report(applicant, number - 1, record, seed), report(applicant, number, record, seed)]
      : [report(applicant, number, record, seed)];
  });
}

function report(applicant: KnownApplicant, number: number, record: PaymentRecord, seed: number): BureauRow {
  const id = applicant.applicant_id;
  const drift = normal(seed, `drift/${id}/${number}`) * 12;
  const points =
    560 +
    (HISTORY_POINTS[applicant.credit_history] ?? 0) +
    (SAVINGS_POINTS[applicant.savings_account_and_bonds] ?? 0) +
    (EMPLOYMENT_POINTS[applicant.present_employment_since] ?? 0) -
    Number(applicant.credit_amount) / 400 +
    (record.get(id) ?? 0) * PAYMENT_POINTS +
    normal(seed, `person/${id}`) * 45 +
    drift;
  const score = Math.round(Math.min(850, Math.max(300, points)));
  const strain = (620 - score) / 100;
  return {
    applicant_id: id,
    reported_on: daysAfter(applicant.application_date, number * REPORT_EVERY_DAYS),
    bureau_score: String(score),
    open_loans: String(
      Number(applicant.number_of_existing_credits_at_this_bank) + Math.floor(uniform(seed, `loans/${id}`) * 3),
    ),
    delinquencies_24m: String(Math.max(0, Math.round(strain + normal(seed, `late/${id}`)))),
    credit_utilization: Math.min(
      0.99,
      Math.max(0.01, 0.35 + strain * 0.12 + normal(seed, `used/${id}`) * 0.15),
    ).toFixed(3),
    inquiries_6m: String(Math.floor(uniform(seed, `inquiries/${id}/${number}`) * 5)),
  };
}
