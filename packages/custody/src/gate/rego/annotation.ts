/**
 * Metadata: comment blocks that begin with `# METADATA`, as YAML, for the package or rule that follows them
 * (https://www.openpolicyagent.org/docs/policy-language#metadata).
 */
import type { Module, Rule } from './ast.ts';
import { replaceInRule } from './ast-walk.ts';
import { RegoError } from './rego-error.ts';
import { isArray, RegoObject, type Value } from './value.ts';
import { parseYaml, YamlSyntaxError } from './yaml.ts';

type Scope = 'rule' | 'document' | 'package' | 'subpackages';

export interface Annotation {
  readonly scope: Scope;
  /** Without `data`. */
  readonly path: readonly string[];
  /** The rule that it stands before; null before a package. */
  readonly rule: Rule | null;
  readonly line: number;
  readonly value: RegoObject;
}

const SCOPES: readonly string[] = ['rule', 'document', 'package', 'subpackages'];
const KEYS = new Set(
  'scope title description entrypoint organizations related_resources authors schemas custom compile'.split(' '),
);

export function annotationsOf(module: Module): Annotation[] {
  const found: Annotation[] = [];
  const statements = [
    { line: module.packagePlace.line, rule: null as Rule | null },
    ...module.rules.map((rule) => ({ line: rule.place.line, rule: rule as Rule | null })),
  ].sort((a, b) => a.line - b.line);
  const { comments } = module;
  for (let i = 0; i < comments.length; i++) {
    const first = comments[i] as Module['comments'][number];
    if (first.text.trim() !== 'METADATA') continue;
    const lines: string[] = [];
    let last = first.line;
    while (comments[i + 1]?.line === last + 1 && comments[i + 1]?.text.trim() !== 'METADATA') {
      lines.push((comments[++i] as Module['comments'][number]).text);
      last++;
    }
    const target = statements.find(({ line }) => line > last);
    const place = { file: module.file, line: first.line, column: 1 };
    const fail = (what: string): never => {
      throw new RegoError(
        'rego_parse_error',
        what,
        'Correct the metadata, or rename the first line of the comment.',
        place,
      );
    };
    if (target === undefined) return found;
    const value = read(lines, fail);
    const scope = scopeOf(value, target.rule, fail);
    const path =
      scope === 'rule' || scope === 'document'
        ? [...module.package, ...groundName(target.rule as Rule)]
        : module.package;
    found.push({ scope, path, rule: target.rule, line: first.line, value: normal(value.with('scope', scope)) });
  }
  return found;
}

function read(lines: readonly string[], fail: (what: string) => never): RegoObject {
  const indented = lines.filter((line) => line.trim() !== '');
  const margin = Math.min(...indented.map((line) => /^ */.exec(line)?.[0].length ?? 0));
  const text = lines.map((line) => line.slice(Number.isFinite(margin) ? margin : 0)).join('\n');
  try {
    const value = parseYaml(text);
    if (!(value instanceof RegoObject)) return fail('expected METADATA block, found whitespace');
    return value;
  } catch (error) {
    if (error instanceof YamlSyntaxError) return fail(`yaml: ${error.message}`);
    throw error;
  }
}

function scopeOf(value: RegoObject, rule: Rule | null, fail: (what: string) => never): Scope {
  const given = value.get('scope');
  if (given !== undefined && (typeof given !== 'string' || !SCOPES.includes(given)))
    return fail(`invalid scope ${JSON.stringify(given)} for metadata`);
  const scope = (given ??
    (rule === null ? 'package' : value.get('entrypoint') === true ? 'document' : 'rule')) as Scope;
  const fits =
    rule === null ? scope === 'package' || scope === 'subpackages' : scope === 'rule' || scope === 'document';
  return fits
    ? scope
    : fail(
        `annotation scope '${scope}' must be applied to ${scope === 'rule' || scope === 'document' ? 'rule' : 'package'}`,
      );
}

function groundName(rule: Rule): string[] {
  const names = [rule.name];
  for (const term of rule.path) {
    if (term.kind !== 'value' || typeof term.value !== 'string') break;
    names.push(term.value);
  }
  return names;
}

/** Authors and resources written short, in full. */
function normal(value: RegoObject): RegoObject {
  const entries: [Value, Value][] = [];
  for (const [key, item] of value.entries()) {
    if (typeof key !== 'string' || !KEYS.has(key) || key === 'compile') continue;
    if (key === 'authors' && isArray(item)) entries.push([key, item.map(author)]);
    else if (key === 'related_resources' && isArray(item))
      entries.push([key, item.map((r) => (typeof r === 'string' ? RegoObject.of([['ref', r]]) : r))]);
    else if (key === 'entrypoint' && item === false) continue;
    else entries.push([key, item]);
  }
  return RegoObject.of(entries);
}

function author(given: Value): Value {
  if (typeof given !== 'string') return given;
  const match = /^(.*?)\s*<([^<>]*)>$/.exec(given.trim());
  const name = match === null ? given.trim() : (match[1] as string);
  const entries: [string, string][] = [];
  if (match !== null && match[2] !== '') entries.push(['email', match[2] as string]);
  if (name !== '') entries.push(['name', name]);
  return RegoObject.of(entries);
}

/** From the rule outwards: itself, its document, its package, packages above. */
function chainOf(rule: Rule, module: Module, all: readonly Annotation[]): Value[] {
  const path = [...module.package, ...groundName(rule)];
  const link = (at: readonly string[], annotation: Annotation | null): Value =>
    RegoObject.of([
      ...(annotation === null ? [] : [['annotations', annotation.value] as const]),
      ['path', [...at]] as const,
    ]);
  const same = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === b.length && a.every((name, i) => name === b[i]);
  const own = all.filter((a) => a.scope === 'rule' && a.rule === rule).sort((a, b) => b.line - a.line);
  const chain = own.length === 0 ? [link(path, null)] : own.map((a) => link(path, a));
  for (const a of all) if (a.scope === 'document' && same(a.path, path)) chain.push(link(path, a));
  for (const a of all) if (a.scope === 'package' && same(a.path, module.package)) chain.push(link(a.path, a));
  const above = all
    .filter((a) => a.scope === 'subpackages' && same(a.path, module.package.slice(0, a.path.length)))
    .sort((a, b) => b.path.length - a.path.length);
  for (const a of above) chain.push(link(a.path, a));
  return chain;
}

/** `rego.metadata.chain()` and `rego.metadata.rule()` of a rule, as the constants that they are. */
export function withMetadata(rule: Rule, module: Module, all: readonly Annotation[]): Rule {
  return replaceInRule(rule, (term) => {
    if (term.kind !== 'call' || term.operator[0] !== 'rego' || term.operator[1] !== 'metadata' || term.args.length > 1)
      return null;
    const name = term.operator[2];
    if (name !== 'chain' && name !== 'rule') return null;
    const chain = chainOf(rule, module, all);
    const first = chain[0] as RegoObject;
    const value = name === 'chain' ? chain : (first.get('annotations') ?? RegoObject.empty);
    const constant = { kind: 'value', value, place: term.place } as const;
    // The result may be named as the last argument.
    return term.args.length === 0
      ? constant
      : { ...term, operator: ['equal'], args: [constant, term.args[0] as typeof constant] };
  });
}
