/** Attributes and methods of DAGs, groups, tasks and their results, and of decorated functions. */
import { drawEdge, externalValue, instantiate, maker, namesOf, setDownstream, setUpstream } from './airflow-calls.ts';
import { operatorOfDecorator } from './airflow-names.ts';
import type { Evaluator } from './evaluator.ts';
import {
  endsOf,
  leavesOf,
  link,
  prefixOf,
  resultsIn,
  rootsOf,
  type DagValue,
  type GroupValue,
  type TaskValue,
} from './graph.ts';
import {
  dict,
  kindOf,
  list,
  native,
  or,
  unknown,
  written,
  type TaskMakerValue,
  type Value,
  type XComValue,
} from './value.ts';

const NONE: ReadonlyMap<string, Value> = new Map();

export function memberOf(run: Evaluator, object: Value, name: string, line: number): Value {
  if (typeof object === 'string') return { kind: 'bound', self: object, method: name };
  if (typeof object !== 'object' || object === null) return unknown(name, line);
  switch (object.kind) {
    case 'external':
      return externalValue(`${object.path}.${name}`);
    case 'text':
    case 'list':
    case 'dict':
      return { kind: 'bound', self: object, method: name };
    case 'dag':
      return dagMember(object, name, line);
    case 'group':
      return groupMember(run, object, name, line);
    case 'task':
    case 'xcom':
      return taskMember(run, object, name, line);
    case 'maker':
      return makerMember(run, object, name, line);
    case 'class':
      return name === 'partial'
        ? native(name, ({ named }) => ({
            kind: 'maker',
            makes: 'operator',
            operator: object.name,
            call: null,
            class: object,
            given: NONE,
            partial: named,
            line,
          }))
        : unknown(name, line);
    case 'unknown': {
      if (/^set_(up|down)stream$/.test(name) && object.path !== null) return edgeMethod(run, object, name, line);
      const inner = object.call?.named.get(name);
      if (inner !== undefined) return inner;
      return unknown(name, line, object.path === null ? null : `${object.path}.${name}`);
    }
    case 'native':
      return object.name === 'dict' && name === 'fromkeys'
        ? native(name, ({ positional: [keys, value] }) =>
            dict((run.items(keys ?? null) ?? []).map((key) => [key, value ?? null] as const)),
          )
        : unknown(name, line);
    default:
      return unknown(name, line);
  }
}

const edgeMethod = (run: Evaluator, object: Value, name: string, line: number): Value =>
  native(name, ({ positional, named }) => {
    const other = positional[0] ?? named.get('task_or_task_list') ?? null;
    if (run.isQuiet) return null;
    if (kindOf(other) === 'label') drawEdge(run, name === 'set_upstream' ? '<<' : '>>', object, other, line);
    else if (name === 'set_upstream') setUpstream(run, object, other);
    else setDownstream(run, object, other);
    return null;
  });

function dagMember(dag: DagValue, name: string, line: number): Value {
  switch (name) {
    case 'dag_id':
      return dag.id;
    case 'tasks':
      return list([...dag.tasks.values()]);
    case 'task_ids':
      return list([...dag.tasks.keys()]);
    case 'task_dict':
      return dict([...dag.tasks].map(([id, task]) => [id, task] as const));
    case 'task_group':
      return dag.root;
    case 'roots':
    case 'leaves':
      return list(
        [...dag.tasks.values()].filter((task) => (name === 'roots' ? task.upstream : task.downstream).size === 0),
      );
    case 'task':
      return maker('task', operatorOfDecorator(''), null, new Map([['dag', dag]]), line);
    case 'get_task':
      return native(
        name,
        ({ positional: [id], named }) =>
          dag.tasks.get(written(id ?? named.get('task_id') ?? '').text) ?? unknown('task', line),
      );
    case 'has_task':
      return native(name, ({ positional: [id] }) => dag.tasks.has(written(id ?? '').text));
    case 'add_task':
      return native(name, ({ positional: [task] }) => {
        if (kindOf(task) === 'task' && (task as TaskValue).dag === null) {
          (task as TaskValue).dag = dag;
          dag.tasks.set((task as TaskValue).id, task as TaskValue);
          dag.root.children.push(task as TaskValue);
        }
        return null;
      });
    default:
      return or(dag.given.get(name), () => unknown(name, line));
  }
}

function groupMember(run: Evaluator, group: GroupValue, name: string, line: number): Value {
  switch (name) {
    case 'set_upstream':
    case 'set_downstream':
      return edgeMethod(run, group, name, line);
    case 'group_id':
      return group.id;
    case 'dag':
      return group.dag ?? unknown(name, line);
    case 'get_roots':
      return native(name, () => list(rootsOf(group)));
    case 'get_leaves':
      return native(name, () => list(leavesOf(group)));
    case 'roots':
      return list(rootsOf(group));
    case 'leaves':
      return list(leavesOf(group));
    case 'children':
      return dict(group.children.map((child) => [child.id, child] as const));
    case 'add':
      return native(name, () => null);
    default:
      return unknown(name, line);
  }
}

function taskMember(run: Evaluator, object: TaskValue | XComValue, name: string, line: number): Value {
  const tasks = object.kind === 'task' ? [object] : object.tasks;
  const [task] = tasks;
  switch (name) {
    case 'set_upstream':
    case 'set_downstream':
      return edgeMethod(run, object, name, line);
    case 'output':
      return object.kind === 'task' ? { kind: 'xcom', tasks, key: null } : object;
    case 'operator':
      return task ?? unknown(name, line);
    case 'as_setup':
      return native(name, () => {
        for (const one of tasks) one.isSetup = true;
        return object;
      });
    case 'as_teardown':
      return native(name, ({ positional, named }) => {
        for (const one of tasks) {
          one.isTeardown = true;
          for (const setup of endsOf(named.get('setups') ?? positional[0] ?? null, 'leaves', () => null)) {
            setup.isSetup = true;
            link(setup, one);
          }
        }
        return object;
      });
    case 'map':
    case 'zip':
    case 'concat':
    case 'filter':
      if (object.kind === 'xcom')
        return native(name, ({ positional }) => ({
          kind: 'xcom',
          tasks: [...tasks, ...positional.flatMap((one) => (kindOf(one) === 'xcom' ? (one as XComValue).tasks : []))],
          key: null,
        }));
      break;
    case 'task_id':
      return task?.id ?? unknown(name, line);
    case 'label':
      return task === undefined ? unknown(name, line) : task.id.slice(prefixOf(task.group).length);
    case 'dag':
      return task?.dag ?? unknown(name, line);
    case 'dag_id':
      return task?.dag?.id ?? unknown(name, line);
    case 'task_group':
      return task?.group ?? unknown(name, line);
    case 'upstream_list':
      return list([...(task?.upstream ?? [])]);
    case 'downstream_list':
      return list([...(task?.downstream ?? [])]);
    case 'upstream_task_ids':
      return list(
        [...(task?.upstream ?? [])].map(({ id }) => id),
        'set',
      );
    case 'downstream_task_ids':
      return list(
        [...(task?.downstream ?? [])].map(({ id }) => id),
        'set',
      );
  }
  return or(object.kind === 'task' ? object.given.get(name) : undefined, () => unknown(name, line));
}

function makerMember(run: Evaluator, target: TaskMakerValue, name: string, line: number): Value {
  switch (name) {
    case 'override':
      return native(name, ({ named }) => ({ ...target, given: new Map([...target.given, ...named]) }));
    case 'partial':
      return native(name, ({ named }) => ({ ...target, partial: new Map([...target.partial, ...named]) }));
    case 'expand':
    case 'expand_kwargs':
      return native(name, ({ positional, named }) => {
        if (run.isQuiet) return unknown(name, line);
        const over = name === 'expand' ? [...named.values()] : positional;
        if (target.makes !== 'group') return instantiate(run, target, { positional: [], named: NONE }, line, over);
        const tasks = [...resultsIn(list([...over]))];
        const stand = (key: string): Value =>
          tasks.length > 0 ? { kind: 'xcom', tasks, key: null } : unknown(key, line);
        const names =
          name === 'expand'
            ? [...named.keys()]
            : target.call === null
              ? []
              : namesOf(run, target.call).filter((one) => !target.partial.has(one));
        return instantiate(
          run,
          target,
          { positional: [], named: new Map(names.map((key) => [key, stand(key)])) },
          line,
          over,
        );
      });
    case 'function':
    case '__wrapped__':
      return target.call ?? unknown(name, line);
    case '__name__':
      return target.call?.name ?? unknown(name, line);
    default:
      // `@dag.task.branch`; a decorated function has no other members.
      return target.call === null && target.makes === 'task'
        ? { ...target, operator: operatorOfDecorator(name) }
        : unknown(name, line);
  }
}

/** `object.name = value`. */
export function setMember(object: Value, name: string, value: Value): void {
  if (typeof object !== 'object' || object === null) return;
  if (object.kind === 'task' || object.kind === 'dag') object.given.set(name, value);
  else if (object.kind === 'xcom') for (const task of object.tasks) task.given.set(name, value);
  else if (object.kind === 'instance' || object.kind === 'class') object.attributes.set(name, value);
}
