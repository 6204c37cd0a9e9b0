/** What calls of Airflow's API do to the DAG that is being read. */
import { decoratorIn, isAirflowPath, isOperatorName, operatorOfDecorator, templatedFields } from './airflow-names.ts';
import type { Evaluator } from './evaluator.ts';
import {
  closeSetup,
  endsOf,
  leavesOrBefore,
  link,
  prefixOf,
  resultsIn,
  rootGroup,
  eachRoot,
  setupScope,
  uniqueId,
  type DagValue,
  type GroupValue,
  type TaskValue,
} from './graph.ts';
import { constantOf } from './python-library.ts';
import {
  dict,
  kindOf,
  list,
  or,
  truthOf,
  unknown,
  written,
  type Arguments,
  type ClassValue,
  type DictValue,
  type ExternalValue,
  type FunctionValue,
  type InstanceValue,
  type LabelValue,
  type ListValue,
  type TaskMakerValue,
  type UnknownValue,
  type Value,
  type XComValue,
} from './value.ts';

const NONE: ReadonlyMap<string, Value> = new Map();
const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

export const externalValue = (path: string): Value => constantOf(path) ?? { kind: 'external', path };

/**
 * A call of something imported (by its dotted name), or of a task function, an operator's class or an unknown. `undefined`
 * where it means nothing to Airflow.
 */
export function callAirflow(run: Evaluator, target: string | Value, given: Arguments, line: number): Value | undefined {
  if (typeof target === 'string') return callImported(run, target, given, line);
  switch (kindOf(target)) {
    case 'maker':
      return callMaker(run, target as TaskMakerValue, given, line);
    case 'class':
      return callClass(run, target as ClassValue, given, line);
    case 'unknown': {
      const { path, name } = target as UnknownValue;
      if (given.named.has('task_id') && !run.isQuiet)
        return makeTask(run, { operator: lastOf(name), path: path ?? name, named: given.named, line });
      return undefined;
    }
    default:
      return undefined;
  }
}

function callImported(run: Evaluator, path: string, given: Arguments, line: number): Value | undefined {
  const { positional, named } = given;
  const [first] = positional;
  const name = lastOf(path);
  const decorator = decoratorIn(path);
  if (decorator !== null) return decorate(run, decorator.name, decorator.kind, given, line);
  if (run.isQuiet) return undefined;
  if (name === 'DAG' || name === 'DbtDag') return makeDag(run, given, line);
  if (name === 'TaskGroup' || name === 'DbtTaskGroup')
    return makeGroup(run, named.get('group_id') ?? first ?? unknown('group', line), named, line, false);
  if (name === 'partial' && isOperatorName(lastOf(path.slice(0, -'.partial'.length)))) {
    const operator = path.slice(0, -'.partial'.length);
    return { kind: 'maker', makes: 'operator', operator, call: null, class: null, given: NONE, partial: named, line };
  }
  if (isOperatorName(name) || (named.has('task_id') && /^_?[A-Z]/.test(name)))
    return makeTask(run, { operator: name, path, named, line });
  if (!isAirflowPath(path)) return undefined;
  switch (name) {
    case 'chain':
      chain(run, positional, line);
      return null;
    case 'chain_linear': {
      const steps = positional.filter((one) => kindOf(one) !== 'list' || (one as ListValue).items.length > 0);
      for (const [i, after] of steps.slice(1).entries())
        for (const before of each(or(steps[i], () => null))) drawEdge(run, '>>', before, after, line);
      return null;
    }
    case 'cross_downstream': {
      const [from, to] = [named.get('from_tasks') ?? first ?? null, named.get('to_tasks') ?? positional[1] ?? null];
      for (const before of each(from)) drawEdge(run, '>>', before, to, line);
      return null;
    }
    case 'Label':
    case 'EdgeModifier':
      return { kind: 'label', before: null, after: null };
    case 'XComArg':
    case 'PlainXComArg': {
      const tasks = endsOf(first ?? named.get('operator') ?? null, 'leaves', () => null);
      const key = positional[1] ?? named.get('key');
      return tasks.length === 0
        ? undefined
        : { kind: 'xcom', tasks, key: key === undefined ? null : written(key).text };
    }
    case 'get':
      if (!path.endsWith('Variable.get')) return undefined;
      // Without a default, and with `None` for one, the variable decides.
      return (
        named.get('default_var') ??
        named.get('default') ??
        positional[1] ??
        unknown(`Variable ${written(first ?? '').text}`, line, path)
      );
    default:
      return undefined;
  }
}

const each = (value: Value): readonly Value[] => (kindOf(value) === 'list' ? (value as ListValue).items : [value]);

// ---- DAGs, groups and tasks

const asMap = (value: Value | undefined): Map<string, Value> =>
  kindOf(value) === 'dict'
    ? new Map([...(value as DictValue).entries.values()].map(([key, item]) => [written(key).text, item]))
    : new Map();

const DAG_POSITIONS = ['dag_id', 'description', 'schedule'];

function makeDag(run: Evaluator, { positional, named }: Arguments, line: number, fallback?: string): DagValue {
  const given = new Map(named);
  positional.forEach((value, i) => {
    const name = DAG_POSITIONS[i];
    if (name !== undefined && !given.has(name)) given.set(name, value);
  });
  const id = given.get('dag_id') ?? fallback ?? unknown('dag_id', line);
  const root = rootGroup();
  const dag: DagValue = {
    kind: 'dag',
    id,
    line,
    given,
    defaults: asMap(given.get('default_args')),
    tasks: new Map(),
    groupIds: new Set(),
    root,
    isFound: false,
  };
  Object.assign(root, { dag });
  if (written(id).isPartial) run.note(line, `the id of a DAG: ${written(id).text}`);
  run.dags.push(dag);
  run.countTask();
  return dag;
}

/** The DAG and the group that a new task belongs to. */
function placeOf(
  run: Evaluator,
  named: ReadonlyMap<string, Value>,
): { dag: DagValue | null; group: GroupValue | null } {
  const around = run.contexts.at(-1);
  const inGroup = named.get('task_group') ?? named.get('parent_group');
  const byArgument = named.get('dag');
  const dag =
    kindOf(byArgument) === 'dag'
      ? (byArgument as DagValue)
      : kindOf(inGroup) === 'group'
        ? (inGroup as GroupValue).dag
        : around === undefined
          ? null
          : around.kind === 'dag'
            ? around
            : around.dag;
  if (kindOf(inGroup) === 'group') return { dag, group: inGroup as GroupValue };
  if (around?.kind === 'group' && (around.dag === dag || dag === null)) return { dag, group: around };
  return { dag, group: dag?.root ?? null };
}

function makeGroup(
  run: Evaluator,
  id: Value,
  named: ReadonlyMap<string, Value>,
  line: number,
  isSuffixed: boolean,
  over: readonly TaskValue[] = [],
): GroupValue {
  const { dag, group: parent } = placeOf(run, named);
  const made = written(id);
  if (made.isPartial) run.note(line, `the id of a task group: ${made.text}`);
  const prefix = prefixOf(parent);
  const taken = new Set([...(dag?.groupIds ?? []), ...(dag?.tasks.keys() ?? [])]);
  const unique =
    isSuffixed || truthOf(named.get('add_suffix_on_collision') ?? false) === true
      ? uniqueId(made.text, prefix, taken)
      : made.text;
  const defaults = new Map([...(parent?.defaults ?? []), ...asMap(named.get('default_args'))]);
  const group: GroupValue = {
    kind: 'group',
    id: prefix + unique,
    hasPrefix: truthOf(named.get('prefix_group_id') ?? true) !== false,
    parent,
    dag,
    defaults,
    children: [],
    before: new Set(),
    expandedOver: over,
    line,
  };
  run.countTask();
  dag?.groupIds.add(group.id ?? '');
  parent?.children.push(group);
  return group;
}

interface NewTask {
  readonly operator: string;
  readonly path: string;
  readonly named: ReadonlyMap<string, Value>;
  readonly line: number;
  /** Of a TaskFlow task: a name that is taken gets a suffix. */
  readonly callable?: string;
  readonly isMapped?: boolean;
  /** Where results make edges for sure. */
  readonly sources?: readonly Value[];
  readonly fields?: readonly string[] | null;
}

export function makeTask(
  run: Evaluator,
  { operator, path, named, line, callable, isMapped = false, sources, fields }: NewTask,
): TaskValue {
  run.countTask();
  const { dag, group } = placeOf(run, named);
  const idGiven = named.get('task_id');
  const id = written(idGiven ?? callable ?? unknown(operator, line));
  if (id.isPartial) run.note(line, `the id of a task: ${id.text}`);
  const prefix = prefixOf(group);
  const name = callable === undefined || dag === null ? id.text : uniqueId(id.text, prefix, dag.tasks);
  const full = prefix + name;
  const there = dag?.tasks.get(full);
  if (there !== undefined) {
    // Airflow refuses a second task of the same name; of two ways that a condition may go, one is meant.
    if (!id.isPartial) run.note(line, `a second task of the name ${full}`);
    return there;
  }
  const task: TaskValue = {
    kind: 'task',
    id: full,
    operator,
    path,
    line,
    given: new Map(named),
    group,
    defaults: new Map([...(dag?.defaults ?? []), ...(group?.defaults ?? []), ...asMap(named.get('default_args'))]),
    upstream: new Set(),
    downstream: new Set(),
    mayFollow: new Set(),
    isMapped,
    callable: callable ?? null,
    dag,
    isSetup: named.has('*setup'),
    isTeardown: named.has('*teardown'),
    isIdPartial: id.isPartial,
    isPresumed: false,
  };
  dag?.tasks.set(full, task);
  (group ?? dag?.root)?.children.push(task);
  // Airflow does not count mapped tasks as work of a setup.
  if (run.isSetupOpen && !isMapped) run.setups.at(-1)?.tasks.push(task);
  for (const source of sources ?? []) for (const before of resultsIn(source)) link(before, task);
  const templated = fields === undefined ? templatedFields(operator) : fields;
  for (const [key, value] of named) {
    if (key.startsWith('*') || NEVER_TEMPLATED.has(key)) continue;
    for (const before of resultsIn(value)) {
      if (templated?.includes(key)) link(before, task);
      else if (templated === null) task.mayFollow.add(before);
    }
  }
  return task;
}
const NEVER_TEMPLATED = new Set([
  'task_id',
  'dag',
  'task_group',
  'default_args',
  'trigger_rule',
  'outlets',
  'inlets',
  'doc_md',
  'params',
  'on_failure_callback',
  'on_success_callback',
]);

/** Classes of the file: those that come of an operator make tasks. */
function callClass(run: Evaluator, target: ClassValue, given: Arguments, line: number): Value | undefined {
  const base = externalBase(target);
  if (base === null) return undefined;
  const name = lastOf(base);
  if (name === 'DAG') return makeDag(run, given, line);
  if (name === 'TaskGroup')
    return makeGroup(
      run,
      given.named.get('group_id') ?? given.positional[0] ?? unknown('group', line),
      given.named,
      line,
      false,
    );
  if (!isOperatorName(name) && !given.named.has('task_id')) return undefined;
  let named = given.named;
  if (!named.has('task_id')) {
    const instance: InstanceValue = { kind: 'instance', of: target, attributes: new Map() };
    const start = run.inherited(target, '__init__');
    if (kindOf(start) === 'function')
      run.callFunction(start as FunctionValue, { positional: [instance, ...given.positional], named }, line, instance);
    named = new Map([...named, ...asMap(instance.attributes.get('*given'))]);
  }
  return makeTask(run, { operator: target.name, path: base, named, line, fields: fieldsOf(run, target, name) });
}

const fieldsOf = (run: Evaluator, target: ClassValue, base: string): readonly string[] | null => {
  const own = run.inherited(target, 'template_fields');
  return kindOf(own) === 'list'
    ? (own as ListValue).items.map((item) => written(item).text)
    : base === 'BaseOperator' || base === 'BaseSensorOperator'
      ? []
      : templatedFields(base);
};

function externalBase(target: ClassValue, depth = 0): string | null {
  for (const base of target.bases) {
    if (kindOf(base) === 'external') return (base as ExternalValue).path;
    const found = kindOf(base) === 'class' && depth < 10 ? externalBase(base as ClassValue, depth + 1) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Something imported that stands in an edge: it must be a task, which Airflow names after its function. */
export function presume(run: Evaluator, value: UnknownValue): TaskValue | null {
  if (value.path === null || run.contexts.length === 0) {
    run.note(value.line, `an edge to what the file does not define: ${value.name}`);
    return null;
  }
  const name = lastOf(value.name);
  const isClass = /^[A-Z]/.test(name);
  run.note(value.line, `a task that another file makes: ${value.path}`);
  const task = makeTask(run, {
    operator: isClass ? name : '_PythonDecoratedOperator',
    path: value.path,
    named: value.call?.named ?? NONE,
    line: value.line,
    callable: name,
    sources: [...(value.call?.positional ?? []), ...(value.call?.named.values() ?? [])],
  });
  task.isPresumed = true;
  value.task = task;
  return task;
}

// ---- decorators and what they make

function decorate(
  run: Evaluator,
  name: 'task' | 'task_group' | 'dag' | 'setup' | 'teardown' | 'asset',
  kind: string,
  given: Arguments,
  line: number,
): Value | undefined {
  const { positional, named } = given;
  const [first] = positional;
  if (name === 'asset') return decorateAsset(run, given, line);
  if (name === 'setup' || name === 'teardown') {
    const mark = `*${name}`;
    if (kindOf(first) === 'maker')
      return {
        ...(first as TaskMakerValue),
        given: new Map([...(first as TaskMakerValue).given, ...named, [mark, true]]),
      };
    if (kindOf(first) === 'function')
      return maker('task', operatorOfDecorator(''), first as FunctionValue, new Map([...named, [mark, true]]), line);
    if (first === undefined)
      return {
        kind: 'native',
        name: 'decorator',
        call: (more) => decorate(run, name, kind, { positional: more.positional, named }, line) ?? null,
      };
    return undefined;
  }
  if (kind === 'run_if' || kind === 'skip_if')
    return { kind: 'native', name: 'decorator', call: ({ positional: [decorated] }) => decorated ?? null };
  const makes = name === 'task' ? 'task' : name === 'dag' ? 'dag' : 'group';
  const operator = makes === 'task' ? operatorOfDecorator(kind) : '';
  if (kindOf(first) === 'function') return maker(makes, operator, first as FunctionValue, named, line);
  if (kindOf(first) === 'maker') return first as Value;
  const all = new Map(named);
  if (first !== undefined) all.set(makes === 'dag' ? 'dag_id' : makes === 'group' ? 'group_id' : 'task_id', first);
  return maker(makes, operator, null, all, line);
}

export const maker = (
  makes: TaskMakerValue['makes'],
  operator: string,
  call: FunctionValue | null,
  given: ReadonlyMap<string, Value>,
  line: number,
): TaskMakerValue => ({
  kind: 'maker',
  makes,
  operator,
  call,
  class: null,
  given,
  partial: NONE,
  line,
});

function decorateAsset(run: Evaluator, { positional: [first], named }: Arguments, line: number): Value | undefined {
  if (kindOf(first) !== 'function')
    return {
      kind: 'native',
      name: 'decorator',
      call: ({ positional }) => decorateAsset(run, { positional, named }, line) ?? null,
    };
  const call = first as FunctionValue;
  const dag = makeDag(run, { positional: [], named: new Map([...named, ['dag_id', call.name]]) }, line);
  dag.isFound = true;
  const asset = unknown(call.name, line, 'airflow.sdk.Asset', {
    positional: [],
    named: new Map<string, Value>([
      ['name', named.get('name') ?? call.name],
      ['uri', named.get('uri') ?? call.name],
    ]),
  });
  const inlets = (call.parameters?.children ?? [])
    .filter(({ type }) => type === 'identifier' || type === 'typed_parameter')
    .map((parameter) => run.textOf(parameter.children[0] ?? parameter))
    .filter((parameter) => parameter !== 'self' && parameter !== 'context')
    .map((parameter) =>
      unknown(parameter, line, 'airflow.sdk.AssetNameRef', { positional: [], named: new Map([['name', parameter]]) }),
    );
  run.contexts.push(dag);
  makeTask(run, {
    operator: '_AssetMainOperator',
    path: 'airflow.sdk.asset',
    line,
    callable: call.name,
    named: new Map<string, Value>([
      ['task_id', call.name],
      ['outlets', named.get('outlets') ?? list([asset])],
      ['inlets', list(inlets)],
    ]),
  });
  run.contexts.pop();
  return asset;
}

function callMaker(run: Evaluator, target: TaskMakerValue, given: Arguments, line: number): Value | undefined {
  if (target.call === null && target.makes !== 'operator') {
    const [first] = given.positional;
    if (kindOf(first) === 'function') return { ...target, call: first as FunctionValue };
    if (kindOf(first) === 'maker')
      return { ...(first as TaskMakerValue), given: new Map([...(first as TaskMakerValue).given, ...target.given]) };
    return undefined;
  }
  if (run.isQuiet) return undefined;
  return instantiate(run, target, given, line, null);
}

/** Makes what a task, group or DAG function makes when it is called; `over`: what it is mapped over. */
export function instantiate(
  run: Evaluator,
  target: TaskMakerValue,
  given: Arguments,
  line: number,
  over: readonly Value[] | null,
): Value {
  const { call, makes } = target;
  const named = new Map([...target.partial, ...given.named]);
  if (makes === 'task' && call !== null) {
    const sources = [...given.positional, ...named.values(), ...target.given.values(), ...(over ?? [])];
    const task = makeTask(run, {
      operator: target.operator,
      path: 'airflow.sdk.task',
      line,
      callable: call.name,
      isMapped: over !== null,
      sources,
      fields: [],
      named: new Map([...target.given, ['op_args', list([...given.positional], 'tuple')], ['op_kwargs', dict(named)]]),
    });
    return { kind: 'xcom', tasks: [task], key: null };
  }
  if (makes === 'group' && call !== null) {
    const before = [...resultsIn(list([...(over ?? [])]))];
    const group = makeGroup(run, target.given.get('group_id') ?? call.name, target.given, line, true, before);
    run.contexts.push(group);
    try {
      const returned = run.callFunction(call, { positional: given.positional, named }, line, null);
      return returned ?? group;
    } finally {
      leaveContext(run, group);
    }
  }
  if (makes === 'dag' && call !== null) {
    const dag = makeDag(run, { positional: [], named: target.given }, line, call.name);
    dag.isFound = true;
    run.contexts.push(dag);
    try {
      // Arguments are parameters of the DAG, known when it runs.
      run.callFunction(
        call,
        { positional: [], named: new Map(namesOf(run, call).map((name) => [name, unknown(name, line)])) },
        line,
        null,
      );
    } finally {
      leaveContext(run, dag);
    }
    return dag;
  }
  return makeTask(run, {
    operator: lastOf(target.operator),
    path: target.operator,
    line,
    isMapped: over !== null,
    named,
    sources: over ?? [],
    ...(target.class === null ? {} : { fields: fieldsOf(run, target.class, lastOf(externalBase(target.class) ?? '')) }),
  });
}

export const namesOf = (run: Evaluator, call: FunctionValue): string[] =>
  (call.parameters?.children ?? [])
    .map((parameter) =>
      call.source.text.slice((parameter.children[0] ?? parameter).start, (parameter.children[0] ?? parameter).end),
    )
    .filter((name) => /^\w+$/.test(name) && run !== null);

// ---- edges

export function drawEdge(run: Evaluator, operator: '>>' | '<<', a: Value, b: Value, line: number): Value {
  const isDown = operator === '>>';
  if (kindOf(b) === 'label') (b as LabelValue)[isDown ? 'before' : 'after'] = own(run, a, isDown);
  else if (kindOf(a) === 'label') {
    const side = (a as LabelValue)[isDown ? 'before' : 'after'];
    (a as LabelValue)[isDown ? 'after' : 'before'] = b;
    for (const node of labelled(side, b)) (isDown ? setDownstream : setUpstream)(run, node, b);
  } else {
    // Python asks a list's right neighbour: `[a, b] >> c` is `c.set_upstream([a, b])`.
    const [self, other, toDown] = kindOf(a) === 'list' ? [b, a, !isDown] : [a, b, isDown];
    (toDown ? setDownstream : setUpstream)(run, self, other);
  }
  if (kindOf(a) === 'unknown' && kindOf(b) === 'unknown')
    run.note(line, 'an edge between what the file does not define');
  return b;
}

/** What a label keeps: the tasks of what stands before it, but a list as it is. */
const own = (run: Evaluator, value: Value, isDown: boolean): Value =>
  kindOf(value) === 'list' ? value : list(endsOf(value, isDown ? 'leaves' : 'roots', (one) => presume(run, one)));

/** A label between tasks of different groups is one between the groups of the tasks on its own side. */
function labelled(side: Value, other: Value): readonly Value[] {
  const nodes = side === null ? [] : each(side);
  const groups = new Set([...nodes, ...each(other)].flatMap((node) => groupAround(node) ?? []));
  if (groups.size === 1) return nodes;
  return nodes.map((node) => {
    const { kind } = (node ?? {}) as { kind?: string };
    const around = kind === 'task' ? (node as TaskValue).group : kind === 'group' ? (node as GroupValue).parent : null;
    return around === null || around.id === null ? node : around;
  });
}
const groupAround = (node: Value): string | null =>
  kindOf(node) === 'task'
    ? ((node as TaskValue).group?.id ?? '')
    : kindOf(node) === 'group'
      ? ((node as GroupValue).id ?? '')
      : kindOf(node) === 'xcom'
        ? ((node as XComValue).tasks[0]?.group?.id ?? '')
        : null;

/** `before.set_downstream(after)`: the leaves are known at once, the roots at each of them. */
export function setDownstream(run: Evaluator, before: Value, after: Value): void {
  const known = (value: UnknownValue) => presume(run, value);
  const leaves = kindOf(before) === 'group' ? leavesOrBefore(before as GroupValue) : endsOf(before, 'leaves', known);
  for (const one of leaves) {
    const to = endsOf(after, 'roots', known);
    run.spend(to.length);
    for (const group of groupsIn(after)) group.before.add(one);
    for (const other of to) link(one, other);
  }
}

/** `after.set_upstream(before)`: roots one after the other. */
export function setUpstream(run: Evaluator, after: Value, before: Value): void {
  const known = (value: UnknownValue) => presume(run, value);
  for (const one of kindOf(after) === 'group' ? eachRoot(after as GroupValue) : endsOf(after, 'roots', known)) {
    const from = endsOf(before, 'leaves', known);
    run.spend(from.length);
    for (const other of from) link(other, one);
  }
  for (const group of groupsIn(after)) for (const one of endsOf(before, 'leaves', known)) group.before.add(one);
}

const groupsIn = (value: Value): GroupValue[] =>
  (kindOf(value) === 'list' ? (value as ListValue).items : [value]).filter(
    (one): one is GroupValue => kindOf(one) === 'group',
  );

function chain(run: Evaluator, steps: readonly Value[], line: number): void {
  for (const [i, after] of steps.slice(1).entries()) {
    const before = steps[i] ?? null;
    if (kindOf(before) === 'list' && kindOf(after) === 'list') {
      const [left, right] = [(before as ListValue).items, (after as ListValue).items];
      if (left.length !== right.length)
        run.note(line, 'chain() of two lists of different length, which Airflow refuses');
      left.forEach((one, at) => {
        const other = right[at];
        if (other !== undefined) drawEdge(run, '>>', one, other, line);
      });
    } else drawEdge(run, '>>', before, after, line);
  }
}

// ---- `with`

export function enterContext(run: Evaluator, value: Value): Value {
  if (run.isQuiet || typeof value !== 'object' || value === null) return value;
  if (value.kind === 'dag') value.isFound = true;
  if (value.kind === 'dag' || value.kind === 'group') run.contexts.push(value);
  else if (value.kind === 'task' || value.kind === 'xcom') {
    run.isSetupOpen = true;
    run.setups.push(setupScope(endsOf(value, 'leaves', () => null)));
  }
  return value;
}

export function leaveContext(run: Evaluator, value: Value): void {
  if (run.isQuiet || typeof value !== 'object' || value === null) return;
  if (value.kind === 'group') {
    for (const before of value.expandedOver) setUpstream(run, value, before);
    run.contexts.pop();
  } else if (value.kind === 'dag') run.contexts.pop();
  else if (value.kind === 'task' || value.kind === 'xcom') {
    const scope = run.setups.pop();
    // Airflow forgets the outer scope here: what comes after an inner one is no work of the outer one.
    run.isSetupOpen = false;
    if (scope !== undefined) closeSetup(scope, run.setups.at(-1));
  }
}
