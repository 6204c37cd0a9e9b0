/** Attestations and the log: record one that somebody made, list what is recorded. */
import type { z } from '@hono/zod-openapi';
import type * as contract from '../api/attestation-contract.ts';
import { parseStrictJson } from '../attest/strict-json.ts';
import { EXIT, stringOf, stringsOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { bytesOf, textOf } from './named-path.ts';

type View = z.infer<typeof contract.AttestationView>;
type List = z.infer<typeof contract.AttestationList>;

const BASE = '/custody/v1/attestations';
const BYTES_MAX = 30_000_000;

export const attestRecord: Command = {
  name: 'attest record',
  arguments: 'FILE',
  summary: 'record an attestation or a model signature in the log, bound to an asset',
  example: 'custody attest record model.sig --asset dataset:lake:models/credit-v3 --public-key key.pub',
  options: {
    asset: { type: 'string', value: 'ID', help: 'the asset it is of, such as dataset:NAMESPACE:NAME' },
    'public-key': {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: 'public key of the signer (PEM), if it holds no certificate',
    },
    subject: { type: 'string', value: 'SUBJECT', help: 'refuse it unless it is about this: a path or NAME@sha256:HEX' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new UsageError('Name one attestation.');
    const bundle = parseStrictJson(bytesOf(path, 'attestation'), 'bundle', path, BYTES_MAX);
    const publicKeys = stringsOf(invocation, 'public-key').map((file) => textOf(file, 'public key'));
    const asset = stringOf(invocation, 'asset');
    const subject = stringOf(invocation, 'subject');
    const digest =
      subject === undefined
        ? null
        : Object.entries((await (await import('../source/artifact.ts')).artifactOf(subject)).digest)[0];
    return connected(invocation, async (connection) => {
      const view = await connection.json<View>(BASE, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          bundle,
          publicKeys,
          ...(asset !== undefined && { asset }),
          ...(digest && { subject: digest.join(':') }),
        }),
      });
      if (out.json) out.write(`${JSON.stringify(view)}\n`);
      else
        out.write(
          `RECORDED  ${view.kind ?? view.predicateType}\n  entry ${view.entry}, ${view.recorded}\n  signed by ${signerOf(view)}\n`,
        );
      return EXIT.ok;
    });
  },
};

const signerOf = ({ signers }: View): string =>
  signers.map(({ identity, keyId }) => identity ?? `key ${keyId}`).join(', ');

export const attestList: Command = {
  name: 'attest list',
  arguments: '[ASSET]',
  summary: 'list the attestations of an asset, or about an artifact',
  example: 'custody attest list dataset:lake:models/credit-v3',
  options: {
    subject: { type: 'string', value: 'SUBJECT', help: 'about this: a path or NAME@sha256:HEX' },
    type: { type: 'string', value: 'TYPE', help: 'of this type: a URI or a short name' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    if (positionals.length > 1) throw new UsageError('Name one asset at most.');
    const query = new URLSearchParams({ limit: '500' });
    if (positionals[0] !== undefined) query.set('asset', positionals[0]);
    const subject = stringOf(invocation, 'subject');
    if (subject !== undefined) {
      const { artifactOf } = await import('../source/artifact.ts');
      const [algorithm, hex] = Object.entries((await artifactOf(subject)).digest)[0] as [string, string];
      query.set('subject', `${algorithm}:${hex}`);
    }
    const type = stringOf(invocation, 'type');
    if (type !== undefined) query.set('predicateType', (await import('../attest/predicate.ts')).predicateTypeOf(type));
    return connected(invocation, async (connection) => {
      const list = await connection.json<List>(`${BASE}?${query.toString()}`);
      if (out.json) out.write(`${JSON.stringify(list)}\n`);
      else if (list.items.length === 0) out.note('Nothing is recorded. custody attest record FILE records one.');
      else
        for (const view of list.items)
          out.write(
            `entry ${String(view.entry).padEnd(8)} ${view.recorded}  ${(view.kind ?? view.predicateType).padEnd(12)} ${signerOf(view)}  ${view.asset ?? ''}\n`,
          );
      return EXIT.ok;
    });
  },
};
