/**
 * Postal addresses: a grammar of numbers, street words and what follows them (apartment, town, state, postal code,
 * country). Street words are those of about thirty languages; a number alone is no address without words that say so.
 */
import type { Finding, Span } from './finding.ts';
import { matchesIn } from './match.ts';
import { SpanSet } from './span-set.ts';
import { capitalised } from './word-run.ts';

/** Words as they stand in addresses: `street`, `Street`, `STREET`. */
const cased = (words: string): string =>
  words
    .split('|')
    .map((word) => `[${word[0]}${word[0]!.toUpperCase()}]${word.slice(1)}|${word.toUpperCase()}`)
    .join('|');

const AFTER_NAME = cased(
  'street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|sq|terrace|ter|way|close|crescent|cres|parkway|pkwy|highway|hwy|circle|cir|trail|trl|alley|garden|gardens|grove|row|walk|mews|plaza|loop|gateway|esplanade|parade|quay|rise|hill|vale|view|turnpike|crossing|bypass|bend|run|path|pike|point|park|u|út|utca|útja|tér|tere|krt|körút|rkp|kapu|dűlő|sor|ulica|ulice|cesta|třída|náměstí|nábřeží|trg|put|sokak|sokağı|caddesi|mah|iela|gatvė|tn|mnt|pst|tee|kalea|enparantza|etorbidea|plads|plass|str',
);
const BEFORE_NAME = cased(
  'rue|via|viale|vicolo|piazza|corso|strada|largo|calle|avenida|avda|carrera|paseo|plaza|camino|rua|travessa|praça|avenue|boulevard|place|allée|allee|chemin|quai|impasse|route|cours|ulica|ul\\.|aleja|al\\.|plac|os\\.|ulitsa|prospekt|λεωφόρος|οδός|λ\\.|jalan|jl\\.|c\\/|psje|pasaje|rruga|bulevardul|str\\.|straße|an der|auf der|av\\.',
);
const ENDING =
  '(?:straße|strasse|straat|str|gasse|gässchen|weg|platz|allee|ring|damm|ufer|gürtel|graben|markt|steig|stieg|berg|hof|vägen|väg|gatan|gata|gränd|stigen|torget|vej|vejen|gade|gaden|allé|stræde|torv|vegen|veien|vei|veg|gate|gaten|stien|tien|tie|katu|kuja|polku|tori|ranta|laan|plein|kade|gracht|dreef|hove|baan|singel|dijk|steeg|braut|stígur|vegur|gerði|bakki|utca|ulice|havn|parken|bakken|haven|vang|vænget|suaq|iela|gatvė|road|sund|holt)';
/** A part of a name: with a capital, or a number in order (42nd). */
const NAME = "(?:\\p{Lu}[\\p{L}\\p{M}.'’-]{0,30}|\\d{1,3}(?:st|nd|rd|th))";
const NUMBER = '\\d{1,6}[A-Za-z]?(?:[-/]\\d{1,5})?\\.?';
const UNIT = `(?:(?:${cased('apt|suite|ste|unit|apartment|flat|room|rm|floor|fl|étage|building|bldg|box|lgh|tür|top|piso|bajo|local|dept|dpto')})\\b\\.?\\s?#?\\s?[A-Za-z]?\\d{1,5}[A-Za-z]?|#\\s?\\d{1,5})`;

/** What makes a stretch a street: words before, after or at the end of its name. */
const STREET = `(?:(?:(?:${BEFORE_NAME})\\s?(?:(?:de|du|des|la|le|les|del|della|delle|dalla|di|da|do|dos|das|el|los|las|d'|l')\\s?){0,2}${NAME}(?:\\s(?:(?:de|du|des|la|del|da|do|y|e)\\s)?${NAME}){0,3})|(?:${NAME}\\s){1,4}(?:${AFTER_NAME})(?![\\p{L}])\\.?|(?:${NAME}\\s){0,3}\\p{Lu}[\\p{L}\\p{M}'-]{2,30}${ENDING}(?![\\p{L}])\\.?)`;
const REST_WORDS = `${NAME}(?:[ ](?:(?:de|la|del|da|do|and|of)[ ]){0,2}${NAME}){0,3}`;
/** Between the lines of an address; mails that answer put a mark before each. */
const GAP = '(?:[ ,]{1,5}|[ ,]{0,3}\\n[ ,>?*|]{0,8})';
const TAIL = `(?:${GAP}(?:${UNIT}|\\(?${REST_WORDS}\\)?|\\d{4,6}(?:-\\d{4})?(?![\\p{L}\\p{N}]|[ .-]\\d)|nan)){0,8}`;

const edge = '(?<![\\p{L}\\p{N}])';
const form = (text: string, flags = 'gu'): RegExp => new RegExp(edge + text, flags);
/** Name, pattern, confidence, and whether town and country may follow. */
const FORMS: readonly (readonly [string, RegExp, number, boolean])[] = [
  // 12 Main Street, 6750 Koskikatu 25, 34 rue Petite Fusterie
  ['street', form(`(?:${NUMBER}[ ,]{1,2}){1,2}${STREET}(?:\\s${NUMBER}(?!-))?`), 0.8, true],
  // Koenigstrasse 51, Via Moiariello 102
  ['street', form(`${STREET}\\s${NUMBER}(?![\\p{L}-])`), 0.7, true],
  // 5100 Quadra 104
  ['street', form(`(?:\\d{1,6}\\s){1,2}(?:${NAME}\\s){1,4}\\d{1,5}[A-Za-z]?\\.?(?=[\\s,]|$)`), 0.6, true],
  [
    'box',
    form(
      `(?:p\\.?\\s?o\\.?\\s?box|post office box|postfach|apartado|casilla|psc|unit)\\s\\d{1,6}(?:,?\\sbox\\s\\d{1,5})?(?:\\s{1,3}[afd]po\\s[a-z]{2}\\s\\d{5})?`,
      'giu',
    ),
    0.8,
    true,
  ],
  [
    'military',
    form(`(?:(?:uss|usns|uscgc|usnv)\\s[\\p{L}'-]{2,30}\\s{1,3})?[afd]po\\s(?:a[aep])\\s\\d{5}`, 'giu'),
    0.9,
    false,
  ],
  ['corner', form(`[Tt]he corner of\\s[^\\n?!]{3,60}?\\sand\\s${NAME}(?:\\s${NAME}){0,3}`), 0.7, false],
  ['unit', form(`(?:${cased('apt|suite|apartment|flat')})\\.?\\s?#?\\d{1,5}[A-Za-z]?(?![\\p{L}\\p{N}])`), 0.6, true],
  [
    'street',
    form(`(?:${NAME}\\s){1,3}(?:${cased('street|road|avenue|boulevard|lane|drive')})(?![\\p{L}])`),
    0.55,
    false,
  ],
];
const ZIP =
  /(?<![\p{L}])(?:zip(?: ?code)?|postcode|postal code|post code|plz|cap|code postal|código postal)(?: is|:)?[\s:#]{1,3}(\d{3,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?![\p{L}\p{N}])/giu;
const TOLD =
  'address(?:es)?(?: with| is| to|:|\\?| it is| is:)?|here they are:|live[sd]? (?:at|on|in)|located at|arrived at|[Mm]eet me at|sent? (?:it |one )?to|taxi to|moved to|ship(?:ped)? to|deliver(?:ed)? to|office is at|station is on|restaurant is at|enter on|the following\\?';
/** "my address is ..." and what follows up to the end of the sentence, if it has a number. */
const CUE = new RegExp(
  `(?:${TOLD})[\\s:?]{1,3}(?:it is |it's in |it's |in )?((?:${NUMBER}[ ,]{1,2}){1,2}(?:${NAME}[ ]?){1,6}(?:\\d{1,6}(?![\\d-]))?)`,
  'gu',
);
/** A name and a number where words say that it is a place: "is at Brisas 6802". */
const NAMED_NUMBER = new RegExp(
  `(?<=(?:${TOLD}| on| at|:)\\s)(?:${NAME}\\s){1,3}\\d{1,5}(?![\\p{L}\\p{N}/:.-]\\d?|\\s?(?:%|years?|days?|minutes?|am|pm|stars?))`,
  'gu',
);
const TAIL_AT = new RegExp(TAIL, 'uy');
/** Words that no street is called: then a sentence was taken for one. */
const isSentence = (value: string): boolean =>
  value.split(/[\s,]+/).some((word) => NOT_IN_STREETS.has(word.toLowerCase()));
const NOT_IN_STREETS = new Set(
  "during before after since when until while with from into about you you're your we they he she it i i'd this that these those not is was were are be been has have had if because bring morning evening spring offering".split(
    ' ',
  ),
);

/** Without any of these there is no address: most texts end here. */
const HINT =
  /\d[A-Za-z]?,? {1,2}(?:\p{Lu}|\d+ \p{Lu}|rue|via|calle|rua)|(?<!\p{L})(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{L}{0,7}\.? \d)\p{Lu}\p{L}*\p{Ll}[\p{L}.'’-]* \d|[Bb][Oo][Xx] \d|[Cc]orner of|\p{Lu}\p{L}+ (?:[Ss]treet|[Rr]oad|[Aa]venue|[Bb]oulevard|[Ll]ane|[Dd]rive)|[afd]po a|(?<!\p{L})(?:(?:[Aa]pt|[Ss]uite|[Ff]lat|[Aa]partment)\.? ?#?\d|[Zz][Ii][Pp](?!\p{L})|[Pp]ost\s?code|postal|[Pp][Ll][Zz])/u;

/** Addresses in a text, outside of what is taken. */
export function addressesIn(original: string, taken: SpanSet<Span>, isThorough: boolean): readonly Finding[] {
  if (isThorough ? !/\d|corner|\p{Lu}/u.test(original) : !HINT.test(original)) return [];
  const text = (isThorough ? capitalised(original) : null) ?? original;
  const found = new SpanSet<Finding>();
  const add = (start: number, end: number, confidence: number, rule: string): void => {
    let trimmed = end;
    while (trimmed > start && /[\s,]/.test(text[trimmed - 1]!)) trimmed--;
    if (taken.overlaps(start, trimmed)) return;
    found.add({ type: 'ADDRESS', family: 'personal', confidence, rule: `address-${rule}`, start, end: trimmed });
  };
  for (const [rule, pattern, confidence, goesOn] of FORMS) {
    for (const match of matchesIn(pattern, text)) {
      const end = match.index + match[0].length;
      if (isSentence(match[0])) continue;
      if (!goesOn) add(match.index, end, confidence, rule);
      else {
        TAIL_AT.lastIndex = end;
        const tail = TAIL_AT.exec(text)?.[0] ?? '';
        add(match.index, end + cutTail(tail), confidence, rule);
      }
    }
  }
  for (const match of matchesIn(CUE, text)) {
    const end = match.index + match[0].length;
    TAIL_AT.lastIndex = end;
    add(end - match[1]!.length, end + cutTail(TAIL_AT.exec(text)?.[0] ?? ''), 0.6, 'told');
  }
  for (const match of matchesIn(NAMED_NUMBER, text)) add(match.index, match.index + match[0].length, 0.55, 'number');
  for (const match of matchesIn(ZIP, text)) {
    const end = match.index + match[0].length;
    add(end - match[1]!.length, end, 0.7, 'zip');
  }
  return found.all;
}

/** The tail ends before an empty line, or where a sentence goes on. */
function cutTail(tail: string): number {
  const blank = tail.search(/\n\s*\n/);
  const end = blank < 0 ? tail.length : blank;
  const sentence = tail.slice(0, end).search(/\.\s/);
  return sentence < 0 ? end : sentence;
}
