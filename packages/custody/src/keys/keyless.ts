/**
 * Keyless signing by Sigstore's own library: a key made for this one signature, a certificate for it from Fulcio on the
 * strength of an OpenID token, and an entry in Rekor that shows when. The endpoints are the public instance's unless named.
 */
import { AttestError } from '../attest/attest-error.ts';

export interface KeylessOptions {
  /** OpenID Connect token; null where none was given. */
  readonly token: string | null;
  readonly fulcio: string | null;
  readonly rekor: string | null;
  readonly tsa: string | null;
}

const TIMEOUT_MS = 20_000;

/** Signs a payload into a bundle, as JSON text. Throws AttestError `signer-unavailable`. */
export async function signKeyless(
  payloadType: string,
  payload: Uint8Array,
  { token, fulcio, rekor, tsa }: KeylessOptions,
): Promise<string> {
  if (token === null)
    throw new AttestError(
      'key',
      'signer-unavailable',
      'there is no identity token',
      'Put an OpenID token for the audience "sigstore" into $SIGSTORE_ID_TOKEN, or name another variable with --identity-token-env.',
    );
  const { DSSEBundleBuilder, FulcioSigner, InternalError, RekorWitness, TSAWitness } = await import('@sigstore/sign');
  const { bundleToJSON } = await import('@sigstore/bundle');
  const net = { timeout: TIMEOUT_MS, retry: 1 };
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({
      ...net,
      identityProvider: { getToken: async () => token },
      ...(fulcio !== null && { fulcioBaseURL: fulcio }),
    }),
    witnesses: [
      new RekorWitness({ ...net, ...(rekor !== null && { rekorBaseURL: rekor }) }),
      ...(tsa === null ? [] : [new TSAWitness({ ...net, tsaBaseURL: tsa })]),
    ],
  });
  try {
    return JSON.stringify(
      spelledOut(bundleToJSON(await builder.create({ data: Buffer.from(payload), type: payloadType }))),
    );
  } catch (error) {
    const cause = error instanceof InternalError && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new AttestError(
      'key',
      'signer-unavailable',
      `Sigstore did not sign: ${(error as Error).message}${cause}`.slice(0, 400),
      'Check the token (it is valid for minutes) and the addresses of Fulcio and Rekor.',
    );
  }
}

interface LoggedBundle {
  readonly verificationMaterial: { readonly tlogEntries?: readonly { readonly inclusionProof?: object }[] };
}

/** Protobuf's JSON leaves out zeros and empty lists, which a proof in a log of one entry has and other readers want to see. */
function spelledOut(bundle: unknown): unknown {
  const { verificationMaterial: material } = bundle as LoggedBundle;
  const entries = (material.tlogEntries ?? []).map((entry) => ({
    ...entry,
    ...(entry.inclusionProof !== undefined && {
      inclusionProof: { logIndex: '0', hashes: [], ...entry.inclusionProof },
    }),
  }));
  return { ...(bundle as object), verificationMaterial: { ...material, tlogEntries: entries } };
}
