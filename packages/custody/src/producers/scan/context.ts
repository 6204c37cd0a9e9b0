/** The words around a place. They never come out of another sentence, line or field. */
import { matchesIn } from './match.ts';

const REACH_BEFORE = 64;
const REACH_AFTER = 28;
/** A sentence or a line ends here. */
const END = /[.!?;]\s+(?=[^\s])|[\n\r\t|]/g;

/** "tel. 5551234", "No. 7", "St.-Nr. 12" are no ends. */
const SHORTENED =
  /(?:^|[^\p{L}])(?:tel|no|nr|num|nos|st|dr|mr|mrs|ms|prof|ext|mob|cell|ph|geb|acct|acc|approx|ref|id|p|b|d|o|dob|ssn|lic|reg|art|fig|pass-nr|steuer-nr)$/iu;

/** What stands before `start` in its sentence, at most 64 characters. */
export function wordsBefore(text: string, start: number): string {
  const window = text.slice(Math.max(0, start - REACH_BEFORE), start);
  let cut = 0;
  for (const match of matchesIn(END, window)) {
    if (match[0][0] === '.' && SHORTENED.test(window.slice(0, match.index))) continue;
    cut = match.index + match[0].length;
  }
  return window.slice(cut);
}

/** What stands after `end` in its sentence, at most 28 characters. */
export function wordsAfter(text: string, end: number): string {
  const window = text.slice(end, end + REACH_AFTER);
  const cut = window.search(/[.!?;](?:\s|$)|[\n\r\t|]/);
  return cut < 0 ? window : window.slice(0, cut);
}

/** Numbers of things, not of people: what stands just before says so. */
const OF_THINGS =
  /(?:^|[^\p{L}])(?:order|orders|serial|isbn(?:-1[03])?|issn|ean|upc|asin|sku|tracking|shipment|ticket|invoice|part|model|version|firmware|build|release|batch|lot|item|article|product|case|ref|reference|commit|rev|revision|costs?|price)(?:\s+(?:no|nr|number|id|code|is|was))?[\s.:#=-]{0,4}$/iu;

export const isOfThing = (before: string): boolean => OF_THINGS.test(before);
