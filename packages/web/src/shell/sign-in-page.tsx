import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { refreshAnswers } from '../api/answer-store.ts';
import { signIn } from '../api/client.ts';
import { RequestError } from '../api/request-error.ts';
import { logWatch } from '../proof/log-watch.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { SignInPanel } from './sign-in-panel.tsx';

/** `/signin#code=...`: the link that the server printed. The code leaves the URL before it is used. */
export function SignInPage() {
  usePageTitle('Sign in');
  const navigate = useNavigate();
  const [error, setError] = useState<RequestError | null>(null);
  const [busy, setBusy] = useState(true);
  const started = useRef(false);

  useEffect(() => {
    if (started.current) return;
    started.current = true;
    const code = new URLSearchParams(location.hash.slice(1)).get('code');
    history.replaceState(history.state, '', '/signin');
    if (code === null) {
      setBusy(false);
      return;
    }
    signIn({ code }).then(
      () => {
        refreshAnswers();
        void logWatch.check();
        void navigate({ to: '/', replace: true });
      },
      (reason: unknown) => {
        if (!(reason instanceof RequestError)) throw reason;
        setError(reason);
        setBusy(false);
      },
    );
  }, [navigate]);

  if (busy) {
    return (
      <p className="page ink2" role="status">
        Signing in
      </p>
    );
  }
  return <SignInPanel linkError={error} onDone={() => void navigate({ to: '/', replace: true })} />;
}
