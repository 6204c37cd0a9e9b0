import { useRef } from 'react';

/** The last value that was there: while the next one is on its way, what is drawn stays, and with it the focus. */
export function useHeld<Value>(value: Value | null): Value | null {
  const last = useRef(value);
  if (value !== null) last.current = value;
  return value ?? last.current;
}
