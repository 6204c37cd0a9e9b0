export { takeBatch, takeEvent, type TakenEvent } from './openlineage.ts';
export type { ColumnMap } from './column-facts.ts';
export type { RunFacts } from './event-facts.ts';
export { OpenLineageError } from './openlineage-error.ts';
