/**
 * Rego v1 by recursive descent, with the precedence of OPA's parser: `in`, relations, `|`, `&`, `+ -`, `* / %`.
 * Where a brace may open a set or a body, the parser tries one reading and falls back to the other; how often is bounded.
 */
import { RegoError, limitError, type Place } from './rego-error.ts';
import { lex, type Token } from './lexer.ts';
import type { Body, Else, Expression, Import, Literal, Module, Rule, Term, With, Written } from './ast.ts';

const NESTING_MAX = 200;
/** Tokens looked at, for each token of the text: bounds what falling back costs. */
const WORK_MAX = 2_000;

const RELATIONS: Readonly<Record<string, string>> = {
  '==': 'equal',
  '!=': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};
const LEVELS: readonly Readonly<Record<string, string>>[] = [
  RELATIONS,
  { '|': 'or' },
  { '&': 'and' },
  { '+': 'plus', '-': 'minus' },
  { '*': 'mul', '/': 'div', '%': 'rem' },
];
const V1_HINT = 'This looks like Rego v0. Write it in v1 (`opa fmt --v0-v1` rewrites a file).';

class Parser {
  readonly #tokens: readonly Token[];
  readonly #file: string;
  #at = 0;
  #depth = 0;
  #work: { left: number };
  #wildcards: { count: number };
  /** Keywords that only an import brings. */
  #and = false;
  #or = false;
  #notBody = false;

  constructor(tokens: readonly Token[], file: string, parent?: Parser) {
    this.#tokens = tokens;
    this.#file = file;
    this.#work = parent === undefined ? { left: Math.max(100_000, tokens.length * WORK_MAX) } : parent.#work;
    this.#wildcards = parent === undefined ? { count: 0 } : parent.#wildcards;
    if (parent !== undefined) {
      this.#and = parent.#and;
      this.#or = parent.#or;
      this.#notBody = parent.#notBody;
      this.#depth = parent.#depth;
    }
  }

  get #token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  get place(): Place {
    const { line, column } = this.#token.at;
    return { file: this.#file, line, column };
  }

  #fail(what: string, remedy: string, place: Place = this.place): never {
    throw new RegoError('rego_parse_error', what, remedy, place);
  }

  #unexpected(wanted: string): never {
    return this.#fail(`unexpected ${this.#token.text} token: expected ${wanted}`, `Put ${wanted} here.`);
  }

  #next(): Token {
    const token = this.#token;
    if (--this.#work.left < 0) throw limitError('policy too ambiguous to parse');
    if (token.type !== 'end') this.#at++;
    return token;
  }

  #is(text: string): boolean {
    const token = this.#token;
    return token.text === text && (token.type === 'symbol' || token.type === 'keyword');
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#next();
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) this.#unexpected(text);
  }

  #deeper<T>(parse: () => T): T {
    if (++this.#depth > NESTING_MAX) throw limitError(`policy nested deeper than ${NESTING_MAX}`);
    try {
      return parse();
    } finally {
      this.#depth--;
    }
  }

  /** The result of `parse`, or null with nothing consumed if it fails. */
  #attempt<T>(parse: () => T | null): T | null {
    const at = this.#at;
    const depth = this.#depth;
    try {
      const result = parse();
      if (result === null) this.#at = at;
      return result;
    } catch (error) {
      if (!(error instanceof RegoError) || error.code !== 'rego_parse_error') throw error;
      this.#at = at;
      this.#depth = depth;
      return null;
    }
  }

  /** The last line of what was consumed. */
  get #lastLine(): number {
    const token = this.#tokens[this.#at - 1];
    if (token === undefined) return 1;
    return 'endLine' in token && token.endLine !== undefined ? token.endLine : token.at.line;
  }

  #startsLine(): boolean {
    const before = this.#tokens[this.#at - 1];
    return before === undefined || this.#token.type === 'end' || this.#token.at.line > this.#lastLine;
  }

  // --- module ---

  module(comments: Module['comments']): Module {
    const packagePlace = this.place;
    if (!this.#accept('package')) this.#fail('package expected', 'Begin the file with `package name`.');
    const path = this.#path();
    const imports: Import[] = [];
    const rules: Rule[] = [];
    while (this.#token.type !== 'end') {
      if (this.#accept(';')) continue;
      if (!this.#startsLine() && this.#tokens[this.#at - 1]?.text !== ';') this.#unexpected('a new line');
      if (this.#is('import')) imports.push(this.#import());
      else rules.push(...this.#rule());
    }
    return { file: this.#file, package: path, packagePlace, imports, rules, comments };
  }

  #name(): string {
    const token = this.#token;
    if (token.type !== 'word' && token.type !== 'keyword') this.#unexpected('a name');
    this.#next();
    return token.text;
  }

  #path(): string[] {
    const path = [this.#name()];
    for (;;) {
      if (this.#accept('.')) path.push(this.#name());
      else if (this.#is('[') && !this.#token.at.spaced) {
        this.#next();
        const token = this.#next();
        if (token.type !== 'string') this.#fail('path must hold strings only', 'Put a string in the brackets.');
        path.push((token as { value: string }).value);
        this.#expect(']');
      } else return path;
    }
  }

  #import(): Import {
    const place = this.place;
    this.#expect('import');
    const path = this.#path();
    const alias = this.#accept('as') ? this.#name() : null;
    const text = path.join('.');
    if (path[0] === 'future' || path[0] === 'rego') {
      if (text === 'rego.v2' || text === 'future.keywords' || text === 'future.keywords.and') this.#and = true;
      if (text === 'rego.v2' || text === 'future.keywords' || text === 'future.keywords.or') this.#or = true;
      if (text === 'rego.v2' || text === 'future.keywords' || text === 'future.keywords.not') this.#notBody = true;
      const known = /^(rego\.v[12]|future\.keywords(\.(in|every|if|contains|and|or|not))?)$/;
      if (!known.test(text))
        this.#fail(`invalid import ${text}`, 'Import rego.v1, or nothing: v1 is the default.', place);
    } else if (path[0] !== 'data' && path[0] !== 'input') {
      this.#fail(
        `unexpected import path, must begin with one of: {data, future, input, rego}, got: ${path[0]}`,
        'Begin the path with data or input.',
        place,
      );
    }
    return { path, alias, place };
  }

  /** A rule; several where v0 chained bodies are refused by name. */
  #rule(): Rule[] {
    const place = this.place;
    const isDefault = this.#accept('default');
    const nameToken = this.#token;
    if (nameToken.type !== 'word')
      this.#fail(`unexpected ${nameToken.text} token: expected a rule`, 'Begin a rule with its name.');
    this.#next();
    const path: Term[] = [];
    let args: Term[] | null = null;
    for (;;) {
      if (this.#is('.') && !this.#token.at.spaced) {
        this.#next();
        const at = this.place;
        path.push({ kind: 'value', value: this.#name(), place: at });
      } else if (this.#is('[') && !this.#token.at.spaced) {
        this.#next();
        path.push(this.#infix());
        this.#expect(']');
      } else if (this.#is('(') && !this.#token.at.spaced) {
        this.#next();
        args = this.#list(')');
        break;
      } else break;
    }
    const yes: Term = { kind: 'value', value: true, place };
    let key: Term | null = null;
    let value: Term = yes;
    let hasValue = false;
    let assign = false;
    if (this.#accept('contains')) {
      if (isDefault) this.#fail('default rules cannot be partial sets', 'Remove `default` or `contains`.');
      if (args !== null) this.#fail('functions cannot be partial sets', 'Remove the arguments or `contains`.');
      key = this.#infix();
    } else if (this.#is(':=') || this.#is('=')) {
      assign = this.#next().text === ':=';
      value = this.#infix();
      hasValue = true;
    }
    const headEnd = this.#lastLine;
    const written = (hasBody: boolean): Written => ({
      assign,
      value: hasValue,
      body: hasBody,
      headEnd,
      end: this.#lastLine,
    });
    const rule = { default: isDefault, name: nameToken.text, path, args, key, place };
    if (isDefault) {
      if (!hasValue) this.#fail('default rules must have a value', 'Write `default name := value`.');
      return [{ ...rule, value, body: [], elses: [], written: written(false) }];
    }
    let body: Body = [];
    let elses: Else[] = [];
    if (this.#accept('if')) {
      body = this.#ifBody();
      elses = this.#elses();
      if (key !== null && elses.length > 0)
        this.#fail('else keyword cannot be used on multi-value rules', 'Write a rule of its own.', place);
    } else if (this.#is('{')) {
      this.#fail('`if` keyword is required before rule body', V1_HINT);
    } else if (this.#is('else')) {
      elses = this.#elses();
    } else if (!hasValue && key === null) {
      if (args !== null || path.length === 0)
        this.#fail(`var cannot be used for rule name`, 'Give the rule a value with `:=` or a body with `if`.', place);
      if (path.some((term) => term.kind !== 'value') || path.length === 1)
        this.#fail('`contains` keyword is required for partial set rules', V1_HINT, place);
    }
    return [{ ...rule, value, body, elses, written: written(body.length > 0) }];
  }

  #elses(): Else[] {
    const elses: Else[] = [];
    while (this.#is('else')) {
      const place = this.place;
      const inline = !this.#startsLine();
      this.#next();
      let value: Term = { kind: 'value', value: true, place };
      let hasValue = false;
      let assign = false;
      if (this.#is(':=') || this.#is('=')) {
        assign = this.#next().text === ':=';
        value = this.#infix();
        hasValue = true;
      }
      const headEnd = this.#lastLine;
      const written = (body: boolean): Written => ({ assign, value: hasValue, body, headEnd, end: this.#lastLine });
      if (this.#accept('if')) {
        const body = this.#ifBody();
        elses.push({ value, body, written: written(true), place, inline });
      } else if (this.#is('{')) this.#fail('`if` keyword is required before rule body', V1_HINT);
      else if (hasValue) elses.push({ value, body: [], written: written(false), place, inline });
      else this.#fail('else without value or body', 'Write `else := value` or `else if body`.');
    }
    return elses;
  }

  #ifBody(): Body {
    if (this.#is('{')) {
      const braced = this.#attempt(() => {
        this.#next();
        const body = this.#body('}');
        this.#expect('}');
        return this.#endsStatement() ? body : null;
      });
      if (braced !== null) return braced;
      // What fails both as a body and as an expression is reported as a body, the likelier intent.
      const single = this.#attempt(() => [this.#literal()]);
      if (single !== null) return single;
      this.#next();
      const body = this.#body('}');
      this.#expect('}');
      return body;
    }
    return [this.#literal()];
  }

  /** After a body in braces: what follows does not continue it as an expression. */
  #endsStatement(): boolean {
    if (
      this.#startsLine() ||
      this.#is('}') ||
      this.#is(';') ||
      this.#is('else') ||
      this.#is('with') ||
      this.#is(']') ||
      this.#is(')')
    )
      return !this.#isInfix();
    return this.#isLogic();
  }

  #isInfix(): boolean {
    const token = this.#token;
    return (
      token.type === 'symbol' &&
      (token.text in INFIX || ((token.text === '[' || token.text === '.') && !token.at.spaced))
    );
  }

  #isLogic(): boolean {
    const token = this.#token;
    return token.type === 'word' && ((this.#and && token.text === 'and') || (this.#or && token.text === 'or'));
  }

  // --- bodies ---

  #body(close: string | null): Body {
    const body: Literal[] = [];
    while (this.#accept(';'));
    if (close !== null && this.#is(close)) this.#fail('found empty body', 'Put at least one expression in the body.');
    for (;;) {
      body.push(this.#literal());
      let separated = false;
      while (this.#accept(';')) separated = true;
      if (this.#token.type === 'end' || (close !== null && this.#is(close))) return body;
      if (!separated && !this.#startsLine()) this.#unexpected('; or a new line');
    }
  }

  query(): Body {
    const body = this.#body(null);
    if (this.#token.type !== 'end') this.#unexpected('the end of the query');
    return body;
  }

  /** `a and b or c`; without the imports, one statement. */
  #literal(): Literal {
    return this.#deeper(() => {
      const place = this.place;
      let left = this.#conjunction();
      while (this.#or && this.#token.type === 'word' && this.#token.text === 'or') {
        this.#next();
        const right = this.#conjunction();
        left = this.#join('or', left, right, place);
      }
      return left;
    });
  }

  #conjunction(): Literal {
    const place = this.place;
    let left = this.#statement();
    while (this.#and && this.#token.type === 'word' && this.#token.text === 'and') {
      this.#next();
      left = this.#join('and', left, this.#statement(), place);
    }
    return left;
  }

  /** `with` at the end of a chain holds for the whole chain. */
  #join(kind: 'and' | 'or', left: Literal, right: Literal, place: Place): Literal {
    const bare: Literal = { ...right, withs: [] };
    return {
      expression: { kind, left, right: bare },
      negated: false,
      withs: right.withs,
      place,
      end: this.#lastLine,
    };
  }

  #statement(): Literal {
    const place = this.place;
    const negated = this.#accept('not');
    let expression: Expression | null = null;
    if (this.#is('some') && !negated) expression = this.#some();
    else if (this.#is('every')) expression = this.#every();
    else if (this.#is('{') && (negated || this.#and || this.#or)) expression = this.#group('{', '}', negated);
    else if (this.#is('(') && (this.#and || this.#or)) expression = this.#group('(', ')', negated);
    expression ??= this.#expression();
    const withs: With[] = [];
    while (this.#is('with')) {
      const at = this.place;
      const startsLine = this.#startsLine();
      this.#next();
      const target = this.#path();
      this.#expect('as');
      withs.push({ target, value: this.#infix(), builtin: null, startsLine, place: at });
    }
    return {
      expression,
      negated,
      ...(negated && this.#notBody && { negatedBody: true }),
      withs,
      place,
      end: this.#lastLine,
    };
  }

  #group(open: string, close: string, negated: boolean): Expression | null {
    return this.#attempt(() => {
      this.#expect(open);
      const body = this.#body(close);
      this.#expect(close);
      if (!this.#endsStatement()) return null;
      const first = body[0];
      // `{x}` alone is a set and `(x)` a term; only what no term can say makes a body.
      const plain =
        body.length === 1 &&
        first !== undefined &&
        first.expression.kind === 'term' &&
        !first.negated &&
        first.withs.length === 0;
      if (plain && !(open === '{' && (negated ? this.#notBody : this.#and || this.#or))) return null;
      return { kind: 'group', body, end: this.#lastLine, braces: open === '{' };
    });
  }

  #some(): Expression {
    this.#expect('some');
    const place = this.place;
    const first = this.#relationTerm();
    let second: Term | null = null;
    const names: Term[] = [first];
    while (this.#accept(',')) names.push((second = this.#relationTerm()));
    if (this.#accept('in')) {
      const domain = this.#level(0);
      if (names.length > 2)
        this.#fail('some takes at most a key and a value', 'Write `some key, value in collection`.', place);
      return second === null
        ? { kind: 'someIn', key: null, value: first, domain }
        : { kind: 'someIn', key: first, value: second, domain };
    }
    return {
      kind: 'some',
      names: names.map((term) =>
        term.kind === 'var' ? term.name : this.#fail('some declares names only', 'Write `some name`.', place),
      ),
    };
  }

  #every(): Expression {
    this.#expect('every');
    const first = this.#variable();
    const second = this.#accept(',') ? this.#variable() : null;
    this.#expect('in');
    const domain = this.#level(0);
    this.#expect('{');
    const body = this.#body('}');
    this.#expect('}');
    const end = this.#lastLine;
    return second === null
      ? { kind: 'every', key: null, value: first, domain, body, end }
      : { kind: 'every', key: first, value: second, domain, body, end };
  }

  #variable(): string {
    const token = this.#token;
    if (token.type !== 'word') this.#unexpected('a variable');
    this.#next();
    return token.text === '_' ? this.#wildcard() : token.text;
  }

  #wildcard(): string {
    return `$${this.#wildcards.count++}`;
  }

  #expression(): Expression {
    const left = this.#infix(true);
    if (this.#accept(':=')) return { kind: 'assign', left, right: this.#infix() };
    if (this.#accept('=')) return { kind: 'unify', left, right: this.#infix() };
    return { kind: 'term', term: left };
  }

  // --- terms ---

  /** A term with infix operators, `in` the loosest. `pair` allows `key, value in collection`. */
  #infix(pair = false): Term {
    return this.#deeper(() => {
      const place = this.place;
      let left = this.#level(0);
      if (pair && this.#is(',')) {
        const member = this.#attempt(() => {
          this.#next();
          const value = this.#level(0);
          if (!this.#accept('in')) return null;
          const domain = this.#level(0);
          return {
            kind: 'call',
            operator: ['internal', 'member_3'],
            args: [left, value, domain],
            place,
          } satisfies Term as Term;
        });
        if (member !== null) left = member;
      }
      while (this.#is('in')) {
        this.#next();
        left = { kind: 'call', operator: ['internal', 'member_2'], args: [left, this.#level(0)], place };
      }
      return left;
    });
  }

  #relationTerm(): Term {
    return this.#deeper(() => this.#level(1));
  }

  #noOr = false;

  #level(level: number): Term {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#term();
    const place = this.place;
    let left = this.#level(level + 1);
    for (;;) {
      const token = this.#token;
      if (token.type !== 'symbol' || !Object.hasOwn(operators, token.text) || (this.#noOr && token.text === '|'))
        return left;
      this.#next();
      left = { kind: 'call', operator: [operators[token.text] as string], args: [left, this.#level(level + 1)], place };
    }
  }

  /** Where `|` may end a comprehension's head. */
  #head(): Term {
    const before = this.#noOr;
    this.#noOr = true;
    try {
      return this.#infix();
    } finally {
      this.#noOr = before;
    }
  }

  #inside<T>(parse: () => T): T {
    const before = this.#noOr;
    this.#noOr = false;
    try {
      return this.#deeper(parse);
    } finally {
      this.#noOr = before;
    }
  }

  #list(close: string): Term[] {
    return this.#inside(() => {
      const items: Term[] = [];
      while (!this.#accept(close)) {
        items.push(this.#infix());
        if (!this.#is(close)) this.#expect(',');
      }
      return items;
    });
  }

  #term(): Term {
    const place = this.place;
    const token = this.#token;
    let term: Term;
    switch (token.type) {
      case 'number':
        this.#next();
        return { kind: 'value', value: token.value, place, written: token.text };
      case 'string':
        this.#next();
        term = { kind: 'value', value: token.value, place, written: token.text };
        break;
      case 'template': {
        this.#next();
        const parts = token.parts.map((part) => {
          if (typeof part === 'string') return part;
          const body = new Parser(part, this.#file, this).query();
          if (body.length !== 1)
            this.#fail('a template expression holds one expression', 'Name the value before the string.', place);
          return body[0] as Literal;
        });
        term = { kind: 'template', parts, place, written: token.text };
        break;
      }
      case 'keyword':
        if (token.text === 'true' || token.text === 'false' || token.text === 'null') {
          this.#next();
          return { kind: 'value', value: token.text === 'null' ? null : token.text === 'true', place };
        }
        return this.#unexpected('a term');
      case 'word': {
        this.#next();
        if (
          token.text === 'set' &&
          this.#is('(') &&
          !this.#token.at.spaced &&
          this.#tokens[this.#at + 1]?.text === ')'
        ) {
          this.#next();
          this.#next();
          term = { kind: 'set', items: [], place };
        } else term = { kind: 'var', name: token.text === '_' ? this.#wildcard() : token.text, place };
        break;
      }
      case 'symbol':
        if (
          token.text === '-' &&
          this.#tokens[this.#at + 1]?.type === 'number' &&
          !this.#tokens[this.#at + 1]?.at.spaced
        ) {
          this.#next();
          const number = this.#next();
          if (number.type !== 'number') return this.#unexpected('a number');
          const n = number.value;
          // Zero minus, so that -0 is 0.
          const value = typeof n === 'number' ? 0 - n : typeof n === 'bigint' ? -n : n.negated();
          return { kind: 'value', value, place, written: `-${number.text}` };
        }
        if (token.text === '[') term = this.#array(place);
        else if (token.text === '{') term = this.#braces(place);
        else if (token.text === '(') {
          this.#next();
          term = this.#inside(() => this.#infix(true));
          this.#expect(')');
          if (term.kind === 'call') term = { ...term, parenthesized: true };
        } else return this.#unexpected('a term');
        break;
      case 'end':
        return this.#fail(`unexpected ${token.text}`, 'Finish the expression.');
    }
    return this.#continue(term, place);
  }

  /** References and calls follow without a space. */
  #continue(start: Term, place: Place): Term {
    let term = start;
    let path: Term[] = [];
    const flush = (): Term => {
      if (path.length === 0) return term;
      return { kind: 'ref', head: term, path, place };
    };
    for (;;) {
      const token = this.#token;
      if (token.type !== 'symbol' || token.at.spaced) return flush();
      if (token.text === '.') {
        this.#next();
        const at = this.place;
        path.push({ kind: 'value', value: this.#name(), place: at });
      } else if (token.text === '[') {
        this.#next();
        path.push(this.#inside(() => this.#infix()));
        this.#expect(']');
      } else if (token.text === '(' && term.kind === 'var') {
        const operator = [term.name];
        for (const item of path) {
          if (item.kind !== 'value' || typeof item.value !== 'string')
            this.#fail('function names hold strings only', 'Call the function by its name.', place);
          operator.push(item.value);
        }
        this.#next();
        const args = this.#list(')');
        term = { kind: 'call', operator, args, place, end: this.#lastLine };
        path = [];
      } else return flush();
    }
  }

  /** What follows `|`, up to the closing symbol; null, with nothing consumed, if `|` was the operator. */
  #comprehensionBody(close: string): Body | null {
    return this.#attempt(() => {
      this.#expect('|');
      const body = this.#inside(() => this.#body(close));
      this.#expect(close);
      return body;
    });
  }

  #array(place: Place): Term {
    this.#next();
    if (this.#accept(']')) return { kind: 'array', items: [], place };
    const start = this.#at;
    const head = this.#deeper(() => this.#head());
    if (this.#is('|')) {
      const body = this.#comprehensionBody(']');
      if (body !== null) return { kind: 'arrayComprehension', head, body, place, end: this.#lastLine };
      this.#at = start;
      const items = this.#list(']');
      return { kind: 'array', items, place, end: this.#lastLine };
    }
    if (!this.#is(']')) this.#expect(',');
    const items = [head, ...this.#list(']')];
    return { kind: 'array', items, place, end: this.#lastLine };
  }

  #braces(place: Place): Term {
    this.#next();
    if (this.#accept('}')) return { kind: 'object', pairs: [], place };
    let at = this.#at;
    let first = this.#deeper(() => this.#head());
    if (this.#is('|')) {
      const body = this.#comprehensionBody('}');
      if (body !== null) return { kind: 'setComprehension', head: first, body, place, end: this.#lastLine };
      this.#at = at;
      first = this.#inside(() => this.#infix());
    }
    if (!this.#accept(':')) {
      if (!this.#is('}')) this.#expect(',');
      const items = [first, ...this.#list('}')];
      return { kind: 'set', items, place, end: this.#lastLine };
    }
    at = this.#at;
    let value = this.#deeper(() => this.#head());
    if (this.#is('|')) {
      const body = this.#comprehensionBody('}');
      if (body !== null)
        return { kind: 'objectComprehension', key: first, head: value, body, place, end: this.#lastLine };
      this.#at = at;
      value = this.#inside(() => this.#infix());
    }
    return this.#inside(() => {
      const pairs: (readonly [Term, Term])[] = [[first, value]];
      for (;;) {
        if (this.#accept('}')) return { kind: 'object', pairs, place, end: this.#lastLine };
        this.#expect(',');
        if (this.#accept('}')) return { kind: 'object', pairs, place, end: this.#lastLine };
        const key = this.#infix();
        this.#expect(':');
        pairs.push([key, this.#infix()]);
      }
    });
  }
}

const INFIX: Readonly<Record<string, true>> = Object.fromEntries(
  [':=', '=', ...LEVELS.flatMap((level) => Object.keys(level))].map((symbol) => [symbol, true as const]),
);

/** A module of Rego v1. Throws `rego_parse_error` with the place. */
export function parseModule(text: string, file: string): Module {
  const { tokens, comments } = lex(text, file);
  return new Parser(tokens, file).module(comments);
}

/** A query: statements apart by `;` or new lines. */
export function parseQuery(text: string): Body {
  const { tokens } = lex(text, 'query');
  return new Parser(tokens, 'query').query();
}
