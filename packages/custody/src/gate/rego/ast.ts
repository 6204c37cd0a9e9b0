/** The tree that the parser makes. Readonly throughout: the compiler makes new trees. */
import type { Place } from './rego-error.ts';
import type { Value } from './value.ts';

export type Term =
  | { readonly kind: 'value'; readonly value: Value; readonly place: Place }
  | { readonly kind: 'var'; readonly name: string; readonly place: Place }
  | { readonly kind: 'ref'; readonly head: Term; readonly path: readonly Term[]; readonly place: Place }
  | {
      readonly kind: 'call';
      readonly operator: readonly string[];
      readonly args: readonly Term[];
      readonly place: Place;
    }
  | { readonly kind: 'array'; readonly items: readonly Term[]; readonly place: Place }
  | { readonly kind: 'set'; readonly items: readonly Term[]; readonly place: Place }
  | { readonly kind: 'object'; readonly pairs: readonly (readonly [Term, Term])[]; readonly place: Place }
  | { readonly kind: 'arrayComprehension'; readonly head: Term; readonly body: Body; readonly place: Place }
  | { readonly kind: 'setComprehension'; readonly head: Term; readonly body: Body; readonly place: Place }
  | {
      readonly kind: 'objectComprehension';
      readonly key: Term;
      readonly head: Term;
      readonly body: Body;
      readonly place: Place;
    }
  /** `$"text {expression}"` */
  | { readonly kind: 'template'; readonly parts: readonly (string | Literal)[]; readonly place: Place };

export interface With {
  readonly target: readonly string[];
  readonly value: Term;
  /** The built-in that stands in for the target, if the value is its name. */
  readonly builtin: string | null;
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
    }
  /** A body in braces or parentheses, in a scope of its own; succeeds at most once. */
  | { readonly kind: 'group'; readonly body: Body }
  | { readonly kind: 'and'; readonly left: Literal; readonly right: Literal }
  | { readonly kind: 'or'; readonly left: Literal; readonly right: Literal };

/** One statement of a body. */
export interface Literal {
  readonly expression: Expression;
  readonly negated: boolean;
  readonly withs: readonly With[];
  readonly place: Place;
}

export type Body = readonly Literal[];

export interface Else {
  readonly value: Term;
  readonly body: Body;
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
  readonly comments: readonly { readonly line: number; readonly text: string }[];
}
