/**
 * Which context words stand in a text: one walk through a trie (Fredkin 1960) over all words of all rules, from where each
 * word starts, in any case. The rules' own expressions say the same, one after the other.
 */

interface Node {
  /** By code unit. */
  readonly next: Map<number, Node>;
  /** Ids that are told by what ends here. */
  ids: number[];
  /** White space of one to three characters may stand here once more. */
  isSpace: boolean;
}
const node = (): Node => ({ next: new Map(), ids: [], isSpace: false });

/** How a code unit is compared: without case, as `i` and `u` do it. */
const folded = (unit: number): number => {
  if (unit < 128) return unit >= 65 && unit <= 90 ? unit + 32 : unit;
  if (unit === 0x17f) return 115;
  if (unit === 0x212a) return 107;
  const lower = String.fromCharCode(unit).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
};
const isLetterBeyond = /^\p{L}/u;
/** Is the unit before `at` a letter? Then no word starts at `at`. */
function isAfterLetter(text: string, at: number): boolean {
  if (at === 0) return false;
  const unit = text.charCodeAt(at - 1);
  if (unit < 128) return (unit | 32) >= 97 && (unit | 32) <= 122;
  if (unit >= 0xdc00 && unit < 0xe000 && at > 1) return isLetterBeyond.test(text.slice(at - 2, at));
  return isLetterBeyond.test(text[at - 1]!);
}
const isSpaceUnit = (unit: number): boolean =>
  unit === 32 || (unit >= 9 && unit <= 13) || (unit >= 0xa0 && /\s/.test(String.fromCharCode(unit)));

/** The words that a source of `said` stands for: `licen[cs]e` is two, `driver'?s?` four. Spaces stand as `\s{1,3}`. */
export function wordsOfContext(source: string): readonly string[] {
  const inner = /^\(\?<!\\p\{L\}\)\(\?:(.*)\)$/su.exec(source)![1]!;
  return inner.split('|').flatMap((word) => expanded(word));
}

function expanded(word: string): string[] {
  const units: string[][] = [];
  for (const [part] of word.replaceAll('\\s{1,3}', ' ').matchAll(/\\.|\[[^\]]+\]|\?|[\s\S]/g)) {
    if (part === '?') units.push([...units.pop()!, '']);
    else if (part.length > 1 && part.startsWith('[')) units.push([...part.slice(1, -1)]);
    else units.push([part.replace(/^\\(?=.)/s, '')]);
  }
  let words = [''];
  for (const choices of units) words = words.flatMap((start) => choices.map((choice) => start + choice));
  return words;
}

export class ContextWords {
  readonly #root = node();
  /** Of each code unit below 128, where words start with it. */
  readonly #first: (Node | undefined)[] = [];
  readonly #found: Uint8Array;
  readonly #list: number[] = [];

  /** Sources of expressions made by `said`; the id of each is its place. */
  constructor(sources: readonly string[]) {
    this.#found = new Uint8Array(sources.length);
    for (const [id, source] of sources.entries()) for (const word of wordsOfContext(source)) this.#add(word, id);
    for (let unit = 0; unit < 128; unit++) this.#first.push(this.#root.next.get(folded(unit)));
  }

  #add(word: string, id: number): void {
    let at = this.#root;
    for (const char of word) {
      for (let i = 0; i < char.length; i++) {
        const unit = folded(char.charCodeAt(i));
        let next = at.next.get(unit);
        if (!next) at.next.set(unit, (next = node()));
        if (unit === 32) next.isSpace = true;
        at = next;
      }
    }
    if (!at.ids.includes(id)) at.ids.push(id);
  }

  /** Did the last look find a word of this id? */
  has(id: number): boolean {
    return this.#found[id] !== 0;
  }

  /** Looks for all words in a text; tells whether any is there. */
  lookIn(text: string): boolean {
    const list = this.#list;
    const found = this.#found;
    for (const id of list) found[id] = 0;
    list.length = 0;
    const { length } = text;
    let isAfter = false;
    for (let start = 0; start < length; start++) {
      const unit = text.charCodeAt(start);
      if (unit < 128) {
        const isLetter = (unit | 32) >= 97 && (unit | 32) <= 122;
        const from = isAfter ? undefined : this.#first[unit];
        isAfter = isLetter;
        if (from !== undefined) this.#walk(text, start + 1, from);
      } else {
        const from = isAfter && isAfterLetter(text, start) ? undefined : this.#root.next.get(folded(unit));
        isAfter = isLetterBeyond.test(unit >= 0xd800 && unit < 0xdc00 ? text.slice(start, start + 2) : text[start]!);
        if (unit >= 0xdc00 && unit < 0xe000) isAfter = isAfterLetter(text, start + 1);
        if (from !== undefined) this.#walk(text, start + 1, from);
      }
    }
    return list.length > 0;
  }

  #walk(text: string, from: number, first: Node): void {
    let at: Node | undefined = first;
    for (let i = from; at !== undefined; i++) {
      for (const id of at.ids) {
        if (this.#found[id] === 0) {
          this.#found[id] = 1;
          this.#list.push(id);
        }
      }
      if (at.next.size === 0 || i >= text.length) return;
      const unit = text.charCodeAt(i);
      if (isSpaceUnit(unit)) {
        at = at.next.get(32);
        // One to three of them, of any kind.
        for (
          let more = 0;
          at !== undefined && more < 2 && i + 1 < text.length && isSpaceUnit(text.charCodeAt(i + 1));
          more++
        )
          i++;
      } else at = at.next.get(folded(unit));
    }
  }
}
