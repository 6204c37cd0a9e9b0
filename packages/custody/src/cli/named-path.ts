/** Files and folders that options name. */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { CommandError, EXIT, type Exit } from './command.ts';

/** The bytes of a file. Throws CommandError, which ends the command with `exit`. */
export function bytesOf(path: string, what: string, exit: Exit = EXIT.no): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new CommandError(`The ${what} ${path} cannot be read (${code}).`, 'Check the path.', exit);
  }
}

/** The text of a file; as `bytesOf`. */
export const textOf = (path: string, what: string, exit?: Exit): string => bytesOf(path, what, exit).toString('utf8');

/** A path as it is called within a folder; null if it lies elsewhere. As in model_signing, it is relative to here. */
export function within(root: string, path: string): string | null {
  const inside = relative(root, resolve(path));
  return inside === '' || inside === '..' || inside.startsWith('../') || inside.startsWith('/') ? null : inside;
}
