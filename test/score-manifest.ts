/** A manifest as `custody dataset manifest` writes it, of one column of figures around a mean. */
import { MANIFEST_TYPE, TABLE_DIGEST } from '../packages/custody/src/dataset/manifest.ts';
import { ROW_ENCODING } from '../packages/custody/src/dataset/row-encoding.ts';

/** Its digests are made up, another for another number of rows: nothing here verifies bytes. */
export const scoreManifest = (rows: number, mean: number, columns: readonly string[] = ['score']) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [
    { name: 'scores', digest: { [TABLE_DIGEST]: String(rows).padStart(64, '0') } },
    { name: 'scores.csv', digest: { sha256: 'a'.repeat(64) } },
  ],
  predicateType: MANIFEST_TYPE,
  predicate: {
    format: 'csv',
    encoding: ROW_ENCODING,
    files: [{ name: 'scores.csv', bytes: rows * 10, sha256: 'a'.repeat(64) }],
    columns: columns.map((name) => ({ name, type: 'float64', labels: [] })),
    rows,
    order: 'any',
    schemaDigest: 'b'.repeat(64),
    subjects: null,
    statistics: [
      {
        name: 'score',
        nulls: 0,
        distinct: rows,
        isEstimate: false,
        measure: 'value',
        min: mean - 16,
        max: mean + 16,
        mean,
        quantiles: Array.from({ length: 33 }, (_, i) => mean - 16 + i),
      },
    ],
  },
});
