/**
 * Times as the pages say them: short, in the reader's zone, with UTC on hover.
 * The zone and the present are arguments, so that what is written can be tested.
 */
export interface Reader {
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export const readerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(time: number, zone: string): Parts {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const found: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(time)) found[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = found;
  // The British short form of September has four letters; the other eleven have three, and columns align on them.
  return { year, month: month.slice(0, 3), day, hour, minute, second };
}

/** `12 Nov 06:30`, with the year if it is not this year. */
export function moment(time: string | number, { zone, now }: Reader): string {
  const { year, month, day, hour, minute } = parts(Number(new Date(time)), zone);
  return `${date(year, month, day, zone, now)} ${hour}:${minute}`;
}

/** `12 Nov`, with the year if it is not this year. */
export function day(time: string | number, { zone, now }: Reader): string {
  const { year, month, day: ofMonth } = parts(Number(new Date(time)), zone);
  return date(year, month, ofMonth, zone, now);
}

const date = (year: string, month: string, ofMonth: string, zone: string, now: number): string =>
  year === parts(now, zone).year ? `${ofMonth} ${month}` : `${ofMonth} ${month} ${year}`;

/** `12 Nov 2026, 06:30:12`. */
export function momentInFull(time: string | number, zone: string): string {
  const { year, month, day: ofMonth, hour, minute, second } = parts(Number(new Date(time)), zone);
  return `${ofMonth} ${month} ${year}, ${hour}:${minute}:${second}`;
}

/** `2026-11-12 05:30:12 UTC`: what hovering over a time shows. */
export const inUtc = (time: string | number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** `now`, `12 s`, `7 min`, `31 h`, `11 days`: how long ago, in the largest unit that still says something. */
export function age(time: string | number, now: number): string {
  const seconds = Math.max(0, Math.round((now - Number(new Date(time))) / 1000));
  if (seconds < 1) return 'now';
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${count(Math.round(hours / 24), 'day')}`;
}

/** `just now`, `12 s ago`. */
export function ago(time: string | number, now: number): string {
  const words = age(time, now);
  return words === 'now' ? 'just now' : `${words} ago`;
}

/** `40 s`, `3 min 20 s`, `2 h 10 min`: how long something took. */
export function duration(from: string, to: string): string {
  const ms = Number(new Date(to)) - Number(new Date(from));
  const seconds = Math.round(ms / 1000);
  if (ms < 1000) return `${Math.max(0, ms)} ms`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `48,213`. */
export const figure = (value: number): string => value.toLocaleString('en-US');

/** `1 run`, `2 runs`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${figure(value)} ${value === 1 ? one : many}`;

/** How many runs went along an edge; none did where only a job's design tells of it. */
export const runsOrDesign = (runs: number): string => (runs === 0 ? 'by design' : count(runs, 'run'));

const WORDS = ['Nothing', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** `Four` at the start of a sentence, `12` from ten on. */
export const figureInWords = (value: number): string => WORDS[value] ?? figure(value);

/** `2.1 kB`. The space does not break. */
export function bytes(value: number): string {
  if (value < 1000) return `${value}\u00a0B`;
  if (value < 1_000_000) return `${(value / 1000).toFixed(1)}\u00a0kB`;
  return `${(value / 1_000_000).toFixed(1)}\u00a0MB`;
}

/** `55d0…9e11`: the first and last four characters of a digest; its name, if it has one, stays. */
export function shortDigest(digest: string): string {
  const [, name = '', value = ''] = /^([A-Za-z0-9]+:)?(.*)$/.exec(digest) ?? [];
  return value.length <= 11 ? digest : `${name}${value.slice(0, 4)}…${value.slice(-4)}`;
}

/** Value of a `datetime-local` field for a time, in the reader's zone. */
export function fieldValue(time: string | number): string {
  const at = new Date(time);
  return new Date(Number(at) - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
