/** Events on their way to the server, so many at once. */
import type { z } from '@hono/zod-openapi';
import type { BatchIngested } from '../api/contract.ts';
import { CommandError } from './command.ts';
import type { Connection } from './connection.ts';

export const BATCH_EVENTS = 500;
export const BATCH_BYTES = 8_000_000;

type Answer = z.infer<typeof BatchIngested>;

/** Sends lines of JSON, each an event. Throws CommandError where the server stops; `where` says at which place that was. */
export async function sendBatch(
  connection: Connection,
  lines: readonly string[],
  where: string,
): Promise<{ readonly summary: Answer['summary']; readonly failed: Answer['failed_events'] }> {
  const response = await connection.send('/api/v1/lineage/batch', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  if (!response.ok && response.status !== 422) {
    const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; remedy?: string };
    throw new CommandError(
      `Stopped at ${where}: ${problem.title ?? response.status}${problem.detail ? `: ${problem.detail}` : ''}`,
      problem.remedy ?? 'Send it again: what was taken is not recorded twice.',
    );
  }
  const { summary, failed_events: failed } = (await response.json()) as Answer;
  return { summary, failed };
}
