/** How one column comes from another, in words and in the shape of its mark. */
import type { ColumnEdge } from '../api/answers.ts';

type How = Pick<ColumnEdge, 'kind' | 'role' | 'masked' | 'certainty' | 'fromSql'>;

const KINDS = {
  identity: 'identity',
  transformation: 'transformation',
  aggregation: 'aggregation',
  unsaid: 'how is not said',
  rows: 'decides which rows',
} as const;

/** What the word means, for who does not know it. */
export const MEANS: Readonly<Record<ColumnEdge['kind'], string>> = {
  identity: 'The value is carried over as it is.',
  transformation: 'The value is computed from it.',
  aggregation: 'The value is summed up from many of its values.',
  unsaid: 'The pipeline said that one comes from the other, and not how.',
  rows: 'It is not copied: it decides which rows there are, or which value is taken.',
};

/** `transformation, masked`; `decides which rows (join), ambiguous`. */
export function howWords({ kind, role, masked, certainty, fromSql }: How): string {
  const words = [kind === 'rows' && role !== null ? `${KINDS.rows} (${roleWords(role)})` : KINDS[kind]];
  if (masked) words.push('masked');
  if (certainty !== 'certain') words.push(certainty);
  if (fromSql) words.push("read out of the job's SQL");
  return words.join(', ');
}

const roleWords = (role: string): string => role.toLowerCase().replaceAll('_', ' ');

/** The mark on an edge: a sign for the kind, in a shape for what else is to be known. The words are beside it elsewhere. */
export interface Mark {
  readonly sign: string;
  readonly shape: 'round' | 'masked' | 'unsure';
}

export const SIGNS = { identity: '=', transformation: 'ƒ', aggregation: 'Σ', unsaid: '·', rows: '' } as const;

export function markOf({ kind, masked, certainty }: How): Mark | null {
  const shape = masked ? 'masked' : certainty === 'certain' ? 'round' : 'unsure';
  const sign = SIGNS[kind];
  return sign === '' && shape === 'round' ? null : { sign, shape };
}
