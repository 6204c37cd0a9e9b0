/** The past the reader is in, if any: said the same way wherever it is said. */
import { useSearch } from '@tanstack/react-router';
import type { Anywhere } from '../place.ts';
import { useReader } from '../ui/clock.ts';
import { isPast, pastWords, type Past } from './past-words.ts';

export const usePast = (): Past => {
  const { at, known } = useSearch({ strict: false });
  return { at: at ?? null, known: known ?? null };
};

export function usePastWords(): string | null {
  const past = usePast();
  const reader = useReader();
  return isPast(past) ? pastWords(past, reader) : null;
}

/** Search parameters that lead back to now. */
export const NOW: Pick<Anywhere, 'at' | 'known'> = { at: undefined, known: undefined };
