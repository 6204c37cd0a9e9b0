import type { DatasetVersion } from '../api/answers.ts';
import { count } from '../text/wording.ts';
import { Mark } from '../ui/status.tsx';

/** The names that point to a version. */
export function Aliases({ version: { aliases } }: { readonly version: DatasetVersion }) {
  if (aliases.length === 0) return <span className="ink3">none</span>;
  return (
    <span className="tags">
      {aliases.map((alias) => (
        <span key={alias} className="tag">
          {alias}
        </span>
      ))}
    </span>
  );
}

/** Attestations in the log about a version's manifest or cells. */
export function Signatures({ version: { signatures } }: { readonly version: DatasetVersion }) {
  return signatures === 0 ? (
    <Mark tone="warn" icon="warn">
      unsigned
    </Mark>
  ) : (
    <Mark tone="ok" icon="ok">
      {signatures === 1 ? 'signed' : count(signatures, 'signature')}
    </Mark>
  );
}
