/** The log as the API shows it: entries, proofs, activity. */
import type { z } from '@hono/zod-openapi';
import { formatProof, leafHash, toHex } from '@custody/verify';
import { assetId } from '../event/asset-id.ts';
import type { EvidenceEvent } from '../event/event.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { iso } from './asset-view.ts';
import type { Activity, CheckpointView, EntryDetail, EntryPage, EntrySummary } from './contract.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { assetsOf, happenedAt, namesAsset, sentenceOf } from './sentence.ts';

/** Entries looked at for one page: a rare filter answers with what was found so far and where to go on. */
const SCANNED = 20_000;
const BATCH = 256;
const SHOWN_ASSETS = 8;
const SHOWN_PAYLOAD_BYTES = 1 << 20;

export const checkpointView = ({ size, root, text, signedAt }: SignedCheckpoint): z.infer<typeof CheckpointView> => ({
  size,
  root: Buffer.from(root).toString('base64'),
  signedAt: signedAt.toISOString(),
  text,
});

export function entrySummary(index: number, entry: Uint8Array, event: EvidenceEvent): z.infer<typeof EntrySummary> {
  return {
    index,
    recorded: event.recorded,
    happened: happenedAt(event),
    kind: event.kind,
    what: sentenceOf(event),
    by: event.by,
    assets: assetsOf(event)
      .slice(0, SHOWN_ASSETS)
      .map(({ kind, asset }) => ({
        id: assetId(kind, asset),
        kind,
        namespace: asset.namespace,
        name: asset.name,
        type: asset.type ?? null,
      })),
    leaf: toHex(leafHash(entry)),
  };
}

export interface EntryQuery {
  readonly q: string;
  readonly kind: string | null;
  readonly asset: string | null;
  /** Entries below this index. */
  readonly before: number;
  readonly limit: number;
}

export async function entryPage(ledger: Ledger, query: EntryQuery): Promise<z.infer<typeof EntryPage>> {
  const size = ledger.log.size();
  const items: z.infer<typeof EntrySummary>[] = [];
  const words = query.q.toLowerCase().split(/\s+/).filter(Boolean);
  let end = Math.min(query.before, size);
  const floor = Math.max(0, end - SCANNED);
  while (end > floor && items.length < query.limit) {
    const from = Math.max(floor, end - BATCH);
    const entries = await ledger.log.read(from, end);
    for (let i = entries.length - 1; i >= 0 && items.length < query.limit; i--) {
      end = from + i;
      const text = entries[i]!.toString();
      const event = JSON.parse(text) as EvidenceEvent;
      if (query.kind !== null && event.kind !== query.kind) continue;
      if (query.asset !== null && !namesAsset(event, query.asset)) continue;
      if (words.length > 0 && !matches(words, end, text, event)) continue;
      items.push(entrySummary(end, entries[i]!, event));
    }
  }
  const isFiltered = words.length > 0 || query.kind !== null || query.asset !== null;
  return { items, size, matched: isFiltered ? null : size, next: end > 0 ? end : null };
}

function matches(words: readonly string[], index: number, text: string, event: EvidenceEvent): boolean {
  const haystack = `${index} ${sentenceOf(event)} ${text}`.toLowerCase();
  return words.every((word) => haystack.includes(word));
}

export async function entryDetail(ledger: Ledger, index: number): Promise<z.infer<typeof EntryDetail> | null> {
  const [entry] = await ledger.log.read(index, index + 1);
  if (!entry) return null;
  const text = entry.toString();
  const event = JSON.parse(text) as EvidenceEvent;
  const stored = event.payload ? await ledger.log.payload(index) : null;
  const present = stored?.state === 'present' ? stored : null;
  return {
    ...entrySummary(index, entry, event),
    text,
    payload: event.payload
      ? {
          state: present ? 'present' : 'erased',
          ...event.payload,
          text: present && present.bytes.length <= SHOWN_PAYLOAD_BYTES ? Buffer.from(present.bytes).toString() : null,
        }
      : null,
  };
}

/** The evidence of one entry as a C2SP tlog-proof file. `withPayload` puts the payload and its salt in as well. */
export async function proofFile(ledger: Ledger, index: number, withPayload: boolean): Promise<string> {
  const { log } = ledger;
  const checkpoint = await log.checkpointOver(index + 1);
  const hashes = await log.inclusionProof(index, checkpoint.size);
  const [entry] = await log.read(index, index + 1);
  const stored = withPayload ? await log.payload(index) : null;
  const payload = stored?.state === 'present' ? { salt: stored.salt, bytes: stored.bytes } : null;
  const extra = { entry: entry!.toString(), key: log.key, ...(payload && { payload }) };
  return formatProof(index, hashes, extra, checkpoint.text);
}

const UNIT_MS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const;

/** Events per hour, day or week (UTC; weeks start on Monday), empty ones in between left out. */
export function activityView(
  hours: readonly { readonly from: number; readonly events: number; readonly lastEntry: number }[],
  unit: keyof typeof UNIT_MS,
  by: 'happened' | 'recorded',
): z.infer<typeof Activity> {
  // 1 January 1970 was a Thursday.
  const offset = unit === 'week' ? 3 * UNIT_MS.day : 0;
  const buckets = new Map<number, { events: number; lastEntry: number }>();
  for (const { from, events, lastEntry } of hours) {
    const start = Math.floor((from + offset) / UNIT_MS[unit]) * UNIT_MS[unit] - offset;
    const bucket = buckets.get(start) ?? { events: 0, lastEntry: 0 };
    buckets.set(start, { events: bucket.events + events, lastEntry: Math.max(bucket.lastEntry, lastEntry) });
  }
  return { unit, by, buckets: [...buckets].map(([from, bucket]) => ({ from: iso(from), ...bucket })) };
}
