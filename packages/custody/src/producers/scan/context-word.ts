/**
 * Which context words stand in a text: one walk through a trie (Fredkin 1960) over all words of all rules, from where each
 * word starts, in any case. The rules' own expressions say the same, one after the other.
 */

interface Node {
  /** By code unit. */
  readonly next: Map<number, Node>;
  /** Ids that are told by what ends here. */
  readonly ids: number[];
}
const node = (): Node => ({ next: new Map(), ids: [] });

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
    else if (part.length > 1 && part.startsWith('[')) units.push(Array.from(part.slice(1, -1)));
    else units.push([part.replace(/^\\(?=.)/s, '')]);
  }
  let words = [''];
  for (const choices of units) words = words.flatMap((start) => choices.map((choice) => start + choice));
  return words;
}

/** Classes of code units: 0 is in no word, 1 is white space. */
const SPACE_CLASS = 1;

export class ContextWords {
  /** Of code units below 128, and of others. */
  readonly #classes = new Uint8Array(128);
  readonly #beyond = new Map<number, number>();
  #width = 0;
  /** Node times width plus class: the next node; 0 where there is none. */
  readonly #next: Uint16Array;
  /** Ids that are told where a node ends. */
  readonly #ids: (readonly number[] | undefined)[] = [];
  readonly #found: Uint8Array;
  readonly #list: number[] = [];

  /** Sources of expressions made by `said`; the id of each is its place. */
  constructor(sources: readonly string[]) {
    this.#found = new Uint8Array(sources.length);
    const root = node();
    for (const [id, source] of sources.entries()) for (const word of wordsOfContext(source)) add(root, word, id);
    const nodes = [root];
    for (const one of nodes) for (const next of one.next.values()) nodes.push(next);
    const units = new Set(nodes.flatMap((one) => [...one.next.keys()]));
    let classes = SPACE_CLASS;
    for (const unit of units) {
      const own = unit === 32 ? SPACE_CLASS : ++classes;
      if (unit < 128) this.#classes[unit] = own;
      else this.#beyond.set(unit, own);
    }
    for (let unit = 65; unit < 91; unit++) this.#classes[unit] = this.#classes[unit + 32]!;
    for (const unit of [32, 9, 10, 11, 12, 13]) this.#classes[unit] = SPACE_CLASS;
    this.#width = classes + 1;
    this.#next = new Uint16Array(nodes.length * this.#width);
    const places = new Map(nodes.map((one, i) => [one, i]));
    for (const [i, one] of nodes.entries()) {
      if (one.ids.length > 0) this.#ids[i] = one.ids;
      for (const [unit, next] of one.next) this.#next[i * this.#width + this.#classOf(unit)] = places.get(next)!;
    }
  }

  #classOf(unit: number): number {
    if (unit < 128) return this.#classes[unit]!;
    if (isSpaceUnit(unit)) return SPACE_CLASS;
    const fold = folded(unit);
    return fold < 128 ? this.#classes[fold]! : (this.#beyond.get(fold) ?? 0);
  }

  /** Did the last look find a word of this id? */
  has(id: number): boolean {
    return this.#found[id] !== 0;
  }

  /** Looks for all words in a text; tells whether any is there. */
  lookIn(text: string): boolean {
    const list = this.#list;
    for (const id of list) this.#found[id] = 0;
    list.length = 0;
    const classes = this.#classes;
    const next = this.#next;
    const { length } = text;
    let isAfter = false;
    for (let start = 0; start < length; start++) {
      const unit = text.charCodeAt(start);
      if (unit < 128) {
        const first = isAfter ? 0 : next[classes[unit]!]!;
        isAfter = (unit | 32) >= 97 && (unit | 32) <= 122;
        if (first !== 0) this.#walk(text, start + 1, first);
      } else {
        const first = isAfter && isAfterLetter(text, start) ? 0 : next[this.#classOf(unit)]!;
        isAfter = isLetterBeyond.test(unit >= 0xd800 && unit < 0xdc00 ? text.slice(start, start + 2) : text[start]!);
        if (unit >= 0xdc00 && unit < 0xe000) isAfter = isAfterLetter(text, start + 1);
        if (first !== 0) this.#walk(text, start + 1, first);
      }
    }
    return list.length > 0;
  }

  #walk(text: string, from: number, first: number): void {
    let at = first;
    for (let i = from; at !== 0; i++) {
      const ids = this.#ids[at];
      if (ids !== undefined) this.#tell(ids);
      if (i >= text.length) return;
      const unit = this.#classOf(text.charCodeAt(i));
      if (unit === 0) return;
      at = this.#next[at * this.#width + unit]!;
      if (unit === SPACE_CLASS && at !== 0) {
        // One to three of them, of any kind.
        for (
          let more = 0;
          more < 2 && i + 1 < text.length && this.#classOf(text.charCodeAt(i + 1)) === SPACE_CLASS;
          more++
        )
          i++;
      }
    }
  }

  #tell(ids: readonly number[]): void {
    for (const id of ids) {
      if (this.#found[id] === 0) {
        this.#found[id] = 1;
        this.#list.push(id);
      }
    }
  }
}

function add(root: Node, word: string, id: number): void {
  let at = root;
  for (let i = 0; i < word.length; i++) {
    const unit = folded(word.charCodeAt(i));
    let next = at.next.get(unit);
    if (!next) at.next.set(unit, (next = node()));
    at = next;
  }
  if (!at.ids.includes(id)) at.ids.push(id);
}
