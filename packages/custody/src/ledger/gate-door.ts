/** The gate as a door of the server: a stream in, and what may be given out once the verdict is known. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { AssetName } from '../event/event.ts';
import { Gate, type InputFormat } from '../gate/ingest/gate.ts';
import type { GateReport } from '../gate/ingest/gate-report.ts';
import type { SubjectKeys } from '../gate/ingest/gate-keys.ts';
import { csvHeader, type QuarantineHead } from '../gate/ingest/quarantine-rows.ts';
import { readRules } from '../gate/ingest/rules-file.ts';
import { maskedRow, type SampleField } from '../gate/ingest/sample.ts';
import { realDisk } from '../log/disk.ts';
import { SubjectKeyFiles } from '../source/gate-key-file.ts';
import { runGate, wholeBatch } from '../source/ingest-run.ts';
import { StagedFile } from '../source/staged-file.ts';
import type { GateStore } from './gate-store.ts';

export interface DoorAsk {
  /** Name of published rules. */
  readonly rules: string;
  readonly input: InputFormat;
  readonly output: 'csv' | 'jsonl';
  readonly dataset: AssetName;
  readonly source: AssetName;
  readonly by: string;
}

export interface DoorAnswer {
  readonly id: string;
  readonly report: GateReport;
  readonly entry: number;
  readonly batch: string | null;
  /** Null: nothing may be given out. Must be read or closed. */
  readonly output: { readonly bytes: number; readonly stream: AsyncGenerator<Uint8Array> } | null;
}

export interface HeldSample {
  readonly row: number;
  readonly reasons: readonly { readonly rule: string; readonly column: string | null; readonly type: string | null }[];
  readonly fields: readonly SampleField[];
}

export class GateDoor {
  readonly #store: GateStore;
  readonly #data: string;
  readonly #detector: string;
  readonly #now: () => Date;
  readonly #labelsOf: (dataset: AssetName) => ReadonlyMap<string, readonly string[]>;
  readonly #rowsOf: (dataset: AssetName) => readonly number[];

  constructor(parts: {
    readonly store: GateStore;
    readonly data: string;
    readonly detector: string;
    readonly now: () => Date;
    /** Accepted labels of a dataset's columns, and row counts of its ingests before. */
    readonly labelsOf: (dataset: AssetName) => ReadonlyMap<string, readonly string[]>;
    readonly rowsOf: (dataset: AssetName) => readonly number[];
  }) {
    this.#store = parts.store;
    this.#data = parts.data;
    this.#detector = parts.detector;
    this.#now = parts.now;
    this.#labelsOf = parts.labelsOf;
    this.#rowsOf = parts.rowsOf;
  }

  /** Where the audit of an ingest over HTTP lies. */
  auditPath(id: string): string {
    return `${this.#data}/audits/${id}.audit.jsonl`;
  }

  /**
   * Takes all of a stream, decides, records, and only then has something to give. Until then the bytes lie in the data
   * folder, where only the server's user reads. Throws GateInputError, GateRulesError, GateStoreError, LogError.
   */
  async ingest(stream: AsyncIterable<Uint8Array>, ask: DoorAsk): Promise<DoorAnswer> {
    const { text, version } = await this.#store.rulesText(ask.rules);
    const rules = readRules(text);
    const id = randomUUID();
    const started = this.#now().toISOString();
    await realDisk.makeFolder(`${this.#data}/staging`);
    await realDisk.makeFolder(`${this.#data}/audits`);
    const staged: StagedFile[] = [];
    const stage = async (path: string): Promise<StagedFile> => {
      const file = await StagedFile.create(path, 0o600);
      staged.push(file);
      return file;
    };
    const sealKey = randomBytes(32);
    const rulesDigest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    try {
      const output = await stage(`${this.#data}/staging/${id}.out`);
      const audit = await stage(this.auditPath(id));
      const subjects = await SubjectKeyFiles.open(`${this.#data}/subject-keys`);
      const run = await runGate(
        {
          rules,
          input: ask.input,
          output: ask.output,
          keys: this.#store.keys,
          subjects,
          now: this.#now,
          dataset: `${ask.dataset.namespace}:${ask.dataset.name}`,
          source: `${ask.source.namespace}:${ask.source.name}`,
          rulesDigest,
          detector: this.#detector,
          labels: this.#labelsOf(ask.dataset),
          history: { rows: this.#rowsOf(ask.dataset) },
        },
        stream,
        { output, audit, quarantine: () => stage(`${this.#data}/staging/${id}.rows`), sealKey },
      );
      const { report } = run;
      await subjects.save();
      await audit.commit();
      await output.sync();
      const isLet = report.verdict !== 'rejected' && !report.isWhole;
      // Of an input that is refused nothing is kept.
      let held = report.verdict === 'rejected' ? null : run.quarantine;
      if (report.isWhole)
        held = await this.#sealedWhole(
          output,
          ask.input,
          report,
          sealKey,
          await stage(`${this.#data}/staging/${id}.whole`),
        );
      await held?.sync();
      const { entry, batch } = await this.#store.record(
        {
          id,
          started,
          dataset: ask.dataset,
          source: ask.source,
          report,
          output: isLet ? { digest: output.digest(), bytes: output.bytes, format: ask.output } : null,
          audit: { digest: audit.digest(), lines: run.auditLines },
          rules: rulesDigest,
          detector: this.#detector,
          published: { name: ask.rules, version: version.version },
        },
        ask.by,
        held === null ? null : { key: sealKey, bytes: createReadStream(held.part) as AsyncIterable<Buffer> },
      );
      if (!isLet) return { id, report, entry, batch, output: null };
      staged.splice(staged.indexOf(output), 1);
      return { id, report, entry, batch, output: { bytes: output.bytes, stream: this.#given(output, id, ask.by) } };
    } finally {
      for (const file of staged) await file.discard().catch(() => {});
    }
  }

  /** The output; when its last byte was taken, the lineage says that the run is complete. Removed in any case. */
  async *#given(output: StagedFile, id: string, by: string): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(output.part, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>;
      await this.#store.landed(id, by, false);
    } finally {
      await rm(output.part, { force: true });
    }
  }

  async #sealedWhole(
    output: StagedFile,
    input: InputFormat,
    report: GateReport,
    key: Uint8Array,
    into: StagedFile,
  ): Promise<StagedFile> {
    for await (const bytes of wholeBatch(output.part, input, report, key)) await into.write(bytes);
    return into;
  }

  /** The first rows of a batch, masked. */
  async samples(
    batch: string,
    limit: number,
  ): Promise<{ readonly head: QuarantineHead; readonly rows: readonly HeldSample[] }> {
    const { head, rest } = await this.#store.rowsOf(batch);
    const rows: HeldSample[] = [];
    if (head.holds === 'rows') {
      for await (const { row, reasons, bytes } of this.#store.quarantine.rows(rest)) {
        rows.push({ row, reasons, fields: maskedRow(bytes, head) });
        if (rows.length >= limit) break;
      }
      return { head, rows };
    }
    for await (const { row, bytes } of linesOf(rest, head.input === 'csv')) {
      rows.push({ row, reasons: [], fields: maskedRow(bytes, head) });
      if (rows.length >= limit) break;
    }
    return { head, rows };
  }

  /**
   * A batch that was released, as a file of its input's format. `masked`: whatever a rule would set aside is masked; what a
   * check found stays as it is, for that is what the person looked at.
   */
  async *released(batch: string, as: 'raw' | 'masked'): AsyncGenerator<Uint8Array> {
    const { head, rest } = await this.#store.rowsOf(batch);
    if (head.holds === 'whole') return yield* rest;
    const raw = this.#rawRows(head, this.#store.quarantine.rows(rest));
    if (as === 'raw') return yield* raw;
    const pieces: Uint8Array[] = [];
    const input: InputFormat =
      head.input === 'csv' ? { kind: 'csv', delimiter: head.delimiter ?? 44 } : { kind: 'jsonl' };
    const gate = new Gate(
      {
        rules: readRules('version: 1\ndefault: mask\nmalformed: quarantine\n'),
        input,
        output: head.input === 'csv' ? 'csv' : 'jsonl',
        keys: this.#store.keys,
        subjects: NOBODY,
        now: this.#now,
        dataset: batch,
        source: batch,
        rulesDigest: '',
        detector: this.#detector,
      },
      { output: (bytes) => void pieces.push(bytes), audit: () => {}, quarantine: () => {} },
    );
    for await (const bytes of raw) {
      gate.push(bytes);
      yield* pieces.splice(0);
    }
    gate.end();
    yield* pieces.splice(0);
  }

  async *#rawRows(head: QuarantineHead, rows: AsyncIterable<{ readonly bytes: Buffer }>): AsyncGenerator<Uint8Array> {
    if (head.input === 'csv') yield Buffer.from(csvHeader(head.columns, head.delimiter ?? 44));
    for await (const { bytes } of rows)
      yield Buffer.concat([head.input === 'json' ? Buffer.from(oneLine(bytes)) : bytes, NEWLINE]);
  }
}

const NEWLINE = Buffer.from('\n');
const NOBODY: SubjectKeys = {
  keyOf() {
    throw new Error('a release makes no reversible tokens');
  },
};

/** An element of a JSON array may go over several lines. */
const oneLine = (bytes: Buffer): string =>
  bytes.toString().replace(/("(?:[^"\\]|\\.)*")|\s+/gs, (_, string: string | undefined) => string ?? '');

/** Lines, without the header of CSV. Quoted line ends are taken for row ends: it is a sample. */
async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  hasHeader: boolean,
): AsyncGenerator<{ row: number; bytes: Buffer }> {
  let held = Buffer.alloc(0);
  let row = hasHeader ? 0 : 1;
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk]);
    let at = 0;
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10, at)) {
      if (row > 0) yield { row, bytes: held.subarray(at, end) };
      row++;
      at = end + 1;
    }
    held = Buffer.from(held.subarray(at));
  }
}
