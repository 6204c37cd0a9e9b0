/** The OpenLineage events themselves, as they were sent and redacted. */
import { sentEvent } from '../../ledger/event-payload.ts';
import type { EventRange } from '../../ledger/event-times.ts';
import type { Page } from './query.ts';
import type { Reading } from './reading.ts';
import { objectOf } from './run-evidence.ts';

/** Events looked at for those of one namespace. */
const SCANNED = 20_000;
const BATCH = 100;

/** Events by when they happened. One whose payload was erased is not among them; `totalCount` still counts it. */
export async function eventPage(reading: Reading, range: EventRange, newestFirst: boolean, { limit, offset }: Page) {
  await reading.times.catchUp();
  const { entries, total } = reading.times.page(range, newestFirst, limit, offset);
  return { events: await eventsOf(reading, entries), totalCount: total };
}

/** Events of jobs of a namespace, newest first. */
export async function eventPageOfNamespace(reading: Reading, namespace: string, { limit, offset }: Page) {
  await reading.times.catchUp();
  const always = { after: -Infinity, before: Infinity };
  const found: object[] = [];
  for (let from = 0; from < SCANNED && found.length < offset + limit; from += BATCH) {
    const { entries } = reading.times.page(always, true, BATCH, from);
    if (entries.length === 0) break;
    const events = await eventsOf(reading, entries);
    found.push(...events.filter((event) => objectOf(objectOf(event)['job'])['namespace'] === namespace));
  }
  return { events: found.slice(offset, offset + limit) };
}

async function eventsOf({ ledger }: Reading, entries: readonly number[]): Promise<readonly object[]> {
  const sent = await Promise.all(entries.map((entry) => sentEvent(ledger, entry)));
  return sent.flatMap((found) => (found ? [found.event] : []));
}
