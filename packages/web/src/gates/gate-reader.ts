/** Who reads the Gates pages, and what keeps them from acting. */
import { useAnswer } from '../api/answer-store.ts';
import type { Status } from '../api/answers.ts';
import { usePastWords } from '../shell/past.ts';

type Role = Status['me']['role'];

/** Why the reader may not act, by what their role may and the time they look at; null if they may. */
export function useMayNot(byRole: (role: Role | null) => string | null): string | null {
  const { data } = useAnswer<Status>('/custody/v1/status');
  const past = usePastWords();
  return past !== null ? `You see ${past}. Actions are off until you return to now.` : byRole(data?.me.role ?? null);
}
