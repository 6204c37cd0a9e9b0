/**
 * An ingest gate: bytes in, bytes out, every field of every row looked at.
 *
 * What a rule leaves alone is handed on as the very bytes that came in; only what changes is spliced. The gate decides
 * and does no I/O: whoever drives it writes to a place where nobody reads until `end` has said that it may be read.
 */
import { detect } from '../../producers/scan/detect.ts';
import { CsvReader, type FormatReader } from '../../producers/scan/index.ts';
import { ON_DEMAND, Scanner, type PlacedFinding } from '../../producers/scan/scanner.ts';
import { joined } from '../../producers/scan/format/field.ts';
import { AuditChain, auditWhat } from './audit.ts';
import type { BatchHistory } from './check/batch-checks.ts';
import { RowChecks, type References } from './check/row-checks.ts';
import type { Baseline } from './baseline/baseline.ts';
import { GateInputError } from './gate-error.ts';
import type { GateKeys, SubjectKeys } from './gate-keys.ts';
import type { FindingCount, GateReport, RowFailure, RowReason } from './gate-report.ts';
import { CsvRecords } from './record/csv-records.ts';
import { bareText, escapedInside, fieldText, outerEnd, outerStart, textIn, type Dialect } from './record/encoding.ts';
import { JsonRecords } from './record/json-records.ts';
import { BARE, KEY, LITERAL, type RecordReader, type RecordSink, type RecordView } from './record/record.ts';
import { RulePlan, type ColumnRules, type Decision } from './rule-plan.ts';
import { RowWriter, type OutputFormat } from './row-writer.ts';
import type { GateRules } from './rules.ts';

export type InputFormat = { readonly kind: 'csv'; readonly delimiter: number } | { readonly kind: 'jsonl' | 'json' };

/** Where a gate's results go. Bytes are not copied: they must be used or kept before the pushed chunk is changed. */
export interface GateSink {
  output(bytes: Uint8Array): void;
  /** A row that is set aside: its bytes as they came in. */
  quarantine(row: QuarantinedRow): void;
  audit(line: string): void;
}

export interface QuarantinedRow {
  readonly row: number;
  readonly byte: number;
  readonly reasons: readonly RowReason[];
  readonly bytes: Uint8Array;
}

export interface GateOptions {
  readonly rules: GateRules;
  readonly input: InputFormat;
  readonly output: OutputFormat;
  readonly keys: GateKeys;
  readonly subjects: SubjectKeys;
  readonly now: () => Date;
  /** How the audit calls the dataset and where it came from. */
  readonly dataset: string;
  readonly source: string;
  /** Digest of the rules. */
  readonly rulesDigest: string;
  /** Name and version of the detector. */
  readonly detector: string;
  readonly labels?: ReadonlyMap<string, readonly string[]>;
  readonly references?: References;
  readonly history?: BatchHistory;
  readonly baseline?: Baseline | null;
  /** Path of the input, by which some secrets are told. */
  readonly path?: string;
  readonly isRelease?: boolean;
}

interface Column {
  readonly name: string;
  /** As reports call it: a key of JSON may be somebody's. */
  readonly shown: string;
  readonly index: number;
  readonly rules: ColumnRules;
  /** Whole values are replaced, refused or set aside. */
  readonly whole: Decision | null;
  readonly isDropped: boolean;
  /** JSON text of what audit lines say, by rule and type. */
  readonly said: Map<string, string>;
  readonly counts: Map<string, { finding: FindingCount; count: number }>;
}

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

const FAILURES_LISTED = 100;
const NAME_MAX = 1_000;
/** From here on a name of a column is taken for somebody's data. */
const SURE = 0.9;
const encoder = new TextEncoder();

const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

/** The path of a key, or what kind of thing stands where the key should. */
function shownName(name: string): string {
  const found = detect(name.slice(0, NAME_MAX)).find(({ type }) => !ON_DEMAND.has(type));
  return found ? `(a key that holds ${found.type})` : name.slice(0, NAME_MAX);
}

export class Gate {
  readonly #options: GateOptions;
  readonly #sink: GateSink;
  readonly #plan: RulePlan;
  readonly #reader: RecordReader;
  /** CSV is looked through a chunk at a time, before its records are decided about; JSON field by field. */
  readonly #detector: FormatReader | null;
  /** What was found ahead of the record at hand, in order, from `#next` on. */
  #ahead: PlacedFinding[] = [];
  #next = 0;
  readonly #scanner: Scanner;
  readonly #dialect: Dialect;
  readonly #audit: AuditChain;
  readonly #checks: RowChecks;
  readonly #columns: Column[] = [];
  readonly #writer: RowWriter;
  /** Lent to the scanner for each field. */
  readonly #field = {
    bytes: new Uint8Array(0) as Uint8Array,
    start: 0,
    end: 0,
    escaping: 'json' as const,
    row: 0,
    column: 0,
    label: '',
    byte: 0,
  };
  #found: PlacedFinding[] = [];
  #hasWhole = false;
  #at: string;
  #bytes = 0;
  #longest = 0;
  #rows = 0;
  #quarantined = 0;
  #dropped = 0;
  #changed = 0;
  #failures = 0;
  readonly #firstFailures: RowFailure[] = [];
  readonly #reasons = new Map<string, RowReason & { count: number }>();
  /** Why the row at hand is set aside, refused or left out. */
  #rowReasons: RowReason[] = [];
  #isRowDropped = false;
  #splices: Splice[] = [];
  /** The first bytes, while there are fewer than three. */
  #lead: Uint8Array | null = new Uint8Array(0);

  constructor(options: GateOptions, sink: GateSink) {
    this.#options = options;
    this.#sink = sink;
    const { rules, input, now, keys, subjects } = options;
    this.#at = now().toISOString();
    this.#plan = new RulePlan(rules, {
      now: now(),
      keys,
      subjects,
      ...(options.labels && { labels: options.labels }),
      ...(options.isRelease && { isRelease: true }),
    });
    this.#dialect = input.kind === 'csv' ? input : { kind: 'json' };
    this.#audit = new AuditChain(
      {
        dataset: options.dataset,
        source: options.source,
        rules: options.rulesDigest,
        detector: options.detector,
        key: keys.id,
      },
      keys.keyFor('audit'),
    );
    const isCsv = input.kind === 'csv';
    this.#scanner = new Scanner((finding) => void (isCsv ? this.#ahead : this.#found).push(finding), {
      ...(this.#plan.types && { types: this.#plan.types }),
      ...(options.path !== undefined && { path: options.path }),
    });
    this.#checks = new RowChecks(rules.checks, this.#dialect, rules.nulls, {
      references: options.references ?? new Map(),
      baseline: options.baseline ?? null,
    });
    this.#writer = new RowWriter(this.#dialect, input.kind, options.output, (bytes) => {
      if (this.#failures === 0) sink.output(bytes);
    });
    const records: RecordSink = {
      column: (name, index) => this.#column(name, index),
      header: (view) => this.#header(view),
      record: (view) => this.#record(view),
    };
    this.#reader =
      input.kind === 'csv'
        ? new CsvRecords(records, input.delimiter)
        : new JsonRecords(records, input.kind === 'jsonl');
    this.#detector = input.kind === 'csv' && this.#plan.types?.size !== 0 ? new CsvReader(this.#scanner, input) : null;
    sink.audit(this.#audit.start(this.#at));
  }

  /** Rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Names of the columns met so far. */
  get columns(): readonly string[] {
    return this.#columns.map(({ shown }) => shown);
  }

  get auditLines(): number {
    return this.#audit.lines;
  }

  /** Takes the next bytes, cut anywhere; they must not be changed afterwards. Throws GateInputError. */
  push(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.#lead !== null) {
      this.#lead = joined(this.#lead, chunk);
      // A byte order mark has three bytes; until they are here nothing can be said.
      if (this.#lead.length < 3) return;
      bytes = withoutMark(this.#lead);
      this.#lead = null;
    }
    this.#bytes += bytes.length;
    this.#at = this.#options.now().toISOString();
    this.#read(bytes);
    this.#writer.flush();
  }

  /** The input is over: checks of the whole are made, and the verdict is known. Throws GateInputError. */
  end(): GateReport {
    if (this.#lead !== null && this.#lead.length > 0) this.#read(this.#lead);
    this.#detector?.end();
    this.#reader.end();
    this.#writer.end();
    const { rules, history } = this.#options;
    const { checks, drift, notes } = this.#checks.end(
      rules.checks,
      this.#rows,
      history ?? { rows: [] },
      this.#options.now(),
    );
    const failed = checks.filter(({ passed }) => !passed);
    const isRefused = this.#failures > 0 || failed.some(({ action }) => action === 'fail');
    const isWhole = !isRefused && failed.some(({ action, failed: rows }) => action === 'quarantine' && rows === null);
    const verdict = isRefused ? 'rejected' : isWhole || this.#quarantined > 0 ? 'quarantined' : 'accepted';
    this.#sink.audit(this.#audit.end(this.#options.now().toISOString(), verdict));
    return {
      verdict,
      isWhole,
      rows: {
        read: this.#rows,
        written: isRefused || isWhole ? 0 : this.#rows - this.#quarantined - this.#dropped,
        quarantined: this.#quarantined,
        dropped: this.#dropped,
      },
      bytes: this.#bytes,
      longest: this.#longest,
      changed: this.#changed,
      columns: this.columns,
      dropped: this.#columns.filter(({ isDropped }) => isDropped).map(({ shown }) => shown),
      hidden: this.#columns.filter(({ whole }) => whole?.deed.kind === 'replace').map(({ shown }) => shown),
      findings: this.#columns
        .flatMap(({ counts }) => [...counts.values()].map(({ finding, count }) => ({ ...finding, count })))
        .sort((a, b) => b.count - a.count),
      firstFailures: this.#firstFailures,
      failures: this.#failures,
      quarantine: [...this.#reasons.values()].sort((a, b) => b.count - a.count),
      checks,
      drift,
      notes: [
        ...this.#plan.expired.map((name) => `the permission ${name} has run out, so it no longer applies`),
        ...notes,
      ],
    };
  }

  #read(bytes: Uint8Array): void {
    this.#detector?.push(bytes);
    this.#reader.push(bytes);
    this.#ahead.splice(0, this.#next);
    this.#next = 0;
  }

  #column(name: string, index: number): void {
    const rules = this.#plan.columnRules(name);
    const shown = this.#dialect.kind === 'csv' ? name : shownName(name);
    const isDropped = rules.whole?.deed.kind === 'drop-column';
    const whole = rules.whole && rules.whole.deed.kind !== 'report' ? rules.whole : null;
    this.#columns[index] = {
      name,
      shown,
      index,
      rules,
      whole: isDropped ? null : whole,
      isDropped,
      said: new Map(),
      counts: new Map(),
    };
    if (whole && !isDropped) this.#hasWhole = true;
    this.#writer.column(name, index, isDropped);
    this.#checks.column(name, index);
    if (isDropped) {
      const what = auditWhat(
        this.#options.dataset,
        shown,
        null,
        rules.whole!.rule,
        'drop-column',
        this.#options.detector,
      );
      this.#sink.audit(this.#audit.line(this.#at, 0, 0, what, null));
    }
  }

  #header(view: RecordView): void {
    // A header may hold somebody's data as well; that is no header then, and a rule about columns cannot be meant.
    this.#scan(view, 0);
    const sure = this.#found.find(({ confidence }) => confidence >= SURE);
    if (sure) {
      const { row, byte, type } = sure;
      throw new GateInputError(
        `the header holds ${type}: is the first row data?`,
        row,
        byte,
        'Give the file a header.',
      );
    }
    this.#writer.header(view);
  }

  #scan(view: RecordView, row: number): void {
    this.#found.length = 0;
    if (this.#dialect.kind === 'csv') {
      const end = view.base + view.next;
      while (this.#next < this.#ahead.length && this.#ahead[this.#next]!.byte < end)
        this.#found.push(this.#ahead[this.#next++]!);
      return;
    }
    const field = this.#field;
    field.bytes = view.bytes;
    field.row = row;
    for (let i = 0; i < view.count; i++) {
      const start = view.starts[i]!;
      const end = view.ends[i]!;
      if (end <= start) continue;
      const kind = view.kinds[i]!;
      if (kind === LITERAL && end - start < 4) continue;
      const column = this.#columns[view.columns[i]!];
      if (column && (column.isDropped || !column.rules.isScanned)) continue;
      field.start = start;
      field.end = end;
      field.label = column?.name ?? '';
      field.byte = view.base + start;
      this.#scanner.field(field);
    }
  }

  #record(view: RecordView): void {
    this.#rows++;
    if (view.to - view.from > this.#longest) this.#longest = view.to - view.from;
    this.#scan(view, view.row);
    if (view.trouble !== null) {
      if (this.#options.rules.malformed === 'fail')
        throw new GateInputError(view.trouble, view.row, view.base + view.troubleAt);
      this.#rowReasons = [{ rule: `malformed: ${view.trouble.replace(/\d+/g, 'N')}`, column: null, type: null }];
      this.#say(view.row, view.base + view.troubleAt, null, null, 'malformed', 'quarantine', null);
      this.#setAside(view, view.base + view.troubleAt);
      return;
    }
    const broken = this.#checks.isIdle ? null : this.#checks.row(view);
    if (this.#found.length === 0 && !this.#hasWhole && broken === null) {
      this.#writer.keep(view);
      return;
    }
    this.#decide(view, broken);
  }

  #decide(view: RecordView, broken: readonly RowReason[] | null): void {
    this.#rowReasons = broken ? [...broken] : [];
    this.#isRowDropped = false;
    this.#splices = [];
    if (this.#hasWhole) this.#decideWhole(view);
    if (this.#found.length > 0) this.#decideFindings(view);
    if (broken)
      for (const reason of broken)
        this.#say(
          view.row,
          view.base + view.from,
          this.#columnNamed(reason.column),
          null,
          reason.rule,
          'quarantine',
          null,
        );
    if (this.#rowReasons.length > 0) return this.#setAside(view, view.base + view.from);
    if (this.#isRowDropped) {
      this.#dropped++;
      return this.#writer.leaveOut(view);
    }
    if (this.#splices.length === 0) return this.#writer.keep(view);
    this.#changed += this.#splices.length;
    if (this.#splices.length > 1) this.#splices.sort((a, b) => a.from - b.from);
    this.#writer.splice(view, this.#splices);
  }

  #decideWhole(view: RecordView): void {
    for (let i = 0; i < view.count; i++) {
      const column = this.#columns[view.columns[i]!]!;
      const { whole } = column;
      if (whole === null || view.kinds[i] === KEY) continue;
      const start = view.starts[i]!;
      const end = view.ends[i]!;
      const kind = view.kinds[i]!;
      if (end === start || (kind === LITERAL && view.bytes[start] === 110)) continue; // nothing, or null
      const value = fieldText(view, this.#dialect, i);
      const type = column.name;
      this.#act(view, column, whole, type, null, value, view.base + start, (text) => ({
        from: outerStart(view, i),
        to: outerEnd(view, i),
        bytes: encoder.encode(this.#wholeText(text, kind)),
      }));
    }
  }

  #wholeText(text: string, kind: number): string {
    if (this.#dialect.kind === 'json') return text === '' ? 'null' : bareText(text, this.#dialect, kind);
    return bareText(text, this.#dialect, BARE);
  }

  #decideFindings(view: RecordView): void {
    let i = 0;
    let last = 0;
    for (const finding of this.#found) {
      const at = finding.byte - view.base;
      // Findings come in the order of the fields.
      while (i < view.count - 1 && at >= view.starts[i + 1]!) i++;
      const column = this.#columns[view.columns[i]!]!;
      if (column.isDropped || !column.rules.isScanned) continue;
      const from = Math.max(at, last);
      const to = at + finding.bytes;
      if (to <= from) continue;
      last = to;
      const decision = column.rules.decide(finding);
      this.#count(column, finding, decision);
      // The value as a whole is seen to already.
      if (decision === column.whole) continue;
      const kind = view.kinds[i]!;
      const value = textIn(view, this.#dialect, kind, from, to);
      // A value that is replaced as a whole is not also replaced in part; refused it can still be.
      if (column.whole?.deed.kind === 'replace' && decision.deed.kind === 'replace') continue;
      const field = i;
      this.#act(view, column, decision, finding.type, finding.type, value, finding.byte, (text) =>
        this.#partSplice(view, field, from, to, text),
      );
    }
  }

  #partSplice(view: RecordView, i: number, from: number, to: number, text: string): Splice {
    const kind = view.kinds[i]!;
    const start = view.starts[i]!;
    const end = view.ends[i]!;
    const dialect = this.#dialect;
    if (kind === LITERAL || (kind === BARE && bareText(text, dialect, kind) !== text)) {
      // What was bare gets quotes, so the field is written anew as a whole.
      const whole = textIn(view, dialect, kind, start, from) + text + textIn(view, dialect, kind, to, end);
      return { from: start, to: end, bytes: encoder.encode(bareText(whole, dialect, kind)) };
    }
    return { from, to, bytes: encoder.encode(kind === BARE ? text : escapedInside(text, dialect)) };
  }

  #act(
    view: RecordView,
    column: Column,
    decision: Decision,
    shownType: string,
    type: string | null,
    value: string,
    byte: number,
    splice: (text: string) => Splice,
  ): void {
    const { deed, rule } = decision;
    let action = decision.action;
    switch (deed.kind) {
      case 'replace': {
        const text = deed.to(value, shownType, this.#subjectOf(view, decision));
        if (text === null) {
          action = 'quarantine';
          this.#rowReasons.push({
            rule: `${rule}: the value cannot be made a token of this kind`,
            column: column.shown,
            type,
          });
        } else this.#splices.push(splice(text));
        break;
      }
      case 'quarantine':
        this.#rowReasons.push({ rule, column: column.shown, type });
        break;
      case 'fail':
        this.#failures++;
        if (this.#firstFailures.length < FAILURES_LISTED)
          this.#firstFailures.push({ rule, column: column.shown, type, row: view.row, byte });
        break;
      case 'drop-row':
        this.#isRowDropped = true;
        break;
      case 'allow':
      case 'report':
      case 'drop-column':
        break;
      default:
        return deed satisfies never;
    }
    this.#say(view.row, byte, column, type, rule, action, value);
  }

  #say(
    row: number,
    byte: number,
    column: Column | null,
    type: string | null,
    rule: string,
    action: string,
    value: string | null,
  ): void {
    const key = `${type ?? ''}\n${rule}\n${action}`;
    let what = column?.said.get(key);
    if (what === undefined) {
      what = auditWhat(this.#options.dataset, column?.shown ?? '', type, rule, action, this.#options.detector);
      column?.said.set(key, what);
    }
    this.#sink.audit(this.#audit.line(this.#at, row, byte, what, value));
  }

  #subjectOf(view: RecordView, { subject }: Decision): string | null {
    if (subject === null) return null;
    for (let i = 0; i < view.count; i++)
      if (view.kinds[i] !== KEY && this.#columns[view.columns[i]!]!.name === subject)
        return fieldText(view, this.#dialect, i);
    return null;
  }

  #columnNamed(name: string | null): Column | null {
    return name === null ? null : (this.#columns.find((column) => column.name === name) ?? null);
  }

  #count(column: Column, { type, family }: PlacedFinding, { rule, action }: Decision): void {
    const key = `${type}\n${rule}`;
    const known = column.counts.get(key);
    if (known) known.count++;
    else column.counts.set(key, { finding: { type, family, column: column.shown, rule, action, count: 1 }, count: 1 });
  }

  #setAside(view: RecordView, byte: number): void {
    this.#quarantined++;
    for (const reason of this.#rowReasons) {
      const key = `${reason.rule}\n${reason.column ?? ''}\n${reason.type ?? ''}`;
      const known = this.#reasons.get(key);
      if (known) known.count++;
      else if (this.#reasons.size < 10_000) this.#reasons.set(key, { ...reason, count: 1 });
    }
    this.#sink.quarantine({
      row: view.row,
      byte,
      reasons: this.#rowReasons,
      bytes: view.bytes.subarray(view.from, view.to),
    });
    this.#writer.leaveOut(view);
  }
}
