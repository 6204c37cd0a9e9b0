/**
 * Digests of files that were hashed before, so that what did not change need not be read again. A file is taken as
 * unchanged if its size, times of change (mtime and ctime), inode and device are the same; ctime cannot be set
 * back without changing the machine's clock or writing to the disk past the file system. A file that was changed less than
 * two seconds before it was hashed is not kept: some file systems tell no finer time.
 *
 * The cache is authenticated (HMAC-SHA256) with a key that only this user can read, so that whoever can write the cache's
 * file or the model cannot make a digest up. It is no part of the signature: a cache that is gone, cut or forged is only
 * a longer verification.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isSameMark, type FileMark } from './hash-range.ts';

interface Kept {
  readonly hex: string;
  readonly mark: FileMark;
}

const RACY_MS = 2_000;
const VERSION = 2;
const CACHE_BYTES_MAX = 512_000_000;

export const defaultCacheFolder = (): string =>
  process.env['CUSTODY_CACHE'] ?? `${process.env['XDG_CACHE_HOME'] ?? `${homedir()}/.cache`}/custody`;

/** Which bytes of which file by which hash. */
export const cacheKey = (name: string, hash: string, range: readonly [number, number] | null): string =>
  `${hash} ${range === null ? '' : range.join('-')} ${name}`;

export class VerifyCache {
  readonly #folder: string;
  readonly #file: string;
  readonly #root: string;
  readonly #key: Buffer;
  readonly #before: ReadonlyMap<string, Kept>;
  readonly #after = new Map<string, Kept>();
  #changed = false;

  private constructor(folder: string, file: string, root: string, key: Buffer, before: ReadonlyMap<string, Kept>) {
    this.#folder = folder;
    this.#file = file;
    this.#root = root;
    this.#key = key;
    this.#before = before;
  }

  /** Null where no cache can be kept; whoever verifies then reads everything. */
  static open(root: string, folder = defaultCacheFolder()): VerifyCache | null {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const key = keyIn(folder);
      const file = `${folder}/${createHash('sha256').update(root).digest('hex').slice(0, 32)}.verified`;
      return new VerifyCache(folder, file, root, key, read(file, key, root));
    } catch {
      return null;
    }
  }

  get(key: string, mark: FileMark): string | null {
    const kept = this.#before.get(key);
    if (kept === undefined || !isSameMark(kept.mark, mark)) return null;
    this.#after.set(key, kept);
    return kept.hex;
  }

  /** `now` (ms): when the hashing began. */
  put(key: string, hex: string, mark: FileMark, now: number): void {
    if (Math.max(mark.changed, mark.modified) + RACY_MS > now) return;
    this.#after.set(key, { hex, mark });
    this.#changed = true;
  }

  /** Writes what was seen since it was opened. A failure leaves the cache of before. */
  save(): void {
    if (!this.#changed && this.#after.size === this.#before.size) return;
    const body = Buffer.from(
      JSON.stringify({
        version: VERSION,
        root: this.#root,
        files: [...this.#after].map(([key, { hex, mark }]) => [
          key,
          hex,
          mark.size,
          mark.inode,
          mark.device,
          mark.modified,
          mark.changed,
        ]),
      }),
    );
    const temp = `${this.#file}.${process.pid}.${randomBytes(4).toString('hex')}`;
    try {
      const handle = openSync(temp, 'wx', 0o600);
      try {
        writeSync(handle, `${mac(this.#key, body).toString('hex')}\n`);
        writeSync(handle, body);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(temp, this.#file);
    } catch {
      try {
        unlinkSync(temp);
      } catch {
        // it was never made
      }
    }
  }

  get folder(): string {
    return this.#folder;
  }
}

const mac = (key: Buffer, body: Uint8Array): Buffer => createHmac('sha256', key).update(body).digest();

function keyIn(folder: string): Buffer {
  const file = `${folder}/verify.key`;
  try {
    const { mode, uid, size } = statSync(file);
    // A key that others can read or that somebody else laid there authenticates nothing.
    if ((mode & 0o077) === 0 && size === 32 && (process.getuid === undefined || uid === process.getuid()))
      return readFileSync(file);
    unlinkSync(file);
  } catch {
    // there is none yet
  }
  const key = randomBytes(32);
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, key);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(file, 0o600);
  return key;
}

function read(file: string, key: Buffer, root: string): ReadonlyMap<string, Kept> {
  try {
    if (statSync(file).size > CACHE_BYTES_MAX) return new Map();
    const bytes = readFileSync(file);
    const stated = Buffer.from(bytes.toString('latin1', 0, 64), 'hex');
    const body = bytes.subarray(65);
    const computed = mac(key, body);
    if (stated.length !== computed.length || !timingSafeEqual(stated, computed)) return new Map();
    const saved = JSON.parse(body.toString()) as {
      version: number;
      root: string;
      files: [string, string, number, number, number, number, number][];
    };
    if (saved.version !== VERSION || saved.root !== root) return new Map();
    return new Map(
      saved.files.map(([name, hex, size, inode, device, modified, changed]) => [
        name,
        { hex, mark: { size, inode, device, modified, changed } },
      ]),
    );
  } catch {
    return new Map();
  }
}
