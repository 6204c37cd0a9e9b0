/** Nodes with their templates rendered and what they name resolved, in the order of their dependence. */
import { LineMap } from '../../sql/diagnostic.ts';
import { mergedConfig } from './configuration.ts';
import type { DbtUnknown } from './facts.ts';
import { modelRelation, sourceRelation } from './names.ts';
import type { ProjectNode } from './node.ts';
import type { NodeProperties } from './properties.ts';
import { renderNode, type RenderContext, type RenderedNode } from './rendering.ts';

export interface Prepared {
  readonly node: ProjectNode;
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Both ways it can be rendered; one where they are the same, none for a seed or Python. */
  readonly rendered: readonly RenderedNode[];
  readonly upstream: readonly { readonly id: string; readonly name: string }[];
  readonly missing: readonly string[];
  readonly unknowns: readonly DbtUnknown[];
  readonly unread: string | null;
  /** Line of an offset in the file. */
  readonly lineOf: (offset: number) => number;
}

/** Lines of a text, found when they are first asked for. */
export function linesOf(text: string): (offset: number) => number {
  let lines: LineMap | null = null;
  return (offset) => (lines ??= new LineMap(text)).position(offset).line;
}

/** A versioned model is meant by its name and `v`, or by its latest version. */
export function modelFinder(
  nodes: readonly ProjectNode[],
  said: ReadonlyMap<string, NodeProperties>,
): RenderContext['modelOf'] {
  const names = new Set(nodes.map(({ name }) => name));
  const versions = new Map<string, ProjectNode[]>();
  for (const node of nodes)
    if (node.version !== null) versions.set(node.unversioned, [...(versions.get(node.unversioned) ?? []), node]);
  return (name, version) => {
    const own = versions.get(name);
    if (own === undefined) return names.has(name) ? name : null;
    const latest =
      version ??
      said.get(name)?.latestVersion ??
      own.map((one) => one.version!).sort((a, b) => Number(b) - Number(a) || (a < b ? 1 : -1))[0]!;
    return own.find((one) => one.version === latest)?.name ?? null;
  };
}

export function prepare(nodes: readonly ProjectNode[], context: RenderContext): Prepared[] {
  return nodes.map((node): Prepared => {
    const id = modelRelation(node.name).sql;
    const base: Prepared = {
      node,
      id,
      config: node.config,
      rendered: [],
      upstream: [],
      missing: [],
      unknowns: [],
      unread: null,
      lineOf: linesOf(node.text),
    };
    if (node.kind === 'seed') return base;
    if (node.path.endsWith('.py')) return pythonModel(base, context);
    const both = [renderNode(node.text, node.name, context, false), renderNode(node.text, node.name, context, true)];
    const rendered = both[0]!.sql === both[1]!.sql ? both.slice(0, 1) : both;
    const references = both.flatMap((one) => one.references);
    const upstream = new Map<string, string>();
    for (const one of references)
      if (one.isKnown)
        if (one.kind === 'model') upstream.set(modelRelation(one.name).sql, one.name);
        else upstream.set(sourceRelation(one.name, one.table!).sql, `${one.name}.${one.table}`);
    const unknowns = new Map<string, DbtUnknown>();
    for (const { offset, what } of both.flatMap((one) => one.unknowns)) {
      const line = base.lineOf(offset);
      unknowns.set(`${line}\n${what}`, { line, what: `${what} cannot be known from the files` });
    }
    return {
      ...base,
      config: mergedConfig(node.config, both[0]!.config),
      rendered,
      upstream: [...upstream].map(([of, name]) => ({ id: of, name })),
      missing: [
        ...new Set(
          references.flatMap((one) =>
            one.isKnown ? [] : [one.table === null ? one.name : `${one.name}.${one.table}`],
          ),
        ),
      ],
      unknowns: [...unknowns.values()],
      unread: both[0]!.unread ?? both[1]!.unread,
    };
  });
}

/** What it names is seen; what becomes of the columns is not. */
function pythonModel(base: Prepared, context: RenderContext): Prepared {
  const { node } = base;
  const upstream = new Map<string, string>();
  for (const [, call, first, second] of node.text
    .slice(0, 1_000_000)
    .matchAll(/\bdbt\.(ref|source)\(\s*["'](\w+)["'](?:\s*,\s*["'](\w+)["'])?/g)) {
    if (call === 'source' && second !== undefined)
      upstream.set(sourceRelation(first!, second).sql, `${first}.${second}`);
    else {
      const found = context.modelOf(second ?? first!, null);
      if (found !== null) upstream.set(modelRelation(found).sql, found);
    }
  }
  return {
    ...base,
    upstream: [...upstream].map(([id, name]) => ({ id, name })),
    unknowns: [{ line: 1, what: 'which columns a Python model makes cannot be known from the files' }],
  };
}

/** What a node depends on before it; a circle, which dbt would refuse, is cut where it is met. */
export function inOrder(prepared: readonly Prepared[]): readonly Prepared[] {
  const byId = new Map(prepared.map((one) => [one.id, one]));
  const ordered: Prepared[] = [];
  const seen = new Set<string>();
  for (const start of byId.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const one = byId.get(top.id)!;
      const dependence = one.upstream[top.next++];
      if (dependence === undefined) {
        stack.pop();
        ordered.push(one);
      } else if (byId.has(dependence.id) && !seen.has(dependence.id)) {
        seen.add(dependence.id);
        stack.push({ id: dependence.id, next: 0 });
      }
    }
  }
  return ordered;
}
