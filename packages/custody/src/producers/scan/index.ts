/** Personal data and secrets in texts, fields and files. */
export { scanCaseLine } from './case.ts';
export { CsvReader, delimiterOf } from './format/csv.ts';
export type { FormatReader, Trouble } from './format/field.ts';
export { JsonReader } from './format/json.ts';
export { TextReader } from './format/text.ts';
export { detect } from './detect.ts';
export { detectSecrets } from './secret/detect.ts';
export { isKnownType, knownTypes } from './type.ts';
export { Scanner, type PlacedFinding } from './scanner.ts';
