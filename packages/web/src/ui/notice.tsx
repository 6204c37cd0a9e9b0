import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface NoticeProps {
  readonly tone?: 'plain' | 'warn' | 'bad' | 'past';
  readonly icon: IconName;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** What changes the meaning of the whole page. */
export function Notice({ tone = 'plain', icon, children, actions }: NoticeProps) {
  return (
    <div className={`notice ${tone === 'plain' ? '' : tone}`}>
      <Icon name={icon} />
      <div>{children}</div>
      {actions && <span className="acts">{actions}</span>}
    </div>
  );
}
