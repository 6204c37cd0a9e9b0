/** Masking: text of the same shape that no longer says what it said. */
export type Keep = 'nothing' | 'partial' | 'last4' | 'type';

const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{N}]/u;
const MARK = '*';

/** `type` is what the value is, for `keep: type`. */
export function mask(value: string, keep: Keep, type: string): string {
  switch (keep) {
    case 'nothing':
      return MARK.repeat([...value].length);
    case 'type':
      return `<${type}>`;
    case 'last4':
      return lastFour(value);
    case 'partial':
      return partial(value);
    default:
      return keep satisfies never;
  }
}

/** The last four letters or digits stay, and what is neither; if there are fewer than eight, only as many as half. */
function lastFour(value: string): string {
  const characters = [...value];
  const count = characters.filter((one) => LETTER_OR_DIGIT.test(one)).length;
  let hidden = count - Math.min(4, count >> 1);
  return characters.map((one) => (LETTER_OR_DIGIT.test(one) && hidden-- > 0 ? MARK : one)).join('');
}

/** The first letter or digit of each part stays, and what stands between parts: j***.s****@e******.o** */
function partial(value: string): string {
  let isInside = false;
  const characters = [...value];
  // A single part of one or two characters would be told whole, or nearly.
  if (characters.length <= 2) return MARK.repeat(characters.length);
  return characters
    .map((one) => {
      if (!LETTER_OR_DIGIT.test(one)) {
        isInside = false;
        return one;
      }
      if (isInside) return MARK;
      isInside = true;
      return /\p{N}/u.test(one) ? MARK : one;
    })
    .join('');
}
