/** Rego files of rules: those that come with Custody, or a folder of one's own. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtInPolicies } from './built-in-policies.ts';
import { SourceError } from './source-error.ts';

const FILES_MAX = 5_000;

/** Text by path. Null: the built-in rules. Tests are left out. Throws SourceError. */
export async function readRules(folder: string | null): Promise<Readonly<Record<string, string>>> {
  const root = folder ?? builtInPolicies('check');
  const entries = await readdir(root, { recursive: true }).catch((error: Error) => {
    throw new SourceError(`Cannot read the rules in ${root}: ${error.message}.`, 'Name a folder of .rego files.');
  });
  const names = entries.filter((name) => name.endsWith('.rego') && !name.endsWith('_test.rego')).sort();
  if (names.length > FILES_MAX)
    throw new SourceError(`${root} holds more than ${FILES_MAX} rules.`, 'Name a smaller folder.');
  const modules: Record<string, string> = {};
  for (const name of names)
    modules[folder === null ? `check/${name}` : join(folder, name)] = await readFile(join(root, name), 'utf8');
  return modules;
}
