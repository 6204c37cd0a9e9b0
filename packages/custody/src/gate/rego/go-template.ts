/** The part of Go's text/template that `strings.render_template` is used for: fields, variables, `if`, `range`, `with`, `else`. */
import { BuiltinError } from './rego-error.ts';
import type { Budget } from './runtime.ts';
import { isArray, RegoObject, RegoSet, toText, type Value } from './value.ts';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly path: string }
  | {
      readonly kind: 'block';
      readonly word: 'if' | 'range' | 'with';
      readonly names: readonly string[];
      readonly path: string;
      readonly body: readonly Part[];
      readonly otherwise: readonly Part[];
    };

type Variables = ReadonlyMap<string, Value | undefined>;

const fail = (what: string): never => {
  throw new BuiltinError('eval_builtin_error', `template: ${what}`);
};

function parse(template: string): readonly Part[] {
  const tokens = template.split(/(\{\{[\s\S]*?\}\})/);
  if (tokens.some((token, i) => i % 2 === 0 && token.includes('{{'))) fail('unclosed action');
  let at = 0;
  const list = (inside: boolean): { parts: Part[]; ended: 'end' | 'else' | 'text' } => {
    const parts: Part[] = [];
    for (; at < tokens.length;) {
      const token = tokens[at++] as string;
      if (!token.startsWith('{{')) {
        let text = token;
        if (tokens[at - 2]?.endsWith('-}}') === true) text = text.trimStart();
        if (tokens[at]?.startsWith('{{-') === true) text = text.trimEnd();
        if (text !== '') parts.push({ kind: 'text', text });
        continue;
      }
      const action = token
        .slice(2, -2)
        .replace(/^-\s|\s-$/g, '')
        .trim();
      if (action.startsWith('/*')) continue;
      if (action === 'end' || action === 'else') {
        if (!inside) fail(`unexpected {{${action}}}`);
        return { parts, ended: action };
      }
      const block = /^(if|range|with)\s+(?:((?:\$\w+\s*,\s*)?\$\w+)\s*:=\s*)?(\S+)$/.exec(action);
      if (block !== null) {
        const then = list(true);
        const otherwise = then.ended === 'else' ? list(true) : { parts: [], ended: 'end' };
        if (otherwise.ended !== 'end') fail('unexpected end of template');
        const names = block[2]?.split(',').map((name) => name.trim()) ?? [];
        parts.push({
          kind: 'block',
          word: block[1] as 'if',
          names,
          path: block[3] as string,
          body: then.parts,
          otherwise: otherwise.parts,
        });
      } else if (/^(\.|(\$\w*)?(\.\w+)*)$/.test(action)) parts.push({ kind: 'print', path: action });
      else fail(`unsupported action {{${action}}}`);
    }
    return { parts, ended: 'text' };
  };
  const { parts } = list(false);
  return parts;
}

const isTrue = (value: Value | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  value !== 0 &&
  value !== '' &&
  !(isArray(value) && value.length === 0) &&
  !(value instanceof RegoObject && value.size === 0);

export function renderTemplate(template: string, variables: RegoObject, budget: Budget): string {
  const resolve = (path: string, dot: Value | undefined, names: Variables): Value | undefined => {
    const [head = '', ...rest] = path.split('.');
    let value = head === '' ? dot : names.get(head);
    for (const name of rest) if (name !== '') value = value instanceof RegoObject ? value.get(name) : undefined;
    return value;
  };
  const render = (parts: readonly Part[], dot: Value | undefined, names: Variables): string =>
    parts
      .map((part) => {
        budget.step();
        if (part.kind === 'text') return part.text;
        const value = resolve(part.path, dot, names);
        if (part.kind === 'print') return value === undefined || value === null ? '<undefined>' : show(value);
        const { word, body, otherwise } = part;
        if (word !== 'range') {
          if (!isTrue(value)) return render(otherwise, dot, names);
          const inner = part.names.length === 0 ? names : new Map(names).set(part.names[0] as string, value);
          return render(body, word === 'with' ? value : dot, inner);
        }
        const entries: readonly (readonly [Value, Value])[] =
          value instanceof RegoObject
            ? value.entries()
            : value !== undefined && isArray(value)
              ? value.map((item, i) => [i, item] as const)
              : [];
        if (entries.length === 0) return render(otherwise, dot, names);
        return entries
          .map(([key, item]) => {
            const inner = new Map(names);
            if (part.names.length === 2) inner.set(part.names[0] as string, key);
            const last = part.names[part.names.length - 1];
            if (last !== undefined) inner.set(last, item);
            return render(body, item, inner);
          })
          .join('');
      })
      .join('');
  if (!isPlain(variables)) fail('a set, or a key that is no string, is no value of a template');
  const text = render(parse(template), variables, new Map([['$', variables]]));
  budget.grow(text.length);
  return text;
}

/** Whether a value is one that JSON holds. */
function isPlain(value: Value): boolean {
  if (value instanceof RegoSet) return false;
  if (isArray(value)) return value.every(isPlain);
  if (!(value instanceof RegoObject)) return true;
  return value.entries().every(([key, item]) => typeof key === 'string' && isPlain(item));
}

/** Go prints maps and slices without commas. */
function show(value: Value): string {
  if (typeof value === 'string') return value;
  if (isArray(value)) return `[${value.map(show).join(' ')}]`;
  if (value instanceof RegoObject)
    return `map[${value
      .entries()
      .map(([k, v]) => `${show(k)}:${show(v)}`)
      .join(' ')}]`;
  return value === null ? '<nil>' : toText(value);
}
