/** Secrets in one text: by form, by what they are assigned to, by the document around them. */
import type { Finding } from '../finding.ts';
import { matchesIn } from '../match.ts';
import { ASSIGNMENT, assignedSecret } from './assignment.ts';
import { documentSecrets } from './document.ts';
import { entropy } from './entropy.ts';
import { FORMS, isSecretForm, type SecretForm } from './form.ts';

/** A literal alone in quotation marks that repeats itself as little as random bytes do. */
const QUOTED = /(["'])([A-Za-z0-9+/=_-]{20,200})\1/g;

/** What keys are made of; none is shorter. */
const LONG_WORD = /[A-Za-z0-9_.~+/=:|%@-]{13,}/g;

const NO_KEY = /^[\d_.~+/=:|%@-]+$|^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$|^(?:[\da-f]{2}[:-]){5}[\da-f]{2}\.?$/i;

function* formsIn(form: SecretForm, text: string, offset: number): Generator<Finding> {
  form.pattern.lastIndex = 0;
  for (let match = form.pattern.exec(text); match; match = form.pattern.exec(text)) {
    const start = offset + match.index;
    if (isSecretForm(form, match[0])) yield secret(form.type, form.name, start, start + match[0].length, 0.95);
  }
}

/** Forms that need a word before them. */
const TOLD_FORMS = FORMS.filter(({ before }) => before !== undefined);

/** Without any of these nothing is assigned. */
const ASSIGNS = /[=:>]|["'`]\s?,|\|\||--/;

/** Which forms a word is held against: all of them, or those whose letters it has (mark.ts). */
export type FormsFor = (word: string) => readonly SecretForm[];
const everyForm: FormsFor = () => FORMS;

/** Keys that their own form tells, word by word. */
export function* keysIn(text: string, formsFor: FormsFor): Generator<Finding> {
  for (const long of matchesIn(LONG_WORD, text)) {
    const [token] = long;
    // A word of letters alone is a word, unless it is very long.
    if (token.length < 34 && !/[\d_-]|^A[A-Z]/.test(token)) continue;
    // Nor is a number a key, an address of mail, or one of a network card.
    if (NO_KEY.test(token)) continue;
    for (const form of formsFor(token)) if (!form.before) yield* formsIn(form, token, long.index);
  }
}

/** Secrets in a text; findings may overlap. The name of the file, where it has one, decides for some rules. */
export function* detectSecrets(text: string, path?: string, formsFor = everyForm): Generator<Finding> {
  yield* keysIn(text, formsFor);
  for (const form of TOLD_FORMS) if (form.before!.test(text)) yield* formsIn(form, text, 0);
  for (const { type, rule, start, end } of documentSecrets(text, path)) {
    yield secret(type, rule, start, end, 0.9);
  }
  ASSIGNMENT.lastIndex = 0;
  for (let match = ASSIGNS.test(text) ? ASSIGNMENT.exec(text) : null; match; match = ASSIGNMENT.exec(text)) {
    const [whole, name, operator, value] = match as unknown as [string, string, string, string];
    const found = assignedSecret(name, operator, value);
    const end = match.index + whole.length;
    if (found) yield secret(found.type, found.rule, end - value.length, end, 0.8);
    // What was assigned may itself assign: "config.ini": "TOKEN=..."
    else ASSIGNMENT.lastIndex = end - value.length;
  }
  if (!text.includes('"') && !text.includes("'")) return;
  for (const match of matchesIn(QUOTED, text)) {
    const value = match[2]!;
    const isHex = /^[0-9a-f]+$/i.test(value);
    // detect-secrets' limits: 3 bits for hexadecimal, 4.5 for base64, of values that are nothing but a literal.
    if (entropy(value) <= (isHex ? 3 : 4.5) || !/\d/.test(value) || !isBare(text, match.index)) continue;
    yield secret('HIGH_ENTROPY', 'high-entropy', match.index + 1, match.index + 1 + value.length, 0.55);
  }
}

/** Does nothing assign the literal a name that says what it is? */
const isBare = (text: string, start: number): boolean =>
  /^\s*$|:\s$|#\d+: $/.test(text.slice(Math.max(0, start - 12), start)) &&
  !/[\w"']\s*[:=]\s*$/.test(text.slice(Math.max(0, start - 40), start).replace(/#\d+: $/, ''));

const secret = (type: string, rule: string, start: number, end: number, confidence: number): Finding => ({
  type,
  family: 'secret',
  rule,
  start,
  end,
  confidence,
});
