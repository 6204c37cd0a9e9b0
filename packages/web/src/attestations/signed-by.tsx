import { Fragment } from 'react';
import type { Signer } from '../api/answers.ts';
import { Digest } from '../ui/digest.tsx';
import { signerBacking, signerName } from './signer-words.ts';

/** Rows of a list of facts: each signer, what stands behind the name, and the key. */
export function SignedBy({ signers }: { readonly signers: readonly Signer[] }) {
  return signers.map((signer) => (
    <Fragment key={signer.keyId}>
      <dt>Signed by</dt>
      <dd className="break">
        {signerName(signer)}
        <span className="sub ink2">{signerBacking(signer)}</span>
      </dd>
      <dt>Key</dt>
      <dd>
        <Digest value={signer.keyId} name="key" />
      </dd>
    </Fragment>
  ));
}
