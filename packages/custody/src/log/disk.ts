/**
 * The few file operations that the log needs, as an interface, so that tests can break each write one at a time.
 * Durability is explicit: bytes are safe after `sync()`, names (create, rename, unlink) after `syncFolder()`.
 */
import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface DiskFile {
  readonly path: string;
  /** Reads into `buffer` from `position`; returns the number of bytes, less than asked for only at the end of the file. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** Writes all of `buffer` at `position`. */
  write(buffer: Uint8Array, position: number): Promise<void>;
  /** fdatasync(2): what was written is durable when this resolves. */
  sync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

export interface Disk {
  open(path: string, how: 'read' | 'write'): Promise<DiskFile>;
  readFile(path: string): Promise<Buffer>;
  /** Null if there is no such file. */
  size(path: string): Promise<number | null>;
  /** When the file was last written. */
  modified(path: string): Promise<Date>;
  /** Names in a folder, sorted; empty if there is no such folder. */
  list(path: string): Promise<readonly string[]>;
  makeFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  syncFolder(path: string): Promise<void>;
}

class RealFile implements DiskFile {
  readonly path: string;
  readonly #handle: FileHandle;

  constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  async read(buffer: Uint8Array, position: number): Promise<number> {
    let done = 0;
    while (done < buffer.length) {
      const { bytesRead } = await this.#handle.read(buffer, done, buffer.length - done, position + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return done;
  }

  async write(buffer: Uint8Array, position: number): Promise<void> {
    let done = 0;
    while (done < buffer.length) {
      const { bytesWritten } = await this.#handle.write(buffer, done, buffer.length - done, position + done);
      done += bytesWritten;
    }
  }

  sync(): Promise<void> {
    return this.#handle.datasync();
  }

  truncate(bytes: number): Promise<void> {
    return this.#handle.truncate(bytes);
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

export const realDisk: Disk = {
  async open(path, how) {
    // Not 'r+': it fails where the file is new; not 'a': positions are ours to choose.
    const flags = how === 'read' ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT;
    return new RealFile(path, await open(path, flags, 0o600));
  },
  readFile: (path) => readFile(path),
  async size(path) {
    try {
      return (await stat(path)).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },
  async modified(path) {
    return (await stat(path)).mtime;
  },
  async list(path) {
    try {
      return (await readdir(path)).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  },
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  async syncFolder(path) {
    const handle = await open(path, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

/** Replaces a file as a whole: after a crash there is the old content or the new, never a mixture. */
export async function replaceFile(disk: Disk, path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  const file = await disk.open(temporary, 'write');
  try {
    await file.truncate(0);
    await file.write(content, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await disk.rename(temporary, path);
  await disk.syncFolder(dirname(path));
}

/** Reads `bytes` bytes at `position`, or fewer at the end of the file. */
export async function readAt(file: DiskFile, position: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  return buffer.subarray(0, await file.read(buffer, position));
}
