/** Jupyter notebooks (nbformat 3 and 4): cells with their code and what their outputs hold; nothing is run. */
import { detect } from '../scan/index.ts';
import { NO_LINEAGE, notebookLineage, type NotebookLineage } from './notebook-lineage/index.ts';
import type { CodeCell } from './notebook-lineage/python-cells.ts';

export interface OutputFinding {
  readonly cell: number;
  readonly line: number;
  readonly type: string;
  readonly family: 'personal' | 'secret';
  readonly count: number;
}

export interface NotebookCell {
  /** From 1. */
  readonly cell: number;
  /** Line of the file where the cell's source begins. */
  readonly line: number;
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly executionCount: number | null;
  /** Commands for the shell (`!...`, `%pip`, `%%bash`), each with its line in the file. */
  readonly shell: readonly { readonly line: number; readonly text: string }[];
  /** Addresses and paths that the code names. */
  readonly uris: readonly {
    readonly line: number;
    readonly uri: string;
    readonly access: 'read' | 'write' | 'unknown';
  }[];
  /** Paths that are those of one machine. */
  readonly absolutePaths: readonly { readonly line: number; readonly path: string }[];
}

/** What is read, with the signature that lies beside it in the repository: its path, null where there is none. */
export type SourceFacts = NotebookLineage['reads'][number] & { readonly signature: string | null };

export interface NotebookFacts extends Omit<NotebookLineage, 'reads'> {
  readonly reads: readonly SourceFacts[];
  readonly kind: 'notebook';
  readonly path: string;
  readonly language: string;
  readonly cells: readonly NotebookCell[];
  readonly outputs: readonly OutputFinding[];
  /** Cells were run in another order than they stand in, or some between were not run. */
  readonly isOutOfOrder: boolean;
  /** What was left out of an output that is too large. */
  readonly cutOutputs: number;
  readonly unread: string | null;
}

const CELLS_MAX = 20_000;
/** Of one output, and of all of a notebook. */
const OUTPUT_CHARS_MAX = 1_000_000;
const OUTPUTS_CHARS_MAX = 3_000_000;
/** Dates, links and places in outputs are nobody's most of the time. */
const TOLD = new Set(
  'EMAIL_ADDRESS PHONE_NUMBER CREDIT_CARD IBAN_CODE US_SSN PERSON ADDRESS US_PASSPORT UK_NHS MEDICAL_RECORD API_KEY PASSWORD PRIVATE_KEY'.split(
    ' ',
  ),
);

/** `paths`: files of the repository, among which signatures are looked for. */
export async function notebookIn(
  path: string,
  text: string,
  paths: ReadonlySet<string> = new Set(),
  now: () => number = () => performance.now(),
): Promise<NotebookFacts> {
  const empty = {
    kind: 'notebook',
    path,
    language: '',
    cells: [],
    outputs: [],
    isOutOfOrder: false,
    cutOutputs: 0,
    ...NO_LINEAGE,
    reads: [],
  } as const;
  let notebook: Record<string, unknown>;
  try {
    notebook = asObject(JSON.parse(text)) ?? {};
  } catch {
    return { ...empty, unread: 'it is not JSON' };
  }
  const written = cellsOf(notebook);
  if (written === null) return { ...empty, unread: 'it has no cells' };
  const lines = new CellLines(text);
  const cells: NotebookCell[] = [];
  const code: CodeCell[] = [];
  const outputs: OutputFinding[] = [];
  let cutOutputs = 0;
  let looked = 0;
  for (const [i, cell] of written.slice(0, CELLS_MAX).entries()) {
    const source = textOf(cell['source'] ?? cell['input']);
    const kind = cell['cell_type'] === 'markdown' ? 'markdown' : cell['cell_type'] === 'raw' ? 'raw' : 'code';
    const at = lines.next(source);
    if (kind === 'code') code.push({ cell: i + 1, source, at });
    const count = cell['execution_count'] ?? cell['prompt_number'];
    cells.push({
      cell: i + 1,
      line: at(0),
      kind,
      executionCount: typeof count === 'number' ? count : null,
      ...(kind === 'code' ? codeFacts(source, at) : { shell: [], uris: [], absolutePaths: [] }),
    });
    for (const output of outputTexts(cell)) {
      const part = output.slice(0, Math.max(0, Math.min(OUTPUT_CHARS_MAX, OUTPUTS_CHARS_MAX - looked)));
      looked += part.length;
      if (part.length < output.length) cutOutputs++;
      const counts = new Map<string, OutputFinding>();
      for (const { type, family, confidence } of detect(part)) {
        if (confidence < 0.5 || (family === 'personal' && !TOLD.has(type)) || type === 'HIGH_ENTROPY') continue;
        const known = counts.get(type);
        counts.set(type, { cell: i + 1, line: at(0), type, family, count: (known?.count ?? 0) + 1 });
      }
      outputs.push(...counts.values());
    }
  }
  const order = cells.flatMap(({ executionCount, kind }) =>
    kind === 'code' && executionCount !== null ? [executionCount] : [],
  );
  const isOutOfOrder = order.some((count, i) => i > 0 && count <= order[i - 1]!);
  const language = languageOf(notebook);
  const lineage = await notebookLineage(code, language, isOutOfOrder, now);
  return {
    kind: 'notebook',
    path,
    language,
    cells,
    outputs,
    isOutOfOrder,
    cutOutputs,
    unread: null,
    ...lineage,
    reads: lineage.reads.map((read) => ({ ...read, signature: signatureOf(path, read.place, paths) })),
  };
}

const SIGNATURES = ['.sig', '.sigstore.json', '.sigstore', '.bundle'];

/** Of a local file, beside the notebook or below the root: `NAME.sig`, a Sigstore bundle, or `model.sig` of its folder. */
function signatureOf(notebook: string, place: string, paths: ReadonlySet<string>): string | null {
  if (/^[a-z][\w+.-]*:|^\/|\{/i.test(place)) return null;
  const folder = notebook.includes('/') ? notebook.slice(0, notebook.lastIndexOf('/') + 1) : '';
  for (const base of [`${folder}${place}`, place]) {
    const beside = base.includes('/') ? base.slice(0, base.lastIndexOf('/') + 1) : '';
    const found = [...SIGNATURES.map((end) => `${base}${end}`), `${base}/model.sig`, `${beside}model.sig`].find((one) =>
      paths.has(one),
    );
    if (found !== undefined) return found;
  }
  return null;
}

/** Of the kernel; of nbformat 3, of its cells. */
function languageOf(notebook: Record<string, unknown>): string {
  const metadata = asObject(notebook['metadata']);
  const named =
    asObject(metadata?.['kernelspec'])?.['language'] ??
    asObject(metadata?.['language_info'])?.['name'] ??
    cellsOf(notebook)?.find((cell) => typeof cell['language'] === 'string')?.['language'];
  return typeof named === 'string' && named !== '' ? named : 'python';
}

/** Of nbformat 4 the cells, of nbformat 3 those of its worksheets. */
function cellsOf(notebook: Record<string, unknown>): Record<string, unknown>[] | null {
  const sheets = Array.isArray(notebook['worksheets']) ? notebook['worksheets'] : [notebook];
  const lists = sheets.map((sheet) => asObject(sheet)?.['cells']);
  if (!lists.some(Array.isArray)) return null;
  return lists.flatMap((list) => (Array.isArray(list) ? list : [])).map((cell) => asObject(cell) ?? {});
}

const asObject = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value.filter((line) => typeof line === 'string').join('')
      : '';

/** Text of streams, results and errors; pictures are not looked at. */
function* outputTexts(cell: Record<string, unknown>): Generator<string> {
  const outputs = Array.isArray(cell['outputs']) ? cell['outputs'] : [];
  for (const item of outputs) {
    const output = asObject(item) ?? {};
    yield textOf(output['text']);
    const data = asObject(output['data']) ?? {};
    // The same table as text and as HTML is one table.
    yield textOf(data['text/plain'] ?? output['text/plain']);
    if (data['text/plain'] === undefined) yield textOf(data['text/html']).replace(/<[^<>]{0,1000}>/g, ' ');
    yield valuesOf(data['application/json']);
    yield textOf(output['traceback']);
  }
}

/** What is in a JSON value, a line for each member: not recursive, for it may nest as deep as the file is long. */
function valuesOf(value: unknown): string {
  const lines: string[] = [];
  let chars = 0;
  const open: [name: string, value: unknown][] = [['', value]];
  for (let next = open.pop(); next !== undefined && chars <= OUTPUT_CHARS_MAX; next = open.pop()) {
    const [name, one] = next;
    if (typeof one === 'object' && one !== null) {
      const isList = Array.isArray(one);
      for (const [key, inner] of Object.entries(one).reverse()) open.push([isList ? name : key, inner]);
    } else if (one !== undefined && one !== null) {
      const line = `${name}: ${String(one)}`;
      lines.push(line);
      chars += line.length + 1;
    }
  }
  return lines.join('\n');
}

/** Lines of the file that lines of cells stand in: JSON writes each line of a source as a string on a line of its own. */
class CellLines {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Gives, for a cell that comes next, the line of the file for a line of its source (from 0). */
  next(source: string): (line: number) => number {
    const parts = source.split('\n').map((part, i, all) => (i < all.length - 1 ? `${part}\n` : part));
    const at: number[] = [];
    for (const part of parts) {
      if (part === '') {
        at.push(at.at(-1) ?? this.#line);
        continue;
      }
      const wanted = JSON.stringify(part).slice(1, -1);
      const found = this.#text.indexOf(wanted, this.#at);
      if (found < 0) {
        at.push(at.at(-1) ?? this.#line);
        continue;
      }
      for (let i = this.#text.indexOf('\n', this.#at); i >= 0 && i < found; i = this.#text.indexOf('\n', i + 1))
        this.#line++;
      this.#at = found + wanted.length;
      at.push(this.#line);
    }
    return (line) => at[Math.min(line, at.length - 1)] ?? this.#line;
  }
}

const READERS =
  /\b(?:read_\w{1,100}|load\w{0,100}|open|scan_\w+|from_csv|spark\.read[\w.]{0,100}|get_object|download\w{0,100})\s{0,20}\(/;
const WRITERS =
  /\b(?:to_(?:csv|parquet|json|excel|sql|pickle|feather|delta)|write[\w.]{0,100}|save\w{0,100}|dump|put_object|upload\w{0,100}|insertInto)\s{0,20}\(/;

function codeFacts(
  source: string,
  at: (line: number) => number,
): Pick<NotebookCell, 'shell' | 'uris' | 'absolutePaths'> {
  const shell: { line: number; text: string }[] = [];
  const uris: { line: number; uri: string; access: 'read' | 'write' | 'unknown' }[] = [];
  const absolutePaths: { line: number; path: string }[] = [];
  const lines = source.split('\n');
  const isScript = /^%%(?:bash|sh|script|system|!)/.test(lines[0] ?? '');
  for (const [i, text] of lines.entries()) {
    const command =
      isScript && i > 0 ? text : /^\s*(?:!|%(?:pip|conda|sx|system|mamba)\b)/.test(text) ? text.trim() : null;
    if (command !== null && command.trim() !== '') shell.push({ line: at(i), text: command });
    if (/^\s*#/.test(text)) continue;
    const access = WRITERS.test(text) ? 'write' : READERS.test(text) ? 'read' : 'unknown';
    for (const [, quoted] of text.matchAll(
      /["']((?:s3a?|gs|gcs|abfss?|wasbs?|hdfs|dbfs|jdbc:\w+|https?|postgres(?:ql)?|mysql|mongodb|snowflake):\/\/[^"'\s]{1,1000})["']/g,
    ))
      uris.push({ line: at(i), uri: quoted!, access });
    for (const [, path] of text.matchAll(
      /["']((?:\/(?:home|Users|root|mnt|data|Volumes)\/|[A-Za-z]:\\)[^"'\n]{1,500})["']/g,
    ))
      absolutePaths.push({ line: at(i), path: path! });
  }
  return { shell, uris, absolutePaths };
}
