/** Datasets, versions and shifts, in words. */
import type { DatasetVersion } from '../api/answers.ts';

/**
 * The name in an id, for people: after the last colon, or all behind a namespace that is an address. Ids do not say where
 * their namespace ends, so this is only what is shown.
 */
export function datasetName(id: string): string {
  return /^dataset:.*:([^:]+)$/.exec(id)?.[1] ?? id;
}

export function namespaceOf(id: string): string {
  return /^dataset:(.*):[^:]+$/.exec(id)?.[1] ?? '';
}

const PLACES: Readonly<Record<DatasetVersion['bytes'], string>> = {
  store: 'kept in the store',
  place: 'where they lay',
  none: 'not kept',
};

export const bytesWords = ({ bytes }: Pick<DatasetVersion, 'bytes'>): string => PLACES[bytes];

/** The usual reading of a population stability index: under 0.1 small, to 0.25 worth a look, above it large. */
export function shiftOf(psi: number | null): 'none' | 'small' | 'some' | 'large' {
  if (psi === null) return 'none';
  return psi > 0.25 ? 'large' : psi > 0.1 ? 'some' : 'small';
}

/** `+40`, `-1,200`, `the same`. */
export function changeWords(before: number, after: number): string {
  const by = after - before;
  return by === 0 ? 'the same' : `${by > 0 ? '+' : '−'}${Math.abs(by).toLocaleString('en-US')}`;
}
