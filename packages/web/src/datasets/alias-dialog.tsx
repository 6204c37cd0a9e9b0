import { useState, type FormEvent } from 'react';
import { refreshAnswers } from '../api/answer-store.ts';
import type { AliasMove, DatasetHistory } from '../api/answers.ts';
import { postJson } from '../api/client.ts';
import { RequestError } from '../api/request-error.ts';
import { figure } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';

const NAME = /^[a-z][a-z0-9._-]{0,63}$/;

interface AliasDialogProps {
  readonly history: DatasetHistory;
  readonly onClose: () => void;
}

/** Lets a name point to another version: which, to where, and why, before it is done. */
export function AliasDialog({ history: { dataset, versions, moves }, onClose }: AliasDialogProps) {
  const names = [...new Set(moves.map(({ alias }) => alias))];
  const [alias, setAlias] = useState(names[0] ?? 'approved');
  const [version, setVersion] = useState(versions[0]!.version);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<RequestError | null>(null);
  const [busy, setBusy] = useState(false);
  const now = moves.find((move) => move.alias === alias)?.version ?? null;
  const wrong =
    alias === 'latest'
      ? 'latest is always the newest version. Choose another name.'
      : NAME.test(alias)
        ? null
        : 'Small letters, digits, dots and dashes, from a letter on.';
  const why =
    wrong ??
    (now === version
      ? `${alias} points to ${figure(version)} already.`
      : reason.trim() === ''
        ? 'Say why: it stands in the log, with your name.'
        : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why !== null || busy) return;
    setBusy(true);
    setError(null);
    postJson<AliasMove>('/custody/v1/datasets/aliases', { dataset, alias, version, reason: reason.trim() })
      .then(({ entry }) => {
        announce(`${alias} points to version ${version}, entry ${entry}`);
        refreshAnswers();
        onClose();
      })
      .catch((cause: unknown) => {
        if (cause instanceof RequestError) setError(cause);
        else throw cause;
      })
      .finally(() => setBusy(false));
  };
  return (
    <Dialog label="Move a name" shape="box" onClose={onClose}>
      <form onSubmit={submit}>
        <header className="dlg-head">
          <h2>Move a name</h2>
          <button type="button" className="icon-btn" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="dlg-form">
          <p className="ink2">
            What asks for the name gets the other version from then on. No bytes are moved:{' '}
            <code>custody dataset rollback</code>
            puts them back.
          </p>
          <div className="field">
            <label htmlFor="alias">Name</label>
            <input
              id="alias"
              className="input"
              list="alias-names"
              autoComplete="off"
              spellCheck={false}
              aria-invalid={wrong !== null}
              value={alias}
              onChange={({ target }) => setAlias(target.value.trim())}
            />
            <datalist id="alias-names">
              {names.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          </div>
          <div className="field">
            <label htmlFor="version">Points to</label>
            <select
              id="version"
              className="select"
              value={version}
              onChange={({ target }) => setVersion(Number(target.value))}
            >
              {versions.map((each) => (
                <option key={each.version} value={each.version}>
                  version {each.version}: {each.message.slice(0, 60)}
                </option>
              ))}
            </select>
            <span className="hint">
              {now === null ? 'The name is new.' : `It points to version ${figure(now)} now.`}
            </span>
          </div>
          <div className="field">
            <label htmlFor="why">Why</label>
            <input
              id="why"
              className="input"
              autoComplete="off"
              maxLength={2_000}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </div>
          {error !== null && <Failure error={error} />}
          <div className="acts">
            <button
              type="submit"
              className="btn primary"
              aria-disabled={why !== null || busy}
              aria-describedby={why === null ? undefined : 'alias-why'}
            >
              {busy ? 'One moment' : `Point ${alias} to version ${figure(version)}`}
            </button>
            <button type="button" className="btn" onClick={onClose}>
              Cancel
            </button>
            {why !== null && (
              <span id="alias-why" className="why">
                {why}
              </span>
            )}
          </div>
        </div>
      </form>
    </Dialog>
  );
}
