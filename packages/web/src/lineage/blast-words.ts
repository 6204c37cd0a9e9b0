/** A blast radius in words. */
import type { Blast, TouchedAsset } from '../api/answers.ts';
import { count, figure, moment, type Reader } from '../text/wording.ts';

type Role = TouchedAsset['role'];

const ROLES: Readonly<Record<Role, readonly [one: string, many: string]>> = {
  model: ['model', 'models'],
  deployment: ['deployment', 'deployments'],
  predictions: ['set of predictions', 'sets of predictions'],
  'training-set': ['training set', 'training sets'],
  features: ['feature table', 'feature tables'],
  dashboard: ['dashboard', 'dashboards'],
  report: ['report', 'reports'],
  dataset: ['dataset', 'datasets'],
  job: ['job', 'jobs'],
};

export const roleWord = (role: Role): string => ROLES[role][0];

/** Ends of the chain first: people are decided about by models and by what models say. */
const ORDER: readonly Role[] = [
  'predictions',
  'deployment',
  'model',
  'training-set',
  'features',
  'dashboard',
  'report',
  'dataset',
];

/** How many assets that hold data were reached for certain, and how many perhaps. Those not listed count as certain. */
export function reachedCounts({ touched, omitted }: Pick<Blast, 'touched' | 'omitted'>): {
  readonly sure: number;
  readonly perhaps: number;
} {
  const held = touched.filter(({ role }) => role !== 'job');
  const perhaps = held.filter(({ certain }) => !certain).length;
  return { sure: held.length - perhaps + omitted, perhaps };
}

/** `It reached 4, and perhaps 6 more`. */
export function reachedTitle(answer: Pick<Blast, 'touched' | 'omitted'>): string {
  const { sure, perhaps } = reachedCounts(answer);
  if (sure + perhaps === 0) return 'It reached nothing';
  if (perhaps === 0) return `It reached ${figure(sure)}`;
  return sure === 0
    ? `It perhaps reached ${figure(perhaps)}`
    : `It reached ${figure(sure)}, and perhaps ${figure(perhaps)} more`;
}

/** `1 set of predictions, 1 model and 4 datasets hold data from it. 9 jobs carried it on.` */
export function reachedWords(answer: Pick<Blast, 'counts' | 'touched' | 'omitted'>): string {
  const { counts } = answer;
  const of = (role: Role) => counts.find((each) => each.role === role)?.count ?? 0;
  const parts = ORDER.flatMap((role) => (of(role) === 0 ? [] : [count(of(role), ...ROLES[role])]));
  if (parts.length === 0) return 'It reached nothing that holds data.';
  const total = ORDER.reduce((sum, role) => sum + of(role), 0);
  const jobs = of('job');
  const carried = jobs === 0 ? '' : ` ${count(jobs, 'job')} carried it on.`;
  const { sure, perhaps } = reachedCounts(answer);
  const hold = `${sure === 0 ? 'perhaps ' : ''}${total === 1 ? 'holds' : 'hold'} data from it`;
  const some = sure > 0 && perhaps > 0 ? `, ${figure(perhaps)} of them perhaps` : '';
  return `${inList(parts)} ${hold}${some}.${carried}`;
}

const inList = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** `from 18 Nov 02:08 until 19 Nov 02:11`, `from 18 Nov 02:07 on`. */
export function spanWords({ first, until }: Pick<TouchedAsset, 'first' | 'until'>, reader: Reader): string {
  return until === null
    ? `from ${moment(first, reader)} on, never replaced`
    : `from ${moment(first, reader)} until ${moment(until, reader)}`;
}

/** What the span of bad data means for this kind of asset. */
export function holdsWords(touched: Pick<TouchedAsset, 'role' | 'first' | 'until' | 'count'>, reader: Reader): string {
  const span = spanWords(touched, reader);
  switch (touched.role) {
    case 'predictions':
      return `Predictions served ${span}`;
    case 'deployment':
      return `Served ${span}`;
    case 'job':
      return `${count(touched.count, 'run')} read it, first ${moment(touched.first, reader)}`;
    default:
      return `${count(touched.count, 'bad version')}, ${span}`;
  }
}

export const SENSITIVITY = ['nothing said', 'internal', 'personal', 'special'] as const;

/** `bureau_score, open_loans and 3 more, and which rows it has`; null: all of it. */
export function columnWords({ columns, byRows }: Pick<TouchedAsset, 'columns' | 'byRows'>, most = 4): string {
  if (columns === null) return 'all columns';
  const names =
    columns.length <= most + 1 ? columns : [...columns.slice(0, most), `${figure(columns.length - most)} more columns`];
  return inList([...names, ...(byRows ? ['which rows it has'] : [])]);
}

/** When it was bad: `from 18 Nov 00:00 until 18 Nov 23:59`, `always`. */
export function windowWords(from: string | null, to: string | null, reader: Reader): string {
  if (from === null && to === null) return 'always, up to now';
  const start = from === null ? 'always' : `from ${moment(from, reader)}`;
  return to === null ? `${start}, up to now` : `${start} until ${moment(to, reader)}`;
}
