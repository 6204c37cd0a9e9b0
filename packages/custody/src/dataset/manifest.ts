/**
 * A dataset version's manifest: an in-toto Statement v1 that says what the dataset is, down to every cell, and who is in it
 * without naming anybody.
 */
import { canonicalJson } from '../event/canonical-json.ts';
import { DatasetError } from './dataset-error.ts';
import { ROW_ENCODING } from './row-encoding.ts';
import type { RowOrder } from './row-digest.ts';
import type { ColumnStatistics } from './statistics.ts';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const MANIFEST_TYPE = 'https://custody.dev/dataset-manifest/v1';
/** The name of our digest among a subject's digests. */
export const TABLE_DIGEST = 'custodyTable1';

export interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ManifestColumn {
  readonly name: string;
  readonly type: string;
  /** Labels that were known when the manifest was made, for example `personal:EMAIL_ADDRESS`. */
  readonly labels: readonly string[];
}

export interface ManifestSubjects {
  /** What the identifier names, for example `customer`. */
  readonly kind: string;
  readonly columns: readonly string[];
  readonly count: number;
  /** Rows without an identifier: they are nobody's. */
  readonly rowsOfNobody: number;
  readonly root: string;
  /** Which tenant key made the tokens. */
  readonly key: string;
}

export interface ManifestPredicate {
  readonly format: string;
  readonly encoding: string;
  readonly files: readonly ManifestFile[];
  readonly columns: readonly ManifestColumn[];
  readonly rows: number;
  readonly order: RowOrder;
  readonly schemaDigest: string;
  readonly subjects: ManifestSubjects | null;
  readonly statistics: readonly ColumnStatistics[];
}

export interface Manifest {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly predicateType: typeof MANIFEST_TYPE;
  readonly predicate: ManifestPredicate;
}

/** The first subject is the table, by its digest over every cell; then each file by SHA-256. */
export function manifestOf(name: string, digest: string, predicate: ManifestPredicate): Manifest {
  return {
    _type: STATEMENT_TYPE,
    subject: [
      { name, digest: { [TABLE_DIGEST]: digest } },
      ...predicate.files.map((file) => ({ name: file.name, digest: { sha256: file.sha256 } })),
    ],
    predicateType: MANIFEST_TYPE,
    predicate,
  };
}

export const tableDigestOf = (manifest: Manifest): string => manifest.subject[0]!.digest[TABLE_DIGEST]!;

/** The bytes that are hashed and signed. */
export const manifestText = (manifest: Manifest): string => canonicalJson(manifest);

const MANIFEST_BYTES_MAX = 64 << 20;
const COLUMNS_MAX = 10_000;
const FILES_MAX = 1_000_000;
const QUANTILES_MAX = 10_000;

/** Reads a manifest from a stranger. Throws DatasetError that names the first thing wrong. */
export function parseManifest(text: string): Manifest {
  if (text.length > MANIFEST_BYTES_MAX) throw bad(`it is larger than ${MANIFEST_BYTES_MAX} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad('it is not JSON');
  }
  const statement = object(value, 'the statement');
  if (statement['_type'] !== STATEMENT_TYPE) throw bad(`_type is not ${STATEMENT_TYPE}`);
  if (statement['predicateType'] !== MANIFEST_TYPE) throw bad(`predicateType is not ${MANIFEST_TYPE}`);
  const predicate = object(statement['predicate'], 'predicate');
  if (predicate['encoding'] !== ROW_ENCODING) throw bad(`encoding is not ${ROW_ENCODING}`);
  if (predicate['order'] !== 'kept' && predicate['order'] !== 'any') throw bad('order is neither kept nor any');
  text256(predicate['schemaDigest'], 'schemaDigest');
  count(predicate['rows'], 'rows');
  string(predicate['format'], 'format');
  const columns = list(predicate['columns'], 'columns', COLUMNS_MAX).map((item) => {
    const column = object(item, 'a column');
    string(column['type'], 'the type of a column');
    list(column['labels'], 'labels', 1_000).forEach((label) => string(label, 'a label'));
    return string(column['name'], 'the name of a column');
  });
  if (new Set(columns).size !== columns.length) throw bad('two columns have one name');
  const files = list(predicate['files'], 'files', FILES_MAX).map((item) => {
    const file = object(item, 'a file');
    count(file['bytes'], 'bytes');
    return { name: safePath(string(file['name'], 'the name of a file')), sha256: text256(file['sha256'], 'sha256') };
  });
  // One file system folds case, another composes letters: two names that one of them takes for the same are refused.
  if (new Set(files.map(({ name }) => name.normalize('NFKC').toLowerCase())).size !== files.length)
    throw bad('two files have names that some file systems take for one');
  const [table, ...named] = list(statement['subject'], 'subject', FILES_MAX + 1).map((item) => {
    const subject = object(item, 'a subject');
    return { name: string(subject['name'], 'the name of a subject'), digest: object(subject['digest'], 'digest') };
  });
  if (!table) throw bad('it has no subject');
  text256(table.digest[TABLE_DIGEST], TABLE_DIGEST);
  const same =
    named.length === files.length &&
    named.every(({ name, digest }, i) => name === files[i]!.name && digest['sha256'] === files[i]!.sha256);
  if (!same) throw bad('its subjects are not its files');
  if (predicate['subjects'] !== null) {
    const subjects = object(predicate['subjects'], 'subjects');
    text256(subjects['root'], 'root');
    count(subjects['count'], 'count');
    count(subjects['rowsOfNobody'], 'rowsOfNobody');
    string(subjects['kind'], 'kind');
    string(subjects['key'], 'key');
    for (const name of list(subjects['columns'], 'columns of subjects', COLUMNS_MAX))
      if (!columns.includes(string(name, 'a column of subjects'))) throw bad('a column of subjects is no column');
  }
  list(predicate['statistics'], 'statistics', COLUMNS_MAX).forEach(statistics);
  return value as Manifest;
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(`${what} is no object`);
  return value as Record<string, unknown>;
}

function list(value: unknown, what: string, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw bad(`${what} is no list of at most ${most}`);
  return value;
}

function string(value: unknown, what: string): string {
  if (typeof value !== 'string' || value.length > 4_096) throw bad(`${what} is no text of at most 4096 characters`);
  return value;
}

function text256(value: unknown, what: string): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw bad(`${what} is no SHA-256`);
  return value;
}

function count(value: unknown, what: string): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw bad(`${what} is no count`);
}

/** A difference calculates with these, so each must be what it says. */
function statistics(item: unknown): void {
  const of = object(item, 'statistics of a column');
  string(of['name'], 'the name of a column in statistics');
  count(of['nulls'], 'nulls');
  count(of['distinct'], 'distinct');
  if (typeof of['isEstimate'] !== 'boolean') throw bad('isEstimate is neither true nor false');
  if (!['value', 'length', 'time', 'none'].includes(of['measure'] as string)) throw bad('measure is not a known one');
  for (const name of ['min', 'max', 'mean'])
    if (of[name] !== null && !Number.isFinite(of[name])) throw bad(`${name} is neither a number nor null`);
  const cuts = list(of['quantiles'], 'quantiles', QUANTILES_MAX);
  if (!cuts.every((cut, i) => Number.isFinite(cut) && (i === 0 || (cut as number) >= (cuts[i - 1] as number))))
    throw bad('quantiles are no rising numbers');
}

/** A name inside of the dataset's folder. */
function safePath(name: string): string {
  if (
    name === '' ||
    /^(?:[/\\]|[a-z]:)|\\|\0/i.test(name) ||
    name.split('/').some((part) => part === '..' || part === '.' || part === '')
  )
    throw bad('the name of a file leads out of its folder');
  return name;
}

const bad = (why: string): DatasetError =>
  new DatasetError('dataset.manifest', `The manifest cannot be used: ${why}.`, 'Get it again from whoever made it.');
