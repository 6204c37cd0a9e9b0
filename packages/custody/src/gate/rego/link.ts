/** Modules into one tree of documents: names resolved, rules grouped and checked, bodies compiled. */
import type { Module, Rule, Term } from './ast.ts';
import { annotationsOf, withMetadata } from './annotation.ts';
import { Cells, newLinker, type Linker, type Reached } from './code/context.ts';
import { callable, complete, packageLength, partial } from './code/rule.ts';
import { Node } from './document.ts';
import { RegoError } from './rego-error.ts';
import { Names, globalsOf } from './scope.ts';
import { checkTypes } from './types.ts';

export function link(modules: readonly Module[], reached: Reached | null): Linker {
  const cells = new Cells();
  const root = new Node(cells.next(), [], null);
  const nodeAt = (path: readonly string[]): Node => {
    let node = root;
    for (const name of path) {
      let child = node.children.get(name);
      if (child === undefined) node.children.set(name, (child = new Node(cells.next(), [...node.path, name], node)));
      node = child;
    }
    return node;
  };

  const namesOfPackage = new Map<string, Set<string>>();
  for (const module of modules) {
    const key = JSON.stringify(module.package);
    const names = namesOfPackage.get(key) ?? new Set();
    for (const rule of module.rules) names.add(rule.name);
    namesOfPackage.set(key, names);
    nodeAt(module.package);
  }

  const groups = new Map<Node, { readonly kind: 'complete' | 'callable' | 'partial'; readonly rules: Rule[] }>();
  const annotated = modules.some(({ comments }) => comments.some(({ text }) => text.trim() === 'METADATA'));
  const annotations = annotated ? modules.flatMap(annotationsOf) : [];
  for (const module of modules) {
    const globals = globalsOf(module, namesOfPackage.get(JSON.stringify(module.package)) ?? []);
    for (const written of module.rules) {
      const rule = new Names(globals).rule(withMetadata(written, module, annotations));
      checkTypes(rule);
      packageLength.set(rule, module.package.length);
      const ground = groundPath(rule.path);
      const node = nodeAt([...module.package, rule.name, ...ground]);
      const kind =
        rule.args !== null
          ? 'callable'
          : rule.key !== null || ground.length < rule.path.length
            ? 'partial'
            : 'complete';
      const group = groups.get(node) ?? { kind, rules: [] };
      if (group.kind !== kind || (group.rules.length > 0 && group.rules[0]?.args?.length !== rule.args?.length))
        throw new RegoError(
          'rego_type_error',
          `conflicting rules data.${node.path.join('.')} found`,
          'Give one name to one kind of rule, with one number of arguments.',
          rule.place,
        );
      if (rule.default && group.rules.some((other) => other.default))
        throw new RegoError(
          'rego_type_error',
          `multiple default rules data.${node.path.join('.')} found`,
          'Keep one default.',
          rule.place,
        );
      group.rules.push(rule);
      groups.set(node, group);
    }
  }
  checkOverlap(groups);
  checkRecursion(root, groups);

  const linker = newLinker(root, cells, reached);
  // Functions first as arities, for the safety of bodies needs to know them.
  for (const [node, { kind, rules }] of groups) {
    const pending = (): never => {
      throw new RegoError('eval_internal_error', 'a rule ran before it was compiled', 'This is a defect; report it.');
    };
    if (kind === 'callable') node.callable = { arity: rules[0]?.args?.length ?? 0, call: pending };
    else if (kind === 'complete') node.complete = { value: pending };
    else node.partial = { isSet: false, fill: pending };
  }
  for (const [node, { kind, rules }] of groups) {
    if (kind === 'callable') node.callable = callable(linker, node, rules);
    else if (kind === 'complete') node.complete = complete(linker, node, rules);
    else node.partial = partial(linker, node, rules);
  }
  return linker;
}

function groundPath(path: readonly Term[]): string[] {
  const ground: string[] = [];
  for (const term of path) {
    if (term.kind !== 'value' || typeof term.value !== 'string') break;
    ground.push(term.value);
  }
  return ground;
}

type Groups = ReadonlyMap<
  Node,
  { readonly kind: 'complete' | 'callable' | 'partial'; readonly rules: readonly Rule[] }
>;

/** A rule with one value leaves no room for rules below it. */
function checkOverlap(groups: Groups): void {
  for (const [node, { kind, rules }] of groups) {
    if (kind !== 'complete' || node.children.size === 0) continue;
    throw new RegoError(
      'rego_type_error',
      `rule data.${node.path.join('.')} conflicts with ${[...node.children.values()].map((c) => `data.${c.path.join('.')}`).join(', ')}`,
      'Rename one of them.',
      rules[0]?.place ?? null,
    );
  }
}

function checkRecursion(root: Node, groups: Groups): void {
  const state = new Map<Node, 'open' | 'done'>();
  const visit = (node: Node, trail: readonly Node[]): void => {
    const known = state.get(node);
    if (known === 'done') return;
    const name = (n: Node): string => `data.${n.path.join('.')}`;
    if (known === 'open') {
      const cycle = [...trail.slice(trail.indexOf(node)), node].map(name).join(' -> ');
      throw new RegoError(
        'rego_recursion_error',
        `rule ${name(node)} is recursive: ${cycle}`,
        'Rego forbids recursion: break the cycle.',
        groups.get(node)?.rules[0]?.place ?? null,
      );
    }
    state.set(node, 'open');
    for (const next of dependencies(root, groups.get(node)?.rules ?? [])) visit(next, [...trail, node]);
    state.set(node, 'done');
  };
  for (const node of groups.keys()) visit(node, []);

  function dependencies(from: Node, rules: readonly Rule[]): Set<Node> {
    const found = new Set<Node>();
    const below = (node: Node): void => {
      if (groups.has(node)) found.add(node);
      for (const child of node.children.values()) below(child);
    };
    const reach = (node: Node, path: readonly (string | null)[], i: number): void => {
      if (groups.has(node)) found.add(node);
      const step = path[i];
      if (step === undefined) return below(node);
      if (step === null) for (const child of node.children.values()) reach(child, path, i + 1);
      else {
        const child = node.children.get(step);
        if (child !== undefined) reach(child, path, i + 1);
      }
    };
    const term = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return;
      if (Array.isArray(value)) return value.forEach(term);
      const t = value as {
        kind?: string;
        name?: string;
        head?: { kind: string; name: string };
        path?: readonly Term[];
        operator?: readonly string[];
      };
      if (t.kind === 'value') return;
      if (t.kind === 'ref' && t.head?.kind === 'var' && t.head.name === 'data')
        reach(
          from,
          (t.path ?? []).map((item) =>
            item.kind === 'value' ? (typeof item.value === 'string' ? item.value : '') : null,
          ),
          0,
        );
      if (t.kind === 'var' && t.name === 'data') below(from);
      if (t.kind === 'call' && t.operator?.[0] === 'data') reach(from, t.operator.slice(1), 0);
      for (const [key, item] of Object.entries(t)) {
        if (key === 'place' || (t.kind === 'ref' && key === 'head' && t.head?.kind === 'var')) continue;
        term(item);
      }
    };
    for (const rule of rules) {
      term(rule.args);
      term(rule.path);
      term(rule.key);
      term(rule.value);
      term(rule.body);
      term(rule.elses);
    }
    return found;
  }
}
