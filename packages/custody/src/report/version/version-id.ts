/**
 * Ids of versions of datasets and jobs, and of jobs. Marquez hands out UUIDs; ours are made from what they stand for (RFC 9562 version 5), so the
 * same log gives the same ids on every machine and after every restart.
 */
import { createHash } from 'node:crypto';
import type { AssetName } from '../../event/event.ts';

/** Namespace of these ids: the version 5 UUID of `https://custody.dev/ns/version` in the RFC's URL namespace. */
const NAMESPACE = uuid5(Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex'), 'https://custody.dev/ns/version');

/** A dataset as one run left it. `run` is empty for one that no run is known to have written. */
export const datasetVersionId = ({ namespace, name }: AssetName, run: string, schema: string): string =>
  idOf(['dataset', namespace, name, run, schema]);

/** A job with what it reads and writes: as in Marquez, a job that reads something else is another version of it. */
export const jobVersionId = (
  { namespace, name }: AssetName,
  inputs: readonly AssetName[],
  outputs: readonly AssetName[],
): string => idOf(['job', namespace, name, sorted(inputs), sorted(outputs)]);

export const jobId = ({ namespace, name }: AssetName): string => idOf(['job', namespace, name]);

const sorted = (names: readonly AssetName[]): string[] =>
  names.map(({ namespace, name }) => JSON.stringify([namespace, name])).sort();

const idOf = (parts: readonly unknown[]): string => formatted(uuid5(NAMESPACE, JSON.stringify(parts)));

function uuid5(namespace: Buffer, name: string): Buffer {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
}

function formatted(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
