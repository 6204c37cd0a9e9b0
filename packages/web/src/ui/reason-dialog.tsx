import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { RequestError } from '../api/request-error.ts';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';
import { Icon } from './icon.tsx';

interface ReasonDialogProps {
  readonly title: string;
  /** The deed, as its button says it. */
  readonly deed: string;
  readonly children: ReactNode;
  /** What cannot be undone. */
  readonly isDanger?: boolean;
  /** What the children still ask for; null when nothing. */
  readonly missing?: string | null;
  /** What is said below the field. */
  readonly hint?: string;
  /** Characters that a reason has at least. */
  readonly least?: number;
  /** Does it; what it throws is shown, and what was typed stays. */
  readonly onDo: (message: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Before a change of what decides: why, in words that stay in the log. */
export function ReasonDialog({
  title,
  deed,
  children,
  isDanger = false,
  missing = null,
  hint = 'It stands in the log, with your name.',
  least = 1,
  onDo,
  onClose,
}: ReasonDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  const [message, setMessage] = useState('');
  const [error, setError] = useState<RequestError | null>(null);
  const [busy, setBusy] = useState(false);
  // A dialog gives the focus to its first control, which is the one that closes it.
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const ready = message.trim().length >= least && missing === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    onDo(message.trim())
      .catch((cause: unknown) => {
        if (cause instanceof RequestError) setError(cause);
        else throw cause;
      })
      .finally(() => setBusy(false));
  };
  return (
    <Dialog label={title} shape="box" onClose={onClose}>
      <form ref={form} onSubmit={submit}>
        <header className="dlg-head">
          <h2>{title}</h2>
          <button type="button" className="icon-btn" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="dlg-form">
          {children}
          <div className="field">
            <label htmlFor="why">Why</label>
            <input
              id="why"
              className="input"
              autoComplete="off"
              maxLength={1_000}
              aria-describedby="why-hint"
              value={message}
              onChange={({ target }) => setMessage(target.value)}
            />
            <span id="why-hint" className="hint">
              {hint}
            </span>
          </div>
          {error !== null && <Failure error={error} />}
          <div className="acts">
            <button
              type="submit"
              className={isDanger ? 'btn danger' : 'btn primary'}
              aria-disabled={!ready || busy}
              aria-describedby={ready ? undefined : 'why-not'}
            >
              {busy ? 'One moment' : deed}
            </button>
            <button type="button" className="btn" onClick={onClose}>
              Cancel
            </button>
            {!ready && (
              <span id="why-not" className="why">
                {missing ?? 'Say why first.'}
              </span>
            )}
          </div>
        </div>
      </form>
    </Dialog>
  );
}
