/**
 * A plan as `terraform show -json` writes it: what will be, after every variable, function and module
 * (https://developer.hashicorp.com/terraform/internals/json-format).
 */
import { lineAt, lineStarts } from '../secrets.ts';
import type { TerraformFacts, TerraformResource } from './facts.ts';
import { factsOfValues } from './resource-facts.ts';
import { isList, isObject, objectOf, Unknown, valueOfJson, type Value } from './value.ts';

type Json = Readonly<Record<string, unknown>>;

/** By its first characters: the file is only then parsed. */
export const isPlan = (path: string, text: string): boolean =>
  /\.json$/i.test(path) && /"format_version"/.test(text.slice(0, 4_000)) && text.includes('"planned_values"');

const DEPTH_MAX = 30;

export function planIn(path: string, text: string): TerraformFacts | null {
  let plan: Json | null;
  try {
    plan = asObject(JSON.parse(text));
  } catch {
    return null;
  }
  const root = asObject(asObject(plan?.['planned_values'])?.['root_module']);
  if (plan === null || root === null) return null;
  const lines = linesOfAddresses(text);
  const changes = changesOf(plan);
  const references = referencesOf(asObject(asObject(plan['configuration'])?.['root_module']), '', 0);
  const resources: Record<string, TerraformResource[]> = {};
  const data: Record<string, TerraformResource[]> = {};
  for (const planned of plannedIn(root, 0)) {
    const [full, type, name] = [planned['address'], planned['type'], planned['name']].map(String) as [
      string,
      string,
      string,
    ];
    const address = full.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
    const line = lines.get(full) ?? 1;
    const values = withUnknown(valueOfJson(planned['values']), changes.get(full));
    const into = planned['mode'] === 'data' ? data : resources;
    (into[type] ??= []).push({
      address,
      type,
      name,
      instance: /(\[(?:\d+|"(?:[^"\\]|\\.)*")\])$/.exec(full)?.[1] ?? '',
      file: path,
      line,
      lines: {},
      references: references.get(address) ?? {},
      ...factsOfValues(isObject(values) ? Object.entries(values) : [], () => line),
    });
  }
  return {
    kind: 'terraform',
    path,
    form: 'plan',
    resources,
    data,
    modules: [],
    providers: [],
    outputs: [],
    backends: [],
    unknowns: [],
  };
}

const asObject = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

const objectsOf = (value: unknown): Json[] =>
  Array.isArray(value) ? (value as unknown[]).flatMap<Json>((one) => asObject(one) ?? []) : [];

function* plannedIn(module: Json, depth: number): Generator<Json> {
  yield* objectsOf(module['resources']);
  if (depth < DEPTH_MAX) for (const child of objectsOf(module['child_modules'])) yield* plannedIn(child, depth + 1);
}

/** `after_unknown` by address: true where a value is known only after the apply. */
const changesOf = (plan: Json): ReadonlyMap<string, unknown> =>
  new Map(
    objectsOf(plan['resource_changes']).map((change) => [
      String(change['address']),
      asObject(change['change'])?.['after_unknown'],
    ]),
  );

function withUnknown(value: Value, unknown: unknown, depth = 0): Value {
  if (unknown === true) return new Unknown('known after apply');
  if (depth >= DEPTH_MAX || typeof unknown !== 'object' || unknown === null) return value;
  if (Array.isArray(unknown)) {
    const items = isList(value) ? value : [];
    return Array.from({ length: Math.max(items.length, unknown.length) }, (_, i) =>
      withUnknown(items[i] ?? objectOf([]), unknown[i], depth + 1),
    );
  }
  const entries = new Map(Object.entries(isObject(value) ? value : {}));
  for (const [key, part] of Object.entries(unknown))
    if (part !== false) entries.set(key, withUnknown(entries.get(key) ?? null, part, depth + 1));
  return objectOf(entries);
}

type References = Readonly<Record<string, readonly string[]>>;

/** What each resource's arguments refer to, by the configuration that the plan holds; within its own module. */
function referencesOf(module: Json | null, prefix: string, depth: number): Map<string, References> {
  const found = new Map<string, References>();
  if (module === null || depth >= DEPTH_MAX) return found;
  for (const resource of objectsOf(module['resources'])) {
    const made: Record<string, string[]> = {};
    for (const [name, expression] of Object.entries(asObject(resource['expressions']) ?? {})) {
      const to = new Set<string>();
      collect(expression, to, 0);
      if (to.size > 0) made[name] = [...to].map((one) => prefix + one).sort();
    }
    found.set(prefix + String(resource['address']), made);
  }
  for (const [name, call] of Object.entries(asObject(module['module_calls']) ?? {}))
    for (const [address, of] of referencesOf(
      asObject(asObject(call)?.['module']),
      `${prefix}module.${name}.`,
      depth + 1,
    ))
      found.set(address, of);
  return found;
}

function collect(expression: unknown, into: Set<string>, depth: number): void {
  if (depth > DEPTH_MAX || typeof expression !== 'object' || expression === null) return;
  const references = (expression as Json)['references'];
  if (Array.isArray(references))
    for (const reference of references) {
      const address = /^(?:data\.)?[a-z][\w-]*\.[\w-]+/.exec(String(reference))?.[0];
      if (address !== undefined && !/^(?:var|local|each|count|path|module|self|terraform)\./.test(address))
        into.add(address);
    }
  for (const part of Object.values(expression)) collect(part, into, depth + 1);
}

function linesOfAddresses(text: string): ReadonlyMap<string, number> {
  const starts = lineStarts(text);
  const lines = new Map<string, number>();
  for (const found of text.matchAll(/"address"\s{0,10}:\s{0,10}("(?:[^"\\\n]|\\.)*")/g)) {
    const address = found[1]!.slice(1, -1).replaceAll('\\"', '"');
    if (!lines.has(address)) lines.set(address, lineAt(starts, found.index));
  }
  return lines;
}
