/** A blast radius on a picture: what was reached and by which way, and what was not. */
import type { Blast, TouchedAsset } from '../api/answers.ts';
import { day, type Reader } from '../text/wording.ts';
import { NO_MARKS, type CardMark, type EdgeLook, type Marks } from './marks.ts';
import { edgeId, type Picture } from './picture.ts';

export const CERTAINTY = {
  certain: { icon: 'bad', tone: 'bad', word: 'reached' },
  perhaps: { icon: 'unknown', tone: 'warn', word: 'perhaps' },
  apart: { icon: 'ok', tone: 'idle', word: 'not reached' },
} as const;

export function blastMarks(answer: Blast, picture: Picture, reader: Reader): Marks {
  const touched = new Map(answer.touched.map((each) => [each.id, each]));
  const cards = new Map(
    picture.nodes.map(({ id }): [string, CardMark] => [id, cardMark(id, answer, touched.get(id), reader)]),
  );
  const named = new Map(picture.nodes.map((node) => [node.id, node.columns]));
  const columns = new Map(
    answer.touched
      .filter(({ role }) => role !== 'job')
      // Null: they are not told apart, so all of them are.
      .map(({ id, columns: names }): [string, ReadonlySet<string>] => [id, new Set(names ?? named.get(id))]),
  );
  columns.set(answer.root, new Set(answer.columns ?? named.get(answer.root)));
  return { ...NO_MARKS, cards, edges: edgesOf(answer), columns };
}

function cardMark(id: string, { root, from }: Blast, touched: TouchedAsset | undefined, reader: Reader): CardMark {
  if (id === root) {
    const since = from === null ? '' : `, ${day(from, reader)}`;
    return { look: 'origin', icon: 'bad', tone: 'bad', words: `origin${since}` };
  }
  if (!touched) {
    const { icon, tone, word } = CERTAINTY.apart;
    return { look: 'apart', icon, tone, words: word };
  }
  const { icon, tone, word } = CERTAINTY[touched.certain ? 'certain' : 'perhaps'];
  const look = touched.certain ? 'reached' : 'perhaps';
  return { look, icon, tone, words: `${word} ${day(touched.first, reader)}` };
}

/** The step by which each asset was reached first: a read by a job, and its write. */
function edgesOf({ touched }: Blast): ReadonlyMap<string, EdgeLook> {
  const edges = new Map<string, EdgeLook>();
  for (const { id, by, certain } of touched) {
    if (!by) continue;
    const look = certain && by.certain ? 'hit' : 'perhaps';
    for (const edge of [
      { from: by.from, to: by.job },
      { from: by.job, to: id },
    ]) {
      // One certain way is enough.
      if (edges.get(edgeId(edge)) !== 'hit') edges.set(edgeId(edge), look);
    }
  }
  return edges;
}

/** From the origin to an asset, step by step; the asset is last. Empty if it was not reached. */
export function chainTo({ touched }: Pick<Blast, 'touched'>, id: string): readonly TouchedAsset[] {
  const byId = new Map(touched.map((each) => [each.id, each]));
  const chain: TouchedAsset[] = [];
  const seen = new Set<string>();
  for (let at = byId.get(id); at && !seen.has(at.id); at = at.by ? byId.get(at.by.from) : undefined) {
    seen.add(at.id);
    chain.unshift(at);
  }
  return chain;
}
