/**
 * Rows that were set aside, sealed: AES-256-GCM in frames, with a key of their own in the keyring. Destroying the key
 * destroys the rows, wherever copies of the file lie.
 *
 * `CSQ1\n`, then frames: length of the sealed bytes (4 bytes, big-endian), the sealed bytes, 16 bytes of tag. The nonce is
 * the number of the frame; the last frame has another associated text, so a file that was cut short is noticed.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const MAGIC = Buffer.from('CSQ1\n');
const TAG = 16;
const FRAME_MAX = 64 << 20;

const nonceOf = (frame: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frame, 8);
  return nonce;
};
const about = (isLast: boolean): Buffer => Buffer.from(isLast ? 'last' : 'more');

export class Sealer {
  readonly #key: Uint8Array;
  #frames = 0;

  /** `key`: 32 bytes that seal nothing else. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  seal(bytes: Uint8Array, isLast: boolean): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#frames)).setAAD(about(isLast));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    return Buffer.concat([this.#frames++ === 0 ? MAGIC : Buffer.alloc(0), length, sealed, cipher.getAuthTag()]);
  }
}

export class SealError extends Error {}

/** What was sealed, frame by frame. Throws SealError where the bytes are not what was sealed, or not all of it. */
export async function* unsealed(stream: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let frame = 0;
  let isBegun = false;
  let isOver = false;
  for await (const chunk of stream) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    if (!isBegun) {
      if (held.length < MAGIC.length) continue;
      if (!held.subarray(0, MAGIC.length).equals(MAGIC)) throw new SealError('this is no sealed file');
      held = held.subarray(MAGIC.length);
      isBegun = true;
    }
    while (held.length >= 4) {
      const length = held.readUInt32BE(0);
      if (length > FRAME_MAX) throw new SealError('a frame is too long');
      if (held.length < 4 + length + TAG) break;
      if (isOver) throw new SealError('bytes follow the last frame');
      const sealed = held.subarray(4, 4 + length);
      const tag = held.subarray(4 + length, 4 + length + TAG);
      held = held.subarray(4 + length + TAG);
      const opened = opens(key, frame, sealed, tag, false) ?? opens(key, frame, sealed, tag, true);
      if (opened === null) throw new SealError(`frame ${frame} was altered, or the key is another one`);
      isOver = opened.isLast;
      frame++;
      yield opened.bytes;
    }
  }
  if (!isOver || held.length > 0) throw new SealError('the sealed file was cut short');
}

function opens(
  key: Uint8Array,
  frame: number,
  sealed: Uint8Array,
  tag: Uint8Array,
  isLast: boolean,
): { bytes: Buffer; isLast: boolean } | null {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame)).setAAD(about(isLast)).setAuthTag(tag);
  try {
    return { bytes: Buffer.concat([decipher.update(sealed), decipher.final()]), isLast };
  } catch {
    return null;
  }
}
