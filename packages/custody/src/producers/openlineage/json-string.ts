/** JSON text at the level of bytes, where only strings matter: everything else has no quotes in it. */

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;

/** RFC 8259 section 2: space, line feed, carriage return, tab. */
export const isJsonSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Behind the closing quote of the string that `from` is in (not its opening quote), or the end of the bytes. */
export function endOfString(body: Uint8Array, from: number): number {
  const length = body.length;
  let end = from;
  for (let byte = body[end]; byte !== QUOTE && end < length; byte = body[end]) end += byte === BACKSLASH ? 2 : 1;
  return Math.min(end + 1, length);
}
