/** The OpenLineage events of the log again, one a line, in the order of the log: a Custody that takes them has the same graph. */
import type { ColumnsSeen, EvidenceEvent, SchemaField } from '../event/event.ts';
import type { State } from '../fold/state.ts';
import type { Scope } from '../report/export/scope.ts';
import { toldEvent } from '../report/export/told-event.ts';
import { firstPart } from './event-payload.ts';
import type { Ledger } from './ledger.ts';
import type { SchemaReader } from './schema-reader.ts';

const BATCH = 256;

/**
 * Events of jobs and about datasets of the scope that had happened by then. The payload's bytes as they are kept, redacted;
 * where they were erased, an event made of the facts. `whole` says that the scope is everything.
 */
export async function* exportEvents(
  ledger: Ledger,
  schemas: SchemaReader,
  scope: Scope,
  whole: boolean,
): AsyncGenerator<string> {
  const { state, asOf } = scope;
  for (let from = 0; from < asOf.entries; from += BATCH) {
    const events = await ledger.events(from, Math.min(asOf.entries, from + BATCH));
    for (const [i, event] of events.entries()) {
      if (!isFact(event) || Date.parse(event.eventTime) > asOf.at) continue;
      if (!whole && !isWithin(state, scope, event)) continue;
      const line = await lineOf(ledger, schemas, from + i, event);
      if (line !== null) yield line;
    }
  }
}

type Fact = Extract<EvidenceEvent, { readonly eventTime: string }>;

const isFact = (event: EvidenceEvent): event is Fact => 'eventTime' in event;

function isWithin(state: State, { rows }: Scope, event: Fact): boolean {
  const row =
    event.kind === 'openlineage.dataset'
      ? state.assets.find('dataset', event.dataset)
      : state.assets.find('job', event.job);
  return row !== null && rows.has(row);
}

async function lineOf(ledger: Ledger, schemas: SchemaReader, index: number, event: Fact): Promise<string | null> {
  if (event.payload) {
    const payload = await ledger.log.payload(index);
    // Line ends lie between the tokens of JSON only: inside its strings they are escaped.
    if (payload.state === 'present')
      return `${Buffer.from(payload.bytes)
        .toString()
        .replaceAll(/[\r\n]+/g, ' ')
        .trim()}\n`;
    return `${JSON.stringify(await fromFacts(ledger, schemas, event))}\n`;
  }
  // A later part of a wide event: in the payload of the first, or told by itself where that was erased.
  return (await isErased(ledger, index, event.id))
    ? `${JSON.stringify(await fromFacts(ledger, schemas, event))}\n`
    : null;
}

async function isErased(ledger: Ledger, index: number, id: string): Promise<boolean> {
  const first = await firstPart(ledger, index, id);
  return first !== null && (await ledger.log.payload(first)).state !== 'present';
}

async function fromFacts(ledger: Ledger, schemas: SchemaReader, event: Fact): Promise<object> {
  const datasets = event.kind === 'openlineage.dataset' ? [event.dataset] : [...event.inputs, ...event.outputs];
  const fields = new Map<string, readonly SchemaField[]>();
  const columns = new Map<string, readonly ColumnsSeen[]>();
  for (const { schema, columns: digest } of datasets) {
    if (schema !== undefined && !fields.has(schema))
      fields.set(schema, await schemas.fields(ledger.state.schemas.rowOf(schema)));
    if (digest !== undefined && !columns.has(digest)) columns.set(digest, await partsOf(ledger, digest));
  }
  return toldEvent(event, { schema: (digest) => fields.get(digest)!, columns: (digest) => columns.get(digest)! });
}

async function partsOf(ledger: Ledger, digest: string): Promise<readonly ColumnsSeen[]> {
  const { columns } = ledger.state;
  const parts = await Promise.all(columns.entries(columns.rowOf(digest)).map((entry) => ledger.event(entry)));
  return parts.flatMap((part) => (part?.kind === 'lineage.columns' ? part : []));
}
