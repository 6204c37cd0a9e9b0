/** Names and texts in SQL, as the standard writes them. */
import { DatasetError } from '../dataset/dataset-error.ts';

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const notIdentifying = (name: string): DatasetError =>
  new DatasetError(
    'dataset.column',
    `Column ${name} cannot name people: its values are written in more than one way.`,
    'Name a column of text, whole numbers, UUIDs or dates.',
  );
