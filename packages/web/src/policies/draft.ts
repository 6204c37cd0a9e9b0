/** Drafts of policies: kept in this tab until they are published or discarded, so that a reload loses nothing. */
import { useSyncExternalStore } from 'react';

export type Files = Readonly<Record<string, string>>;

export interface Draft {
  readonly files: Files;
  /** The version that it is a change of; 0 for a new policy. */
  readonly base: number;
}

const key = (name: string): string => `custody.draft.${name}`;
const listeners = new Set<() => void>();
const read = new Map<string, { readonly text: string | null; readonly draft: Draft | null }>();

function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(key(name));
  } catch {
    return read.get(name)?.text ?? null;
  }
}

function draftOf(name: string): Draft | null {
  const text = stored(name);
  const known = read.get(name);
  if (known !== undefined && known.text === text) return known.draft;
  let draft: Draft | null = null;
  try {
    draft = text === null ? null : (JSON.parse(text) as Draft);
  } catch {
    // Not ours then.
  }
  read.set(name, { text, draft });
  return draft;
}

export function saveDraft(name: string, draft: Draft | null): void {
  const text = draft === null ? null : JSON.stringify(draft);
  read.set(name, { text, draft });
  try {
    if (text === null) sessionStorage.removeItem(key(name));
    else sessionStorage.setItem(key(name), text);
  } catch {
    // Kept until the page is left.
  }
  for (const listener of listeners) listener();
}

export const useDraft = (name: string): Draft | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draftOf(name),
  );
