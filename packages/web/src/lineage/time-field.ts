import { timeOf } from '../place.ts';

/** The time of a `datetime-local` field, which is in the reader's zone; undefined while the field is empty. */
export const timeFromField = (value: string): string | undefined =>
  value === '' ? undefined : timeOf(new Date(value).toISOString());
