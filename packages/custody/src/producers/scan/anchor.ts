/**
 * The first look at a field: what could be in it? Most fields have none of these anchors and are done with. The answer may
 * be wrong only in one direction; `detect` runs a rule only where its anchor is.
 */

export const AT = 1;
/** Two colons, as in an IPv6 or MAC address. */
export const COLONS = 2;
/** Four digits with at most three other characters between one and the next. */
export const DIGITS_4 = 4;
/** Six of them. */
export const DIGITS_6 = 512;
/** Nine of them. */
export const DIGITS_9 = 8;
/** A capital within three characters of a digit: plates, documents, postcodes. */
export const CAPITAL_DIGIT = 16;
/** A capital at all. */
export const CAPITAL = 32;
/** `://` or `=` or a word of thirteen characters and more: URLs, keys. */
export const LONG_WORD = 64;
export const ASSIGNS = 128;
/** Any digit. */
export const DIGIT = 256;
export const EVERYTHING = 1023;

/** Of each byte: 0 lower case and the like, 1 space, 2 digit, 3 capital, 4 at, 5 colon, 6 equals or >, 7 ends a word, 8 beyond ASCII. */
const KIND = new Uint8Array(256);
for (let i = 48; i < 58; i++) KIND[i] = 2;
for (let i = 65; i < 91; i++) KIND[i] = 3;
KIND[32] = KIND[9] = KIND[10] = KIND[13] = 1;
KIND[64] = 4;
KIND[58] = 5;
KIND[61] = KIND[62] = 6;
for (const char of ',;"\'<()[]{}|') KIND[char.charCodeAt(0)] = 7;
// A letter beyond ASCII may be a capital.
for (let i = 0xc3; i < 0xf5; i++) KIND[i] = 8;

const isLetter = (byte: number): boolean => byte >= 0x80 || byte === 46 || ((byte | 32) >= 97 && (byte | 32) <= 122);
const LONG = 13;
const NEAR = 3;

/** The anchors of the bytes from start to end. */
export function anchorsOf(bytes: Uint8Array, start: number, end: number): number {
  let anchors = 0;
  let digits = 0;
  let lastDigit = -9;
  let lastCapital = -9;
  let colons = 0;
  let wordStart = start;
  for (let i = start; i < end; i++) {
    const kind = KIND[bytes[i]!]!;
    if (kind === 0) continue;
    if (kind === 1 || kind === 7) {
      if (i - wordStart >= LONG) anchors |= LONG_WORD;
      wordStart = i + 1;
    } else if (kind === 2) {
      digits = i - lastDigit <= NEAR + 1 ? digits + 1 : 1;
      lastDigit = i;
      if (digits >= 4)
        anchors |= digits >= 9 ? DIGITS_9 | DIGITS_6 | DIGITS_4 : digits >= 6 ? DIGITS_6 | DIGITS_4 : DIGITS_4;
      anchors |= i - lastCapital <= NEAR ? CAPITAL_DIGIT | DIGIT : DIGIT;
    } else if (kind === 3) {
      if (i - lastDigit <= NEAR) anchors |= CAPITAL_DIGIT;
      // "I" alone is nobody's name.
      if (i + 1 < end && isLetter(bytes[i + 1]!)) anchors |= CAPITAL;
      lastCapital = i;
    } else if (kind === 4) anchors |= AT;
    else if (kind === 5) {
      if (++colons >= 2) anchors |= COLONS;
      anchors |= ASSIGNS;
    } else if (kind === 6) {
      anchors |= ASSIGNS;
      if (i - wordStart >= LONG) anchors |= LONG_WORD;
      if (bytes[i] === 62) wordStart = i + 1;
    }
    // In Latin-1's half of the letters beyond ASCII, C3 80 to C3 9E are the capitals.
    else if (bytes[i] !== 0xc3 || bytes[i + 1]! < 0x9f) anchors |= CAPITAL;
  }
  if (end - wordStart >= LONG) anchors |= LONG_WORD;
  return anchors;
}

const SHAPE = '0000-00-00T00:00:00';
/** Is this a time in RFC 3339's form, or its date? Columns of them are long, and hold nothing else. */
export function isTimestamp(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 10 || length > 35 || bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return false;
  for (let i = 0; i < length && i < SHAPE.length; i++) {
    const byte = bytes[start + i]!;
    const isDigit = byte >= 48 && byte <= 57;
    if (i === 10 ? byte !== 84 && byte !== 32 : SHAPE.charCodeAt(i) === 48 ? !isDigit : byte !== SHAPE.charCodeAt(i))
      return false;
  }
  if (length !== 10 && length < 19) return false;
  for (let i = 19; i < length; i++) {
    const byte = bytes[start + i]!;
    // .123456 Z +02:00
    if (!((byte >= 48 && byte <= 57) || byte === 46 || byte === 90 || byte === 43 || byte === 45 || byte === 58))
      return false;
  }
  return length <= 29 || bytes[start + 19] === 46;
}

const ENCODER = new TextEncoder();
/** The anchors of a text. */
export function anchorsOfText(text: string): number {
  const bytes = ENCODER.encode(text);
  return anchorsOf(bytes, 0, bytes.length);
}
