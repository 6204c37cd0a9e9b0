import { useState, type FormEvent } from 'react';
import { refreshAnswers } from '../api/answer-store.ts';
import { signIn } from '../api/client.ts';
import { RequestError } from '../api/request-error.ts';
import { logWatch } from '../proof/log-watch.ts';
import { Command } from '../ui/command.tsx';
import { Icon } from '../ui/icon.tsx';

interface SignInPanelProps {
  /** Why a link did not work, if one was used. */
  readonly linkError?: RequestError | null;
  readonly onDone?: () => void;
}

export function SignInPanel({ linkError = null, onDone }: SignInPanelProps) {
  const [token, setToken] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (token.trim() === '') {
      setError('Paste a token first.');
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await signIn({ token: token.trim() });
      refreshAnswers();
      void logWatch.check();
      onDone?.();
    } catch (reason) {
      if (!(reason instanceof RequestError)) throw reason;
      setError(
        reason.status === 401 ? 'This token is not known here, or it is revoked.' : reason.message || reason.title,
      );
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="page">
      <div className="sign-in">
        <h1>Sign in</h1>
        {linkError && (
          <p className="err-line" role="alert">
            <Icon name="bad" small /> {linkError.status === 401 ? 'This link does not work any more.' : linkError.title}{' '}
            {linkError.message}
          </p>
        )}
        <p className="ink2">
          Use the link that <code>custody start</code> printed, or paste an API token.
        </p>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <div className="field">
            <label htmlFor="token">API token</label>
            <input
              id="token"
              className="input mono"
              type="password"
              autoComplete="off"
              spellCheck={false}
              value={token}
              aria-invalid={error !== null}
              aria-describedby={error === null ? undefined : 'token-error'}
              onChange={({ target }) => setToken(target.value)}
            />
            {error !== null && (
              <span className="err" id="token-error" role="alert">
                <Icon name="bad" small />
                {error}
              </span>
            )}
          </div>
          <button type="submit" className="btn primary" aria-disabled={busy}>
            {busy ? 'Signing in' : 'Sign in'}
          </button>
        </form>
        <div className="sign-in-more">
          <h2>The link is used or lost</h2>
          <p className="ink2">A link works once. On the machine of the server, this prints a new one:</p>
          <Command text="custody signin" />
        </div>
      </div>
    </div>
  );
}
