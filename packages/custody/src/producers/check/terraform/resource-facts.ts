/** Facts of a resource from what its arguments come to. */
import { detectSecrets } from '../../scan/index.ts';
import type { Block } from './expression.ts';
import type { FactObject, FactValue, TerraformResource } from './facts.ts';
import type { Tracked } from './module.ts';
import { isList, isObject, placeholder, Unknown, type Value } from './value.ts';

/** Names under which a literal is a secret. */
const SECRET_NAME =
  /(?:^|_)(?:password|passwd|passphrase|secret|secret_key|access_key|private_key|client_secret|auth_token|token|connection_string|sas_token|api_key|account_key|secret_string|secret_binary)$/i;
/** Of these the last word says otherwise. */
const NO_SECRET = /(?:^|_)(?:secret|token|password)_?(?:name|id|arn|version|type|length|ttl|policy)$/i;
const STRING_LEAST = 12;
const STRING_MAX = 100_000;

/** `values` without secrets, `lines` by dotted name, `references` by argument. */
export function resourceFacts(
  block: Block,
  tracked: ReadonlyMap<string, Tracked>,
): Pick<TerraformResource, 'values' | 'lines' | 'references' | 'secrets'> {
  const lines: Record<string, number> = {};
  linesOf(block, '', lines, 0);
  const references: Record<string, readonly string[]> = {};
  for (const [name, { references: found }] of tracked) if (found.size > 0) references[name] = [...found].sort();
  const values = [...tracked].map(([name, { value }]) => [name, value] as const);
  return { lines, references, ...factsOfValues(values, (name) => lines[name] ?? block.line) };
}

/** Arguments without what is secret in them, and where that stands. `lineOf`: of an argument. */
export function factsOfValues(
  given: Iterable<readonly [name: string, value: Value]>,
  lineOf: (name: string) => number,
): Pick<TerraformResource, 'values' | 'secrets'> {
  const secrets: { attribute: string; type: string; line: number }[] = [];
  const values: Record<string, FactValue> = {};
  for (const [name, value] of given) {
    const fact = factOf(value, name, (type) => secrets.push({ attribute: name, type, line: lineOf(name) }));
    if (fact !== undefined && name !== '__proto__') values[name] = fact;
  }
  return { values, secrets };
}

function linesOf(block: Block, under: string, lines: Record<string, number>, depth: number): void {
  for (const { name, line } of block.body.attributes) lines[under + name] ??= line;
  for (const inner of block.body.blocks) {
    const isDynamic = inner.type === 'dynamic';
    const name = under + (isDynamic ? (inner.labels[0] ?? inner.type) : inner.type);
    lines[name] ??= inner.line;
    const content = isDynamic ? inner.body.blocks.find(({ type }) => type === 'content') : inner;
    if (content !== undefined && depth < 20) linesOf(content, `${name}.`, lines, depth + 1);
  }
}

/** Undefined for null. `tell` hears of secrets. */
function factOf(value: Value, name: string, tell: (type: string) => void): FactValue | undefined {
  if (value === null) return undefined;
  if (value instanceof Unknown) return placeholder(value);
  if (isList(value)) return value.map((item) => factOf(item, name, tell)).filter((fact) => fact !== undefined);
  if (isObject(value)) {
    const made: Record<string, FactValue> = {};
    for (const [key, item] of Object.entries(value)) {
      const fact = factOf(item, key, tell);
      if (fact !== undefined && key !== '__proto__') made[key] = fact;
    }
    return made satisfies FactObject;
  }
  if (value === 'true') return true;
  if (value === 'false') return false;
  return typeof value === 'string' ? withoutSecrets(value, name, tell) : value;
}

/** A literal under the name of a secret is `***`; in any other string what the scanner finds. */
function withoutSecrets(text: string, name: string, tell: (type: string) => void): string {
  if (SECRET_NAME.test(name) && !NO_SECRET.test(name)) {
    if (text === '' || text.startsWith('${')) return text;
    tell('PASSWORD');
    return '***';
  }
  if (text.length < STRING_LEAST || text.length > STRING_MAX || !/[A-Za-z0-9/+_=-]{12}/.test(text)) return text;
  let made = '';
  let at = 0;
  for (const { start, end, type, confidence } of [...detectSecrets(text, '')].sort((a, b) => a.start - b.start)) {
    if (confidence < 0.5 || type === 'HIGH_ENTROPY' || start < at) continue;
    // An ARN names something: `aws:` in it assigns nothing.
    if (/\barn:[a-z-]{0,20}:$/.test(text.slice(Math.max(0, start - 26), start))) continue;
    tell(type);
    made += `${text.slice(at, start)}***`;
    at = end;
  }
  return made + text.slice(at);
}
