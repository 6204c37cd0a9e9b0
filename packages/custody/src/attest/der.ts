/** The little of DER (X.690) that a certificate's extensions need: definite lengths, short tags, bounded by the input. */

export interface Der {
  readonly tag: number;
  readonly bytes: Uint8Array;
}

/** The elements one after the other in `bytes`. Throws RangeError if they are not whole. */
export function derElements(bytes: Uint8Array): Der[] {
  const elements: Der[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] as number;
    const first = bytes[at + 1];
    if (first === undefined || (tag & 0x1f) === 0x1f) throw new RangeError('not DER');
    let length = first;
    let start = at + 2;
    if (first >= 0x80) {
      const octets = first & 0x7f;
      if (octets === 0 || octets > 4 || start + octets > bytes.length) throw new RangeError('not DER');
      length = 0;
      for (let i = 0; i < octets; i++) length = length * 256 + (bytes[start + i] as number);
      start += octets;
    }
    const end = start + length;
    if (end > bytes.length) throw new RangeError('not DER');
    elements.push({ tag, bytes: bytes.subarray(start, end) });
    at = end;
  }
  return elements;
}

/** Dotted form of an OBJECT IDENTIFIER's bytes. */
export function oidOf(bytes: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of bytes) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
      else arcs.push(arc);
      arc = 0;
    }
  }
  return arcs.join('.');
}
