/** A sample of data to try rules on. It stays in this tab: it goes to the server for a trial, which keeps nothing. */
export const FORMATS = ['csv', 'tsv', 'jsonl', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export interface Sample {
  readonly text: string;
  readonly format: Format;
  /** Name of the file that it was read from; null if it was pasted. */
  readonly file: string | null;
  /** Only the beginning of the file was read. */
  readonly isCut: boolean;
}

/** Characters that a trial takes. */
export const SAMPLE_MAX = 1_000_000;

export function formatOf(file: string): Format {
  const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  return ending === 'ndjson' ? 'jsonl' : (FORMATS.find((format) => format === ending) ?? 'csv');
}

/** The format that a pasted text looks like. */
export function formatLike(text: string): Format {
  const start = text.trimStart();
  if (start.startsWith('[')) return 'json';
  if (start.startsWith('{')) return 'jsonl';
  return (start.split('\n', 1)[0] ?? '').includes('\t') ? 'tsv' : 'csv';
}

/** The beginning of a file; what a cut leaves of a character at the end is left out. */
export async function sampleOf(file: File): Promise<Sample> {
  const isCut = file.size > SAMPLE_MAX;
  const text = await file.slice(0, SAMPLE_MAX).text();
  return { text: isCut ? text.replace(/\uFFFD+$/, '') : text, format: formatOf(file.name), file: file.name, isCut };
}

export interface OutputLine {
  readonly number: number;
  readonly text: string;
  readonly isChanged: boolean;
}

/** Lines of an output, those marked that the sample has not. */
export function outputLines(
  output: string,
  sample: string,
  most: number,
): { readonly lines: readonly OutputLine[]; readonly more: number } {
  const known = new Set(sample.split(/\r?\n/));
  const all = output.replace(/\r?\n$/, '').split(/\r?\n/);
  return {
    lines: all.slice(0, most).map((text, n) => ({ number: n + 1, text, isChanged: !known.has(text) })),
    more: Math.max(0, all.length - most),
  };
}
