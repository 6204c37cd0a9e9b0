/**
 * Answers of the API by their path: shown from memory at once, fetched again when the log grows.
 *
 * A page that asks for another path keeps the answer it had, marked as `pending`, so that nothing shifts while it loads.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { getJson } from './client.ts';
import { RequestError } from './request-error.ts';

export interface Answer<Data> {
  readonly data: Data | null;
  readonly error: RequestError | null;
  /** True while what is shown is not yet the answer to what was asked. */
  readonly pending: boolean;
}

interface Held {
  data: unknown;
  error: RequestError | null;
  fetching: AbortController | null;
  /** What `useSyncExternalStore` hands out; replaced whenever something changes. */
  view: Answer<unknown>;
  listeners: Set<() => void>;
  stale: boolean;
}

const KEPT = 120;
const held = new Map<string, Held>();
const NOTHING: Answer<never> = { data: null, error: null, pending: false };

function hold(path: string): Held {
  const known = held.get(path);
  if (known) return known;
  const fresh: Held = {
    data: null,
    error: null,
    fetching: null,
    view: { data: null, error: null, pending: true },
    listeners: new Set(),
    stale: true,
  };
  held.set(path, fresh);
  if (held.size > KEPT) forgetUnwatched();
  return fresh;
}

function forgetUnwatched(): void {
  for (const [path, { listeners }] of held) {
    if (held.size <= KEPT) return;
    if (listeners.size === 0) held.delete(path);
  }
}

function publish(entry: Held): void {
  entry.view = { data: entry.data, error: entry.error, pending: entry.fetching !== null && entry.data === null };
  for (const listener of entry.listeners) listener();
}

async function load(path: string, entry: Held): Promise<void> {
  entry.fetching?.abort();
  const controller = new AbortController();
  entry.fetching = controller;
  entry.stale = false;
  publish(entry);
  try {
    const data = await getJson(path, controller.signal);
    if (entry.fetching !== controller) return;
    entry.data = data;
    entry.error = null;
  } catch (error) {
    if (entry.fetching !== controller) return;
    if (!(error instanceof RequestError)) throw error;
    entry.error = error;
  }
  entry.fetching = null;
  publish(entry);
}

/** Fetches again everything on the screen; what is not on the screen is fetched when it is next asked for. */
export function refreshAnswers(): void {
  for (const [path, entry] of held) {
    entry.stale = true;
    if (entry.listeners.size > 0) void load(path, entry);
  }
}

/** Forgets everything: after signing out, nobody else sees it. */
export function forgetAnswers(): void {
  for (const [path, entry] of held) {
    entry.fetching?.abort();
    if (entry.listeners.size === 0) held.delete(path);
    else {
      entry.data = null;
      void load(path, entry);
    }
  }
}

export function retry(path: string): void {
  void load(path, hold(path));
}

/** The answer to `path`; null asks for nothing. */
export function useAnswer<Data>(path: string | null): Answer<Data> {
  const entry = path === null ? null : hold(path);
  const view = useSyncExternalStore(
    (listener) => {
      entry?.listeners.add(listener);
      return () => entry?.listeners.delete(listener);
    },
    () => (entry?.view ?? NOTHING) as Answer<Data>,
  );
  useEffect(() => {
    if (path !== null && entry?.stale && entry.fetching === null) void load(path, entry);
  }, [path, entry]);

  const before = useRef<Data | null>(null);
  if (view.data !== null) before.current = view.data;
  if (view.data === null && view.error === null && before.current !== null && path !== null) {
    return { data: before.current, error: null, pending: true };
  }
  return view;
}

/** `path?a=1&b=2` without the parameters that are not set. */
export function query(path: string, parameters: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The answers to several paths, in their order; those that are not there yet, or failed, are left out. */
export function useAnswers<Data>(paths: readonly string[]): readonly Data[] {
  const key = paths.join('\n');
  const last = useRef<readonly Data[]>([]);
  const data = useSyncExternalStore(
    (listener) => {
      const entries = split(key).map(hold);
      for (const entry of entries) entry.listeners.add(listener);
      return () => entries.forEach((entry) => entry.listeners.delete(listener));
    },
    () => {
      const next = split(key).flatMap((path) => (hold(path).data as Data | null) ?? []);
      // The same answers are the same list, else React would draw for ever.
      if (next.length !== last.current.length || next.some((each, n) => each !== last.current[n])) last.current = next;
      return last.current;
    },
  );
  useEffect(() => {
    for (const path of split(key)) {
      const entry = hold(path);
      if (entry.stale && entry.fetching === null) void load(path, entry);
    }
  }, [key]);
  return data;
}

const split = (key: string): readonly string[] => (key === '' ? [] : key.split('\n'));
