import type { Manifest } from '../dataset/manifest.ts';
import type { DatasetWhere } from '../engine/open-dataset.ts';
import type { BytesPlace } from '../ledger/dataset-store.ts';
import { EXIT, numberOf, stringOf, UsageError, type Command, type Invocation } from './command.ts';
import { connected, CONNECTION_OPTIONS, type Connection, posted } from './connection.ts';
import { BASE, isId, storeFolder, STORE_OPTION, type Move, type View } from './dataset-history.ts';
import { datasetName, explaining, MANIFEST_OPTIONS, manifestOfPlace, placeName, whereOf } from './dataset-source.ts';
import { KEY_OPTIONS, signStatement } from './signing-key.ts';

export const datasetCommit: Command = {
  name: 'dataset commit',
  arguments: 'DATASET',
  summary: 'record a version of a dataset in the log, with its manifest, and keep its bytes',
  example: 'custody dataset commit reviews.csv --subject user_id --message "reviews of week 47" --key key.pem',
  details:
    'The files are copied into the content-addressed store; --in-place only notes where they lie. Tables of a server are not copied.\n' +
    'With --key the manifest is signed too and the signature recorded. A version that equals the newest is not committed again.',
  options: {
    ...MANIFEST_OPTIONS,
    as: { type: 'string', value: 'ID', help: 'the dataset it is a version of (default dataset:file:PATH)' },
    message: { type: 'string', short: 'm', value: 'TEXT', help: 'what it is' },
    alias: { type: 'string', value: 'NAME', help: 'let this name point to it' },
    base: { type: 'string', value: 'N', help: 'refuse if there is a newer version than N' },
    'in-place': { type: 'boolean', help: 'do not copy the files' },
    'dry-run': { type: 'boolean', help: 'say what would be committed' },
    ...STORE_OPTION,
    ...KEY_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  run: (invocation) =>
    explaining(async () => {
      const { out, positionals, values } = invocation;
      const [where, ...more] = positionals;
      if (where === undefined || more.length > 0) throw new UsageError('Name one dataset.');
      const message = stringOf(invocation, 'message');
      if (message === undefined) throw new UsageError('Say what it is with --message.');
      const place = whereOf(invocation, where);
      const id = stringOf(invocation, 'as') ?? `dataset:file:${datasetName(place)}`;
      if (!isId(id)) throw new UsageError('--as is dataset:NAMESPACE:NAME.');
      const labels = await acceptedLabels(invocation, id);
      const { manifest, files } = await manifestOfPlace(invocation, place, id.slice('dataset:'.length), null, labels);
      if (values['dry-run'] === true) {
        out.write(`${id}: ${manifest.predicate.rows} rows, ${files.length} files would be committed.\n`);
        return EXIT.ok;
      }
      const bytes = await keepBytes(invocation, place, manifest, files);
      return connected(invocation, async (connection) => {
        const version = await connection.json<View>(
          `${BASE}/versions`,
          posted({
            dataset: id,
            manifest,
            place: bytes,
            message,
            base: numberOf(invocation, 'base', 0, 1_000_000_000) ?? null,
          }),
        );
        if (values['key'] !== undefined) await signVersion(invocation, connection, manifest, id);
        const alias = stringOf(invocation, 'alias');
        if (alias !== undefined)
          await connection.json<Move>(
            `${BASE}/aliases`,
            posted({
              dataset: id,
              alias,
              version: version.version,
              reason: message,
            }),
          );
        if (out.json) out.write(`${JSON.stringify(version)}\n`);
        else out.write(`${id} version ${version.version}: ${version.rows} rows, entry ${version.entry}\n`);
        return EXIT.ok;
      });
    }),
};

/** What people accepted of the labels of its columns: a version says what was known when it was committed. */
async function acceptedLabels(invocation: Invocation, id: string): Promise<ReadonlyMap<string, readonly string[]>> {
  interface Label {
    readonly dataset: { readonly namespace: string; readonly name: string };
    readonly column: string;
    readonly label: string;
  }
  const { items } = await connected(invocation, (connection) =>
    connection.json<{ items: readonly Label[] }>('/custody/v1/labels?state=accepted'),
  );
  const labels = new Map<string, string[]>();
  for (const { dataset, column, label } of items)
    if (`dataset:${dataset.namespace}:${dataset.name}` === id)
      labels.set(column, [...(labels.get(column) ?? []), label]);
  return labels;
}

/** Before the log hears of a version its bytes are there: a crash between the two leaves bytes that nobody names. */
async function keepBytes(
  invocation: Invocation,
  place: DatasetWhere,
  manifest: Manifest,
  files: readonly { readonly path: string; readonly name: string }[],
): Promise<BytesPlace> {
  if (files.length === 0) return { kind: 'none', where: placeName(place) };
  if (invocation.values['in-place'] === true) return { kind: 'place', where: placeName(place) };
  const { ContentStore } = await import('../source/content-store.ts');
  const folder = storeFolder(invocation);
  const store = new ContentStore(folder);
  for (const [i, { path, name }] of files.entries()) {
    invocation.out.progress(`keeping ${name}`);
    await store.put(path, manifest.predicate.files[i]!.sha256);
  }
  return { kind: 'store', where: folder };
}

async function signVersion(
  invocation: Invocation,
  connection: Connection,
  manifest: Manifest,
  asset: string,
): Promise<void> {
  const { manifestText } = await import('../dataset/manifest.ts');
  const { bundle, publicKey } = await signStatement(manifestText(manifest), invocation);
  await connection.json(
    '/custody/v1/attestations',
    posted({
      bundle: JSON.parse(bundle) as unknown,
      asset,
      ...(publicKey !== null && { publicKeys: [publicKey] }),
    }),
  );
}
