/** A lineage in one sentence or two. */
import type { Lineage } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';
import type { GraphModel } from './graph-model.ts';

/** `2 datasets upstream, none downstream, 3 jobs. 8 more in groups. 1 edge runs back, in a cycle.` */
export function summaryWords(
  { picture, hops, layout }: Pick<GraphModel, 'picture' | 'hops' | 'layout'>,
  direction: Lineage['direction'],
): string {
  const datasets = picture.nodes.filter(({ kind }) => kind === 'dataset');
  const onSide = (sign: 1 | -1) => datasets.filter(({ id }) => Math.sign(hops.get(id) ?? 0) === sign).length;
  const parts: string[] = [];
  if (direction !== 'down') parts.push(`${count(onSide(-1), 'dataset')} upstream`);
  if (direction !== 'up') parts.push(`${count(onSide(1), 'dataset')} downstream`);
  parts.push(count(picture.nodes.length - datasets.length, 'job'));
  const sentences = [`${parts.join(', ')}.`];

  const left = picture.groups.reduce((sum, group) => sum + group.count, 0);
  if (left > 0) sentences.push(`${figure(left)} more in groups.`);
  const turned = layout.edges.filter(({ reversed }) => reversed).length;
  if (turned > 0) sentences.push(`${count(turned, 'edge')} ${turned === 1 ? 'runs' : 'run'} back, in a cycle.`);
  return sentences.join(' ');
}
