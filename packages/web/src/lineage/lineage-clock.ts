/** The time that the slider moves: when it happened, or when we knew. */
import { useCallback, useMemo } from 'react';
import { query, useAnswer } from '../api/answer-store.ts';
import type { Activity, Status } from '../api/answers.ts';
import type { Anywhere, LineagePlace } from '../place.ts';
import type { Past } from '../shell/past-words.ts';
import type { TimeKind } from './as-of-bar.tsx';
import { nextChange, scaleOf, unitFor } from './as-of-scale.ts';

interface Clock {
  readonly by: TimeKind;
  readonly time: string | null;
  readonly activity: Activity | null;
  readonly set: (next: string | null) => void;
  readonly step: (way: 1 | -1) => void;
}

export function useClock(place: LineagePlace, past: Past, go: (change: Pick<Anywhere, 'at' | 'known'>) => void): Clock {
  const by: TimeKind = place.by ?? (past.known !== null && past.at === null ? 'recorded' : 'happened');
  const status = useAnswer<Status>('/custody/v1/status');
  const span = status.data?.span ?? null;
  const unit = span === null ? 'day' : unitFor(Date.parse(span.from), Date.parse(span.to));
  const { data: activity } = useAnswer<Activity>(
    status.data === null ? null : query('/custody/v1/activity', { unit, by }),
  );
  const shown = activity?.by === by ? activity : null;
  const scale = useMemo(() => (shown ? scaleOf(shown) : null), [shown]);
  // A number of entries has no place on an axis of time; the bar then stands at now and the header says the number.
  const known = past.known !== null && /^\d+$/.test(past.known) ? null : past.known;
  const time = by === 'happened' ? past.at : known;

  const set = useCallback(
    (next: string | null) => go(by === 'happened' ? { at: next ?? undefined } : { known: next ?? undefined }),
    [by, go],
  );
  const step = useCallback(
    (way: 1 | -1) => {
      if (!scale) return;
      const next = nextChange(scale, time === null ? null : Date.parse(time), way);
      set(next === null ? null : new Date(next).toISOString());
    },
    [scale, time, set],
  );
  return { by, time, activity: shown, set, step };
}
