/** What the evaluator built, in the form of `--facts`. */
import type { Evaluator } from './evaluator.ts';
import type { DagValue, TaskValue } from './graph.ts';
import { dateOf, rendered, renderedArgument, type Rendered } from './rendered.ts';
import {
  kindOf,
  shown,
  truthOf,
  written,
  type ListValue,
  type UnknownValue,
  type Value,
  type Arguments,
} from './value.ts';

export interface TaskFacts {
  readonly task_id: string;
  /** Name of the operator's class. */
  readonly operator: string;
  /** Where the class or decorator is imported from. */
  readonly operator_path: string;
  readonly line: number;
  readonly upstream: readonly string[];
  /**
   * Tasks whose results stand in arguments of an operator of another package: edges if those fields of it are templated,
   * which the file does not say.
   */
  readonly may_follow: readonly string[];
  readonly mapped: boolean;
  readonly group: string | null;
  readonly inlets: readonly string[];
  readonly outlets: readonly string[];
  readonly is_setup: boolean;
  readonly is_teardown: boolean;
  /** Another file makes it; its name is that of the function. */
  readonly presumed: boolean;
  readonly owner: string | null;
  readonly retries: Rendered;
  readonly execution_timeout: Rendered;
  readonly trigger_rule: Rendered;
  /** The function that a TaskFlow task runs, or that `python_callable` names. */
  readonly callable: string | null;
  readonly args: { readonly [name: string]: Rendered };
}

export interface DagFacts {
  readonly dag_id: string;
  readonly line: number;
  readonly schedule: string | null;
  readonly tags: readonly string[];
  readonly tasks: readonly TaskFacts[];
  readonly owner: string | null;
  /** `2024-01-02`, where it is a date that the file says. */
  readonly start_date: string | null;
  readonly catchup: boolean | null;
  readonly dagrun_timeout: Rendered;
  readonly args: { readonly [name: string]: Rendered };
  readonly default_args: { readonly [name: string]: Rendered };
  /** Part of the id is not known from the file. */
  readonly is_id_partial: boolean;
}

export function dagsOf(run: Evaluator): DagFacts[] {
  return run.dags.filter(({ isFound }) => isFound).map(dagFacts);
}

function dagFacts(dag: DagValue): DagFacts {
  const id = written(dag.id);
  const { given, defaults } = dag;
  const catchup = given.get('catchup');
  return {
    dag_id: id.text,
    line: dag.line,
    schedule: scheduleOf(given.get('schedule') ?? given.get('schedule_interval') ?? given.get('timetable') ?? null),
    tags: [...new Set(textsIn(given.get('tags')))].sort(),
    tasks: [...dag.tasks.values()].map(taskFacts).sort((a, b) => (a.task_id < b.task_id ? -1 : 1)),
    owner: ownerOf(defaults),
    start_date: dateOf(given.get('start_date') ?? defaults.get('start_date')),
    catchup: catchup === undefined ? null : truthOf(catchup),
    dagrun_timeout: rendered(given.get('dagrun_timeout') ?? null),
    args: argsOf(given),
    default_args: argsOf(defaults),
    is_id_partial: id.isPartial,
  };
}

function taskFacts(task: TaskValue): TaskFacts {
  const { given, defaults } = task;
  const effective = (name: string) => rendered(given.get(name) ?? defaults.get(name) ?? null);
  const callable = given.get('python_callable');
  const function_ = rendered(callable ?? null);
  return {
    task_id: task.id,
    operator: task.operator,
    operator_path: task.path,
    line: task.line,
    upstream: namesOf(task.upstream),
    may_follow: namesOf([...task.mayFollow].filter((other) => !task.upstream.has(other))),
    mapped: task.isMapped,
    group: groupOf(task),
    inlets: assetsIn(given.get('inlets'), false),
    outlets: assetsIn(given.get('outlets'), true),
    is_setup: task.isSetup,
    is_teardown: task.isTeardown,
    presumed: task.isPresumed,
    owner: ownerOf(new Map([...defaults, ...given])),
    retries: effective('retries'),
    execution_timeout: effective('execution_timeout'),
    trigger_rule: effective('trigger_rule'),
    callable:
      task.callable ??
      (typeof function_ === 'object' && function_ !== null && 'function' in function_
        ? String(function_['function'])
        : null),
    args: argsOf(given),
  };
}

const namesOf = (tasks: Iterable<TaskValue>) => [...tasks].map(({ id }) => id).sort();
const argsOf = (given: ReadonlyMap<string, Value>): { readonly [name: string]: Rendered } =>
  Object.fromEntries(
    [...given]
      .filter(([name]) => !name.startsWith('*') && !HIDDEN.has(name))
      .map(([name, value]) => [name, renderedArgument(name, value)] as const),
  );
const HIDDEN = new Set(['dag', 'task_group', 'default_args', 'task_id', 'dag_id']);

const ownerOf = (given: ReadonlyMap<string, Value>): string | null => {
  const owner = given.get('owner');
  return owner === undefined || owner === null ? null : written(owner).text;
};

const groupOf = (task: TaskValue): string | null => task.group?.id ?? null;

/** A cron expression or preset as it is; the name of the class of anything else. */
function scheduleOf(value: Value): string | null {
  if (value === null) return null;
  const { text } = written(value);
  if (typeof value === 'string' || kindOf(value) === 'text') return text;
  if (kindOf(value) === 'list') return (value as ListValue).type;
  if (kindOf(value) === 'unknown')
    return ((value as UnknownValue).path ?? (value as UnknownValue).name).split('.').at(-1) ?? null;
  return kindOf(value);
}

const textsIn = (value: Value | undefined): string[] =>
  kindOf(value) === 'list' ? (value as ListValue).items.map((item) => written(item).text) : [];

/** URIs of assets; names where an asset has no URI. */
function assetsIn(value: Value | undefined, isOutlet: boolean): string[] {
  const items =
    kindOf(value) === 'list' ? (value as ListValue).items : value === undefined || value === null ? [] : [value];
  return items.map((item) => assetName(item, isOutlet));
}
function assetName(item: Value, isOutlet: boolean): string {
  const { path = null, call = null } = item as { path?: string | null; call?: Arguments | null };
  if (kindOf(item) !== 'unknown' || path === null || call === null) return written(item).text;
  const type = path.split('.').at(-1) ?? '';
  const [first, second] = call.positional;
  const name = call.named.get('name') ?? first;
  const uri = call.named.get('uri') ?? second ?? (type === 'AssetAlias' || type.endsWith('Ref') ? undefined : name);
  if (uri !== undefined) return assetUri(written(uri).text);
  if (name === undefined) return type;
  if (isOutlet) return written(name).text;
  return type === 'AssetAlias'
    ? `AssetAlias(name=${shown(name).text}, group='asset')`
    : `${type}(name=${shown(name).text})`;
}

/** Airflow leaves out the slashes at the end of an asset's path. */
const assetUri = (uri: string): string => {
  const [, start = '', path = '', rest = ''] = /^([a-z][\w+.-]*:\/\/[^/?#]*)([^?#]*)(.*)$/is.exec(uri) ?? [];
  return start === '' ? uri : start + path.replace(/\/+$/, '') + rest;
};
