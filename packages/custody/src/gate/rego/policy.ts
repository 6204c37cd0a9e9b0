/** Modules and data, compiled once, asked many times. */
import { parseModule, parseQuery } from './parser.ts';
import type { Body, Module, Rule, Term } from './ast.ts';
import { Cells, newLinker, type Linker } from './code/context.ts';
import { linkQuery, type Query } from './code/query.ts';
import { callable, complete, packageLength, partial } from './code/rule.ts';
import { annotationsOf, withMetadata } from './annotation.ts';
import { extentOf, Node } from './document.ts';
import { parseJson } from './json-text.ts';
import { RegoError } from './rego-error.ts';
import { Budget, DEFAULT_LIMITS, Runtime, stackError, type HttpSend, type Limits } from './runtime.ts';
import { Names, globalsOf } from './scope.ts';
import { fromJs, RegoObject, toJs, type Value } from './value.ts';

export interface PolicySource {
  /** Text of Rego v1 by file name; a list is named `test-0.rego`, `test-1.rego` and so on. */
  readonly modules?: Readonly<Record<string, string>> | readonly string[];
  /** Base documents: an object as of JSON.parse, or JSON text, which keeps large numbers exact. */
  readonly data?: unknown;
}

export interface QueryOptions {
  /** As of JSON.parse. Left out, `input` is undefined. */
  readonly input?: unknown;
  /** Nanoseconds since 1970 that `time.now_ns` answers. */
  readonly nowNs?: bigint;
  /** Errors of built-ins are thrown rather than making the expression undefined. */
  readonly strictBuiltinErrors?: boolean;
  readonly limits?: Partial<Limits>;
  /** Without it, `http.send` is refused. */
  readonly httpSend?: HttpSend;
  /** What random built-ins follow from: the same seed gives the same answers. */
  readonly seed?: string;
  /** Hears what `print` says. */
  readonly print?: (text: string) => void;
}

export type Bindings = ReadonlyMap<string, Value>;

const QUERIES_KEPT = 256;

export class Policy {
  readonly #root: Node;
  readonly #linker: Linker;
  readonly #data: RegoObject;
  readonly #queries = new Map<string, Query>();

  constructor(root: Node, linker: Linker, data: RegoObject) {
    this.#root = root;
    this.#linker = linker;
    this.#data = data;
  }

  /** Every solution of a query, each with the variables that it names, as Rego values. Throws RegoError. */
  solutions(query: string, options: QueryOptions = {}): Bindings[] {
    return guarded(() => {
      const prepared = this.#prepare(query);
      const found: Bindings[] = [];
      const rt = this.#runtime(options);
      prepared.run(rt, (values) => {
        rt.budget.grow(1);
        found.push(new Map(prepared.names.map((name, i) => [name, values[i] as Value])));
      });
      return found;
    });
  }

  /** As `solutions`, in the shapes of JSON: `[{ y: true }]`. */
  query(query: string, options: QueryOptions = {}): Record<string, unknown>[] {
    return guarded(() =>
      this.solutions(query, options).map((bindings) => {
        const plain: Record<string, unknown> = {};
        for (const [name, value] of bindings)
          Object.defineProperty(plain, name, {
            value: toJs(value),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        return plain;
      }),
    );
  }

  /** The document at a path such as `data.custody.access.decision`; undefined if there is none. */
  document(path: string, options: QueryOptions = {}): Value | undefined {
    return guarded(() => {
      const rt = this.#runtime(options);
      const names = path.split('.');
      if (names[0] === 'data') names.shift();
      let node: Node | null = this.#root;
      let value: Value | undefined = rt.data;
      for (const name of names) {
        if (node?.hasRules === true) {
          value = extentOf(rt, node, value);
          node = null;
        }
        value = value instanceof RegoObject ? value.get(name) : undefined;
        node = node?.children.get(name) ?? null;
      }
      return node === null ? value : extentOf(rt, node, value);
    });
  }

  /** As `document`, in the shapes of JSON; undefined if there is none. */
  evaluate(path: string, input?: unknown, options: QueryOptions = {}): unknown {
    const value = this.document(path, input === undefined ? options : { ...options, input });
    return value === undefined ? undefined : guarded(() => toJs(value));
  }

  #prepare(query: string): Query {
    const known = this.#queries.get(query);
    if (known !== undefined) return known;
    const body: Body = new Names(new Map(), true).query(parseQuery(query));
    const prepared = linkQuery(this.#linker, body);
    if (this.#queries.size >= QUERIES_KEPT) this.#queries.clear();
    this.#queries.set(query, prepared);
    return prepared;
  }

  #runtime(options: QueryOptions): Runtime {
    const budget = new Budget(
      options.limits === undefined ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, ...options.limits },
      options.nowNs ?? null,
      options.strictBuiltinErrors ?? false,
      options.httpSend ?? null,
      options.seed ?? '',
    );
    budget.print = options.print ?? null;
    return new Runtime(
      budget,
      options.input === undefined ? undefined : fromJs(options.input),
      this.#data,
      this.#linker.cells.count,
    );
  }
}

/** Whatever goes wrong leaves as a RegoError. */
function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RegoError) throw error;
    if (error instanceof RangeError) throw stackError();
    throw new RegoError(
      'eval_internal_error',
      error instanceof Error ? error.message : String(error),
      'This is a defect; report it.',
    );
  }
}

/** Compiles modules and data. Throws the first RegoError found, with its place. */
export function compile(source: PolicySource): Policy {
  return guarded(() => {
    const given = source.modules ?? [];
    const files = Array.isArray(given)
      ? (given as readonly string[]).map((text, i) => [`test-${i}.rego`, text] as const)
      : Object.entries(given as Readonly<Record<string, string>>);
    const modules = files.map(([file, text]) => parseModule(text, file));
    const data = typeof source.data === 'string' ? parseJson(source.data) : fromJs(source.data ?? {});
    if (!(data instanceof RegoObject))
      throw new RegoError('rego_compile_error', 'data must be an object', 'Wrap it: {"name": data}.');
    return link(modules, data);
  });
}

function link(modules: readonly Module[], data: RegoObject): Policy {
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

  const linker = newLinker(root, cells);
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
  return new Policy(root, linker, data);
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
