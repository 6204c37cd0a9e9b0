/** Attestations in the log, from the command line: recorded there, and found there with a proof that holds. */
import { createHash } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import type * as contract from '../api/attestation-contract.ts';
import { AttestError } from '../attest/attest-error.ts';
import type { Bundle } from '../attest/bundle.ts';
import { stringOf, type Invocation } from './command.ts';
import type { SignedStatement } from './signing-key.ts';
import { connected, posted } from './connection.ts';

type View = z.infer<typeof contract.AttestationView>;
type List = z.infer<typeof contract.AttestationList>;

const BASE = '/custody/v1/attestations';

export interface RecordedEntry {
  readonly entry: number;
  /** RFC 3339: when the log took it. */
  readonly recorded: string;
  /** Name of the log. */
  readonly origin: string;
}

/** "sha256:<hex>" of the signed payload: the same statement has the same digest, whoever wraps it. */
export const payloadDigest = (payload: Uint8Array): string =>
  `sha256:${createHash('sha256').update(payload).digest('hex')}`;

/** Records a bundle, of the asset that --asset names. Throws CommandError. */
export function recordAttestation({ bundle, publicKey }: SignedStatement, invocation: Invocation): Promise<View> {
  const asset = stringOf(invocation, 'asset');
  return connected(invocation, (connection) =>
    connection.json<View>(
      BASE,
      posted({
        bundle: JSON.parse(bundle),
        ...(publicKey !== null && { publicKeys: [publicKey] }),
        ...(asset !== undefined && { asset }),
      }),
    ),
  );
}

/**
 * The first entry that holds this very signature, with its inclusion proof checked against the log's signed checkpoint.
 * Throws AttestError `not-recorded`.
 */
export function recordedEntry({ envelope }: Bundle, invocation: Invocation): Promise<RecordedEntry> {
  return connected(invocation, async (connection) => {
    const { items } = await connection.json<List>(`${BASE}?statement=${payloadDigest(envelope.payload)}&limit=500`);
    const { parseProof, verifyProof, parseVerifierKey } = await import('@custody/verify');
    const { log } = await connection.json<{ log: { key: string; origin: string } }>('/custody/v1/status');
    const oldest = [...items].sort((a, b) => a.entry - b.entry);
    for (const { entry, recorded } of oldest) {
      const proof = await connection.text(`/custody/v1/entries/${entry}/proof?payload=true`);
      const proved = await verifyProof(parseProof(Buffer.from(proof)), parseVerifierKey(log.key));
      if (holdsSignature(proved.payload, envelope.signatures[0]?.sig)) return { entry, recorded, origin: log.origin };
    }
    throw new AttestError(
      'log',
      'not-recorded',
      'the log holds no entry of this signature',
      'Record it: `custody attest record SIGNATURE`.',
    );
  });
}

const holdsSignature = (payload: Uint8Array | null | undefined, sig: Uint8Array | undefined): boolean =>
  payload !== null &&
  payload !== undefined &&
  sig !== undefined &&
  Buffer.from(payload).includes(Buffer.from(sig).toString('base64'));
