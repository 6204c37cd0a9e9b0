/** Fields in, findings with places out, and counts of them by type and column. */
import { anchorsOf, DIGIT, isTimestamp } from './anchor.ts';
import { detect, isMuteLabel } from './detect.ts';
import { knownTypes } from './type.ts';
import type { Family } from './finding.ts';
import { byteOf, OVERLAP, textOf, type Field, type FieldSink, type Trouble } from './format/field.ts';

/** A finding and where it is. The value itself is not in it. */
export interface PlacedFinding {
  readonly type: string;
  readonly family: Family;
  readonly confidence: number;
  readonly rule: string;
  /** Record, element or line, from 1; 0 is a header. */
  readonly row: number;
  /** Column from 1; 0 where columns have no number. */
  readonly column: number;
  readonly label: string;
  /** Bytes in the input, and how many. */
  readonly byte: number;
  readonly bytes: number;
  /** UTF-16 units in the field, and how many. */
  readonly char: number;
  readonly chars: number;
}

export interface ScanOptions {
  readonly types?: ReadonlySet<string>;
  readonly path?: string;
  readonly isThorough?: boolean;
}

const SHORT = 64;

/** What a value of these types is: dates, links, places and ids are often nobody's. They are reported when asked for. */
const ON_DEMAND = new Set(['DATE_TIME', 'URL', 'LOCATION', 'UUID', 'HIGH_ENTROPY']);

/** The types that a scan reports when none are named. */
const BY_DEFAULT: ReadonlySet<string> = new Set(knownTypes().filter((type) => !ON_DEMAND.has(type)));

export class Scanner implements FieldSink {
  readonly #found: (finding: PlacedFinding) => void;
  readonly #options: ScanOptions;
  readonly #ask: { anchors: number; label: string } & ScanOptions;
  readonly #clearByLabel = new Map<string, Set<string>>();
  #reportedTo = -1;
  readonly troubles: Trouble[] = [];
  fields = 0;
  rows = 0;

  constructor(found: (finding: PlacedFinding) => void, options: ScanOptions = {}) {
    this.#found = found;
    this.#options = { ...options, types: options.types ?? BY_DEFAULT };
    this.#ask = { ...this.#options, anchors: 0, label: '' };
  }

  field(field: Field): void {
    this.fields++;
    if (field.row > this.rows) this.rows = field.row;
    const { bytes, start, end, label } = field;
    if (isTimestamp(bytes, start, end) && !isOfBirth(label) && !this.#options.types?.has('DATE_TIME')) return;
    if (isPlainNumber(bytes, start, end) && isMuteLabel(label)) return;
    if (this.#options.isThorough || end - start <= LONGEST_SENTENCE) {
      this.#look(field, start, end);
      return;
    }
    // Context never crosses the end of a sentence, so each is looked at alone.
    let from = start;
    while (from < end) {
      const to = sentenceEnd(bytes, from, Math.min(end, from + LONGEST_PIECE));
      this.#look(field, from, to);
      // A piece that was cut in the middle of something overlaps with the next.
      from = to - from === LONGEST_PIECE && to < end ? to - OVERLAP : to;
    }
  }

  /** Looks at a part of a field. */
  #look(field: Field, start: number, end: number): void {
    const anchors = anchorsOf(field.bytes, start, end);
    // Digits alone, few and far between, are of nothing that is reported.
    if ((anchors & ~DIGIT) === 0 && !this.#options.isThorough && !couldBeNamed(field.label)) return;
    const part = { ...field, start, end };
    const text = textOf(part);
    const isWhole = start === field.start && end === field.end;
    const isShort = isWhole && text.length <= SHORT;
    if (isShort && this.#clearByLabel.get(field.label)?.has(text)) return;
    this.#ask.anchors = anchors;
    this.#ask.label = field.label;
    const found = detect(text, this.#ask);
    if (found.length === 0) {
      if (isShort) this.#remember(field.label, text);
      return;
    }
    const unitsBefore = isWhole ? 0 : textOf({ ...field, end: start }).length;
    for (const one of found) {
      const before = byteOf(part, one.start);
      const byte = field.byte + start - field.start + before;
      const length = byteOf(part, one.end) - before;
      // Pieces overlap; what was reported once is not reported again.
      if (byte + length <= this.#reportedTo) continue;
      this.#reportedTo = byte + length;
      this.#found({
        type: one.type,
        family: one.family,
        confidence: Math.round(one.confidence * 100) / 100,
        rule: one.rule,
        row:
          field.escaping === 'none' && field.column === 0
            ? field.row + linesIn(field.bytes, field.start, start + before)
            : field.row,
        column: field.column,
        label: field.label,
        byte,
        bytes: length,
        char: unitsBefore + one.start,
        chars: one.end - one.start,
      });
    }
  }

  /** Short values come again and again: what a value was clear of it is clear of again under the same name. */
  #remember(label: string, text: string): void {
    const known = this.#clearByLabel.get(label) ?? new Set();
    if (this.#clearByLabel.size < 1_000) this.#clearByLabel.set(label, known);
    if (known.size < 4_096) known.add(text);
  }

  trouble(trouble: Trouble): void {
    if (this.troubles.length < 100) this.troubles.push(trouble);
  }
}

/** A field of this name may hold a secret that has no anchor of its own. */
const NAMED = new Map<string, boolean>();
function couldBeNamed(label: string): boolean {
  let known = NAMED.get(label);
  if (known === undefined) {
    known = /pass|pwd|secret|token|key|auth|cred/i.test(label);
    if (NAMED.size < 10_000) NAMED.set(label, known);
  }
  return known;
}

const isOfBirth = (label: string): boolean => /birth|dob|born|geb|naiss|nac/i.test(label);

function linesIn(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10, from); at >= 0 && at < to; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

/**
 * At most two capitals and then at most twelve digits, or fewer: ids, counts. Without a word that says what it is no rule
 * reports such a value, but for a German VAT id.
 */
function isPlainNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && at < start + 2 && bytes[at]! >= 65 && bytes[at]! <= 90) at++;
  if (end - at > 12 || (bytes[start] === 68 && bytes[start + 1] === 69)) return false;
  for (; at < end; at++) if (bytes[at]! < 48 || bytes[at]! > 57) return false;
  return true;
}

const LONGEST_SENTENCE = 96;
const LONGEST_PIECE = 32_768;
/** A shorter word before a dot may be shortened: Dr. Jones, No. 7, St. James. */
const FEWEST_LETTERS = 4;

/**
 * Where the sentence ends that starts here: after `. `, `! ` or `? ` behind a word of four lower case letters. Lines go on,
 * because addresses and keys have several.
 */
function sentenceEnd(bytes: Uint8Array, start: number, end: number): number {
  let letters = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 97 && byte <= 122) letters++;
    else {
      if (
        letters >= FEWEST_LETTERS &&
        (byte === 46 || byte === 33 || byte === 63) &&
        bytes[i + 1] === 32 &&
        i + 2 < end
      )
        return i + 2;
      letters = 0;
    }
  }
  return end;
}
