/** How little a value repeats itself, and whether it stands for a secret that is elsewhere. */

/** Shannon's entropy in bits a character (1948). */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let sum = 0;
  for (const count of counts.values()) sum -= (count / text.length) * Math.log2(count / text.length);
  return sum;
}

const PLACEHOLDER =
  /^(?:true|false|null|none|nil|undefined|redacted|changeme|password|secret|token)$|^[*x.#_-]{3,}$|x{6,}|X{5,}|\*{3,}|#{4,}|\.{3}|^[<[].*[>\]]$|[$%#]\{|\$\(|\{\{|^\$[A-Za-z_]|^%\w+%$|^%s|[Ee]xample|EXAMPLE|(?:^|[_-])(?:your|insert|fake|dummy|sample|placeholder|redacted|changeme)[_-]|^(?:my|put|some)[_-]|[_-]here$|_HERE_|^(.)\1+$|0{12,}|1234567890abcdefghij|abcdefghijklmnop|ABCDEFGHIJKLMNOP/;

/** Nothing to hide: masked, an example, or a reference to where the secret is. */
export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);
