/**
 * Names that the server and the command line share. Apart from app.ts, so that a command that only asks a running server
 * does not load the server.
 */
import { readFileSync } from 'node:fs';

export const VERSION = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** Secret of the token that the command line of this machine uses, 0600. */
export const CLI_TOKEN_FILE = 'cli-token';
/** Secret of the token that pipelines of this machine use, 0600. */
export const PIPELINE_TOKEN_FILE = 'pipeline-token';
/** Where the running server listens, 0600. */
export const SERVER_FILE = 'server.json';
