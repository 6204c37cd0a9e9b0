import { useNavigate } from '@tanstack/react-router';
import { Notice } from '../ui/notice.tsx';
import { NOW, usePastWords } from './past.ts';

/** Said on every page that a past changes, and on those it does not change. */
export function PastNotice({ here }: { readonly here?: string }) {
  const words = usePastWords();
  const navigate = useNavigate();
  if (words === null) return null;
  return (
    <Notice
      tone="past"
      icon="clock"
      actions={
        <button
          type="button"
          className="btn sm"
          onClick={() => void navigate({ to: '.', search: (before) => ({ ...before, ...NOW }) })}
        >
          Back to now
        </button>
      }
    >
      {here === undefined ? `You see ${words}.` : `You are at ${words}. ${here}`}
    </Notice>
  );
}
