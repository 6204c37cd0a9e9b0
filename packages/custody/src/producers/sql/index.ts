/**
 * Column lineage of SQL, without a database and without a dependency. See README.md beside this file.
 */
export { eachStatement, lineage } from './lineage.ts';
export type {
  ColumnEdge,
  ColumnEnd,
  Influence,
  Lineage,
  LineageOptions,
  StatementFound,
  StatementLineage,
} from './lineage.ts';
export { Session } from './catalog.ts';
export type { SchemaSource, TableRef } from './catalog.ts';
export { DIALECTS, dialectNamed } from './dialect.ts';
export type { Dialect } from './dialect.ts';
export type { Diagnostic, DiagnosticCode, Position, SourceSpan } from './diagnostic.ts';
export { predictCase } from './case.ts';
export type { LineageCase, PredictedEdge, PredictedStatement, Prediction } from './case.ts';
export { redactLiterals } from './redact.ts';
export { compose } from './composition.ts';
export type { Composition } from './composition.ts';
