/** What Airflow itself names: operators of the task decorators, and the templated fields of the operators that come with it. */

/** `@task.NAME` makes a task of this class (`airflow.sdk` and the providers' `task_decorators`). */
const DECORATED: Readonly<Record<string, string>> = {
  '': '_PythonDecoratedOperator',
  python: '_PythonDecoratedOperator',
  branch: '_BranchPythonDecoratedOperator',
  virtualenv: '_PythonVirtualenvDecoratedOperator',
  branch_virtualenv: '_BranchPythonVirtualenvDecoratedOperator',
  external_python: '_PythonExternalDecoratedOperator',
  branch_external_python: '_BranchExternalPythonDecoratedOperator',
  short_circuit: '_ShortCircuitDecoratedOperator',
  sensor: 'DecoratedSensorOperator',
  bash: '_BashDecoratedOperator',
  docker: '_DockerDecoratedOperator',
  kubernetes: '_KubernetesDecoratedOperator',
  kubernetes_cmd: '_KubernetesCmdDecoratedOperator',
  pyspark: '_PySparkDecoratedOperator',
  snowpark: '_SnowparkDecoratedOperator',
  sql: '_SQLDecoratedOperator',
  analytics: '_AnalyticsDecoratedOperator',
  llm: '_LLMDecoratedOperator',
  llm_branch: '_LLMBranchDecoratedOperator',
  llm_sql: '_LLMSQLDecoratedOperator',
  agent: '_AgentDecoratedOperator',
  stub: '_StubOperator',
};

const camel = (name: string) => name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `name`: what follows `task.`; another provider's decorator is named as they name theirs. */
export const operatorOfDecorator = (name: string): string => DECORATED[name] ?? `_${camel(name)}DecoratedOperator`;

const CALLABLE = ['templates_dict', 'op_args', 'op_kwargs'];
const VENV = ['requirements', 'index_urls', 'venv_cache_path', ...CALLABLE];
/** `template_fields`: a task's result there makes an edge. */
const TEMPLATED: Readonly<Record<string, readonly string[]>> = {
  BashOperator: ['bash_command', 'env', 'cwd'],
  BashSensor: ['bash_command', 'env'],
  PythonOperator: CALLABLE,
  BranchPythonOperator: CALLABLE,
  ShortCircuitOperator: CALLABLE,
  PythonSensor: CALLABLE,
  PythonVirtualenvOperator: VENV,
  BranchPythonVirtualenvOperator: VENV,
  ExternalPythonOperator: ['python', ...CALLABLE],
  BranchExternalPythonOperator: ['python', ...CALLABLE],
  TriggerDagRunOperator: [
    'trigger_dag_id',
    'trigger_run_id',
    'logical_date',
    'execution_date',
    'conf',
    'wait_for_completion',
    'skip_when_already_exists',
  ],
  ExternalTaskSensor: ['external_dag_id', 'external_task_id', 'external_task_ids', 'external_task_group_id'],
  ExternalTaskMarker: ['external_dag_id', 'external_task_id', 'logical_date', 'execution_date'],
  DateTimeSensor: ['target_time'],
  DateTimeSensorAsync: ['target_time'],
  FileSensor: ['filepath'],
  EmailOperator: ['to', 'subject', 'html_content', 'files'],
  SmtpNotifier: ['to', 'subject', 'html_content'],
  EmptyOperator: [],
  DummyOperator: [],
  LatestOnlyOperator: [],
};

/** The templated fields of an operator; null for one of another package, whose fields are not known from the file. */
export const templatedFields = (operator: string): readonly string[] | null => TEMPLATED[operator] ?? null;

/** Is it the name of an operator's or sensor's class? */
export const isOperatorName = (name: string): boolean =>
  /^_?[A-Z]\w*(Operator|Sensor|OperatorAsync|SensorAsync)$/.test(name);

export const isAirflowPath = (path: string): boolean => /^(airflow|airflow_\w+|astronomer)(\.|$)/.test(path);

/** `task`, `task.branch`, `dag`, `asset.multi`, ... of a path into Airflow; null for all else. */
export function decoratorIn(
  path: string,
): { readonly name: 'task' | 'task_group' | 'dag' | 'setup' | 'teardown' | 'asset'; readonly kind: string } | null {
  if (!isAirflowPath(path)) return null;
  const match = /(?:^|\.)(task|task_group|dag|setup|teardown|asset)((?:\.[a-z_]\w*)?)$/.exec(path);
  if (match !== null) return { name: match[1] as 'task', kind: (match[2] ?? '').slice(1) };
  // `from airflow.decorators import python_task`.
  const other = /\.([a-z]\w*)_task$/.exec(path);
  return other === null ? null : { name: 'task', kind: other[1] ?? '' };
}
