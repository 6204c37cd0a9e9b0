/** Text for a fact: no longer than its bound, and nothing that canonical JSON cannot write. */

const HALF_SURROGATES = /[\ud800-\udfff]/gu;

/** At most `max` UTF-16 units, the last one an ellipsis where something was cut; half surrogate pairs become U+FFFD. */
export function bounded(text: string, max: number): string {
  const cut = text.length <= max ? text : `${text.slice(0, max - 1)}…`;
  return cut.replace(HALF_SURROGATES, '\ufffd');
}
