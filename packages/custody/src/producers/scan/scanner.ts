/** Fields in, findings with places out, and counts of them by type and column. */
import { anchorsOf, isTimestamp } from './anchor.ts';
import { detect } from './detect.ts';
import { knownTypes } from './type.ts';
import type { Family } from './finding.ts';
import { byteOf, textOf, type Field, type FieldSink, type Trouble } from './format/field.ts';

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
    const anchors = anchorsOf(field.bytes, field.start, field.end);
    if (anchors === 0 && !this.#options.isThorough && !couldBeNamed(field.label)) return;
    if (isTimestamp(field.bytes, field.start, field.end) && !isOfBirth(field.label) && !this.#options.types?.has('DATE_TIME')) return;
    const text = textOf(field);
    const isShort = text.length <= SHORT;
    if (isShort && this.#clearByLabel.get(field.label)?.has(text)) return;
    this.#ask.anchors = anchors;
    this.#ask.label = field.label;
    const found = detect(text, this.#ask);
    if (found.length === 0) {
      if (isShort) this.#remember(field.label, text);
      return;
    }
    for (const { type, family, confidence, rule, start, end } of found) {
      const before = byteOf(field, start);
      this.#found({
        type,
        family,
        confidence: Math.round(confidence * 100) / 100,
        rule,
        row: field.escaping === 'none' && field.column === 0 ? field.row + linesIn(text, start) : field.row,
        column: field.column,
        label: field.label,
        byte: field.byte + before,
        bytes: byteOf(field, end) - before,
        char: start,
        chars: end - start,
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

function linesIn(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
