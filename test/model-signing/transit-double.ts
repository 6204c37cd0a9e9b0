/**
 * A DOUBLE of the Transit engine of HashiCorp Vault and OpenBao, for tests: neither server can be installed here. It answers
 * what their API documentation says (Transit secrets engine, "Read key" and "Sign data"), for the types ecdsa-p256,
 * ecdsa-p384, ecdsa-p521 and ed25519, and checks the token. It has not been compared with a real server.
 */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const TYPES: Readonly<Record<string, { curve: string; hash: string | null }>> = {
  'ecdsa-p256': { curve: 'P-256', hash: 'sha2-256' },
  'ecdsa-p384': { curve: 'P-384', hash: 'sha2-384' },
  'ecdsa-p521': { curve: 'P-521', hash: 'sha2-512' },
  ed25519: { curve: '', hash: null },
};

export interface TransitDouble {
  readonly url: string;
  readonly token: string;
  /** Makes a key, or another version of it. */
  create(name: string, type: string): KeyObject;
  /** Answers every request with this status from now on; null answers as it should. */
  fail: { status: number; errors: string[] } | null;
  readonly requests: string[];
  stop(): Promise<void>;
}

export async function startTransit(): Promise<TransitDouble> {
  const keys = new Map<string, { type: string; versions: { privateKey: KeyObject; publicKey: KeyObject }[] }>();
  const double = { token: 'hvs.test', fail: null as TransitDouble['fail'], requests: [] as string[] };

  const reply = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    double.requests.push(`${request.method} ${request.url}`);
    if (double.fail !== null) return reply(response, double.fail.status, { errors: double.fail.errors });
    if (request.headers['x-vault-token'] !== double.token)
      return reply(response, 403, { errors: ['permission denied'] });
    const [, act, name = '', algorithm] =
      /^\/v1\/transit\/(keys|sign)\/([\w.-]+)(?:\/([\w-]+))?$/.exec(request.url ?? '') ?? [];
    const key = keys.get(name);
    if (act === undefined || key === undefined) return reply(response, 404, { errors: [] });
    if (act === 'keys' && request.method === 'GET') return reply(response, 200, { data: described(name, key) });
    const {
      input,
      key_version: version = key.versions.length,
      marshaling_algorithm: form,
    } = JSON.parse(Buffer.concat(chunks).toString()) as {
      input: string;
      key_version?: number;
      marshaling_algorithm?: string;
    };
    const pair = key.versions[version - 1];
    const { hash } = TYPES[key.type] as { hash: string | null };
    if (pair === undefined || (hash !== null && (form !== 'asn1' || algorithm === undefined)))
      return reply(response, 400, { errors: ['bad request'] });
    const sig = sign(
      hash === null ? null : (algorithm as string).replace('sha2-', 'sha'),
      Buffer.from(input, 'base64'),
      pair.privateKey,
    );
    reply(response, 200, { data: { signature: `vault:v${version}:${sig.toString('base64')}` } });
  };
  const described = (name: string, { type, versions }: { type: string; versions: { publicKey: KeyObject }[] }) => ({
    name,
    type,
    latest_version: versions.length,
    keys: Object.fromEntries(
      versions.map(({ publicKey }, i) => [
        i + 1,
        {
          creation_time: '2026-11-01T00:00:00Z',
          public_key:
            type === 'ed25519'
              ? Buffer.from((publicKey.export({ format: 'jwk' }) as { x: string }).x, 'base64url').toString('base64')
              : publicKey.export({ type: 'spki', format: 'pem' }),
        },
      ]),
    ),
  });

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(double, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    create(name: string, type: string): KeyObject {
      const { curve } = TYPES[type] as { curve: string };
      const pair =
        type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: curve });
      const key = keys.get(name) ?? { type, versions: [] };
      key.versions.push(pair);
      keys.set(name, key);
      return pair.publicKey;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
