/** OpenLineage events into the ledger: validated, redacted, then durable, then answered. */
import { createHmac } from 'node:crypto';
import { canonicalJson } from '../event/canonical-json.ts';
import type { SchemaField } from '../event/event.ts';
import { takeBatch, takeEvent, OpenLineageError, type TakenEvent } from '../producers/openlineage/index.ts';
import type { Draft, Ledger } from './ledger.ts';
import { bindPayload, payloadDigest } from './payload.ts';

const MEDIA = 'application/json';
/** Room for the fields of one `dataset.schema` entry; a larger schema comes in parts. */
const SCHEMA_PART_BYTES = 60_000;

export interface Taken {
  /** Index of the (first) entry of the event. */
  readonly entry: number;
  readonly duplicate: boolean;
  readonly redacted: number;
}

export class Intake {
  readonly #ledger: Ledger;
  readonly #idKey: Uint8Array;
  /** Digests whose entries are on their way, so that a burst of events tells a new schema once. */
  readonly #telling = new Map<string, Promise<unknown>>();

  /** `idKey`: 32 secret bytes. Ids are keyed, so that they do not let anyone test a guess of an event's content. */
  constructor(ledger: Ledger, idKey: Uint8Array) {
    this.#ledger = ledger;
    this.#idKey = idKey;
  }

  /** Takes one event. Throws OpenLineageError if it is not one, LogError if it could not be stored. */
  async takeOne(body: Uint8Array, by: string): Promise<Taken> {
    return this.#record(takeEvent(body), by);
  }

  /** Takes many; each is stored or refused by itself, in the order given. */
  async takeMany(body: Uint8Array, by: string): Promise<(Taken | OpenLineageError)[]> {
    const events = takeBatch(body);
    return Promise.all(events.map((event) => (event instanceof OpenLineageError ? event : this.#record(event, by))));
  }

  async #record({ facts, schemas, payload, redacted }: TakenEvent, by: string): Promise<Taken> {
    const untold = [...schemas].filter(([digest]) => !this.#ledger.state.schemas.isTold(digest));
    if (untold.length > 0) await Promise.all(untold.map(([digest, fields]) => this.#tell(digest, fields, by)));
    // The payload is what is kept of the event, so the same event with the same secret in it is the same event.
    const digest = payloadDigest(payload);
    const id = createHmac('sha256', this.#idKey).update(digest).digest('hex').slice(0, 32);
    const drafts = facts.map((fact, part): Draft => ({ ...fact, id: part === 0 ? id : `${id}.${part}`, by }));
    const [first, ...rest] = await Promise.all(
      drafts.map((draft, part) =>
        this.#ledger.record(draft, part === 0 ? bindPayload(payload, MEDIA, digest) : undefined),
      ),
    );
    return { entry: first!.index, duplicate: first!.duplicate && rest.every(({ duplicate }) => duplicate), redacted };
  }

  #tell(digest: string, fields: readonly SchemaField[], by: string): Promise<unknown> {
    const known = this.#telling.get(digest);
    if (known) return known;
    const parts = partsOf(fields);
    const told = Promise.all(
      parts.map((part, i) =>
        this.#ledger.record({
          kind: 'dataset.schema',
          id: `${digest}.${i}`,
          by,
          schema: digest,
          part: i,
          of: parts.length,
          fields: part,
        }),
      ),
    ).finally(() => this.#telling.delete(digest));
    this.#telling.set(digest, told);
    return told;
  }
}

function partsOf(fields: readonly SchemaField[]): (readonly SchemaField[])[] {
  const parts: SchemaField[][] = [[]];
  let bytes = 0;
  for (const field of fields) {
    const size = Buffer.byteLength(canonicalJson(field)) + 1;
    if (bytes + size > SCHEMA_PART_BYTES && bytes > 0) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(field);
    bytes += size;
  }
  return parts;
}
