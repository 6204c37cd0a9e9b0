import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { signOut } from '../api/client.ts';
import { forgetAnswers, useAnswer } from '../api/answer-store.ts';
import type { Status } from '../api/answers.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { usePanel } from './panel.ts';

const PAGES = [
  { to: '/', label: 'Home', icon: 'home' },
  { to: '/assets', label: 'Assets', icon: 'assets' },
  { to: '/datasets', label: 'Datasets', icon: 'table' },
  { to: '/lineage', label: 'Lineage', icon: 'lineage' },
  { to: '/policies', label: 'Policies', icon: 'policy' },
  { to: '/gates', label: 'Gates', icon: 'gate' },
  { to: '/checks', label: 'Checks', icon: 'shield' },
  { to: '/models', label: 'Models', icon: 'model' },
  { to: '/entries', label: 'Log', icon: 'log' },
] as const satisfies readonly { to: string; label: string; icon: IconName }[];

interface RailProps {
  readonly collapsed: boolean;
  readonly onCollapse: () => void;
  /** Who the reader is can be asked. */
  readonly signedIn: boolean;
}

export function Rail({ collapsed, onCollapse, signedIn }: RailProps) {
  const [, openPanel] = usePanel();
  return (
    <nav className="rail" aria-label="Main" id="rail">
      <Link to="/" className="brand" aria-label="Custody, home">
        <Icon name="brand" />
        <span className="t">Custody</span>
      </Link>
      <div className="nav">
        {PAGES.map(({ to, label, icon }) => (
          <Link
            key={to}
            to={to}
            title={collapsed ? label : undefined}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            activeProps={{ 'aria-current': 'page' }}
          >
            <Icon name={icon} />
            <span className="t">{label}</span>
          </Link>
        ))}
      </div>
      <div className="rail-foot">
        <button type="button" title={collapsed ? 'Keyboard' : undefined} onClick={() => openPanel('keys')}>
          <Icon name="keyboard" />
          <span className="t">Keyboard</span>
        </button>
        <button
          type="button"
          className="not-narrow"
          aria-expanded={!collapsed}
          aria-controls="rail"
          title={collapsed ? 'Expand' : undefined}
          onClick={onCollapse}
        >
          <Icon name="panel" />
          <span className="t">Collapse</span>
        </button>
        {signedIn && <Me collapsed={collapsed} />}
      </div>
    </nav>
  );
}

function Me({ collapsed }: { readonly collapsed: boolean }) {
  const { data } = useAnswer<Status>('/custody/v1/status');
  const [failed, setFailed] = useState(false);
  if (!data) return null;
  const { name, role, via } = data.me;
  return (
    <>
      <p className="me" title={`${name}, ${role}`}>
        <span className="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="t trunc">
          {name} <span className="ink3">{role}</span>
        </span>
      </p>
      {via === 'session' && (
        <button
          type="button"
          title={collapsed ? 'Sign out' : undefined}
          onClick={() => void signOut().then(forgetAnswers, () => setFailed(true))}
        >
          <Icon name="leave" />
          <span className="t">{failed ? 'Sign out did not work' : 'Sign out'}</span>
        </button>
      )}
    </>
  );
}

const initials = (name: string): string =>
  name
    .split(/[\s._-]+/)
    .map((word) => word.charAt(0).toUpperCase())
    .slice(0, 2)
    .join('');
