/**
 * Regular expressions in RE2's syntax (github.com/google/re2/wiki/Syntax), run by a Pike virtual machine: time is at most
 * proportional to the text times the pattern, whatever the pattern. Leftmost match, alternatives in order, as in Go.
 */
export class RegexSyntaxError extends Error {}

const REPEAT_MAX = 1000;
const PROGRAM_MAX = 50_000;
const NESTING_MAX = 250;

type Test = (c: number) => boolean;

type Tree =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly test: Test; readonly literal: number | null; readonly edges: readonly number[] }
  | { readonly kind: 'assert'; readonly at: Assertion }
  | { readonly kind: 'group'; readonly index: number; readonly of: Tree }
  | { readonly kind: 'sequence'; readonly of: readonly Tree[] }
  | { readonly kind: 'choice'; readonly of: readonly Tree[] }
  | {
      readonly kind: 'repeat';
      readonly of: Tree;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    };

type Assertion = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'word' | 'notWord';

type Instruction =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly at: Assertion }
  | { readonly op: 'match' };

const code = (text: string): number => text.codePointAt(0) as number;
const within =
  (lo: number, hi: number): Test =>
  (c) =>
    c >= lo && c <= hi;
const isWord: Test = (c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || c === 95 || (c >= 97 && c <= 122);
const PERL: Readonly<Record<string, { test: Test; edges: readonly number[] }>> = {
  d: { test: within(48, 57), edges: [48, 57] },
  w: { test: isWord, edges: [48, 57, 65, 90, 95, 97, 122] },
  s: { test: (c) => c === 32 || c === 9 || c === 10 || c === 12 || c === 13, edges: [9, 10, 11, 12, 13, 32] },
};
const POSIX: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  // oxlint-disable-next-line no-control-regex
  ascii: /[\x00-\x7f]/,
  blank: /[\t ]/,
  // oxlint-disable-next-line no-control-regex
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** Other cases of a code point, by simple folding. */
function folds(c: number): number[] {
  const text = String.fromCodePoint(c);
  const all = new Set([c]);
  for (const other of [text.toLowerCase(), text.toUpperCase(), text.toUpperCase().toLowerCase()]) {
    const o = code(other);
    if (String.fromCodePoint(o) === other) all.add(o);
  }
  if (c === 0x73 || c === 0x53) all.add(0x17f);
  if (c === 0x6b || c === 0x4b) all.add(0x212a);
  return [...all];
}

class RegexParser {
  readonly #text: number[];
  #at = 0;
  #groups = 0;
  #depth = 0;
  readonly names: (string | null)[] = [null];
  #flags = { i: false, m: false, s: false, U: false };

  constructor(pattern: string) {
    this.#text = Array.from(pattern, code);
  }

  get groups(): number {
    return this.#groups;
  }

  #fail(what: string): never {
    throw new RegexSyntaxError(`error parsing regexp: ${what}`);
  }

  #peek(offset = 0): string {
    const c = this.#text[this.#at + offset];
    return c === undefined ? '' : String.fromCodePoint(c);
  }

  #take(): string {
    const c = this.#peek();
    this.#at++;
    return c;
  }

  parse(): Tree {
    const tree = this.#choice();
    if (this.#at < this.#text.length) this.#fail('unexpected ): `' + String.fromCodePoint(...this.#text) + '`');
    return tree;
  }

  #choice(): Tree {
    if (++this.#depth > NESTING_MAX) this.#fail('expression nests too deeply');
    const of = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#take();
      of.push(this.#sequence());
    }
    this.#depth--;
    return of.length === 1 ? (of[0] as Tree) : { kind: 'choice', of };
  }

  #sequence(): Tree {
    const of: Tree[] = [];
    for (;;) {
      const c = this.#peek();
      if (c === '' || c === '|' || c === ')') return { kind: 'sequence', of };
      let atom = this.#atom();
      let repeated = false;
      for (;;) {
        const range = this.#repetition();
        if (range === null) break;
        if (atom === null) this.#fail('missing argument to repetition operator');
        if (repeated) this.#fail('invalid nested repetition operator');
        const lazy = this.#peek() === '?';
        if (lazy) this.#take();
        atom = { kind: 'repeat', of: atom, min: range[0], max: range[1], greedy: lazy === this.#flags.U };
        repeated = true;
      }
      if (atom !== null) of.push(atom);
    }
  }

  #repetition(): readonly [number, number] | null {
    const c = this.#peek();
    if (c === '*') return (this.#at++, [0, Infinity]);
    if (c === '+') return (this.#at++, [1, Infinity]);
    if (c === '?') return (this.#at++, [0, 1]);
    if (c !== '{') return null;
    const rest = String.fromCodePoint(...this.#text.slice(this.#at, this.#at + 24));
    const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
    if (match === null) return null;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === '' ? Infinity : Number(match[3]);
    if (min > REPEAT_MAX || (max !== Infinity && max > REPEAT_MAX) || max < min)
      this.#fail(`invalid repeat count: \`${match[0]}\``);
    this.#at += match[0].length;
    return [min, max];
  }

  #literal(c: number): Tree {
    if (!this.#flags.i) return { kind: 'char', test: (x) => x === c, literal: c, edges: [c] };
    const all = folds(c);
    if (all.length === 1) return { kind: 'char', test: (x) => x === c, literal: c, edges: [c] };
    return { kind: 'char', test: (x) => all.includes(x), literal: null, edges: all };
  }

  /** Null for what matches nothing by itself, such as flags. */
  #atom(): Tree | null {
    const c = this.#take();
    switch (c) {
      case '.': {
        const all = this.#flags.s;
        return {
          kind: 'char',
          test: all ? () => true : (x) => x !== 10,
          literal: null,
          edges: all ? [0, 0x10ffff] : [0, 9, 10, 11, 0x10ffff],
        };
      }
      case '^':
        return { kind: 'assert', at: this.#flags.m ? 'lineStart' : 'start' };
      case '$':
        return { kind: 'assert', at: this.#flags.m ? 'lineEnd' : 'end' };
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '*':
      case '+':
      case '?':
        return this.#fail(`missing argument to repetition operator: \`${c}\``);
      case '\\':
        return this.#escape();
      default:
        return this.#literal(code(c));
    }
  }

  #group(): Tree | null {
    const before = { ...this.#flags };
    let index: number | null = null;
    if (this.#peek() === '?') {
      this.#take();
      const named = this.#peek() === '<' || (this.#peek() === 'P' && this.#peek(1) === '<');
      if (named) {
        while (this.#take() !== '<');
        let name = '';
        while (this.#peek() !== '>') {
          if (this.#peek() === '') this.#fail('invalid named capture');
          name += this.#take();
        }
        this.#take();
        if (!/^\w+$/.test(name) || this.names.includes(name)) this.#fail(`invalid named capture: \`${name}\``);
        index = ++this.#groups;
        this.names[index] = name;
      } else {
        let on = true;
        for (;;) {
          const f = this.#take();
          if (f === '-' && on) on = false;
          else if (f === 'i' || f === 'm' || f === 's' || f === 'U') this.#flags[f] = on;
          else if (f === ')') return null;
          else if (f === ':') break;
          else this.#fail(`invalid or unsupported Perl syntax: \`(?${f}\``);
        }
      }
    } else {
      index = ++this.#groups;
      this.names[index] = null;
    }
    const of = this.#choice();
    if (this.#take() !== ')') this.#fail('missing closing )');
    this.#flags = before;
    return index === null ? of : { kind: 'group', index, of };
  }

  #escape(): Tree {
    const c = this.#peek();
    switch (c) {
      case '':
        return this.#fail('trailing backslash at end of expression');
      case 'A':
        this.#take();
        return { kind: 'assert', at: 'start' };
      case 'z':
        this.#take();
        return { kind: 'assert', at: 'end' };
      case 'b':
        this.#take();
        return { kind: 'assert', at: 'word' };
      case 'B':
        this.#take();
        return { kind: 'assert', at: 'notWord' };
      case 'C':
        this.#take();
        return { kind: 'char', test: () => true, literal: null, edges: [0, 0x10ffff] };
      case 'Q': {
        this.#take();
        const of: Tree[] = [];
        while (this.#peek() !== '' && !(this.#peek() === '\\' && this.#peek(1) === 'E'))
          of.push(this.#literal(code(this.#take())));
        this.#at += 2;
        return { kind: 'sequence', of };
      }
    }
    const set = this.#classEscape();
    if (set !== null) return { kind: 'char', test: set.test, literal: null, edges: set.edges };
    return this.#literal(this.#character());
  }

  /** `\d`, `\pL` and their like after the backslash; null where a character follows. */
  #classEscape(): { test: Test; edges: readonly number[] } | null {
    const c = this.#peek();
    const perl = PERL[c.toLowerCase()];
    if (perl !== undefined && 'dDwWsS'.includes(c)) {
      this.#take();
      return c === c.toLowerCase()
        ? perl
        : { test: (x) => !perl.test(x), edges: [0, ...perl.edges.flatMap((e) => [e - 1, e + 1]), 0x10ffff] };
    }
    if (c !== 'p' && c !== 'P') return null;
    this.#take();
    let negated = c === 'P';
    let name = this.#take();
    if (name === '{') {
      name = '';
      while (this.#peek() !== '}') {
        if (this.#peek() === '') this.#fail('invalid character class range');
        name += this.#take();
      }
      this.#take();
    }
    if (name.startsWith('^')) {
      negated = !negated;
      name = name.slice(1);
    }
    if (name === 'Any') return { test: () => !negated, edges: [0, 0x10ffff] };
    let property: RegExp | null = null;
    for (const form of /^[A-Z][a-z]?$/.test(name) ? [`\\p{${name}}`] : [`\\p{Script=${name}}`]) {
      try {
        if (/^\w+$/.test(name)) property = new RegExp(`^${form}$`, 'u');
      } catch {
        property = null;
      }
    }
    if (property === null) return this.#fail(`invalid character class range: \`\\p{${name}}\``);
    const is = property;
    return { test: (x) => is.test(String.fromCodePoint(x)) !== negated, edges: [65, 97, 48, 0xe9, 0x3b1, 0x4e00] };
  }

  #character(): number {
    const c = this.#take();
    const simple = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }[c];
    if (simple !== undefined) return simple;
    if (c === 'x') {
      let hex = '';
      if (this.#peek() === '{') {
        this.#take();
        while (this.#peek() !== '}' && this.#peek() !== '') hex += this.#take();
        this.#take();
      } else hex = this.#take() + this.#take();
      const n = /^[0-9a-fA-F]{1,8}$/.test(hex) ? parseInt(hex, 16) : NaN;
      return n <= 0x10ffff ? n : this.#fail(`invalid escape sequence: \`\\x${hex}\``);
    }
    if (/[0-7]/.test(c)) {
      if (c !== '0' && !/[0-7]/.test(this.#peek())) this.#fail(`invalid escape sequence: \`\\${c}\``);
      let octal = c;
      while (octal.length < 3 && /[0-7]/.test(this.#peek())) octal += this.#take();
      return parseInt(octal, 8);
    }
    if (c !== '' && /[A-Za-z0-9]/.test(c)) return this.#fail(`invalid escape sequence: \`\\${c}\``);
    return code(c);
  }

  #class(): Tree {
    const negated = this.#peek() === '^';
    if (negated) this.#take();
    const tests: Test[] = [];
    const edges: number[] = [0, 0x10ffff];
    let first = true;
    for (;;) {
      const c = this.#peek();
      if (c === '') this.#fail('missing closing ]');
      if (c === ']' && !first) break;
      first = false;
      if (c === '[' && this.#peek(1) === ':') {
        const rest = String.fromCodePoint(...this.#text.slice(this.#at, this.#at + 14));
        const match = /^\[:(\^?)(\w+):\]/.exec(rest);
        const posix =
          match === null ? undefined : Object.hasOwn(POSIX, match[2] as string) ? POSIX[match[2] as string] : undefined;
        if (match === null || posix === undefined) return this.#fail(`invalid character class range: \`${rest}\``);
        const inverse = match[1] === '^';
        tests.push((x) => (x < 128 && posix.test(String.fromCodePoint(x))) !== inverse);
        edges.push(48, 65, 97, 33, 32);
        this.#at += match[0].length;
        continue;
      }
      if (c === '\\') {
        this.#take();
        const set = this.#classEscape();
        if (set !== null) {
          tests.push(set.test);
          edges.push(...set.edges);
          continue;
        }
        this.#range(this.#character(), tests, edges);
      } else this.#range(code(this.#take()), tests, edges);
    }
    this.#take();
    const fold = this.#flags.i;
    const inside: Test = (x) =>
      tests.some((test) => test(x)) || (fold && folds(x).some((o) => tests.some((test) => test(o))));
    return {
      kind: 'char',
      test: negated ? (x) => !inside(x) : inside,
      literal: null,
      edges: edges.flatMap((e) => [e - 1, e, e + 1]),
    };
  }

  #range(lo: number, tests: Test[], edges: number[]): void {
    if (this.#peek() !== '-' || this.#peek(1) === ']' || this.#peek(1) === '') {
      tests.push((x) => x === lo);
      edges.push(lo);
      return;
    }
    this.#take();
    const c = this.#take();
    const hi = c === '\\' ? this.#character() : code(c);
    if (hi < lo) this.#fail('invalid character class range');
    tests.push(within(lo, hi));
    edges.push(lo, hi);
  }
}

export interface Regex {
  readonly program: readonly Instruction[];
  readonly groups: number;
  readonly names: readonly (string | null)[];
  /** The pattern is plain text, perhaps with ^ before it: no machine needed. */
  readonly plain: { readonly text: string; readonly anchored: boolean } | null;
  /** Code points at which some test may change its mind. */
  readonly edges: ReadonlySet<number>;
}

function plainText(tree: Tree): Regex['plain'] {
  if (tree.kind !== 'sequence') return null;
  let anchored = false;
  let text = '';
  for (const [i, item] of tree.of.entries()) {
    if (i === 0 && item.kind === 'assert' && item.at === 'start') anchored = true;
    else if (item.kind === 'char' && item.literal !== null) text += String.fromCodePoint(item.literal);
    else return null;
  }
  return { text, anchored };
}

const CACHE_MAX = 1000;
const cache = new Map<string, Regex>();

/** Throws RegexSyntaxError with Go's words. Programs are kept, for policies use the same few patterns. */
export function compileRegex(pattern: string): Regex {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const parser = new RegexParser(pattern);
  const tree = parser.parse();
  const program: Instruction[] = [];
  const edges = new Set<number>();
  const put = (instruction: Instruction): number => {
    if (program.length >= PROGRAM_MAX) throw new RegexSyntaxError('error parsing regexp: expression too large');
    program.push(instruction);
    return program.length - 1;
  };
  const emit = (t: Tree): void => {
    switch (t.kind) {
      case 'empty':
        return;
      case 'char':
        for (const edge of t.edges) edges.add(edge);
        put({ op: 'char', test: t.test });
        return;
      case 'assert':
        put({ op: 'assert', at: t.at });
        return;
      case 'group':
        put({ op: 'save', slot: t.index * 2 });
        emit(t.of);
        put({ op: 'save', slot: t.index * 2 + 1 });
        return;
      case 'sequence':
        t.of.forEach(emit);
        return;
      case 'choice': {
        const ends: { op: 'jump'; to: number }[] = [];
        t.of.forEach((item, i) => {
          if (i === t.of.length - 1) return emit(item);
          const split = { op: 'split' as const, first: program.length + 1, second: 0 };
          put(split);
          emit(item);
          const end = { op: 'jump' as const, to: 0 };
          put(end);
          ends.push(end);
          split.second = program.length;
        });
        for (const end of ends) end.to = program.length;
        return;
      }
      case 'repeat': {
        for (let i = 0; i < t.min; i++) emit(t.of);
        if (t.max === Infinity) {
          const start = program.length;
          const split = { op: 'split' as const, first: 0, second: 0 };
          put(split);
          emit(t.of);
          put({ op: 'jump', to: start });
          if (t.greedy) [split.first, split.second] = [start + 1, program.length];
          else [split.first, split.second] = [program.length, start + 1];
          return;
        }
        const splits: { op: 'split'; first: number; second: number }[] = [];
        for (let i = t.min; i < t.max; i++) {
          const split = { op: 'split' as const, first: program.length + 1, second: program.length + 1 };
          put(split);
          splits.push(split);
          emit(t.of);
        }
        for (const split of splits) {
          if (t.greedy) split.second = program.length;
          else split.first = program.length;
        }
        return;
      }
    }
  };
  put({ op: 'save', slot: 0 });
  emit(tree);
  put({ op: 'save', slot: 1 });
  put({ op: 'match' });
  const regex: Regex = { program, groups: parser.groups, names: parser.names, plain: plainText(tree), edges };
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(pattern, regex);
  return regex;
}

function holds(at: Assertion, text: readonly number[], i: number): boolean {
  switch (at) {
    case 'start':
      return i === 0;
    case 'end':
      return i === text.length;
    case 'lineStart':
      return i === 0 || text[i - 1] === 10;
    case 'lineEnd':
      return i === text.length || text[i] === 10;
    default: {
      const before = i > 0 && isWord(text[i - 1] as number);
      const after = i < text.length && isWord(text[i] as number);
      return (before !== after) === (at === 'word');
    }
  }
}

type Captures = readonly (number | undefined)[];

/**
 * The leftmost match at or after `from`: pairs of positions, the whole match first; null if there is none.
 * `step` is told of the work done, so that the caller can refuse it.
 */
export function search(
  regex: Regex,
  text: readonly number[],
  from: number,
  step: (count: number) => void,
): Captures | null {
  const { program } = regex;
  let threads: { pc: number; saved: Captures }[] = [];
  let best: Captures | null = null;
  const seen = new Int32Array(program.length).fill(-1);
  const add = (list: { pc: number; saved: Captures }[], start: number, captures: Captures, i: number): void => {
    const stack: { pc: number; saved: Captures }[] = [{ pc: start, saved: captures }];
    for (;;) {
      const top = stack.pop();
      if (top === undefined) return;
      let { pc, saved } = top;
      for (;;) {
        if (seen[pc] === i) break;
        seen[pc] = i;
        const instruction = program[pc] as Instruction;
        if (instruction.op === 'jump') pc = instruction.to;
        else if (instruction.op === 'split') {
          stack.push({ pc: instruction.second, saved });
          pc = instruction.first;
        } else if (instruction.op === 'save') {
          const next = saved.slice();
          next[instruction.slot] = i;
          saved = next;
          pc++;
        } else if (instruction.op === 'assert') {
          if (!holds(instruction.at, text, i)) break;
          pc++;
        } else {
          list.push({ pc, saved });
          break;
        }
      }
    }
  };
  for (let i = from; i <= text.length; i++) {
    if (best === null) add(threads, 0, [], i);
    if (threads.length === 0) {
      if (best !== null) break;
      step(1);
      continue;
    }
    step(threads.length);
    const next: { pc: number; saved: Captures }[] = [];
    const c = text[i];
    // Positions of `next` are marked with i + 1.
    for (const { pc, saved } of threads) {
      const instruction = program[pc] as Instruction;
      if (instruction.op === 'match') {
        best = saved;
        break;
      }
      if (instruction.op === 'char' && c !== undefined && instruction.test(c)) add(next, pc + 1, saved, i + 1);
    }
    threads = next;
  }
  return best;
}

/** Whether some text matches both patterns in full. */
export function intersects(a: Regex, b: Regex, step: (count: number) => void): boolean {
  const points = [...a.edges, ...b.edges].flatMap((c) => [c - 1, c, c + 1]).filter((c) => c >= 0 && c <= 0x10ffff);
  const samples = [...new Set(points)];
  const closure = (regex: Regex, start: number): number[] => {
    const found = new Set<number>();
    const stack = [start];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (found.has(pc)) continue;
      found.add(pc);
      const instruction = regex.program[pc] as Instruction;
      if (instruction.op === 'jump') stack.push(instruction.to);
      else if (instruction.op === 'split') stack.push(instruction.first, instruction.second);
      else if (instruction.op === 'save' || instruction.op === 'assert') stack.push(pc + 1);
    }
    return [...found];
  };
  const seen = new Set<string>();
  const queue: (readonly [number, number])[] = [[0, 0]];
  for (let pair = queue.pop(); pair !== undefined; pair = queue.pop()) {
    const key = pair.join();
    if (seen.has(key)) continue;
    seen.add(key);
    for (const x of closure(a, pair[0])) {
      for (const y of closure(b, pair[1])) {
        step(1);
        const left = a.program[x] as Instruction;
        const right = b.program[y] as Instruction;
        if (left.op === 'match' && right.op === 'match') return true;
        if (left.op === 'char' && right.op === 'char' && samples.some((c) => left.test(c) && right.test(c)))
          queue.push([x + 1, y + 1]);
      }
    }
  }
  return false;
}
