/**
 * What this browser remembers of the log: its key and the last checkpoint that was verified here.
 *
 * The key is trusted on first use: the first visit cannot know whether the server shows the log's true key, every later
 * visit can see that it is still the same. Kept per origin in localStorage; nothing here is secret.
 */
export interface LogMemory {
  /** Verifier key, `name+id+base64`. */
  readonly key: string;
  readonly size: number;
  /** Root hash, base64. */
  readonly root: string;
  /** The signed note, verbatim. */
  readonly note: string;
  readonly verifiedAt: string;
  readonly trustedSince: string;
}

/** A check that failed in a way that the network cannot explain. It stays until the reader puts it away. */
export interface LogAlarm {
  readonly kind: AlarmKind;
  readonly at: string;
  /** What this browser had verified before. */
  readonly before: LogMemory | null;
  /** What the server showed. */
  readonly key: string;
  readonly note: string;
  readonly consistency: readonly string[] | null;
}

export type AlarmKind = 'key-changed' | 'signature' | 'origin' | 'shrunk' | 'rewritten';

const MEMORY = 'custody.log';
const ALARM = 'custody.log.alarm';
const VISIT = 'custody.visit';

/** Storage that can be refused (private windows, policies): then nothing is remembered, and the pages say so. */
export interface Keeper {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const read = <Value>(keeper: Keeper, name: string): Value | null => {
  try {
    const text = keeper.getItem(name);
    return text === null ? null : (JSON.parse(text) as Value);
  } catch {
    return null;
  }
};

const write = (keeper: Keeper, name: string, value: unknown): void => {
  try {
    if (value === null) keeper.removeItem(name);
    else keeper.setItem(name, JSON.stringify(value));
  } catch {
    // Without storage every visit is a first visit; the proof drawer shows "remembered: nothing".
  }
};

export const readMemory = (keeper: Keeper): LogMemory | null => read(keeper, MEMORY);
export const writeMemory = (keeper: Keeper, memory: LogMemory | null): void => write(keeper, MEMORY, memory);
export const readAlarm = (keeper: Keeper): LogAlarm | null => read(keeper, ALARM);
export const writeAlarm = (keeper: Keeper, alarm: LogAlarm | null): void => write(keeper, ALARM, alarm);

/** The checkpoint of the visit before this one: what "since your visit" counts from. Null on the first visit. */
export interface LastVisit {
  readonly size: number;
  readonly verifiedAt: string;
}

/** Fixed for the life of the tab, so that a reload is not a new visit. */
export function lastVisit(tab: Keeper, keeper: Keeper): LastVisit | null {
  const fixed = read<{ visit: LastVisit | null }>(tab, VISIT);
  if (fixed) return fixed.visit;
  const memory = readMemory(keeper);
  const visit = memory && { size: memory.size, verifiedAt: memory.verifiedAt };
  write(tab, VISIT, { visit });
  return visit;
}

export const forgetVisit = (tab: Keeper): void => write(tab, VISIT, null);
