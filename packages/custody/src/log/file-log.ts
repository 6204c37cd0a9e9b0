/**
 * The embedded driver of the evidence log: files, no native dependency, one process at a time.
 *
 * One loop takes what is waiting, writes payloads, writes entries, and acknowledges when both are durable (group commit).
 * Checkpoints follow on an interval; they never promise an entry that is not durable yet.
 */
import {
  equalBytes,
  isConsistent,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  rootFromInclusion,
  verifyNote,
} from '@custody/verify';
import { realDisk, replaceFile, type Disk } from './disk.ts';
import type { Appendable, Appended, EvidenceLog, Recovery, SignedCheckpoint, StoredPayload } from './evidence-log.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { MAX_ENTRY_BYTES } from './frame.ts';
import { HashTiles, writeLeafHash } from './hash-tiles.ts';
import { IdIndex } from './id-index.ts';
import { LogError, writeError } from './log-error.ts';
import { PayloadShards } from './payload-shards.ts';
import { damaged, GROUP_BYTES, Segments, SyncFailed } from './segments.ts';
import { openSigningKey, type SigningKey } from './signing-key.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { TILE_WIDTH, type TileName } from './tile-path.ts';

const MAX_GROUP = 4_096;
const MAX_ID_CHARS = 200;
/** Logs up to this size are hashed as a whole when they open (about 2 µs an entry); `custody log check` does any size. */
const REHASHED_AT_START = 100_000;

export interface FileLogOptions {
  /** Folder of the log; created if it is not there. */
  readonly folder: string;
  /** Name of a new log; an existing one keeps its own. */
  readonly origin?: string;
  /** How long after an append a checkpoint is signed, at most. */
  readonly checkpointMs?: number;
  readonly segmentBytes?: number;
  /** The id inside an entry's bytes, for rebuilding the index of ids. */
  readonly idOf: (entry: Uint8Array) => string | null;
  readonly disk?: Disk;
  readonly now?: () => Date;
}

interface Waiting {
  readonly entry: Appendable;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

interface Exclusive {
  readonly run: () => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens a log for appending. Throws LogError: `log.locked`, `log.damaged` (below the signed checkpoint),
 * `log.behind-checkpoint`, `log.altered`, `log.checkpoint-invalid`, `log.key`, `log.read-only`.
 */
export async function openFileLog(options: FileLogOptions): Promise<EvidenceLog> {
  const { folder, disk = realDisk } = options;
  try {
    await disk.makeFolder(folder);
  } catch (error) {
    throw writeError(error, `creating ${folder}`);
  }
  const lock = await lockFolder(folder).catch((error: unknown) => {
    throw error instanceof LogError ? error : writeError(error, `locking ${folder}`);
  });
  try {
    return await FileLog.open(options, disk, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

class FileLog implements EvidenceLog {
  readonly origin: string;
  readonly key: string;
  readonly recovered: Recovery[] = [];

  readonly #folder: string;
  readonly #disk: Disk;
  readonly #lock: FolderLock;
  readonly #signer: SigningKey;
  readonly #segments: Segments;
  readonly #payloads: PayloadShards;
  readonly #checkpointMs: number;
  readonly #now: () => Date;
  readonly #idOf: FileLogOptions['idOf'];
  #tiles: HashTiles;
  #ids = new IdIndex();
  #idsSavedAt = 0;
  #checkpoint: SignedCheckpoint | null;

  /** Everything accepted and not yet durable, by id: a repeated id waits for the first one. */
  readonly #pending = new Map<string, Promise<Appended>>();
  #queue: Waiting[] = [];
  #exclusive: Exclusive[] = [];
  #running: Promise<void> | null = null;
  #size: number;
  #failure: LogError | null = null;
  #closed = false;

  #signing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #appendListeners = new Set<(size: number) => void>();
  readonly #checkpointListeners = new Set<(checkpoint: SignedCheckpoint) => void>();

  private constructor(
    options: FileLogOptions,
    parts: {
      disk: Disk;
      lock: FolderLock;
      signer: SigningKey;
      segments: Segments;
      payloads: PayloadShards;
      tiles: HashTiles;
      checkpoint: SignedCheckpoint | null;
    },
  ) {
    this.#folder = options.folder;
    this.#checkpointMs = options.checkpointMs ?? 200;
    this.#now = options.now ?? (() => new Date());
    this.#idOf = options.idOf;
    this.#disk = parts.disk;
    this.#lock = parts.lock;
    this.#signer = parts.signer;
    this.#segments = parts.segments;
    this.#payloads = parts.payloads;
    this.#tiles = parts.tiles;
    this.#checkpoint = parts.checkpoint;
    this.#size = parts.segments.size();
    this.origin = parts.signer.origin;
    this.key = parts.signer.verifierKey;
  }

  /** Recovery is this: read what is there, refuse or cut what is damaged, then go on as if it had never been otherwise. */
  static async open(options: FileLogOptions, disk: Disk, lock: FolderLock): Promise<FileLog> {
    const { folder, origin = 'custody.local/log' } = options;
    const now = options.now ?? (() => new Date());
    const isNew =
      (await disk.list(`${folder}/entries`)).length === 0 && (await disk.size(`${folder}/checkpoint`)) === null;
    const signer = await openSigningKey(disk, folder, origin, isNew);
    const checkpoint = await readCheckpoint(disk, folder, signer);

    const { segments, damage } = await Segments.open(disk, `${folder}/entries`, true, options.segmentBytes);
    const recovered: Recovery[] = [];
    if (damage) {
      if (damage.entry < (checkpoint?.size ?? 0)) throw damaged(damage);
      const keptIn = `${folder}/cut/${now().toISOString().replaceAll(':', '-')}`;
      await segments.cutAt(damage, keptIn);
      const { file, offset, bytes, why } = damage;
      recovered.push({ file, offset, cutBytes: bytes, why, keptIn });
    }
    if (checkpoint && segments.size() < checkpoint.size) throw behind(checkpoint, segments.size(), folder);

    const payloads = new PayloadShards(disk, `${folder}/payloads`);
    await disk.makeFolder(`${folder}/payloads`);
    await payloads.recover(segments.size());

    const tiles = await openTiles(disk, folder, segments, checkpoint);
    const log = new FileLog(options, { disk, lock, signer, segments, payloads, tiles, checkpoint });
    log.recovered.push(...recovered);
    await log.#loadIds();
    if (log.#size > (checkpoint?.size ?? 0)) log.#scheduleCheckpoint();
    return log;
  }

  async #loadIds(): Promise<void> {
    const snapshot = await this.loadSnapshot('ids');
    const ids = snapshot && IdIndex.deserialize(snapshot.state);
    if (ids) this.#ids = ids;
    this.#idsSavedAt = ids ? snapshot.size : 0;
    for (let from = ids ? snapshot.size : 0; from < this.#size; from += TILE_WIDTH) {
      const entries = await this.#segments.read(from, Math.min(from + TILE_WIDTH, this.#size));
      entries.forEach((entry, i) => {
        const id = this.#idOf(entry);
        if (id !== null) this.#ids.add(id, from + i);
      });
    }
  }

  size(): number {
    return this.#size;
  }

  append(entry: Appendable): Promise<Appended> {
    if (this.#closed) return Promise.reject(closed());
    if (this.#failure) return Promise.reject(this.#failure);
    if (entry.entry.length === 0 || entry.entry.length > MAX_ENTRY_BYTES || entry.id.length > MAX_ID_CHARS) {
      return Promise.reject(tooLarge(entry));
    }
    const pending = this.#pending.get(entry.id);
    if (pending) return pending.then(({ index }) => ({ index, duplicate: true }));
    const candidates = this.#ids.candidates(entry.id);
    const appended = candidates.length > 0 ? this.#appendUnlessKnown(entry, candidates) : this.#enqueue(entry);
    this.#pending.set(entry.id, appended);
    const forget = () => this.#pending.delete(entry.id);
    appended.then(forget, forget);
    return appended;
  }

  async #appendUnlessKnown(entry: Appendable, candidates: readonly number[]): Promise<Appended> {
    for (const index of candidates) {
      const [found] = await this.#segments.read(index, index + 1);
      if (found && this.#idOf(found) === entry.id) return { index, duplicate: true };
    }
    return this.#enqueue(entry); // a fingerprint shared by chance
  }

  #enqueue(entry: Appendable): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ entry, resolve, reject });
      this.#run();
    });
  }

  #run(): void {
    this.#running ??= this.#loop().finally(() => {
      this.#running = null;
      if (this.#queue.length > 0 || this.#exclusive.length > 0) this.#run();
    });
  }

  async #loop(): Promise<void> {
    // One turn of the event loop, so that requests that arrive together become durable together.
    await new Promise(setImmediate);
    while (this.#queue.length > 0 || this.#exclusive.length > 0) {
      for (const task of this.#exclusive.splice(0)) await task.run().then(task.resolve, task.reject);
      if (this.#queue.length > 0) await this.#commit(this.#takeGroup());
    }
  }

  #takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && count < MAX_GROUP) {
      const { entry, payload } = this.#queue[count]!.entry;
      bytes += entry.length + (payload?.bytes.length ?? 0);
      if (bytes > GROUP_BYTES && count > 0) break;
      count++;
    }
    return this.#queue.splice(0, count);
  }

  /** Makes a group durable, then acknowledges it. A failure is told to all of the group; none of it is in the log then. */
  async #commit(group: readonly Waiting[]): Promise<void> {
    const first = this.#size;
    const leaves = Buffer.allocUnsafe(group.length * 32);
    try {
      if (this.#failure) throw this.#failure;
      const records = group.flatMap(({ entry: { payload } }, i) => (payload ? [{ index: first + i, ...payload }] : []));
      if (records.length > 0) await this.#payloads.append(records);
      await this.#segments.append(
        group.map(({ entry }) => entry.entry),
        () => group.forEach(({ entry }, i) => writeLeafHash(entry.entry, leaves, i * 32)),
      );
    } catch (error) {
      // Payloads came first: those of entries that never came would stand in the way of the next ones.
      const undone = await this.#payloads.recover(first).then(
        () => true,
        () => false,
      );
      this.#fail(group, error, undone);
      return;
    }
    this.#tiles.append(leaves);
    group.forEach(({ entry }, i) => this.#ids.add(entry.id, first + i));
    this.#size += group.length;
    group.forEach(({ resolve }, i) => resolve({ index: first + i, duplicate: false }));
    for (const listener of this.#appendListeners) listener(this.#size);
    this.#scheduleCheckpoint();
    this.#saveIdsNowAndThen();
  }

  /** The index of ids is saved each time the log grew by a quarter, so that the whole cost of saving stays linear. */
  #saveIdsNowAndThen(): void {
    if (this.#size - this.#idsSavedAt < Math.max(50_000, this.#idsSavedAt / 4)) return;
    this.#idsSavedAt = this.#size;
    this.saveSnapshot('ids', this.#size, this.#ids.serialize()).catch(() => {}); // a longer replay, nothing more
  }

  #fail(group: readonly Waiting[], error: unknown, undone: boolean): void {
    const told =
      error instanceof LogError
        ? error
        : writeError(error instanceof SyncFailed ? error.cause : error, 'writing to the log');
    // A full disk passes; anything else leaves the files in a state that only the next start can judge. So does a group
    // of which a segment already took a part.
    const clean = undone && this.#segments.size() === this.#size;
    if (told.code !== 'log.disk-full' || error instanceof SyncFailed || !clean) {
      this.#failure ??= new LogError(
        'log.failed',
        told.message,
        'Restart Custody: it checks every byte when it starts. Nothing acknowledged is lost.',
        error,
      );
    }
    for (const { reject } of group) reject(told);
  }

  #scheduleCheckpoint(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#sign().catch(() => {
        if (!this.#closed && !this.#failure) this.#scheduleCheckpoint(); // a full disk: later
      });
    }, this.#checkpointMs);
    this.#timer.unref();
  }

  /** Signs the tree as it is now. One at a time: whoever asks meanwhile gets the one under way, then looks again. */
  #sign(): Promise<void> {
    this.#signing ??= (async () => {
      const size = this.#size;
      if (size === (this.#checkpoint?.size ?? 0)) return;
      const root = this.#tiles.rootNow();
      const text = this.#signer.signCheckpoint(size, root);
      await replaceFile(this.#disk, `${this.#folder}/checkpoint`, Buffer.from(text)).catch((error: unknown) => {
        throw writeError(error, 'writing the checkpoint');
      });
      this.#checkpoint = { size, root, text, signedAt: this.#now() };
      for (const listener of this.#checkpointListeners) listener(this.#checkpoint);
    })().finally(() => (this.#signing = null));
    return this.#signing;
  }

  checkpoint(): SignedCheckpoint | null {
    return this.#checkpoint;
  }

  async checkpointOver(size: number): Promise<SignedCheckpoint> {
    if (size > this.#size) throw noSuchSize(size, this.#size);
    while (!this.#checkpoint || this.#checkpoint.size < size) await this.#sign();
    return this.#checkpoint;
  }

  read(from: number, to: number): Promise<readonly Buffer[]> {
    return from >= to ? Promise.resolve([]) : this.#segments.read(from, Math.min(to, this.#size));
  }

  async payload(index: number): Promise<StoredPayload> {
    return index < this.#size ? this.#payloads.read(index) : { state: 'none' };
  }

  erasePayloads(indices: readonly number[]): Promise<void> {
    if (this.#closed) return Promise.reject(closed());
    // Between groups, because a shard that is rewritten must not be appended to at the same time.
    return new Promise((resolve, reject) => {
      const run = () =>
        this.#payloads.erase(indices).catch((error: unknown) => {
          throw writeError(error, 'erasing payloads');
        });
      this.#exclusive.push({ run, resolve, reject });
      this.#run();
    });
  }

  async root(size: number): Promise<Uint8Array> {
    if (size > this.#size) throw noSuchSize(size, this.#size);
    return this.#tiles.root(size);
  }

  async inclusionProof(index: number, size: number): Promise<readonly Uint8Array[]> {
    if (size > this.#size) throw noSuchSize(size, this.#size);
    if (index >= size) throw noSuchEntry(index, size);
    return this.#proved(async () => {
      const proof = await this.#tiles.inclusionPath(index, size);
      const [entry] = await this.#segments.read(index, index + 1);
      const leaf = Buffer.alloc(32);
      writeLeafHash(entry!, leaf, 0);
      const root = rootFromInclusion(index, size, leaf, proof);
      return root && equalBytes(root, await this.#trustedRoot(size)) ? proof : null;
    });
  }

  async consistencyProof(from: number, to: number): Promise<readonly Uint8Array[]> {
    if (to > this.#size || from > to) throw noSuchSize(Math.max(from, to), this.#size);
    return this.#proved(async () => {
      const proof = await this.#tiles.consistencyPath(from, to);
      const good = isConsistent(from, await this.#tiles.root(from), to, await this.#trustedRoot(to), proof);
      return good ? proof : null;
    });
  }

  /** The signed root where there is one for this size: tiles that a crash spoilt must not vouch for themselves. */
  async #trustedRoot(size: number): Promise<Uint8Array> {
    return this.#checkpoint?.size === size ? this.#checkpoint.root : this.#tiles.root(size);
  }

  /** Gives a proof out only if it proves; if it does not, the tiles are rebuilt from the entries, once. */
  async #proved(attempt: () => Promise<readonly Uint8Array[] | null>): Promise<readonly Uint8Array[]> {
    const proof = (await attempt()) ?? (await this.#rebuildTiles(), await attempt());
    if (!proof) throw altered(this.#checkpoint!, this.#folder);
    return proof;
  }

  #rebuildTiles(): Promise<void> {
    return new Promise((resolve, reject) => {
      const run = async () => {
        await this.#tiles.close();
        this.#tiles = await rebuildTiles(this.#disk, this.#folder, this.#segments, this.#checkpoint);
      };
      this.#exclusive.push({ run, resolve, reject });
      this.#run();
    });
  }

  async tile({ level, index, width }: TileName): Promise<Buffer | null> {
    if (level !== 'entries') return this.#tiles.tile(level, index, width);
    const from = index * TILE_WIDTH;
    if (from + width > this.#size) return null;
    const entries = await this.#segments.read(from, from + width);
    return Buffer.concat(entries.flatMap((entry) => [Buffer.of(entry.length >> 8, entry.length & 0xff), entry]));
  }

  onAppend(listener: (size: number) => void): () => void {
    this.#appendListeners.add(listener);
    return () => this.#appendListeners.delete(listener);
  }

  onCheckpoint(listener: (checkpoint: SignedCheckpoint) => void): () => void {
    this.#checkpointListeners.add(listener);
    return () => this.#checkpointListeners.delete(listener);
  }

  async saveSnapshot(name: string, size: number, state: Uint8Array): Promise<void> {
    const root = Buffer.from(await this.root(size));
    try {
      await this.#disk.makeFolder(`${this.#folder}/snapshots`);
      await writeSnapshot(this.#disk, `${this.#folder}/snapshots/${name}`, { size, root, state: Buffer.from(state) });
    } catch (error) {
      throw writeError(error, 'writing a snapshot');
    }
  }

  async loadSnapshot(name: string): Promise<{ readonly size: number; readonly state: Buffer } | null> {
    const snapshot = await readSnapshot(this.#disk, `${this.#folder}/snapshots/${name}`);
    if (!snapshot || snapshot.size > this.#size) return null;
    return equalBytes(snapshot.root, await this.#tiles.root(snapshot.size)) ? snapshot : null;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#running) await this.#running;
    if (this.#timer) clearTimeout(this.#timer);
    try {
      if (!this.#failure) {
        await this.#sign();
        await this.saveSnapshot('ids', this.#size, this.#ids.serialize());
      }
    } catch {
      // Checkpoint and snapshot are conveniences here: the next start signs and replays what they would have saved.
    }
    await Promise.allSettled([this.#tiles.close(), this.#segments.close(), this.#payloads.close()]);
    await this.#lock.release();
  }
}

/**
 * Opens the tiles and holds them against the checkpoint. They are written without fsync, so those above the checkpoint are
 * hashed anew. In a small log every leaf is compared: even an entry that was changed together with its checksum is found
 * before anybody builds on it. Throws LogError `log.altered`.
 */
async function openTiles(
  disk: Disk,
  folder: string,
  segments: Segments,
  checkpoint: SignedCheckpoint | null,
): Promise<HashTiles> {
  const read = (from: number, to: number) => segments.read(from, to);
  const tiles = await HashTiles.open(disk, `${folder}/levels`, segments.size(), checkpoint?.size ?? 0, read);
  if (!checkpoint) return tiles;
  const sameRoot = equalBytes(await tiles.root(checkpoint.size), checkpoint.root);
  if (sameRoot && (segments.size() > REHASHED_AT_START || (await holdsLeaves(tiles, segments)))) return tiles;
  await tiles.close();
  return rebuildTiles(disk, folder, segments, checkpoint);
}

async function holdsLeaves(tiles: HashTiles, segments: Segments): Promise<boolean> {
  for (let from = 0; from < segments.size(); from += TILE_WIDTH) {
    const entries = await segments.read(from, from + TILE_WIDTH);
    const leaves = Buffer.alloc(entries.length * 32);
    entries.forEach((entry, i) => writeLeafHash(entry, leaves, i * 32));
    if (!(await tiles.tile(0, from / TILE_WIDTH, entries.length))?.equals(leaves)) return false;
  }
  return true;
}

/** Hashes everything anew. First in memory: tiles that disagree with altered entries are evidence, and stay. */
async function rebuildTiles(
  disk: Disk,
  folder: string,
  segments: Segments,
  checkpoint: SignedCheckpoint | null,
): Promise<HashTiles> {
  const read = (from: number, to: number) => segments.read(from, to);
  if (checkpoint) {
    const rebuilt = await HashTiles.open(disk, `${folder}/levels`, segments.size(), 0, read, false);
    const root = await rebuilt.root(checkpoint.size);
    await rebuilt.close();
    if (!equalBytes(root, checkpoint.root)) throw altered(checkpoint, folder);
  }
  return HashTiles.open(disk, `${folder}/levels`, segments.size(), 0, read);
}

async function readCheckpoint(disk: Disk, folder: string, signer: SigningKey): Promise<SignedCheckpoint | null> {
  const path = `${folder}/checkpoint`;
  if ((await disk.size(path)) === null) return null;
  const bytes = await disk.readFile(path);
  try {
    const note = parseNote(bytes);
    await verifyNote(note, parseVerifierKey(signer.verifierKey));
    const { size, root } = parseCheckpoint(note.text);
    return { size, root, text: bytes.toString(), signedAt: await disk.modified(path) };
  } catch (error) {
    throw new LogError(
      'log.checkpoint-invalid',
      `The checkpoint ${path} is not one that this log signed: ${(error as Error).message}`,
      'Restore the file from a backup. Do not delete it: it is what shows that nothing was cut off the log.',
      error,
    );
  }
}

const behind = (checkpoint: SignedCheckpoint, size: number, folder: string): LogError =>
  new LogError(
    'log.behind-checkpoint',
    `The checkpoint signs ${checkpoint.size} entries, but ${folder}/entries holds only ${size}.`,
    'Restore the missing entries from a backup or a mirror of the log. Custody does not start on a log that was cut.',
  );

const altered = (checkpoint: SignedCheckpoint, folder: string): LogError =>
  new LogError(
    'log.altered',
    `The entries in ${folder}/entries are not the ones the checkpoint over ${checkpoint.size} entries signs.`,
    'Somebody changed entries and their checksums. Run `custody log check` and restore from a backup or a mirror.',
  );

const closed = (): LogError => new LogError('log.closed', 'The log is closed.', 'Start Custody again.');

const noSuchEntry = (index: number, size: number): LogError =>
  new LogError(
    'log.no-such-entry',
    `There is no entry ${index}: the log holds ${size}.`,
    'Ask for an entry from 0 to one less than that.',
  );

const noSuchSize = (size: number, has: number): LogError =>
  new LogError('log.no-such-size', `The log holds ${has} entries, not ${size}.`, 'Ask for a size up to that.');

const tooLarge = ({ id, entry }: Appendable): LogError =>
  new LogError(
    'log.entry-too-large',
    `An entry has 1 to ${MAX_ENTRY_BYTES} bytes and an id of at most ${MAX_ID_CHARS} characters; this one has ${entry.length} and ${id.length}.`,
    'Put what is large into the payload.',
  );
