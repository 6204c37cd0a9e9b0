/**
 * What must not enter the log's payloads: literals of SQL and secrets, taken out of the bytes of an event.
 *
 * On the bytes, and not on the parsed event, for three reasons: what is not touched stays byte for byte as it was sent;
 * a member that a second one of the same name shadows is gone after parsing, but not from the bytes; and most events
 * need no more than one look (suspicion.ts).
 */
import { DEPTH_MAX } from './event-shape.ts';
import { endOfString, isJsonSpace, QUOTE } from './json-string.ts';
import { OpenLineageError } from './openlineage-error.ts';
import { hiddenValue, redactSecrets, sensitiveName } from './secrets.ts';
import { redactCode, redactLiterals } from './sql-literals.ts';
import { suspectsIn, type Suspect } from './suspicion.ts';

export interface Redacted {
  /** The bytes given, if nothing had to be redacted. */
  readonly payload: Uint8Array;
  readonly redacted: number;
}

/** A piece of the body and what stands in its place, as JSON text. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly json: string;
  readonly count: number;
}

export function redactEvent(body: Uint8Array): Redacted {
  const suspects = suspectsIn(body);
  if (suspects.length === 0) return { payload: body, redacted: 0 };
  const redaction = queriesOnly(body, suspects) ?? new Walk(body, suspects).run();
  const edits = [...redaction.edits.values()];
  return { payload: withEdits(body, edits), redacted: edits.reduce((sum, { count }) => sum + count, 0) };
}

/**
 * Most events with anything suspect have one SQL text and no more. Then there is no need to follow the whole JSON text:
 * a member's value starts behind its colon. null where anything else is suspect, or where a dialect may be named.
 */
function queriesOnly(body: Uint8Array, suspects: readonly Suspect[]): Redaction | null {
  const text = bufferOf(body);
  if (text.includes('"dialect"')) return null;
  const redaction = new Redaction(body);
  let passed = 0;
  for (const { at, sqlKeyEnd } of suspects) {
    if (at < passed) continue;
    if (sqlKeyEnd === null) return null;
    let start = sqlKeyEnd + 1;
    while (body[start] === COLON || isJsonSpace(body[start])) start++;
    // The sql facet is an object: its query is a suspect of its own.
    if (body[start] === OPEN_BRACE) continue;
    if (body[start] !== QUOTE) return null;
    passed = endOfString(body, start + 1);
    redaction.sql({ start, end: passed }, null);
  }
  return redaction;
}

function withEdits(body: Uint8Array, edits: readonly Edit[]): Uint8Array {
  if (edits.length === 0) return body;
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, json } of edits.toSorted((a, b) => a.start - b.start)) {
    pieces.push(body.subarray(from, start), Buffer.from(json));
    from = end;
  }
  pieces.push(body.subarray(from));
  return Buffer.concat(pieces);
}

/** A view, not a copy. */
const bufferOf = (body: Uint8Array): Buffer => Buffer.from(body.buffer, body.byteOffset, body.byteLength);

const OPEN_BRACE = 0x7b;
const COLON = 0x3a;
const COMMA = 0x2c;

type ValueOf =
  | { readonly kind: 'plain' }
  /** A member that is named like a password, token or key. */
  | { readonly kind: 'sensitive'; readonly rule: 'password' | 'token' | 'secret' }
  | { readonly kind: 'sql' }
  | { readonly kind: 'code' };

const PLAIN: ValueOf = { kind: 'plain' };

/** A string in the body, from its first quote to behind its last. */
interface Token {
  readonly start: number;
  readonly end: number;
}

/** An object or array that is open. */
interface Frame {
  readonly isObject: boolean;
  /** In an array, what its strings are: Airflow gives `sql` as a list too. */
  readonly itemsOf: ValueOf;
  keyStart: number;
  keyEnd: number;
  valueOf: ValueOf;
  /** `{"name": "DB_PASSWORD", "value": "..."}` in any order; in an array ["db.password", "..."]. */
  named: ValueOf;
  value: Token | null;
  dialect: Token | null;
  language: Token | null;
  /** SQL and code wait for the end of the object, which may still name their dialect. */
  waiting: { readonly token: Token; readonly kind: 'sql' | 'code' }[];
}

/** Names of members that hold SQL. `statement` and `query` may be something else: then it loses its literals. */
const SQL_KEY = /(?:sql|query|statement)$/i;
const CODE_KEY = /^(?:source_?code|raw_code|compiled_code)$/i;
/** Names of members that name a property, whose value is in the member `value`. */
const NAMING_KEY = /^(?:name|key|property|option|variable|parameter|header|env)$/i;

const SQL_WRITES =
  /\b(?:insert\s+(?:into|overwrite)\s|update\s{1,9}\S{1,300}\s{1,9}set\s|delete\s+from\s|merge\s+into\s|values\s*\()/i;
const SQL_SELECT = /\bselect\s/i;
const SQL_FROM = /\sfrom\s/i;

/** True if a statement stands in a text of any other kind: an error message, a plan, a property. */
function holdsSql(text: string): boolean {
  if (SQL_WRITES.test(text)) return true;
  const select = text.search(SQL_SELECT);
  return select >= 0 && SQL_FROM.test(text.slice(select));
}

/** Collects what is replaced. */
class Redaction {
  /** By where it starts: what a later look finds out about the same text counts instead. */
  readonly edits = new Map<number, Edit>();
  protected readonly body: Uint8Array;
  readonly #buffer: Buffer;

  constructor(body: Uint8Array) {
    this.body = body;
    this.#buffer = bufferOf(body);
  }

  sql(token: Token, dialect: string | null): void {
    const text = this.decoded(token);
    if (text !== null) this.withoutSecrets(token, text, redactLiterals(text, dialect));
  }

  code(token: Token, language: string): void {
    const text = this.decoded(token);
    if (text !== null) this.withoutSecrets(token, text, redactCode(text, language));
  }

  /** A text that is not known to be SQL: if statements are in it, it loses its literals; in any case its secrets. */
  anyText(token: Token, text: string): void {
    this.withoutSecrets(token, text, holdsSql(text) ? redactLiterals(text) : { text, count: 0 });
  }

  /** The value of what is named like a password, token or key. */
  hide(token: Token, rule: string): void {
    const text = this.decoded(token);
    const hidden = text === null ? null : hiddenValue(rule, text);
    if (hidden !== null) this.replace(token, hidden, 1);
  }

  withoutSecrets(token: Token, text: string, found: { readonly text: string; readonly count: number }): void {
    const secrets = redactSecrets(found.text);
    if (secrets.text !== text) this.replace(token, secrets.text, found.count + secrets.count);
  }

  replace({ start, end }: Token, text: string, count: number): void {
    this.edits.set(start, { start, end, json: JSON.stringify(text), count });
  }

  /** The string that a token spells; null if it is not a JSON string, which the parser will say. */
  decoded({ start, end }: Token): string | null {
    try {
      return JSON.parse(this.#buffer.toString('utf8', start, end)) as string;
    } catch {
      return null;
    }
  }
}

/** Follows the JSON text token by token and looks into the strings that the suspects are in. */
class Walk extends Redaction {
  readonly #suspects: readonly Suspect[];
  #next = 0;
  readonly #frames: Frame[] = [];

  constructor(body: Uint8Array, suspects: readonly Suspect[]) {
    super(body);
    this.#suspects = suspects;
  }

  run(): this {
    const body = this.body;
    const length = body.length;
    let frame: Frame | undefined;
    let expectsKey = false;
    for (let at = 0; at < length; at++) {
      switch (body[at]) {
        case QUOTE: {
          const end = endOfString(body, at + 1);
          if (expectsKey && frame) {
            this.#key(frame, at, end);
            expectsKey = false;
          } else this.#string(frame, at, end);
          at = end - 1;
          break;
        }
        case COMMA:
          expectsKey = frame?.isObject ?? false;
          break;
        case COLON:
        case 0x20:
        case 0x0a:
        case 0x0d:
        case 0x09:
          break;
        case 0x7b:
        case 0x5b:
          if (this.#frames.length >= DEPTH_MAX) throw tooDeep();
          frame = openFrame(body[at] === 0x7b, frame);
          this.#frames.push(frame);
          expectsKey = frame.isObject;
          break;
        case 0x7d:
        case 0x5d:
          if (frame) this.#close(frame);
          this.#frames.pop();
          frame = this.#frames.at(-1);
          expectsKey = false;
          break;
        default: {
          let end = at + 1;
          while (end < length && !ENDS_SCALAR[body[end]!]) end++;
          if (frame?.isObject && frame.valueOf.kind === 'sensitive') this.#scalar(frame, at, end);
          at = end - 1;
        }
      }
    }
    // A body that is cut short is refused by the parser, but then nothing of it is kept either.
    for (const open of this.#frames) this.#close(open);
    return this;
  }

  /** True if a suspect lies before `end`: those before the token were passed with the tokens they were in. */
  #isSuspect(end: number): boolean {
    let found = false;
    while (this.#next < this.#suspects.length && this.#suspects[this.#next]!.at < end) {
      this.#next++;
      found = true;
    }
    return found;
  }

  #key(frame: Frame, start: number, end: number): void {
    frame.keyStart = start;
    frame.keyEnd = end;
    frame.valueOf = PLAIN;
    if (!this.#isSuspect(end)) return;
    const token = { start, end };
    const key = this.decoded(token);
    if (key === null) return;
    const rule = sensitiveName(key);
    if (rule) frame.valueOf = { kind: 'sensitive', rule };
    else if (CODE_KEY.test(key)) frame.valueOf = { kind: 'code' };
    else if (SQL_KEY.test(key)) frame.valueOf = { kind: 'sql' };
    this.withoutSecrets(token, key, { text: key, count: 0 });
  }

  #string(frame: Frame | undefined, start: number, end: number): void {
    const isSuspect = this.#isSuspect(end);
    const token = { start, end };
    if (!frame) {
      const text = isSuspect ? this.decoded(token) : null;
      if (text !== null) this.anyText(token, text);
      return;
    }
    const valueOf = frame.isObject ? frame.valueOf : frame.itemsOf;
    if (frame.isObject) {
      switch (frame.keyEnd - frame.keyStart) {
        case 7:
          if (this.#keyIs(frame, '"value"')) frame.value = token;
          break;
        case 9:
          if (this.#keyIs(frame, '"dialect"')) frame.dialect = token;
          break;
        case 10:
          if (this.#keyIs(frame, '"language"')) frame.language = token;
          break;
      }
    } else if (frame.named.kind === 'sensitive') {
      // ["spark.hadoop.fs.s3a.secret.key", "..."]
      frame.value = token;
      this.#hideNamed(frame);
      frame.named = PLAIN;
      return;
    }

    if (valueOf.kind === 'sql' || valueOf.kind === 'code') frame.waiting.push({ token, kind: valueOf.kind });
    else if (valueOf.kind === 'sensitive') this.hide(token, valueOf.rule);
    else if (isSuspect) this.#suspectText(frame, token);
  }

  #suspectText(frame: Frame, token: Token): void {
    const text = this.decoded(token);
    if (text === null) return;
    const names = !frame.isObject || NAMING_KEY.test(this.decoded({ start: frame.keyStart, end: frame.keyEnd }) ?? '');
    const rule = names ? sensitiveName(text) : null;
    if (rule) frame.named = { kind: 'sensitive', rule };
    this.anyText(token, text);
  }

  /** `true`, `null` and numbers. Only a password may be a number. */
  #scalar(frame: Frame, start: number, end: number): void {
    if (frame.valueOf.kind !== 'sensitive' || frame.valueOf.rule !== 'password') return;
    const byte = this.body[start]!;
    if (byte !== 0x2d && (byte < 0x30 || byte > 0x39)) return;
    this.replace({ start, end }, '[redacted:password]', 1);
  }

  #close(frame: Frame): void {
    if (frame.waiting.length > 0) {
      const dialect = frame.dialect ? this.decoded(frame.dialect) : null;
      const language = frame.language ? this.decoded(frame.language) : null;
      for (const { token, kind } of frame.waiting) {
        // dbt's raw_code and compiled_code name no language and are SQL, with Jinja in the first.
        if (kind === 'code' && language !== null && !/sql/i.test(language)) this.code(token, language);
        else this.sql(token, dialect);
      }
    }
    if (frame.isObject) this.#hideNamed(frame);
  }

  #hideNamed(frame: Frame): void {
    if (frame.named.kind === 'sensitive' && frame.value) this.hide(frame.value, frame.named.rule);
  }

  #keyIs({ keyStart }: Frame, quoted: string): boolean {
    for (let i = 1; i < quoted.length; i++) {
      if (this.body[keyStart + i] !== quoted.charCodeAt(i)) return false;
    }
    return true;
  }
}

function openFrame(isObject: boolean, parent: Frame | undefined): Frame {
  return {
    isObject,
    itemsOf: isObject || !parent ? PLAIN : parent.isObject ? parent.valueOf : parent.itemsOf,
    keyStart: 0,
    keyEnd: 0,
    valueOf: PLAIN,
    named: PLAIN,
    value: null,
    dialect: null,
    language: null,
    waiting: [],
  };
}

/** Bytes that end `true`, `null` or a number. */
const ENDS_SCALAR: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
  [QUOTE, COMMA, COLON, 0x20, 0x0a, 0x0d, 0x09, 0x5b, 0x5d, 0x7b, 0x7d].includes(byte),
);

const tooDeep = (): OpenLineageError =>
  new OpenLineageError(
    'too-deep',
    '',
    `The event nests more than ${DEPTH_MAX} levels.`,
    'Flatten the facet that nests so deep.',
  );
