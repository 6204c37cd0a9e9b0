/** Keys that work on every page. They never act while somebody types, and never with a modifier, except Cmd/Ctrl-K. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { usePanel } from './panel.ts';

const GO = {
  h: '/',
  a: '/assets',
  d: '/datasets',
  l: '/lineage',
  p: '/policies',
  g: '/gates',
  c: '/checks',
  m: '/models',
  e: '/entries',
} as const;
/** How long `g` waits for its second letter. */
const PATIENCE_MS = 1200;

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=range]):not([type=checkbox]), textarea, select'));

export function useShortcuts(openPalette: () => void): void {
  const navigate = useNavigate();
  const [, openPanel] = usePanel();
  const goUntil = useRef(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      // A dialog over the page has the keys to itself.
      if (document.querySelector('dialog[open]')) return;
      const going = Date.now() < goUntil.current;
      goUntil.current = 0;
      if (going && event.key in GO) {
        event.preventDefault();
        event.stopPropagation();
        void navigate({ to: GO[event.key as keyof typeof GO] });
      } else if (event.key === 'g') {
        goUntil.current = Date.now() + PATIENCE_MS;
      } else if (event.key === '?') {
        openPanel('keys');
      } else if (event.key === '/') {
        event.preventDefault();
        const search = document.querySelector<HTMLInputElement>('main input[type=search]');
        if (search) search.focus();
        else openPalette();
      }
    };
    // In the capture phase, so that `g l` goes to the lineage before a page takes `l` for itself.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [navigate, openPanel, openPalette]);
}
