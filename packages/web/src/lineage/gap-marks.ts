/** What is missing of the safety of assets and of the ways between them, as marks on a picture. */
import type { GapsAnswer } from '../api/answers.ts';
import { count } from '../text/wording.ts';
import type { GapMark } from './marks.ts';
import { edgeId } from './picture.ts';

/** By the id of the asset or of the edge. An edge is marked only where its data cross a network and nobody said how. */
export function gapMarks({ assets, edges }: Pick<GapsAnswer, 'assets' | 'edges'>): ReadonlyMap<string, GapMark> {
  return new Map([
    ...assets.map(({ id, checks }): [string, GapMark] => {
      const missing = checks.filter(({ state }) => state === 'missing').length;
      return [id, { missing, words: missing === 0 ? 'nothing missing' : `${count(missing, 'fact')} missing` }];
    }),
    ...edges
      .filter(({ state }) => state === 'missing')
      .map((edge): [string, GapMark] => [edgeId(edge), { missing: 1, words: 'encryption in transit not told' }]),
  ]);
}
