/** A status is a shape, a word, then a colour. */
import type { ReactNode } from 'react';
import type { RunView } from '../api/answers.ts';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'ok' | 'warn' | 'bad' | 'run' | 'idle';

interface StatusProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: ReactNode;
}

/** With a ground: where the status is the answer. */
export function Badge({ tone, icon, children }: StatusProps) {
  return (
    <span className={`badge ${tone === 'idle' ? '' : tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}

/** Without a ground: in tables and lists. */
export function Mark({ tone, icon, children }: StatusProps) {
  return (
    <span className="st">
      <span className={`c-${tone}`}>
        <Icon name={icon} />
      </span>
      {children}
    </span>
  );
}

type RunState = RunView['state'];

export const RUN_STATES: Readonly<Record<RunState, { tone: Tone; icon: IconName; word: string }>> = {
  START: { tone: 'run', icon: 'running', word: 'started' },
  RUNNING: { tone: 'run', icon: 'running', word: 'running' },
  // Green is only for what was checked: the producer says that it finished, nobody here has checked it.
  COMPLETE: { tone: 'idle', icon: 'ok', word: 'finished' },
  ABORT: { tone: 'warn', icon: 'warn', word: 'aborted' },
  FAIL: { tone: 'bad', icon: 'bad', word: 'failed' },
  OTHER: { tone: 'idle', icon: 'unknown', word: 'other' },
};

export function RunMark({ state }: { readonly state: RunState }) {
  const { tone, icon, word } = RUN_STATES[state];
  return (
    <Mark tone={tone} icon={icon}>
      {word}
    </Mark>
  );
}
