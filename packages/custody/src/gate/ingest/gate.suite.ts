/** A gate over texts, for tests: bytes in as they come, everything it says out. */
import { Gate, type GateOptions, type InputFormat } from './gate.ts';
import type { GateReport } from './gate-report.ts';
import { GateKeys } from './gate-keys.ts';
import { readRules } from './rules-file.ts';

export const NOW = new Date('2026-11-28T06:00:00Z');

export interface Gated {
  readonly report: GateReport;
  readonly output: string;
  readonly audit: string;
  readonly quarantine: readonly { readonly row: number; readonly reasons: readonly string[]; readonly text: string }[];
}

export function subjectKeysInMemory() {
  const keys = new Map<string, { id: Buffer; key: Buffer }>();
  return {
    keys,
    keyOf(subject: string) {
      let known = keys.get(subject);
      if (!known)
        keys.set(subject, (known = { id: Buffer.alloc(16, keys.size + 1), key: Buffer.alloc(32, keys.size + 1) }));
      return known;
    },
  };
}

export function gated(
  rules: string,
  input: string | Uint8Array | readonly Uint8Array[],
  { format = { kind: 'csv', delimiter: 44 }, ...more }: { format?: InputFormat } & Partial<GateOptions> = {},
): Gated {
  const output: Buffer[] = [];
  let audit = '';
  const quarantine: Gated['quarantine'][number][] = [];
  const gate = new Gate(
    {
      rules: readRules(rules),
      input: format,
      output: format.kind === 'csv' ? 'csv' : 'jsonl',
      keys: new GateKeys(Buffer.alloc(32, 1)),
      subjects: subjectKeysInMemory(),
      now: () => NOW,
      dataset: 'file:reviews',
      source: 'reviews.csv',
      rulesDigest: 'sha256:0',
      detector: 'custody/test',
      ...more,
    },
    {
      output: (bytes) => void output.push(Buffer.from(bytes)),
      audit: (line) => void (audit += line),
      quarantine: ({ row, reasons, bytes }) =>
        void quarantine.push({
          row,
          reasons: reasons.map(({ rule, column, type }) => [rule, column, type].filter(Boolean).join(' ')),
          text: Buffer.from(bytes).toString(),
        }),
    },
  );
  const chunks = typeof input === 'string' ? [Buffer.from(input)] : input instanceof Uint8Array ? [input] : input;
  for (const chunk of chunks) gate.push(chunk);
  const report = gate.end();
  return { report, output: Buffer.concat(output).toString(), audit, quarantine };
}
