/** Keeps checking the log while a page is open, and tells the pages what was found. */
import { useSyncExternalStore } from 'react';
import { VerifyError } from '@custody/verify';
import type { Consistency, Status } from '../api/answers.ts';
import { getBytes, getJson } from '../api/client.ts';
import { RequestError } from '../api/request-error.ts';
import { checkLog, type Consistent, type FetchConsistency } from './log-check.ts';
import {
  forgetVisit,
  lastVisit,
  readAlarm,
  readMemory,
  writeAlarm,
  writeMemory,
  type Keeper,
  type LastVisit,
  type LogAlarm,
  type LogMemory,
} from './log-memory.ts';

export type WatchOutcome =
  /** No check has ended yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly memory: LogMemory; readonly compared: Consistent; readonly ms: number }
  /** The log has no entry yet, so there is nothing to sign. */
  | { readonly kind: 'empty' }
  /** The browser cannot check: WebCrypto exists only on https and localhost, Ed25519 only in browsers since 2025. */
  | { readonly kind: 'unsupported'; readonly why: string }
  /** The check did not happen; what was verified before still holds. */
  | { readonly kind: 'unchecked'; readonly why: string; readonly memory: LogMemory | null }
  | { readonly kind: 'alarm'; readonly alarm: LogAlarm };

export interface WatchState {
  readonly outcome: WatchOutcome;
  readonly checking: boolean;
  readonly visit: LastVisit | null;
}

const EVERY_MS = 30_000;

const fetchConsistency: FetchConsistency = async (from, to) =>
  (await getJson<Consistency>(`/custody/v1/log/consistency?from=${from}&to=${to}`)).hashes;

export { fetchConsistency };

class LogWatch {
  private state: WatchState = { outcome: { kind: 'none' }, checking: false, visit: null };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again = false;

  readonly current = (): WatchState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Checks now and from then on; returns how to stop. */
  start(): () => void {
    const alarm = readAlarm(keeper());
    this.become({
      visit: lastVisit(tabKeeper(), keeper()),
      ...(alarm && { outcome: { kind: 'alarm', alarm } satisfies WatchOutcome }),
    });
    void this.check();
    return () => clearTimeout(this.timer);
  }

  /** Checks the log; a call during a check makes one more follow. */
  async check(): Promise<void> {
    if (this.state.checking) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.become({ checking: true });
    const outcome = await this.outcomeOfCheck();
    // An alarm stays on the screen, whatever a later check says: it happened.
    const standing = readAlarm(keeper());
    this.become({ checking: false, outcome: standing ? { kind: 'alarm', alarm: standing } : outcome });
    if (this.again) {
      this.again = false;
      void this.check();
    } else {
      this.timer = setTimeout(() => void this.check(), EVERY_MS);
    }
  }

  /** Puts the alarm away and trusts what the server shows next, as on a first visit. */
  async forget(): Promise<void> {
    writeAlarm(keeper(), null);
    writeMemory(keeper(), null);
    forgetVisit(tabKeeper());
    this.become({ outcome: { kind: 'none' }, visit: null });
    await this.check();
  }

  private async outcomeOfCheck(): Promise<WatchOutcome> {
    if (!globalThis.crypto?.subtle) {
      return {
        kind: 'unsupported',
        why: 'Browsers check signatures only on https and on localhost. Open this page there.',
      };
    }
    const memory = readMemory(keeper());
    const started = performance.now();
    try {
      const { log } = await getJson<Status>('/custody/v1/status');
      if (!log.checkpoint && !memory) return { kind: 'empty' };
      const note = await getBytes('/log/checkpoint');
      const verdict = await checkLog(memory, { key: log.key, note }, fetchConsistency, new Date().toISOString());
      if (verdict.kind === 'alarm') {
        writeAlarm(keeper(), verdict.alarm);
        return verdict;
      }
      writeMemory(keeper(), verdict.memory);
      return { ...verdict, ms: performance.now() - started };
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotSupportedError') {
        return { kind: 'unsupported', why: 'This browser does not know Ed25519 signatures. A newer one does.' };
      }
      return { kind: 'unchecked', why: reason(error), memory };
    }
  }

  private become(change: Partial<WatchState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function reason(error: unknown): string {
  if (error instanceof RequestError) return error.status === 0 ? error.title : error.message || error.title;
  if (error instanceof VerifyError) return error.message;
  throw error;
}

const none: Keeper = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
const storage = (of: () => Keeper): Keeper => {
  try {
    return of();
  } catch {
    return none;
  }
};
const keeper = (): Keeper => storage(() => localStorage);
const tabKeeper = (): Keeper => storage(() => sessionStorage);

export const logWatch = new LogWatch();

export const useLogWatch = (): WatchState => useSyncExternalStore(logWatch.subscribe, logWatch.current);
