import { age, ago, day, inUtc, moment, momentInFull } from '../text/wording.ts';
import { useNow, useReader } from './clock.ts';

interface TimeProps {
  readonly at: string;
  /** `moment`: 12 Nov 06:30. `day`: 12 Nov. `full`: with year and seconds. */
  readonly form?: 'moment' | 'day' | 'full';
}

/** A time in the reader's zone, with UTC on hover. */
export function Time({ at, form = 'moment' }: TimeProps) {
  const reader = useReader();
  const text = form === 'full' ? momentInFull(at, reader.zone) : form === 'day' ? day(at, reader) : moment(at, reader);
  return (
    <time dateTime={at} title={inUtc(at)} className="nowrap">
      {text}
    </time>
  );
}

/** How long ago, with the time itself on hover: `7 h`, or as a sentence needs it, `7 h ago`. */
export function Age({ at, sentence = false }: { readonly at: string; readonly sentence?: boolean }) {
  const now = useNow(10_000);
  return (
    <time dateTime={at} title={inUtc(at)} className="nowrap">
      {sentence ? ago(at, now) : age(at, now)}
    </time>
  );
}
