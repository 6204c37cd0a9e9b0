import type { ModelVersion } from '../api/answers.ts';
import { EntryLink } from '../ui/entry-link.tsx';
import { Mark } from '../ui/status.tsx';
import { signerName } from './signer-words.ts';

interface SignatureMarkProps {
  readonly signature: ModelVersion['signature'];
  /** What was signed, if anything, cannot be told: which bytes are meant is not known. */
  readonly unknown?: boolean;
}

/** Whether the log holds a signature, and by whom. The server verified each before it recorded it. */
export function SignatureMark({ signature, unknown = false }: SignatureMarkProps) {
  if (signature === null) {
    return (
      <Mark tone={unknown ? 'idle' : 'warn'} icon={unknown ? 'unknown' : 'warn'}>
        {unknown ? 'not known' : 'unsigned'}
      </Mark>
    );
  }
  return (
    <>
      <Mark tone="ok" icon="ok">
        signed
      </Mark>
      <span className="sub break">
        {signature.signers.map(signerName).join(', ')} · <EntryLink index={signature.entry} />
      </span>
    </>
  );
}
