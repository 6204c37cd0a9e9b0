import { availableParallelism } from 'node:os';
import { answerCases } from './case-file.ts';
import {
  EXIT,
  numberOf,
  stringOf,
  UsageError,
  CommandError,
  type Command,
  type Exit,
  type Invocation,
} from './command.ts';
import type { ScanFormat, ScanInput } from './scan-input.ts';
import type { FileReport, TypeCount } from './scan-report.ts';
import type { FieldSink, FormatReader, PlacedFinding } from '../producers/scan/index.ts';

const FORMATS = ['table', 'json', 'sarif'];
const LISTED = 1_000;
/** Of so much of a file the sample of its columns is taken. */
const SAMPLED = 262_144;
/** A worker takes a while to start and to get warm: smaller inputs are done by then. */
const SECOND_THREAD_FROM = 64_000_000;

export const scan: Command = {
  name: 'scan',
  arguments: 'PATH...',
  summary: 'find personal data and secrets in files and folders',
  example: 'custody scan reviews.csv --format sarif > findings.sarif',
  details:
    'Reads CSV, TSV, JSON, JSON Lines, Parquet (by DuckDB, if it is installed), notebooks and any other text; .gz, .br; UTF-8 and UTF-16; - is standard input. Every row is read. ' +
    'Says where and of what type, never the value. Exit code 1 if anything is found. ' +
    '--cases answers test cases, {"id", "text"} one a line, into --out.',
  options: {
    format: { type: 'string', value: 'FORMAT', help: 'table (default), json or sarif' },
    as: { type: 'string', value: 'KIND', help: 'read as csv, json or text, whatever the name says' },
    types: { type: 'string', value: 'T,T', help: 'only these types; "all" adds dates, links, places and ids' },
    limit: { type: 'string', value: 'N', help: `findings listed for each file (default ${LISTED}); all are counted` },
    thorough: { type: 'boolean', help: 'look for names in text without capitals too: slower' },
    columns: { type: 'boolean', help: 'say of each column what it is, why, and by which rules (table and JSON)' },
    recogniser: {
      type: 'string',
      value: 'NAME',
      help: 'ask another recogniser about prose in which nothing was found: compromise, or the URL of a Presidio analyzer',
    },
    threads: { type: 'string', value: 'N', help: '1 or 2 (default: 2 where there are two cores, from 64 MB on)' },
    cases: { type: 'string', value: 'FILE', help: 'answer many cases at once' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'where their answers go' },
  },
  async run(invocation) {
    const { out, positionals } = invocation;
    const cases = stringOf(invocation, 'cases');
    if (cases !== undefined) {
      const { scanCaseLine } = await import('../producers/scan/index.ts');
      return answerCases(cases, stringOf(invocation, 'out'), out, scanCaseLine);
    }
    const format = stringOf(invocation, 'format') ?? (out.json ? 'json' : 'table');
    if (!FORMATS.includes(format)) throw new UsageError(`--format takes table, json or sarif, not "${format}".`);
    if (positionals.length === 0) throw new UsageError('Name files or folders, or - for standard input.');
    const { inputsOf } = await import('./scan-input.ts');
    const { inputs, skipped } = await inputsOf(positionals, kindOf(invocation));
    const reports: FileReport[] = [];
    for (const input of inputs) reports.push(await scanInput(input, invocation));
    const report = await import('./scan-report.ts');
    if (format === 'json') out.write(report.formatScanJson(reports, skipped));
    else if (format === 'table') out.write(report.formatScanTable(reports, skipped));
    else out.write(report.formatSarif(reports, (await import('../data-folder.ts')).VERSION));
    return exitOf(reports, out.note);
  },
};

function exitOf(reports: readonly FileReport[], note: (text: string) => void): Exit {
  const broken = reports.filter(({ troubles }) => troubles.length > 0);
  for (const { path, troubles } of broken) {
    const { message, row, byte } = troubles[0]!;
    note(`custody: ${path} is not whole: ${message} (row ${row}, byte ${byte}). What could be read was scanned.`);
  }
  if (reports.some(({ total }) => total > 0)) return EXIT.no;
  return broken.length > 0 ? EXIT.environment : EXIT.ok;
}

/** Without --types, places are nobody's most of the time: as with the scanner's own. */
const isReported = (type: string, types: ReadonlySet<string> | undefined): boolean =>
  types === undefined ? type !== 'LOCATION' && type !== 'DATE_TIME' && type !== 'URL' : types.has(type);

function kindOf(invocation: Invocation): ScanFormat | undefined {
  const kind = stringOf(invocation, 'as');
  if (kind === undefined || kind === 'csv' || kind === 'json' || kind === 'text') return kind;
  throw new UsageError(`--as takes csv, json or text, not "${kind}".`);
}

async function scanInput(input: ScanInput, invocation: Invocation): Promise<FileReport> {
  const {
    BatchMaker,
    ColumnSample,
    CsvReader,
    delimiterOf,
    isKnownType,
    JsonReader,
    knownTypes,
    Scanner,
    ProseFields,
    TableReader,
    TextReader,
  } = await import('../producers/scan/index.ts');
  const limit = numberOf(invocation, 'limit', 0, 1_000_000) ?? LISTED;
  const wanted = stringOf(invocation, 'types');
  const named = wanted === undefined || wanted === 'all' ? null : wanted.split(',');
  const unknown = named?.find((type) => !isKnownType(type));
  if (unknown !== undefined) throw new UsageError(`There is no type "${unknown}". docs/scan.md lists them.`);
  const types = wanted === undefined ? undefined : new Set(named ?? knownTypes());
  const findings: PlacedFinding[] = [];
  const counts = new Map<string, TypeCount>();
  let total = 0;
  /** Where something was found, for as long as the other recogniser was not asked. */
  let places: (readonly [number, number])[] = [];
  const asked = stringOf(invocation, 'recogniser');
  const recogniser = asked === undefined ? null : await (await import('../source/recogniser.ts')).openRecogniser(asked);
  const count = (finding: PlacedFinding): void => {
    if (recogniser !== null) places.push([finding.byte, finding.byte + finding.bytes]);
    total++;
    if (findings.length < limit) findings.push(finding);
    const key = `${finding.type}\n${finding.label}`;
    const { type, family, label: column } = finding;
    counts.set(key, { type, family, column, count: (counts.get(key)?.count ?? 0) + 1 });
  };
  const options = { ...(types && { types }), ...(input.path !== '-' && { path: input.path }) };
  const isThorough = invocation.values['thorough'] === true;
  const threads = numberOf(invocation, 'threads', 1, 2);
  const growFrom =
    recogniser !== null
      ? Infinity
      : threads === 2
        ? 0
        : threads === 1 || availableParallelism() < 2
          ? Infinity
          : SECOND_THREAD_FROM;
  // Looking at whole fields is not cut into pieces, so one thread does it.
  const crew = isThorough ? null : new (await import('./scan-crew.ts')).ScanCrew(count, options);
  const scanner = crew
    ? new BatchMaker((batch) => crew.take(batch), options)
    : new Scanner(count, { ...options, isThorough });
  let reader: FormatReader | null = null;
  const readerFor = (head: Uint8Array, sink: FieldSink): FormatReader => {
    if (input.format === 'json') return new JsonReader(sink);
    if (input.format === 'text') return new TextReader(sink);
    return new CsvReader(sink, { delimiter: input.delimiter ?? delimiterOf(head) });
  };
  const sample = invocation.values['columns'] === true && input.format !== 'text' ? new ColumnSample() : null;
  const prose = recogniser === null ? null : new ProseFields();
  let proseReader: FormatReader | null = null;
  const askAboutProse = async (): Promise<void> => {
    if (recogniser === null || prose === null) return;
    const { recogniseAll } = await import('../source/recogniser.ts');
    const fields = prose.take(places);
    places = [];
    const answers = await recogniseAll(
      recogniser,
      fields.map(({ text }) => text),
    );
    for (const [i, field] of fields.entries())
      for (const opinion of answers[i]!)
        if (opinion.confidence >= 0.5 && isReported(opinion.type, types)) count(field.place(opinion, recogniser.name));
  };
  let bytes = 0;
  const tell = (): void => invocation.out.progress(`${input.path}: ${Math.round(bytes / 1e6)} MB, ${total} found`);
  try {
    if (input.format === 'parquet') {
      const { readParquetRows } = await import('../source/parquet-rows.ts');
      let table: InstanceType<typeof TableReader> | null = null;
      let proseTable: InstanceType<typeof TableReader> | null = null;
      for await (const { columns, values } of readParquetRows(input.path)) {
        if (bytes >= growFrom) crew?.grow();
        table ??= new TableReader(scanner, columns);
        if (sample && bytes === 0) new TableReader(sample, columns).push(values);
        bytes += table.push(values);
        if (scanner instanceof BatchMaker) scanner.flush();
        if (prose !== null) {
          proseTable ??= new TableReader(prose, columns);
          proseTable.push(values);
          await askAboutProse();
        }
        tell();
      }
    } else
      for await (const chunk of input.open()) {
        reader ??= readerFor(chunk, scanner);
        if (sample && bytes === 0) readerFor(chunk, sample).push(chunk.subarray(0, SAMPLED));
        if (bytes >= growFrom) crew?.grow();
        reader.push(chunk);
        if (scanner instanceof BatchMaker) scanner.flush();
        if (prose !== null) {
          proseReader ??= readerFor(chunk, prose);
          proseReader.push(chunk);
          await askAboutProse();
        }
        bytes += chunk.length;
        tell();
      }
  } catch (error) {
    await crew?.end().catch(() => {});
    // One file that cannot be read does not keep the others from being scanned.
    if (error instanceof Error && 'remedy' in error)
      scanner.trouble({ message: `${error.message} ${String(error.remedy)}`, row: 0, byte: 0 });
    else if (!(error instanceof Error) || !('code' in error)) throw error;
    else
      throw new CommandError(
        `Cannot read ${input.path}: ${error.message} (after byte ${bytes}).`,
        'Check the file; nothing was changed.',
      );
  }
  reader?.end();
  if (scanner instanceof BatchMaker) scanner.flush();
  await crew?.end();
  proseReader?.end();
  await askAboutProse();
  invocation.out.progress('');
  return {
    path: input.path,
    rows: scanner.rows,
    bytes,
    findings,
    total,
    counts: [...counts.values()].sort((a, b) => b.count - a.count),
    troubles: scanner.troubles,
    ...(sample && { columns: sample.reports() }),
  };
}
