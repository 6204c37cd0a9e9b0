/** Routes about attestations: record one, find them, read one with its statement. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Keyring } from '../access/keyring.ts';
import { AttestError } from '../attest/attest-error.ts';
import { kindOfPredicate } from '../attest/predicate.ts';
import { parseStrictJson } from '../attest/strict-json.ts';
import type { Attestation } from '../fold/attestation-table.ts';
import type { AttestationStore } from '../ledger/attestation-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import * as contract from './attestation-contract.ts';
import { requires, type Env } from './guard.ts';
import { badRequest, notFound, Problem } from './problem.ts';
import { json, problem, refusals } from './route-parts.ts';

const tags = ['Attestations'];
const BASE = '/custody/v1/attestations';

const listRoute = createRoute({
  method: 'get',
  path: BASE,
  summary: 'Attestations of an asset, or about a digest, the newest first',
  tags,
  request: { query: contract.AttestationQuery },
  responses: { 200: json(contract.AttestationList, 'Attestations'), ...refusals },
});
const readRoute = createRoute({
  method: 'get',
  path: `${BASE}/{entry}`,
  summary: 'One attestation, with its statement',
  tags,
  request: { params: z.object({ entry: z.coerce.number().int().min(0) }) },
  responses: {
    200: json(contract.AttestationDetail, 'The attestation'),
    404: problem('No such attestation'),
    ...refusals,
  },
});
const recordRoute = createRoute({
  method: 'post',
  path: BASE,
  summary: 'Record an attestation in the log',
  description:
    'The signature is checked first, by the certificate in the bundle, the keys sent along or those in the trust folder. A refusal has one cause: its code, the step that found it, and the file.',
  tags,
  request: { body: { required: true, content: { 'application/json': { schema: contract.RecordAttestation } } } },
  responses: {
    201: json(contract.AttestationView, 'Recorded'),
    200: json(contract.AttestationView, 'Known already'),
    422: problem('Refused'),
    ...refusals,
  },
});

export interface AttestationParts {
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  readonly attestations: AttestationStore;
  /** The body, within limits. */
  readBytes(c: Context): Promise<Uint8Array>;
}

export const signerView = ({
  keyId,
  how,
  identity,
  issuer,
}: Attestation['signers'][number]): z.infer<typeof contract.AttestationSigner> => ({
  keyId,
  how,
  identity: identity ?? null,
  issuer: issuer ?? null,
});

const view = (attestation: Attestation): z.infer<typeof contract.AttestationView> => ({
  ...attestation,
  kind: kindOfPredicate(attestation.predicateType),
  subjects: [...attestation.subjects],
  signers: attestation.signers.map(signerView),
});

export function mountAttestations(
  app: OpenAPIHono<Env>,
  { ledger, keyring, attestations, readBytes }: AttestationParts,
): void {
  const read = requires(keyring, 'read');
  const ingest = requires(keyring, 'ingest');
  app.use(BASE, (c, next) => (c.req.method === 'POST' ? ingest(c, next) : read(c, next)));
  app.use(`${BASE}/*`, read);

  app.openapi(listRoute, (c) => {
    const { limit, asset, subject, statement, predicateType } = c.req.valid('query');
    const found = ledger.state.attestations.find({
      ...(asset !== undefined && { asset }),
      ...(subject !== undefined && { subject }),
      ...(statement !== undefined && { statement }),
      ...(predicateType !== undefined && { predicateType }),
    });
    return c.json({ items: found.slice(0, limit).map(view), total: found.length }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const { entry } = c.req.valid('param');
    const attestation = ledger.state.attestations.at(entry);
    if (attestation === null)
      throw notFound(`An attestation at entry ${entry}`, '`custody attest list` names those that are in the log.');
    const held = await attestations.contentOf(entry);
    const statement = held && { ...held.statement, subject: [...held.statement.subject] };
    return c.json({ ...view(attestation), content: held?.content ?? null, statementContent: statement }, 200);
  });

  // Registered as a document only: its body is bytes to us, so that it is read within limits and each key counts once.
  app.openAPIRegistry.registerPath(recordRoute);
  app.post(BASE, async (c) => {
    const { bundle, asset, publicKeys, subject } = submissionIn(await readBytes(c));
    const named = asset === undefined ? null : ledger.state.assets.meantBy(asset);
    if (asset !== undefined && named === null)
      throw badRequest('The asset is no id', 'An id is dataset:NAMESPACE:NAME or job:NAMESPACE:NAME.', '/asset');
    try {
      const { attestation, duplicate } = await attestations.record({
        content: bundle,
        asset: named,
        publicKeys: publicKeys ?? [],
        subject: subject ?? null,
        by: c.get('identity').name,
      });
      return c.json(view(attestation), duplicate ? 200 : 201);
    } catch (error) {
      if (error instanceof AttestError) throw refusedAttestation(error);
      throw error;
    }
  });
}

/** Throws Problem. */
function submissionIn(bytes: Uint8Array): z.infer<typeof contract.RecordAttestation> {
  let value: unknown;
  try {
    value = parseStrictJson(bytes, 'bundle', 'the body', bytes.length);
  } catch (error) {
    if (error instanceof AttestError) throw refusedAttestation(error);
    throw error;
  }
  const parsed = contract.RecordAttestation.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(
    'The body is wrong',
    `${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not valid'}`,
    `/${issue?.path.join('/') ?? ''}`,
  );
}

function refusedAttestation({ refusal: { step, code, message, remedy, file } }: AttestError): Problem {
  return new Problem({
    status: 422,
    code: `attest.${code}`,
    title: 'The attestation is refused',
    detail: message,
    pointer: `#step=${step}${file === null ? '' : `&file=${encodeURIComponent(file)}`}`,
    remedy,
  });
}
