/** Whether the server knows the reader. Learned from its answers: every page shows the sign-in panel after a 401. */
import { useSyncExternalStore } from 'react';

type SessionState = 'unknown' | 'in' | 'out';

let state: SessionState = 'unknown';
const listeners = new Set<() => void>();

function become(next: SessionState): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

export const session = {
  isIn: () => become('in'),
  isOut: () => become('out'),
  state: () => state,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.state);
