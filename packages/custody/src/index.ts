/** Custody as a library: what other programs and tests may use. */
export { startApp, type App, type AppOptions } from './app.ts';
export { AppError } from './app-error.ts';
export { VERSION } from './data-folder.ts';
export { openFileLog, type FileLogOptions } from './log/file-log.ts';
export type { Appendable, Appended, EvidenceLog, SignedCheckpoint, StoredPayload } from './log/evidence-log.ts';
export { LogError, type LogErrorCode } from './log/log-error.ts';
