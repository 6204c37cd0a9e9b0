/** The `schema` facet as flat fields, and the digest that stands for them in the facts. */
import { hash } from 'node:crypto';
import type { SchemaField } from '../../event/event.ts';
import { isObject, NAME_CHARACTERS_MAX } from './event-shape.ts';
import { bounded } from './bounded-text.ts';

const TYPE_CHARACTERS_MAX = 512;
const DESCRIPTION_CHARACTERS_MAX = 1000;

export interface Schema {
  /** "sha256:<hex>" of the canonical JSON of the fields. */
  readonly digest: string;
  readonly fields: readonly SchemaField[];
}

/**
 * Flat fields of a schema facet's `fields`; nested ones follow their parent as `parent.child`. null where none is named.
 * A name beyond the limit is cut: a schema is a description, not an identity.
 */
export function schemaOf(facetFields: unknown): Schema | null {
  if (!Array.isArray(facetFields) || facetFields.length === 0) return null;
  const fields: SchemaField[] = [];
  flatten(facetFields, '', fields);
  if (fields.length === 0) return null;
  // Members in the order of RFC 8785 and texts only: what JSON.stringify writes is the canonical form.
  return { digest: `sha256:${hash('sha256', JSON.stringify(fields))}`, fields: Object.freeze(fields) };
}

function flatten(facetFields: readonly unknown[], prefix: string, into: SchemaField[]): void {
  for (const field of facetFields) {
    if (!isObject(field)) continue;
    const { name, type, description, fields } = field;
    if (typeof name !== 'string') continue;
    const path = bounded(prefix + name, NAME_CHARACTERS_MAX);
    into.push(schemaField(path, type, description));
    if (Array.isArray(fields) && fields.length > 0) flatten(fields, `${path}.`, into);
  }
}

/** Members in alphabetical order: see the digest. */
function schemaField(name: string, type: unknown, description: unknown): SchemaField {
  const ofType = typeof type === 'string' && type !== '' ? bounded(type, TYPE_CHARACTERS_MAX) : null;
  if (typeof description === 'string' && description !== '') {
    const text = bounded(description, DESCRIPTION_CHARACTERS_MAX);
    return ofType === null ? { description: text, name } : { description: text, name, type: ofType };
  }
  return ofType === null ? { name } : { name, type: ofType };
}

const REMEMBERED_MAX = 1024;
const REMEMBERED_FIELDS_MAX = 1000;

/**
 * A dataset's schema is the same in almost every event, and spelling and hashing it costs more than comparing it, so the
 * last one seen for a name is remembered with what it was made from. Only a memo: the answer never depends on it.
 */
export class SchemaMemo {
  readonly #last = new Map<string, { readonly source: readonly unknown[]; readonly schema: Schema }>();

  schemaOf(dataset: string, facetFields: unknown): Schema | null {
    if (!Array.isArray(facetFields)) return null;
    const last = this.#last.get(dataset);
    if (last && sameFields(last.source, facetFields)) return last.schema;
    const schema = schemaOf(facetFields);
    if (schema && facetFields.length <= REMEMBERED_FIELDS_MAX && dataset.length <= 512) {
      if (this.#last.size >= REMEMBERED_MAX) this.#last.clear();
      this.#last.set(dataset, { source: facetFields, schema });
    }
    return schema;
  }
}

/** True only if both surely flatten to the same fields. Nested fields are not compared: they are spelled anew. */
function sameFields(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    const y = b[i];
    if (!isObject(x) || !isObject(y)) return false;
    if (x['name'] !== y['name'] || x['type'] !== y['type'] || x['description'] !== y['description']) return false;
    if (isNested(x['fields']) || isNested(y['fields'])) return false;
  }
  return true;
}

const isNested = (fields: unknown): boolean => Array.isArray(fields) && fields.length > 0;
