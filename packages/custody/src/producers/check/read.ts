/** Facts of one file, by its name and what is in it. */
import { dockerfileIn } from './dockerfile.ts';
import type { Facts } from './facts.ts';
import { notebookIn } from './notebook.ts';
import { packageLockIn, requirementsIn } from './requirements.ts';
import { secretsIn } from './secrets.ts';
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

/** What is known of a file; several kinds of facts where it is several things. */
export function factsOf(path: string, text: string): Facts[] {
  const facts: Facts[] = [];
  if (/\.ipynb$/i.test(path)) facts.push(notebookIn(path, text));
  else if (isWorkflow(path)) facts.push(workflowIn(path, text));
  else if (isDockerfile(path)) facts.push(dockerfileIn(path, text));
  else if (isRequirements(path)) facts.push(requirementsIn(path, text));
  else if (/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(path)) {
    const lock = packageLockIn(path, text);
    if (lock !== null) facts.push(lock);
  }
  // A notebook's outputs are looked at cell by cell; its code is text as any other.
  if (!isLock(path)) facts.push(secretsIn(path, text));
  return facts;
}
