/** Airflow DAG files: DAGs, tasks, groups, edges, and what the code names, read from the syntax; nothing is run or imported. */
import { dagsOf, type DagFacts } from './facts.ts';
import { Evaluator, type Note } from './evaluator.ts';
import { KNOWN_MODULES } from './known-modules.ts';
import { syntaxOf, type Syntax } from './syntax.ts';

export type { DagFacts, TaskFacts } from './facts.ts';

export interface AirflowFacts {
  readonly kind: 'airflow';
  readonly path: string;
  readonly file: string;
  readonly dags: readonly DagFacts[];
  /** What the file does not say by itself. */
  readonly unknowns: readonly Note[];
}

let known: Promise<ReadonlyMap<string, Syntax>> | undefined;
const knownModules = () => (known ??= Promise.all(Object.entries(KNOWN_MODULES).map(async ([name, text]) => [name, await syntaxOf(text, () => 0)] as const)).then((all) => new Map(all)));

export async function airflowIn(path: string, text: string, now: () => number = () => performance.now()): Promise<AirflowFacts> {
  const modules = await knownModules();
  const syntax = await syntaxOf(text, now);
  const run = new Evaluator(path, syntax, { now, msMax: 2_000, modules });
  run.run(syntax.root);
  return { kind: 'airflow', path, file: path, dags: dagsOf(run), unknowns: run.notes };
}
