/** How large each thing in the graph is: the layout needs to know before anything is drawn. */
import type { LayoutNode } from '../layout/layered-layout.ts';
import { columnId, type CardRows, type OpenColumns } from './open-columns.ts';
import type { Group, Picture } from './picture.ts';

const HEAD = 46;
export const ROW = 22;
/** Between the heading and the first row, and below the last. */
const PAD = 4;
const WIDTH = { dataset: 182, job: 148, group: 68 };
const JOB_HEIGHT = 30;
const GROUP_HEIGHT = 26;

/** Top of a row, from the top of its card. */
export const rowTop = (row: number): number => HEAD + PAD + row * ROW;

function heightOf(rows: CardRows | undefined): number {
  if (!rows) return HEAD;
  return rowTop(rows.shown.length + (rows.more > 0 ? 1 : 0)) + PAD + 3;
}

export function layoutNodes({ nodes, groups }: Picture, { rows }: OpenColumns): readonly LayoutNode[] {
  return [
    ...nodes.map((node): LayoutNode => {
      const own = rows.get(node.id);
      return {
        id: node.id,
        width: WIDTH[node.kind],
        height: node.kind === 'job' ? JOB_HEIGHT : heightOf(own),
        ports: (own?.shown ?? []).map((name, n) => ({ id: columnId(node.id, name), y: rowTop(n) + ROW / 2 })),
        // Edges between whole assets end at the heading.
        anchor: node.kind === 'job' ? JOB_HEIGHT / 2 : HEAD / 2,
      };
    }),
    ...groups.map(({ id }): LayoutNode => ({ id, width: WIDTH.group, height: GROUP_HEIGHT })),
  ];
}

/** A group hangs on its asset by an edge of its own. */
export const groupTrail = ({ id, of, side }: Group) => (side === 'up' ? { from: id, to: of } : { from: of, to: id });
