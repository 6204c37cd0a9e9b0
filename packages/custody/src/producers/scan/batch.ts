/**
 * Pieces that are worth a look, put together so that another thread can look at them: the bytes of one push with the places
 * of its pieces. What is found in a batch does not depend on any other.
 */
import type { Escaping, Field } from './format/field.ts';
import { inOrder, Scanner, type PlacedFinding } from './scanner.ts';

export interface Batch {
  readonly bytes: Uint8Array;
  /** Eleven numbers a piece. */
  readonly pieces: Float64Array;
  /** Names of columns, by the numbers that the pieces have for them. */
  readonly labels: readonly string[];
}

const NUMBERS = 11;
const ESCAPINGS: readonly Escaping[] = ['none', 'csv', 'json'];
const PIECES_MAX = 16_384;

/** Takes fields as a scanner does, and makes batches of their pieces instead of looking at them. */
export class BatchMaker extends Scanner {
  readonly #made: (batch: Batch) => void;
  #bytes: Uint8Array | null = null;
  #pieces: number[] = [];
  #labels = new Map<string, number>();

  constructor(made: (batch: Batch) => void, options: ConstructorParameters<typeof Scanner>[1] = {}) {
    super(() => {}, options);
    this.#made = made;
  }

  override piece(field: Field, start: number, end: number, facts: number, runs: number): void {
    if (this.#bytes !== field.bytes || this.#pieces.length >= PIECES_MAX * NUMBERS) this.flush();
    this.#bytes = field.bytes;
    let label = this.#labels.get(field.label);
    if (label === undefined) this.#labels.set(field.label, (label = this.#labels.size));
    this.#pieces.push(start, end, field.start, field.end, ESCAPINGS.indexOf(field.escaping));
    this.#pieces.push(field.row, field.column, label, facts, runs, field.byte);
  }

  /** Makes a batch of what there is. The bytes are copied, because they were lent. */
  flush(): void {
    if (this.#bytes === null || this.#pieces.length === 0) return;
    const batch = {
      bytes: this.#bytes.slice(),
      pieces: Float64Array.from(this.#pieces),
      labels: [...this.#labels.keys()],
    };
    this.#bytes = null;
    this.#pieces = [];
    this.#labels = new Map();
    this.#made(batch);
  }
}

/** What a scanner with these options finds in a batch. */
export function batchFindings(options: ConstructorParameters<typeof Scanner>[1]): (batch: Batch) => PlacedFinding[] {
  let found: PlacedFinding[] = [];
  let pass = inOrder((one) => void found.push(one));
  const scanner = new Scanner((one) => pass(one), options);
  return ({ bytes, pieces, labels }) => {
    found = [];
    pass = inOrder((one) => void found.push(one));
    for (let at = 0; at < pieces.length; at += NUMBERS) {
      const [start, end, fieldStart, fieldEnd, escaping, row, column, label, facts, runs, byte] = pieces.subarray(
        at,
        at + NUMBERS,
      ) as unknown as number[];
      const field: Field = {
        bytes,
        start: fieldStart!,
        end: fieldEnd!,
        escaping: ESCAPINGS[escaping!]!,
        row: row!,
        column: column!,
        label: labels[label!]!,
        byte: byte!,
      };
      scanner.piece(field, start!, end!, facts!, runs!);
    }
    return found;
  };
}
