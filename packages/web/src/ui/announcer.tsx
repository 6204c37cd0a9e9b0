/** Says to a screen reader what the eye sees change: the page, a copied command, a finished check. */
import { useEffect, useState } from 'react';

let say: (message: string) => void = () => {};

export const announce = (message: string): void => say(message);

export function Announcer() {
  const [message, setMessage] = useState('');
  useEffect(() => {
    say = (next) => {
      // An unchanged text is not read again, so the region is emptied first.
      setMessage('');
      requestAnimationFrame(() => setMessage(next));
    };
    return () => {
      say = () => {};
    };
  }, []);
  return (
    <div className="sr" role="status" aria-live="polite">
      {message}
    </div>
  );
}

/** Sets the title of the window; the shell announces it when the route changes. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Custody`;
  }, [title]);
}
