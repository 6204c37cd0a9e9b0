/** Airflow DAG files: DAGs, tasks, groups, edges, and what the code names, read from the syntax; nothing is run or imported. */
import { codeFacts, type CodeFacts } from './code-facts.ts';
import { dagsOf, type DagFacts } from './facts.ts';
import { Evaluator, type Note } from './evaluator.ts';
import { KNOWN_MODULES } from './known-modules.ts';
import { syntaxOf, type Syntax } from './syntax.ts';

export interface AirflowFacts extends CodeFacts {
  readonly kind: 'airflow';
  readonly path: string;
  /** The same, by the name that `--facts` has for it. */
  readonly file: string;
  readonly dags: readonly DagFacts[];
  /** What the file does not say by itself, and what was left out. */
  readonly unknowns: readonly Note[];
  readonly unread: string | null;
}

const CHARS_MAX = 1_000_000;

/** Does a Python file look like one that makes DAGs? Cheap, and the same question that Airflow's safe mode asks. */
export const looksLikeDag = (text: string): boolean => /airflow|cosmos/i.test(text) && /dag|@asset\b/i.test(text);

/** Modules of a repository that its DAG files import, by dotted name. */
export type Modules = Readonly<Record<string, string>>;

let known: Promise<ReadonlyMap<string, Syntax>> | undefined;
const parsed = async (modules: Modules): Promise<ReadonlyMap<string, Syntax>> => {
  const all = new Map<string, Syntax>();
  for (const [name, text] of Object.entries(modules))
    if (text.length <= CHARS_MAX) all.set(name, await syntaxOf(text, () => 0));
  return all;
};

/**
 * The facts of a DAG file. Environment variables are read as if none were set; where Airflow's version decides, the newest is
 * meant. Never throws for what the file holds: what could not be read is said in `unknowns`, or in `unread` if nothing was.
 */
export async function airflowIn(
  path: string,
  text: string,
  options: { readonly modules?: Modules; readonly now?: () => number } = {},
): Promise<AirflowFacts> {
  const { modules = {}, now = () => performance.now() } = options;
  if (text.length > CHARS_MAX) return unreadFacts(path, `it is larger than ${CHARS_MAX} characters`);
  const own = await (known ??= parsed(KNOWN_MODULES));
  const all = Object.keys(modules).length === 0 ? own : new Map([...own, ...(await parsed(modules))]);
  const syntax = await syntaxOf(text, now);
  const run = new Evaluator(path, syntax, { now, msMax: 2_000, modules: all });
  if (syntax.isPartial) run.note(1, 'part of the file is not Python that can be read');
  run.run(syntax.root);
  const dags = dagsOf(run);
  const callables = new Set(dags.flatMap(({ tasks }) => tasks.flatMap(({ callable }) => callable ?? [])));
  return {
    kind: 'airflow',
    path,
    file: path,
    dags,
    ...codeFacts(run, syntax.root, callables),
    unknowns: run.notes,
    unread: null,
  };
}

const unreadFacts = (path: string, unread: string): AirflowFacts => ({
  kind: 'airflow',
  path,
  file: path,
  dags: [],
  imports: [],
  calls: [],
  uris: [],
  connections: [],
  variables: [],
  hooks: [],
  environment: [],
  templates: [],
  unknowns: [],
  unread,
});
