/** The first record of CSV files: the names of their columns, and what separates them. */
import { open } from 'node:fs/promises';
import { DatasetError } from '../dataset/dataset-error.ts';
import { delimiterOf } from '../producers/scan/format/csv.ts';

const HEAD_BYTES = 1 << 20;

export interface CsvHead {
  readonly names: readonly string[];
  readonly delimiter: string;
}

/** All files must begin alike. Throws DatasetError. */
export async function csvHead(files: readonly string[], delimiter?: string): Promise<CsvHead> {
  let first: CsvHead | null = null;
  for (const file of files) {
    const head = await headOf(file, delimiter);
    if (first !== null && JSON.stringify(head) !== JSON.stringify(first))
      throw new DatasetError('dataset.column', `${file} has other columns than ${files[0]!}.`, 'Name them one by one.');
    first ??= head;
  }
  if (first === null) throw new DatasetError('dataset.source', 'There is no file.', 'Name one.');
  return first;
}

async function headOf(file: string, delimiter: string | undefined): Promise<CsvHead> {
  const handle = await open(file).catch((error: Error) => {
    throw new DatasetError('dataset.source', `Cannot read ${file}: ${error.message}.`, 'Check the name.');
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const between = delimiter ?? String.fromCharCode(delimiterOf(bytes));
    const names = namesIn(bytes.toString('utf8').replace(/^\ufeff/, ''), between);
    if (names === null)
      throw new DatasetError('dataset.source', `The first record of ${file} has no end.`, 'Mend its quotes.');
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined)
      throw new DatasetError('dataset.column', `Two columns are named ${twice || '""'}.`, 'Rename one of them.');
    return { names, delimiter: between };
  } finally {
    await handle.close();
  }
}

/** RFC 4180. Null where a quote is not closed. */
function namesIn(text: string, delimiter: string): string[] | null {
  const names: string[] = [];
  let at = 0;
  for (;;) {
    let name = '';
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length) return null;
        if (text[at] !== '"') name += text[at];
        else if (text[at + 1] === '"') name += text[at++];
        else break;
      }
      at++;
    } else
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') name += text[at++];
    names.push(name);
    if (text[at] !== delimiter) return names;
    at++;
  }
}
