/**
 * What a repository says about its findings: waivers with a reason, an owner and an end, rules that are switched off, and
 * sources that are forbidden. `custody.check.yaml` at its root.
 */
import { yamlDocument } from '../../producers/check/yaml-document.ts';
import type { CheckFinding } from './checker.ts';
import { SEVERITIES, type Severity } from './severity.ts';

export interface Waiver {
  /** Id of a rule. */
  readonly rule: string;
  /** A path, or a pattern with `*` and `**`. */
  readonly path: string;
  /** A line, a resource, or null for all of the file. */
  readonly line: number | null;
  readonly resource: string | null;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly until: string;
}

export interface CheckSettings {
  readonly waivers: readonly Waiver[];
  /** Rules that are off, each with a reason. */
  readonly off: ReadonlyMap<string, string>;
  /** Findings below it do not refuse. */
  readonly failOn: Severity;
  /** Folders and files that are not looked at. */
  readonly exclude: readonly string[];
  /** `data.custody.settings` of the rules. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export const NO_SETTINGS: CheckSettings = { waivers: [], off: new Map(), failOn: 'low', exclude: [], settings: {} };

export class CheckSettingsError extends Error {
  readonly remedy = 'docs/check.md shows the form.';
}

const TEXT_CHARS_MAX = 500_000;
const KEYS = new Set(['waivers', 'off', 'fail_on', 'exclude', 'settings']);

/** Throws CheckSettingsError that names what is wrong. */
export function parseSettings(text: string, name: string): CheckSettings {
  const fail = (what: string): never => {
    throw new CheckSettingsError(`${name}: ${what}`);
  };
  if (text.trim() === '') return NO_SETTINGS;
  if (text.length > TEXT_CHARS_MAX) fail(`it is larger than ${TEXT_CHARS_MAX} characters`);
  const read = yamlDocument(text);
  if ('unread' in read) return fail(read.unread);
  let value: unknown;
  try {
    value = read.document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return fail(error instanceof Error ? error.message.split('\n')[0]! : 'it is no YAML');
  }
  if (value === null || value === undefined) return NO_SETTINGS;
  if (typeof value !== 'object' || Array.isArray(value)) return fail('it is no mapping');
  const given = value as Record<string, unknown>;
  for (const key of Object.keys(given)) if (!KEYS.has(key)) fail(`${key} is none of ${[...KEYS].join(', ')}`);
  const list = (item: unknown, what: string): unknown[] =>
    item === undefined || item === null ? [] : Array.isArray(item) ? item : fail(`${what} is no list`);
  const text_ = (item: unknown, what: string): string =>
    typeof item === 'string' && item.trim() !== '' ? item : fail(`${what} is missing`);
  const waivers = list(given['waivers'], 'waivers').map((item, i): Waiver => {
    const waiver = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
    const at = `waiver ${i + 1}`;
    const until = text_(waiver['until'], `${at}: until (YYYY-MM-DD)`);
    if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(Date.parse(until))) fail(`${at}: until is no day YYYY-MM-DD`);
    return {
      rule: text_(waiver['rule'], `${at}: rule`),
      path: text_(waiver['path'], `${at}: path`),
      line: typeof waiver['line'] === 'number' ? waiver['line'] : null,
      resource: typeof waiver['resource'] === 'string' ? waiver['resource'] : null,
      reason: text_(waiver['reason'], `${at}: reason`),
      owner: text_(waiver['owner'], `${at}: owner`),
      until,
    };
  });
  const off = new Map<string, string>();
  for (const [id, reason] of Object.entries((given['off'] ?? {}) as Record<string, unknown>))
    off.set(id, text_(reason, `off: ${id}: a reason`));
  const failOn = given['fail_on'] ?? 'low';
  return {
    waivers,
    off,
    failOn: SEVERITIES.find((one) => one === failOn) ?? fail(`fail_on is none of ${SEVERITIES.join(', ')}`),
    exclude: list(given['exclude'], 'exclude').map((item) => text_(item, 'exclude')),
    settings: (typeof given['settings'] === 'object' && given['settings'] !== null ? given['settings'] : {}) as Record<
      string,
      unknown
    >,
  };
}

/** The waiver that covers a finding on a day (YYYY-MM-DD); `expired` where one did. */
export function waiverOf(
  finding: CheckFinding,
  waivers: readonly Waiver[],
  day: string,
): { readonly waiver: Waiver; readonly isExpired: boolean } | null {
  const fitting = waivers.filter(
    (waiver) =>
      waiver.rule === finding.rule.id &&
      (waiver.line === null || waiver.line === finding.line) &&
      (waiver.resource === null || waiver.resource === finding.resource) &&
      matchesPath(waiver.path, finding.file),
  );
  const valid = fitting.find(({ until }) => until >= day);
  if (valid !== undefined) return { waiver: valid, isExpired: false };
  return fitting.length === 0 ? null : { waiver: fitting[0]!, isExpired: true };
}

/** `*` is any part of a name, `**` any folders; a folder stands for all in it. */
export function matchesPath(pattern: string, path: string): boolean {
  const tokens = pattern
    .replace(/^\.\//, '')
    .replace(/\/$/, '')
    .split(/(\*\*\/?|\*|\?)/)
    .filter((token) => token !== '');
  // Where in the path each token can end: one pass for each, so that no pattern costs more than its length times the path's.
  let ends = new Set([0]);
  for (const token of tokens) {
    const next = new Set<number>();
    if (token === '*' || token === '?' || token.startsWith('**')) {
      for (const from of ends) {
        if (token === '?') {
          if (from < path.length && path[from] !== '/') next.add(from + 1);
          continue;
        }
        for (let at = from; at <= path.length; at++) {
          if (token !== '**/' || at === from || path[at - 1] === '/') {
            if (next.has(at) && at > from) break;
            next.add(at);
          }
          if (token === '*' && path[at] === '/') break;
        }
      }
    } else for (const from of ends) if (path.startsWith(token, from)) next.add(from + token.length);
    ends = next;
    if (ends.size === 0) return false;
  }
  return [...ends].some((end) => end === path.length || path[end] === '/');
}
