/** Go's time package as far as policies meet it: layouts for parsing and printing, zones, durations. Instants are ns since 1970. */
export class TimeError extends Error {}

const NS = 1_000_000_000n;
export const NS_MIN = -(2n ** 63n);
export const NS_MAX = 2n ** 63n - 1n;

export const LAYOUTS: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
};

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A wall clock in some zone. */
export interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ns: number;
  readonly weekday: number;
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
        timeZoneName: 'short',
        era: 'short',
      });
    } catch {
      throw new TimeError(`unknown time zone ${zone}`);
    }
    formats.set(zone, format);
  }
  return format;
}

const floorDiv = (a: bigint, b: bigint): bigint => (a % b !== 0n && a < 0n ? a / b - 1n : a / b);

/** Which locale knows the letters of a zone: `CET` is known to the British, `AEST` to Australians. */
const LOCALES = ['en-GB', 'en-AU', 'en-CA', 'en-IN', 'en-ZA'];
const localFormats = new Map<string, Intl.DateTimeFormat>();

function shortName(name: string, seconds: number, zone: string): string {
  if (/^[A-Z]{2,5}$/.test(name)) return name;
  for (const locale of LOCALES) {
    const key = `${locale} ${zone}`;
    let format = localFormats.get(key);
    if (format === undefined) {
      format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' });
      localFormats.set(key, format);
    }
    const found =
      format.formatToParts(new Date(seconds * 1000)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]{2,5}$/.test(found) && found !== 'GMT' && found !== 'UTC') return found;
  }
  return name;
}

function zoneAt(seconds: number, zone: string): { readonly offset: number; readonly name: string } {
  if (zone === '' || zone === 'UTC' || zone === 'Local') return { offset: 0, name: 'UTC' };
  const parts = new Map(
    zoneFormat(zone)
      .formatToParts(new Date(seconds * 1000))
      .map((p) => [p.type as string, p.value]),
  );
  const n = (type: string): number => Number(parts.get(type));
  const wall = Date.UTC(n('year'), n('month') - 1, n('day'), n('hour'), n('minute'), n('second')) / 1000;
  const offset = wall - seconds;
  const short = shortName(parts.get('timeZoneName') ?? '', seconds, zone);
  return {
    offset,
    name:
      /^[A-Z]{2,5}$/.test(short) && short !== 'GMT'
        ? short
        : zone === 'Asia/Kolkata'
          ? 'IST'
          : short === 'GMT'
            ? 'GMT'
            : numericZone(offset, false, offset % 3600 !== 0),
  };
}

export function clockAt(ns: bigint, zone: string): Clock {
  const seconds = Number(floorDiv(ns, NS));
  const { offset, name } = zoneAt(seconds, zone);
  const date = new Date((seconds + offset) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ns: Number(ns - floorDiv(ns, NS) * NS),
    weekday: date.getUTCDay(),
    offset,
    zone: name,
  };
}

/** Out-of-range parts carry over, as in Go's time.Date. In UTC. */
export function instant(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ns: number,
): bigint {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  const ms = date.getTime();
  if (Number.isNaN(ms)) throw new TimeError('time outside of valid range');
  return BigInt(ms) * 1_000_000n + BigInt(ns);
}

const TOKEN =
  /January|Jan|Monday|Mon|MST|2006|__2|002|01|02|03|04|05|06|_2|15|PM|pm|Z070000|Z07:00:00|Z0700|Z07:00|Z07|-070000|-07:00:00|-0700|-07:00|-07|[.,]0+(?!\d)|[.,]9+(?!\d)|1|2|3|4|5/g;

const two = (n: number): string => String(n).padStart(2, '0');

function numericZone(offset: number, colon: boolean, minutes: boolean): string {
  const size = Math.abs(offset);
  const rest = minutes ? `${colon ? ':' : ''}${two(Math.floor(size / 60) % 60)}` : '';
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}${rest}`;
}

export function formatTime(ns: bigint, zone: string, layout: string): string {
  const c = clockAt(ns, zone);
  return layout.replace(TOKEN, (token) => {
    switch (token) {
      case 'January':
        return MONTHS[c.month - 1] as string;
      case 'Jan':
        return (MONTHS[c.month - 1] as string).slice(0, 3);
      case 'Monday':
        return DAYS[c.weekday] as string;
      case 'Mon':
        return (DAYS[c.weekday] as string).slice(0, 3);
      case 'MST':
        return c.zone;
      case '2006':
        return String(c.year).padStart(4, '0');
      case '06':
        return two(c.year % 100);
      case '01':
        return two(c.month);
      case '1':
        return String(c.month);
      case '02':
        return two(c.day);
      case '_2':
        return String(c.day).padStart(2, ' ');
      case '2':
        return String(c.day);
      case '002':
      case '__2': {
        const days = Math.floor((Date.UTC(c.year, c.month - 1, c.day) - Date.UTC(c.year, 0, 1)) / 86_400_000) + 1;
        return String(days).padStart(3, token === '002' ? '0' : ' ');
      }
      case '15':
        return two(c.hour);
      case '03':
        return two(c.hour % 12 || 12);
      case '3':
        return String(c.hour % 12 || 12);
      case '04':
        return two(c.minute);
      case '4':
        return String(c.minute);
      case '05':
        return two(c.second);
      case '5':
        return String(c.second);
      case 'PM':
        return c.hour < 12 ? 'AM' : 'PM';
      case 'pm':
        return c.hour < 12 ? 'am' : 'pm';
      default: {
        if (token.startsWith('Z') && c.offset === 0) return 'Z';
        if (token.startsWith('Z') || token.startsWith('-'))
          return numericZone(c.offset, token.includes(':'), token.length > 3);
        const digits = String(c.ns)
          .padStart(9, '0')
          .slice(0, token.length - 1);
        if (token[1] === '0') return token[0] + digits.padEnd(token.length - 1, '0');
        const trimmed = digits.replace(/0+$/, '');
        return trimmed === '' ? '' : token[0] + trimmed;
      }
    }
  });
}

export function parseTime(text: string, layout: string): bigint {
  const fail = (): never => {
    throw new TimeError(`parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse`);
  };
  let at = 0;
  let [year, month, day, hour, minute, second, fraction, offset] = [0, 1, 1, 0, 0, 0, 0, 0];
  let afternoon: boolean | null = null;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return fail();
    at = pattern.lastIndex;
    return match[0];
  };
  const name = (names: readonly string[], short: boolean): number => {
    const index = names.findIndex((n) =>
      text
        .slice(at)
        .toLowerCase()
        .startsWith((short ? n.slice(0, 3) : n).toLowerCase()),
    );
    if (index < 0) return fail();
    at += short ? 3 : (names[index] as string).length;
    return index;
  };
  const literal = (part: string): void => {
    if (!text.startsWith(part, at)) fail();
    at += part.length;
  };
  let from = 0;
  for (const match of layout.matchAll(TOKEN)) {
    literal(layout.slice(from, match.index));
    const token = match[0];
    from = match.index + token.length;
    switch (token) {
      case 'January':
        month = name(MONTHS, false) + 1;
        break;
      case 'Jan':
        month = name(MONTHS, true) + 1;
        break;
      case 'Monday':
        name(DAYS, false);
        break;
      case 'Mon':
        name(DAYS, true);
        break;
      case 'MST':
        if (take(/UTC|GMT([+-]\d+)?|[A-Z]{3,4}|[+-]\d{2}/y) === '') fail();
        break;
      case '2006':
        year = Number(take(/\d{4}/y));
        break;
      case '06':
        year = Number(take(/\d{2}/y));
        year += year >= 69 ? 1900 : 2000;
        break;
      case '01':
        month = Number(take(/\d{2}/y));
        break;
      case '1':
        month = Number(take(/\d{1,2}/y));
        break;
      case '02':
        day = Number(take(/\d{2}/y));
        break;
      case '_2':
      case '2':
        day = Number(take(/ ?\d{1,2}/y));
        break;
      case '002':
      case '__2':
        month = 1;
        day = Number(take(/[ \d]{3}/y));
        break;
      case '15':
        hour = Number(take(/\d{1,2}/y));
        break;
      case '03':
        hour = Number(take(/\d{2}/y));
        break;
      case '3':
        hour = Number(take(/\d{1,2}/y));
        break;
      case '04':
        minute = Number(take(/\d{2}/y));
        break;
      case '4':
        minute = Number(take(/\d{1,2}/y));
        break;
      case '05':
      case '5':
        second = Number(take(token === '05' ? /\d{2}/y : /\d{1,2}/y));
        // Go takes a fraction after the seconds, whether the layout has one or not.
        if (/^[.,]\d/.test(text.slice(at)) && !/^[.,][09]/.test(layout.slice(from)))
          fraction = nanoseconds(take(/[.,]\d+/y));
        break;
      case 'PM':
      case 'pm':
        afternoon = take(token === 'PM' ? /[AP]M/y : /[ap]m/y).toUpperCase() === 'PM';
        break;
      default: {
        if (token.startsWith('Z') && text[at] === 'Z') at++;
        else if (token.startsWith('Z') || token.startsWith('-')) {
          const zone = take(
            token.includes(':') ? /[+-]\d\d:\d\d/y : token.length > 3 ? /[+-]\d{4}/y : /[+-]\d\d/y,
          ).replace(':', '');
          const [h, m] = [Number(zone.slice(1, 3)), Number(zone.slice(3, 5) || 0)];
          if (h > 24 || m >= 60) fail();
          offset = (zone.startsWith('-') ? -1 : 1) * (h * 3600 + m * 60);
        } else if (token[1] === '9') {
          if (/^[.,]\d/.test(text.slice(at))) fraction = nanoseconds(take(/[.,]\d+/y));
        } else fraction = nanoseconds(take(new RegExp(`[.,]\\d{${token.length - 1}}`, 'y')));
      }
    }
  }
  literal(layout.slice(from));
  if (at < text.length) fail();
  if (afternoon === true && hour < 12) hour += 12;
  if (afternoon === false && hour === 12) hour = 0;
  const daysInMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const byDayOfYear = layout.includes('002') || layout.includes('__2');
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    (!byDayOfYear && day > daysInMonth) ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  ) {
    throw new TimeError(`parsing time ${JSON.stringify(text)}: out of range`);
  }
  return checked(instant(year, month, day, hour, minute, second, fraction) - BigInt(offset) * NS);
}

const nanoseconds = (text: string): number => Number(text.slice(1, 10).padEnd(9, '0'));

export function checked(ns: bigint): bigint {
  if (ns < NS_MIN || ns > NS_MAX) throw new TimeError('time outside of valid range');
  return ns;
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  '\u00b5s': 1000n,
  '\u03bcs': 1000n,
  ms: 1_000_000n,
  s: NS,
  m: 60n * NS,
  h: 3600n * NS,
  d: 24n * 3600n * NS,
  w: 168n * 3600n * NS,
  y: 8760n * 3600n * NS,
};

/** time.ParseDuration, and OPA's days, weeks and years of 24, 168 and 8,760 hours. */
export function parseDuration(text: string): bigint {
  const invalid = new TimeError(`time: invalid duration ${JSON.stringify(text)}`);
  const match = /^([-+]?)(.+)$/.exec(text);
  if (match === null) throw invalid;
  if (match[2] === '0') return 0n;
  let total = 0n;
  let at = 0;
  const part = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w|y)/y;
  const body = match[2] as string;
  while (at < body.length) {
    part.lastIndex = at;
    const found = part.exec(body);
    const [, whole = '', fraction = '', unit = ''] = found ?? [];
    if (found === null || (whole === '' && fraction === '') || whole.length > 19) throw invalid;
    const scale = UNITS[unit] as bigint;
    const digits = fraction.slice(0, 18);
    total += BigInt(whole || 0) * scale + (BigInt(digits || 0) * scale) / 10n ** BigInt(digits.length);
    if (total > NS_MAX) throw invalid;
    at = part.lastIndex;
  }
  return match[1] === '-' ? -total : total;
}
