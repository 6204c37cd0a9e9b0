/** The panel that lies over a page; it is part of the URL, so that a link can open it. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Anywhere } from '../place.ts';

export function usePanel(): readonly [Anywhere['panel'], (panel: Anywhere['panel']) => void] {
  const { panel } = useSearch({ strict: false });
  const navigate = useNavigate();
  const open = useCallback(
    (next: Anywhere['panel']) => {
      void navigate({ to: '.', search: (before) => ({ ...before, panel: next }), replace: next === undefined });
    },
    [navigate],
  );
  return [panel, open];
}
