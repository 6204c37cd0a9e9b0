/** Text for a fact: no longer than its bound, and nothing that canonical JSON cannot write. */

/** With the u flag, whole pairs are one character, so this finds halves only. */
const HALF_SURROGATES = /[\ud800-\udfff]/gu;
const ANY_SURROGATE = /[\ud800-\udfff]/;

/** At most `max` UTF-16 units, the last one an ellipsis where something was cut; half surrogate pairs become U+FFFD. */
export function bounded(text: string, max: number): string {
  const cut = text.length <= max ? text : `${text.slice(0, max - 1)}…`;
  // Nearly no text has any, and looking is cheaper than replacing nothing.
  return ANY_SURROGATE.test(cut) ? cut.replace(HALF_SURROGATES, '\ufffd') : cut;
}
