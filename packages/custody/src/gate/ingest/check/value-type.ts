/** Does a text have the form of a type? */
import type { ColumnType } from '../rules.ts';

const INTEGER = /^[+-]?\d{1,30}$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const BOOLEAN = /^(?:true|false|t|f|yes|no|0|1)$/i;
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
      return timeOf(text) !== null;
    case 'uuid':
      return UUID.test(text);
    default:
      return type satisfies never;
  }
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The number that stands there in so many digits; -1 if there are others. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Midnight of `YYYY-MM-DD` in milliseconds; null if there is no such day. */
function dayAt(text: string): number | null {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  if (year < 0 || month < 1 || month > 12 || day < 1 || text[4] !== '-' || text[7] !== '-') return null;
  if (day > DAYS[month - 1]! && !(month === 2 && day === 29 && isLeap(year))) return null;
  return Date.UTC(year, month - 1, day);
}

const isDate = (text: string): boolean => text.length === 10 && dayAt(text) !== null;

/** Milliseconds since 1970 of an RFC 3339 date or time; seconds, zone and `T` may be missing. Null if it is none. */
export function timeOf(text: string): number | null {
  if (text.length < 10 || text.length > 40) return null;
  const day = dayAt(text);
  if (day === null || text.length === 10) return day;
  const [hour, minute] = [digits(text, 11, 2), digits(text, 14, 2)];
  if ((text[10] !== 'T' && text[10] !== ' ') || text[13] !== ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return null;
  let [at, second, fraction] = [16, 0, 0];
  if (text[16] === ':') {
    second = digits(text, 17, 2);
    if (second < 0 || second > 60) return null;
    at = 19;
    if (text[19] === '.') {
      for (at = 20; digits(text, at, 1) >= 0; at++);
      if (at === 20) return null;
      fraction = Number(text.slice(19, at));
    }
  }
  const zone = zoneMinutes(text.slice(at));
  return zone === null ? null : day + ((hour * 60 + minute - zone) * 60 + second + fraction) * 1_000;
}

/** Minutes east of Greenwich; a time without a zone is taken for UTC. */
function zoneMinutes(text: string): number | null {
  if (text === '' || text === 'Z') return 0;
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(text);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) : null;
}

/** A number; null if the text is none. */
export const numberIn = (text: string): number | null =>
  text.length <= NUMBER_CHARACTERS_MAX && NUMBER.test(text) ? Number(text) : null;

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `36h` in milliseconds. */
export const durationMs = (text: string): number => parseFloat(text) * UNIT_MS[text.at(-1)!]!;
