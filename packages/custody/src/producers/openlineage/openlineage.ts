/** OpenLineage events: bytes in, facts out. No I/O; the log adds what it alone knows (id, time, actor, commitment). */
import { isUtf8 } from 'node:buffer';
import type { SchemaField } from '../../event/event.ts';
import { batchItems } from './batch-items.ts';
import type { ColumnMap } from './column-facts.ts';
import { eventFacts, type EventFacts } from './event-facts.ts';
import { eventShape } from './event-shape.ts';
import { factEntries } from './fact-entries.ts';
import { OpenLineageError } from './openlineage-error.ts';
import { redactEvent } from './redaction.ts';
import type { ColumnsOfDataset } from './sql-columns.ts';

export interface TakenEvent {
  /** One, or several where a very wide event does not fit one entry: then they are to be appended in order. */
  readonly facts: readonly EventFacts[];
  /** Schema digest -> fields, for the `dataset.schema` entries that must come before the facts. */
  readonly schemas: ReadonlyMap<string, readonly SchemaField[]>;
  /** Digest -> column lineage, for the `lineage.columns` entries that must come before the facts. */
  readonly columns: ReadonlyMap<string, ColumnMap>;
  /** The event as received, every facet kept; the very bytes that came in where nothing had to be redacted. */
  readonly payload: Uint8Array;
  /** How many literals and secrets were taken out. */
  readonly redacted: number;
}

/**
 * Takes one RunEvent, JobEvent or DatasetEvent. `columnsOfDataset` tells what is known of datasets that the event's SQL
 * reads and the event itself does not describe. Throws OpenLineageError, and nothing else, for a body that is none.
 */
export function takeEvent(body: Uint8Array, columnsOfDataset: ColumnsOfDataset = () => undefined): TakenEvent {
  if (!isUtf8(body)) {
    throw new OpenLineageError('not-utf8', '', 'The body is not UTF-8.', 'Encode the JSON as UTF-8 (RFC 8259).');
  }
  // Redaction is on the bytes and comes first, so nothing that is read below has ever held a literal or a secret.
  const { payload, redacted } = redactEvent(body);
  const { facts, schemas, columns } = eventFacts(eventShape(parsed(payload)), columnsOfDataset);
  return { facts: factEntries(redacted > 0 ? { ...facts, redacted } : facts), schemas, columns, payload, redacted };
}

/** Takes a JSON array of events or one event a line (NDJSON). A bad event is an error in its place; the others are taken. */
export function takeBatch(body: Uint8Array, columnsOfDataset?: ColumnsOfDataset): (TakenEvent | OpenLineageError)[] {
  return batchItems(body).map((item) => {
    try {
      return takeEvent(item, columnsOfDataset);
    } catch (error) {
      if (error instanceof OpenLineageError) return error;
      throw error;
    }
  });
}

function parsed(json: Uint8Array): unknown {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    // V8's message quotes the text, which may be a secret: only the position is kept.
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    throw new OpenLineageError(
      'not-json',
      '',
      position ? `The body is not JSON: it goes wrong at character ${position}.` : 'The body is not JSON.',
      'Send one OpenLineage event as a JSON object.',
    );
  }
}
