import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly label: string;
  /** `box` in the middle, `palette` near the top, `sheet` along the right edge. */
  readonly shape: 'box' | 'palette' | 'sheet';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest inert, and gives the focus back when it
 * closes. It must be closed before it is taken away, else the focus is lost; hence the layout effect.
 */
export function Dialog({ label, shape, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dlg ${shape}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        close.current();
      }}
      onClick={(event) => {
        // The only part of the dialog that is not inside one of its children is its backdrop.
        if (event.target === ref.current) close.current();
      }}
    >
      <div className="dlg-in">{children}</div>
    </dialog>
  );
}
