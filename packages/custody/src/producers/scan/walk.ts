/**
 * The WebAssembly walk over delimited text (`assembly/walk.ts`, built by `scripts/build.js`), where it was built. Without it
 * `CsvReader` and `glance` do the same, only slower; `decisions/011-scan-speed.md` has the figures.
 *
 * One instance for a thread: each call writes all that it needs and reads all that it gives before the next.
 */
import { AFTER_NUMBER, BEFORE_NUMBER, ENDINGS, KIND, LETTER, MONTHS, STREETS } from './glance.ts';
import { wordTable } from './word-class.ts';

/** What a column's name says of its values, as flags for the walk. */
export const LOOK_AT_ALL = 1;
export const NAME_BEFORE = 2;
export const NO_PLAIN_NUMBER = 4;
export const KEEP_STAMPS = 8;

/** Which pieces are worth a look: with any of the first facts, or with all of the second, or all. */
export interface WalkPlan {
  readonly worth: number;
  readonly secret: number;
  readonly isEverything: boolean;
}

/** A stretch of a field, by places in the bytes that were walked. */
export interface Piece {
  start: number;
  end: number;
  fieldStart: number;
  fieldEnd: number;
  row: number;
  column: number;
  isQuoted: boolean;
  facts: number;
  runs: number;
}

/** Of WebAssembly's interface what is used here: Node has it, its types are those of browsers. */
interface Engine {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}
interface Code {
  readonly memory: { readonly buffer: ArrayBuffer };
  configure(worth: number, secret: number, isEverything: number): void;
  csv(input: number, length: number, delimiter: number, row: number, column: number): number;
  row(): number;
  column(): number;
  records(): number;
  fieldsRead(): number;
}

// Places in memory: assembly/walk.ts has the same.
const POOL = 0x100000;
const STARTS = 0x110000;
const LENGTHS = 0x118000;
const CLASSES = 0x11c000;
const ENDING_TABLE = 0x120000;
const COLUMNS = 0x130000;
const OUT = 0x140000;
const KINDS = 0x1f0000;
const LETTERS = 0x1f0100;
const SETS = 0x1f1000;
const INPUT = 0x200000;
const PADDING = 64;
/** Columns that have flags of their own. */
export const COLUMNS_MAX = 65_535;
const NUMBERS = 9;

export class Walk {
  readonly #code: Code;
  readonly #bytes: Uint8Array;
  readonly #out: Int32Array;
  readonly #piece: Piece = {
    start: 0,
    end: 0,
    fieldStart: 0,
    fieldEnd: 0,
    row: 0,
    column: 0,
    isQuoted: false,
    facts: 0,
    runs: 0,
  };
  /** Bytes that fit in. */
  readonly capacity: number;

  constructor(code: Code) {
    this.#code = code;
    this.#bytes = new Uint8Array(code.memory.buffer);
    this.#out = new Int32Array(code.memory.buffer, OUT);
    this.capacity = this.#bytes.length - INPUT - PADDING;
    const { pool, starts, lengths, classes } = wordTable();
    this.#bytes.set(pool, POOL);
    new Uint16Array(code.memory.buffer, STARTS, starts.length).set(starts);
    this.#bytes.set(lengths, LENGTHS);
    this.#bytes.set(classes, CLASSES);
    for (const pair of ENDINGS) this.#bytes[ENDING_TABLE + pair] = 1;
    this.#bytes.set(KIND, KINDS);
    this.#bytes.set(LETTER, LETTERS);
    const streets = [...STREETS].map((packed) => packed >>> 8);
    for (const [i, set] of [BEFORE_NUMBER, MONTHS, streets, AFTER_NUMBER].entries()) {
      for (const packed of set)
        this.#bytes[SETS + (((packed >> 16) & 31) << 10) + (((packed >> 8) & 31) << 5) + (packed & 31)]! |= 1 << i;
    }
  }

  /** Takes in bytes, at most `capacity`, and what the columns' names say (of column n at n). */
  load(bytes: Uint8Array, plan: WalkPlan, flags: Uint8Array): void {
    this.#code.configure(plan.worth, plan.secret, plan.isEverything ? 1 : 0);
    this.#bytes.set(flags, COLUMNS);
    this.#bytes.set(bytes, INPUT);
    this.#bytes.fill(0, INPUT + bytes.length, INPUT + bytes.length + PADDING);
  }

  /** Walks whole fields from `from` on in what was loaded; gives where it stopped and how many pieces there are. */
  walk(from: number, length: number, delimiter: number, row: number, column: number) {
    const done = this.#code.csv(INPUT + from, length - from, delimiter, row, column);
    return {
      to: from + done,
      row: this.#code.row(),
      column: this.#code.column(),
      fields: this.#code.fieldsRead(),
      pieces: this.#code.records(),
    };
  }

  /** The nth piece, with places from where the walk began. The object is lent. */
  pieceAt(n: number, from: number): Piece {
    const out = this.#out;
    const at = n * NUMBERS;
    const piece = this.#piece;
    piece.start = from + out[at]!;
    piece.end = from + out[at + 1]!;
    piece.fieldStart = from + out[at + 2]!;
    piece.fieldEnd = from + out[at + 3]!;
    piece.row = out[at + 4]!;
    piece.column = out[at + 5]!;
    piece.isQuoted = out[at + 6] === 1;
    piece.facts = out[at + 7]!;
    piece.runs = out[at + 8]!;
    return piece;
  }
}

/** A variable, because the module is only there once it was built. */
const BUILT = './walk-code.js';
async function made(): Promise<Walk | null> {
  const built = await (import(BUILT) as Promise<{ readonly code: string }>).catch(() => null);
  return built && walkOf(Buffer.from(built.code, 'base64'));
}

/** The walk that WebAssembly code is; null where the machine cannot run it. */
export function walkOf(code: Uint8Array): Walk | null {
  try {
    const { Instance, Module } = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
    return new Walk(new Instance(new Module(code)).exports as Code);
  } catch {
    return null;
  }
}

let walk: Walk | null = process.env['CUSTODY_SCAN_WALK'] === 'off' ? null : await made();
export const walkInUse = (): Walk | null => walk;
/** For tests: another walk, or none. Gives the one before. */
export function useWalk(next: Walk | null): Walk | null {
  const before = walk;
  walk = next;
  return before;
}
