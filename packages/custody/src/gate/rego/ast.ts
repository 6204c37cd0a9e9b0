/** The tree that the parser makes. Readonly throughout: the compiler makes new trees. */
import type { Place } from './rego-error.ts';
import type { Value } from './value.ts';

export type Term =
  /** `written`: the text of a string or number as the file has it, for the printer. */
  | { readonly kind: 'value'; readonly value: Value; readonly place: Place; readonly written?: string }
  | { readonly kind: 'var'; readonly name: string; readonly place: Place }
  | { readonly kind: 'ref'; readonly head: Term; readonly path: readonly Term[]; readonly place: Place }
  | {
      readonly kind: 'call';
      readonly operator: readonly string[];
      readonly args: readonly Term[];
      readonly place: Place;
      /** The line of the closing bracket. */
      readonly end?: number;
      readonly parenthesized?: boolean;
    }
  | { readonly kind: 'array'; readonly items: readonly Term[]; readonly place: Place; readonly end?: number }
  | { readonly kind: 'set'; readonly items: readonly Term[]; readonly place: Place; readonly end?: number }
  | {
      readonly kind: 'object';
      readonly pairs: readonly (readonly [Term, Term])[];
      readonly place: Place;
      readonly end?: number;
    }
  | {
      readonly kind: 'arrayComprehension';
      readonly head: Term;
      readonly body: Body;
      readonly place: Place;
      readonly end?: number;
    }
  | {
      readonly kind: 'setComprehension';
      readonly head: Term;
      readonly body: Body;
      readonly place: Place;
      readonly end?: number;
    }
  | {
      readonly kind: 'objectComprehension';
      readonly key: Term;
      readonly head: Term;
      readonly body: Body;
      readonly place: Place;
      readonly end?: number;
    }
  /** `$"text {expression}"` */
  | {
      readonly kind: 'template';
      readonly parts: readonly (string | Literal)[];
      readonly place: Place;
      readonly written?: string;
    };

export interface With {
  readonly target: readonly string[];
  readonly value: Term;
  /** The built-in that stands in for the target, if the value is its name. */
  readonly builtin: string | null;
  /** On a line of its own. */
  readonly startsLine?: boolean;
  readonly place: Place;
}

export type Expression =
  | { readonly kind: 'term'; readonly term: Term }
  | { readonly kind: 'unify'; readonly left: Term; readonly right: Term }
  | { readonly kind: 'assign'; readonly left: Term; readonly right: Term }
  | { readonly kind: 'some'; readonly names: readonly string[] }
  | { readonly kind: 'someIn'; readonly key: Term | null; readonly value: Term; readonly domain: Term }
  | {
      readonly kind: 'every';
      readonly key: string | null;
      readonly value: string;
      readonly domain: Term;
      readonly body: Body;
      readonly end?: number;
    }
  /** A body in braces or parentheses, in a scope of its own; succeeds at most once. */
  | { readonly kind: 'group'; readonly body: Body; readonly end?: number; readonly braces?: boolean }
  | { readonly kind: 'and'; readonly left: Literal; readonly right: Literal }
  | { readonly kind: 'or'; readonly left: Literal; readonly right: Literal };

/** One statement of a body. */
export interface Literal {
  readonly expression: Expression;
  readonly negated: boolean;
  /** Under `import future.keywords.not`, what is negated is a body: nothing is evaluated outside it. */
  readonly negatedBody?: boolean;
  readonly withs: readonly With[];
  readonly place: Place;
  /** Its last line. */
  readonly end?: number;
}

export type Body = readonly Literal[];

export interface Else {
  readonly value: Term;
  readonly body: Body;
  readonly written: Written;
  readonly place: Place;
  /** On the line of the brace before it. */
  readonly inline: boolean;
}

/** What of a rule its author wrote, where the same rule can be written in several ways. */
export interface Written {
  /** `:=` rather than `=`. */
  readonly assign: boolean;
  readonly value: boolean;
  readonly body: boolean;
  /** The last line of the head. */
  readonly headEnd: number;
  /** The last line of all. */
  readonly end: number;
}

export interface Rule {
  readonly default: boolean;
  /** The name is the first item. What follows is the rest of the reference, e.g. `p.q[x]`. */
  readonly name: string;
  readonly path: readonly Term[];
  /** Null for what is not a function. */
  readonly args: readonly Term[] | null;
  /** The element of a partial set; null for others. */
  readonly key: Term | null;
  readonly value: Term;
  readonly body: Body;
  readonly elses: readonly Else[];
  readonly written: Written;
  readonly place: Place;
}

export interface Import {
  readonly path: readonly string[];
  readonly alias: string | null;
  readonly place: Place;
}

export interface Module {
  readonly file: string;
  /** Without `data`. */
  readonly package: readonly string[];
  readonly packagePlace: Place;
  readonly imports: readonly Import[];
  readonly rules: readonly Rule[];
  /** Comment lines, for metadata. */
  readonly comments: readonly Comment[];
}

export interface Comment {
  readonly line: number;
  /** Without `#`. */
  readonly text: string;
}
