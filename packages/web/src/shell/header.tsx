import { useLogWatch } from '../proof/log-watch.ts';
import { proofStatus } from '../proof/proof-status.ts';
import { useNow } from '../ui/clock.ts';
import { Icon } from '../ui/icon.tsx';
import { usePanel } from './panel.ts';
import { usePastWords } from './past.ts';
import { useTheme } from './theme.ts';

interface HeaderProps {
  readonly menuOpen: boolean;
  readonly onMenu: () => void;
  readonly onFind: () => void;
}

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function Header({ menuOpen, onMenu, onFind }: HeaderProps) {
  const [theme, choose] = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="head">
      <button
        type="button"
        className="icon-btn only-narrow"
        aria-label="Menu"
        aria-expanded={menuOpen}
        aria-controls="rail"
        onClick={onMenu}
      >
        <Icon name="menu" />
      </button>
      <button type="button" className="find" aria-keyshortcuts="Meta+K Control+K" onClick={onFind}>
        <Icon name="search" />
        <span className="t">Search or go to</span>
        <span className="keys" aria-hidden="true">
          <kbd>{MAC ? '⌘' : 'Ctrl'}</kbd>
          <kbd>K</kbd>
        </span>
      </button>
      <span className="sp" />
      <TimePill />
      <ProofPill />
      <button type="button" className="icon-btn" aria-label={`Change to ${other} theme`} onClick={() => choose(other)}>
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      </button>
    </header>
  );
}

function TimePill() {
  const words = usePastWords();
  const [, openPanel] = usePanel();
  return (
    <button
      type="button"
      className={words === null ? 'pill' : 'pill past'}
      aria-haspopup="dialog"
      aria-label={words === null ? 'As of now. Change' : `As of ${words}. Change or return to now`}
      onClick={() => openPanel('time')}
    >
      <Icon name="clock" />
      {words === null ? (
        <span className="wide">Now</span>
      ) : (
        <span className="trunc">
          <span className="wide">{words.startsWith('as ') ? '' : 'As of '}</span>
          {words.startsWith('as ') ? words.replace('as known', 'As known') : words}
        </span>
      )}
    </button>
  );
}

const ICON = { ok: 'proof', idle: 'shield', warn: 'warn', bad: 'bad' } as const;

function ProofPill() {
  const status = proofStatus(useLogWatch(), useNow());
  const [, openPanel] = usePanel();
  const words = `${status.figure}${status.rest === '' ? '' : ` · ${status.rest}`}`;
  return (
    <button
      type="button"
      className={`pill proof ${status.tone}`}
      aria-haspopup="dialog"
      aria-label={`Log ${words}, open proof`}
      onClick={() => openPanel('proof')}
    >
      <Icon name={ICON[status.tone]} />
      <span>
        <span className="wide">Log </span>
        {status.figure}
        {status.rest !== '' && <span className="wide"> · {status.rest}</span>}
      </span>
    </button>
  );
}
