/** What the server says of a draft while it is typed. */
import { useEffect, useRef, useState } from 'react';
import type { PolicyCheck } from '../api/answers.ts';
import { postJson } from '../api/client.ts';
import { RequestError } from '../api/request-error.ts';
import type { Files } from './draft.ts';

const SETTLE_MS = 250;

export interface Checked {
  readonly check: PolicyCheck | null;
  /** What is shown is of an earlier text. */
  readonly pending: boolean;
  readonly error: RequestError | null;
}

export const policyPath = (name: string, act = ''): string => `/custody/v1/policies/${encodeURIComponent(name)}${act}`;

export function useCheck(name: string, files: Files | null): Checked {
  const [state, setState] = useState<Checked>({ check: null, pending: true, error: null });
  const first = useRef(true);
  useEffect(() => {
    if (files === null) return;
    const controller = new AbortController();
    setState((before) => ({ ...before, pending: true }));
    const timer = setTimeout(
      () => {
        first.current = false;
        postJson<PolicyCheck>(policyPath(name, '/check'), { files }, controller.signal).then(
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
  }, [name, files]);
  return state;
}
