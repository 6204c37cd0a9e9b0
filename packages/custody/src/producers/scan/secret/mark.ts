/**
 * Which forms of secrets a word could have: by the letters that every key of a form has, found in one walk over the word.
 * The letters come out of the forms' own expressions; where an expression starts with no letter, they are named here.
 */
import { FORMS, type SecretForm } from './form.ts';

/** Letters that stand somewhere in each key of a form that starts with none of its own. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  'azure-client-secret': ['Q~'],
  'azure-storage': ['AccountKey='],
  terraform: ['.atlasv1.'],
  mailchimp: ['-us'],
  maxmind: ['_mmk'],
  'teams-webhook': ['.webhook.office.com'],
  'telegram-bot': [':A'],
  'slack-webhook': ['hooks.slack.com'],
  'sidekiq-url': ['contribsys'],
};

const FEWEST = 2;

/** The letters that what an expression matches starts with, each way; null where it may start with anything. */
export function startsOf(source: string): readonly string[] | null {
  const reader = { source, at: 0 };
  const starts = alternatives(reader);
  return starts !== null && starts.every(({ text }) => text.length >= FEWEST) ? starts.map(({ text }) => text) : null;
}

interface Start {
  readonly text: string;
  /** May more be added to it? */
  readonly isOpen: boolean;
}
interface Reader {
  readonly source: string;
  at: number;
}

function alternatives(reader: Reader): readonly Start[] | null {
  const all: Start[] = [];
  for (;;) {
    all.push(...sequence(reader));
    if (reader.source[reader.at] !== '|') break;
    reader.at++;
  }
  return all.length > 64 ? null : all;
}

function sequence(reader: Reader): readonly Start[] {
  const { source } = reader;
  let starts: readonly Start[] = [{ text: '', isOpen: true }];
  const close = (): void => {
    starts = starts.map(({ text }) => ({ text, isOpen: false }));
  };
  while (reader.at < source.length && source[reader.at] !== '|' && source[reader.at] !== ')') {
    const units = unit(reader);
    const quantifier = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(reader.at))?.[0] ?? '';
    reader.at += quantifier.length;
    if (units === 'nothing') continue;
    if (units === null || (quantifier !== '' && quantifier !== '?')) {
      close();
      continue;
    }
    const choices = quantifier === '?' ? [...units, { text: '', isOpen: true }] : units;
    starts = starts.flatMap((start) =>
      start.isOpen && start.text.length < 8
        ? choices.map(({ text, isOpen }) => ({ text: start.text + text, isOpen }))
        : [{ text: start.text, isOpen: false }],
    );
    if (starts.length > 64) close();
  }
  return starts;
}

/** What the next part of an expression may be; null: many things; 'nothing': it takes no letters. */
function unit(reader: Reader): readonly Start[] | null | 'nothing' {
  const { source } = reader;
  const one = (text: string): readonly Start[] => [{ text, isOpen: true }];
  const char = source[reader.at++]!;
  if (char === '(') {
    const look = /^\?(?:[=!]|<[=!])/.exec(source.slice(reader.at));
    if (look || source.startsWith('?:', reader.at)) reader.at += look ? look[0].length : 2;
    const inner = alternatives(reader);
    reader.at++;
    return look ? 'nothing' : inner;
  }
  if (char === '[') {
    let members = '';
    while (source[reader.at] !== ']')
      members += source[reader.at++]! + (source[reader.at - 1] === '\\' ? source[reader.at++]! : '');
    reader.at++;
    return /^[A-Za-z0-9]{1,8}$/.test(members) ? [...members].map((text) => ({ text, isOpen: true })) : null;
  }
  if (char === '\\') {
    const next = source[reader.at++]!;
    return /[a-z0-9]/i.test(next) ? null : one(next);
  }
  return char === '.' ? null : one(char);
}

interface Mark {
  readonly text: string;
  readonly form: SecretForm;
}
/** By the first two letters, in lower case. */
const MARKS = new Map<number, Mark[]>();
const HAS_MARK = new Uint8Array(1 << 14);
/** Forms that every long word is held against: their keys have this many characters and more. */
const ALWAYS: SecretForm[] = [];
const LONG = 36;
const lower = (unit: number): number => (unit >= 65 && unit <= 90 ? unit + 32 : unit);
const pairOf = (first: number, second: number): number => ((lower(first) & 127) << 7) | (lower(second) & 127);

for (const form of FORMS) {
  if (form.before) continue;
  const texts = INSIDE[form.name] ?? startsOf(form.pattern.source);
  if (texts === null) {
    ALWAYS.push(form);
    continue;
  }
  for (const text of texts) {
    const pair = pairOf(text.charCodeAt(0), text.charCodeAt(1));
    HAS_MARK[pair] = 1;
    MARKS.set(pair, [...(MARKS.get(pair) ?? []), { text: text.toLowerCase(), form }]);
  }
}

const LONG_START = 4;
/** Forms whose keys all start with four letters or more, and those letters: what another walk can look for. */
const TELLING = new Map<SecretForm, readonly string[]>();
for (const form of FORMS) {
  const starts = form.before || INSIDE[form.name] ? null : startsOf(form.pattern.source);
  if (starts?.every((text) => text.length >= LONG_START) && !form.pattern.ignoreCase) TELLING.set(form, starts);
}
export const keyStarts = (): readonly string[] => [...new Set([...TELLING.values()].flat())];
export const tellingFormsFor = (word: string): readonly SecretForm[] =>
  formsFor(word).filter((form) => TELLING.has(form));

/** The forms that a word could hold, in the order of the table. */
export function formsFor(word: string): readonly SecretForm[] {
  let found: Set<SecretForm> | null = null;
  for (let i = 0; i + 1 < word.length; i++) {
    const pair = pairOf(word.charCodeAt(i), word.charCodeAt(i + 1));
    if (HAS_MARK[pair] === 0) continue;
    for (const { text, form } of MARKS.get(pair)!) {
      if (word.slice(i, i + text.length).toLowerCase() === text) (found ??= new Set()).add(form);
    }
  }
  const isLong = word.length >= LONG;
  if (found === null && !isLong) return NONE;
  if (isLong) return FORMS.filter((form) => found?.has(form) || ALWAYS.includes(form));
  return found!.size === 1 ? [...found!] : [...found!].sort((a, b) => FORMS.indexOf(a) - FORMS.indexOf(b));
}
const NONE: readonly SecretForm[] = [];
