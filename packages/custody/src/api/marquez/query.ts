/** What Marquez's clients put into query strings. Wrong values are refused, as Marquez does, except that limits are capped. */
import type { Context } from 'hono';
import { Refusal } from './refusal.ts';

/** Marquez has no bound; an answer of more than this is asked for in pages. */
const LIMIT_MAX = 1_000;
const DEPTH_MAX = 1_000;

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export const pageOf = (c: Context, limit = 100): Page => ({
  limit: Math.min(LIMIT_MAX, wholeNumber(c, 'limit') ?? limit),
  offset: wholeNumber(c, 'offset') ?? 0,
});

export const depthOf = (c: Context): number => Math.min(DEPTH_MAX, wholeNumber(c, 'depth') ?? 20);

/** `true` in any case: Python's client sends `True`. */
export const flagOf = (c: Context, name: string): boolean => c.req.query(name)?.toLowerCase() === 'true';

export function required(c: Context, name: string): string {
  const value = c.req.query(name);
  if (value === undefined || value === '') throw new Refusal(400, `query param ${name} must not be null`);
  return value;
}

/** An instant in epoch milliseconds; the web page sends an empty text for none. */
export function timeOf(c: Context, name: string): number | null {
  const text = c.req.query(name);
  if (text === undefined || text === '') return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Refusal(400, `query param ${name} is not a time: ${text.slice(0, 100)}`);
  return time;
}

function wholeNumber(c: Context, name: string): number | null {
  const text = c.req.query(name);
  if (text === undefined || text === '') return null;
  if (!/^\d{1,15}$/.test(text)) throw new Refusal(400, `query param ${name} must be greater than or equal to 0`);
  return Number(text);
}
