/** A gate as a web stream (WHATWG Streams): bytes in, bytes out. */
import { Gate, type GateOptions, type GateSink } from './gate.ts';
import type { GateReport } from './gate-report.ts';

/** The gate does not let the input in. What was read from the stream before must be thrown away. */
export class GateRefusedError extends Error {
  readonly code = 'gate.refused';
  readonly report: GateReport;

  constructor(report: GateReport) {
    super(
      report.isWhole
        ? 'the batch is to be set aside as a whole'
        : `the gate refuses the input: ${report.failures} values may not get in`,
    );
    this.name = 'GateRefusedError';
    this.report = report;
  }
}

export interface GateStream {
  /** Ends with GateRefusedError or GateInputError where the input may not get in. */
  readonly stream: TransformStream<Uint8Array, Uint8Array>;
  /** The report once the input is over; rejects where it cannot be read on. */
  readonly report: Promise<GateReport>;
}

/**
 * A stream cannot be taken back: whoever writes its bytes somewhere writes them to a place that nobody reads until the
 * stream has ended well. `sink` takes the audit and the rows that are set aside; left out, such rows refuse the input.
 */
export function gateStream(
  options: GateOptions,
  sink: Partial<Pick<GateSink, 'audit' | 'quarantine'>> = {},
): GateStream {
  let settle: { readonly resolve: (report: GateReport) => void; readonly reject: (error: unknown) => void } | null =
    null;
  const report = new Promise<GateReport>((resolve, reject) => (settle = { resolve, reject }));
  report.catch(() => {}); // told through the stream as well
  let pieces: Uint8Array[] = [];
  const gate = new Gate(options, {
    output: (bytes) => void pieces.push(bytes),
    audit: sink.audit ?? (() => {}),
    quarantine: sink.quarantine ?? (() => {}),
  });
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      settle!.reject(error);
      throw error;
    }
  };
  const stream = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) =>
      guarded(() => {
        gate.push(chunk);
        for (const piece of pieces) controller.enqueue(piece);
        pieces = [];
      }),
    flush: (controller) =>
      guarded(() => {
        const said = gate.end();
        settle!.resolve(said);
        const mayPass =
          said.verdict === 'accepted' ||
          (said.verdict === 'quarantined' && !said.isWhole && sink.quarantine !== undefined);
        if (!mayPass) throw new GateRefusedError(said);
        for (const piece of pieces) controller.enqueue(piece);
      }),
  });
  return { stream, report };
}
