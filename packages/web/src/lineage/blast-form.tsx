import { useEffect, useState, type FormEvent } from 'react';
import type { LineagePlace } from '../place.ts';
import { fieldValue } from '../text/wording.ts';
import { timeFromField } from './time-field.ts';

interface BlastFormProps {
  readonly place: LineagePlace;
  readonly isJob: boolean;
  readonly columns: readonly string[];
  readonly onAsk: (asked: Pick<LineagePlace, 'from' | 'to' | 'col' | 'version'>) => void;
}

/** What was bad: the whole asset, a column or a version of it, and since when until when. */
export function BlastForm({ place, isJob, columns, onAsk }: BlastFormProps) {
  const given = {
    from: place.from === undefined ? '' : fieldValue(place.from),
    to: place.to === undefined ? '' : fieldValue(place.to),
    col: place.col ?? '',
    version: place.version ?? '',
  };
  const [draft, setDraft] = useState(given);
  const key = JSON.stringify(given);
  // Another link, or Back, brings other values.
  useEffect(() => setDraft(JSON.parse(key) as typeof given), [key]);
  const wrong = draft.from !== '' && draft.to !== '' && draft.from > draft.to;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong) return;
    onAsk({
      // A time that was not touched keeps its seconds, which the field does not show.
      from: draft.from === given.from ? place.from : timeFromField(draft.from),
      to: draft.to === given.to ? place.to : timeFromField(draft.to),
      col: draft.col === '' ? undefined : draft.col,
      version: draft.version.trim() === '' ? undefined : draft.version.trim(),
    });
  };
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <form className="ask" onSubmit={submit} aria-label="What was bad, and when">
      <div className="field">
        <label htmlFor="bad-from">Bad from</label>
        <input
          id="bad-from"
          className="input"
          type="datetime-local"
          value={draft.from}
          onChange={({ target }) => change({ from: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="bad-to">Until</label>
        <input
          id="bad-to"
          className="input"
          type="datetime-local"
          value={draft.to}
          aria-invalid={wrong}
          aria-describedby={wrong ? 'bad-to-error' : undefined}
          onChange={({ target }) => change({ to: target.value })}
        />
      </div>
      {!isJob && (
        <div className="field">
          <label htmlFor="bad-column">Column</label>
          <select
            id="bad-column"
            className="select"
            value={draft.col}
            onChange={({ target }) => change({ col: target.value })}
          >
            <option value="">All columns</option>
            {[...new Set([...columns, ...(draft.col === '' ? [] : [draft.col])])].map((column) => (
              <option key={column}>{column}</option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor="bad-version">{isJob ? 'Run' : 'Version or run'}</label>
        <input
          id="bad-version"
          className="input mono"
          placeholder="any"
          autoComplete="off"
          spellCheck={false}
          value={draft.version}
          onChange={({ target }) => change({ version: target.value })}
        />
      </div>
      <button type="submit" className="btn" aria-disabled={wrong} aria-describedby={wrong ? 'bad-to-error' : undefined}>
        Show
      </button>
      {wrong && (
        <span className="why c-bad" id="bad-to-error" role="alert">
          It ends before it begins.
        </span>
      )}
    </form>
  );
}
