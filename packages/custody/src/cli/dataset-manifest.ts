/** `custody dataset manifest`, `verify`, `prove`: what a dataset is, whether it still is that, and who is in it. */
import type { Manifest } from '../dataset/manifest.ts';
import { EXIT, stringOf, UsageError, type Command } from './command.ts';
import { CONNECTION_OPTIONS } from './connection.ts';
import {
  datasetName,
  explaining,
  MANIFEST_OPTIONS,
  manifestOfPlace,
  subjectKey,
  whereOf,
  WHERE_OPTIONS,
} from './dataset-source.ts';
import { textOf } from './named-path.ts';
import { formatTable } from './table.ts';

export const datasetManifest: Command = {
  name: 'dataset manifest',
  arguments: 'DATASET',
  summary: 'what a dataset is, down to every cell, and who is in it, as a statement to sign',
  example: 'custody dataset manifest reviews.parquet --subject user_id --kind customer --out reviews.manifest.json',
  details:
    'DATASET is a CSV, TSV, JSON lines or Parquet file, a folder of them, a DuckDB file or a postgres:// URL with --table.\n' +
    'docs/manifest.md says what is digested and how.',
  options: {
    ...MANIFEST_OPTIONS,
    name: { type: 'string', value: 'NAME', help: 'name in the manifest (default: the path)' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'write it there' },
    data: CONNECTION_OPTIONS['data']!,
  },
  run: (invocation) =>
    explaining(async () => {
      const { out, positionals } = invocation;
      const [where, ...more] = positionals;
      if (where === undefined || more.length > 0) throw new UsageError('Name one dataset.');
      const { manifestText } = await import('../dataset/manifest.ts');
      const place = whereOf(invocation, where);
      const { manifest } = await manifestOfPlace(invocation, place, stringOf(invocation, 'name') ?? datasetName(place));
      const text = `${manifestText(manifest)}\n`;
      const file = stringOf(invocation, 'out');
      if (file !== undefined) await (await import('../source/text-file.ts')).replaceTextFile(file, text);
      if (out.json) out.write(text);
      else if (file === undefined || out.isTerminal) out.write(formatManifest(manifest));
      if (file !== undefined) out.note(`written to ${file}`);
      return EXIT.ok;
    }),
};

function formatManifest(manifest: Manifest): string {
  const { predicate, subject } = manifest;
  const people =
    predicate.subjects === null
      ? 'nobody is named (--subject)'
      : `${predicate.subjects.count} (${predicate.subjects.columns.join(', ')}), ${predicate.subjects.rowsOfNobody} rows of nobody, root ${predicate.subjects.root}`;
  const shown = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(6))));
  const table = formatTable(
    [
      { head: 'COLUMN', value: (column) => column.name },
      { head: 'TYPE', value: (column) => column.type },
      { head: 'NULLS', value: (column) => String(column.statistics?.nulls ?? ''), align: 'right' },
      { head: 'MEASURE', value: (column) => column.statistics?.measure ?? '' },
      { head: 'MIN', value: (column) => shown(column.statistics?.min ?? null), align: 'right' },
      { head: 'MEAN', value: (column) => shown(column.statistics?.mean ?? null), align: 'right' },
      { head: 'MAX', value: (column) => shown(column.statistics?.max ?? null), align: 'right' },
    ],
    predicate.columns.map((column) => ({
      ...column,
      statistics: predicate.statistics.find(({ name }) => name === column.name),
    })),
  );
  return (
    `${table}\n${predicate.rows} rows; their order ${predicate.order === 'kept' ? 'counts' : 'does not count'}\n` +
    `every cell  ${Object.values(subject[0]!.digest)[0]}\npeople      ${people}\n`
  );
}

export const datasetVerify: Command = {
  name: 'dataset verify',
  arguments: 'MANIFEST DATASET',
  summary: 'whether a dataset is what its manifest says; names what is not',
  example: 'custody dataset verify reviews.manifest.json reviews.parquet',
  details: 'Exit code 1 if it differs.',
  options: {
    ...WHERE_OPTIONS,
    'subject-key': MANIFEST_OPTIONS['subject-key']!,
    data: CONNECTION_OPTIONS['data']!,
  },
  run: (invocation) =>
    explaining(async () => {
      const { out, positionals } = invocation;
      const [file, where, ...more] = positionals;
      if (file === undefined || where === undefined || more.length > 0)
        throw new UsageError('Name a manifest and a dataset.');
      const { parseManifest, tableDigestOf } = await import('../dataset/manifest.ts');
      const { diffManifests } = await import('../dataset/manifest-diff.ts');
      const said = parseManifest(textOf(file, 'manifest', EXIT.environment));
      const place = whereOf(invocation, where);
      const { manifest: found } = await manifestOfPlace(invocation, place, said.subject[0]!.name, said);
      const diff = diffManifests(said, found);
      const isSame = tableDigestOf(said) === tableDigestOf(found) && diff.subjects?.isSame !== false;
      const differs = isSame ? [] : differences(said, found, diff);
      if (out.json) out.write(`${JSON.stringify({ isSame, differs, rows: found.predicate.rows })}\n`);
      else if (isSame) out.write(`${where} is what ${file} says: ${found.predicate.rows} rows, every cell.\n`);
      else out.write(`${where} is not what ${file} says.\n${differs.map((line) => `  ${line}\n`).join('')}`);
      return isSame ? EXIT.ok : EXIT.no;
    }),
};

type ManifestDiff = ReturnType<(typeof import('../dataset/manifest-diff.ts'))['diffManifests']>;

export function differences(said: Manifest, found: Manifest, diff: ManifestDiff): string[] {
  const lines: string[] = [];
  for (const { name, before, after } of diff.columns)
    lines.push(
      before === null
        ? `column ${name} (${after}) is new`
        : after === null
          ? `column ${name} (${before}) is gone`
          : `column ${name} was ${before} and is ${after}`,
    );
  if (diff.isReordered) lines.push('the columns are in another order');
  if (diff.rows.before !== diff.rows.after) lines.push(`${diff.rows.before} rows were there, ${diff.rows.after} are`);
  if (diff.subjects !== null && diff.subjects.before !== diff.subjects.after)
    lines.push(`${diff.subjects.before} people were in it, ${diff.subjects.after} are`);
  for (const { name, moved, psi } of diff.statistics)
    lines.push(
      `column ${name}: ${[...moved, ...(psi !== null && psi >= 0.1 ? [`shifted (PSI ${psi})`] : [])].join(', ')}`,
    );
  const files = new Map(found.predicate.files.map(({ name, sha256 }) => [name, sha256]));
  for (const { name, sha256 } of said.predicate.files)
    if (files.get(name) !== sha256)
      lines.push(files.has(name) ? `file ${name} has other bytes` : `file ${name} is gone`);
  if (lines.length === 0)
    lines.push('cells differ, and neither counts nor statistics show which: compare with `custody dataset diff`');
  return lines;
}

export const datasetProve: Command = {
  name: 'dataset prove',
  arguments: 'DATASET',
  summary: 'that a person is in a dataset, or is not, as a proof against the root in its manifest',
  example:
    'custody dataset prove reviews.parquet --subject user_id --kind customer --identifier C-1042 --out absent.json',
  details: 'Compare the root with that of a signed manifest: a proof by itself proves nothing.',
  options: {
    ...MANIFEST_OPTIONS,
    identifier: { type: 'string', value: 'TEXT', help: 'who, as the column writes it; several parts with commas' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'write the proof there' },
    data: CONNECTION_OPTIONS['data']!,
  },
  run: (invocation) =>
    explaining(async () => {
      const { out, positionals } = invocation;
      const [where, ...more] = positionals;
      const identifier = stringOf(invocation, 'identifier');
      const columns = stringOf(invocation, 'subject')?.split(',');
      if (where === undefined || more.length > 0 || identifier === undefined || columns === undefined)
        throw new UsageError('Name one dataset, --subject and --identifier.');
      const { identifierOf, SubjectTokens } = await import('../dataset/subject-id.ts');
      const { openDataset } = await import('../engine/open-dataset.ts');
      const { readRows } = await import('../engine/read-rows.ts');
      const { leavesOf, readProof, SubjectTree } = await import('../dataset/subject-tree.ts');
      const parts = columns.length === 1 ? [identifier] : identifier.split(',');
      if (parts.length !== columns.length) throw new UsageError(`--identifier needs ${columns.length} parts.`);
      const place = whereOf(invocation, where);
      const tokens = new SubjectTokens(await subjectKey(invocation), stringOf(invocation, 'kind') ?? 'subject');
      const relation = await openDataset(place, columns);
      const table = await readRows(relation, { identifying: columns, inOrder: false }, (who) =>
        who === null || who === '' ? null : tokens.of(who),
      ).finally(() => relation.close());
      const proof = new SubjectTree([...leavesOf(table)]).prove(Buffer.from(tokens.of(identifierOf(parts)!), 'latin1'));
      const proven = readProof(proof)!;
      const text = `${JSON.stringify({ ...proven, proof })}\n`;
      const file = stringOf(invocation, 'out');
      if (file !== undefined) await (await import('../source/text-file.ts')).replaceTextFile(file, text);
      if (out.json) out.write(text);
      else
        out.write(
          `${proven.isPresent ? 'In it' : 'Not in it'}, by ${proof.path.length} steps to the root ${proven.root}\n` +
            (proven.rootWithout === null ? '' : `Without this person the root is ${proven.rootWithout}\n`),
        );
      return EXIT.ok;
    }),
};
