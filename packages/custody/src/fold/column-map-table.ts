/**
 * Column lineage by digest: what each column of an output comes from, as the log told it once. Four integers a way, in
 * typed arrays; runs name a map by its row.
 */
import type { AssetName, ColumnsSeen, ColumnSource } from '../event/event.ts';
import { NameTable } from './name-table.ts';

/** How a column depends on another, as one small integer. */
const KIND_IDENTITY = 0;
const KIND_TRANSFORMATION = 1;
const KIND_AGGREGATION = 2;
const KIND_UNSAID = 3;
const MASKED = 4;
const INDIRECT = 8;
const INFERRED = 16;
const AMBIGUOUS = 32;
const ROLE_SHIFT = 6;
const ROLES = ['', 'JOIN', 'FILTER', 'GROUP_BY', 'SORT', 'WINDOW', 'CONDITIONAL', 'OTHER'] as const;

/** The output as a whole, in the place of a column: which rows it has, and in which order. */
export const ALL_ROWS = -1;

export interface Dependency {
  /** What becomes of the value; `rows` where it only decides which rows there are, or which value is taken. */
  readonly kind: 'identity' | 'transformation' | 'aggregation' | 'unsaid' | 'rows';
  /** JOIN, FILTER, ... where the column is looked at and not handed on. */
  readonly role: string | null;
  readonly masked: boolean;
  readonly certainty: 'certain' | 'inferred' | 'ambiguous';
}

/** One way: output column (or ALL_ROWS) <- input dataset, input column, flags. */
export interface ColumnWay {
  readonly out: number;
  /** Index in the map's inputs. */
  readonly input: number;
  readonly column: number;
  readonly flags: number;
}

interface ColumnMapRow {
  readonly digest: string;
  /** Entries of its parts, in order. */
  readonly entries: readonly number[];
  /** How many parts it has; 0 until one was told. */
  readonly of: number;
  readonly inputs: readonly AssetName[];
  /** out, input, column, flags, out, ... */
  readonly ways: Int32Array;
}

const WIDTH = 4;

export class ColumnMapTable {
  readonly #rows = new Map<string, number>();
  readonly #maps: ColumnMapRow[];
  readonly #names: NameTable;

  constructor(saved?: SavedColumnMaps) {
    this.#maps = [...(saved?.maps ?? [])];
    this.#maps.forEach(({ digest }, row) => this.#rows.set(digest, row));
    this.#names = new NameTable(saved?.names);
  }

  see(event: ColumnsSeen, entry: number): void {
    const row = this.rowOf(event.columns);
    const map = this.#maps[row]!;
    // Two senders may tell the same map at the same moment; the first telling stands.
    if (event.part !== map.entries.length || map.entries.length >= event.of) return;
    const inputs = [...map.inputs];
    const place = event.inputs.map((input) => {
      const known = inputs.findIndex(({ namespace, name }) => namespace === input.namespace && name === input.name);
      return known >= 0 ? known : inputs.push({ namespace: input.namespace, name: input.name }) - 1;
    });
    const more: number[] = [];
    for (const { name, from } of event.fields) {
      const out = this.#names.rowOf(name);
      for (const source of from) addWays(more, out, place[source.input]!, this.#names.rowOf(source.field), source);
    }
    for (const source of event.dataset) {
      addWays(more, ALL_ROWS, place[source.input]!, this.#names.rowOf(source.field), source);
    }
    const ways = new Int32Array(map.ways.length + more.length);
    ways.set(map.ways);
    ways.set(more, map.ways.length);
    this.#maps[row] = { digest: event.columns, entries: [...map.entries, entry], of: event.of, inputs, ways };
  }

  /** Row of a digest; one that was never told has no ways. */
  rowOf(digest: string): number {
    const known = this.#rows.get(digest);
    if (known !== undefined) return known;
    this.#rows.set(digest, this.#maps.length);
    return this.#maps.push({ digest, entries: [], of: 0, inputs: [], ways: new Int32Array(0) }) - 1;
  }

  /** True if all parts are there: a crash may have come between two of them, and then the rest must still be told. */
  isTold(digest: string): boolean {
    const row = this.#rows.get(digest);
    if (row === undefined) return false;
    const { entries, of } = this.#maps[row]!;
    return of > 0 && entries.length === of;
  }

  get count(): number {
    return this.#maps.length;
  }

  inputs(row: number): readonly AssetName[] {
    return this.#maps[row]!.inputs;
  }

  entries(row: number): readonly number[] {
    return this.#maps[row]!.entries;
  }

  *ways(row: number): Generator<ColumnWay> {
    const { ways } = this.#maps[row]!;
    for (let i = 0; i < ways.length; i += WIDTH) {
      yield { out: ways[i]!, input: ways[i + 1]!, column: ways[i + 2]!, flags: ways[i + 3]! };
    }
  }

  /** The number of a column's name, if any map names such a column. */
  findColumn(name: string): number | undefined {
    return this.#names.find(name);
  }

  columnName(column: number): string {
    return this.#names.nameOf(column);
  }

  save(): SavedColumnMaps {
    return { maps: this.#maps, names: [...this.#names.names] };
  }
}

export interface SavedColumnMaps {
  readonly maps: readonly ColumnMapRow[];
  readonly names: readonly string[];
}

/** A source may be handed on and looked at as well: a way for each. */
function addWays(into: number[], out: number, input: number, column: number, source: ColumnSource): void {
  const all = source.how.map((how) => flagsOf(how, out === ALL_ROWS));
  const common =
    (source.masked ? MASKED : 0) |
    (source.certainty === 'ambiguous' ? AMBIGUOUS : source.certainty === 'inferred' ? INFERRED : 0);
  const direct = all.filter((flags) => (flags & INDIRECT) === 0);
  const ways = [
    ...(direct.length > 0 ? [Math.max(...direct)] : []),
    ...new Set(all.filter((flags) => (flags & INDIRECT) !== 0)),
  ];
  if (ways.length === 0) ways.push(out === ALL_ROWS ? INDIRECT | (ROLES.indexOf('OTHER') << ROLE_SHIFT) : KIND_UNSAID);
  for (const flags of ways) into.push(out, input, column, flags | common);
}

function flagsOf(how: string, ofRows: boolean): number {
  const [type, subtype = ''] = how.split('/');
  if (type === 'INDIRECT' || ofRows) {
    const role = ROLES.indexOf(subtype as (typeof ROLES)[number]);
    return INDIRECT | ((role > 0 ? role : ROLES.indexOf('OTHER')) << ROLE_SHIFT);
  }
  switch (subtype) {
    case 'IDENTITY':
      return KIND_IDENTITY;
    case 'TRANSFORMATION':
      return KIND_TRANSFORMATION;
    case 'AGGREGATION':
      return KIND_AGGREGATION;
    default:
      return KIND_UNSAID;
  }
}

const isIndirect = (flags: number): boolean => (flags & INDIRECT) !== 0;

export function dependencyOf(flags: number): Dependency {
  const kinds = ['identity', 'transformation', 'aggregation', 'unsaid'] as const;
  return {
    kind: isIndirect(flags) ? 'rows' : kinds[flags & 3]!,
    role: isIndirect(flags) ? ROLES[flags >> ROLE_SHIFT]! : null,
    masked: (flags & MASKED) !== 0,
    certainty: (flags & AMBIGUOUS) !== 0 ? 'ambiguous' : (flags & INFERRED) !== 0 ? 'inferred' : 'certain',
  };
}
