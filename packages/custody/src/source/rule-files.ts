/** Rego files of rules: those that come with Custody, or a folder of one's own. */
import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SourceError } from './source-error.ts';

/** Beside the built files; while developing, at the root of the project. */
function builtIn(): string {
  const beside = fileURLToPath(new URL('../policies/check', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../../../policies/check', import.meta.url));
}

const FILES_MAX = 5_000;

/** Text by path. Null: the built-in rules. Tests are left out. Throws SourceError. */
export async function readRules(folder: string | null): Promise<Readonly<Record<string, string>>> {
  const root = folder ?? builtIn();
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
