/** How large each thing in the graph is: the layout needs to know before anything is drawn. */
import type { LineageNode } from '../api/answers.ts';
import type { LayoutNode } from '../layout/layered-layout.ts';
import type { Group, Picture } from './picture.ts';

const HEAD = 46;
const ROW = 22;
const FOOT = 6;
const WIDTH = { dataset: 172, job: 146, group: 68 };
const JOB_HEIGHT = 30;
const GROUP_HEIGHT = 26;
/** Columns that a card lists; the rest is counted in one more row. */
const SHOWN_COLUMNS = 4;

interface CardColumns {
  readonly shown: readonly string[];
  readonly more: number;
}

export function columnsOf({ columns, columnCount }: LineageNode): CardColumns {
  const all = columnCount ?? columns.length;
  const shown = all <= SHOWN_COLUMNS + 1 ? columns.slice(0, all) : columns.slice(0, SHOWN_COLUMNS);
  return { shown, more: Math.max(0, all - shown.length) };
}

export function layoutNodes({ nodes, groups }: Picture, withColumns: boolean): readonly LayoutNode[] {
  return [
    ...nodes.map((node): LayoutNode => {
      const { shown, more } = columnsOf(node);
      const rows = withColumns && node.kind === 'dataset' ? shown.length + (more > 0 ? 1 : 0) : 0;
      return {
        id: node.id,
        width: WIDTH[node.kind],
        height: node.kind === 'job' ? JOB_HEIGHT : rows === 0 ? HEAD : HEAD + rows * ROW + FOOT,
        // Columns keep their order below; the lineage itself is of whole assets, so its edges end at the heading.
        anchor: node.kind === 'job' ? JOB_HEIGHT / 2 : HEAD / 2,
      };
    }),
    ...groups.map(({ id }): LayoutNode => ({ id, width: WIDTH.group, height: GROUP_HEIGHT })),
  ];
}

/** A group hangs on its asset by an edge of its own. */
export const groupTrail = ({ id, of, side }: Group) => (side === 'up' ? { from: id, to: of } : { from: of, to: id });
