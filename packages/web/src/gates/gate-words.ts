/** What gates decided, in words. */
import type { Batch, ColumnLabel, GateReport, IngestDetail, IngestItem, RowReason, Status } from '../api/answers.ts';
import type { IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.tsx';
import { commandLine, quoted, type CommandLine } from '../text/command-line.ts';
import { count, figure } from '../text/wording.ts';

export interface Shown {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}
type Verdict = IngestItem['verdict'];

export const VERDICTS = ['accepted', 'quarantined', 'rejected'] as const satisfies readonly Verdict[];

/** A verdict as shape, word and colour. A batch that was set aside as a whole let nothing in. */
export function verdictShown({ verdict, isWhole }: Pick<IngestItem, 'verdict' | 'isWhole'>): Shown {
  switch (verdict) {
    case 'accepted':
      return { tone: 'ok', icon: 'ok', word: 'accepted' };
    case 'quarantined':
      return { tone: 'warn', icon: 'held', word: isWhole ? 'all set aside' : 'rows set aside' };
    case 'rejected':
      return { tone: 'bad', icon: 'bad', word: 'refused' };
  }
}

export const BATCH_STATES: Readonly<Record<Batch['state'], Shown>> = {
  held: { tone: 'warn', icon: 'held', word: 'held' },
  released: { tone: 'idle', icon: 'ok', word: 'released' },
  destroyed: { tone: 'idle', icon: 'gone', word: 'destroyed' },
};

export const LABEL_STATES: Readonly<Record<ColumnLabel['state'], Shown>> = {
  suggested: { tone: 'idle', icon: 'unknown', word: 'suggested' },
  accepted: { tone: 'ok', icon: 'ok', word: 'accepted' },
  rejected: { tone: 'idle', icon: 'close', word: 'rejected' },
};

const DEEDS: Readonly<Record<string, string>> = {
  fail: 'refused',
  mask: 'masked',
  tokenise: 'tokenised',
  drop: 'dropped',
  quarantine: 'set aside',
  allow: 'let through',
  report: 'reported',
  warn: 'said only',
};
/** What an action of a rule did; one that these pages do not know is shown by its own name. */
export const deedWord = (action: string): string => DEEDS[action] ?? action;

const SHOWN = 3;

/** Some by name, and how many more of all. */
function some(names: readonly string[], one: string, all = names.length): string {
  const shown = names.slice(0, SHOWN);
  const rest = all - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${count(rest, `more ${one}`)}` : ''}`;
}

const checkName = ({ check, column }: IngestItem['broken'][number]): string =>
  column === null ? check : `${column} ${check}`;

/**
 * Why it came out so, in one line: broken checks, columns that shifted, and what was found, what stopped it first. Where
 * nothing was written only that is named which stopped it, if anything did: no value was masked then.
 */
export function reasonLine({ found, broken, brokenChecks, warnings, shifted, verdict, isWhole }: IngestItem): string {
  const [said, stopping] = [
    broken.filter(({ action }) => action === 'warn'),
    broken.filter(({ action }) => action !== 'warn'),
  ];
  const isStopped = verdict === 'rejected' || isWhole;
  const finds = STOPS.flatMap((stop) => found.filter(({ action }) => action === stop))
    .concat(isStopped ? [] : found.filter(({ action }) => !STOPS.includes(action)))
    .filter(({ action }) => verdict !== 'rejected' || action === 'fail')
    .map(({ type, action, count: n }) => `${figure(n)} ${type} ${deedWord(action)}`);
  const list = (title: string, names: readonly string[], one: string, all = names.length): readonly string[] =>
    all === 0 ? [] : [names.length === 0 ? title : `${title}: ${some(names, one, all)}`];
  const [broke, fell] = [brokenChecks - warnings, some(finds, 'kind')];
  const parts = [
    ...(finds.length > 0 && verdict === 'rejected' ? [fell] : []),
    ...list(`${count(broke, 'check')} broken`, stopping.map(checkName), 'check', broke),
    ...list('shifted', shifted, 'column'),
    ...(finds.length > 0 && verdict !== 'rejected' ? [fell] : []),
    ...list(count(warnings, 'warning'), said.map(checkName), 'warning', warnings),
  ];
  return parts.length === 0 ? (found.length === 0 ? 'nothing found' : 'see the report') : parts.join('; ');
}

const STOPS: readonly string[] = ['fail', 'quarantine'];

/** Rows that lie in quarantine: none where the input was refused, all where the batch was set aside as a whole. */
export const setAside = ({ batch, isWhole, rows }: Pick<IngestItem, 'batch' | 'isWhole' | 'rows'>): number =>
  batch === null ? 0 : isWhole ? rows.read : rows.quarantined;

/** `cards: CREDIT_CARD in text`; `check min on stars`. */
export function rowReason({ rule, column, type }: RowReason): string {
  const check = /^check: (.*)$/.exec(rule)?.[1];
  if (check !== undefined) return column === null ? `check ${check}` : `check ${check} on ${column}`;
  return `${rule}${type === null ? '' : `: ${type}`}${column === null ? '' : ` in ${column}`}`;
}

/** What is held first, then the newest first. */
export const heldFirst = (batches: readonly Batch[]): readonly Batch[] =>
  [...batches].sort(
    (a, b) =>
      Number(b.state === 'held') - Number(a.state === 'held') || (a.since < b.since ? 1 : a.since > b.since ? -1 : 0),
  );

/** Broken checks first; among them what refuses before what only says so. */
export const brokenFirst = (checks: GateReport['checks']): GateReport['checks'] => {
  const order = ['fail', 'quarantine', 'warn'];
  return [...checks].sort(
    (a, b) => Number(a.passed) - Number(b.passed) || (a.passed ? 0 : order.indexOf(a.action) - order.indexOf(b.action)),
  );
};

/** What became of the rows, as a sentence. */
export function rowsSentence({
  rows,
  changed,
  isWhole,
  verdict,
}: Pick<IngestDetail, 'rows' | 'changed' | 'isWhole' | 'verdict'>): string {
  const read = `${count(rows.read, 'row')} read`;
  if (verdict === 'rejected') return `${read}, nothing written.`;
  if (isWhole) return `${read}, all of them set aside: nothing written.`;
  return `${[
    read,
    `${figure(rows.written)} written`,
    ...(rows.quarantined > 0 ? [`${figure(rows.quarantined)} set aside`] : []),
    ...(rows.dropped > 0 ? [`${figure(rows.dropped)} dropped`] : []),
    changed === 0 ? 'no value replaced' : `${count(changed, 'value')} replaced`,
  ].join(', ')}.`;
}

/** An ingest over HTTP has its audit on the server, one by the command beside its output. */
export const isOverHttp = ({ source }: Pick<IngestDetail, 'source'>): boolean => source.namespace === 'http';

export const auditName = (id: string): string => `audit-${id.slice(0, 8)}.jsonl`;

/** The command that checks the audit: of a file that was downloaded, else of the one beside the output, by its end. */
export const auditCommand = (ingest: Pick<IngestDetail, 'id' | 'source'>): CommandLine =>
  commandLine([
    'custody audit verify',
    isOverHttp(ingest) ? auditName(ingest.id) : `*-${ingest.id.slice(0, 8)}.audit.jsonl`,
  ]);

/** The command that reads the same file again and writes nothing; null where the file was never named. */
export const repeatCommand = ({ source }: Pick<IngestDetail, 'source'>): CommandLine | null =>
  source.namespace === 'file'
    ? commandLine(['custody ingest', quoted(source.name), '--rules custody.gate.yaml', '--dry-run'])
    : null;

/** Name for the file of released rows; what they are shows in their first character. */
export const releasedName = (batch: Pick<Batch, 'id' | 'dataset'>, as: 'raw' | 'masked', first: string): string =>
  `${
    (batch.dataset.name.split(/[/:]/).at(-1) ?? '')
      .replace(/\.\w+$/, '')
      .replaceAll(/[^\w-]+/g, '-')
      .replace(/^-+$/, '') || 'batch'
  }-${batch.id.slice(0, 8)}-${as}.${first === '{' || first === '[' ? 'jsonl' : 'csv'}`;

type Role = Status['me']['role'];
const isOfficer = (role: Role): boolean => role === 'admin' || role === 'officer';

/** Why somebody of this role may not do it, in a sentence; null if they may. Null as role: not known yet. */
export const mayNotRelease = (role: Role | null): string | null =>
  role === null || isOfficer(role)
    ? null
    : `Your role, ${role}, looks at batches. Officers and admins release and destroy them.`;
export const mayNotDecideLabels = (role: Role | null): string | null =>
  role === null || isOfficer(role) ? null : `Your role, ${role}, reads labels. Officers and admins decide about them.`;
export const mayNotPublish = (role: Role | null): string | null =>
  role === null || isOfficer(role)
    ? null
    : `Your role, ${role}, ${role === 'auditor' ? 'reads rules' : 'tries rules'}. Officers and admins publish them.`;
/** Auditors read; the server answers their trials with 403. */
export const mayNotTry = (role: Role | null): string | null =>
  role === 'auditor' ? 'Your role, auditor, reads rules. Engineers, officers and admins try them.' : null;

export const assetId = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `dataset:${namespace}:${name}`;
