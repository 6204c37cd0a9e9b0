/** The quality of a model over time, and what may have caused its fall, in words. */
import type { CausesAnswer } from '../api/answers.ts';
import type { LineagePlace } from '../place.ts';
import { day, type Reader } from '../text/wording.ts';

type Candidate = CausesAnswer['candidates'][number];

/** `0.811`: as many digits as tell two versions apart. */
export const qualityFigure = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(1) : String(Number(value.toPrecision(4)));

/** Whether the version that is looked at is worse than the one before it that was as usual. */
export function isWorse({ series, good, bad, higherIsBetter }: Compared): boolean {
  const [was, is] = [series[good]?.value, series[bad]?.value];
  if (was === undefined || is === undefined) return false;
  return higherIsBetter ? is < was : is > was;
}

type Compared = Pick<CausesAnswer, 'series' | 'good' | 'bad' | 'fell' | 'higherIsBetter'>;

/** `It fell from 0.8108 on 17 Nov to 0.7669 on 18 Nov.` A figure of which less is better rises when it gets worse. */
export function comparedWords(answer: Compared, reader: Reader): string {
  const [was, is] = [answer.series[answer.good], answer.series[answer.bad]];
  if (!answer.fell || !was || !is) return 'No version is unusually worse.';
  const from = `from ${qualityFigure(was.value)} on ${day(was.at, reader)}`;
  const to = `to ${qualityFigure(is.value)} on ${day(is.at, reader)}`;
  if (!isWorse(answer)) return `It went ${from} ${to}, which is not worse.`;
  return `It ${answer.higherIsBetter ? 'fell' : 'rose'} ${from} ${to}.`;
}

const KINDS: Readonly<Record<Candidate['kind'], string>> = {
  code: 'other code',
  schema: 'other columns',
  'source-added': 'a source came',
  'source-removed': 'a source went',
  rows: 'unusual number of rows',
  drift: 'unusual values',
  assertion: 'a check failed',
  'run-failed': 'a run failed',
  stale: 'not refreshed',
};

export const kindOfCause = (kind: Candidate['kind']): string => KINDS[kind];

/** How telling it is by itself, in words beside the bar. */
export function strengthWord(strength: number): string {
  if (strength >= 0.75) return 'very unusual';
  return strength >= 0.4 ? 'unusual' : 'a little unusual';
}

/**
 * The blast radius of a candidate. Of a dataset it is that of what stood in it when the change was seen: the run that saw
 * it may be one that read it. Of a job it is what that run wrote.
 */
export function blastOfCause({
  asset,
  column,
  run,
  at,
}: Pick<Candidate, 'asset' | 'column' | 'run' | 'at'>): LineagePlace {
  const place: LineagePlace = { asset: asset.id, show: 'blast' };
  if (asset.kind === 'job') return run === null ? { ...place, from: at } : { ...place, version: run };
  return { ...place, ...(column !== null && { col: column }), from: at, to: at };
}
