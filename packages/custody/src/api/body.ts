/** Reads request bodies within limits: compressed or not, a body never takes more memory than was allowed. */
import type { IncomingMessage } from 'node:http';
import { createGunzip, createInflate, type Gunzip, type Inflate } from 'node:zlib';
import { Problem } from './problem.ts';

const tooLarge = (limit: number): Problem =>
  new Problem({
    status: 413,
    code: 'body-too-large',
    title: `The body is larger than ${Math.floor(limit / 1_000_000)} MB`,
    remedy: 'Send fewer events at once, or raise --max-body.',
  });

/** Reads the whole body of a Node request. Throws Problem 413 and 415. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) throw tooLarge(limit);
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return collect(request, limit);
  if (encoding === 'gzip' || encoding === 'x-gzip') return inflate(request, createGunzip(), limit);
  if (encoding === 'deflate') return inflate(request, createInflate(), limit);
  throw unknownEncoding(encoding);
}

const unknownEncoding = (encoding: string): Problem =>
  new Problem({
    status: 415,
    code: 'unknown-encoding',
    title: `The content encoding ${encoding.slice(0, 40)} is not supported`,
    remedy: 'Send the body as it is, or with gzip.',
  });

const badCompression = (error: unknown): Problem =>
  new Problem({
    status: 400,
    code: 'bad-compression',
    title: 'The body is not what its content encoding says',
    detail: (error as Error).message,
    remedy: 'Compress the whole body with gzip, or leave the header out.',
  });

/** The body of a Node request as it comes, unpacked, of any length. Throws Problem 400 and 415. */
export async function* streamBody(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return yield* request as AsyncIterable<Buffer>;
  if (encoding !== 'gzip' && encoding !== 'x-gzip' && encoding !== 'deflate') throw unknownEncoding(encoding);
  const unzip = encoding === 'deflate' ? createInflate() : createGunzip();
  request.on('error', (error) => unzip.destroy(error));
  request.pipe(unzip);
  try {
    yield* unzip as AsyncIterable<Buffer>;
  } catch (error) {
    throw badCompression(error);
  } finally {
    request.unpipe(unzip);
    unzip.destroy();
  }
}

async function inflate(request: IncomingMessage, unzip: Gunzip | Inflate, limit: number): Promise<Buffer> {
  request.on('error', (error) => unzip.destroy(error));
  request.pipe(unzip);
  try {
    return await collect(unzip, limit);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw badCompression(error);
  } finally {
    request.unpipe(unzip);
    unzip.destroy();
  }
}

async function collect(stream: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes);
}
