/** A node's SQL with everything resolved that its project says: `ref`, `source`, `config`, `var`, macros, some of dbt_utils. */
import { renderTemplate, type Macro, type Rendered } from './jinja.ts';
import {
  isList,
  isMap,
  isRelation,
  isUnknown,
  jsonOf,
  shown,
  unknown,
  valueOf,
  type Arguments,
  type Relation,
  type Value,
} from './jinja-value.ts';
import { modelRelation, sourceRelation } from './names.ts';

export interface RenderContext {
  readonly project: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly macros: ReadonlyMap<string, Macro>;
  /** The node that a reference means, by its name and version; null where none does. */
  readonly modelOf: (name: string, version: string | null) => string | null;
  readonly isSource: (source: string, table: string) => boolean;
}

export interface Reference {
  readonly kind: 'model' | 'source';
  readonly name: string;
  /** Of a source: its table. */
  readonly table: string | null;
  /** False where the project has none of that name. */
  readonly isKnown: boolean;
}

export interface RenderedNode extends Rendered {
  readonly references: readonly Reference[];
  /** What the file itself configures. */
  readonly config: Readonly<Record<string, unknown>>;
}

const REFERENCES_MAX = 2_000;

/** `isIncremental`: what `is_incremental()` says; where a condition is not known, its first branch is taken with it. */
export function renderNode(text: string, name: string, context: RenderContext, isIncremental: boolean): RenderedNode {
  const references = new Map<string, Reference>();
  const config: Record<string, unknown> = {};
  const note = (reference: Reference) => {
    const key = `${reference.kind}\n${reference.name}\n${reference.table}`;
    if (references.size < REFERENCES_MAX) references.set(key, reference);
  };
  const said = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
  const ref = ({ list, named }: Arguments): Value => {
    const names = list.map(said);
    const wanted = names.at(-1);
    if (wanted === undefined || wanted === null || list.length > 2)
      return unknown('ref of what is not known', { list, named });
    const version = named.get('v') ?? named.get('version');
    const found = context.modelOf(wanted, version === undefined || version === null ? null : shown(version));
    note({ kind: 'model', name: found ?? wanted, table: null, isKnown: found !== null });
    return modelRelation(found ?? wanted);
  };
  const source = ({ list, named }: Arguments): Value => {
    const [of, table] = list.map(said);
    if (typeof of !== 'string' || typeof table !== 'string')
      return unknown('source of what is not known', { list, named });
    note({ kind: 'source', name: of, table, isKnown: context.isSource(of, table) });
    return sourceRelation(of, table);
  };
  const variable = ({ list: [wanted, otherwise], named }: Arguments): Value => {
    const key = said(wanted);
    const given = otherwise ?? named.get('default');
    if (key !== null && Object.hasOwn(context.variables, key)) return valueOf(context.variables[key]);
    return given ?? unknown(`var('${key ?? '?'}')`);
  };
  const configure = ({ list, named }: Arguments): Value => {
    for (const one of list) if (isMap(one)) for (const [key, value] of one) config[key] = jsonOf(value);
    for (const [key, value] of named) config[key] = isUnknown(value) ? null : jsonOf(value);
    return '';
  };
  const functions: Record<string, (args: Arguments) => Value> = {
    ref,
    source,
    var: variable,
    config: configure,
    'config.get': ({ list: [key, otherwise] }) => {
      const name_ = said(key);
      return name_ !== null && Object.hasOwn(config, name_) ? valueOf(config[name_]) : (otherwise ?? null);
    },
    'config.require': ({ list: [key] }) => valueOf(config[said(key) ?? '']),
    is_incremental: () => isIncremental,
    should_full_refresh: () => !isIncremental,
    env_var: ({ list: [wanted, otherwise] }) => otherwise ?? unknown(`env_var('${said(wanted) ?? '?'}')`),
    ...packageMacros(),
  };
  const globals = new Map<string, Value>([
    ['this', modelRelation(name)],
    ['execute', true],
    ['project_name', context.project],
  ]);
  for (const [key, call] of Object.entries(functions))
    if (key !== 'config' || !globals.has(key)) globals.set(key, { kind: 'function', name: key, call });
  const rendered = renderTemplate(text, { globals, macros: context.macros, isFirst: isIncremental });
  return { ...rendered, references: [...references.values()], config };
}

const first = ({ list, named }: Arguments, ...names: readonly string[]): readonly (string | null)[] =>
  names.map((name, i) => {
    const value = named.get(name) ?? list[i];
    return value === undefined || value === null || isUnknown(value) ? null : shown(value);
  });

/** Macros of dbt and of dbt_utils that stand in many models, as SQL that has the lineage of theirs. */
function packageMacros(): Record<string, (args: Arguments) => Value> {
  const relationsOf = (value: Value | undefined): readonly Relation[] =>
    value === undefined
      ? []
      : isRelation(value)
        ? [value]
        : isList(value)
          ? value.filter(isRelation)
          : isUnknown(value)
            ? value.relations
            : [];
  const text = (make: (args: Arguments) => string | null, name: string) => (args: Arguments) =>
    make(args) ?? unknown(name, args);
  const surrogate = text(({ list: [fields], named }) => {
    const given = fields ?? named.get('field_list');
    return given !== undefined && isList(given) && !given.some(isUnknown)
      ? `md5(concat(${given.map((one) => shown(one)).join(', ')}))`
      : null;
  }, 'dbt_utils.generate_surrogate_key');
  const star = text((args) => {
    const [from] = relationsOf(args.named.get('from') ?? args.list[0]);
    if (from === undefined) return null;
    const except = args.named.get('except') ?? args.list[2];
    const alias = args.named.get('relation_alias') ?? args.list[1];
    const left =
      except !== undefined && isList(except) && except.length > 0
        ? ` except (${except.map((one) => shown(one)).join(', ')})`
        : '';
    return `${typeof alias === 'string' && alias !== '' ? `${alias}.` : ''}*${left}`;
  }, 'dbt_utils.star');
  const union = text((args) => {
    const relations = relationsOf(args.named.get('relations') ?? args.list[0]);
    return relations.length === 0
      ? null
      : `(${relations.map(({ sql }) => `select * from ${sql}`).join(' union all ')})`;
  }, 'dbt_utils.union_relations');
  const only = (name: string) =>
    text((args) => {
      const [relation] = relationsOf(args.named.get('relation') ?? args.list[0]);
      if (relation !== undefined) return `(select * from ${relation.sql})`;
      const [cte] = first(args, 'relation');
      return cte === null || cte === undefined ? null : `(select * from ${cte})`;
    }, name);
  return {
    'dbt_utils.generate_surrogate_key': surrogate,
    'dbt_utils.surrogate_key': surrogate,
    'dbt_utils.star': star,
    'dbt_utils.union_relations': union,
    'dbt_utils.deduplicate': (args) => {
      const value = only('dbt_utils.deduplicate')(args);
      return typeof value === 'string' ? value.slice(1, -1) : value;
    },
    'dbt_utils.group_by': ({ list: [n] }) =>
      typeof n === 'number' && n > 0 && n < 1_000
        ? `group by ${Array.from({ length: n }, (_, i) => i + 1).join(', ')}`
        : unknown('dbt_utils.group_by'),
    'dbt_utils.safe_divide': text(
      (args) => joined(first(args, 'numerator', 'denominator'), ([a, b]) => `(${a}) / nullif((${b}), 0)`),
      'dbt_utils.safe_divide',
    ),
    'dbt_utils.safe_add': text(
      ({ list: [fields] }) =>
        fields !== undefined && isList(fields) ? fields.map((one) => `coalesce(${shown(one)}, 0)`).join(' + ') : null,
      'dbt_utils.safe_add',
    ),
    'dbt.hash': text((args) => joined(first(args, 'field'), ([a]) => `md5(cast(${a} as varchar))`), 'dbt.hash'),
    'dbt.concat': text(
      ({ list: [fields] }) =>
        fields !== undefined && isList(fields) ? fields.map((one) => shown(one)).join(' || ') : null,
      'dbt.concat',
    ),
    'dbt.safe_cast': text(
      (args) => joined(first(args, 'field', 'type'), ([a, b]) => `cast(${a} as ${b})`),
      'dbt.safe_cast',
    ),
    'dbt.cast': text((args) => joined(first(args, 'field', 'type'), ([a, b]) => `cast(${a} as ${b})`), 'dbt.cast'),
    'dbt.date_trunc': text(
      (args) => joined(first(args, 'datepart', 'date'), ([a, b]) => `date_trunc('${a}', ${b})`),
      'dbt.date_trunc',
    ),
    'dbt.dateadd': text(
      (args) => joined(first(args, 'datepart', 'interval', 'from_date_or_timestamp'), ([, , c]) => `(${c})`),
      'dbt.dateadd',
    ),
    'dbt.datediff': text(
      (args) => joined(first(args, 'first_date', 'second_date', 'datepart'), ([a, b]) => `((${b}) - (${a}))`),
      'dbt.datediff',
    ),
    'dbt.current_timestamp': () => 'current_timestamp',
    'dbt.type_string': () => 'varchar',
    'dbt.type_int': () => 'int',
    'dbt.type_bigint': () => 'bigint',
    'dbt.type_float': () => 'float',
    'dbt.type_numeric': () => 'numeric',
    'dbt.type_timestamp': () => 'timestamp',
    'dbt.type_boolean': () => 'boolean',
    'dbt_utils.pretty_log_format': () => '',
    'log.info': () => '',
    'exceptions.raise_compiler_error': () => '',
    'exceptions.warn': () => '',
  };
}

const joined = (parts: readonly (string | null)[], make: (parts: readonly string[]) => string): string | null =>
  parts.every((part): part is string => part !== null) ? make(parts) : null;
