/**
 * Names of people and places out of runs of capitals.
 *
 * Each run is weighed: lists of names and places, endings of surnames, titles, and the words just before and after it. The
 * weights were set by hand on two thirds of the labelled templates; the other third confirmed them.
 */
import { endsLikeSurname, SURNAMES } from './gazetteer/surname.ts';
import { GIVEN_NAMES } from './gazetteer/given-name.ts';
import { COUNTRY_NAMES, isPlace } from './gazetteer/place.ts';
import { COMMON_WORDS, isDemonym, isOrganisationWord } from './gazetteer/word.ts';
import type { Finding, Span } from './finding.ts';
import type { SpanSet } from './span-set.ts';
import { capitalised, runsOf, type Run } from './word-run.ts';

const TITLE =
  /(?:^|[^\p{L}])(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|herr|frau|señor|señora|monsieur|madame)\.?\s{1,2}$/iu;
/** What comes next is what somebody is called. */
const CALLED =
  /(?:name(?:'s|s)?(?: (?:is|was|on the account is|to))?|(?:^|[^\p{L}])(?:named?(?: (?:him|her|it|them))?|called|calls me|call me|signed,?|dear|hi|hello|hey|thanks to|thank you,?|regards,?|sincerely,?|ask for|i am|i'm|says|said|told|shouted at|starring|attn:?|user:|had given|correct it to|change it to|leave me|remember me,|speak to|assistant to|under my partner's name|everyone calls me|founders?:|including|patient:?|customer:|client:|employee:|contact:))[\s:,"'?]{1,3}$/iu;
/** What comes next may be somebody. */
const NEAR =
  /(?:^|[^\p{L}])(?:by|met|meet|this is|it's|it is|featuring|with|under|add|kid|child|son|daughter|wife|husband|partner|friend|brother|sister|guardian|beneficiary|manager|agent|driver|owner|author|director|producer|singer|songwriter|like|unlike|unlike the|between him and|tribute to|heard|have you seen|follow up with|to|early|version of|and|though|see|for|was|why is|when is|is)[\s:,"'?(]{1,3}$/iu;
/** What people do, or have. */
const ACTS =
  /^(?:['’]s (?:kid|son|daughter|wife|husband|killers?|novel|song|account|book|version|mother|father|house|name|birthday|email|phone|address|album|cautionary)|[:,]\s{0,2}["“']|:\s|\s{1,2}(?:said|says|asked|told|lived|lives|spent|shouted|whispered|replied|wrote|writes|began|had given|is very|is such|was born|grew|flew|explained|joined|thinks?|points? out|sings?|sang|starred|married|died|will be talking))/iu;
const MAY_ACT =
  /^(?:\s{1,2}(?:works?|worked|had|has|is an?|is from|was a|was influenced|moved|listed|left|called|wants?|just|novel|fan|concert|version|speak|so|and i|at the conference|plays?|performed|directed|founded|as a|as the|as guardian|of \p{Lu}|\(?\d{2}\)?\s?y)|,)/iu;
const PLACED =
  /(?:^|[^\p{L}])(?:in|from|near|to|at|visit(?:ed|ing)?|outside|around|towards?|into|via|through|across|leaving|flew to|arrived (?:at|in)|born in|based in|live[sd]? in|living in|moved (?:here )?from|moved to|originally from|travel(?:l?ed|ling)? to|trip to|back to|returned to|city of|town of|village of|capital of|republic of|southern|northern|eastern|western|central|university of|where:|city|location:|country:|city:|home city)\s{1,2}$/iu;
/** Of these the object is a place more than a person. */
const SURELY_PLACED =
  /(?:^|[^\p{L}])(?:in|from|born in|based in|live[sd]? in|living in|moved (?:here )?from|moved to|originally from|arrived at|arrived in|flew to|trip to|university of|southern|northern|eastern|western)\s{1,2}$/iu;
/** A label of a place: whatever follows is one. */
const LABELLED =
  /(?:^|[^\p{L}])(?:where|city|home city|town|country|location|destination|birthplace|state|region):?\s{1,2}$/iu;
const WORKS =
  /(?:^|[^\p{L}])(?:works? (?:for|at)|working (?:for|at)|worked (?:for|at)|job at|employed (?:by|at)|invested in|subsidiary of|ceo of|founded|year at|of)\s{1,2}$/iu;
const PLACE_AFTER =
  /^(?:\s{1,2}(?:was super|was fun|is beautiful|bridge|leader|government|parliament|river|airport|station|city|country club|county|district|university|weather)|,\s{1,2}\p{Lu}\p{L}+(?:[.,\n]|$))/u;
const IS_ACRONYM = /^\p{Lu}{2,5}$/u;
/** Given names that are words too: alone they are words. */
const AMBIGUOUS = new Set(
  'mark will may grace hope faith rose bill frank jack pat art gene dale dean grant lane drew chase hunter mason carol joy april june august summer autumn dawn eve sky sunny rich bob christian jordan virginia georgia florence charlotte austin madison sydney paris victoria sofia max van see so my mi ma an la de do les page major earl duke king prince baker cook miller taylor smith jean gail rob sue nick ray skip chip ed al hall park young long best dora amber ruby crystal ginger olive daisy iris lily ivy holly heather hazel jade pearl violet noel carmen kim lee tim ming hang yang ali win hung bo hai an thu sam ted jo star hunter angel miles curry fox penny buddy'.split(
    ' ',
  ),
);

const plain = (word: string): string => word.replace(/\.$/, '').toLowerCase();
const isInitial = (word: string): boolean => /^\p{Lu}\.?$/u.test(word);

interface Weights {
  readonly person: number;
  readonly place: number;
}

function weigh(run: Run, before: string, after: string, isShadow: boolean): Weights {
  const words = run.words.map(plain);
  const parts = words.filter((word, i) => !isInitial(run.words[i]!));
  const whole = words.join(' ');
  const isAlone = parts.length === 1;
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const isTitled = TITLE.test(before);
  const isCalled = CALLED.test(before);
  const isNear = NEAR.test(before);
  const acts = ACTS.test(after);
  const mayAct = MAY_ACT.test(after);
  const isPlaced = PLACED.test(before);
  let person = 0;
  let place = 0;
  if (parts.length === 0 || parts.length > 5) return { person, place };

  if (isPlace(whole)) place += 3;
  else if (!isAlone && COUNTRY_NAMES.has(last) && parts.length <= 3) place += 1;
  if (parts.some(isDemonym) && !isPlace(whole)) return { person: 0, place: 0 };
  if (parts.some(isOrganisationWord) && !isTitled)
    return { person: isCalled && GIVEN_NAMES.has(first) ? 1.5 : 0, place: place >= 3 ? place : 0 };

  const isGiven = GIVEN_NAMES.has(first) || (first.includes('-') && GIVEN_NAMES.has(first.split('-')[0]!));
  if (isGiven) person += isAlone ? (AMBIGUOUS.has(first) ? 0.6 : 1.6) : AMBIGUOUS.has(first) ? 1.3 : 2;
  if (SURNAMES.has(last)) person += isAlone ? 0.9 : 1;
  else if (endsLikeSurname(last)) person += isAlone ? 0.6 : 0.8;
  if (!isAlone && GIVEN_NAMES.has(parts[1]!) && !isGiven) person += 0.5;
  // A middle initial hardly ever stands in anything but a person's name.
  if (parts.length < words.length && words.length > 1 && !isAlone) person += 1;
  if (isTitled) person += 3;
  if (isCalled) person += 1.6;
  else if (isNear) person += 0.5;
  if (acts) person += 1.6;
  else if (mayAct) person += isAlone && run.isAtStart && !isGiven ? 0.3 : 0.5;
  if (run.isCut && !isTitled) person -= 1;
  // The title of a work stands in quotation marks.
  if (/["“]$/.test(before) && /^["”]/.test(after)) person -= 1.2;
  // A line of its own: a signature, or the first line of an address.
  if (!isAlone && parts.length <= 3 && /^[\s>?*-]*$/.test(before) && /^(?:\s*$|\s*[\n\\])/.test(after)) person += 0.9;
  if (!isAlone && parts.length <= 3 && !isShadow && !run.words.some((word) => IS_ACRONYM.test(word))) person += 0.6;

  if (isPlaced) place += LABELLED.test(before) ? 3 : SURELY_PLACED.test(before) ? 1.6 : 0.9;
  if (PLACE_AFTER.test(after)) place += 0.8;
  if (WORKS.test(before) && !isPlaced) person -= 1;
  if (run.words.every((word) => /^\p{Lu}{2,}$/u.test(word))) {
    // An acronym, or a heading; a place in capitals is told by the words before it.
    person -= isTitled ? 0 : 1;
    if (isAlone && first.length <= 3) place -= 1;
  }
  if (isAlone && COMMON_WORDS.has(first)) return { person: isTitled ? person : 0, place: 0 };
  if (isShadow && !isGiven && !isTitled) person -= 1;
  if (isShadow && !isPlace(whole)) place -= 0.7;
  return { person, place };
}

/** A header as words: `customer_name` says what `customer name` says. */
const spoken = (label: string): string => label.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_.-]+/g, ' ');

/** Does the name of a field say that its first word may be a name? */
export function saysName(label: string): boolean {
  const words = `${spoken(label)} `;
  return label !== '' && (TITLE.test(words) || CALLED.test(words) || NEAR.test(words) || WORKS.test(words));
}

const NEEDED = 1.5;
const LIST = /^(?:,| and|, and| &| or) $/;

/** People and places in a text, outside of what is taken. */
export function namesIn(text: string, taken: SpanSet<Span>, isThorough: boolean, label = ''): Finding[] {
  const shadow = isThorough ? capitalised(text) : null;
  const seen = shadow ?? text;
  const found: Finding[] = [];
  const known = new Set<string>();
  const left: Run[] = [];
  for (const run of runsOf(seen)) {
    if (taken.overlaps(run.start, run.end)) continue;
    const before = seen.slice(Math.max(0, run.start - 48), run.start).replace(/^.*[\n\r]/s, '');
    const after = seen.slice(run.end, run.end + 24);
    const { person, place } = weigh(
      run,
      run.start === 0 && label !== '' ? `${spoken(label)} ` : before,
      after,
      shadow !== null,
    );
    if (person >= NEEDED && person >= place) {
      const title = TITLE.exec(before)?.[0].trimStart().length ?? 0;
      found.push(named('PERSON', { ...run, start: run.start - title }, person));
      for (const word of run.words) if (word.length > 2) known.add(word);
    } else if (place >= NEEDED) found.push(named('LOCATION', run, place));
    else left.push(run);
  }
  // Who is named in full is later called by one name; and who stands in one list with people is one of them.
  const people = found.filter((one) => one.type === 'PERSON');
  for (const run of left) {
    const isListed = people.some(
      ({ start, end }) => LIST.test(seen.slice(end, run.start)) || LIST.test(seen.slice(run.end, start)),
    );
    const isKnown = run.words.length === 1 && known.has(run.words[0]!);
    if (
      (isKnown || isListed) &&
      run.words.every((word) => !COMMON_WORDS.has(plain(word)) && !isOrganisationWord(plain(word)))
    ) {
      const one = named('PERSON', run, NEEDED);
      found.push(one);
      people.push(one);
    }
  }
  return found;
}

const named = (type: string, { start, end }: Run, weight: number): Finding => ({
  type,
  family: 'personal',
  confidence: Math.min(0.9, 0.3 + weight / 6),
  rule: type === 'PERSON' ? 'name' : 'place',
  start,
  end,
});
