import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { timeOf } from '../place.ts';
import { fieldValue } from '../text/wording.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { isPast } from './past-words.ts';
import { NOW, usePast } from './past.ts';

const localTime = (value: string): string | undefined =>
  value === '' ? undefined : timeOf(new Date(value).toISOString());

/** Choosing a past: what had happened by then, or what was known by then, or both. */
export function TimePanel({ onClose }: { readonly onClose: () => void }) {
  const past = usePast();
  const navigate = useNavigate();
  const [at, setAt] = useState(past.at === null ? '' : fieldValue(past.at));
  const knownIsCount = past.known !== null && /^\d+$/.test(past.known);
  const [known, setKnown] = useState(past.known === null || knownIsCount ? '' : fieldValue(past.known));
  const [entries, setEntries] = useState(knownIsCount ? past.known : '');

  const go = (search: typeof NOW) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...search, panel: undefined }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go({ at: localTime(at), known: entries !== '' ? entries : localTime(known) });
  };

  return (
    <Dialog label="As of" shape="box" onClose={onClose}>
      <form onSubmit={submit}>
        <header className="dlg-head">
          <h2>As of</h2>
          <button type="button" className="icon-btn" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="dlg-body">
          <p className="ink2">Assets and lineage as they were. The log keeps both times of every event.</p>
          <div className="field">
            <label htmlFor="as-of-at">When it happened</label>
            <input
              id="as-of-at"
              className="input"
              type="datetime-local"
              value={at}
              onChange={({ target }) => setAt(target.value)}
              aria-describedby="as-of-at-hint"
            />
            <span className="hint" id="as-of-at-hint">
              Shows what had happened by then. Empty is now.
            </span>
          </div>
          <div className="field">
            <label htmlFor="as-of-known">When we knew</label>
            <input
              id="as-of-known"
              className="input"
              type="datetime-local"
              value={known}
              onChange={({ target }) => {
                setKnown(target.value);
                setEntries('');
              }}
              aria-describedby="as-of-known-hint"
            />
            <span className="hint" id="as-of-known-hint">
              Leaves out what was recorded later. Empty is everything.
            </span>
          </div>
          <div className="field">
            <label htmlFor="as-of-entries">Or from the first so many entries</label>
            <input
              id="as-of-entries"
              className="input"
              inputMode="numeric"
              pattern="[0-9]*"
              value={entries ?? ''}
              onChange={({ target }) => {
                setEntries(target.value);
                setKnown('');
              }}
            />
          </div>
        </div>
        <footer className="dlg-foot">
          {isPast(past) && (
            <button type="button" className="btn" onClick={() => go(NOW)}>
              Back to now
            </button>
          )}
          <button type="submit" className="btn primary">
            Show
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
