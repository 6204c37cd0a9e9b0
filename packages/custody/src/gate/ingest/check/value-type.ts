/** Does a text have the form of a type? */
import type { ColumnType } from '../rules.ts';

const INTEGER = /^[+-]?\d{1,30}$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const BOOLEAN = /^(?:true|false|t|f|yes|no|0|1)$/i;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NUMBER_CHARACTERS_MAX = 400;

export function hasType(text: string, type: ColumnType): boolean {
  switch (type) {
    case 'string':
      return true;
    case 'integer':
      return INTEGER.test(text);
    case 'number':
      return text.length <= NUMBER_CHARACTERS_MAX && NUMBER.test(text);
    case 'boolean':
      return BOOLEAN.test(text);
    case 'date':
      return isDate(text);
    case 'timestamp':
      return isDate(text) || (TIMESTAMP.test(text) && timeOf(text) !== null);
    case 'uuid':
      return UUID.test(text);
    default:
      return type satisfies never;
  }
}

function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const time = new Date(Date.UTC(year, month - 1, day));
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
}

/** Milliseconds since 1970; a time without a zone is UTC. Null if it is none. */
export function timeOf(text: string): number | null {
  if (DATE.test(text)) return isDate(text) ? Date.parse(`${text}T00:00:00Z`) : null;
  if (!TIMESTAMP.test(text)) return null;
  if (!isDate(text.slice(0, 10))) return null;
  const iso = text.replace(' ', 'T');
  const zoned = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/.test(iso.slice(10)) ? iso.replace(/([+-]\d{2})$/, '$1:00') : `${iso}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}

/** A number; null if the text is none. */
export const numberIn = (text: string): number | null =>
  text.length <= NUMBER_CHARACTERS_MAX && NUMBER.test(text) ? Number(text) : null;

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `36h` in milliseconds. */
export const durationMs = (text: string): number => parseFloat(text) * UNIT_MS[text.at(-1)!]!;
