/**
 * Recognisers that are not ours, for names and places in running text: `compromise` in this process, or a Presidio analyzer
 * by its URL. Off unless somebody asks for one: they are slow, and a service sees the texts.
 */
import type { Opinion } from '../producers/scan/index.ts';
import { SourceError } from './source-error.ts';

export interface Recogniser {
  /** `compromise`, or `presidio`: the rule that a finding names. */
  readonly name: string;
  recognise(text: string): Promise<readonly Opinion[]>;
}

/** `asked`: `compromise`, or the URL of a Presidio analyzer. Throws SourceError. */
export async function openRecogniser(asked: string): Promise<Recogniser> {
  if (asked === 'compromise') return compromise();
  if (/^https?:\/\/[^\s]+$/i.test(asked)) return presidio(asked.replace(/\/+$/, ''));
  throw new SourceError(`There is no recogniser "${asked}".`, 'Name compromise, or the URL of a Presidio analyzer.');
}

/** The one confidence that it has: it does not say how sure it is. */
const COMPROMISE_CONFIDENCE = 0.5;

interface Mentions {
  json(options: { offset: true }): { offset?: { start: number; length: number } }[];
}

async function compromise(): Promise<Recogniser> {
  const { default: nlp } = (await import('compromise').catch(() => {
    throw new SourceError('compromise is not installed.', 'Install it beside Custody: npm install compromise');
  })) as { default: (text: string) => { people(): Mentions; places(): Mentions } };
  return {
    name: 'compromise',
    recognise: async (text) => {
      const read = nlp(text);
      const spans = (type: string, mentions: Mentions): Opinion[] =>
        mentions.json({ offset: true }).flatMap(({ offset }) => {
          if (offset === undefined) return [];
          // A mention takes the comma behind it along.
          const found = text.slice(offset.start, offset.start + offset.length);
          const words = found.replace(/[\s\p{P}]+$/u, '');
          const lead = words.length - words.replace(/^[\s\p{P}]+/u, '').length;
          const [start, end] = [offset.start + lead, offset.start + words.length];
          return end > start ? [{ type, start, end, confidence: COMPROMISE_CONFIDENCE }] : [];
        });
      return [...spans('PERSON', read.people()), ...spans('LOCATION', read.places())];
    },
  };
}

const PRESIDIO_TIMEOUT_MS = 30_000;
const ANSWERS_MAX = 10_000;

/** POST /analyze, https://microsoft.github.io/presidio/api-docs/api-docs.html */
function presidio(url: string): Recogniser {
  const fail = (why: string): SourceError =>
    new SourceError(`The Presidio analyzer at ${url} ${why}.`, 'Check the URL, and that the service is up.');
  return {
    name: 'presidio',
    recognise: async (text) => {
      const response = await fetch(`${url}/analyze`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text, language: 'en' }),
        signal: AbortSignal.timeout(PRESIDIO_TIMEOUT_MS),
      }).catch((error: Error) => {
        throw fail(`does not answer (${error.message})`);
      });
      if (!response.ok) throw fail(`answered ${response.status}`);
      const answer: unknown = await response.json().catch(() => null);
      if (!Array.isArray(answer) || answer.length > ANSWERS_MAX) throw fail('answered something else than findings');
      const units = unitsOf(text);
      return answer.flatMap((item): Opinion[] => {
        const { entity_type: type, start, end, score } = (item ?? {}) as Record<string, unknown>;
        if (typeof type !== 'string' || !/^[A-Z_]{1,40}$/.test(type) || typeof score !== 'number') return [];
        const [from, to] = [units[Number(start)], units[Number(end)]];
        if (from === undefined || to === undefined || to <= from) return [];
        return [{ type, start: from, end: to, confidence: Math.min(1, Math.max(0, score)) }];
      });
    },
  };
}

/** Presidio counts code points; here texts are counted in UTF-16 units. */
function unitsOf(text: string): readonly number[] {
  const units: number[] = [];
  let at = 0;
  for (const character of text) {
    units.push(at);
    at += character.length;
  }
  units.push(at);
  return units;
}

const AT_ONCE = 8;

/** Asks about many texts, a few at a time, in their order. */
export async function recogniseAll(
  recogniser: Recogniser,
  texts: readonly string[],
): Promise<readonly (readonly Opinion[])[]> {
  const answers: (readonly Opinion[])[] = [];
  let next = 0;
  const ask = async (): Promise<void> => {
    for (let i = next++; i < texts.length; i = next++) answers[i] = await recogniser.recognise(texts[i]!);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, texts.length) }, ask));
  return answers;
}
