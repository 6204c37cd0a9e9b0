/**
 * DAGs, tasks, groups and edges, as Airflow's own classes make them of the same calls (Airflow 3, `airflow.sdk.definitions`):
 * unique ids, prefixes of groups, roots and leaves of groups, setup and teardown.
 */
import type { UnknownValue, Value, XComValue, ListValue } from './value.ts';

export interface DagValue {
  readonly kind: 'dag';
  readonly id: Value;
  readonly line: number;
  readonly given: Map<string, Value>;
  readonly defaults: ReadonlyMap<string, Value>;
  readonly tasks: Map<string, TaskValue>;
  readonly groupIds: Set<string>;
  readonly root: GroupValue;
  /** Airflow finds it: it was entered by `with`, made by `@dag`, or is a global of the module. */
  isFound: boolean;
}
export interface GroupValue {
  readonly kind: 'group';
  /** With the prefix of those around it; null for the root. */
  readonly id: string | null;
  readonly hasPrefix: boolean;
  readonly parent: GroupValue | null;
  readonly dag: DagValue | null;
  readonly defaults: ReadonlyMap<string, Value>;
  /** In the order in which they were made. */
  readonly children: (TaskValue | GroupValue)[];
  /** What was set before it: stands for the leaves of a group without tasks. */
  readonly before: Set<TaskValue>;
  /** What a mapped group is expanded over. */
  readonly expandedOver: readonly TaskValue[];
  readonly line: number;
}
export interface TaskValue {
  readonly kind: 'task';
  readonly id: string;
  readonly operator: string;
  /** Dotted name of the operator's class, or of the decorator. */
  readonly path: string;
  readonly line: number;
  readonly given: Map<string, Value>;
  readonly group: GroupValue | null;
  /** Task's arguments with those of `default_args` where it has none. */
  readonly defaults: ReadonlyMap<string, Value>;
  readonly upstream: Set<TaskValue>;
  readonly downstream: Set<TaskValue>;
  /** Tasks whose results stand in arguments of an operator whose templated fields are not known from the file. */
  readonly mayFollow: Set<TaskValue>;
  readonly isMapped: boolean;
  /** Name of the function of a TaskFlow task. */
  readonly callable: string | null;
  dag: DagValue | null;
  isSetup: boolean;
  isTeardown: boolean;
  /** Part of the id is not known from the file. */
  isIdPartial: boolean;
  isPresumed: boolean;
}

export const rootGroup = (): GroupValue => ({
  kind: 'group',
  id: null,
  hasPrefix: true,
  parent: null,
  dag: null,
  defaults: new Map(),
  children: [],
  before: new Set(),
  expandedOver: [],
  line: 1,
});

const SUFFIX = /__\d+$/;
/** `get_unique_task_id`: the first is as it is, the next ones end in `__1`, `__2`, ... */
export function uniqueId(
  id: string,
  prefix: string,
  taken: ReadonlySet<string> | ReadonlyMap<string, unknown>,
): string {
  if (!taken.has(prefix + id)) return id;
  const stem = (prefix + id).replace(SUFFIX, '');
  let last = 0;
  for (const other of taken.keys()) {
    if (!other.startsWith(`${stem}__`)) continue;
    const number = other.slice(stem.length + 2);
    if (/^\d{1,9}$/.test(number)) last = Math.max(last, Number(number));
  }
  return `${id.replace(SUFFIX, '')}__${last + 1}`;
}

/** `TaskGroup.child_id` without the label: `outer.inner.`; nothing where the group asks for no prefix. */
export const prefixOf = (group: GroupValue | null): string =>
  group === null || group.id === null || !group.hasPrefix ? '' : `${group.id}.`;

export const tasksIn = (group: GroupValue): TaskValue[] =>
  group.children.flatMap((child) => (child.kind === 'task' ? [child] : tasksIn(child)));

/** Tasks without a predecessor in the group. */
export const rootsOf = (group: GroupValue): TaskValue[] => [...eachRoot(group)];

/** One after the other: what is linked in between counts for those that follow, as it does in Airflow. */
export function* eachRoot(group: GroupValue): Generator<TaskValue> {
  const inside = new Set(tasksIn(group));
  for (const task of inside) if (![...task.upstream].some((other) => inside.has(other))) yield task;
}

/** Tasks without a successor in the group; a teardown gives way to the work before it. */
export function leavesOf(group: GroupValue): TaskValue[] {
  const inside = new Set(tasksIn(group));
  const found = new Set<TaskValue>();
  const beforeTeardown = (task: TaskValue, seen: Set<TaskValue>): void => {
    if (seen.has(task)) return;
    seen.add(task);
    for (const before of task.upstream) {
      if (!inside.has(before)) continue;
      if (before.isTeardown) beforeTeardown(before, seen);
      else if (task.isTeardown && before.isSetup) continue;
      else if (![...before.downstream].some((next) => next !== task && inside.has(next) && !next.isTeardown))
        found.add(before);
    }
  };
  for (const task of inside) {
    if ([...task.downstream].some((next) => inside.has(next))) continue;
    if (task.isTeardown) beforeTeardown(task, new Set());
    else found.add(task);
  }
  return [...found];
}

/** An empty group that is given successors passes on what stands before it, or the leaves of the group around it. */
export function leavesOrBefore(group: GroupValue): TaskValue[] {
  for (let at: GroupValue | null = group; at !== null; at = at.parent) {
    const leaves = leavesOf(at);
    if (leaves.length > 0) return leaves;
    if (at.before.size > 0) return [...at.before];
  }
  return [];
}

/** One edge; a task without a DAG joins that of the other. */
export function link(before: TaskValue, after: TaskValue): void {
  before.downstream.add(after);
  after.upstream.add(before);
  const dag = before.dag ?? after.dag;
  if (dag === null) return;
  join(before, dag);
  join(after, dag);
}
function join(task: TaskValue, dag: DagValue): void {
  if (task.dag !== null) return;
  task.dag = dag;
  dag.tasks.set(task.id, task);
  dag.root.children.push(task);
}

/** What stands in an edge: tasks, groups, results, lists of them. `presume` makes a task of something imported. */
export function endsOf(
  value: Value,
  end: 'roots' | 'leaves',
  presume: (value: UnknownValue) => TaskValue | null,
  depth = 0,
): TaskValue[] {
  if (typeof value !== 'object' || value === null || depth > 8) return [];
  switch (value.kind) {
    case 'task':
      return [value];
    case 'xcom':
      return [...(value as XComValue).tasks];
    case 'group':
      return end === 'roots' ? rootsOf(value) : leavesOf(value);
    case 'list':
      return (value as ListValue).items.flatMap((item) => endsOf(item, end, presume, depth + 1));
    case 'unknown': {
      const task = value.task ?? presume(value);
      return task === null ? [] : [task];
    }
    default:
      return [];
  }
}

/** Tasks whose results stand in a value, at any depth: `XComArg.iter_xcom_references`. */
export function resultsIn(value: Value | undefined, into: Set<TaskValue> = new Set(), depth = 0): Set<TaskValue> {
  if (typeof value !== 'object' || value === null || depth > 12) return into;
  if (value.kind === 'xcom') for (const task of value.tasks) into.add(task);
  else if (value.kind === 'list') for (const item of value.items) resultsIn(item, into, depth + 1);
  else if (value.kind === 'dict')
    for (const [key, item] of value.entries.values()) {
      resultsIn(key, into, depth + 1);
      resultsIn(item, into, depth + 1);
    }
  return into;
}

/** `with teardown:` and `with setup:`: the work inside runs between the two. */
export interface SetupScope {
  readonly setups: readonly TaskValue[];
  readonly teardowns: readonly TaskValue[];
  readonly tasks: TaskValue[];
}

/** The scope of tasks in a `with`: the other side is looked for along the edges, the nearest first. */
export function setupScope(tasks: readonly TaskValue[]): SetupScope {
  const teardowns = tasks.filter((task) => task.isTeardown);
  const setups = teardowns.length > 0 ? [] : tasks.filter((task) => task.isSetup);
  return {
    setups: teardowns.length > 0 ? nearest(teardowns, 'upstream', (task) => task.isSetup) : setups,
    teardowns: teardowns.length > 0 ? teardowns : nearest(setups, 'downstream', (task) => task.isTeardown),
    tasks: [],
  };
}
function nearest(
  of: readonly TaskValue[],
  first: 'upstream' | 'downstream',
  isWanted: (task: TaskValue) => boolean,
): TaskValue[] {
  const seen = new Set(of);
  let ring = [...new Set(of.flatMap((task) => [...task[first]]))];
  while (ring.length > 0) {
    const found = ring.filter(isWanted);
    if (found.length > 0) return found;
    for (const task of ring) seen.add(task);
    ring = [...new Set(ring.flatMap((task) => [...task.downstream, ...task.upstream]))].filter(
      (task) => !seen.has(task),
    );
  }
  return [];
}

/** Ends a scope; `outer`: the one around it, whose setups come first and whose teardowns come last. */
export function closeSetup({ setups, teardowns, tasks }: SetupScope, outer: SetupScope | undefined): void {
  const work = tasks.filter((task) => !task.isSetup && !task.isTeardown);
  const [first, last] = [work[0], work.at(-1)];
  if (first !== undefined && last !== undefined) {
    const roots = work.filter((task) => task.upstream.size === 0);
    const leaves = work.filter((task) => task.downstream.size === 0);
    for (const setup of setups) for (const task of roots.length > 0 ? roots : [first]) link(setup, task);
    for (const teardown of teardowns) for (const task of leaves.length > 0 ? leaves : [last]) link(task, teardown);
  }
  for (const before of outer?.setups ?? []) for (const setup of setups) link(before, setup);
  for (const after of outer?.teardowns ?? []) for (const teardown of teardowns) link(teardown, after);
}
