import { join, resolve } from 'node:path';
import type { Manifest } from '../dataset/manifest.ts';
import type { DatasetWhere } from '../engine/open-dataset.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS, posted } from './connection.ts';
import {
  BASE,
  bytesOf,
  detailOf,
  historyOf,
  resolveDataset,
  STORE_OPTION,
  versionIn,
  type Move,
} from './dataset-history.ts';
import { explaining, whereOf, WHERE_OPTIONS } from './dataset-source.ts';

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
          await verifyCells(manifest, whereOf(invocation, only));
          if (isDry) {
            out.write(`Version ${detail.version} is whole: ${manifest.predicate.rows} rows. Nothing was changed.\n`);
            return EXIT.ok;
          }
          await putInPlace(only, to, files.length === 1);
        } finally {
          await rm(staged, { recursive: true, force: true });
        }
        const move = await connection.json<Move>(
          `${BASE}/aliases`,
          posted({
            dataset: history.dataset,
            alias: stringOf(invocation, 'alias') ?? 'production',
            version: detail.version,
            reason,
            isRestored: true,
          }),
        );
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
async function verifyCells(manifest: Manifest, place: DatasetWhere): Promise<void> {
  const { tableDigestOf } = await import('../dataset/manifest.ts');
  const { tableDigest } = await import('../dataset/row-digest.ts');
  const { openDataset } = await import('../engine/open-dataset.ts');
  const { readRows } = await import('../engine/read-rows.ts');
  const { order } = manifest.predicate;
  const relation = await openDataset(place, []);
  try {
    const table = await readRows(relation, { identifying: [], inOrder: order === 'kept' });
    if (tableDigest(relation.columns, order, table) !== tableDigestOf(manifest))
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
