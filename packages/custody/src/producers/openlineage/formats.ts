/** The three formats that OpenLineage's schema asks for: uuid, date-time and uri. Each is one pass over the characters. */

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** RFC 9562 section 4, in either case. Which version it is does not matter: producers use 1, 3, 4, 5 and 7. */
export function isUuid(text: string): boolean {
  if (text.length !== 36) return false;
  for (let i = 0; i < 36; i++) {
    const code = text.charCodeAt(i);
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== 45) return false;
    } else if (!isDigit(code) && !((code | 32) >= 97 && (code | 32) <= 102)) return false;
  }
  return true;
}

/** 1 = may stand in a URI (RFC 3986 section 2: unreserved, gen-delims, sub-delims); `%` and `#` are looked at apart. */
const URI_CHARACTER = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=") {
  URI_CHARACTER[character.charCodeAt(0)] = 1;
}
const isHex = (code: number): boolean => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);

/** RFC 3986 `URI`: a scheme, then legal characters, whole percent triplets and at most one fragment. */
export function isUri(text: string): boolean {
  const colon = text.indexOf(':');
  if (colon < 1) return false;
  for (let i = 0; i < colon; i++) {
    const code = text.charCodeAt(i);
    const letter = (code | 32) >= 97 && (code | 32) <= 122;
    if (!letter && (i === 0 || !(isDigit(code) || code === 43 || code === 45 || code === 46))) return false;
  }
  let fragment = false;
  for (let i = colon + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && URI_CHARACTER[code] === 1) continue;
    if (code === 35 && !fragment) fragment = true;
    else if (code === 37 && isHex(text.charCodeAt(i + 1)) && isHex(text.charCodeAt(i + 2))) i += 2;
    else return false;
  }
  return true;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The number that the `length` digits at `at` spell, or -1. */
function digitsAt(text: string, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - 48;
  }
  return value;
}

/**
 * RFC 3339 section 5.6 date-time as UTC with milliseconds ("2026-11-22T19:56:12.458Z"), or null where it is none.
 * Any number of fraction digits (Spark writes 2 to 9) is cut to three, not rounded: a time never moves past its second.
 * A leap second is the last millisecond before it. Years outside 0000..9999 after conversion to UTC are refused.
 */
export function utcMilliseconds(text: string): string | null {
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  const hour = digitsAt(text, 11, 2);
  const minute = digitsAt(text, 14, 2);
  let second = digitsAt(text, 17, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return null;
  if (second < 0 || second > 60) return null;
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return null;
  if ((text.charCodeAt(10) | 32) !== 116) return null;
  const leapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day > (month === 2 && leapYear ? 29 : DAYS[month - 1]!)) return null;

  let at = 19;
  let milliseconds = 0;
  if (text[at] === '.') {
    const from = ++at;
    while (isDigit(text.charCodeAt(at))) at++;
    if (at === from) return null;
    const kept = Math.min(3, at - from);
    milliseconds = digitsAt(text, from, kept) * 10 ** (3 - kept);
  }
  if (second === 60) {
    second = 59;
    milliseconds = 999;
  }

  let offsetMinutes = 0;
  const zone = text[at];
  if (zone === 'Z' || zone === 'z') {
    if (text.length !== at + 1) return null;
  } else if (zone === '+' || zone === '-') {
    const hours = digitsAt(text, at + 1, 2);
    const minutes = digitsAt(text, at + 4, 2);
    if (text.length !== at + 6 || text[at + 3] !== ':' || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return null;
    }
    offsetMinutes = (hours * 60 + minutes) * (zone === '+' ? 1 : -1);
  } else return null;

  // Date.UTC reads the years 0..99 as 1900..1999; setUTCFullYear does not.
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, second, milliseconds));
  date.setUTCFullYear(year, month - 1, day);
  const utc = date.getTime() - offsetMinutes * 60_000;
  const iso = new Date(utc).toISOString();
  return iso.length === 24 ? iso : null;
}
