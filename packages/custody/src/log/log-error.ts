/** What can go wrong in the log. `code` is stable; the message names the cause, `remedy` says what to do next. */
export class LogError extends Error {
  readonly code: LogErrorCode;
  readonly remedy: string;

  constructor(code: LogErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LogError';
    this.code = code;
    this.remedy = remedy;
  }
}

export type LogErrorCode =
  | 'log.locked'
  | 'log.damaged'
  | 'log.behind-checkpoint'
  | 'log.checkpoint-invalid'
  | 'log.altered'
  | 'log.key'
  | 'log.closed'
  | 'log.failed'
  | 'log.disk-full'
  | 'log.read-only'
  | 'log.entry-too-large'
  | 'log.no-such-entry'
  | 'log.no-such-size';

/** The error of a failed write, told as what it means for the caller. */
export function writeError(error: unknown, doing: string): LogError {
  const code = (error as NodeJS.ErrnoException)?.code;
  const reason = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new LogError(
      'log.disk-full',
      `The disk is full: ${doing} failed.`,
      'Free some space and send it again. Nothing acknowledged is lost.',
      error,
    );
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new LogError(
      'log.read-only',
      `The data folder cannot be written: ${doing} failed (${reason}).`,
      'Make the folder writable for this user, or choose another with --data.',
      error,
    );
  }
  return new LogError(
    'log.failed',
    `${doing} failed: ${reason}.`,
    'Check the disk, then restart. Nothing acknowledged is lost.',
    error,
  );
}
