/** What `run_results.json` tells: which nodes ran when, how they ended, how many rows, and which tests failed. */
import { hash } from 'node:crypto';
import { isObject, type JsonObject } from '../../openlineage/event-shape.ts';
import { objectIn, textIn, timeIn } from './manifest.ts';

export interface DbtResult {
  readonly id: string;
  readonly status: string;
  readonly started: string;
  readonly completed: string;
  readonly rows: number | null;
}

export interface DbtRun {
  /** `run`, `build`, `test`, ...: what was called. */
  readonly command: string;
  readonly invocation: string;
  readonly started: string;
  readonly completed: string;
  readonly fullRefresh: boolean;
  readonly results: readonly DbtResult[];
}

/** Only these did what their results say; `compile` and `docs generate` write the same file and ran nothing. */
const RUNNING = new Set(['run', 'build', 'seed', 'snapshot', 'test', 'retry']);

/** Null where the file tells of no run. */
export function readRunResults(json: unknown): DbtRun | null {
  const args = objectIn(json, 'args');
  const command = textIn(args, 'which') ?? textIn(args, 'rpc_method');
  if (command === null || !RUNNING.has(command)) return null;
  const metadata = objectIn(json, 'metadata');
  const completed = timeIn(metadata, 'generated_at');
  const invocation = textIn(metadata, 'invocation_id');
  const list = isObject(json) ? json['results'] : null;
  if (completed === null || invocation === null || !Array.isArray(list)) return null;
  const results = list.flatMap((one): DbtResult[] => {
    const id = textIn(one, 'unique_id');
    const status = textIn(one, 'status');
    if (id === null || status === null || !isObject(one)) return [];
    const times = timesOf(one, completed);
    const rows = objectIn(one, 'adapter_response')?.['rows_affected'];
    return [
      {
        id,
        status,
        ...times,
        rows: typeof rows === 'number' && Number.isSafeInteger(rows) && rows >= 0 ? rows : null,
      },
    ];
  });
  const started = timeIn(metadata, 'invocation_started_at');
  return {
    command,
    invocation,
    started: started ?? results.map((one) => one.started).sort()[0] ?? completed,
    completed,
    fullRefresh: args?.['full_refresh'] === true,
    results,
  };
}

function timesOf(result: JsonObject, otherwise: string): { readonly started: string; readonly completed: string } {
  const timing = Array.isArray(result['timing']) ? result['timing'] : [];
  const executed = timing.find((one) => textIn(one, 'name') === 'execute') as unknown;
  const started = timeIn(executed, 'started_at');
  const completed = timeIn(executed, 'completed_at');
  return { started: started ?? completed ?? otherwise, completed: completed ?? otherwise };
}

/** The same run has the same id each time it is read. UUID version 8 (RFC 9562). */
export function runIdOf(invocation: string, name: string): string {
  const hex = hash('sha256', `custody dbt run\n${invocation}\n${name}`);
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
