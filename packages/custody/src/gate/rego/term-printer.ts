/** Terms and bodies as text, with the comments among them. Each comment is written once, at the latest before the next statement. */
import type { Body, Comment, Expression, Literal, Term, With } from './ast.ts';
import { toText } from './value.ts';

const INFIX: Readonly<Record<string, string>> = {
  plus: '+',
  minus: '-',
  mul: '*',
  div: '/',
  rem: '%',
  and: '&',
  or: '|',
  equal: '==',
  neq: '!=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  eq: '=',
};
const KEYWORDS = new Set(
  'package import as default else not some with null true false if contains in every'.split(' '),
);
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const infixOf = (term: Term): string | null => {
  if (term.kind !== 'call' || term.operator.length !== 1 || term.args.length !== 2) return null;
  const name = term.operator[0] as string;
  return Object.hasOwn(INFIX, name) ? (INFIX[name] as string) : null;
};

/** Of a set: in places where `|` would be read as the bar of a comprehension, a union stands in parentheses. */
const isUnion = (term: Term): boolean => infixOf(term) === '|';

const isMember = (term: Term): boolean =>
  term.kind === 'call' && term.operator[0] === 'internal' && (term.operator[1] ?? '').startsWith('member_');

/** `key, value in collection`. */
const isPairMember = (term: Term): boolean => term.kind === 'call' && isMember(term) && term.args.length === 3;

/** How tightly an operation binds; what is no operation binds tightest. */
function precedence(term: Term): number {
  const infix = infixOf(term);
  if (infix === null) return 9;
  if (infix === '|') return 2;
  if (infix === '&') return 3;
  if (infix === '+' || infix === '-') return 4;
  return '*/%'.includes(infix) ? 5 : 1;
}

export class TermPrinter {
  #out = '';
  #level = 0;
  #atStart = true;
  #trailing: string | null = null;
  readonly #comments: Comment[];

  constructor(comments: readonly Comment[]) {
    this.#comments = [...comments].sort((a, b) => a.line - b.line);
  }

  text(): string {
    return this.#out;
  }

  // --- lines ---

  write(text: string): void {
    if (this.#atStart) this.#out += '\t'.repeat(this.#level);
    this.#atStart = false;
    this.#out += text;
  }

  endLine(): void {
    if (this.#trailing !== null) {
      this.write(`${this.#atStart ? '' : ' '}${this.#trailing}`);
      this.#trailing = null;
    }
    if (this.#atStart) return;
    this.#out += '\n';
    this.#atStart = true;
  }

  blankLine(): void {
    this.endLine();
    if (this.#out !== '' && !this.#out.endsWith('\n\n') && !this.#out.endsWith('{\n\n')) this.#out += '\n';
  }

  indented(inside: () => void): void {
    this.#level++;
    inside();
    this.endLine();
    this.#level--;
  }

  // --- comments ---

  hasCommentBefore(line: number): boolean {
    return (this.#comments[0]?.line ?? Infinity) < line || this.#trailing !== null;
  }

  /** The comment at the end of a line. */
  takeComment(line: number): string | null {
    const at = this.#comments.findIndex((comment) => comment.line === line);
    if (at < 0) return null;
    const [comment] = this.#comments.splice(at, 1);
    return textOf(comment as Comment);
  }

  /** Comments above a line, and the one at its end. */
  commentsBefore(line: number, withTrailing = true): void {
    let last: Comment | null = null;
    let metadata = false;
    while ((this.#comments[0]?.line ?? Infinity) < line) {
      const comment = this.#comments.shift() as Comment;
      const isMetadata = comment.text.trim() === 'METADATA';
      if (last === null) this.endLine();
      else if (comment.line - last.line > 1 || (metadata && isMetadata)) this.blankLine();
      metadata ||= isMetadata;
      this.write(textOf(comment));
      this.endLine();
      last = comment;
    }
    if (last !== null && line !== Infinity && line - last.line > 1) this.blankLine();
    if (withTrailing && this.#comments[0]?.line === line) this.#trailing ??= textOf(this.#comments.shift() as Comment);
  }

  // --- bodies ---

  /** One statement a line; blank lines between them are kept, as one. */
  lines(body: Body, inBraces: boolean): void {
    let before: Literal | null = null;
    for (const literal of body) {
      if (before !== null && literal.place.line > (before.end ?? before.place.line) + 1) {
        // A comment between them brings its own blank lines.
        const first = this.#comments[0]?.line ?? Infinity;
        if (first > literal.place.line || first > (before.end ?? before.place.line) + 1) this.blankLine();
      }
      this.commentsBefore(literal.place.line);
      this.literal(literal, inBraces && before === null);
      if (literal.end !== undefined && literal.end > literal.place.line)
        this.#trailing ??= this.takeComment(literal.end);
      this.endLine();
      before = literal;
    }
  }

  literal(literal: Literal, leads = false): void {
    if (literal.negated) this.write('not ');
    this.#expression(literal.expression, literal, leads);
    this.#withs(literal.withs);
  }

  #withs(withs: readonly With[]): void {
    let deeper = false;
    for (const w of withs) {
      if (w.startsLine === true) {
        this.endLine();
        if (!deeper) this.#level++;
        deeper = true;
      } else this.write(' ');
      this.commentsBefore(w.place.line);
      this.write(`with ${this.path(w.target)} as `);
      this.term(w.value);
    }
    if (deeper) this.#level--;
  }

  #expression(expression: Expression, { place }: Literal, leads: boolean): void {
    switch (expression.kind) {
      case 'term': {
        const { term } = expression;
        const infix = term.kind === 'call' ? INFIX[term.operator.join('.')] : undefined;
        // `plus(1, 2, x)` is `x = 1 + 2`.
        if (term.kind === 'call' && infix !== undefined && term.args.length === 3) {
          this.term(term.args[2] as Term);
          this.write(' = ');
          return this.term({ ...term, args: term.args.slice(0, 2), parenthesized: false });
        }
        if (leads && isUnion(term)) return this.#parenthesized(term);
        if (term.kind === 'call' && infix !== undefined && term.args.length === 2) return this.#operation(term, leads);
        if (term.kind === 'call' && isPairMember(term)) return this.#member(term);
        return this.term(term);
      }
      case 'unify':
      case 'assign':
        if (leads && isUnion(expression.left)) this.#parenthesized(expression.left);
        else this.term(expression.left);
        this.write(expression.kind === 'assign' ? ' := ' : ' = ');
        return this.term(expression.right);
      case 'some':
        return this.write(`some ${expression.names.map(nameOf).join(', ')}`);
      case 'someIn':
        this.write('some ');
        if (expression.key !== null) {
          this.#operand(expression.key);
          this.write(', ');
        }
        this.#operand(expression.value);
        this.write(' in ');
        return this.#operand(expression.domain);
      case 'every':
        this.write(
          `every ${expression.key === null ? '' : `${nameOf(expression.key)}, `}${nameOf(expression.value)} in `,
        );
        this.term(expression.domain);
        this.write(' {');
        this.#within(expression.body, place.line, expression.end ?? place.line);
        if (expression.body.length === 1 && expression.body[0]?.place.line === place.line) this.write(' ');
        return this.write('}');
      case 'group': {
        const braces = expression.braces === true || expression.body.length > 1;
        this.write(braces ? '{' : '(');
        if (braces) {
          this.#within(expression.body, place.line, expression.end ?? place.line);
          if (expression.body[expression.body.length - 1]?.place.line === place.line) this.write(' ');
        } else this.literal(expression.body[0] as Literal);
        return this.write(braces ? '}' : ')');
      }
      case 'and':
      case 'or':
        this.#logical(expression.left, expression.kind, false);
        this.write(` ${expression.kind} `);
        return this.#logical(expression.right, expression.kind, true);
    }
  }

  #logical(literal: Literal, within: 'and' | 'or', isRight: boolean): void {
    const { kind } = literal.expression;
    const parentheses =
      literal.withs.length > 0 ||
      (kind === 'or' && (within === 'and' || isRight)) ||
      (kind === 'and' && within === 'and' && isRight);
    if (parentheses) this.write('(');
    this.literal(literal);
    if (parentheses) this.write(')');
  }

  /** A body within braces or after a bar: on one line if it was written so. */
  #within(body: Body, from: number, end: number): void {
    let line = from;
    let several = false;
    for (const literal of body) {
      if (literal.place.line > line) several = true;
      line = literal.end ?? literal.place.line;
    }
    if (!several) {
      this.write(' ');
      body.forEach((literal, i) => {
        if (i > 0) this.write('; ');
        this.literal(literal, i === 0);
      });
      return;
    }
    this.endLine();
    this.indented(() => {
      this.lines(body, true);
      this.commentsBefore(end);
    });
  }

  // --- terms ---

  path(path: readonly string[]): string {
    return path
      .map((name, i) => (i === 0 ? name : NAME.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`))
      .join('');
  }

  term(term: Term): void {
    switch (term.kind) {
      case 'value': {
        const text = term.written ?? toText(term.value);
        // At the start of a line the sign would be read as minus, after the line before.
        return this.write(this.#atStart && text.startsWith('-') ? `(${text})` : text);
      }
      case 'var':
        return this.write(nameOf(term.name));
      case 'ref':
        if (infixOf(term.head) !== null || (isMember(term.head) && !isPairMember(term.head)))
          this.#parenthesized(term.head);
        else this.term(term.head);
        return this.steps(term.path);
      case 'call':
        return this.#call(term);
      case 'array':
        return this.list('[', term.items, ']', term.place.line, term.end ?? term.place.line, true);
      case 'set':
        if (term.items.length === 0) return this.write('set()');
        return this.list('{', term.items, '}', term.place.line, term.end ?? term.place.line, true);
      case 'object':
        return this.#items(
          '{',
          term.pairs.map(([key, value]) => ({
            line: key.place.line,
            end: lastLine(value),
            print: () => {
              this.#inCollection(key);
              this.write(': ');
              this.#inCollection(value);
            },
          })),
          '}',
          term.place.line,
          term.end ?? term.place.line,
        );
      case 'arrayComprehension':
        return this.#comprehension('[', null, term.head, term.body, ']', term.place.line, term.end ?? term.place.line);
      case 'setComprehension':
        return this.#comprehension('{', null, term.head, term.body, '}', term.place.line, term.end ?? term.place.line);
      case 'objectComprehension':
        return this.#comprehension(
          '{',
          term.key,
          term.head,
          term.body,
          '}',
          term.place.line,
          term.end ?? term.place.line,
        );
      case 'template':
        return this.write(term.written ?? '$""');
    }
  }

  /** What follows the head of a reference. */
  steps(path: readonly Term[]): void {
    for (const step of path) {
      const isName = step.kind === 'value' && typeof step.value === 'string' && NAME.test(step.value);
      const quoted = step.kind === 'value' && step.written !== undefined;
      if (isName && (!quoted || !KEYWORDS.has(String(step.value)))) this.write(`.${String(step.value)}`);
      else {
        this.write('[');
        this.term(step);
        this.write(']');
      }
    }
  }

  #parenthesized(term: Term): void {
    this.write('(');
    this.term(term);
    this.write(')');
  }

  /** Of an operator: what is an operation itself stands in parentheses, whatever binds tighter. */
  #operand(term: Term): void {
    if (infixOf(term) !== null || (isMember(term) && !isPairMember(term))) this.#parenthesized(term);
    else this.term(term);
  }

  #inCollection(term: Term): void {
    if (isUnion(term)) this.#parenthesized(term);
    else this.term(term);
  }

  /** A statement that is one operation: what binds tighter needs no parentheses there. */
  #operation(term: Term & { kind: 'call' }, leads: boolean): void {
    const [left, right] = term.args as readonly [Term, Term];
    const own = precedence(term);
    if (precedence(left) < own || isMember(left) || (leads && isUnion(left))) this.#parenthesized(left);
    else this.term(left);
    this.write(` ${infixOf(term) ?? ''} `);
    if (precedence(right) <= own || isMember(right)) this.#operand(right);
    else this.term(right);
  }

  #member({ args }: Term & { kind: 'call' }): void {
    args.forEach((arg, i) => {
      if (i > 0) this.write(i === args.length - 1 ? ' in ' : ', ');
      this.#operand(arg);
    });
  }

  #call(term: Term & { kind: 'call' }): void {
    if (isPairMember(term)) {
      this.write('(');
      this.#member(term);
      return this.write(')');
    }
    if (isMember(term)) return this.#member(term);
    const infix = infixOf(term);
    if (infix !== null) {
      this.#operand(term.args[0] as Term);
      this.write(` ${infix} `);
      return this.#operand(term.args[1] as Term);
    }
    const [first = '', ...rest] = term.operator;
    this.write(first);
    for (const name of rest) this.write(NAME.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);
    this.list('(', term.args, ')', term.place.line, term.end ?? term.place.line, false);
  }

  list(open: string, items: readonly Term[], close: string, from: number, end: number, unionsApart: boolean): void {
    this.#items(
      open,
      items.map((item) => ({
        line: item.place.line,
        end: lastLine(item),
        print: () => {
          const parenthesized = item.kind === 'call' && item.parenthesized === true && isUnion(item);
          if (unionsApart || parenthesized) this.#inCollection(item);
          else this.term(item);
        },
      })),
      close,
      from,
      end,
    );
  }

  /** Parts on the line of the one before stay beside it; a part that began a line begins one. */
  #items(
    open: string,
    items: readonly { readonly line: number; readonly end: number; print(): void }[],
    close: string,
    from: number,
    end: number,
  ): void {
    this.write(open);
    let line = from;
    const several = items.some((item) => {
      const later = item.line > line;
      line = item.line;
      return later;
    });
    if (!several) {
      items.forEach((item, i) => {
        if (i > 0) this.write(', ');
        item.print();
      });
      return this.write(close);
    }
    this.endLine();
    this.indented(() => {
      let at = from;
      items.forEach((item, i) => {
        if (i > 0) this.write(item.line > at ? ',' : ', ');
        if (i > 0 && item.line > at) {
          this.#trailing ??= this.takeComment(at);
          this.endLine();
        }
        if (i === 0 || item.line > at) this.commentsBefore(item.line);
        item.print();
        at = item.line;
      });
      this.write(',');
      const last = items[items.length - 1]?.end ?? end;
      if (last < end) this.#trailing ??= this.takeComment(last);
      this.endLine();
      this.commentsBefore(end, false);
    });
    this.write(close);
  }

  #comprehension(
    open: string,
    key: Term | null,
    head: Term,
    body: Body,
    close: string,
    from: number,
    end: number,
  ): void {
    this.write(open);
    if (key === null && head.place.line > from) this.endLine();
    if (key !== null) {
      this.#inCollection(key);
      this.write(': ');
    }
    if (isUnion(head) || (head.kind === 'call' && head.parenthesized === true && !isPairMember(head)))
      this.#parenthesized(head);
    else this.term(head);
    this.write(' |');
    this.#within(body, key === null ? head.place.line : from, end);
    this.write(close);
  }
}

const nameOf = (name: string): string => (name.startsWith('$') ? '_' : name);

const textOf = ({ text }: Comment): string => `#${text}`.trimEnd();

/** As far as it is known. */
const lastLine = (term: Term): number => ('end' in term && term.end !== undefined ? term.end : term.place.line);
