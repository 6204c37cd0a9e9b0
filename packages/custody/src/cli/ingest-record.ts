/** An ingest told to Custody: the entry, the rows that were set aside, and that the file is in its place. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { AssetName } from '../event/event.ts';
import type { GateReport } from '../gate/ingest/gate-report.ts';
import { refusal, type Connection, posted } from './connection.ts';

export interface IngestEvidence {
  readonly id: string;
  readonly started: string;
  readonly dataset: AssetName;
  readonly source: AssetName;
  readonly report: GateReport;
  readonly output: { readonly digest: string; readonly bytes: number; readonly format: string } | null;
  readonly audit: { readonly digest: string; readonly lines: number };
  readonly rules: string;
  readonly detector: string;
}

/** Labels that people accepted, and the row counts of ingests before. */
export async function catalogOf(
  connection: Connection,
  { namespace, name }: AssetName,
): Promise<{ readonly labels: ReadonlyMap<string, readonly string[]>; readonly rows: readonly number[] }> {
  const query = new URLSearchParams({ namespace, name });
  const [labels, ingests] = await Promise.all([
    connection.json<{ items: { column: string; label: string; state: string }[] }>(
      `/custody/v1/labels?${query}&state=accepted`,
    ),
    connection.json<{ items: { verdict: string; rows: { read: number } }[] }>(`/custody/v1/ingests?${query}&limit=200`),
  ]);
  const byColumn = new Map<string, string[]>();
  for (const { column, label } of labels.items) byColumn.set(column, [...(byColumn.get(column) ?? []), label]);
  return {
    labels: byColumn,
    rows: ingests.items.filter(({ verdict }) => verdict !== 'rejected').map(({ rows }) => rows.read),
  };
}

/**
 * Records an ingest before its output is put in place: what is there has an entry. The body is one line of JSON and then
 * the sealed rows.
 */
export async function recordIngest(
  connection: Connection,
  evidence: IngestEvidence,
  held: { readonly path: string; readonly key: Uint8Array } | null,
): Promise<{ readonly entry: number; readonly batch: string | null }> {
  const line = `${JSON.stringify({ ...evidence, sealKey: held === null ? null : Buffer.from(held.key).toString('base64') })}\n`;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(line);
    if (held !== null) yield* createReadStream(held.path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
  }
  const response = await connection.send('/custody/v1/ingests', {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.custody.ingest' },
    body: Readable.toWeb(Readable.from(body(), { objectMode: false })) as unknown as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as { entry: number; batch: string | null };
}

/** `replaced`: something of that name was there before. */
export const tellLanded = (connection: Connection, id: string, replaced: boolean): Promise<unknown> =>
  connection.json(`/custody/v1/ingests/${id}/landed`, posted({ replaced }));
