/** What commands that ask about lineage have in common: the two times, the direction, and their query string. */
import { stringOf, timeOf, type Invocation, type Option } from './command.ts';

export const AS_OF_OPTIONS: Readonly<Record<string, Option>> = {
  at: { type: 'string', value: 'TIME', help: 'as of this time (when it happened)' },
  known: { type: 'string', value: 'TIME', help: 'by what was known at this time, or with this many entries' },
};

export interface AsOfQuery {
  readonly at: string | undefined;
  readonly known: string | undefined;
}

/** Both times as the API takes them. Throws UsageError. */
export const asOfQuery = (invocation: Invocation): AsOfQuery => ({
  at: timeOf(invocation, 'at'),
  known: knownOf(invocation),
});

/** --known: a number of entries as it is, otherwise a time. */
export function knownOf(invocation: Invocation, option = 'known'): string | undefined {
  const text = stringOf(invocation, option);
  return text !== undefined && /^\d{1,15}$/.test(text) ? text : timeOf(invocation, option);
}

/** --up, --down; both if neither or both are given. */
export const directionOf = ({ values }: Invocation): 'both' | 'up' | 'down' =>
  values['up'] === values['down'] ? 'both' : values['up'] ? 'up' : 'down';

/** A query string of what is given. */
export function queryOf(values: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== '') query.set(name, value);
  return query;
}
