import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface FoldButtonProps {
  /** The list that is folded, as the URL names it. */
  readonly list: 'columns' | 'runs';
  readonly all: boolean;
  /** What the button says while the list is folded. */
  readonly children: ReactNode;
}

/** Shows all of a long list on an asset's page, or only its beginning; which one is in the URL. */
export function FoldButton({ list, all, children }: FoldButtonProps) {
  const navigate = useNavigate({ from: '/asset' });
  return (
    <div className="foot">
      <button
        type="button"
        className="btn sm"
        aria-expanded={all}
        onClick={() =>
          void navigate({
            search: (before) => ({ ...before, [list]: all ? undefined : 'all' }),
            replace: true,
            resetScroll: false,
          })
        }
      >
        {all ? 'Show fewer' : children}
      </button>
    </div>
  );
}
