/** HCL text as bodies and expressions. Nothing is evaluated (decisions/016-terraform-syntax.md). */
import { lineAt, lineStarts } from '../secrets.ts';
import { Grammar, type SyntaxNode } from '../syntax-tree.ts';
import type { Attribute, Block, Body, Expression, TemplatePart } from './expression.ts';

let terraform: Promise<Grammar> | undefined;

/** The reader of HCL, once its grammar is loaded. */
export async function hclReader(): Promise<HclReader> {
  terraform ??= Grammar.load({
    wasm: import.meta.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'),
    root: 'config_file',
    leftOut: ['comment', 'block_start', 'block_end', 'object_start', 'object_end', 'tuple_start', 'tuple_end'],
    leaves: ['identifier', 'numeric_lit', 'bool_lit', 'null_lit', 'template_literal'],
  });
  return new HclReader(await terraform);
}

export class HclReader {
  readonly #grammar: Grammar;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  /** `isPartial`: something in the text is no HCL, or was left out. */
  body(text: string, now: () => number): { readonly body: Body; readonly isPartial: boolean } {
    const { root, isPartial } = this.#grammar.parse(text, now);
    const reader = new Tree(text);
    const bodies = root.children.filter(({ type }) => type === 'body');
    return { body: reader.body(bodies.flatMap(({ children }) => children)), isPartial };
  }

  /** What a string of JSON syntax says: a template as in HCL (Terraform's JSON configuration syntax, "Expression mapping"). */
  template(text: string, now: () => number): Expression {
    if (!text.includes('${') && !text.includes('%{')) return { kind: 'literal', value: text, text };
    return this.body(`x = ${JSON.stringify(text)}`, now).body.attributes[0]?.value ?? { kind: 'unread', text };
  }
}

const POSTFIX = new Set(['get_attr', 'index', 'splat']);
const TEXT_MAX = 200;

class Tree {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = lineStarts(text);
  }

  body(nodes: readonly SyntaxNode[]): Body {
    const attributes: Attribute[] = [];
    const blocks: Block[] = [];
    for (const node of nodes) {
      const line = lineAt(this.#starts, node.start);
      if (node.type === 'attribute') {
        const [name, value] = node.children;
        if (name !== undefined && value !== undefined)
          attributes.push({ name: this.#of(name), line, value: this.expression(value) });
      } else if (node.type === 'block') {
        const [type, ...rest] = node.children;
        if (type === undefined) continue;
        const labels = rest.flatMap((child) =>
          child.type === 'identifier'
            ? [this.#of(child)]
            : child.type === 'string_lit'
              ? [this.#of(child).slice(1, -1)]
              : [],
        );
        const inner = rest.find((child) => child.type === 'body');
        blocks.push({ type: this.#of(type), labels, line, body: this.body(inner?.children ?? []) });
      }
    }
    return { attributes, blocks };
  }

  expression(node: SyntaxNode): Expression {
    const terms = this.#terms(node.children);
    return terms[0] ?? this.#unread(node);
  }

  #of = ({ start, end }: { readonly start: number; readonly end: number }): string => this.#text.slice(start, end);
  #short = (node: SyntaxNode): string => this.#text.slice(node.start, Math.min(node.end, node.start + TEXT_MAX));
  #unread = (node: SyntaxNode): Expression => ({ kind: 'unread', text: this.#short(node) });

  /** Terms side by side, each with what is asked of it (`.a`, `[0]`, `[*]`). */
  #terms(nodes: readonly SyntaxNode[]): Expression[] {
    const terms: Expression[] = [];
    let from = 0;
    for (const node of nodes) {
      const last = terms.at(-1);
      if (last !== undefined && POSTFIX.has(node.type))
        terms[terms.length - 1] = this.#postfix(
          last,
          node,
          this.#text.slice(from, Math.min(node.end, from + TEXT_MAX)),
        );
      else {
        from = node.start;
        terms.push(this.#term(node));
      }
    }
    return terms;
  }

  #postfix(of: Expression, node: SyntaxNode, text: string): Expression {
    const [child] = node.children;
    if (child === undefined) return { kind: 'unread', text };
    switch (node.type) {
      case 'get_attr':
        return { kind: 'attribute', of, name: this.#of(child), text };
      case 'index':
        return { kind: 'index', of, at: this.#index(child), text };
      default:
        return {
          kind: 'splat',
          of,
          steps: child.children.map((step) => {
            const [inner] = step.children;
            return inner === undefined ? '' : step.type === 'get_attr' ? this.#of(inner) : this.#index(inner);
          }),
          text,
        };
    }
  }

  /** `[expression]`, or `.0` of old. */
  #index(node: SyntaxNode): Expression {
    const [inner] = node.children;
    if (inner !== undefined) return inner.type === 'expression' ? this.expression(inner) : this.#term(inner);
    const value = Number(this.#of(node).replace(/^\./, ''));
    return { kind: 'literal', value, text: this.#of(node) };
  }

  #term(node: SyntaxNode): Expression {
    const text = this.#short(node);
    const [first] = node.children;
    switch (node.type) {
      case 'expression':
        return this.expression(node);
      case 'literal_value':
      case 'collection_value':
      case 'template_expr':
      case 'for_expr':
      case 'operation':
        return first === undefined ? this.#unread(node) : this.#term(first);
      case 'numeric_lit':
        return { kind: 'literal', value: Number(this.#of(node)), text };
      case 'bool_lit':
        return { kind: 'literal', value: this.#of(node) === 'true', text };
      case 'null_lit':
        return { kind: 'literal', value: null, text };
      case 'variable_expr':
        return { kind: 'variable', name: this.#of(node), text };
      case 'string_lit':
      case 'quoted_template':
        return this.#quoted(node, text);
      case 'heredoc_template':
        return this.#heredoc(node, text);
      case 'tuple':
        return { kind: 'list', items: this.#terms(node.children), text };
      case 'object':
        return {
          kind: 'object',
          entries: node.children.flatMap((child): [Expression, Expression][] => {
            const [key, value] = child.children;
            return key === undefined || value === undefined ? [] : [[this.#key(key), this.expression(value)]];
          }),
          text,
        };
      case 'for_tuple_expr':
      case 'for_object_expr':
        return this.#for(node, text);
      case 'function_call':
        return this.#call(node, text);
      case 'conditional': {
        const [condition, yes, no] = this.#terms(node.children);
        return condition && yes && no ? { kind: 'conditional', condition, yes, no, text } : this.#unread(node);
      }
      case 'unary_operation': {
        const [of] = this.#terms(node.children);
        return of && first
          ? { kind: 'unary', operator: this.#text.slice(node.start, first.start).trim(), of, text }
          : this.#unread(node);
      }
      case 'binary_operation':
        return this.#binary(node, text);
      default:
        return this.#unread(node);
    }
  }

  /** A bare name as a key is that name; in parentheses it is a variable. */
  #key(node: SyntaxNode): Expression {
    const [only, ...more] = node.children;
    if (only?.type === 'variable_expr' && more.length === 0)
      return { kind: 'literal', value: this.#of(only), text: this.#of(only) };
    return this.expression(node);
  }

  #binary(node: SyntaxNode, text: string): Expression {
    const second = node.children.findIndex(({ type }, i) => i > 0 && !POSTFIX.has(type));
    if (second < 0) return this.#unread(node);
    const [left] = this.#terms(node.children.slice(0, second));
    const [right] = this.#terms(node.children.slice(second));
    const gap = this.#text.slice(node.children[second - 1]!.end, node.children[second]!.start);
    const operator = /[-+*/%]|[=!<>]=|[<>]|&&|\|\|/.exec(gap.replace(/\/\*[^]*?\*\/|(?:#|\/\/).*/g, ''))?.[0];
    return left && right && operator ? { kind: 'binary', operator, left, right, text } : this.#unread(node);
  }

  #call(node: SyntaxNode, text: string): Expression {
    const name = node.children[0];
    const given = node.children.find(({ type }) => type === 'function_arguments')?.children ?? [];
    if (name === undefined) return this.#unread(node);
    return {
      kind: 'call',
      name: this.#of(name),
      args: this.#terms(given.filter(({ type }) => type !== 'ellipsis')),
      isSpread: given.some(({ type }) => type === 'ellipsis'),
      text,
    };
  }

  #for(node: SyntaxNode, text: string): Expression {
    const intro = node.children.find(({ type }) => type === 'for_intro');
    const condition = node.children.find(({ type }) => type === 'for_cond')?.children[0];
    const names = intro?.children.filter(({ type }) => type === 'identifier').map(this.#of) ?? [];
    const collection = intro?.children.find(({ type }) => type === 'expression');
    const results = node.children.filter(({ type }) => type === 'expression').map((child) => this.expression(child));
    const value = results.at(-1);
    const valueName = names.at(-1);
    if (!collection || !value || valueName === undefined) return this.#unread(node);
    return {
      kind: 'for',
      keyName: names.length > 1 ? names[0]! : null,
      valueName,
      collection: this.expression(collection),
      key: node.type === 'for_object_expr' && results.length > 1 ? results[0]! : null,
      value,
      condition: condition === undefined ? null : this.expression(condition),
      isGrouped: node.children.some(({ type }) => type === 'ellipsis'),
      text,
    };
  }

  #quoted(node: SyntaxNode, text: string): Expression {
    return template(
      this.#parts(
        node.children.filter(({ type }) => !type.startsWith('quoted_template_')),
        node.start + 1,
        node.end - 1,
        unescaped,
      ),
      text,
    );
  }

  /** `<<EOT` keeps its text; `<<-EOT` loses the indentation that all its lines have. */
  #heredoc(node: SyntaxNode, text: string): Expression {
    const names = node.children.filter(({ type }) => type === 'heredoc_identifier');
    const inner = node.children.filter(({ type }) => !type.startsWith('heredoc_'));
    const begin = this.#text.indexOf('\n', names[0]?.end ?? node.start) + 1;
    const last = names.length > 1 ? names.at(-1)!.start : node.end;
    const end = this.#text.lastIndexOf('\n', last - 1) + 1;
    if (begin === 0 || end < begin) return { kind: 'literal', value: '', text };
    const parts = this.#parts(inner, begin, end, heredocText);
    return template(this.#text.startsWith('<<-', node.start) ? outdented(parts) : parts, text);
  }

  /** Text between the nodes is literal, whatever the grammar makes of its blanks. */
  #parts(
    nodes: readonly SyntaxNode[],
    from: number,
    to: number,
    literal: (text: string) => string,
  ): readonly TemplatePart[] {
    const parts: TemplatePart[] = [];
    let at = from;
    for (const node of nodes) {
      if (node.type !== 'template_interpolation' && node.type !== 'template_directive') continue;
      if (node.start > at) parts.push(literal(this.#text.slice(at, node.start)));
      parts.push(this.#part(node, literal));
      at = node.end;
    }
    if (to > at) parts.push(literal(this.#text.slice(at, to)));
    return parts;
  }

  #part(node: SyntaxNode, literal: (text: string) => string): TemplatePart {
    if (node.type === 'template_interpolation') {
      const value = node.children.find(({ type }) => type === 'expression');
      return { kind: 'value', value: value === undefined ? this.#unread(node) : this.expression(value) };
    }
    const branch = node.children.find(({ type }) => type === 'template_if');
    const intro = branch?.children.find(({ type }) => type === 'template_if_intro');
    const condition = intro?.children.find(({ type }) => type === 'expression');
    const end = branch?.children.find(({ type }) => type === 'template_if_end');
    if (!branch || !intro || !condition || !end) return { kind: 'value', value: this.#unread(node) };
    const middle = branch.children.find(({ type }) => type === 'template_else_intro');
    const within = (from: number, to: number) =>
      this.#parts(
        branch.children.filter((child) => child.start >= from && child.end <= to),
        from,
        to,
        literal,
      );
    return {
      kind: 'if',
      condition: this.expression(condition),
      yes: within(intro.end, (middle ?? end).start),
      no: middle === undefined ? [] : within(middle.end, end.start),
    };
  }
}

function template(parts: readonly TemplatePart[], text: string): Expression {
  if (parts.every((part) => typeof part === 'string')) return { kind: 'literal', value: parts.join(''), text };
  return { kind: 'template', parts, text };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Escapes of quoted templates (HCL native syntax, "Template Expressions"). */
const unescaped = (text: string): string =>
  heredocText(
    text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs, (all, short, long, one) => {
      const code = parseInt(short ?? long ?? '', 16);
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : all;
      return ESCAPES[one as string] ?? all;
    }),
  );

const heredocText = (text: string): string => text.replace(/([$%])\1\{/g, '$1{');

function outdented(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  const whole = parts.map((part) => (typeof part === 'string' ? part : '\u0000')).join('');
  const indents = whole
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)![0].length);
  const least = indents.reduce((a, b) => Math.min(a, b), 1_000);
  if (least === 0 || least === 1_000) return parts;
  let isStart = true;
  return parts.map((part) => {
    if (typeof part !== 'string') {
      isStart = false;
      return part;
    }
    const cut = part
      .split('\n')
      .map((line, i) => (i > 0 || isStart ? line.slice(Math.min(least, /^[ \t]*/.exec(line)![0].length)) : line))
      .join('\n');
    isStart = part.endsWith('\n');
    return cut;
  });
}
