/** Facts of one file, by its name and what is in it. */
import { airflowIn, looksLikeDag, type Modules } from './airflow/index.ts';
import { dockerfileIn } from './dockerfile.ts';
import type { Facts } from './facts.ts';
import { lockIn } from './lock-file.ts';
import { notebookIn } from './notebook.ts';
import { packageLockIn, requirementsIn } from './requirements.ts';
import { secretsIn } from './secrets.ts';
import { isPlan, planIn } from './terraform/index.ts';
import { workflowIn } from './workflow.ts';

const isWorkflow = (path: string): boolean =>
  /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || /(?:^|\/)action\.ya?ml$/.test(path);
const isDockerfile = (path: string): boolean =>
  /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.dockerfile$/i.test(path);
const isRequirements = (path: string): boolean =>
  /(?:^|\/)(?:requirements|constraints)[\w.-]*\.(?:txt|in|lock)$/i.test(path);
/** Digests of others: long random words that are no secrets. */
const isLock = (path: string): boolean =>
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Pipfile\.lock|Cargo\.lock|go\.sum|composer\.lock|Gemfile\.lock|\.terraform\.lock\.hcl)$/.test(
    path,
  );

/**
 * What is known of a file; several kinds of facts where it is several things. `modules`: texts of the repository's own Python
 * files by dotted name, out of which a DAG may import constants. `paths`: all files of the repository.
 */
export async function factsOf(
  path: string,
  text: string,
  modules?: Modules,
  paths?: ReadonlySet<string>,
): Promise<Facts[]> {
  const facts: Facts[] = [];
  if (/\.py$/i.test(path) && looksLikeDag(text))
    facts.push(await airflowIn(path, text, modules === undefined ? {} : { modules }));
  else if (/\.ipynb$/i.test(path)) facts.push(await notebookIn(path, text, paths));
  else if (isWorkflow(path)) facts.push(workflowIn(path, text));
  else if (isDockerfile(path)) facts.push(dockerfileIn(path, text));
  else if (isRequirements(path)) facts.push(requirementsIn(path, text));
  else if (/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(path)) {
    const lock = packageLockIn(path, text);
    if (lock !== null) facts.push(lock);
  } else if (isLock(path)) {
    const lock = lockIn(path, text);
    if (lock !== null) facts.push(lock);
  } else if (isPlan(path, text)) {
    const plan = planIn(path, text);
    if (plan !== null) facts.push(plan);
  }
  // A notebook's outputs are looked at cell by cell; its code is text as any other.
  if (!isLock(path)) facts.push(secretsIn(path, text));
  return facts;
}

const IMPORT = /^[ \t]{0,100}(?:from[ \t]+([\w.]{1,500})[ \t]+import|import[ \t]+([\w.]{1,500}))/gm;
const MODULES_MAX = 20;

/**
 * Where the modules that a DAG file imports may lie in the repository: by dotted name the first of `paths` that fits, beside
 * the file, at the root, or in Airflow's folders. None for other files.
 */
export function importedBy(path: string, text: string, paths: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!/\.py$/i.test(path) || !looksLikeDag(text)) return found;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  for (const [, from, plain] of text.matchAll(IMPORT)) {
    const name = (from ?? plain)!;
    const file = `${name.replace(/^\.+/, '').replaceAll('.', '/')}.py`;
    const at = [folder, '', 'dags/', 'plugins/', 'include/']
      .map((base) => `${base}${file}`)
      .find((one) => paths.has(one));
    if (at !== undefined && at !== path) found.set(name, at);
    if (found.size >= MODULES_MAX) break;
  }
  return found;
}
