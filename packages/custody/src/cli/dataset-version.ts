/** `custody dataset commit`, `log`, `alias`, `diff`, `rollback`: versions of datasets in the log, and the way back to one. */
import { join, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import type { z } from '@hono/zod-openapi';
import type * as contract from '../api/dataset-contract.ts';
import type { Manifest } from '../dataset/manifest.ts';
import type { BytesPlace } from '../ledger/dataset-store.ts';
import type { DatasetDiff } from '../engine/diff-datasets.ts';
import type { DatasetWhere } from '../engine/open-dataset.ts';
import { CommandError, EXIT, numberOf, stringOf, UsageError, type Command, type Invocation } from './command.ts';
import { connected, CONNECTION_OPTIONS, dataFolder, type Connection } from './connection.ts';
import { differences } from './dataset-manifest.ts';
import {
  datasetName,
  explaining,
  MANIFEST_OPTIONS,
  manifestOfPlace,
  placeName,
  whereOf,
  WHERE_OPTIONS,
} from './dataset-source.ts';
import { KEY_OPTIONS, signStatement } from './signing-key.ts';
import { formatTable, shortTime } from './table.ts';

type View = z.infer<typeof contract.DatasetVersionView>;
type History = z.infer<typeof contract.DatasetHistory>;
type Move = z.infer<typeof contract.AliasMoveView>;
interface Detail extends View {
  readonly content: { readonly manifest: Manifest; readonly place: BytesPlace } | null;
}

const BASE = '/custody/v1/datasets';
const STORE_OPTION = {
  store: { type: 'string', value: 'FOLDER', help: 'content-addressed store (default: `store` in the data folder)' },
} as const;
const storeFolder = (invocation: Invocation): string =>
  resolve(stringOf(invocation, 'store') ?? join(dataFolder(invocation), 'store'));

const post = <T>(connection: Connection, path: string, body: unknown): Promise<T> =>
  connection.json<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const isId = (text: string): boolean => /^dataset:.+:.+/s.test(text);
const historyOf = (connection: Connection, dataset: string): Promise<History> =>
  connection.json<History>(`${BASE}/versions?${new URLSearchParams({ dataset })}`);

/** The id of a dataset that has versions; a part of it is enough if only one has it. */
async function resolveDataset(connection: Connection, wanted: string): Promise<string> {
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
function versionIn({ versions, dataset }: History, wanted: string): View {
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

const detailOf = (connection: Connection, { dataset, version }: View): Promise<Detail> =>
  connection.json<Detail>(`${BASE}/version?${new URLSearchParams({ dataset, version: String(version) })}`);

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
        const version = await post<View>(connection, `${BASE}/versions`, {
          dataset: id,
          manifest,
          place: bytes,
          message,
          base: numberOf(invocation, 'base', 0, 1_000_000_000) ?? null,
        });
        if (values['key'] !== undefined) await signVersion(invocation, connection, manifest, id);
        const alias = stringOf(invocation, 'alias');
        if (alias !== undefined)
          await post<Move>(connection, `${BASE}/aliases`, {
            dataset: id,
            alias,
            version: version.version,
            reason: message,
          });
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
  await post(connection, '/custody/v1/attestations', {
    bundle: JSON.parse(bundle) as unknown,
    asset,
    ...(publicKey !== null && { publicKeys: [publicKey] }),
  });
}

export const datasetLog: Command = {
  name: 'dataset log',
  arguments: '[DATASET]',
  summary: 'versions of a dataset and how its aliases moved, the newest first',
  example: 'custody dataset log reviews',
  details: 'Without a name: the datasets that have versions.',
  options: { ...CONNECTION_OPTIONS },
  run: (invocation) =>
    connected(invocation, async (connection) => {
      const { out, positionals } = invocation;
      const [wanted] = positionals;
      if (wanted === undefined) {
        const answer = await connection.json<z.infer<typeof contract.VersionedDatasets>>(BASE);
        if (out.json) out.write(`${JSON.stringify(answer)}\n`);
        else if (answer.total === 0) out.write('No dataset has versions. `custody dataset commit FILE` makes one.\n');
        else
          out.write(
            formatTable(
              [
                { head: 'VERSIONS', value: ({ newest }) => String(newest.version), align: 'right' },
                { head: 'ROWS', value: ({ newest }) => String(newest.rows), align: 'right' },
                { head: 'NEWEST', value: ({ newest }) => shortTime(newest.recorded) },
                { head: 'DATASET', value: ({ dataset }) => dataset },
              ],
              answer.items,
            ),
          );
        return EXIT.ok;
      }
      const history = await historyOf(connection, await resolveDataset(connection, wanted));
      if (out.json) out.write(`${JSON.stringify(history)}\n`);
      else out.write(formatHistory(history));
      return EXIT.ok;
    }),
};

function formatHistory({ dataset, versions, moves }: History): string {
  const table = formatTable(
    [
      { head: 'VERSION', value: (one: View) => String(one.version), align: 'right' },
      { head: 'COMMITTED (UTC)', value: (one) => shortTime(one.recorded) },
      { head: 'BY', value: (one) => one.by },
      { head: 'ROWS', value: (one) => String(one.rows), align: 'right' },
      { head: 'PEOPLE', value: (one) => (one.subjects === null ? '' : String(one.subjects.count)), align: 'right' },
      { head: 'BYTES', value: (one) => one.bytes },
      { head: 'SIGNED', value: (one) => (one.signatures > 0 ? 'yes' : 'no') },
      { head: 'ALIASES', value: (one) => one.aliases.join(', ') },
      { head: 'MESSAGE', value: (one) => one.message },
    ],
    versions,
  );
  const said = moves.map(
    (move) =>
      `${shortTime(move.recorded)}  ${move.by} let ${move.alias} point to version ${move.version}${move.from === null ? '' : ` instead of ${move.from}`}${move.isRestored ? ', bytes put back and verified' : ''}: ${move.reason}\n`,
  );
  return `${dataset}\n\n${table}${said.length > 0 ? `\n${said.join('')}` : ''}`;
}

export const datasetAlias: Command = {
  name: 'dataset alias',
  arguments: 'DATASET NAME VERSION',
  summary: 'let a name such as production point to a version, with a reason',
  example: 'custody dataset alias reviews approved 3 --reason "checked by the model risk board"',
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'why' },
    ...CONNECTION_OPTIONS,
  },
  run: (invocation) =>
    connected(invocation, async (connection) => {
      const { out, positionals } = invocation;
      const [wanted, alias, version, ...more] = positionals;
      const reason = stringOf(invocation, 'reason');
      if (wanted === undefined || alias === undefined || version === undefined || more.length > 0)
        throw new UsageError('Name a dataset, an alias and a version.');
      if (reason === undefined) throw new UsageError('Say why with --reason.');
      const history = await historyOf(connection, await resolveDataset(connection, wanted));
      const found = versionIn(history, version);
      const move = await post<Move>(connection, `${BASE}/aliases`, {
        dataset: history.dataset,
        alias,
        version: found.version,
        reason,
      });
      if (out.json) out.write(`${JSON.stringify(move)}\n`);
      else out.write(`${alias} is version ${move.version} now, entry ${move.entry}\n`);
      return EXIT.ok;
    }),
};

/** A folder whose files are those of a version, checked by their digests, and what to do with it afterwards. */
async function bytesOf(invocation: Invocation, detail: Detail): Promise<readonly { name: string; path: string }[]> {
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

export const datasetDiff: Command = {
  name: 'dataset diff',
  arguments: 'DATASET OLD NEW | FILE FILE',
  summary: 'rows, cells, people, columns and statistics that differ between two versions or two datasets',
  example: 'custody dataset diff reviews 2 latest --by review_id',
  details:
    'OLD and NEW are numbers, aliases or digests of versions. Rows are compared by the key columns of --by, else by their place.\n' +
    'Values are not shown. Exit code 1 if they differ.',
  options: {
    by: { type: 'string', value: 'COLUMN', help: 'key of a row; several columns with commas' },
    ...WHERE_OPTIONS,
    subject: MANIFEST_OPTIONS['subject']!,
    kind: MANIFEST_OPTIONS['kind']!,
    'subject-key': MANIFEST_OPTIONS['subject-key']!,
    ...STORE_OPTION,
    ...CONNECTION_OPTIONS,
  },
  run: (invocation) =>
    explaining(async () => {
      const { positionals } = invocation;
      if (positionals.length === 2) {
        const places = positionals.map((where) => whereOf(invocation, where));
        const [old, now] = [
          (await manifestOfPlace(invocation, places[0]!, datasetName(places[0]!))).manifest,
          (await manifestOfPlace(invocation, places[1]!, datasetName(places[1]!))).manifest,
        ];
        return compare(invocation, old, now, places[0]!, places[1]!);
      }
      if (positionals.length !== 3) throw new UsageError('Name a dataset and two versions, or two files.');
      const [wanted, before, after] = positionals as [string, string, string];
      return connected(invocation, async (connection) => {
        const history = await historyOf(connection, await resolveDataset(connection, wanted));
        const details = [
          await detailOf(connection, versionIn(history, before)),
          await detailOf(connection, versionIn(history, after)),
        ] as const;
        if (details.some(({ bytes }) => bytes === 'none')) return compareManifests(invocation, details);
        return withVersions(invocation, details, (old, now) =>
          compare(invocation, details[0].content!.manifest, details[1].content!.manifest, old, now),
        );
      });
    }),
};

/** Lays the bytes of two versions out under their own names, because their endings say what they are. */
async function withVersions<T>(
  invocation: Invocation,
  details: readonly [Detail, Detail],
  use: (old: DatasetWhere, now: DatasetWhere) => Promise<T>,
): Promise<T> {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { copyVerified } = await import('../source/content-store.ts');
  const folder = await mkdtemp(join(tmpdir(), 'custody-versions-'));
  try {
    const places: DatasetWhere[] = [];
    for (const [i, detail] of details.entries()) {
      const files = await bytesOf(invocation, detail);
      for (const [at, { name, path }] of files.entries())
        await copyVerified(
          path,
          join(folder, String(i), name),
          detail.content!.manifest.predicate.files[at]!.sha256,
          'The version cannot be read where it lay; commit with a store.',
        );
      const only = files.length === 1 ? join(folder, String(i), files[0]!.name) : join(folder, String(i));
      places.push(whereOf(invocation, only));
    }
    return await use(places[0]!, places[1]!);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the manifests alone say, where the bytes of a version were not kept. */
async function compareManifests(invocation: Invocation, details: readonly [Detail, Detail]): Promise<0 | 1> {
  const { diffManifests } = await import('../dataset/manifest-diff.ts');
  const [old, now] = details.map(({ content, version }) => {
    if (content === null)
      throw new CommandError(`The manifest of version ${version} was erased.`, 'Choose another version.', EXIT.no);
    return content.manifest;
  }) as [Manifest, Manifest];
  const summary = diffManifests(old, now);
  const { out } = invocation;
  if (out.json) out.write(`${JSON.stringify({ isSame: summary.isSame, manifest: summary, rows: null })}\n`);
  else {
    const lines = summary.isSame ? ['The same rows and columns.'] : differences(old, now, summary);
    out.write(`${lines.join('\n')}\n`);
    out.note('The bytes were not kept, so that rows cannot be compared: this is what the manifests say.');
  }
  return summary.isSame ? EXIT.ok : EXIT.no;
}

async function compare(
  invocation: Invocation,
  old: Manifest,
  now: Manifest,
  before: DatasetWhere,
  after: DatasetWhere,
): Promise<0 | 1> {
  const { openDataset } = await import('../engine/open-dataset.ts');
  const { diffDatasets } = await import('../engine/diff-datasets.ts');
  const { diffManifests } = await import('../dataset/manifest-diff.ts');
  const key = stringOf(invocation, 'by')?.split(',') ?? [];
  const summary = diffManifests(old, now);
  let rows: DatasetDiff;
  const first = await openDataset(before, []);
  try {
    const second = await openDataset(after, []);
    try {
      rows = await diffDatasets(first, second, key);
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
  const isSame = summary.isSame && rows.added + rows.removed + rows.changed === 0;
  if (invocation.out.json) invocation.out.write(`${JSON.stringify({ isSame, manifest: summary, rows })}\n`);
  else invocation.out.write(isSame ? 'The same rows and columns.\n' : formatDiff(old, now, summary, rows));
  return isSame ? EXIT.ok : EXIT.no;
}

function formatDiff(
  old: Manifest,
  now: Manifest,
  summary: Parameters<typeof differences>[2],
  rows: DatasetDiff,
): string {
  const how = { key: 'by key', place: 'row by row', whole: 'as whole rows' }[rows.by];
  const lines = [`${rows.added} rows added, ${rows.removed} removed, ${rows.changed} changed (${how})`];
  const SHOWN = 20;
  const listed = (word: string, numbers: readonly number[]) => {
    if (numbers.length > 0)
      lines.push(`  ${word}: row ${numbers.slice(0, SHOWN).join(', ')}${numbers.length > SHOWN ? ', …' : ''}`);
  };
  for (const { before, after, columns } of rows.changedRows.slice(0, SHOWN))
    lines.push(`  changed: row ${before}${before === after ? '' : ` -> ${after}`}: ${columns.join(', ')}`);
  if (rows.changed > SHOWN) lines.push(`  … and ${rows.changed - SHOWN} more`);
  listed('added', rows.addedRows);
  listed('removed', rows.removedRows);
  if (summary.subjects !== null && !summary.subjects.isSame)
    lines.push(`people: ${summary.subjects.before} before, ${summary.subjects.after} after; what is theirs changed`);
  lines.push(
    ...differences(old, now, summary).filter((line) => !line.startsWith('cells differ') && !line.includes('file ')),
  );
  return `${lines.join('\n')}\n`;
}

export const datasetRollback: Command = {
  name: 'dataset rollback',
  arguments: 'DATASET VERSION',
  summary: 'put the verified bytes of a version back, let an alias point to it, and record who and why',
  example:
    'custody dataset rollback reviews 2 --alias production --to /lake/reviews.csv --reason "version 3 is shifted"',
  details:
    'The bytes are checked against the manifest before anything is replaced, and what is restored is read again, cell by cell.\n' +
    'Without --to they go where the version lay when it was committed. --dry-run only checks.',
  options: {
    alias: { type: 'string', value: 'NAME', help: 'name that points to it from now on (default production)' },
    reason: { type: 'string', value: 'TEXT', help: 'why' },
    to: { type: 'string', value: 'PATH', help: 'where the file, or the folder of files, is put' },
    'dry-run': { type: 'boolean', help: 'check the bytes and change nothing' },
    'subject-key': MANIFEST_OPTIONS['subject-key']!,
    ...WHERE_OPTIONS,
    ...STORE_OPTION,
    ...CONNECTION_OPTIONS,
  },
  run: (invocation) =>
    explaining(() =>
      connected(invocation, async (connection) => {
        const { out, positionals, values } = invocation;
        const [wanted, number, ...more] = positionals;
        const reason = stringOf(invocation, 'reason');
        const isDry = values['dry-run'] === true;
        if (wanted === undefined || number === undefined || more.length > 0)
          throw new UsageError('Name a dataset and a version.');
        if (reason === undefined && !isDry) throw new UsageError('Say why with --reason.');
        const history = await historyOf(connection, await resolveDataset(connection, wanted));
        const detail = await detailOf(connection, versionIn(history, number));
        const sources = await bytesOf(invocation, detail);
        const { manifest } = detail.content!;
        const { files } = manifest.predicate;
        const to = stringOf(invocation, 'to') ?? nameOfFile(history.dataset);
        if (to === null) throw new UsageError('Say where the bytes go with --to.');
        const targets = files.map(({ name }) => (files.length === 1 ? to : join(to, name)));
        const { copyVerified } = await import('../source/content-store.ts');
        const { mkdtemp, rm } = await import('node:fs/promises');
        // All of it is made beside its place first: a folder of files is never half of one version and half of another.
        const staged = await mkdtemp(`${resolve(to)}.restore-`).catch((error: Error) => {
          throw new CommandError(`Cannot write beside ${to}: ${error.message}.`, 'Check the folder.');
        });
        try {
          for (const [i, { name, path }] of sources.entries())
            await copyVerified(
              path,
              join(staged, name),
              files[i]!.sha256,
              'The bytes of the version are damaged or were changed where they lay; nothing was replaced.',
            );
          const only = files.length === 1 ? join(staged, files[0]!.name) : staged;
          await verifyCells(invocation, manifest, whereOf(invocation, only));
          if (isDry) {
            out.write(`Version ${detail.version} is whole: ${manifest.predicate.rows} rows. Nothing was changed.\n`);
            return EXIT.ok;
          }
          await putInPlace(only, to, files.length === 1);
        } finally {
          await rm(staged, { recursive: true, force: true });
        }
        const move = await post<Move>(connection, `${BASE}/aliases`, {
          dataset: history.dataset,
          alias: stringOf(invocation, 'alias') ?? 'production',
          version: detail.version,
          reason,
          isRestored: true,
        });
        if (out.json) out.write(`${JSON.stringify({ ...move, restored: targets })}\n`);
        else
          out.write(
            `Version ${detail.version} is back in ${to}: ${manifest.predicate.rows} rows, every cell verified.\n` +
              `${move.alias} points to it, entry ${move.entry}.\n`,
          );
        return EXIT.ok;
      }),
    ),
};

const nameOfFile = (dataset: string): string | null =>
  dataset.startsWith('dataset:file:/') ? dataset.slice('dataset:file:'.length) : null;

/** What is about to be restored is read, cell by cell: bytes that were right may still not be the version's table. */
async function verifyCells(invocation: Invocation, manifest: Manifest, place: DatasetWhere): Promise<void> {
  const { tableDigestOf } = await import('../dataset/manifest.ts');
  const { openDataset } = await import('../engine/open-dataset.ts');
  const { makeManifest } = await import('../engine/make-manifest.ts');
  const relation = await openDataset(place, []);
  try {
    const { order, files } = manifest.predicate;
    const made = await makeManifest(relation, { name: manifest.subject[0]!.name, files, order, subjects: null });
    if (tableDigestOf(made.manifest) !== tableDigestOf(manifest))
      throw new CommandError(
        'The files are those of the version, and hold other rows than its manifest says.',
        'The manifest was made by something else; nothing was replaced.',
        EXIT.no,
      );
  } finally {
    await relation.close();
  }
}

/**
 * One file by a rename. A folder is exchanged whole: what was there is set aside first, and comes back if the exchange fails;
 * only a crash between the two renames leaves it aside, in a folder whose name says so.
 */
async function putInPlace(from: string, to: string, isFile: boolean): Promise<void> {
  const { mkdir, rename, rm } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  if (isFile) {
    await mkdir(dirname(to), { recursive: true });
    return rename(from, to);
  }
  const aside = `${resolve(to)}.replaced-${process.pid}`;
  const wasThere = await rename(to, aside).then(
    () => true,
    () => false,
  );
  try {
    await rename(from, to);
  } catch (error) {
    if (wasThere) await rename(aside, to);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}
