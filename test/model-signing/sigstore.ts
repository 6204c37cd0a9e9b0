/** Fulcio and Rekor of `@sigstore/mock` behind a real local server, and the trusted root that vouches for them. */
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog } from '@sigstore/mock';

export interface LocalSigstore {
  readonly url: string;
  /** As JSON: trusted_root.json. */
  readonly trustedRoot: object;
  stop(): Promise<void>;
}

const view = (bytes: ArrayBufferView<ArrayBufferLike>): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

interface ProposedEntry {
  readonly kind: string;
  readonly spec: { readonly proposedContent?: { readonly envelope: string; readonly verifiers: readonly string[] } };
}

/**
 * What Rekor logs of a proposed `dsse` entry (rekor/pkg/types/dsse/v0.0.1): digests and signatures. The double's own handler
 * logs the proposal as it came, which no verifier takes for this kind.
 */
function canonicalEntry(proposed: ProposedEntry): object {
  const { proposedContent } = proposed.spec;
  if (proposed.kind !== 'dsse' || proposedContent === undefined) return proposed;
  const { payload, signatures } = JSON.parse(proposedContent.envelope) as {
    payload: string;
    signatures: { sig: string }[];
  };
  const hash = (bytes: string | Buffer) => ({
    algorithm: 'sha256',
    value: createHash('sha256').update(bytes).digest('hex'),
  });
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: hash(proposedContent.envelope),
      payloadHash: hash(Buffer.from(payload, 'base64')),
      signatures: signatures.map(({ sig }, i) => ({
        signature: sig,
        // Rekor writes the certificate anew, as Go and OpenSSL do: with a line end after the last line.
        verifier: Buffer.from(
          new X509Certificate(Buffer.from(proposedContent.verifiers[i] as string, 'base64')).toString(),
        ).toString('base64'),
      })),
    },
  };
}

/** `clock`: what the log says the time is; left out, the real one. */
export async function startSigstore(clock?: Date): Promise<LocalSigstore> {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ctlog = await initializeCTLog(pair());
  const ca = await initializeCA(pair(), ctlog);
  const server: Server = createServer((request, response) => {
    void answer(request).then(({ statusCode, response: body, contentType }) => {
      response.writeHead(statusCode, { 'content-type': contentType ?? 'text/plain' });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tlog = await initializeTLog(url, pair(), clock);
  const rekor = async (body: string) => ({
    statusCode: 201,
    response: JSON.stringify(await tlog.log(canonicalEntry(JSON.parse(body) as ProposedEntry))),
    contentType: 'application/json',
  });
  const handlers = [fulcioHandler(ca), { path: '/api/v1/log/entries', fn: rekor }];
  async function answer(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const handler = handlers.find(({ path }) => path === request.url);
    return handler
      ? handler.fn(Buffer.concat(chunks).toString())
      : { statusCode: 404, response: 'no such path', contentType: 'text/plain' };
  }
  const start = '2020-01-01T00:00:00Z';
  const logOf = (publicKey: Buffer, keyId: Buffer) => ({
    baseUrl: url,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: publicKey.toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor: { start } },
    logId: { keyId: keyId.toString('base64') },
  });
  return {
    url,
    trustedRoot: {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [logOf(tlog.publicKey, createHash('sha256').update(tlog.publicKey).digest())],
      certificateAuthorities: [
        {
          subject: { organization: 'sigstore.mock', commonName: 'sigstore' },
          uri: url,
          certChain: { certificates: [{ rawBytes: view(ca.rootCertificate).toString('base64') }] },
          validFor: { start },
        },
      ],
      ctlogs: [logOf(ctlog.publicKey, view(ctlog.logID))],
      timestampAuthorities: [],
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** An OpenID token as an identity provider would make it; Fulcio's double does not check its signature. */
export function identityToken(subject: string, issuer: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1_000);
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: subject, iss: issuer, aud: 'sigstore', iat: now, exp: now + 300 })}.${Buffer.from('no signature').toString('base64url')}`;
}
