/** Modules and data, compiled once, asked many times. */
import type { Body, Module } from './ast.ts';
import type { Linker } from './code/context.ts';
import { linkQuery, type Query } from './code/query.ts';
import type { Coverage } from './coverage.ts';
import { extentOf, lookup, type Node } from './document.ts';
import { parseJson } from './json-text.ts';
import { link } from './link.ts';
import { parseModule, parseQuery } from './parser.ts';
import { RegoError } from './rego-error.ts';
import { Budget, DEFAULT_LIMITS, Runtime, stackError, type HttpSend, type Limits } from './runtime.ts';
import { Names } from './scope.ts';
import { checkQueryTypes } from './types.ts';
import { fromJs, isArray, RegoObject, shared, toJs, type Value } from './value.ts';

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

const QUERIES_KEPT = 1_024;

interface KnownPath {
  readonly names: readonly string[];
  readonly rule: Node | null;
}

export class Policy {
  readonly #linker: Linker;
  readonly #data: RegoObject;
  readonly #queries = new Map<string, Query>();
  readonly #paths = new Map<string, KnownPath>();

  constructor(linker: Linker, data: RegoObject) {
    this.#linker = linker;
    this.#data = data;
  }

  /** The same rules over other base documents: `value` lies at the path, objects made on the way. */
  withDocument(path: readonly string[], value: Value): Policy {
    const laid = (below: Value | undefined, names: readonly string[]): Value => {
      const [name, ...rest] = names;
      if (name === undefined) return value;
      const object = below instanceof RegoObject ? below : RegoObject.empty;
      return object.with(name, laid(object.get(name), rest));
    };
    return new Policy(this.#linker, shared(laid(this.#data, path)) as RegoObject);
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
    const { names, rule } = this.#pathOf(path);
    if (rule === null) return this.documentAt(names, options);
    return guarded(() => extentOf(this.#runtime(options), rule, undefined));
  }

  /** The names of a path and, where it leads straight to one, the rule. */
  #pathOf(path: string): KnownPath {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    const names = path.split('.');
    if (names[0] === 'data') names.shift();
    let node: Node | null = this.#linker.root;
    for (const name of names) node = node === null || node.hasRules ? null : (node.children.get(name) ?? null);
    const found: KnownPath = { names, rule: node !== null && node.hasRules && node.callable === null ? node : null };
    if (this.#paths.size >= QUERIES_KEPT) this.#paths.clear();
    this.#paths.set(path, found);
    return found;
  }

  /** As `document`, by names below `data`, which may hold any character. */
  documentAt(names: readonly string[], options: QueryOptions = {}): Value | undefined {
    return guarded(() => {
      const rt = this.#runtime(options);
      let node: Node | null = this.#linker.root;
      let value: Value | undefined = rt.data;
      for (const name of names) {
        if (node?.hasRules === true) {
          value = extentOf(rt, node, value);
          node = null;
        }
        value =
          value === undefined
            ? undefined
            : lookup(value, isArray(value) && /^\d{1,9}$/.test(name) ? Number(name) : name);
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

  /** As `evaluate` for each path; the input is taken in once, and what several read is worked out once. */
  evaluateEach(paths: readonly string[], input: unknown): unknown[] {
    return guarded(() => {
      const rt = this.#runtime({ input });
      return paths.map((path) => {
        const { rule } = this.#pathOf(path);
        const value = rule === null ? undefined : extentOf(rt, rule, undefined);
        return value === undefined ? undefined : toJs(value);
      });
    });
  }

  #prepare(query: string): Query {
    const known = this.#queries.get(query);
    if (known !== undefined) return known;
    const body: Body = new Names(new Map(), true).query(parseQuery(query));
    checkQueryTypes(body);
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
    return compileModules(
      files.map(([file, text]) => parseModule(text, file)),
      source.data ?? {},
      null,
    );
  });
}

/** As `compile`, of modules that are parsed already; `coverage` hears what is reached. */
export function compileModules(modules: readonly Module[], data: unknown, coverage: Coverage | null): Policy {
  return guarded(() => {
    const base = typeof data === 'string' ? parseJson(data) : fromJs(data);
    if (!(base instanceof RegoObject))
      throw new RegoError('rego_compile_error', 'data must be an object', 'Wrap it: {"name": data}.');
    return new Policy(link(modules, coverage), shared(base) as RegoObject);
  });
}
