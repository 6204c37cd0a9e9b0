import { useEffect, useState } from 'react';
import { announce } from './announcer.tsx';
import { Icon } from './icon.tsx';

/** Copies `text`; the check mark stays for a moment. */
export function CopyButton({ text, label, className = 'icon-btn' }: CopyProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      onClick={() => {
        void navigator.clipboard?.writeText(text).then(() => {
          setCopied(true);
          announce('Copied');
        });
      }}
    >
      <Icon name={copied ? 'ok' : 'copy'} small />
    </button>
  );
}

interface CopyProps {
  readonly text: string;
  readonly label: string;
  readonly className?: string;
}
