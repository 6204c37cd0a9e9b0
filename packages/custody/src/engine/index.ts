export { subjectRoot } from '../dataset/subject-tree.ts';
export { RowTable } from '../dataset/row-table.ts';
export { openDuckDb } from './duckdb.ts';
export { makeManifest } from './make-manifest.ts';
