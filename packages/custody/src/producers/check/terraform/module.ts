/** One module of a configuration with what it was given: its names, and what its resources come to. */
import { attributeOf, type Attribute, type Block, type Body, type Expression } from './expression.ts';
import { NamesScope, type Evaluator, type Scope } from './evaluator.ts';
import { calledFolder, type ModuleSource, type SourceBlock } from './module-source.ts';
import { policyJson } from './policy-document.ts';
import {
  booleanOf,
  isList,
  isObject,
  numberOf,
  objectOf,
  Place,
  textOf,
  Unknown,
  type Value,
  type ValueObject,
} from './value.ts';
import { converted } from './variable-type.ts';

/** A value with the addresses that it was made from. */
export interface Tracked {
  readonly value: Value;
  readonly references: ReadonlySet<string>;
}

/** What all modules of a repository share. */
export class Configuration {
  readonly evaluator: Evaluator;
  readonly sources: ReadonlyMap<string, ModuleSource>;
  #collected: Set<string> = new Set();

  constructor(evaluator: Evaluator, sources: ReadonlyMap<string, ModuleSource>) {
    this.evaluator = evaluator;
    this.sources = sources;
  }

  /** What `work` gives, with the addresses that were looked at; they count for whatever is being made outside as well. */
  tracked(work: () => Value): Tracked {
    const outer = this.#collected;
    const references = (this.#collected = new Set());
    try {
      return { value: work(), references };
    } finally {
      for (const reference of references) outer.add(reference);
      this.#collected = outer;
    }
  }

  refer(addresses: Iterable<string>): void {
    for (const address of addresses) this.#collected.add(address);
  }
}

/** One instance of a block that may be repeated. */
export interface Instance {
  /** `[0]`, `["raw"]`, or empty. */
  readonly key: string;
  readonly scope: Scope;
}

const INSTANCES_MAX = 50;
const MODULE_DEPTH_MAX = 12;
const META = new Set(['count', 'for_each', 'provider', 'providers', 'depends_on', 'source', 'version']);

export class Module implements Scope {
  readonly source: ModuleSource;
  /** `module.lake.` or nothing. */
  readonly prefix: string;
  readonly #configuration: Configuration;
  readonly #inputs: ReadonlyMap<string, Tracked>;
  readonly #depth: number;
  readonly #known = new Map<string, Tracked>();
  readonly #open = new Set<string>();
  readonly #children = new Map<string, readonly Module[]>();

  constructor(
    source: ModuleSource,
    configuration: Configuration,
    inputs: ReadonlyMap<string, Tracked> = new Map(),
    prefix = '',
    depth = 0,
  ) {
    this.source = source;
    this.#configuration = configuration;
    this.#inputs = inputs;
    this.prefix = prefix;
    this.#depth = depth;
  }

  lookup(name: string): Value | undefined {
    switch (name) {
      case 'var':
        return new Names('var', (of) => this.#once(`var.${of}`, () => this.#variable(of)));
      case 'local':
        return new Names('local', (of) => this.#once(`local.${of}`, () => this.#local(of)));
      case 'data':
        return new Names('data', (type) => new Names(`data.${type}`, (of) => this.#place('data', type, of)));
      case 'module':
        return new Names('module', (of) => new Names(`module.${of}`, (output) => this.#output(of, output)));
      case 'path':
        return objectOf([
          ['module', this.source.folder],
          ['root', '.'],
          ['cwd', '.'],
        ]);
      case 'terraform':
        return objectOf([['workspace', 'default']]);
      // Terraform refuses these; who writes Python beside it means a boolean.
      case 'True':
        return true;
      case 'False':
        return false;
      case 'each':
      case 'count':
      case 'self':
        return new Names(name, (of) => new Unknown(`${name}.${of}`));
      default:
        return /^[a-z][a-z0-9]*_|^random|^null/.test(name)
          ? new Names(name, (of) => this.#place('resource', name, of))
          : undefined;
    }
  }

  /** Modules that a call stands for: one, one for each instance, none if it lies elsewhere or is switched off. */
  children(name: string): readonly Module[] {
    const known = this.#children.get(name);
    if (known !== undefined) return known;
    this.#children.set(name, []); // of a module that calls itself there is no end
    const call = this.source.calls.get(name);
    const folder = call && calledFolder(this.source.folder, call);
    const source = folder ? this.#configuration.sources.get(folder) : undefined;
    if (call === undefined || source === undefined || this.#depth >= MODULE_DEPTH_MAX) return [];
    const made = this.instances(call.block.body).map(({ scope }) => {
      const inputs = new Map<string, Tracked>();
      for (const { name: input, value } of call.block.body.attributes)
        if (!META.has(input)) inputs.set(input, this.#track(value, scope));
      return new Module(source, this.#configuration, inputs, `${this.prefix}module.${name}.`, this.#depth + 1);
    });
    this.#children.set(name, made);
    return made;
  }

  /** Instances by `count` and `for_each`; one with unknown keys where those are not known. */
  instances(body: Body): readonly Instance[] {
    const count = attributeOf(body, 'count');
    const each = attributeOf(body, 'for_each');
    if (count !== undefined) {
      const number = numberOf(this.#track(count.value, this).value);
      if (number === null) return [{ key: '', scope: this }];
      return Array.from({ length: Math.min(Math.max(number, 0), INSTANCES_MAX) }, (_, i) => ({
        key: `[${i}]`,
        scope: new NamesScope(new Map([['count', objectOf([['index', i]])]]), this),
      }));
    }
    if (each === undefined) return [{ key: '', scope: this }];
    const over = this.#track(each.value, this).value;
    const eachOf = (key: Value, value: Value) =>
      new NamesScope(new Map([['each', objectOf([['key', key], ['value', value]])]]), this); // prettier-ignore
    // One for each instance of another resource: of which keys is not known, but each is such a resource.
    if (over instanceof Place) return [{ key: '', scope: eachOf(new Unknown('each.key'), over) }];
    const entries = entriesOf(over);
    return (
      entries?.slice(0, INSTANCES_MAX).map(([key, value]) => ({
        key: `[${JSON.stringify(key)}]`,
        scope: eachOf(key, value),
      })) ?? [{ key: '', scope: this }]
    );
  }

  /** Arguments and blocks of a body, each with what it refers to. */
  values(body: Body, scope: Scope): ReadonlyMap<string, Tracked> {
    const made = new Map<string, Tracked>();
    for (const attribute of body.attributes)
      if (!META.has(attribute.name)) made.set(attribute.name, this.#track(attribute.value, scope));
    const blocks = new Map<string, { values: Value[]; references: Set<string> }>();
    for (const block of body.blocks) {
      const type = block.type === 'dynamic' ? (block.labels[0] ?? 'dynamic') : block.type;
      const into = blocks.get(type) ?? { values: [], references: new Set() };
      blocks.set(type, into);
      const { value, references } = this.#configuration.tracked(() =>
        block.type === 'dynamic' ? this.#dynamic(type, block, scope) : [this.#object(block.body, scope)],
      );
      into.values.push(...(isList(value) ? value : [value]));
      for (const reference of references) into.references.add(reference);
    }
    for (const [type, { values, references }] of blocks)
      if (values.length > 0) made.set(type, { value: values, references });
    return made;
  }

  tracked = (attribute: Attribute): Tracked => this.#track(attribute.value, this);

  #track = (expression: Expression, scope: Scope): Tracked =>
    this.#configuration.tracked(() => this.#configuration.evaluator.evaluate(expression, scope));

  #object = (body: Body, scope: Scope): ValueObject =>
    objectOf([...this.values(body, scope)].map(([name, { value }]) => [name, value] as const));

  /** `dynamic "x"`: a block for each element; one of unknown content where the elements are not known. */
  #dynamic(type: string, block: Block, scope: Scope): Value {
    const content = block.body.blocks.find((inner) => inner.type === 'content')?.body;
    const each = attributeOf(block.body, 'for_each');
    if (content === undefined || each === undefined) return [];
    const iterator = attributeOf(block.body, 'iterator')?.value;
    const name = iterator?.kind === 'variable' ? iterator.name : type;
    const elements = this.#track(each.value, scope).value;
    const isSet = each.value.kind === 'call' && each.value.name === 'toset';
    const entries: readonly (readonly [Value, Value])[] =
      isList(elements) && !isSet
        ? elements.map((value, i) => [i, value] as const)
        : (entriesOf(elements) ?? [[new Unknown(`${name}.key`), new Unknown(`${name}.value`)]]);
    return entries.slice(0, INSTANCES_MAX).map(
      ([key, value]) =>
        this.#object(content, new NamesScope(new Map([[name, objectOf([['key', key], ['value', value]])]]), scope)), // prettier-ignore
    );
  }

  /** Made once, and not at all where it is made from itself. */
  #once(name: string, work: () => Value): Value {
    const known = this.#known.get(name);
    if (known !== undefined) {
      this.#configuration.refer(known.references);
      return known.value;
    }
    if (this.#open.has(name)) return new Unknown(name);
    this.#open.add(name);
    try {
      const made = this.#configuration.tracked(work);
      this.#known.set(name, made);
      return made.value;
    } finally {
      this.#open.delete(name);
    }
  }

  #variable(name: string): Value {
    const { evaluator } = this.#configuration;
    const declared = this.source.variables.get(name)?.block.body;
    const type = declared && attributeOf(declared, 'type')?.value;
    const input = this.#inputs.get(name) ?? this.#given(name);
    if (input !== undefined) {
      this.#configuration.refer(input.references);
      if (input.value !== null || (declared && isFalse(attributeOf(declared, 'nullable'))))
        return converted(input.value, type, (of) => evaluator.evaluate(of, this));
      return null;
    }
    const fallback = declared && attributeOf(declared, 'default')?.value;
    if (fallback === undefined) return new Unknown(`var.${name}`);
    return converted(evaluator.evaluate(fallback, this), type, (of) => evaluator.evaluate(of, this));
  }

  /** Files of values are for the module at the top. */
  #given(name: string): Tracked | undefined {
    const given = this.#depth === 0 ? this.source.given.get(name) : undefined;
    return given && this.#track(given.value, this);
  }

  #local(name: string): Value {
    const local = this.source.locals.get(name);
    return local === undefined
      ? new Unknown(`local.${name}`)
      : this.#configuration.evaluator.evaluate(local.value, this);
  }

  #place(kind: 'resource' | 'data', type: string, name: string): Value {
    const address = `${this.prefix}${kind === 'data' ? 'data.' : ''}${type}.${name}`;
    this.#configuration.refer([address]);
    const found = (kind === 'data' ? this.source.data : this.source.resources).get(`${type}.${name}`);
    return new Names(address, (attribute) => {
      this.#configuration.refer([address]);
      return this.#once(`${address}.${attribute}`, () => this.#attribute(found, address, attribute));
    });
  }

  /** An argument of a resource is known where it is written; what the provider fills in is not. */
  #attribute(found: SourceBlock | undefined, address: string, name: string): Value {
    const unknown = new Unknown(`${address}.${name}`);
    if (found === undefined) return unknown;
    const { body, labels } = found.block;
    if (found.block.type === 'data' && labels[0] === 'aws_iam_policy_document' && /^(?:minified_)?json$/.test(name))
      return policyJson(this.#object(body, this));
    const value = this.values(
      {
        attributes: body.attributes.filter((attribute) => attribute.name === name),
        blocks: body.blocks.filter((block) => (block.type === 'dynamic' ? block.labels[0] : block.type) === name),
      },
      this,
    ).get(name)?.value;
    return value ?? unknown;
  }

  #output(call: string, name: string): Value {
    const [child] = this.children(call);
    const output = child?.source.outputs.get(name);
    const value = output && attributeOf(output.block.body, 'value')?.value;
    if (child === undefined || value === undefined) return new Unknown(`module.${call}.${name}`);
    return child.#once(`output.${name}`, () => this.#configuration.evaluator.evaluate(value, child));
  }
}

/** A name that others stand behind. */
class Names extends Place {
  readonly #attribute: (name: string) => Value;

  constructor(text: string, attribute: (name: string) => Value) {
    super(text);
    this.#attribute = attribute;
  }

  attribute(name: string): Value {
    return this.#attribute(name);
  }
}

/** Keys and values of a map or a set; null where they are not known. */
function entriesOf(value: Value): (readonly [Value, Value])[] | null {
  if (isObject(value)) return Object.entries(value);
  return isList(value) ? value.map((item) => [textOf(item) ?? new Unknown('each.key'), item] as const) : null;
}

const isFalse = (attribute: Attribute | undefined): boolean =>
  attribute?.value.kind === 'literal' && booleanOf(attribute.value.value) === false;
