/** What the server says of a draft while it is typed. */
import { useMemo } from 'react';
import type { PolicyCheck } from '../api/answers.ts';
import { useTypedAnswer, type TypedAnswer } from '../api/typed-answer.ts';
import type { Files } from './draft.ts';

export type Checked = TypedAnswer<PolicyCheck>;

export const policyPath = (name: string, act = ''): string => `/custody/v1/policies/${encodeURIComponent(name)}${act}`;

export function useCheck(name: string, files: Files | null): Checked {
  const body = useMemo(() => (files === null ? null : { files }), [files]);
  return useTypedAnswer(policyPath(name, '/check'), body);
}
