/** Expressions of Jinja, read by descent within bounds. Throws JinjaError where a text is none. */

export class JinjaError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export type Expression =
  | { readonly kind: 'constant'; readonly value: null | boolean | number | string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'item'; readonly of: Expression; readonly index: readonly (Expression | null)[] }
  | { readonly kind: 'call'; readonly of: Expression; readonly args: readonly Argument[] }
  | { readonly kind: 'filter'; readonly of: Expression; readonly name: string; readonly args: readonly Argument[] }
  | { readonly kind: 'test'; readonly of: Expression; readonly name: string; readonly args: readonly Argument[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'minus'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression | null };

export interface Argument {
  readonly name: string | null;
  readonly value: Expression;
}

/** Of a macro, with what it is where it is not given. */
export interface Parameter {
  readonly name: string;
  readonly value: Expression | null;
}

export const DEPTH_MAX = 60;

const TOKEN =
  /\s*(?:([A-Za-z_]\w*)|(\d+(?:\.\d+)?)|("(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(\/\/|\*\*|==|!=|<=|>=|[-+*/%~<>=()[\]{},.:|]))/y;

const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=']);
const RESERVED = new Set(['if', 'else', 'and', 'or', 'not', 'in', 'is']);

interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Jinja's grammar of expressions, by descent. */
export class ExpressionReader {
  readonly #text: string;
  readonly #end: number;
  #at: number;
  #next: Token;
  #depth = 0;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    this.#next = this.#read();
  }

  #read(): Token {
    TOKEN.lastIndex = this.#at;
    const start = this.#at;
    const match = this.#at < this.#end ? TOKEN.exec(this.#text) : null;
    if (match === null || TOKEN.lastIndex > this.#end) {
      if (this.#text.slice(start, Math.min(this.#end, start + 10_000)).trim() !== '')
        throw new JinjaError('an expression cannot be read', start);
      return { kind: 'end', text: '', at: start };
    }
    this.#at = TOKEN.lastIndex;
    const [, word, number, string, sign] = match;
    return word !== undefined
      ? { kind: 'word', text: word, at: start }
      : number !== undefined
        ? { kind: 'number', text: number, at: start }
        : string !== undefined
          ? { kind: 'string', text: string, at: start }
          : { kind: 'sign', text: sign!, at: start };
  }

  #advance(): string {
    const { text } = this.#next;
    this.#next = this.#read();
    return text;
  }

  #fail(what: string): never {
    throw new JinjaError(what, this.#next.at);
  }

  expectEnd(): void {
    if (this.#next.kind !== 'end') this.#fail(`${this.#next.text.slice(0, 50)} stands where an expression ends`);
  }

  word(): string {
    if (this.#next.kind !== 'word') this.#fail('a name is missing');
    return this.#advance();
  }

  isWord(word: string): boolean {
    return this.#next.kind === 'word' && this.#next.text === word;
  }

  #isSign(sign: string): boolean {
    return this.#next.kind === 'sign' && this.#next.text === sign;
  }

  take(sign: string): boolean {
    if (!this.#isSign(sign)) return false;
    this.#advance();
    return true;
  }

  keyword(word: string): void {
    if (!this.isWord(word)) this.#fail(`${word} is missing`);
    this.#advance();
  }

  #expect(sign: string): void {
    if (!this.take(sign)) this.#fail(`${sign} is missing`);
  }

  /** `a, b` or `ns.a`. */
  names(): string[] {
    const isGroup = this.take('(');
    const names: string[] = [];
    do {
      let name = this.word();
      while (this.take('.')) name += `.${this.word()}`;
      names.push(name);
    } while (this.take(','));
    if (isGroup) this.#expect(')');
    return names;
  }

  parameters(): Parameter[] {
    const parameters: Parameter[] = [];
    if (!this.take('(')) return parameters;
    while (!this.#isSign(')')) {
      const name = this.word();
      parameters.push({ name, value: this.take('=') ? this.expression() : null });
      if (!this.take(',')) break;
    }
    this.#expect(')');
    return parameters;
  }

  /** With `isPlain` no `a if b` is read: `for x in y if z`. */
  tuple(isPlain = false): Expression {
    const one = () => (isPlain ? this.#or() : this.expression());
    const first = one();
    if (!this.#isSign(',')) return first;
    const items = [first];
    while (this.take(',')) {
      if (this.#next.kind === 'end') break;
      items.push(one());
    }
    return { kind: 'list', items };
  }

  expression(): Expression {
    if (++this.#depth > DEPTH_MAX) this.#fail(`its expressions lie more than ${DEPTH_MAX} deep`);
    const yes = this.#or();
    let found = yes;
    if (this.isWord('if')) {
      this.#advance();
      const test = this.#or();
      let no: Expression | null = null;
      if (this.isWord('else')) {
        this.#advance();
        no = this.expression();
      }
      found = { kind: 'choice', test, yes, no };
    }
    this.#depth--;
    return found;
  }

  #chain(next: () => Expression, operatorOf: () => string | null): Expression {
    let left = next();
    for (let count = 0; ; count++) {
      const operator = operatorOf();
      if (operator === null) return left;
      if (count > 2_000) this.#fail('an expression is too long');
      left = { kind: 'binary', operator, left, right: next() };
    }
  }

  #or(): Expression {
    return this.#chain(
      () => this.#and(),
      () => (this.isWord('or') ? this.#advance() : null),
    );
  }

  #and(): Expression {
    return this.#chain(
      () => this.#not(),
      () => (this.isWord('and') ? this.#advance() : null),
    );
  }

  #not(): Expression {
    let count = 0;
    while (this.isWord('not')) {
      this.#advance();
      count++;
    }
    const of = this.#comparison();
    return count % 2 === 0 ? of : { kind: 'not', of };
  }

  /** `1 < x <= 2` is `1 < x and x <= 2`. */
  #comparison(): Expression {
    let operand = this.#sum();
    let found: Expression | null = null;
    for (let count = 0; count < 2_000; count++) {
      let operator: string;
      let isNot = false;
      if (this.#next.kind === 'sign' && COMPARISONS.has(this.#next.text)) operator = this.#advance();
      else if (this.isWord('in')) operator = this.#advance();
      else if (this.isWord('not')) {
        this.#advance();
        this.keyword('in');
        operator = 'in';
        isNot = true;
      } else return found ?? operand;
      const right = this.#sum();
      const one: Expression = { kind: 'binary', operator, left: operand, right };
      const link: Expression = isNot ? { kind: 'not', of: one } : one;
      found = found === null ? link : { kind: 'binary', operator: 'and', left: found, right: link };
      operand = right;
    }
    return this.#fail('an expression is too long');
  }

  #sum(): Expression {
    return this.#chain(
      () => this.#product(),
      () => (this.#isSign('+') || this.#isSign('-') || this.#isSign('~') ? this.#advance() : null),
    );
  }

  #product(): Expression {
    return this.#chain(
      () => this.#unary(),
      () =>
        this.#isSign('*') || this.#isSign('/') || this.#isSign('//') || this.#isSign('%') || this.#isSign('**')
          ? this.#advance()
          : null,
    );
  }

  #unary(): Expression {
    let isMinus = false;
    while (this.#isSign('-') || this.#isSign('+')) isMinus = this.#advance() === '-' ? !isMinus : isMinus;
    const of = this.#postfix();
    return isMinus ? { kind: 'minus', of } : of;
  }

  #postfix(): Expression {
    let of = this.#primary();
    for (let count = 0; count < 500; count++) {
      if (this.take('.')) {
        const name = this.#next.kind === 'number' ? this.#advance() : this.word();
        of = { kind: 'member', of, name };
      } else if (this.take('[')) {
        const index: (Expression | null)[] = [];
        let isEmpty = true;
        while (!this.#isSign(']')) {
          if (this.take(':')) {
            if (isEmpty) index.push(null);
            isEmpty = true;
            if (this.#isSign(']')) index.push(null);
          } else {
            index.push(this.expression());
            isEmpty = false;
          }
          if (index.length > 3) this.#fail('an index is too long');
        }
        this.#expect(']');
        of = { kind: 'item', of, index };
      } else if (this.#isSign('(')) of = { kind: 'call', of, args: this.#arguments() };
      else if (this.take('|')) {
        let name = this.word();
        while (this.take('.')) name += `.${this.word()}`;
        of = { kind: 'filter', of, name, args: this.#isSign('(') ? this.#arguments() : [] };
      } else if (this.isWord('is')) {
        this.#advance();
        const isNot = this.isWord('not');
        if (isNot) this.#advance();
        const name = this.word();
        const args: Argument[] = this.#isSign('(')
          ? [...this.#arguments()]
          : this.#next.kind === 'string' ||
              this.#next.kind === 'number' ||
              (this.#next.kind === 'word' && !RESERVED.has(this.#next.text))
            ? [{ name: null, value: this.#primary() }]
            : [];
        const test: Expression = { kind: 'test', of, name, args };
        of = isNot ? { kind: 'not', of: test } : test;
      } else return of;
    }
    return this.#fail('an expression is too long');
  }

  #arguments(): Argument[] {
    const args: Argument[] = [];
    this.#expect('(');
    while (!this.#isSign(')')) {
      if (this.take('**') || this.take('*')) {
        args.push({ name: '**', value: this.expression() });
      } else {
        const value = this.expression();
        args.push(
          value.kind === 'name' && this.take('=')
            ? { name: value.name, value: this.expression() }
            : { name: null, value },
        );
      }
      if (!this.take(',')) break;
    }
    this.#expect(')');
    return args;
  }

  #primary(): Expression {
    const { kind, text } = this.#next;
    if (kind === 'number') return { kind: 'constant', value: Number(this.#advance()) };
    if (kind === 'string') {
      let value = unescaped(this.#advance());
      // Strings that stand beside each other are one.
      while (this.#next.kind === 'string') value += unescaped(this.#advance());
      return { kind: 'constant', value };
    }
    if (kind === 'word') {
      this.#advance();
      switch (text) {
        case 'true':
        case 'True':
          return { kind: 'constant', value: true };
        case 'false':
        case 'False':
          return { kind: 'constant', value: false };
        case 'none':
        case 'None':
          return { kind: 'constant', value: null };
        default:
          return { kind: 'name', name: text };
      }
    }
    if (++this.#depth > DEPTH_MAX) this.#fail(`its expressions lie more than ${DEPTH_MAX} deep`);
    let found: Expression;
    if (this.take('(')) {
      const items: Expression[] = [];
      let isTuple = false;
      while (!this.#isSign(')')) {
        items.push(this.expression());
        if (!this.take(',')) break;
        isTuple = true;
      }
      this.#expect(')');
      found = items.length === 1 && !isTuple ? items[0]! : { kind: 'list', items };
    } else if (this.take('[')) {
      const items: Expression[] = [];
      while (!this.#isSign(']')) {
        items.push(this.expression());
        if (!this.take(',')) break;
      }
      this.#expect(']');
      found = { kind: 'list', items };
    } else if (this.take('{')) {
      const items: (readonly [Expression, Expression])[] = [];
      while (!this.#isSign('}')) {
        const key = this.expression();
        this.#expect(':');
        items.push([key, this.expression()]);
        if (!this.take(',')) break;
      }
      this.#expect('}');
      found = { kind: 'dict', items };
    } else return this.#fail(text === '' ? 'an expression is missing' : `${text} cannot begin an expression`);
    this.#depth--;
    return found;
  }
}

const unescaped = (text: string): string =>
  text
    .slice(1, -1)
    .replace(/\\([\s\S])/g, (_, c: string) =>
      c === 'n' ? '\n' : c === 't' ? '\t' : c === "'" || c === '"' || c === '\\' ? c : `\\${c}`,
    );
