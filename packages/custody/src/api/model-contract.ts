/** What the API answers about models. As in contract.ts, `entry` is an index in the log. */
import { z } from '@hono/zod-openapi';
import { AttestationSigner } from './attestation-contract.ts';
import { AsOfView, AssetRef } from './contract.ts';

const time = z.iso.datetime({ offset: true });
const entry = z.int().min(0);

const Attested = z
  .object({
    signature: z
      .object({ entry, recorded: time, statement: z.string(), signers: z.array(AttestationSigner) })
      .nullable()
      .openapi({
        description: 'The newest signature over its bytes that the log holds, verified when it was recorded',
      }),
    attestations: z.int().openapi({ description: 'All attestations recorded of it, signatures among them' }),
  })
  .openapi('Attested');

export const ModelVersionView = Attested.extend({
  asset: AssetRef,
  label: z.string().nullable().openapi({ description: 'What tells it from the other versions' }),
  trained: time.nullable().openapi({ description: 'End of the run that wrote it last; null if none was seen to' }),
  entry: entry.nullable().openapi({ description: 'Entry that says so' }),
  run: z.string().nullable(),
  job: AssetRef.nullable(),
  writes: z.int().openapi({ description: 'How often this name was written; a signature is of one of those times' }),
  metric: z.object({ name: z.string(), value: z.number() }).nullable(),
  reads: z.array(AssetRef).openapi({ description: 'Datasets that its run read, the first 20' }),
}).openapi('ModelVersion');

const ModelView = z
  .object({ namespace: z.string(), name: z.string(), versions: z.int(), signed: z.int(), newest: ModelVersionView })
  .openapi('Model');

export const ModelList = z
  .object({ items: z.array(ModelView).openapi({ description: 'The first 500' }), total: z.int(), asOf: AsOfView })
  .openapi('ModelList');

export const ModelInput = Attested.extend({
  asset: AssetRef,
  hops: z.int().openapi({ description: '1: read by the run that trained it; more: further up' }),
  entry: entry.nullable().openapi({ description: 'Entry that tells of the write that was read' }),
  written: time.nullable(),
  rows: z.int().nullable().openapi({ description: 'Rows of that write, as the run that wrote it says' }),
  version: z.object({ version: z.int(), manifest: z.string(), entry, isTold: z.boolean() }).nullable().openapi({
    description:
      'The dataset version that was read, if a run told its digest or number (`isTold`); else the newest committed before the training began',
  }),
  versions: z.int().openapi({ description: 'Dataset versions committed of it, at any time' }),
}).openapi('ModelInput');

export const ModelDetail = z
  .object({
    namespace: z.string(),
    name: z.string(),
    versions: z.array(ModelVersionView).openapi({ description: 'The newest first, at most 500' }),
    version: ModelVersionView.openapi({ description: 'The one asked for' }),
    inputs: z.array(ModelInput).openapi({ description: 'All it was made from, the nearest first, at most 500' }),
    asOf: AsOfView,
  })
  .openapi('ModelDetail');
