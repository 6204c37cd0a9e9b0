/**
 * The `columnLineage` facet as flat facts, and the digest that stands for them: which columns each column of an output
 * comes from (`fields`), and which decide about all of it (`dataset`: joins, filters, groups, sorts).
 */
import { hash } from 'node:crypto';
import type { AssetName, ColumnSource } from '../../event/event.ts';
import { bounded } from './bounded-text.ts';
import { isObject, NAME_CHARACTERS_MAX, type JsonObject } from './event-shape.ts';

/** Column lineage of one output; a `ColumnSource` names its dataset by its place in `inputs`. */
export interface ColumnMap {
  readonly inputs: readonly AssetName[];
  readonly fields: readonly { readonly name: string; readonly from: readonly ColumnSource[] }[];
  readonly dataset: readonly ColumnSource[];
}

export interface DigestedColumns {
  /** "sha256:<hex>" of the canonical JSON of the map. */
  readonly digest: string;
  readonly map: ColumnMap;
}

const HOW_CHARACTERS_MAX = 64;
/** A facet names at most so many sources; what is beyond is in the payload alone. */
const SOURCES_MAX = 200_000;

const REMEMBERED_MAX = 512;
const REMEMBERED_SOURCES_MAX = 5_000;

/**
 * A job's column lineage is the same in almost every event, and spelling and hashing it costs more than comparing it, so
 * the last one seen for a dataset is remembered with what it was made from. Only a memo: the answer never depends on it.
 */
export class ColumnMemo {
  readonly #last = new Map<string, { readonly facet: JsonObject; readonly columns: DigestedColumns }>();

  columnsOf(dataset: string, facet: JsonObject | null): DigestedColumns | null {
    if (!facet) return null;
    const last = this.#last.get(dataset);
    if (last && sameLineage(last.facet, facet)) return last.columns;
    const columns = columnsOf(facet);
    if (columns && dataset.length <= 512 && columns.map.fields.length <= REMEMBERED_SOURCES_MAX) {
      if (this.#last.size >= REMEMBERED_MAX) this.#last.clear();
      this.#last.set(dataset, { facet: { fields: facet['fields'], dataset: facet['dataset'] }, columns });
    }
    return columns;
  }
}

const sameLineage = (a: JsonObject, b: JsonObject): boolean =>
  sameJson(a['fields'], b['fields']) && sameJson(a['dataset'], b['dataset']);

/** The same JSON, whatever the order of the members. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!sameJson(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const others = b as JsonObject;
  let members = 0;
  for (const key in a) {
    members++;
    if (!sameJson((a as JsonObject)[key], others[key])) return false;
  }
  for (const _ in others) members--;
  return members === 0;
}

/** Null where the facet names no column at all. */
function columnsOf(facet: unknown): DigestedColumns | null {
  if (!isObject(facet)) return null;
  const builder = new ColumnMapBuilder();
  if (isObject(facet['fields'])) {
    // By name, so that the order in which a producer writes them makes no other map.
    const fields = Object.entries(facet['fields']).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, field] of fields) {
      if (!isObject(field)) continue;
      // Before version 1-1-0 the facet had one transformation for all sources of a field.
      const common = transformationOf({
        type: field['transformationType'],
        description: field['transformationDescription'],
      });
      builder.field(name, sourcesOf(field['inputFields'], common));
    }
  }
  builder.dataset(sourcesOf(facet['dataset'], null));
  return builder.build();
}

interface NamedSource extends AssetName {
  readonly field: string;
  readonly how: readonly string[];
  readonly masked: boolean;
  readonly certainty?: ColumnSource['certainty'];
}

/** Puts sources together, each dataset named once. */
export class ColumnMapBuilder {
  readonly #inputs: AssetName[] = [];
  readonly #rows = new Map<string, number>();
  readonly #fields: { name: string; from: readonly ColumnSource[] }[] = [];
  #dataset: readonly ColumnSource[] = [];
  #sources = 0;

  field(name: string, from: readonly NamedSource[]): void {
    this.#fields.push({ name: bounded(name, NAME_CHARACTERS_MAX), from: this.#take(from) });
  }

  dataset(from: readonly NamedSource[]): void {
    this.#dataset = this.#take(from);
  }

  build(): DigestedColumns | null {
    if (this.#sources === 0) return null;
    // Members in the order of RFC 8785 and no numbers but small integers: what JSON.stringify writes is canonical.
    const fields = this.#fields.map(({ name, from }) => ({ from, name }));
    const map = { dataset: this.#dataset, fields, inputs: this.#inputs };
    return { digest: `sha256:${hash('sha256', JSON.stringify(map))}`, map: Object.freeze(map) };
  }

  #take(from: readonly NamedSource[]): readonly ColumnSource[] {
    const room = Math.max(0, SOURCES_MAX - this.#sources);
    const taken = from.slice(0, room).map(({ namespace, name, field, how, masked, certainty }): ColumnSource => {
      const input = this.#inputOf(namespace, name);
      return {
        ...(certainty && { certainty }),
        field: bounded(field, NAME_CHARACTERS_MAX),
        how,
        input,
        ...(masked && { masked }),
      };
    });
    this.#sources += taken.length;
    return taken;
  }

  #inputOf(namespace: string, name: string): number {
    const key = `${namespace}\n${name}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#rows.set(key, this.#inputs.length);
    return this.#inputs.push({ name, namespace }) - 1;
  }
}

function sourcesOf(list: unknown, common: Transformation | null): readonly NamedSource[] {
  if (!Array.isArray(list)) return [];
  const sources: NamedSource[] = [];
  for (const item of list) {
    if (!isObject(item)) continue;
    const { namespace, name, field, transformations, certainty } = item;
    if (typeof namespace !== 'string' || typeof name !== 'string' || typeof field !== 'string') continue;
    if (namespace.length > NAME_CHARACTERS_MAX || name.length > NAME_CHARACTERS_MAX) continue;
    // Not of the standard: what `custody lineage import` says where a text allows more than one reading.
    const doubt = certainty === 'inferred' || certainty === 'ambiguous' ? { certainty } : {};
    sources.push({ namespace, name, field, ...howOf(transformations, common), ...doubt } as NamedSource);
  }
  return sources;
}

interface Transformation {
  readonly how: string;
  readonly direct: boolean;
  readonly masking: boolean;
}

function howOf(list: unknown, common: Transformation | null): { how: readonly string[]; masked: boolean } {
  const items = Array.isArray(list) ? list : [];
  const all: Transformation[] = [];
  for (const item of items) {
    const one = isObject(item) ? transformationOf(item) : null;
    if (one) all.push(one);
  }
  if (all.length === 0 && common) all.push(common);
  if (all.length === 1) return { how: [all[0]!.how], masked: all[0]!.masking };
  const direct = all.filter((one) => one.direct);
  // A value that is only looked at (a join, a filter) is masked where that look is.
  const ways = direct.length > 0 ? direct : all;
  return {
    how: [...new Set(all.map(({ how }) => how))].sort(),
    masked: ways.length > 0 && ways.every(({ masking }) => masking),
  };
}

/** `{type: 'DIRECT', subtype: 'IDENTITY'}` as `DIRECT/IDENTITY`. Old producers say the type alone: `IDENTITY`, `MASKED`. */
function transformationOf(transformation: {
  readonly type?: unknown;
  readonly subtype?: unknown;
  readonly masking?: unknown;
  readonly description?: unknown;
}): Transformation | null {
  const { type, subtype, masking } = transformation;
  if (typeof type !== 'string' || type === '') return null;
  const kind = type.toUpperCase();
  if (kind === 'MASKED') return { how: 'DIRECT/TRANSFORMATION', direct: true, masking: true };
  if (kind === 'IDENTITY') return { how: 'DIRECT/IDENTITY', direct: true, masking: masking === true };
  const said = typeof subtype === 'string' && subtype !== '' ? `${kind}/${subtype.toUpperCase()}` : kind;
  return { how: bounded(said, HOW_CHARACTERS_MAX), direct: kind !== 'INDIRECT', masking: masking === true };
}
