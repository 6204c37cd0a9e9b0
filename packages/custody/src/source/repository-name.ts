/**
 * Names of a repository's files as text. What is no UTF-8, and what would steer a terminal or turn a line around, stands as
 * `\xNN`, byte by byte; so does a backslash that would look like one of those. Names that have nothing of the kind are as they
 * are. One text has one name, and no report, log or terminal ever gets the bytes themselves.
 */
const ESCAPED = /\\x[0-9a-f]{2}/;
/** Controls (C0, DEL, C1), separators of lines, marks and overrides of direction, and what could not be decoded. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/u;

const escapedBytes = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

/** The text of one name (no `/` in it). */
export function nameText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!UNSEEN.test(text) && !ESCAPED.test(text)) return text;
  let written = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const part = bytes.subarray(at, at + length);
    const char = part.toString('utf8');
    const isWhole = [...char].length === 1 && Buffer.from(char, 'utf8').equals(part);
    if (isWhole && !UNSEEN.test(char) && char !== '\\') {
      written += char;
      at += length;
    } else {
      const count = isWhole ? length : 1;
      written += escapedBytes(bytes.subarray(at, at + count));
      at += count;
    }
  }
  return written;
}

/** The bytes that a path's text stands for. */
export const pathBytes = (path: string): Buffer =>
  Buffer.concat(
    path
      .split(/(\\x[0-9a-f]{2})/)
      .map((part) => (ESCAPED.test(part) ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part, 'utf8'))),
  );
