/** What the commands about versions share: the history of a dataset, one version of it, and where its bytes lie. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from '@hono/zod-openapi';
import type * as contract from '../api/dataset-contract.ts';
import type { Manifest } from '../dataset/manifest.ts';
import type { BytesPlace } from '../ledger/dataset-store.ts';
import { CommandError, EXIT, stringOf, type Invocation } from './command.ts';
import { dataFolder, type Connection } from './connection.ts';

export type View = z.infer<typeof contract.DatasetVersionView>;
export type History = z.infer<typeof contract.DatasetHistory>;
export type Move = z.infer<typeof contract.AliasMoveView>;
export interface Detail extends View {
  readonly content: { readonly manifest: Manifest; readonly place: BytesPlace } | null;
}

export const BASE = '/custody/v1/datasets';
export const STORE_OPTION = {
  store: { type: 'string', value: 'FOLDER', help: 'content-addressed store (default: `store` in the data folder)' },
} as const;
export const storeFolder = (invocation: Invocation): string =>
  resolve(stringOf(invocation, 'store') ?? join(dataFolder(invocation), 'store'));

export const isId = (text: string): boolean => /^dataset:.+:.+/s.test(text);
export const historyOf = (connection: Connection, dataset: string): Promise<History> =>
  connection.json<History>(`${BASE}/versions?${new URLSearchParams({ dataset })}`);

/** The id of a dataset that has versions; a part of it is enough if only one has it. */
export async function resolveDataset(connection: Connection, wanted: string): Promise<string> {
  const { items } = await connection.json<z.infer<typeof contract.VersionedDatasets>>(BASE);
  const ids = items.map(({ dataset }) => dataset);
  if (ids.includes(wanted)) return wanted;
  const found = ids.filter((id) => id.includes(wanted));
  if (found.length === 1) return found[0]!;
  throw new CommandError(
    found.length === 0
      ? `No dataset with versions matches "${wanted}".`
      : `"${wanted}" may be any of ${found.join(', ')}.`,
    ids.length === 0
      ? 'Commit a first version: `custody dataset commit`.'
      : `There are: ${ids.slice(0, 8).join(', ')}.`,
    EXIT.no,
  );
}

/** A version by its number, an alias, `latest`, or the beginning of its manifest's digest. */
export function versionIn({ versions, dataset }: History, wanted: string): View {
  const found = versions.filter(
    ({ version, aliases, manifest }) =>
      String(version) === wanted || aliases.includes(wanted) || (wanted.length >= 6 && manifest.includes(wanted)),
  );
  if (found.length === 1) return found[0]!;
  throw new CommandError(
    `${dataset} has ${found.length === 0 ? 'no version' : 'several versions'} ${wanted}.`,
    `It has versions 1 to ${versions.length}${[...new Set(versions.flatMap(({ aliases }) => aliases))].map((alias) => `, ${alias}`).join('')}.`,
    EXIT.no,
  );
}

export const detailOf = (connection: Connection, { dataset, version }: View): Promise<Detail> =>
  connection.json<Detail>(`${BASE}/version?${new URLSearchParams({ dataset, version: String(version) })}`);

/** A folder whose files are those of a version, checked by their digests, and what to do with it afterwards. */
export async function bytesOf(
  invocation: Invocation,
  detail: Detail,
): Promise<readonly { name: string; path: string }[]> {
  const { content, version, dataset } = detail;
  if (content === null)
    throw new CommandError(`The manifest of version ${version} was erased.`, 'Choose another version.', EXIT.no);
  const { manifest, place } = content;
  const { files } = manifest.predicate;
  if (place.kind === 'none' || files.length === 0)
    throw new CommandError(
      `The bytes of ${dataset} version ${version} were not kept: it is a table (${place.where}).`,
      'Export the table to a file and commit that.',
      EXIT.no,
    );
  if (place.kind === 'place') {
    const isFile = (await stat(place.where).catch(() => null))?.isFile() ?? false;
    return files.map(({ name }) => ({ name, path: isFile ? place.where : join(place.where, name) }));
  }
  const { ContentStore } = await import('../source/content-store.ts');
  const store = new ContentStore(stringOf(invocation, 'store') ?? place.where);
  return files.map(({ name, sha256 }) => ({ name, path: store.pathOf(sha256) }));
}
