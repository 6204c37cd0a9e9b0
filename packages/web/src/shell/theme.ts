/** Light or dark: the system's choice, unless the reader chose here. */
import { useSyncExternalStore } from 'react';

type Theme = 'light' | 'dark';

const NAME = 'custody.theme';
const listeners = new Set<() => void>();

function chosen(): Theme | null {
  try {
    const theme = localStorage.getItem(NAME);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}

const system = matchMedia('(prefers-color-scheme: dark)');
const current = (): Theme => chosen() ?? (system.matches ? 'dark' : 'light');

export function applyTheme(): void {
  const theme = chosen();
  if (theme) document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
}

/** Going back to what the system wants forgets the choice, so that the page follows the system again. */
function choose(theme: Theme): void {
  try {
    if (theme === (system.matches ? 'dark' : 'light')) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, theme);
  } catch {
    document.documentElement.dataset['theme'] = theme;
  }
  applyTheme();
  for (const listener of listeners) listener();
}

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore((listener) => {
    listeners.add(listener);
    system.addEventListener('change', listener);
    return () => {
      listeners.delete(listener);
      system.removeEventListener('change', listener);
    };
  }, current);
  return [theme, choose];
}
