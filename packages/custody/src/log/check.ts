/**
 * Re-hashes everything, read-only: every frame, every leaf, the root against the signed checkpoint, every payload
 * against its entry's commitment. Works beside a running server, because it never looks past what was durable at its start.
 */
import { hash } from 'node:crypto';
import {
  equalBytes,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  toBase64,
  verifyNote,
  type Checkpoint,
} from '@custody/verify';
import { realDisk, type Disk } from './disk.ts';
import { HashTiles, writeLeafHash } from './hash-tiles.ts';
import { payloadCommitment } from './payload-commitment.ts';
import { PayloadShards, SHARD_WIDTH } from './payload-shards.ts';
import { Segments } from './segments.ts';

export interface LogProblem {
  readonly what: string;
  readonly file: string;
  readonly entry: number | null;
  readonly offset: number | null;
}

export interface LogCheck {
  readonly origin: string;
  readonly entries: number;
  readonly root: string;
  /** Entries under the signed checkpoint; null if there is none yet. */
  readonly signed: number | null;
  readonly payloads: { readonly present: number; readonly erased: number };
  readonly problems: readonly LogProblem[];
}

/** The commitment ("sha256:<hex>") and byte count that an entry binds its payload by; null if it has none. */
export type PayloadOf = (entry: Uint8Array) => { readonly commitment: string } | null;

const BATCH = 256;
const MOST_PROBLEMS = 100;

/** Checks the log in `folder`. Finds all problems it can, up to 100; throws only if there is no log to read. */
export async function checkLog(
  folder: string,
  payloadOf: PayloadOf,
  onProgress: (done: number, of: number) => void = () => {},
  disk: Disk = realDisk,
): Promise<LogCheck> {
  const problems: LogProblem[] = [];
  const add = (what: string, file: string, entry: number | null = null, offset: number | null = null) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ what, file, entry, offset });
  };
  // First the checkpoint, then the entries: the other way round a busy log would seem to be behind its checkpoint.
  const origin = (await disk.readFile(`${folder}/origin`)).toString().trim();
  const checkpoint = await signedCheckpoint(disk, folder, add);
  const { segments, damage } = await Segments.open(disk, `${folder}/entries`, false);
  const size = segments.size();
  if (damage && damage.entry < (checkpoint?.size ?? 0)) {
    add(`entry ${damage.entry} is damaged: ${damage.why}`, damage.file, damage.entry, damage.offset);
  }
  if (checkpoint && size < checkpoint.size) {
    add(`the checkpoint signs ${checkpoint.size} entries, the files hold ${size}`, `${folder}/entries`, size);
  }

  const stored = await HashTiles.open(
    disk,
    `${folder}/levels`,
    size,
    size,
    (from, to) => segments.read(from, to),
    false,
  );
  const tree = await HashTiles.open(disk, `${folder}/no-such-folder`, 0, 0, () => Promise.resolve([]), false);
  const payloads = new PayloadShards(disk, `${folder}/payloads`);
  const counts = { present: 0, erased: 0 };
  for (let from = 0; from < size; from += BATCH) {
    const entries = await segments.read(from, Math.min(from + BATCH, size));
    const leaves = Buffer.alloc(entries.length * 32);
    entries.forEach((entry, i) => writeLeafHash(entry, leaves, i * 32));
    tree.append(leaves);
    const tile = await stored.tile(0, from / BATCH, entries.length);
    if (!tile || !tile.equals(leaves)) {
      const wrong = entries.findIndex(
        (_, i) => !tile?.subarray(i * 32, i * 32 + 32).equals(leaves.subarray(i * 32, i * 32 + 32)),
      );
      add(`the stored hash of entry ${from + wrong} is not the hash of its bytes`, `${folder}/levels/0`, from + wrong);
    }
    await checkPayloads(payloads, from / SHARD_WIDTH, entries, payloadOf, counts, add, folder);
    onProgress(Math.min(from + BATCH, size), size);
  }

  if (checkpoint && size >= checkpoint.size && !equalBytes(await tree.root(checkpoint.size), checkpoint.root)) {
    add(
      `the entries are not the ones that the checkpoint over ${checkpoint.size} entries signs`,
      `${folder}/checkpoint`,
    );
  }
  const root = toBase64(tree.rootNow());
  await Promise.all([segments.close(), stored.close(), tree.close()]);
  return { origin, entries: size, root, signed: checkpoint?.size ?? null, payloads: counts, problems };
}

type Add = (what: string, file: string, entry?: number | null, offset?: number | null) => void;

async function signedCheckpoint(disk: Disk, folder: string, add: Add): Promise<Checkpoint | null> {
  const path = `${folder}/checkpoint`;
  if ((await disk.size(path)) === null) return null;
  try {
    const note = parseNote(await disk.readFile(path));
    await verifyNote(note, parseVerifierKey((await disk.readFile(`${folder}/log.key`)).toString()));
    return parseCheckpoint(note.text);
  } catch (error) {
    add((error as Error).message, path);
    return null;
  }
}

async function checkPayloads(
  payloads: PayloadShards,
  shard: number,
  entries: readonly Buffer[],
  payloadOf: PayloadOf,
  counts: { present: number; erased: number },
  add: Add,
  folder: string,
): Promise<void> {
  const first = shard * SHARD_WIDTH;
  const bound = new Map(
    entries.flatMap((entry, i) => {
      const payload = payloadOf(entry);
      return payload ? [[first + i, payload.commitment] as const] : [];
    }),
  );
  const problem = (index: number, what: string) =>
    add(`the payload of entry ${index} is ${what}`, `${folder}/payloads`, index);
  for await (const { index, stored } of payloads.audit(shard)) {
    const commitment = bound.get(index);
    if (commitment === undefined) continue;
    bound.delete(index);
    if (!stored) problem(index, 'damaged');
    else if (stored.state === 'erased') counts.erased++;
    else if (
      stored.state === 'present' &&
      payloadCommitment(stored.salt, hash('sha256', stored.bytes, 'buffer')) === commitment
    )
      counts.present++;
    else problem(index, 'not the one the entry commits to');
  }
  for (const index of bound.keys()) problem(index, 'missing');
}
