/**
 * Fields of running text, for a recogniser that knows more of names and places than rules and lists do, and is slow: only
 * where nothing was found is it asked.
 */
import { byteOf, textOf, type Field, type FieldSink } from './format/field.ts';
import type { PlacedFinding } from './scanner.ts';

/** What another recogniser says of a text, in UTF-16 units. */
export interface Opinion {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface ProseField {
  readonly text: string;
  /** An opinion as a finding at its place. */
  place(opinion: Opinion, rule: string): PlacedFinding;
  /** Bytes of the field in the input. */
  readonly from: number;
  readonly to: number;
}

const SHORTEST = 8;
const LONGEST = 20_000;
/** Two words at least, one of them with a capital: what has none names nobody that a recogniser would see. */
const PROSE = /\p{L}\s+\p{L}/u;
const CAPITAL = /\p{Lu}/u;

/** Gathers fields of prose; the header is none. */
export class ProseFields implements FieldSink {
  #fields: ProseField[] = [];

  field(field: Field): void {
    const { start, end, row } = field;
    if (row === 0 || end - start < SHORTEST || end - start > LONGEST) return;
    const text = textOf(field);
    if (!PROSE.test(text) || !CAPITAL.test(text)) return;
    // The bytes are lent, so that the places are worked out from a copy.
    const kept: Field = { ...field, bytes: field.bytes.slice(start, end), start: 0, end: end - start };
    this.#fields.push({
      text,
      from: field.byte,
      to: field.byte + end - start,
      place: ({ type, start: first, end: last, confidence }, rule) => {
        const before = byteOf(kept, first);
        return {
          type,
          family: 'personal',
          confidence: Math.round(confidence * 100) / 100,
          rule,
          row: kept.row,
          column: kept.column,
          label: kept.label,
          byte: kept.byte + before,
          bytes: byteOf(kept, last) - before,
          char: first,
          chars: last - first,
        };
      },
    });
  }

  trouble(): void {} // the scanner tells it

  /** Those since the last call in which nothing lies that was found already. `found`: places as [byte, byte + bytes). */
  take(found: readonly (readonly [number, number])[]): readonly ProseField[] {
    const fields = this.#fields;
    this.#fields = [];
    const places = [...found].sort((a, b) => a[0] - b[0]);
    let at = 0;
    return fields.filter(({ from, to }) => {
      while (at < places.length && places[at]![1] <= from) at++;
      return at >= places.length || places[at]![0] >= to;
    });
  }
}
