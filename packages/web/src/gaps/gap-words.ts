/** The facts about the safety of an asset, in words for people. */
import type { GapsAnswer } from '../api/answers.ts';
import type { IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.tsx';
import { count } from '../text/wording.ts';

type Check = GapsAnswer['assets'][number]['checks'][number];

const KINDS: Readonly<Record<Check['kind'], readonly [short: string, long: string]>> = {
  owner: ['Owner', 'Who answers for it'],
  classification: ['Class', 'How sensitive it is'],
  'encryption-in-transit': ['In transit', 'Encryption on the way'],
  'encryption-at-rest': ['At rest', 'Encryption where it lies'],
  'access-log': ['Access log', 'Where reads of it are recorded'],
  signature: ['Signature', 'Where its signature is'],
  gate: ['Gate', 'Which check it passed on the way in'],
  retention: ['Retention', 'How long it is kept'],
};

export const shortKind = (kind: Check['kind']): string => KINDS[kind][0];
export const longKind = (kind: Check['kind']): string => KINDS[kind][1];

export const STATES: Readonly<Record<Check['state'], { icon: IconName; tone: Tone; word: string }>> = {
  // Told by a pipeline, and checked by nobody here: so not green.
  known: { icon: 'ok', tone: 'idle', word: 'told' },
  missing: { icon: 'warn', tone: 'warn', word: 'missing' },
  'not-applicable': { icon: 'minus', tone: 'idle', word: 'not needed' },
};

/** `46 facts are missing and 22 are told, of 15 assets upstream.` */
export function gapsSentence({ missing, known, assets, direction }: GapsAnswer): string {
  const where = { up: 'it and what it is made from', down: 'it and what is made from it', both: 'all around it' };
  const told = `${count(known, 'fact')} ${known === 1 ? 'is' : 'are'} told`;
  const of = `of ${count(assets.length, 'asset')}: ${where[direction]}`;
  return missing === 0
    ? `Nothing is missing; ${told}, ${of}.`
    : `${count(missing, 'fact')} ${missing === 1 ? 'is' : 'are'} missing and ${told}, ${of}.`;
}
