/** Streams that were packed, as their name says it: `.gz`, `.br`, `.zz`. */
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const CHUNK = 1 << 20;

/** What is in a stream of this name; the stream itself where it is not packed. */
export function unpacked(stream: Readable, path: string): Readable {
  const unpack = /\.gz$/i.test(path)
    ? createGunzip({ chunkSize: CHUNK })
    : /\.br$/i.test(path)
      ? createBrotliDecompress({ chunkSize: CHUNK })
      : /\.zz$/i.test(path)
        ? createInflate({ chunkSize: CHUNK })
        : null;
  if (!unpack) return stream;
  stream.on('error', (error) => unpack.destroy(error));
  return stream.pipe(unpack);
}
