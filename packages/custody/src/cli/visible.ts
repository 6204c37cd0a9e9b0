/** Text of others as a terminal may have it: what would move the cursor, change colours or turn a line around is spelled out. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Controls as `\\u001b`, ends of lines as a space. */
export const visible = (text: string): string =>
  text.replace(/[\r\n\t]+/g, ' ').replace(UNSEEN, (char) => `\\u${char.codePointAt(0)!.toString(16).padStart(4, '0')}`);
