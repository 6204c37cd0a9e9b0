/** The difference between two times on a picture that holds both. */
import type { DifferenceAnswer } from '../api/answers.ts';
import { count, shortDigest } from '../text/wording.ts';
import { NO_MARKS, type CardMark, type EdgeLook, type Marks } from './marks.ts';
import { edgeId } from './picture.ts';

export const CHANGES = {
  added: { icon: 'plus', tone: 'idle', word: 'came' },
  gone: { icon: 'minus', tone: 'idle', word: 'gone' },
  changed: { icon: 'changed', tone: 'warn', word: 'changed' },
} as const;

type Changed = DifferenceAnswer['changed'][number];

export function differenceMarks(answer: DifferenceAnswer): Marks {
  const mark = (look: keyof typeof CHANGES, words?: string): CardMark => {
    const { icon, tone, word } = CHANGES[look];
    return { look, icon, tone, words: words ?? word };
  };
  const cards = new Map([
    ...answer.changed.map((each): [string, CardMark] => [each.asset.id, mark('changed', shortChange(each))]),
    ...answer.assetsAdded.map(({ id }): [string, CardMark] => [id, mark('added')]),
    ...answer.assetsGone.map(({ id }): [string, CardMark] => [id, mark('gone')]),
  ]);
  const edges = new Map([
    ...answer.edgesAdded.map((edge): [string, EdgeLook] => [edgeId(edge), 'added']),
    ...answer.edgesGone.map((edge): [string, EdgeLook] => [edgeId(edge), 'gone']),
  ]);
  return { ...NO_MARKS, cards, edges };
}

/** `changed: columns, code`. */
function shortChange({ columns, code, owners, tags }: Changed): string {
  const what = [columns && 'columns', code && 'code', owners && 'owners', tags && 'tags'].filter(Boolean);
  return `changed: ${what.join(', ')}`;
}

/** What changed of an asset, a line each. */
export function changeWords({ columns, code, owners, tags }: Changed): readonly string[] {
  const lines: string[] = [];
  if (columns) {
    if (columns.added.length > 0) lines.push(`Columns came: ${columns.added.join(', ')}`);
    if (columns.gone.length > 0) lines.push(`Columns went: ${columns.gone.join(', ')}`);
    if (columns.added.length + columns.gone.length === 0) lines.push('Types or order of columns changed');
  }
  if (code) lines.push(`Code changed from ${codeWord(code.before)} to ${codeWord(code.after)}`);
  if (owners) lines.push(`Owners changed from ${listWord(owners.before)} to ${listWord(owners.after)}`);
  if (tags) lines.push(`Tags changed from ${listWord(tags.before)} to ${listWord(tags.after)}`);
  return lines;
}

const codeWord = (code: string | null): string =>
  code === null ? 'not told' : /^[0-9a-f:]{30,}$/i.test(code.replace(/^sha\d+:/, '')) ? shortDigest(code) : code;
const listWord = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.join(', '));

/** `Around it, 18 assets came, 2 edges went, 1 asset changed.` */
export function differenceWords(answer: DifferenceAnswer): string {
  const parts = [
    [answer.assetsAdded.length, 'asset', 'came'],
    [answer.assetsGone.length, 'asset', 'went'],
    [answer.edgesAdded.length, 'edge', 'came'],
    [answer.edgesGone.length, 'edge', 'went'],
    [answer.changed.length, 'asset', 'changed'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, one, did]) => `${count(number, one)} ${did}`);
  return said.length === 0 ? 'Nothing is different.' : `Around it, ${said.join(', ')}.`;
}
