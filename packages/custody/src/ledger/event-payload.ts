/** The OpenLineage event behind an entry, as it was sent (redacted), read from the payload beside the log. */
import type { EvidenceEvent } from '../event/event.ts';
import type { Ledger } from './ledger.ts';

/** Parts of one wide event are appended together, so the first is never far before the others; see intake.ts. */
const PART_DISTANCE = 512;

export interface SentEvent {
  /** The entry that the payload is bound to: the first of the event. */
  readonly entry: number;
  readonly bytes: number;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Null where there never was a payload, and where it was erased. */
export async function sentEvent(ledger: Ledger, index: number, known?: EvidenceEvent): Promise<SentEvent | null> {
  const event = known ?? (await ledger.event(index));
  if (!event) return null;
  const entry = event.payload ? index : await firstPart(ledger, index, event.id);
  if (entry === null) return null;
  const payload = await ledger.log.payload(entry);
  if (payload.state !== 'present') return null;
  const { buffer, byteOffset, length } = payload.bytes;
  return {
    entry,
    bytes: length,
    event: JSON.parse(Buffer.from(buffer, byteOffset, length).toString()) as SentEvent['event'],
  };
}

/** Entry of the first part of the event that entry `index` is a later part of: its id is the first one's and a number. */
export async function firstPart(ledger: Ledger, index: number, id: string): Promise<number | null> {
  const whole = /^([0-9a-f]{32})\.\d+$/.exec(id)?.[1];
  if (whole === undefined) return null;
  const from = Math.max(0, index - PART_DISTANCE);
  const events = await ledger.events(from, index);
  const found = events.findLastIndex((event) => event.id === whole && event.payload !== undefined);
  return found < 0 ? null : from + found;
}
