/** What was read, written and flowed in a notebook, each once, within bounds. */
import { withoutPasswords } from '../airflow/rendered.ts';
import { Flow } from './flow.ts';
import type { PythonCells } from './python-cells.ts';

export interface PlaceFacts {
  /** An address, a path or a table; `{name}` for parts that are not known; a password stands as `***`. */
  readonly place: string;
  readonly kind: 'file' | 'table' | 'url' | 'model' | 'dataset';
  /** The function that reads or writes it, through the imports. */
  readonly by: string;
  readonly cell: number;
  readonly line: number;
}
export interface FlowFacts {
  readonly from: string;
  readonly to: string;
  /** Cells that the data go through, the one that reads first. */
  readonly cells: readonly number[];
  /** Where it is written. */
  readonly line: number;
  /** Only if cells are run in another order than they stand in. */
  readonly other_order: boolean;
}
export interface UnknownFacts {
  readonly cell: number;
  readonly line: number;
  readonly what: string;
}

const PLACES_MAX = 2_000;
const FLOWS_MAX = 5_000;
const UNKNOWNS_MAX = 200;
const PLACE_CHARS_MAX = 1_000;

/** `file:///a` is `/a`, `./a` is `a`; nothing with a password. */
export const placeText = (written: string): string =>
  withoutPasswords(written.trim().slice(0, PLACE_CHARS_MAX))
    .replace(/^file:\/\/(?=\/)/, '')
    .replace(/^(?:\.\/)+(?=.)/, '');

export class LineageLedger {
  readonly reads = new Map<string, PlaceFacts>();
  readonly writes = new Map<string, PlaceFacts>();
  readonly flows = new Map<string, FlowFacts>();
  readonly unknowns = new Map<string, UnknownFacts>();
  /** What flowed into a place, for whoever reads it again. */
  readonly #into = new Map<string, Flow>();
  readonly #cells: PythonCells;
  isOtherOrder = false;

  constructor(cells: PythonCells) {
    this.#cells = cells;
  }

  /** Of a line of the text, from 1. */
  at(line: number): { readonly cell: number; readonly line: number } {
    return this.#cells.places[Math.min(line, this.#cells.places.length) - 1] ?? { cell: 1, line: 1 };
  }

  read(place: string, kind: PlaceFacts['kind'], by: string, line: number, flow: Flow): void {
    const named = placeText(place);
    if (named === '') return;
    this.#place(this.reads, named, kind, by, line);
    flow.take(this.#into.get(named) ?? null);
    flow.add(named, [this.at(line).cell]);
  }

  write(place: string, kind: PlaceFacts['kind'], by: string, line: number, value: Flow): void {
    const named = placeText(place);
    if (named === '') return;
    this.#place(this.writes, named, kind, by, line);
    const to = this.at(line);
    const kept = this.#into.get(named) ?? new Flow();
    kept.take(value);
    kept.through(to.cell);
    this.#into.set(named, kept);
    for (const [from, cells] of value.total()) {
      if (from === named) continue;
      const key = `${from}\n${named}`;
      const before = this.flows.get(key);
      if (before === undefined && (this.flows.size >= FLOWS_MAX || from === '')) continue;
      const all = [...new Set([...(before?.cells ?? []), ...cells, to.cell])].sort((a, b) => a - b);
      this.flows.set(
        key,
        before === undefined
          ? { from, to: named, cells: all, line: to.line, other_order: this.isOtherOrder }
          : { ...before, cells: all },
      );
    }
  }

  unknown(line: number, what: string): void {
    const at = this.at(line);
    const key = `${at.line} ${what}`;
    if (this.unknowns.size < UNKNOWNS_MAX && !this.unknowns.has(key)) this.unknowns.set(key, { ...at, what });
  }

  #place(into: Map<string, PlaceFacts>, place: string, kind: PlaceFacts['kind'], by: string, line: number): void {
    const at = this.at(line);
    const key = `${place}\n${at.line}\n${by}`;
    if (into.has(key) || into.size >= PLACES_MAX) return;
    into.set(key, { place, kind, by, ...at });
  }
}
