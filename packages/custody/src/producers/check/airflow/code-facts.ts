/** What the code of a DAG file names and calls, everywhere in the file, in task functions too. */
import type { Evaluator } from './evaluator.ts';
import { renderedArgument, withoutPasswords, type Rendered } from './rendered.ts';
import type { SyntaxNode } from './syntax.ts';
import {
  kindOf,
  Scope,
  stringOf,
  unknown,
  written,
  type ExternalValue,
  type UnknownValue,
  type Value,
} from './value.ts';

/** Where code runs: when the file is read, in a task, or wherever a plain function is called. */
export type Runs = 'parse' | 'task' | 'function';

export interface CallFacts {
  /** Dotted name through the imports: `subprocess.run`; as it is written where it is none. */
  readonly name: string;
  readonly line: number;
  readonly runs: Runs;
  /** Arguments by name; by position under `0`, `1`, ... */
  readonly args: { readonly [name: string]: Rendered };
  /** Strings of more than a word in the arguments, at any depth: commands, queries, templates. */
  readonly texts: readonly string[];
}
export interface UriFacts {
  readonly line: number;
  /** With `{name}` for parts that are not known; a password stands as `***`. */
  readonly uri: string;
  readonly access: 'read' | 'write' | 'unknown';
  /** Written in the file with its password. */
  readonly has_password: boolean;
}
export interface NamedPlace {
  readonly line: number;
  readonly name: string;
}
export interface CodeFacts {
  readonly imports: readonly NamedPlace[];
  readonly calls: readonly CallFacts[];
  readonly uris: readonly UriFacts[];
  /** Ids of Airflow connections; `argument`: where they are given. */
  readonly connections: readonly (NamedPlace & { readonly argument: string })[];
  readonly variables: readonly (NamedPlace & { readonly runs: Runs })[];
  readonly hooks: readonly NamedPlace[];
  readonly environment: readonly (NamedPlace & { readonly access: 'read' | 'write'; readonly has_default: boolean })[];
  /** Jinja expressions: what stands between the braces. */
  readonly templates: readonly { readonly line: number; readonly expression: string }[];
}

/** What the text of a task's result looks like. */
const RESULT = /^task_instance\.xcom_pull\(task_ids='[^']*'(, key='[^']*')?\)$/;
const PLACES_MAX = 4_000;
/** A part of a URI may be a template. */
const URI =
  /\b(?:jdbc:[a-z0-9]{1,20}:(?:\{\{[^{}]{1,300}\}\}|[^\s"'<>|;]){1,1000}|[a-z][a-z0-9+-]{1,30}:\/\/(?:\{\{[^{}]{1,300}\}\}|[^\s"'<>|]){1,1000})/gi;
const READS = /(^|[._])(read|load|get|download|fetch|list|scan|head|select|open|copy_from)|ToLocal|Sensor$|From[A-Z]/;
const WRITES =
  /(^|[._])(write|save|put|upload|dump|to_(csv|parquet|json|sql|excel|pickle)|create|delete|copy_to|insert)|Create|Delete|Upload|Put|ToS3|ToGCS|ToGcs/;
const BUCKET =
  /^(?:(source|src|dest|destination|target|from|to)_)?(s3_|gcs_|gs_)?(bucket|bucket_name|container|container_name)$/;

export function codeFacts(run: Evaluator, root: SyntaxNode, taskFunctions: ReadonlySet<string>): CodeFacts {
  const walk = new Walk(run, taskFunctions);
  run.startFolding();
  for (const child of root.children) walk.node(child, { scope: run.module, runs: 'parse', call: '', argument: '' });
  return {
    ...walk.found,
    environment: run.environment
      .map(({ line, name, access, hasDefault }) => ({ line, name, access, has_default: hasDefault }))
      .sort((a, b) => a.line - b.line),
  };
}

interface At {
  readonly scope: Scope;
  readonly runs: Runs;
  /** The call and the argument that an expression stands in. */
  readonly call: string;
  readonly argument: string;
  /** In a string that was looked at as a whole. */
  readonly isInText?: boolean;
  /** In a function of which the result is run as a command: `@task.bash`. */
  readonly isCommand?: boolean;
}

class Walk {
  readonly #run: Evaluator;
  readonly #taskFunctions: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  readonly found = {
    imports: [] as NamedPlace[],
    calls: [] as CallFacts[],
    uris: [] as UriFacts[],
    connections: [] as (NamedPlace & { argument: string })[],
    variables: [] as (NamedPlace & { runs: Runs })[],
    hooks: [] as NamedPlace[],
    templates: [] as { line: number; expression: string }[],
  };

  constructor(run: Evaluator, taskFunctions: ReadonlySet<string>) {
    this.#run = run;
    this.#taskFunctions = taskFunctions;
  }

  node(node: SyntaxNode, at: At): void {
    switch (node.type) {
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement': {
        const line = this.#run.lineOf(node);
        const scope = at.scope === this.#run.module ? new Scope(null) : at.scope;
        for (const name of this.#run.importInto(node, scope)) this.#add('imports', { line, name });
        return;
      }
      case 'decorated_definition': {
        const definition = node.children.at(-1);
        const decorators = node.children.slice(0, -1);
        for (const decorator of decorators) for (const child of decorator.children) this.node(child, at);
        if (definition?.type === 'function_definition')
          return this.#function(definition, at, decorators.map((one) => this.#run.textOf(one)).join(' '));
        if (definition !== undefined) this.node(definition, at);
        return;
      }
      case 'function_definition':
        return this.#function(node, at, '');
      case 'expression_statement': {
        const [only, ...more] = node.children;
        // A docstring says nothing that runs.
        if (only !== undefined && more.length === 0 && (only.type === 'string' || only.type === 'concatenated_string'))
          return;
        break;
      }
      case 'assignment': {
        const [target, right] = [node.children[0], node.children.at(-1)];
        if (right !== undefined && right !== target && right.type !== 'type') {
          const argument = target?.type === 'identifier' ? this.#run.textOf(target) : '';
          if (target?.type === 'subscript') this.#environmentSet(target, at.scope);
          this.node(right, { ...at, argument });
          if (at.scope !== this.#run.module && target !== undefined)
            this.#run.foldInto(target, this.#run.fold(right, at.scope), at.scope);
        }
        return;
      }
      case 'with_item': {
        const pattern = node.children[0];
        const [value, target] =
          pattern?.type === 'as_pattern'
            ? [pattern.children[0], pattern.children[1]?.children[0]]
            : [pattern, undefined];
        if (value !== undefined) this.node(value, at);
        if (value !== undefined && target !== undefined && at.scope !== this.#run.module)
          this.#run.foldInto(target, this.#run.fold(value, at.scope), at.scope);
        return;
      }
      case 'return_statement':
        if (at.isCommand === true && node.children[0] !== undefined) {
          const command = renderedArgument('0', this.#run.fold(node.children[0], at.scope));
          this.#add('calls', {
            name: 'airflow.sdk.task.bash',
            line: this.#run.lineOf(node),
            runs: 'task',
            args: { 0: command },
            texts: [...textsIn(command)],
          });
        }
        break;
      case 'call':
        return this.#call(node, at);
      case 'subscript':
        // `os.environ["X"]`.
        if (at.scope !== this.#run.module && /\benviron\b/.test(this.#run.textOf(node).slice(0, 60)))
          this.#run.fold(node, at.scope);
        break;
      case 'string':
      case 'concatenated_string':
        return this.#string(node, at);
      case 'binary_operator': {
        // `"s3://" + bucket + "/key"` is one string.
        const folded = at.isInText ? null : stringOf(this.#run.fold(node, at.scope));
        if (folded === null) break;
        this.#text(folded, this.#run.lineOf(node), at, this.#run.textOf(node));
        for (const child of node.children) this.node(child, { ...at, isInText: true });
        return;
      }
      default:
        break;
    }
    for (const child of node.children) this.node(child, at);
  }

  /** `os.environ["X"] = ...`. */
  #environmentSet(target: SyntaxNode, scope: Scope): void {
    const [object, key] = target.children;
    if (object === undefined || key === undefined || this.#nameOf(object, scope) !== 'os.environ') return;
    this.#run.readEnvironment(this.#run.lineOf(target), written(this.#run.fold(key, scope)).text, true, 'write');
  }

  #function(node: SyntaxNode, at: At, decorators: string): void {
    const run = this.#run;
    const name = node.children[0] === undefined ? '' : run.textOf(node.children[0]);
    const scope = new Scope(at.scope);
    for (const parameter of node.children.find(({ type }) => type === 'parameters')?.children ?? []) {
      const first = parameter.children[0] ?? parameter;
      scope.names.set(run.textOf(first).replace(/^\*+/, ''), unknown(run.textOf(first), run.lineOf(parameter)));
      if (/default/.test(parameter.type)) for (const child of parameter.children.slice(1)) this.node(child, at);
    }
    const isBuilder = /@\s*[\w.]*\b(dag|task_group)\b/.test(decorators);
    const isTask =
      /@\s*[\w.]*\b(task(?!_group)|setup|teardown|asset|\w+_task)\b/.test(decorators) || this.#taskFunctions.has(name);
    const runs = isTask
      ? 'task'
      : isBuilder && at.runs === 'parse'
        ? 'parse'
        : at.runs === 'task'
          ? 'task'
          : 'function';
    const body = node.children.at(-1);
    const isCommand = /@\s*[\w.]*\btask\.bash\b/.test(decorators);
    if (body !== undefined) this.node(body, { scope, runs, call: '', argument: '', isCommand });
  }

  #call(node: SyntaxNode, at: At): void {
    const run = this.#run;
    const [callee, given] = node.children;
    if (callee === undefined) return;
    const line = run.lineOf(node);
    const name = this.#nameOf(callee, at.scope);
    const args: Record<string, Rendered> = {};
    const values = new Map<string, Value>();
    let position = 0;
    for (const argument of (given?.type === 'argument_list' ? given.children : []).slice(0, 100)) {
      const isNamed = argument.type === 'keyword_argument';
      const [key, value] = isNamed ? [argument.children[0], argument.children[1]] : [undefined, argument];
      if (value === undefined) continue;
      const label = key === undefined ? String(position++) : run.textOf(key);
      const folded = run.fold(value, at.scope);
      values.set(label, folded);
      if (argument.type === 'dictionary_splat') {
        if (kindOf(folded) === 'dict')
          for (const [inner, item] of (folded as { entries: Map<unknown, readonly [Value, Value]> }).entries.values()) {
            const spread = written(inner).text;
            values.set(spread, item);
            args[spread] = renderedArgument(spread, item);
          }
      } else args[label] = renderedArgument(label, folded);
      this.node(value, { ...at, call: name, argument: key === undefined ? '' : label, isInText: false });
    }
    // `"...".format(...)` is a string.
    const isFormat = callee.type === 'attribute' && run.textOf(callee).endsWith('.format');
    const formatted = isFormat ? stringOf(run.fold(node, at.scope)) : null;
    if (formatted !== null) return this.#text(formatted, line, at, run.textOf(node));
    if (callee.type !== 'identifier') this.node(callee, at);
    if (given?.type === 'generator_expression') this.node(given, at);
    this.#add('calls', { name, line, runs: at.runs, args, texts: [...textsIn(args)] });
    this.#known(name, line, values, at);
  }

  #known(name: string, line: number, values: ReadonlyMap<string, Value>, at: At): void {
    const last = name.slice(name.lastIndexOf('.') + 1);
    const first = stringOf(values.get('0'));
    if (last.endsWith('Hook')) this.#add('hooks', { line, name });
    if (/(^|\.)Variable\.get$/.test(name))
      this.#add('variables', { line, name: first ?? stringOf(values.get('key')) ?? '{unknown}', runs: at.runs });
    if (/^(get_connection|get_hook)$/.test(last) || /(^|\.)Connection\.get\w*$/.test(name)) {
      const id = first ?? stringOf(values.get('conn_id'));
      if (id !== null) this.#add('connections', { line, name: id, argument: last });
    }
    for (const [key, value] of values) {
      const id = stringOf(value);
      if (id === null) continue;
      if (/(^|_)conn(ection)?_id$/.test(key)) this.#add('connections', { line, name: id, argument: key });
      this.#bucket(name, line, key, id, values);
    }
  }

  /** `bucket_name="x", key="y"` reads or writes `s3://x/y`. */
  #bucket(call: string, line: number, key: string, bucket: string, values: ReadonlyMap<string, Value>): void {
    const match = BUCKET.exec(key) ?? (/(^|_)Bucket$/.test(key) ? ['', '', '', 'bucket'] : null);
    if (match === null || bucket === '' || /^\w+:\/\//.test(bucket)) return;
    const [, side = '', provider = '', kind = ''] = match;
    const isAzure = kind.startsWith('container') || /wasb|adls|azure/i.test(call);
    const scheme = provider.startsWith('s3')
      ? 's3'
      : provider.startsWith('g')
        ? 'gs'
        : isAzure
          ? 'abfss'
          : /gcs|google|GCS|storage\.Client/i.test(call)
            ? 'gs'
            : 's3';
    if (isAzure && !/wasb|adls|azure|blob/i.test(call)) return;
    const pick = (names: readonly string[]) =>
      names.map((one) => stringOf(values.get(one))).find((one) => one !== null);
    const before = side === '' ? '' : `${side}_`;
    const object =
      pick([
        `${before}${provider}key`,
        `${before}bucket_key`,
        `${before}object`,
        `${before}object_name`,
        `${before}key`,
        `${before}blob_name`,
        `${before}prefix`,
        'Key',
      ]) ?? '';
    const access = /source|src|from/.test(side) ? 'read' : /dest|target|to/.test(side) ? 'write' : accessOf(call, key);
    this.#uri(line, `${scheme}://${bucket}/${object.replace(/^\//, '')}`, access);
  }

  #nameOf(callee: SyntaxNode, scope: Scope): string {
    const run = this.#run;
    if (callee.type === 'identifier' || callee.type === 'attribute') {
      const value = run.fold(callee, scope);
      if (kindOf(value) === 'external') return (value as ExternalValue).path;
      if (kindOf(value) === 'unknown' && (value as UnknownValue).path !== null)
        return (value as UnknownValue).path ?? '';
    }
    return run.textOf(callee).replace(/\s+/g, '').slice(0, 200);
  }

  #string(node: SyntaxNode, at: At): void {
    const run = this.#run;
    if (!at.isInText) this.#text(stringOf(run.fold(node, at.scope)) ?? '', run.lineOf(node), at, run.textOf(node));
    // Calls in an f-string are calls.
    const inner = (one: SyntaxNode): void => {
      for (const child of one.children)
        if (child.type === 'interpolation') for (const part of child.children) this.node(part, at);
        else if (child.type === 'string') inner(child);
    };
    inner(node);
  }

  /** `source`: as it stands in the file, without what constants and results of tasks put into it. */
  #text(folded: string, line: number, at: At, source: string): void {
    if (folded.length >= 5 && folded.includes(':'))
      for (const [uri] of folded.slice(0, 20_000).matchAll(URI))
        this.#uri(line + linesBefore(folded, uri), uri, accessOf(at.call, at.argument));
    if (folded.includes('{{'))
      for (const [, expression = ''] of folded.slice(0, 20_000).matchAll(/\{\{-?\s*([^{}]{1,300}?)\s*-?\}\}/g)) {
        if (RESULT.test(expression) && !source.includes('xcom_pull(')) continue;
        this.#add('templates', { line: line + linesBefore(folded, expression), expression });
        const variable = /\bvar\.(?:value|json)\.(?:get\(['"])?(\w+)/.exec(expression)?.[1];
        if (variable !== undefined) this.#add('variables', { line, name: variable, runs: 'task' });
        const connection = /\bconn\.(?:get\(['"])?(\w+)/.exec(expression)?.[1];
        if (connection !== undefined) this.#add('connections', { line, name: connection, argument: 'template' });
      }
  }

  #uri(line: number, written_: string, access: UriFacts['access']): void {
    const cut = written_.replace(/[),.;\]}]+$/, (end) =>
      end.includes('}') && written_.includes('{') ? end.replace(/[),.;\]]+$/, '') : '',
    );
    const uri = withoutPasswords(cut);
    this.#add('uris', { line, uri, access, has_password: uri.includes(':***@') });
  }

  #add<K extends keyof Walk['found']>(kind: K, one: Walk['found'][K][number]): void {
    const into = this.found[kind] as (typeof one)[];
    if (into.length >= PLACES_MAX) return;
    if (kind !== 'calls') {
      const key = `${kind} ${JSON.stringify(one)}`;
      if (this.#seen.has(key)) return;
      this.#seen.add(key);
    }
    into.push(one);
  }
}

function textsIn(value: Rendered, into = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (/[\s{]/.test(value)) into.add(value);
  } else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value) as Rendered[]) textsIn(inner, into);
  return into;
}

const linesBefore = (text: string, part: string): number =>
  text.slice(0, Math.max(0, text.indexOf(part))).split('\n').length - 1;

function accessOf(call: string, argument: string): UriFacts['access'] {
  if (/^(dest|destination|output|target|sink|to)(_|$)|_(dest|output)|path_or_buf/.test(argument)) return 'write';
  if (/^(source|src|input|from)(_|$)|_(source|input)/.test(argument)) return 'read';
  const last = call.slice(call.lastIndexOf('.') + 1);
  if (/^(S3|GCS|Gcs|Wasb|ADLS)\w*To[A-Z]/.test(last)) return 'read';
  return WRITES.test(last) ? 'write' : READS.test(last) ? 'read' : 'unknown';
}
