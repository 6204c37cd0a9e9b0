/** The past the reader is in, in words. */
import { figure, moment, type Reader } from '../text/wording.ts';

export interface Past {
  readonly at: string | null;
  readonly known: string | null;
}

export const isPast = ({ at, known }: Past): boolean => at !== null || known !== null;

/** `12 Nov 06:30`, `12 Nov 06:30, as known on 14 Nov 10:00`, `as known from the first 4,200 entries`. */
export function pastWords({ at, known }: Past, reader: Reader): string {
  const parts: string[] = [];
  if (at !== null) parts.push(moment(at, reader));
  if (known !== null) {
    parts.push(
      /^\d+$/.test(known) ? `as known from ${figure(Number(known))} entries` : `as known on ${moment(known, reader)}`,
    );
  }
  return parts.join(', ');
}
