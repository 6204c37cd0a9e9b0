/** The `format` keyword of JSON Schema, as OPA's validator reads it. A format that is not known holds. */
import { compileRegex, RegexSyntaxError } from './regex.ts';

const HOSTNAME =
  /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]))*$/;
const UUID = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/i;
const POINTER = /^(?:\/(?:[^~/]|~0|~1)*)*$/;
const RELATIVE_POINTER = /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/;
/** An address alone, or with a display name before it in angle brackets. */
const ADDRESS = /^(?:[^<>@]*<)?[^\s<>@,;]{1,256}@[^\s<>@,;]{1,256}>?$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d+)?(?:Z|[+-](?:[01]\d|2[0-4]):[0-5]\d)?$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number);
}

function isDateTime(text: string): boolean {
  if (TIME.test(text) || isDate(text)) return true;
  return (
    text[10] === 'T' && isDate(text.slice(0, 10)) && /(?:Z|[+-]\d\d:\d\d)$/.test(text) && TIME.test(text.slice(11))
  );
}

function isIpv6(text: string): boolean {
  if (!text.includes(':') || text.length > 45) return false;
  const dotted = /^(.*:)([\d.]+\.[\d.]+)$/.exec(text);
  if (dotted !== null && !IPV4.test(dotted[2] as string)) return false;
  const plain = dotted === null ? text : `${dotted[1] as string}0:0`;
  const halves = plain.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? all.length < 8 : all.length === 8;
}

/** As far as Go's url.Parse refuses: control characters, bad escapes, a colon in the first segment of a path. */
function isReference(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f\\]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return false;
  if (text.startsWith(':')) return false;
  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text);
  if (!scheme && /^[^/?#]*:/.test(text)) return false;
  const host = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?\/\/([^/?#]*)/.exec(text)?.[1] ?? '';
  return !/[\s<>"]/.test(host);
}

/** Braces of a template opened and closed in turn, in one pass: a nested repetition would try all ways to cut the text. */
function balanced(text: string): boolean {
  let open = false;
  for (const c of text) {
    if (c === '{' && !open) open = true;
    else if (c === '}' && open) open = false;
  }
  return !open;
}

function isRegex(text: string): boolean {
  try {
    compileRegex(text);
    return true;
  } catch (error) {
    if (error instanceof RegexSyntaxError) return false;
    throw error;
  }
}

const FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', isDate],
  ['time', (text) => TIME.test(text)],
  ['date-time', isDateTime],
  ['hostname', (text) => text.length < 256 && HOSTNAME.test(text)],
  ['email', (text) => ADDRESS.test(text)],
  ['idn-email', (text) => ADDRESS.test(text)],
  ['ipv4', (text) => IPV4.test(text)],
  ['ipv6', isIpv6],
  ['uri', (text) => isReference(text) && /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text)],
  ['iri', (text) => isReference(text) && /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text)],
  ['uri-reference', isReference],
  ['iri-reference', isReference],
  ['uri-template', (text) => isReference(text.replace(/[{}]/g, '')) && balanced(text)],
  ['uuid', (text) => UUID.test(text)],
  ['regex', isRegex],
  ['json-pointer', (text) => POINTER.test(text)],
  ['relative-json-pointer', (text) => RELATIVE_POINTER.test(text)],
]);

export const isFormat = (name: string, text: string): boolean => FORMATS.get(name)?.(text) ?? true;
