/** Fields in, findings with places out, and counts of them by type and column. */
import { isTimestamp } from './anchor.ts';
import { detect, isMuteLabel } from './detect.ts';
import { knownTypes } from './type.ts';
import type { Family, Finding } from './finding.ts';
import {
  asciiOf,
  byteOf,
  OVERLAP,
  plainBytes,
  textOf,
  type Field,
  type PieceSink,
  type Trouble,
} from './format/field.ts';
import { ESCAPE, glance, seen, WIDE } from './glance.ts';
import { saysName } from './name.ts';
import { QuickDetector } from './quick.ts';
import { KEEP_STAMPS, LOOK_AT_ALL, NAME_BEFORE, NO_PLAIN_NUMBER, type WalkPlan } from './walk.ts';

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
/** No timestamp and no plain number is longer. */
const LONGEST_STAMP = 35;

/** What a value of these types is: dates, links, places and ids are often nobody's. They are reported when asked for. */
export const ON_DEMAND: ReadonlySet<string> = new Set(['DATE_TIME', 'URL', 'LOCATION', 'UUID', 'HIGH_ENTROPY']);

/** The types that a scan reports when none are named. */
const BY_DEFAULT: ReadonlySet<string> = new Set(knownTypes().filter((type) => !ON_DEMAND.has(type)));

export class Scanner implements PieceSink {
  readonly #found: (finding: PlacedFinding) => void;
  readonly #options: ScanOptions;
  readonly #types: ReadonlySet<string>;
  readonly #quick: QuickDetector;
  readonly #isKeyFile: boolean;
  readonly #columns = new Map<string, Column>();
  /** The column of the last field: most columns come in turn, and comparing a reference is cheap. */
  #column: Column = columnOf('');
  readonly troubles: Trouble[] = [];
  fields = 0;
  rows = 0;

  constructor(found: (finding: PlacedFinding) => void, options: ScanOptions = {}) {
    // Pieces overlap; what was reported once is not reported again.
    this.#found = inOrder(found);
    this.#options = options;
    this.#types = options.types ?? BY_DEFAULT;
    this.#quick = new QuickDetector(this.#types, options.path);
    this.#isKeyFile = /\.(?:p12|pfx)$/i.test(options.path ?? '');
  }

  /** null where each field is looked at in full. */
  get plan(): WalkPlan | null {
    return this.#options.isThorough || this.#isKeyFile ? null : this.#quick.plan;
  }

  flagsOf(label: string): number {
    const column = this.#columnOf(label);
    return (
      (column.isTelling ? LOOK_AT_ALL : 0) |
      (column.isNamed ? NAME_BEFORE : 0) |
      (column.isMute ? NO_PLAIN_NUMBER : 0) |
      (column.isOfBirth || this.#types.has('DATE_TIME') ? KEEP_STAMPS : 0)
    );
  }

  read(fields: number, row: number): void {
    this.fields += fields;
    if (row > this.rows) this.rows = row;
  }

  piece(field: Field, start: number, end: number, facts: number, runs: number): void {
    this.#look(field, this.#columnOf(field.label), start, end, facts, runs);
  }

  #columnOf(label: string): Column {
    let column = this.#column;
    if (column.label !== label) {
      const known = this.#columns.get(label);
      column = known ?? columnOf(label);
      if (!known && this.#columns.size < COLUMNS_MAX) this.#columns.set(label, column);
      this.#column = column;
    }
    return column;
  }

  field(field: Field): void {
    this.fields++;
    if (field.row > this.rows) this.rows = field.row;
    const { start, end } = field;
    const bytes = plainBytes(field.bytes);
    const column = this.#columnOf(field.label);
    if (end - start <= LONGEST_STAMP) {
      if (isTimestamp(bytes, start, end) && !column.isOfBirth && !this.#types.has('DATE_TIME')) return;
      if (column.isMute && isPlainNumber(bytes, start, end)) return;
    }
    if (this.#options.isThorough) {
      this.#lookAtAll(field);
      return;
    }
    // Context never crosses the end of a sentence, so each is looked at alone.
    const isWhole = end - start <= LONGEST_SENTENCE;
    let from = start;
    while (from < end) {
      const limit = isWhole || end - from <= LONGEST_PIECE ? end : from + LONGEST_PIECE;
      glance(bytes, from, limit, isWhole, column.isNamed);
      const to = seen.end;
      if (
        column.isTelling ||
        this.#isKeyFile ||
        (field.escaping !== 'none' && (seen.facts & ESCAPE) !== 0) ||
        !this.#quick.isClear(seen.facts, seen.runs)
      )
        this.piece(field, from, to, seen.facts, seen.runs);
      // A piece that was cut in the middle of something overlaps with the next.
      from = to - from === LONGEST_PIECE && to < end ? to - OVERLAP : to;
    }
  }

  /** Looks at a piece of a field. */
  #look(field: Field, column: Column, start: number, end: number, seenFacts: number, seenRuns: number): void {
    let facts = seenFacts;
    let runs = seenRuns;
    const part = { ...field, start, end };
    const text = (facts & WIDE) === 0 ? asciiOf(part) : textOf(part);
    if (field.escaping !== 'none' && (facts & ESCAPE) !== 0 && text.length !== end - start) {
      // What stands behind escapes is looked at as it is meant.
      const meant = ENCODER.encode(text);
      glance(meant, 0, meant.length, true, column.isNamed);
      ({ facts, runs } = seen);
      if (!column.isTelling && !this.#isKeyFile && this.#quick.isClear(facts, runs)) return;
    }
    const isWhole = start === field.start && end === field.end;
    const isShort = isWhole && text.length <= SHORT;
    if (isShort && column.clear.has(text)) return;
    const found = this.#quick.detect(text, facts, runs, field.label);
    if (found.length > 0) this.#report(part, field, text, found);
    // Short values come again and again: what a value was clear of it is clear of again under the same name.
    else if (isShort && column.clear.size < CLEAR_MAX) column.clear.add(text);
  }

  #lookAtAll(field: Field): void {
    const text = textOf(field);
    const { types, label } = { types: this.#types, label: field.label };
    this.#report(field, field, text, detect(text, { ...this.#options, types, label, isThorough: true }));
  }

  #report(part: Field, field: Field, text: string, found: readonly Finding[]): void {
    const { start, end } = part;
    const isPlain = text.length === end - start;
    const unitsBefore = start === field.start ? 0 : textOf({ ...field, end: start }).length;
    for (const one of found) {
      const before = isPlain ? one.start : byteOf(part, one.start);
      const byte = field.byte + start - field.start + before;
      const length = isPlain ? one.end - one.start : byteOf(part, one.end) - before;
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

  trouble(trouble: Trouble): void {
    if (this.troubles.length < 100) this.troubles.push(trouble);
  }
}

/** Passes findings on in order, without those that a piece before overlapped with and reported. */
export function inOrder(found: (finding: PlacedFinding) => void): (finding: PlacedFinding) => void {
  let reportedTo = -1;
  let row = 0;
  let column = 0;
  return (finding) => {
    const end = finding.byte + finding.bytes;
    // Only pieces of one field overlap. Where columns have no numbers, rows are lines of it.
    const isSameField = finding.column === column && (column === 0 || finding.row === row);
    if (isSameField && end <= reportedTo) return;
    reportedTo = end;
    ({ row, column } = finding);
    found(finding);
  };
}

const COLUMNS_MAX = 1_000;
const CLEAR_MAX = 4_096;
const ENCODER = new TextEncoder();

/** What the name of a column says of its values. */
interface Column {
  readonly label: string;
  /** Dates in it are of birth. */
  readonly isOfBirth: boolean;
  /** It says nothing of what a plain number in it could be. */
  readonly isMute: boolean;
  /** Its values may be secrets that have no anchor of their own. */
  readonly isTelling: boolean;
  /** What it holds may be names. */
  readonly isNamed: boolean;
  /** Short values in which nothing was found. */
  readonly clear: Set<string>;
}

const columnOf = (label: string): Column => ({
  label,
  isOfBirth: isOfBirth(label),
  isMute: isMuteLabel(label),
  isTelling: couldBeNamed(label),
  isNamed: saysName(label),
  clear: new Set(),
});

/** A field of this name may hold a secret that has no anchor of its own. */
const couldBeNamed = (label: string): boolean => /pass|pwd|secret|token|key|auth|cred/i.test(label);

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
