/** The shortest way between two assets, as a picture of its own. */
import type { LineageNode, PathAnswer } from '../api/answers.ts';
import type { Picture } from './picture.ts';

export function pathPicture({ from, nodes, steps }: Pick<PathAnswer, 'from' | 'nodes' | 'steps'>): Picture {
  const lastAt = (id: string) =>
    steps.find(({ edge }) => edge.from === id || edge.to === id)?.edge.lastAt ?? new Date(0).toISOString();
  return {
    root: from,
    nodes: nodes.map((ref): LineageNode => ({
      ...ref,
      distance: 0,
      columns: columnsOf(steps, ref.id),
      columnCount: ref.kind === 'job' ? null : columnsOf(steps, ref.id).length || null,
      tags: [],
      lastAt: lastAt(ref.id),
      lastState: null,
      moreUp: 0,
      moreDown: 0,
    })),
    edges: steps.map(({ edge }) => edge),
    groups: [],
  };
}

/** The columns of a dataset that the steps name. */
function columnsOf(steps: PathAnswer['steps'], asset: string): string[] {
  const ends = steps.flatMap(({ columns }) => columns.flatMap(({ from, to }) => [from, to]));
  return [...new Set(ends.flatMap((end) => (end.asset === asset && end.column !== null ? [end.column] : [])))].sort();
}
