/** The gate's secret and the keys of people, as files of the data folder that only their owner reads. */
import { randomBytes } from 'node:crypto';
import { GateKeys, type SubjectKeys } from '../gate/ingest/gate-keys.ts';
import { realDisk, replaceFile } from '../log/disk.ts';
import { SourceError } from './source-error.ts';

const SECRET_BYTES = 32;

/** The keys of a file of 32 bytes, or of 64 hexadecimal digits; made if it is not there and may be. Throws SourceError. */
export async function readGateKeys(path: string, mayMake: boolean): Promise<GateKeys> {
  if ((await realDisk.size(path)) === null) {
    if (!mayMake)
      throw new SourceError(`There is no key in ${path}.`, 'Make one: openssl rand -hex 32 > FILE; chmod 600 FILE.');
    await replaceFile(realDisk, path, randomBytes(SECRET_BYTES));
  }
  const bytes = await realDisk.readFile(path);
  const text = bytes.toString('latin1').trim();
  const secret = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : bytes;
  if (secret.length !== SECRET_BYTES)
    throw new SourceError(
      `The key in ${path} is not 32 bytes.`,
      'Make one: openssl rand -hex 32 > FILE; chmod 600 FILE.',
    );
  return new GateKeys(secret);
}

const ID_BYTES = 16;
const KEY_BYTES = 32;
/** Subject (32), key id (16), key (32). */
const RECORD_BYTES = 32 + ID_BYTES + KEY_BYTES;

/**
 * Keys of people, in 256 files by the first byte of the subject. New ones are durable after `save`, which comes before
 * anything that was made with them is shown to anybody. Two ingests at the same time may each make a key for the same
 * new person; both are kept, and both destroyed together.
 */
export class SubjectKeyFiles implements SubjectKeys {
  readonly #folder: string;
  readonly #known = new Map<string, { readonly id: Buffer; readonly key: Buffer }>();
  readonly #fresh = new Map<string, { readonly id: Buffer; readonly key: Buffer }>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<SubjectKeyFiles> {
    const keys = new SubjectKeyFiles(folder);
    for (const name of await realDisk.list(folder)) {
      if (!/^[0-9a-f]{2}\.keys$/.test(name)) continue;
      for (const { subject, id, key } of records(await realDisk.readFile(`${folder}/${name}`)))
        if (!keys.#known.has(subject)) keys.#known.set(subject, { id, key });
    }
    return keys;
  }

  keyOf(subject: string): { readonly id: Buffer; readonly key: Buffer } {
    let key = this.#known.get(subject);
    if (!key) {
      key = { id: randomBytes(ID_BYTES), key: randomBytes(KEY_BYTES) };
      this.#known.set(subject, key);
      this.#fresh.set(subject, key);
    }
    return key;
  }

  keyById(id: Uint8Array): Buffer | null {
    for (const known of this.#known.values()) if (known.id.equals(id)) return known.key;
    return null;
  }

  /** Makes new keys durable. */
  async save(): Promise<void> {
    if (this.#fresh.size === 0) return;
    await realDisk.makeFolder(this.#folder);
    const byFile = new Map<string, Buffer[]>();
    for (const [subject, { id, key }] of this.#fresh) {
      const name = subject.slice(0, 2);
      const list = byFile.get(name) ?? [];
      list.push(Buffer.concat([Buffer.from(subject, 'hex'), id, key]));
      byFile.set(name, list);
    }
    for (const [name, list] of byFile) {
      const path = `${this.#folder}/${name}.keys`;
      const before = (await realDisk.size(path)) === null ? Buffer.alloc(0) : await realDisk.readFile(path);
      await replaceFile(realDisk, path, Buffer.concat([before, ...list]));
    }
    this.#fresh.clear();
  }

  /** Destroys all keys of a person: nothing that was encrypted with them can be read again. True if there were any. */
  async destroy(subject: string): Promise<boolean> {
    this.#known.delete(subject);
    this.#fresh.delete(subject);
    const path = `${this.#folder}/${subject.slice(0, 2)}.keys`;
    if ((await realDisk.size(path)) === null) return false;
    const all = [...records(await realDisk.readFile(path))];
    const kept = all.filter((record) => record.subject !== subject);
    if (kept.length === all.length) return false;
    await replaceFile(realDisk, path, Buffer.concat(kept.map(({ bytes }) => bytes)));
    return true;
  }
}

function* records(file: Buffer): Generator<{ subject: string; id: Buffer; key: Buffer; bytes: Buffer }> {
  for (let at = 0; at + RECORD_BYTES <= file.length; at += RECORD_BYTES) {
    const bytes = file.subarray(at, at + RECORD_BYTES);
    yield {
      subject: bytes.subarray(0, 32).toString('hex'),
      id: bytes.subarray(32, 32 + ID_BYTES),
      key: bytes.subarray(32 + ID_BYTES),
      bytes,
    };
  }
}
