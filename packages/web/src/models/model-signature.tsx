import type { ModelVersion } from '../api/answers.ts';
import { SignedBy } from '../attestations/signed-by.tsx';
import { quoted } from '../text/command-line.ts';
import { count } from '../text/wording.ts';
import { Command } from '../ui/command.tsx';
import { Digest } from '../ui/digest.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Badge } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';

interface ModelSignatureProps {
  readonly version: ModelVersion;
  readonly onOpen: (entry: number) => void;
}

/** The signature over a model's bytes; what is unsigned is said to be, with the command that signs it. */
export function ModelSignature({ version, onOpen }: ModelSignatureProps) {
  const { signature, writes, asset } = version;
  return (
    <section className="sec" aria-labelledby="signature">
      <header>
        <h2 id="signature">Signature</h2>
        <span className="acts">
          {signature ? (
            <Badge tone="ok" icon="ok">
              signed
            </Badge>
          ) : (
            <Badge tone="warn" icon="warn">
              unsigned
            </Badge>
          )}
        </span>
      </header>
      {signature === null ? (
        <div className="pad-top">
          <p className="ink2 gap-below">
            The log holds no signature over its files. Anybody who can write where it lies could exchange it unseen.
            Sign it where it lies:
          </p>
          <Command text={`custody sign ./model --key key.pem --record --asset ${quoted(asset.id)}`} />
        </div>
      ) : (
        <>
          <dl className="dl">
            <SignedBy signers={signature.signers} />
            <dt>Verified</dt>
            <dd>
              by the server, when it was recorded
              <span className="sub ink2">
                <Time at={signature.recorded} /> · <EntryLink index={signature.entry} />
              </span>
            </dd>
            <dt>Statement</dt>
            <dd>
              <Digest value={signature.statement} name="statement" />
            </dd>
          </dl>
          <p className="pad-top">
            <button type="button" className="btn sm" onClick={() => onOpen(signature.entry)}>
              What was signed, and how to verify it
            </button>
          </p>
        </>
      )}
      {writes > 1 && (
        <p className="meta pad-top">
          This name was written {count(writes, 'time')}. A signature is over the files of one of them: its digests say
          which.
        </p>
      )}
    </section>
  );
}
