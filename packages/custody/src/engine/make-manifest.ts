/** From a relation to its manifest: every row is digested, every subject has its leaf. */
import { typeText } from '../dataset/column-type.ts';
import { DatasetError } from '../dataset/dataset-error.ts';
import { manifestOf, type Manifest, type ManifestFile } from '../dataset/manifest.ts';
import { schemaDigest, tableDigest, type RowOrder } from '../dataset/row-digest.ts';
import { ROW_ENCODING } from '../dataset/row-encoding.ts';
import type { RowTable } from '../dataset/row-table.ts';
import { keyName, SubjectTokens } from '../dataset/subject-id.ts';
import { subjectRoot } from '../dataset/subject-tree.ts';
import { digestElsewhere } from './digest-thread.ts';
import type { Relation } from './engine.ts';
import { readRows } from './read-rows.ts';

export interface ManifestRequest {
  readonly name: string;
  readonly files: readonly ManifestFile[];
  readonly order: RowOrder;
  /** Who the rows are about; null where no column says. */
  readonly subjects: { readonly kind: string; readonly columns: readonly string[]; readonly key: Uint8Array } | null;
  /** Labels by column. */
  readonly labels?: ReadonlyMap<string, readonly string[]>;
  /** Hears how many rows are done. */
  readonly progress?: (rows: number) => void;
}

export interface MadeManifest {
  readonly manifest: Manifest;
  /** The rows behind it, to prove from and to compare. */
  readonly table: RowTable;
}

/** Throws DatasetError. Memory: 64 bytes a row, and 8 more while they are sorted. */
export async function makeManifest(relation: Relation, request: ManifestRequest): Promise<MadeManifest> {
  const { columns } = relation;
  const { subjects, order } = request;
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new DatasetError('dataset.column', `Two columns are named ${twice}.`, 'Rename one of them.');
  if (order === 'kept' && !relation.hasOrder)
    throw new DatasetError(
      'dataset.source',
      'The rows of a table in PostgreSQL have no order that could be kept.',
      'Leave out --ordered, or export the table in an order.',
    );
  const tokens = subjects === null ? null : new SubjectTokens(subjects.key, subjects.kind);
  let rowsOfNobody = 0;
  const tokenOf = (identifier: string | null): string | null => {
    if (identifier !== null && identifier !== '') return tokens!.of(identifier);
    rowsOfNobody++;
    return null;
  };
  const table = await readRows(
    relation,
    { identifying: subjects?.columns ?? [], inOrder: order === 'kept' },
    tokens === null ? null : tokenOf,
    request.progress,
  );
  // Three things that do not wait for one another: another thread's digest, this one's tree, the engine's statistics.
  const statistics = relation.statistics();
  statistics.catch(() => {}); // told below
  const digest = tokens === null ? null : digestElsewhere(columns, order, table);
  const tree = tokens === null ? null : subjectRoot(table);
  const manifest = manifestOf(request.name, (await digest) ?? tableDigest(columns, order, table), {
    format: relation.format,
    encoding: ROW_ENCODING,
    files: request.files,
    columns: columns.map(({ name, type }) => ({
      name,
      type: typeText(type),
      labels: request.labels?.get(name) ?? [],
    })),
    rows: table.size,
    order,
    schemaDigest: schemaDigest(columns),
    subjects:
      subjects === null || tree === null
        ? null
        : {
            kind: subjects.kind,
            columns: subjects.columns,
            count: tree.subjects,
            rowsOfNobody,
            root: tree.root.toString('hex'),
            key: keyName(subjects.key),
          },
    statistics: await statistics,
  });
  return { manifest, table };
}
