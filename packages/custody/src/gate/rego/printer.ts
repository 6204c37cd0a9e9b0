/**
 * Modules as `opa fmt` lays them out (v1/format/format.go): tabs, one statement a line, blank lines and comments kept,
 * collections over several lines where their author wrote them so.
 */
import type { Body, Else, Import, Literal, Module, Rule, Term, Written } from './ast.ts';
import { parseModule } from './parser.ts';
import { TermPrinter } from './term-printer.ts';

/** The text of a module. What it reads back as is the same module. */
export function printModule(module: Module): string {
  return new ModulePrinter(module).print();
}

/** The text of a policy as it is laid out. Throws `rego_parse_error`. */
export const formatPolicy = (text: string, file: string): string => printModule(parseModule(text, file));

class ModulePrinter extends TermPrinter {
  readonly #module: Module;
  readonly #longHeads: boolean;

  constructor(module: Module) {
    super(module.comments);
    this.#module = module;
    this.#longHeads = module.rules.some((rule) => rule.path.length > (rule.key === null ? 1 : 0));
  }

  print(): string {
    const { packagePlace, imports, rules } = this.#module;
    this.commentsBefore(packagePlace.line);
    this.write(`package ${this.path(this.#module.package)}`);
    this.blankLine();
    const statements = [
      ...imports.map((item) => ({ line: item.place.line, item, rule: null })),
      ...rules.map((rule) => ({ line: rule.place.line, item: null, rule })),
    ].sort((a, b) => a.line - b.line);
    let group: Import[] = [];
    statements.forEach(({ item, rule, line }, i) => {
      if (item !== null) {
        const before = group[group.length - 1];
        if (before !== undefined && before.place.line + 1 < line) {
          this.#imports(group);
          group = [];
        }
        group.push(item);
        return;
      }
      if (group.length > 0) this.#imports(group);
      group = [];
      this.commentsBefore(line);
      this.#rule(rule);
      this.endLine();
      const next = statements[i + 1];
      const together =
        next !== undefined && next.rule !== null && isOneLiner(rule) && isOneLiner(next.rule) && next.line === line + 1;
      if (!together) this.blankLine();
    });
    if (group.length > 0) this.#imports(group);
    this.commentsBefore(Infinity);
    return `${this.text().trimEnd()}\n`;
  }

  #imports(group: readonly Import[]): void {
    const first = group[0] as Import;
    this.commentsBefore(first.place.line, false);
    const trailing = new Map(group.map((item) => [item, this.takeComment(item.place.line)]));
    const sorted = [...group].sort((a, b) => {
      const [x, y] = [a, b].map((item) => `${item.path.join('\u0000')}\u0001${item.alias ?? ''}`) as [string, string];
      return x < y ? -1 : x > y ? 1 : 0;
    });
    for (const item of sorted) {
      const comment = trailing.get(item) ?? null;
      this.write(`import ${this.path(item.path)}${item.alias === null ? '' : ` as ${item.alias}`}`);
      if (comment !== null) this.write(` ${comment}`);
      this.endLine();
    }
    this.blankLine();
  }

  #rule(rule: Rule): void {
    if (rule.default) this.write('default ');
    this.write(rule.name);
    const [step] = rule.path;
    // As OPA does: `p["q"]` stays in brackets unless the module has longer references as heads.
    if (rule.path.length === 1 && step !== undefined && !this.#longHeads) {
      this.write('[');
      this.term(
        step.kind === 'value' && step.written === undefined ? { ...step, written: JSON.stringify(step.value) } : step,
      );
      this.write(']');
    } else this.steps(rule.path);
    if (rule.args !== null) this.list('(', rule.args, ')', rule.place.line, rule.written.headEnd, false);
    const plain = isConstant(rule);
    if (rule.key !== null) {
      this.write(' contains ');
      this.term(rule.key);
    } else if (!isTrue(rule.value) || rule.default || plain) {
      this.write(' := ');
      this.term(rule.value);
    }
    if (plain) return;
    this.#body(rule.body, rule.written, true);
    this.#elses(rule.elses, rule.place.line);
  }

  #body(body: Body, written: Written, isRule: boolean): void {
    if (body.length === 0) return;
    this.write(' if');
    const [first] = body;
    if (body.length === 1 && first !== undefined && first.place.line === written.headEnd && !isSetTerm(first)) {
      this.write(' ');
      this.literal(first);
      return;
    }
    this.write(' {');
    this.endLine();
    this.indented(() => {
      this.lines(body, isRule);
      this.commentsBefore(written.end);
    });
    this.write('}');
  }

  #elses(elses: readonly Else[], from: number): void {
    let line = from;
    for (const [i, other] of elses.entries()) {
      const commented = this.hasCommentBefore(other.place.line);
      if (other.inline && other.place.line > line && !commented) this.write(' ');
      else this.blankLine();
      this.commentsBefore(other.place.line);
      this.write('else');
      if (!isTrue(other.value) || other.body.length === 0) {
        this.write(' := ');
        this.term(other.value);
      }
      if (i < elses.length - 1 || !other.body.every(isYes)) this.#body(other.body, other.written, false);
      line = other.place.line;
    }
  }
}

const isTrue = (term: Term): boolean => term.kind === 'value' && term.value === true;

const isYes = ({ expression, negated, withs }: Literal): boolean =>
  expression.kind === 'term' && isTrue(expression.term) && !negated && withs.length === 0;

/** A rule without a body, or with one that says nothing. `f(x) if true` needs its body: there is no other way to say it. */
const isConstant = (rule: Rule): boolean =>
  rule.elses.length === 0 &&
  rule.body.every(isYes) &&
  rule.body.length <= 1 &&
  (rule.args === null || rule.written.value);

const isSetTerm = ({ expression, negated }: Literal): boolean =>
  !negated && expression.kind === 'term' && expression.term.kind === 'set';

/** May stand next to others of its kind without a blank line. */
const isOneLiner = (rule: Rule): boolean =>
  rule.body.length <= 1 &&
  !rule.default &&
  rule.elses.length === 0 &&
  !(rule.body[0] !== undefined && isSetTerm(rule.body[0]));
