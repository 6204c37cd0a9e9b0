import { useSyncExternalStore } from 'react';

/** Whether a media query holds now. */
export function useMedia(text: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(text);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(text).matches,
  );
}

/** Below this the table replaces the graph, and a drawer covers the page. */
export const NARROW = '(max-width: 760px)';
export const NOT_WIDE = '(max-width: 1100px)';
