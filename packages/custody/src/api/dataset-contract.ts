/** What the API takes and answers about versions of datasets. As in contract.ts, `entry` is an index in the log. */
import { z } from '@hono/zod-openapi';

const time = z.iso.datetime({ offset: true });
const entry = z.int().min(0);

export const DatasetVersionView = z
  .object({
    entry,
    recorded: time,
    by: z.string(),
    dataset: z.string().openapi({ description: 'Id of the dataset' }),
    version: z.int().min(1),
    manifest: z.string().openapi({ description: '"sha256:<hex>" of the manifest' }),
    table: z.string().openapi({ description: 'Digest over every cell (docs/manifest.md)' }),
    format: z.string(),
    rows: z.int(),
    columns: z.int(),
    subjects: z
      .object({ count: z.int(), root: z.string(), key: z.string() })
      .nullable()
      .openapi({ description: 'Who is in it: how many, the root of their tree, which tenant key made it' }),
    bytes: z.enum(['store', 'place', 'none']).openapi({
      description: 'Where its bytes lie: in a store, only where they lay when it was committed, or nowhere',
    }),
    message: z.string(),
    aliases: z.array(z.string()).openapi({ description: 'Names that point to it; `latest` is the newest version' }),
    signatures: z.int().openapi({ description: 'Attestations in the log about its manifest or its cells' }),
  })
  .openapi('DatasetVersion');

export const AliasMoveView = z
  .object({
    entry,
    recorded: time,
    by: z.string(),
    alias: z.string(),
    version: z.int(),
    from: z.int().nullable(),
    reason: z.string(),
    isRestored: z.boolean(),
  })
  .openapi('AliasMove');

export const DatasetHistory = z
  .object({
    dataset: z.string(),
    versions: z.array(DatasetVersionView).openapi({ description: 'The newest first' }),
    moves: z.array(AliasMoveView).openapi({ description: 'Moves of aliases, the newest first' }),
  })
  .openapi('DatasetHistory');

export const VersionedDatasets = z
  .object({ items: z.array(z.object({ dataset: z.string(), newest: DatasetVersionView })), total: z.int() })
  .openapi('VersionedDatasets');

const place = z.object({ kind: z.enum(['store', 'place', 'none']), where: z.string().max(5_000) });

export const DatasetVersionDetail = DatasetVersionView.extend({
  content: z
    .object({ manifest: z.looseObject({}), place })
    .nullable()
    .openapi({ description: 'The manifest and where its bytes lie; null if the payload was erased' }),
}).openapi('DatasetVersionDetail');

export const CommitVersion = z
  .object({
    dataset: z.string().max(5_000),
    manifest: z.looseObject({}),
    place,
    message: z.string().trim().min(1).max(2_000),
    base: z.int().min(0).nullable().default(null).openapi({
      description: 'The newest version that the committer knew; refused if there is a newer one',
    }),
  })
  .openapi('CommitVersion');

export const MoveAlias = z
  .object({
    dataset: z.string().max(5_000),
    alias: z.string().regex(/^[a-z][a-z0-9._-]{0,63}$/),
    version: z.int().min(1),
    reason: z.string().trim().min(1).max(2_000),
    isRestored: z.boolean().default(false).openapi({ description: 'The bytes were put back and verified' }),
  })
  .openapi('MoveAlias');

const sides = z.object({ before: z.int(), after: z.int() });

export const DatasetDiffQuery = z.object({
  dataset: z.string().max(5_000).openapi({ description: 'Id of the dataset' }),
  from: z.string().max(100).openapi({ description: 'The earlier version: its number, or a name that points to it' }),
  to: z.string().max(100).openapi({ description: 'The later version, likewise' }),
});

export const DatasetDiffView = z
  .object({
    dataset: z.string(),
    from: DatasetVersionView,
    to: DatasetVersionView,
    isSame: z.boolean().openapi({ description: 'Every cell is the same: the digests over the cells agree' }),
    rows: sides,
    bytes: sides
      .nullable()
      .openapi({ description: 'Size of the files; null where one of them is a table of a server' }),
    columns: z
      .array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
      .openapi({ description: 'Added (nothing before), removed (nothing after), or of another type' }),
    isReordered: z.boolean().openapi({ description: 'Columns that both have stand in another order' }),
    subjects: z
      .object({ before: z.int(), after: z.int(), isSame: z.boolean() })
      .nullable()
      .openapi({ description: 'Null where one of them names nobody, or they were made with different keys' }),
    statistics: z
      .array(
        z.object({
          name: z.string(),
          moved: z.array(z.string()),
          psi: z.number().nullable().openapi({
            description:
              'Population stability index over tenths of the earlier version; above 0.1 worth a look, above 0.25 large',
          }),
        }),
      )
      .openapi({ description: 'Columns whose figures moved, the largest shift first' }),
  })
  .openapi('DatasetDiff');
