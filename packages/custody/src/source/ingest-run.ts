/** Drives a gate from a stream into files that nobody sees yet. */
import { createReadStream } from 'node:fs';
import { Gate, type GateOptions, type InputFormat } from '../gate/ingest/gate.ts';
import type { GateReport } from '../gate/ingest/gate-report.ts';
import { headLine, QUARANTINE_FORMAT, rowLine } from '../gate/ingest/quarantine-rows.ts';
import { Sealer } from '../gate/ingest/seal.ts';
import type { StagedFile } from './staged-file.ts';

export interface IngestFiles {
  /** Null: a dry run, nothing is written. */
  readonly output: StagedFile | null;
  readonly audit: StagedFile | null;
  /** Made when the first row is set aside. */
  readonly quarantine: (() => Promise<StagedFile>) | null;
  /** 32 random bytes. */
  readonly sealKey: Uint8Array;
}

export interface IngestRun {
  readonly report: GateReport;
  readonly auditLines: number;
  /** The sealed rows; null if none was set aside. */
  readonly quarantine: StagedFile | null;
}

const FLUSH_BYTES = 1 << 20;

/**
 * Reads all of the input. What was written is complete when this resolves, and not yet synced. Throws GateInputError and
 * errors of the file system; whoever made the files discards them then.
 */
export async function runGate(
  options: GateOptions,
  input: AsyncIterable<Uint8Array>,
  files: IngestFiles,
  onProgress: (rows: number) => void = () => {},
): Promise<IngestRun> {
  let pieces: Uint8Array[] = [];
  let audit: string[] = [];
  let held: string[] = [];
  let heldLength = 0;
  const gate = new Gate(options, {
    output: (bytes) => void pieces.push(bytes),
    audit: (line) => void audit.push(line),
    quarantine: (row) => {
      const line = rowLine(row);
      held.push(line);
      heldLength += line.length;
    },
  });
  const sealer = new Sealer(files.sealKey);
  let quarantine: StagedFile | null = null;
  const seal = async (isLast: boolean): Promise<void> => {
    if (files.quarantine === null || (quarantine === null && held.length === 0)) return;
    let text = held.join('');
    if (quarantine === null) {
      quarantine = await files.quarantine();
      const { kind } = options.input;
      const delimiter = options.input.kind === 'csv' ? options.input.delimiter : null;
      text =
        headLine({ format: QUARANTINE_FORMAT, holds: 'rows', input: kind, delimiter, columns: gate.columns }) + text;
    }
    held = [];
    heldLength = 0;
    await quarantine.write(sealer.seal(Buffer.from(text), isLast));
  };
  const flush = async (): Promise<void> => {
    if (pieces.length > 0) await files.output?.write(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
    pieces = [];
    if (audit.length > 0) await files.audit?.write(Buffer.from(audit.join('')));
    audit = [];
    if (heldLength >= FLUSH_BYTES) await seal(false);
    else if (files.quarantine === null) {
      held = [];
      heldLength = 0;
    }
  };
  try {
    for await (const chunk of input) {
      gate.push(chunk);
      await flush();
      onProgress(gate.rows);
    }
    const report = gate.end();
    await flush();
    await seal(true);
    return { report, auditLines: gate.auditLines, quarantine };
  } catch (error) {
    await (quarantine as StagedFile | null)?.discard();
    throw error;
  }
}

/** What a gate wrote of a batch that is set aside as a whole, sealed. */
export async function* wholeBatch(
  path: string,
  input: InputFormat,
  report: GateReport,
  key: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const sealer = new Sealer(key);
  const delimiter = input.kind === 'csv' ? input.delimiter : null;
  const kept = report.columns.filter((name) => !report.dropped.includes(name));
  yield sealer.seal(
    Buffer.from(headLine({ format: QUARANTINE_FORMAT, holds: 'whole', input: input.kind, delimiter, columns: kept })),
    false,
  );
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    yield sealer.seal(chunk, false);
  yield sealer.seal(new Uint8Array(0), true);
}
