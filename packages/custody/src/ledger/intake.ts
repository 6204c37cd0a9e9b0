/** OpenLineage events into the ledger: validated, redacted, then durable, then answered. */
import { createHmac } from 'node:crypto';
import { canonicalJson } from '../event/canonical-json.ts';
import type { AssetName, ColumnSource, SchemaField } from '../event/event.ts';
import { NOW } from '../fold/as-of.ts';
import {
  takeBatch,
  takeEvent,
  OpenLineageError,
  type ColumnMap,
  type TakenEvent,
} from '../producers/openlineage/index.ts';
import type { Draft, Ledger } from './ledger.ts';
import { bindPayload, payloadDigest } from './payload.ts';

const MEDIA = 'application/json';
/** Room for the fields of one `dataset.schema` or `lineage.columns` entry; what is larger comes in parts. */
const PART_BYTES = 60_000;

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
    return this.#record(takeEvent(body, this.#columnsOf), by);
  }

  /** Takes many; each is stored or refused by itself, in the order given. */
  async takeMany(body: Uint8Array, by: string): Promise<(Taken | OpenLineageError)[]> {
    const events = takeBatch(body, this.#columnsOf);
    return Promise.all(events.map((event) => (event instanceof OpenLineageError ? event : this.#record(event, by))));
  }

  /** Columns of a dataset as now known: the SQL of an event may read tables that the event does not describe. */
  readonly #columnsOf = (dataset: AssetName): readonly string[] | undefined => {
    const { assets, schemas } = this.#ledger.state;
    const row = assets.find('dataset', dataset);
    const schema = row === null ? null : assets.view(row, NOW).schema;
    return schema === null ? undefined : schemas.columnNames(schema);
  };

  async #record({ facts, schemas, columns, payload, redacted }: TakenEvent, by: string): Promise<Taken> {
    const { state } = this.#ledger;
    const untold = [
      ...[...schemas].flatMap(([digest, fields]) =>
        state.schemas.isTold(digest) ? [] : [this.#tell(digest, () => schemaEntries(digest, fields, by))],
      ),
      ...[...columns].flatMap(([digest, map]) =>
        state.columns.isTold(digest) ? [] : [this.#tell(digest, () => columnEntries(digest, map, by))],
      ),
    ];
    if (untold.length > 0) await Promise.all(untold);
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

  #tell(digest: string, entries: () => readonly Draft[]): Promise<unknown> {
    const known = this.#telling.get(digest);
    if (known) return known;
    const told = Promise.all(entries().map((entry) => this.#ledger.record(entry))).finally(() =>
      this.#telling.delete(digest),
    );
    this.#telling.set(digest, told);
    return told;
  }
}

function schemaEntries(digest: string, fields: readonly SchemaField[], by: string): readonly Draft[] {
  const parts = partsOf(fields);
  return parts.map((part, i) => ({
    kind: 'dataset.schema',
    id: `${digest}.${i}`,
    by,
    schema: digest,
    part: i,
    of: parts.length,
    fields: part,
  }));
}

interface ColumnPart {
  readonly inputs: AssetName[];
  readonly fields: { readonly name: string; readonly from: ColumnSource[] }[];
  readonly dataset: ColumnSource[];
}

/** Each part holds, and numbers, the inputs that it needs. A field with very many sources goes on in the next part. */
function columnEntries(digest: string, { inputs, fields, dataset }: ColumnMap, by: string): readonly Draft[] {
  const parts: ColumnPart[] = [];
  let places = new Map<number, number>();
  let bytes = Infinity;
  const add = (source: ColumnSource, field: string | null) => {
    const cost = (input: boolean) =>
      sizeOf(source) + (input ? sizeOf(inputs[source.input]) : 0) + (field === null ? 0 : sizeOf(field) + 30);
    if (bytes + cost(!places.has(source.input)) > PART_BYTES) {
      parts.push({ inputs: [], fields: [], dataset: [] });
      places = new Map();
      bytes = 0;
    }
    const part = parts.at(-1)!;
    bytes += cost(!places.has(source.input));
    let place = places.get(source.input);
    if (place === undefined) {
      place = part.inputs.push(inputs[source.input]!) - 1;
      places.set(source.input, place);
    }
    const placed = { ...source, input: place };
    if (field === null) part.dataset.push(placed);
    else if (part.fields.at(-1)?.name === field) part.fields.at(-1)!.from.push(placed);
    else part.fields.push({ name: field, from: [placed] });
  };
  for (const { name, from } of fields) for (const source of from) add(source, name);
  for (const source of dataset) add(source, null);
  return parts.map((part, i) => ({
    kind: 'lineage.columns',
    id: `${digest}.${i}`,
    by,
    columns: digest,
    part: i,
    of: parts.length,
    ...part,
  }));
}

const sizeOf = (value: unknown): number => Buffer.byteLength(canonicalJson(value)) + 1;

function partsOf(fields: readonly SchemaField[]): (readonly SchemaField[])[] {
  const parts: SchemaField[][] = [[]];
  let bytes = 0;
  for (const field of fields) {
    const size = sizeOf(field);
    if (bytes + size > PART_BYTES && bytes > 0) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(field);
    bytes += size;
  }
  return parts;
}
