/** Checks that were read from somebody else's file, and what of it has no like here. */
import { stringify } from 'yaml';
import type { z } from 'zod';
import { GateRulesError } from '../gate-error.ts';
import { readRules } from '../rules-file.ts';
import type { ColumnCheck, GateRules } from '../rules.ts';

type In = z.input<typeof GateRules>;
export type ChecksIn = NonNullable<In['checks']>;
export type ColumnIn = z.input<typeof ColumnCheck>;

export interface Unmapped {
  /** As it is called where it comes from. */
  readonly what: string;
  readonly why: string;
}

export interface Imported {
  readonly name: string;
  readonly checks: ChecksIn;
  readonly labels: Readonly<Record<string, string[]>>;
  readonly mapped: number;
  readonly unmapped: readonly Unmapped[];
}

/** Collects checks of columns; those with the same share of rows and the same action come together in one. */
export class ColumnChecks {
  readonly #checks = new Map<string, ColumnIn>();

  /** Throws nothing: what a column has already under that name goes into an entry of its own. */
  add(column: string, what: Partial<ColumnIn>, mostly?: number): void {
    const share = mostly === undefined || mostly >= 1 ? undefined : mostly;
    for (let n = 0; ; n++) {
      const key = `${column}\n${share ?? ''}\n${what.action ?? ''}\n${n}`;
      const known = this.#checks.get(key) ?? { name: column, ...(share !== undefined && { mostly: share }) };
      if (Object.keys(what).some((field) => field !== 'action' && field in known)) continue;
      this.#checks.set(key, { ...known, ...what });
      return;
    }
  }

  all(): ColumnIn[] {
    return [...this.#checks.values()];
  }
}

/** The text of rules; what has no like stands in it as comments. Throws GateRulesError if the source asks for what cannot be. */
export function importedRules({ name, checks, labels, unmapped }: Imported, from: string): string {
  const rules: In = { version: 1, ...(Object.keys(labels).length > 0 && { labels }), checks };
  const comments = unmapped.map(({ what, why }) => `#   ${oneLine(what)}: ${oneLine(why)}`);
  const text = [
    `# Checks of ${oneLine(name)}, imported from ${from}.`,
    ...(comments.length > 0 ? [`# Not imported, because there is no like of it here:`, ...comments] : []),
    stringify(rules, { lineWidth: 120 }),
  ].join('\n');
  readRules(text);
  return text;
}

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300);

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export function objectIn(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GateRulesError(`${what} is not an object`, '', null, null, 'Give the file as its tool writes it.');
  return value as Readonly<Record<string, unknown>>;
}

export const numberOrNone = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
export const textOrNone = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const scalarsIn = (value: unknown): (string | number | boolean)[] | null => {
  const list = listIn(value);
  return list.length > 0 && list.every((one) => ['string', 'number', 'boolean'].includes(typeof one))
    ? (list as (string | number | boolean)[])
    : null;
};
