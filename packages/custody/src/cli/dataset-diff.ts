import { join } from 'node:path';
import type { Manifest } from '../dataset/manifest.ts';
import type { DatasetDiff } from '../engine/diff-datasets.ts';
import type { DatasetWhere } from '../engine/open-dataset.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command, type Invocation } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import {
  bytesOf,
  detailOf,
  historyOf,
  resolveDataset,
  STORE_OPTION,
  versionIn,
  type Detail,
} from './dataset-history.ts';
import { differences } from './dataset-manifest.ts';
import {
  datasetName,
  explaining,
  MANIFEST_OPTIONS,
  manifestOfPlace,
  whereOf,
  WHERE_OPTIONS,
} from './dataset-source.ts';

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
