import { Outlet, useLocation, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { refreshAnswers } from '../api/answer-store.ts';
import { listenToLog } from '../api/news.ts';
import { useSession } from '../api/session.ts';
import { LogAlarmBanner } from '../proof/log-alarm.tsx';
import { ProofPanel } from '../proof/proof-panel.tsx';
import { logWatch } from '../proof/log-watch.ts';
import { announce, Announcer } from '../ui/announcer.tsx';
import { useMedia } from '../ui/media.ts';
import { Header } from './header.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { Palette } from './palette.tsx';
import { usePanel } from './panel.ts';
import { Rail } from './rail.tsx';
import { useShortcuts } from './shortcuts.ts';
import { SignInPanel } from './sign-in-panel.tsx';
import { TimePanel } from './time-panel.tsx';

const COLLAPSED = 'custody.rail';

export function Shell() {
  const { pathname } = useLocation();
  const search = useSearch({ strict: false });
  const session = useSession();
  const [panel, openPanel] = usePanel();
  const [menuOpen, setMenuOpen] = useState(false);
  const [palette, setPalette] = useState(false);
  const [chosen, setChosen] = useState(remembered);
  const roomy = useMedia('(min-width: 1640px)');
  // The graph needs the width more than the rail does, unless the reader has chosen.
  const collapsed = chosen ?? (pathname === '/lineage' && !roomy);
  const openPalette = useCallback(() => setPalette(true), []);
  const closePanel = useCallback(() => openPanel(undefined), [openPanel]);

  useShortcuts(openPalette);
  // On the way in there is no session yet, so nothing is asked that needs one.
  const asking = session !== 'out' && pathname !== '/signin';
  useLogNews(asking);
  // Another asset on the same page is another place as well.
  useRouteFocus(`${pathname} ${search.id ?? search.asset ?? search.name ?? ''}`, () => setMenuOpen(false));

  const collapse = () => {
    setChosen(!collapsed);
    try {
      localStorage.setItem(COLLAPSED, String(!collapsed));
    } catch {
      // Not remembered then; the rail still folds.
    }
  };
  const away = session === 'out' && pathname !== '/signin';
  return (
    <div className={['app', collapsed && 'min', menuOpen && 'open'].filter(Boolean).join(' ')}>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Rail collapsed={collapsed} onCollapse={collapse} signedIn={asking} />
      {menuOpen && (
        <button type="button" className="scrim" aria-label="Close menu" onClick={() => setMenuOpen(false)} />
      )}
      <Header menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} onFind={openPalette} />
      <main className="main" id="main" tabIndex={-1}>
        <LogAlarmBanner />
        {away ? <SignInPanel /> : <Outlet />}
      </main>
      {panel === 'proof' && <ProofPanel onClose={closePanel} />}
      {panel === 'time' && <TimePanel onClose={closePanel} />}
      {panel === 'keys' && <KeysPanel onClose={closePanel} />}
      {palette && <Palette onClose={() => setPalette(false)} />}
      <Announcer />
    </div>
  );
}

function remembered(): boolean | null {
  try {
    const text = localStorage.getItem(COLLAPSED);
    return text === null ? null : text === 'true';
  } catch {
    return null;
  }
}

/** Checks the log from the first moment on, and again whenever the server says that it has grown. */
function useLogNews(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return;
    const stopWatch = logWatch.start();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopNews = listenToLog(() => {
      // News may come many times a second while events pour in; the pages follow at a readable pace.
      timer ??= setTimeout(() => {
        timer = undefined;
        refreshAnswers();
        void logWatch.check();
      }, 1000);
    });
    return () => {
      clearTimeout(timer);
      stopWatch();
      stopNews();
    };
  }, [signedIn]);
}

/** After going to another page, the focus is at its start and its title is announced. */
function useRouteFocus(place: string, onChange: () => void): void {
  const before = useRef(place);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    changed.current();
    document.getElementById('main')?.focus({ preventScroll: true });
    scrollTo(0, 0);
    // The page sets its title in an effect of its own, which may come after a lazy page has loaded.
    const timer = setTimeout(() => announce(document.title.replace(' · Custody', '')), 150);
    return () => clearTimeout(timer);
  }, [place]);
}
