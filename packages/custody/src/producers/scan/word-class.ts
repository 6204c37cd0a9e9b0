/**
 * Words by what they say about a name, looked up by their bytes: a hash table with open addressing over ASCII in lower case,
 * so that no word of a text becomes a string to be looked up. Every hit is compared byte by byte.
 */
import { GIVEN_NAMES } from './gazetteer/given-name.ts';
import { SURNAMES } from './gazetteer/surname.ts';
import { COMMON_WORDS, isDemonym } from './gazetteer/word.ts';

/** Alone or among its like it is nobody's name: `The`, `German`. */
export const PLAIN = 1;
/** A given name or a surname. */
export const NAMED = 2;
/** Behind it somebody may be named: `dear`, `called`, `Mr`. */
export const CUE = 4;
/** Before it somebody may be named: `said`, `lives`. */
export const ACT = 8;

/** Of these a place or a person may be called: Lake Placid, New York. */
const OF_PLACES =
  'new north south east west northern southern eastern western upper lower great st san santa lake port los las el la le les rio sao hong united saint';
const CUES = `name names named s is was to him her it them called calls me signed dear hi hello hey you regards sincerely for am m
  says said told at starring attn user given including patient customer client employee contact founder founders account
  mr mrs ms miss mx dr prof sir madam herr frau monsieur madame`;
const ACTS = `said says asked told lived lives spent shouted whispered replied wrote writes began had is was grew flew explained
  joined think thinks point points sing sings sang starred married died will`;
const DEMONYMS = `american british english french german spanish italian dutch swedish norwegian danish finnish icelandic polish
  czech slovak hungarian austrian swiss belgian portuguese greek turkish russian ukrainian romanian bulgarian croatian serbian
  slovenian bosnian estonian latvian lithuanian irish scottish welsh chinese japanese korean vietnamese thai indian pakistani
  israeli arab arabic iranian iraqi egyptian moroccan nigerian kenyan african asian european canadian mexican brazilian
  argentinian argentine chilean colombian peruvian cuban australian jewish muslim christian catholic hindu buddhist latin hebrew
  hispanic latino`;
const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

const SLOTS = 16_384;
const MASK = SLOTS - 1;
const POOL = new Uint8Array(65_536);
/** Of each slot: where its word starts in the pool, how long it is, what it is. No word: length 0. */
const STARTS = new Uint16Array(SLOTS);
const LENGTHS = new Uint8Array(SLOTS);
const CLASSES = new Uint8Array(SLOTS);
let used = 0;

/** FNV-1a (Fowler, Noll, Vo), in lower case. */
const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = SEED;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i]! | 32), PRIME);
  let slot = (hash ^ (hash >>> 15)) & MASK;
  const length = end - start;
  for (;;) {
    const known = LENGTHS[slot]!;
    if (known === 0) return slot;
    if (known === length) {
      const from = STARTS[slot]!;
      let i = 0;
      while (i < length && POOL[from + i] === (bytes[start + i]! | 32)) i++;
      if (i === length) return slot;
    }
    slot = (slot + 1) & MASK;
  }
}

function add(words: Iterable<string>, what: number): void {
  for (const word of words) {
    // Words with other letters are judged as text.
    if (!/^[a-z]{1,40}$/.test(word)) continue;
    const bytes = Buffer.from(word, 'latin1');
    const slot = slotOf(bytes, 0, bytes.length);
    if (LENGTHS[slot] === 0) {
      POOL.set(bytes, used);
      STARTS[slot] = used;
      LENGTHS[slot] = bytes.length;
      used += bytes.length;
    }
    CLASSES[slot]! |= what;
  }
}

const ofPlaces = new Set(wordsOf(OF_PLACES));
const plain = [...COMMON_WORDS].filter((word) => !ofPlaces.has(word));
add(plain, PLAIN);
add(
  wordsOf(DEMONYMS)
    .flatMap((word) => [word, `${word}s`])
    .filter(isDemonym),
  PLAIN,
);
add(GIVEN_NAMES, NAMED);
add(SURNAMES, NAMED);
add(wordsOf(CUES), CUE);
add(wordsOf(ACTS), ACT);

/** What the word of ASCII letters from start to end is, in any case; 0 for a word that nothing is known of. */
export function classOfWord(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 40) return 0;
  const slot = slotOf(bytes, start, end);
  return LENGTHS[slot] === 0 ? 0 : CLASSES[slot]!;
}

/** The table itself, for the walk in WebAssembly. */
export const wordTable = () => ({ pool: POOL, starts: STARTS, lengths: LENGTHS, classes: CLASSES });
