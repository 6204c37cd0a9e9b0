/** IP addresses in text: RFC 4291 section 2.2 and dotted quads. */

export const isIPv4Part = (part: string): boolean => part.length <= 3 && Number(part) <= 255;

/** An IPv6 address, with a zone or a prefix length or without; `::` stands once for any zeros. */
export function isIPv6(value: string): boolean {
  const address = value.replace(/\/\d{1,4}$/, '').replace(/%[0-9a-z]+$/i, '');
  const halves = address.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [i, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [j, part] of parts.entries()) {
      if (part.includes('.')) {
        const isLast = i === halves.length - 1 && j === parts.length - 1;
        const quad = part.split('.');
        if (!isLast || quad.length !== 4 || !quad.every(isIPv4Part)) return false;
        groups += 2;
      } else {
        if (!/^[0-9a-f]{1,4}$/i.test(part)) return false;
        groups++;
      }
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}
