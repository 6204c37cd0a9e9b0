/** What a command is, and how it ends. */

/** Documented in `custody --help`; scripts rely on them. */
export const EXIT = {
  ok: 0,
  /** The answer is no: a check failed, an event was refused, an asset is not known. */
  no: 1,
  usage: 2,
  /** Something is in the way: no server, no data, a full disk, a lock. */
  environment: 3,
  /** `custody ingest`: written, but rows were set aside. */
  quarantined: 4,
  /** `custody ingest`: the input is broken. */
  badInput: 5,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: true;
  /** How the value is called in the help, for example `N`. */
  readonly value?: string;
  readonly help: string;
}

export interface Invocation {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly out: Output;
}

export interface Command {
  /** Words that call it, for example `log check`. */
  readonly name: string;
  readonly arguments: string;
  readonly summary: string;
  readonly example: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly details?: string;
  run(invocation: Invocation): Promise<Exit>;
}

/** Where a command writes. Tables and answers go to stdout, progress and trouble to stderr. */
export interface Output {
  readonly json: boolean;
  readonly isTerminal: boolean;
  write(text: string): void;
  note(text: string): void;
  /** One line that is written over; silent where stderr is not a terminal. */
  progress(text: string): void;
}

/** A mistake in how the command was called. */
export class UsageError extends Error {}

/** Something the command cannot go on from, with what to do about it. */
export class CommandError extends Error {
  readonly exit: Exit;
  readonly remedy: string;

  constructor(message: string, remedy: string, exit: Exit = EXIT.environment) {
    super(message);
    this.exit = exit;
    this.remedy = remedy;
  }
}

export const stringOf = (invocation: Invocation, name: string): string | undefined => {
  const value = invocation.values[name];
  return typeof value === 'string' ? value : undefined;
};

/** All values of an option that may be given several times. */
export const stringsOf = (invocation: Invocation, name: string): readonly string[] => {
  const value = invocation.values[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
};

/** A whole number from an option. Throws UsageError. */
export function numberOf(invocation: Invocation, name: string, min: number, max: number): number | undefined {
  const text = stringOf(invocation, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

/** A time from an option, as RFC 3339 in UTC. A date alone means its end, or its start. Throws UsageError. */
export function timeOf(invocation: Invocation, name: string, date: 'end' | 'start' = 'end'): string | undefined {
  const text = stringOf(invocation, name);
  if (text === undefined) return undefined;
  const clock = date === 'end' ? '23:59:59.999' : '00:00:00.000';
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T${clock}Z` : text;
  const time = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(full) ? full : `${full}Z`);
  if (Number.isNaN(time))
    throw new UsageError(`--${name} takes a time such as 2026-11-12 or 2026-11-12T06:30:00Z, not "${text}".`);
  return new Date(time).toISOString();
}
