/** A place in the tokens, and the questions every part of the parser asks of it. */
import type { DiagnosticCode } from './diagnostic.ts';
import { T, type Tokens } from './token.ts';
import type { Identifier, Span } from './tree.ts';

/**
 * Queries within queries are read by recursion. Beyond this depth a group is skipped with a diagnostic, so that no text
 * can exhaust the stack; the deepest statement seen in practice is far below 100.
 */
const MAX_DEPTH = 400;

export interface Remark {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly offset: number;
}

export class Cursor {
  readonly tokens: Tokens;
  /** Where `tokens.sql` begins in the whole text; a routine's body in a string is read on its own. */
  readonly base: number;
  readonly remarks: Remark[];
  index = 0;
  /** One past the last token of the group being read. */
  limit: number;
  depth = 0;
  /** Inside a routine `SELECT ... INTO x` fills a variable, in most dialects. */
  inRoutine = false;

  constructor(tokens: Tokens, base: number, remarks: Remark[], depth = 0) {
    this.tokens = tokens;
    this.base = base;
    this.remarks = remarks;
    this.limit = tokens.count;
    this.depth = depth;
  }

  get done(): boolean {
    return this.index >= this.limit;
  }

  kind(ahead = 0): number {
    const index = this.index + ahead;
    return index < this.limit ? this.tokens.kinds[index]! : T.end;
  }

  word(ahead = 0): string {
    const index = this.index + ahead;
    return index < this.limit ? this.tokens.words[index]! : '';
  }

  at(word: string): boolean {
    return this.word() === word;
  }

  atWords(...words: readonly string[]): boolean {
    for (let i = 0; i < words.length; i++) if (this.word(i) !== words[i]) return false;
    return true;
  }

  /** The token after this one, where a group counts as one token. */
  afterGroup(ahead = 0): number {
    return Math.min(this.tokens.after(this.index + ahead), this.limit);
  }

  step(): void {
    if (this.index < this.limit) this.index++;
  }

  skipGroup(): void {
    this.index = this.afterGroup();
  }

  take(word: string): boolean {
    if (this.word() !== word) return false;
    this.index++;
    return true;
  }

  takeWords(...words: readonly string[]): boolean {
    if (!this.atWords(...words)) return false;
    this.index += words.length;
    return true;
  }

  takeKind(kind: number): boolean {
    if (this.kind() !== kind) return false;
    this.index++;
    return true;
  }

  offset(index = this.index): number {
    return this.base + this.tokens.start(index);
  }

  /** From the token at `from` to the last token read. */
  spanFrom(from: number): Span {
    const last = Math.max(from, this.index - 1);
    return { start: this.offset(from), end: this.base + this.tokens.finish(last) };
  }

  remark(code: DiagnosticCode, message: string, offset = this.offset()): void {
    if (this.remarks.length < 1000) this.remarks.push({ code, message, offset });
  }

  /** Runs `read` on the inside of the group that opens here and moves behind it. */
  within<R>(read: () => R): R {
    const close = Math.min(this.tokens.closes[this.index]!, this.limit);
    const outer = this.limit;
    this.index++;
    this.limit = close;
    const result = read();
    if (this.index < close)
      this.remark('unexpected-token', `'${clip(this.tokens.text(this.index))}' is not understood here`);
    this.limit = outer;
    this.index = Math.min(close + 1, outer);
    return result;
  }

  /** Runs `read` one level deeper, or skips the group here when the text is nested beyond all reason. */
  deeper<R>(read: () => R, otherwise: R): R {
    if (this.depth >= MAX_DEPTH) {
      this.remark('too-deep', `nested deeper than ${MAX_DEPTH} levels; the rest of this group is skipped`);
      this.skipGroup();
      return otherwise;
    }
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  isName(ahead = 0): boolean {
    const kind = this.kind(ahead);
    return kind === T.word || kind === T.quoted || kind === T.template;
  }

  identifierAt(index: number): Identifier {
    const { tokens } = this;
    const kind = tokens.kinds[index]!;
    const start = this.base + tokens.starts[index]!;
    const end = this.base + tokens.ends[index]!;
    const raw = tokens.text(index);
    switch (kind) {
      case T.quoted:
        return { text: unquote(raw), quoted: true, start, end };
      case T.string:
        return { text: unquote(raw), quoted: true, start, end };
      default:
        return { text: raw, quoted: false, start, end };
    }
  }

  /** One name, whatever it is called: the caller has decided that a name stands here. */
  identifier(): Identifier | null {
    if (!this.isName()) return null;
    return this.identifierAt(this.index++);
  }

  /** Names in parentheses: `(a, b)`; anything else between commas is skipped. */
  identifierList(): Identifier[] {
    const names: Identifier[] = [];
    this.within(() => {
      while (!this.done) {
        const name = this.kind() === T.string ? this.identifierAt(this.index++) : this.identifier();
        if (name) {
          // `t.a` in a column list means `a`.
          let last = name;
          while (this.kind() === T.dot && this.isName(1)) {
            this.index++;
            last = this.identifier()!;
          }
          names.push(last);
        }
        while (!this.done && this.kind() !== T.comma) this.skipGroup();
        this.takeKind(T.comma);
      }
    });
    return names;
  }
}

export function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

export function unquote(raw: string): string {
  const quote = raw[0];
  if (quote === undefined) return raw;
  const closer = quote === '[' ? ']' : quote;
  const closed = raw.length > 1 && raw.endsWith(closer);
  const inner = raw.slice(1, closed ? -1 : raw.length);
  return inner.includes(closer + closer) ? inner.replaceAll(closer + closer, closer) : inner;
}
