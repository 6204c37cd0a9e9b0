/** How little a value repeats itself, and whether it stands for a secret that is elsewhere. */

/** Shannon's entropy in bits a character (1948). */
export function entropy(text: string): number {
  const counts = new Map<number, number>();
  ASCII.fill(0);
  let units = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.codePointAt(i)!;
    if (unit > 0xffff) i++;
    if (unit < 128) ASCII[unit]!++;
    else counts.set(unit, (counts.get(unit) ?? 0) + 1);
    units = i + 1;
  }
  let sum = 0;
  const add = (count: number): void => {
    sum -= (count / units) * Math.log2(count / units);
  };
  for (const count of ASCII) if (count > 0) add(count);
  counts.forEach(add);
  return sum;
}
const ASCII = new Uint32Array(128);

const PLACEHOLDER =
  /^(?:true|false|null|none|nil|undefined|redacted|changeme|password|secret|token)$|^[*x.#_-]{3,}$|x{6,}|X{5,}|\*{3,}|#{4,}|\.{3}|^[<[].*[>\]]$|[$%#]\{|\$\(|\{\{|^\$[A-Za-z_]|^%\w+%$|^%s|[Ee]xample|EXAMPLE|(?:^|[_-])(?:your|insert|fake|dummy|sample|placeholder|redacted|changeme)[_-]|^(?:my|put|some)[_-]|[_-]here$|_HERE_|^(.)\1+$|0{12,}|1234567890abcdefghij|abcdefghijklmnop|ABCDEFGHIJKLMNOP/;

/** Nothing to hide: masked, an example, or a reference to where the secret is. */
export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);
