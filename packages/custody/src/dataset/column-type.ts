/** The types of columns in Custody's own terms, the same for every engine. */

export type ColumnType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly name: IntegerName }
  /** Digits in all, and digits behind the point. */
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'text' }
  | { readonly kind: 'binary' }
  | { readonly kind: 'date' }
  /** Of the day, without a zone. */
  | { readonly kind: 'time' }
  | { readonly kind: 'timestamp'; readonly zone: boolean }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'json' }
  | { readonly kind: 'list'; readonly item: ColumnType }
  | { readonly kind: 'struct'; readonly fields: readonly Column[] }
  | { readonly kind: 'map'; readonly key: ColumnType; readonly value: ColumnType };

const INTEGERS = [
  'int8',
  'int16',
  'int32',
  'int64',
  'int128',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'uint128',
] as const;
export type IntegerName = (typeof INTEGERS)[number];

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** The name that a manifest and its digest use. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'integer':
      return type.name;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'float':
      return `float${type.bits}`;
    case 'timestamp':
      return type.zone ? 'timestamp with time zone' : 'timestamp';
    case 'list':
      return `list<${typeText(type.item)}>`;
    case 'struct':
      return `struct<${type.fields.map(({ name, type: of }) => `${JSON.stringify(name)} ${typeText(of)}`).join(', ')}>`;
    case 'map':
      return `map<${typeText(type.key)}, ${typeText(type.value)}>`;
    default:
      return type.kind;
  }
}

/** What can name a person: values of other types are not written in one way only. */
export const canIdentify = (type: ColumnType): boolean =>
  type.kind === 'text' || type.kind === 'integer' || type.kind === 'uuid' || type.kind === 'date';
