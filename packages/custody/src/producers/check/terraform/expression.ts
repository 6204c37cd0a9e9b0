/** Expressions and bodies of HCL as data (Terraform's language, https://developer.hashicorp.com/terraform/language). */

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly text: string }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[]; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly text: string }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[]; readonly text: string }
  | ({ readonly kind: 'for'; readonly text: string } & ForParts)
  | { readonly kind: 'variable'; readonly name: string; readonly text: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string; readonly text: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression; readonly text: string }
  /** `of[*].a.b`: what stands behind the star is asked of every element. */
  | {
      readonly kind: 'splat';
      readonly of: Expression;
      readonly steps: readonly (string | Expression)[];
      readonly text: string;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      /** The last argument is a list of arguments (`...`). */
      readonly isSpread: boolean;
      readonly text: string;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
      readonly text: string;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: Expression; readonly text: string }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly text: string;
    }
  /** What could not be parsed. */
  | { readonly kind: 'unread'; readonly text: string };

export interface ForParts {
  readonly keyName: string | null;
  readonly valueName: string;
  readonly collection: Expression;
  /** Null for a list. */
  readonly key: Expression | null;
  readonly value: Expression;
  readonly condition: Expression | null;
  /** `...`: values of the same key become a list. */
  readonly isGrouped: boolean;
}

export type TemplatePart =
  | string
  | { readonly kind: 'value'; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly yes: readonly TemplatePart[];
      readonly no: readonly TemplatePart[];
    };

export interface Attribute {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly value: Expression;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly body: Body;
}

export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

export const NO_BODY: Body = { attributes: [], blocks: [] };

export const attributeOf = (body: Body, name: string): Attribute | undefined =>
  body.attributes.find((attribute) => attribute.name === name);
