/**
 * Columns of CSV and of JSON lines, guessed from a sample. Only names and types come out. A first row that may be data is
 * not taken for names: then the columns are numbered, because a name would be somebody's value.
 */
import type { SchemaField } from '../../event/event.ts';

const COLUMNS_MAX = 5_000;
const ROWS_MAX = 1_000;
const NAME_CHARACTERS_MAX = 256;

export interface TextSchema {
  readonly fields: readonly SchemaField[];
  /** Names are the file's own; false where they are numbers because the first row may be data. */
  readonly named: boolean;
}

/** Null where there is no row. `whole`: the sample is the file, so its last line is a whole one. */
export function csvSchema(sample: string, whole: boolean): TextSchema | null {
  const text = sample.replace(/^\uFEFF/, '');
  const [delimiter] = [',', ';', '\t', '|']
    .map((one) => ({ one, rows: csvRows(text, one, whole) }))
    .map(({ one, rows }) => ({ one, score: evenness(rows) }))
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one);
  const rows = csvRows(text, delimiter!, whole);
  const [first, ...body] = rows;
  if (!first || (first.length === 1 && first[0] === '')) return null;
  const width = Math.min(COLUMNS_MAX, Math.max(first.length, ...body.slice(0, 100).map((row) => row.length)));
  const types = Array.from({ length: width }, (_, column) => typeOfTexts(body.map((row) => row[column] ?? '')));
  const named = isHeader(first, types, body);
  const kinds = named
    ? types
    : Array.from({ length: width }, (_, column) => typeOfTexts(rows.map((row) => row[column] ?? '')));
  return {
    named,
    fields: kinds.map((type, column) => ({
      name: (named ? first[column]?.trim().slice(0, NAME_CHARACTERS_MAX) : undefined) || `column${column}`,
      type,
    })),
  };
}

/** More columns, and the same in each row, are more likely to be meant. */
function evenness(rows: readonly (readonly string[])[]): number {
  const width = rows[0]?.length ?? 0;
  if (width < 2) return 0;
  const same = rows.filter((row) => row.length === width).length;
  return (same / rows.length) * 1000 + Math.min(width, 100);
}

/** RFC 4180, with any delimiter. The last row of a sample that was cut is left out. */
function csvRows(text: string, delimiter: string, whole: boolean): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  let at = 0;
  for (; at < text.length && rows.length < ROWS_MAX; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === delimiter) {
      row.push(cell);
      cell = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[at + 1] === '\n') at++;
      if (row.length > 0 || cell !== '') rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += character;
  }
  if (whole && at >= text.length && (row.length > 0 || cell !== '')) rows.push([...row, cell]);
  return rows;
}

/** Names are told apart from values where a column of numbers or times has a word on top, or all are written as names are. */
function isHeader(first: readonly string[], types: readonly string[], body: readonly (readonly string[])[]): boolean {
  const cells = first.map((cell) => cell.trim());
  if (cells.some((cell) => cell === '' || cell.length > NAME_CHARACTERS_MAX || /[@\n]/.test(cell))) return false;
  if (new Set(cells.map((cell) => cell.toLowerCase())).size < cells.length) return false;
  if (cells.some((cell) => typeOfText(cell) !== 'string')) return false;
  if (types.some((type) => type !== 'string' && type !== 'null')) return true;
  if (body.some((row) => row.some((cell, column) => cell.trim() === cells[column]))) return false;
  return cells.every((cell) =>
    /^(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+)$/.test(cell),
  );
}

const ORDER = ['null', 'boolean', 'bigint', 'double', 'date', 'timestamp', 'string'];

function typeOfTexts(texts: readonly string[]): string {
  const found = new Set(texts.map(typeOfText));
  found.delete('null');
  if (found.size === 0) return texts.length === 0 ? 'null' : 'string';
  if (found.size === 1) return [...found][0]!;
  const kinds = [...found].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).join(' ');
  return kinds === 'bigint double' ? 'double' : kinds === 'date timestamp' ? 'timestamp' : 'string';
}

function typeOfText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || /^(?:null|na|nan|n\/a|\\n)$/i.test(trimmed)) return 'null';
  if (/^(?:true|false)$/i.test(trimmed)) return 'boolean';
  // A zero in front is a code, not an amount.
  if (/^[+-]?(?:0|[1-9]\d{0,17})$/.test(trimmed)) return 'bigint';
  if (/^[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:e[+-]?\d+)?$/i.test(trimmed) && !/^[+-]?0\d/.test(trimmed)) return 'double';
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return 'date';
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/.test(trimmed))
    return 'timestamp';
  return 'string';
}

/** Members of the objects, in the order they are met. Null where no line is an object. */
export function jsonLinesSchema(sample: string, whole: boolean): TextSchema | null {
  const lines = sample.replace(/^\uFEFF/, '').split('\n');
  if (!whole) lines.pop();
  const types = new Map<string, Set<string>>();
  let objects = 0;
  for (const line of lines.slice(0, ROWS_MAX)) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      continue;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    objects++;
    for (const [name, member] of Object.entries(value)) {
      let known = types.get(name);
      if (!known) {
        if (types.size >= COLUMNS_MAX) continue;
        types.set(name, (known = new Set()));
      }
      known.add(typeOfJson(member));
    }
  }
  if (objects === 0) return null;
  return {
    named: true,
    fields: [...types].map(([name, kinds]) => ({
      name: name.slice(0, NAME_CHARACTERS_MAX),
      type: jsonColumnType(kinds),
    })),
  };
}

function jsonColumnType(kinds: ReadonlySet<string>): string {
  const said = [...kinds]
    .filter((kind) => kind !== 'null')
    .sort()
    .join(' ');
  if (said === '') return 'null';
  if (said === 'bigint double') return 'double';
  if (said === 'date timestamp') return 'timestamp';
  if (/^(?:date|timestamp|string)(?: (?:string|timestamp))+$/.test(said)) return 'string';
  return said.includes(' ') ? 'json' : said;
}

function typeOfJson(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'struct';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'bigint' : 'double';
  if (typeof value === 'boolean') return 'boolean';
  const type = typeOfText(String(value));
  return type === 'date' || type === 'timestamp' ? type : 'string';
}
