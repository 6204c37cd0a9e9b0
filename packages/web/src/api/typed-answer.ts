/** What the server says of a text while it is typed. */
import { useEffect, useRef, useState } from 'react';
import { postJson } from './client.ts';
import { RequestError } from './request-error.ts';

const SETTLE_MS = 250;

export interface TypedAnswer<Answer> {
  readonly check: Answer | null;
  /** What is shown is of an earlier text. */
  readonly pending: boolean;
  readonly error: RequestError | null;
}

/** Asks again a moment after `body` became another object; null asks nothing. */
export function useTypedAnswer<Answer>(path: string, body: object | null): TypedAnswer<Answer> {
  const [state, setState] = useState<TypedAnswer<Answer>>({ check: null, pending: true, error: null });
  const first = useRef(true);
  useEffect(() => {
    if (body === null) return;
    const controller = new AbortController();
    setState((before) => ({ ...before, pending: true }));
    const timer = setTimeout(
      () => {
        first.current = false;
        postJson<Answer>(path, body, controller.signal).then(
          (check) => setState({ check, pending: false, error: null }),
          (error: unknown) => {
            if (error instanceof RequestError) setState((before) => ({ ...before, pending: false, error }));
          },
        );
      },
      first.current ? 0 : SETTLE_MS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [path, body]);
  return state;
}
