/**
 * JSON from strangers. Two readers must never see two things in what was signed: RFC 8259 leaves open which of two equal
 * keys counts, and UTF-8 decoders differ in what they put for broken bytes; here both are refused.
 */
import { AttestError, type AttestStep } from './attest-error.ts';

const DEPTH_MAX = 64;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The value of a JSON text. Linear in its length.
 * Throws AttestError: too-large, not-json (also broken UTF-8, a byte order mark, too deep), duplicate-key.
 */
export function parseStrictJson(bytes: Uint8Array, step: AttestStep, what: string, maxBytes: number): unknown {
  if (bytes.length > maxBytes)
    throw new AttestError(
      step,
      'too-large',
      `${what} has ${bytes.length} bytes, more than the ${maxBytes} that are read`,
      'If it is really yours, raise the limit with --max-bytes.',
    );
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new AttestError(
      step,
      'not-json',
      `${what} is not JSON in UTF-8`,
      'Check that the file is whole and is what you think.',
    );
  }
  refuseDuplicateKeys(text, step, what);
  return value;
}

/** `text` is valid JSON. */
function refuseDuplicateKeys(text: string, step: AttestStep, what: string): void {
  /** Of each open object its keys; of each open array null. */
  const open: (Set<string> | null)[] = [];
  let isKey = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: {
        const end = endOfString(text, i);
        if (isKey) {
          const raw = text.slice(i, end + 1);
          const key = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
          const keys = open.at(-1) as Set<string>;
          if (keys.has(key))
            throw new AttestError(
              step,
              'duplicate-key',
              `${what} has the key ${JSON.stringify(key.slice(0, 60))} twice in one object: readers would differ in what it says`,
              'Do not trust it; ask its maker.',
            );
          keys.add(key);
          isKey = false;
        }
        i = end;
        break;
      }
      case 0x7b:
        open.push(new Set());
        isKey = true;
        break;
      case 0x5b:
        open.push(null);
        isKey = false;
        break;
      case 0x2c:
        isKey = open.at(-1) !== null;
        break;
      case 0x7d:
      case 0x5d:
        open.pop();
        isKey = false;
        break;
    }
    if (open.length > DEPTH_MAX)
      throw new AttestError(
        step,
        'not-json',
        `${what} is nested deeper than ${DEPTH_MAX} levels`,
        'Do not trust it; ask its maker.',
      );
  }
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Reads members of an object of a known shape; each miss is `malformed` and names the member. */
export class Shape {
  readonly #step: AttestStep;
  readonly #what: string;

  constructor(step: AttestStep, what: string) {
    this.#step = step;
    this.#what = what;
  }

  wrong(path: string, wanted: string): AttestError {
    return new AttestError(
      this.#step,
      'malformed',
      `${this.#what}: ${path} is not ${wanted}`,
      'It was cut, altered, or made by another kind of program; get it again from its maker.',
    );
  }

  object(value: unknown, path: string): JsonObject {
    if (!isObject(value)) throw this.wrong(path, 'an object');
    return value;
  }

  string(value: unknown, path: string): string {
    if (typeof value !== 'string') throw this.wrong(path, 'a text');
    return value;
  }

  array(value: unknown, path: string, max: number): readonly unknown[] {
    if (!Array.isArray(value)) throw this.wrong(path, 'a list');
    if (value.length > max) throw this.wrong(path, `a list of at most ${max}`);
    return value;
  }

  /** Canonical base64 with padding (RFC 4648 section 4), or the URL-safe one without. */
  base64(value: unknown, path: string): Buffer {
    const text = this.string(value, path);
    if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) throw this.wrong(path, 'base64');
    const bytes = Buffer.from(text, 'base64');
    const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
    // Two texts for the same bytes would be two bundles for one signature.
    if (bytes.toString('base64').replace(/=+$/, '') !== plain) throw this.wrong(path, 'canonical base64');
    return bytes;
  }
}
