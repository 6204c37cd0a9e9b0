/** Personal data and secrets in texts, fields and files. */
export { scanCaseLine } from './case.ts';
export { BatchMaker, batchFindings, type Batch } from './batch.ts';
export { ColumnSample, type ColumnReport } from './column.ts';
export { CsvReader, delimiterOf } from './format/csv.ts';
export type { FieldSink, FormatReader, Trouble } from './format/field.ts';
export { JsonReader } from './format/json.ts';
export { TableReader } from './format/table.ts';
export { TextReader } from './format/text.ts';
export { ProseFields, type Opinion } from './prose.ts';
export { detect } from './detect.ts';
export { detectSecrets } from './secret/detect.ts';
export { formsFor } from './secret/mark.ts';
export { isKnownType, knownTypes } from './type.ts';
export { inOrder, Scanner, type PlacedFinding, type ScanOptions } from './scanner.ts';
