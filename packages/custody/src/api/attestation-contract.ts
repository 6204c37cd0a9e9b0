/** What the API takes and answers about attestations. As in contract.ts, `entry` is an index in the log. */
import { z } from '@hono/zod-openapi';

const time = z.iso.datetime({ offset: true });
const entry = z.int().min(0);
const digest = z.string().regex(/^[A-Za-z0-9]{1,20}:[0-9a-f]{32,128}$/);

export const AttestationSigner = z
  .object({
    keyId: z.string().openapi({ description: '"sha256:<hex>" of the public key (SubjectPublicKeyInfo in DER)' }),
    how: z.enum(['keys', 'certificates', 'keyless']).openapi({
      description:
        'keys: the signature is by this key, whoever holds it; the others: a trusted root vouches for the identity',
    }),
    identity: z.string().nullable(),
    issuer: z.string().nullable(),
  })
  .openapi('AttestationSigner');

export const AttestationView = z
  .object({
    entry,
    recorded: time,
    by: z.string().openapi({ description: 'Who recorded it' }),
    asset: z.string().nullable().openapi({ description: 'Id of the asset it is of' }),
    statement: z.string().openapi({ description: '"sha256:<hex>" of the signed payload' }),
    predicateType: z.string(),
    kind: z.string().nullable().openapi({ description: 'A known type by its short name: model, slsa, spdx, ...' }),
    subjects: z
      .array(z.string())
      .openapi({ description: 'Digests "ALGORITHM:<hex>" of what it is about, the first 200' }),
    subjectCount: z.int(),
    signers: z.array(AttestationSigner),
  })
  .openapi('Attestation');

export const AttestationList = z.object({ items: z.array(AttestationView), total: z.int() }).openapi('AttestationList');

export const AttestationDetail = AttestationView.extend({
  content: z
    .looseObject({})
    .nullable()
    .openapi({ description: 'The bundle as it was recorded; null if its payload was erased' }),
  statementContent: z.looseObject({}).nullable().openapi({ description: 'The in-toto statement in it' }),
}).openapi('AttestationDetail');

export const RecordAttestation = z
  .object({
    bundle: z
      .looseObject({})
      .openapi({ description: 'A Sigstore bundle with a DSSE envelope, or a DSSE envelope alone' }),
    asset: z.string().max(5_000).optional().openapi({ description: 'Id of the asset it is of' }),
    publicKeys: z.array(z.string().max(10_000)).max(16).optional().openapi({
      description:
        'Public keys in PEM, where the bundle holds no certificate: the signature must be by one of them. Keys of the server itself need not be sent.',
    }),
    subject: digest.optional().openapi({ description: 'Refuse it unless it is about this digest' }),
  })
  .openapi('RecordAttestation');

export const AttestationQuery = z.object({
  asset: z.string().max(5_000).optional().openapi({ description: 'Id of an asset' }),
  subject: digest.optional().openapi({ description: 'Digest of what it is about' }),
  statement: digest.optional().openapi({ description: 'Digest of the signed payload' }),
  predicateType: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
