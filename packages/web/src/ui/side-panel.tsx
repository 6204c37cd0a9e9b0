import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { NOT_WIDE, useMedia } from './media.ts';

interface SidePanelProps {
  readonly label: string;
  readonly crumb: ReactNode;
  readonly title: ReactNode;
  readonly badges?: ReactNode;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly onClose: () => void;
}

/** The drawer of a page: beside the list where there is room, over it where there is not. */
export function SidePanel({ label, onClose, ...rest }: SidePanelProps) {
  const over = useMedia(NOT_WIDE);
  if (over) {
    return (
      <Dialog label={label} shape="sheet" onClose={onClose}>
        <div className="drawer">
          <Inside {...rest} onClose={onClose} />
        </div>
      </Dialog>
    );
  }
  return (
    <aside className="drawer" aria-label={label}>
      <Inside {...rest} onClose={onClose} />
    </aside>
  );
}

function Inside({ crumb, title, badges, children, footer, onClose }: Omit<SidePanelProps, 'label'>) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    top.current?.scrollTo(0, 0);
  }, [title]);
  return (
    <>
      <header>
        <div>
          <p className="crumb">{crumb}</p>
          <h2>{title}</h2>
          {badges && <div className="badges">{badges}</div>}
        </div>
        <button type="button" className="icon-btn" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {/* Scrolls on its own, so it can be reached by keyboard. */}
      <div className="drawer-body" ref={top} tabIndex={0} role="group" aria-label="Details">
        {children}
      </div>
      {footer && <footer>{footer}</footer>}
    </>
  );
}
