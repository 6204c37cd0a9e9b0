/** What a view says of the cards and edges of a picture: a shape and a word each, before a colour. */
import type { LineageEdge } from '../api/answers.ts';
import type { IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.tsx';

export interface CardMark {
  readonly look: 'origin' | 'reached' | 'perhaps' | 'apart' | 'added' | 'gone' | 'changed';
  readonly icon: IconName;
  readonly tone: Tone;
  /** Short: it stands on the card. */
  readonly words: string;
}

export type EdgeLook = 'hit' | 'perhaps' | 'added' | 'gone';

/** Facts about safety that nobody told, of an asset or of the way between two. */
export interface GapMark {
  readonly missing: number;
  readonly words: string;
}

export interface Marks {
  readonly cards: ReadonlyMap<string, CardMark>;
  readonly edges: ReadonlyMap<string, EdgeLook>;
  /** Columns that stand out, by asset. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  /** By the id of a node or of an edge. */
  readonly gaps: ReadonlyMap<string, GapMark>;
}

export const NO_MARKS: Marks = { cards: new Map(), edges: new Map(), columns: new Map(), gaps: new Map() };

/**
 * Edges that say on the graph when they ended: at their source if it has only one such edge, else at their target. Where
 * neither has only one there would be names over names; then the drawer and the table say it.
 */
export function endedLabels(edges: readonly LineageEdge[]): ReadonlyMap<LineageEdge, 'from' | 'to'> {
  const ended = edges.filter(({ endedAt }) => endedAt !== null);
  const counts = { from: new Map<string, number>(), to: new Map<string, number>() };
  for (const edge of ended) {
    for (const end of ['from', 'to'] as const) counts[end].set(edge[end], (counts[end].get(edge[end]) ?? 0) + 1);
  }
  return new Map(
    ended.flatMap((edge): [LineageEdge, 'from' | 'to'][] => {
      const end = (['from', 'to'] as const).find((each) => counts[each].get(edge[each]) === 1);
      return end ? [[edge, end]] : [];
    }),
  );
}
