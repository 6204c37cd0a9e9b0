/** Errors of a gate as errors of a command, each with its exit code. */
import { GateInputError, GateRulesError } from '../gate/ingest/gate-error.ts';
import { SourceError } from '../source/source-error.ts';
import { CommandError, EXIT } from './command.ts';

const DISK: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOSPC: ['The disk is full', 'Free some space, or write to another disk.'],
  EDQUOT: ['The quota of the disk is used up', 'Free some space, or write to another disk.'],
  EACCES: ['Writing there is not allowed', 'Check the rights of the folder.'],
  EPERM: ['Writing there is not allowed', 'Check the rights of the folder.'],
  EROFS: ['The disk is read-only', 'Write to another disk.'],
  ENOENT: ['The folder does not exist', 'Make the folder first.'],
  EISDIR: ['That is a folder', 'Name a file.'],
  EIO: ['The disk failed', 'Check the disk.'],
};

/** `rules`: name of the file of rules, for messages. */
export async function explained<T>(run: () => Promise<T>, rules: string): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof GateRulesError) throw new CommandError(error.format(rules), error.remedy, EXIT.usage);
    if (error instanceof GateInputError)
      throw new CommandError(`The input cannot be read: ${error.message}.`, `${error.remedy}`, EXIT.badInput);
    if (error instanceof SourceError) throw new CommandError(error.message, error.remedy);
    const { code, path } = error as NodeJS.ErrnoException;
    const known = code === undefined ? undefined : DISK[code];
    if (known)
      throw new CommandError(
        `${known[0]}${path === undefined ? '' : `: ${path}`}.`,
        `${known[1]} Nothing was put in place.`,
      );
    throw error;
  }
}
