/** The present, as a page sees it: one ticking clock for everything that says how long ago something was. */
import { useSyncExternalStore } from 'react';
import { readerZone, type Reader } from '../text/wording.ts';

const TICK_MS = 1000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present in whole steps of `step` milliseconds: a page that says minutes need not draw every second. */
export const useNow = (step = 1000): number => useSyncExternalStore(subscribe, () => Math.floor(now / step) * step);

const zone = readerZone();

/** Zone and present of the reader, for times that only change with the day. */
export function useReader(): Reader {
  return { zone, now: useNow(60_000) };
}
