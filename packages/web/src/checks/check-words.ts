/** Checks of repositories, in words. */
import type { CheckFinding, CheckReach, CheckRun } from '../api/answers.ts';
import { count, day, figure, type Reader } from '../text/wording.ts';
import type { IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.tsx';

export type Severity = CheckFinding['severity'];
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

export const refusingOf = ({ refusing }: Pick<CheckRun, 'refusing'>): number =>
  SEVERITIES.reduce((sum, severity) => sum + refusing[severity], 0);

/** `2 high, 1 low`; `none`. */
export function severityWords({ refusing }: Pick<CheckRun, 'refusing'>): string {
  const said = SEVERITIES.filter((severity) => refusing[severity] > 0);
  return said.length === 0 ? 'none' : said.map((severity) => `${figure(refusing[severity])} ${severity}`).join(', ');
}

/** Items under what they have in common, in the order in which they come. */
export function grouped<Item>(
  items: readonly Item[],
  by: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(by(item));
    if (group) group.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}

/** A finding that is shown: of the run itself, or mended since the one before. */
export interface ShownFinding {
  /** Its place in the run as the URL says it. */
  readonly key: string;
  readonly finding: CheckFinding;
  readonly isMended: boolean;
}

export type FateGroup = 'refusing' | 'waived' | 'others' | 'mended';

export function groupOf({ finding, isMended }: ShownFinding): FateGroup {
  if (isMended) return 'mended';
  const { kind } = finding.fate;
  if (kind === 'open' || kind === 'expired') return 'refusing';
  return kind === 'waived' ? 'waived' : 'others';
}

export interface Fate {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

/** What became of a finding. Days of waivers are days, not times: they are the same in every zone. */
export function fateOf({ finding, isMended }: ShownFinding): Fate {
  if (isMended) return { tone: 'ok', icon: 'ok', word: 'mended' };
  const { fate } = finding;
  switch (fate.kind) {
    case 'open':
      return { tone: 'bad', icon: 'bad', word: 'open' };
    case 'expired':
      return { tone: 'bad', icon: 'clock', word: `waiver ended ${fate.until}` };
    case 'waived':
      return { tone: 'idle', icon: 'lock', word: `waived until ${fate.until}` };
    case 'old':
      return { tone: 'idle', icon: 'minus', word: 'in the baseline' };
    case 'minor':
      return { tone: 'idle', icon: 'minus', word: 'too minor to refuse' };
    default:
      return fate satisfies never;
  }
}

/** What a fate means for the person who reads it. */
export function fateSentence(shown: ShownFinding): string {
  if (shown.isMended) return 'It refused in the run before on this branch, and is gone.';
  const { fate } = shown.finding;
  switch (fate.kind) {
    case 'open':
      return 'It refuses: this cannot be merged before it is mended or waived.';
    case 'expired':
      return `It refuses again: ${fate.owner} waived it until ${fate.until}. The reason was: ${fate.reason}`;
    case 'waived':
      return `${fate.owner} waived it until ${fate.until}: ${fate.reason}`;
    case 'old':
      return 'It was there when the baseline was written, and does not refuse.';
    case 'minor':
      return 'It is less severe than what refuses here.';
    default:
      return fate satisfies never;
  }
}

/** `Findings that refuse went from 10 to 1 over 4 runs, 27 Nov to 28 Nov.` */
export function trendSentence(runs: readonly CheckRun[], reader: Reader): string {
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return 'No run yet.';
  if (runs.length === 1)
    return `One run, ${day(first.recorded, reader)}: ${count(refusingOf(first), 'finding')} that refuse.`;
  const [before, after] = [refusingOf(first), refusingOf(last)];
  const days = [day(first.recorded, reader), day(last.recorded, reader)];
  const when = days[0] === days[1] ? `on ${days[0]}` : `${days[0]} to ${days[1]}`;
  const moved = before === after ? `stayed at ${figure(after)}` : `went from ${figure(before)} to ${figure(after)}`;
  return `Findings that refuse ${moved} over ${count(runs.length, 'run')}, ${when}.`;
}

/** Where a finding can be seen, if the repository's name is an address on the web that shows lines that way. */
export function lineUrl(
  { repository, commit }: Pick<CheckRun, 'repository' | 'commit'>,
  { file, line }: Pick<CheckFinding, 'file' | 'line'>,
): string | null {
  const [, host, path] = /^(?:https:\/\/)?([\w-]+(?:\.[\w-]+)+)\/([\w.-]+(?:\/[\w.-]+)+)$/.exec(repository) ?? [];
  if (host === undefined || path === undefined || commit === null) return null;
  const at = file.split('/').map(encodeURIComponent).join('/');
  if (host === 'github.com') return `https://${host}/${path}/blob/${commit}/${at}#L${line}`;
  return host.includes('gitlab') ? `https://${host}/${path}/-/blob/${commit}/${at}#L${line}` : null;
}

/** `2 models, 5 datasets`, and by what it is known. */
export function reachWords({ reached, known }: CheckReach): string {
  const parts = Object.entries(reached)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([role, number]) => (number === 1 ? `1 ${role.replace(/s$/, '')}` : `${figure(number)} ${role}`));
  const by = known === false ? ', by the repository: the server does not know it' : known === null ? ', by the repository alone' : ''; // prettier-ignore
  return `${parts.join(', ') || 'nothing'}${by}`;
}

/** What people ask for first. */
const FIRST = ['models', 'deployments', 'predictions', 'dashboards', 'reports', 'features', 'datasets', 'jobs'];
const rank = (role: string): number => (FIRST.indexOf(role) + FIRST.length) % FIRST.length;
