/** `custody audit verify`: is an audit whole, and is it the one that the log speaks of? */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CommandError, EXIT, UsageError, type Command } from './command.ts';
import { connect, CONNECTION_OPTIONS } from './connection.ts';

const FAULTS: Readonly<Record<string, string>> = {
  chain: 'was changed, or a line before it was added, left out or moved',
  'not-json': 'is not a line of an audit',
  order: 'is not where it should be',
  format: 'does not begin an audit',
  count: 'counts other lines than there are',
  'no-end': 'is the last, and the line that ends an audit is missing',
};

interface Found {
  readonly id: string;
  readonly entry: number;
  readonly decided: string;
  readonly verdict: string;
}

export const auditVerify: Command = {
  name: 'audit verify',
  arguments: 'FILE',
  summary: 'check the chain of an audit, and that its digest is in the log',
  example: 'custody audit verify clean.csv.20261112T063000Z-3f5e83fa.audit.jsonl',
  details:
    'Exit code 1 if a line was changed, added, moved or left out, or if the log does not know the audit. --offline checks the chain alone.',
  options: { offline: { type: 'boolean', help: 'do not ask the log' }, ...CONNECTION_OPTIONS },
  async run(invocation) {
    const [path] = invocation.positionals;
    if (path === undefined || invocation.positionals.length > 1) throw new UsageError('Name one audit.');
    const { AuditCheck } = await import('../gate/ingest/audit.ts');
    const check = new AuditCheck();
    const hash = createHash('sha256');
    const stream = createReadStream(path, { highWaterMark: 1 << 20 });
    stream.on('data', (chunk) => hash.update(chunk));
    try {
      for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) check.line(line);
    } catch (error) {
      throw new CommandError(`Cannot read ${path}: ${(error as Error).message}.`, 'Check the name.');
    }
    const { lines, verdict, about, faults } = check.end();
    const digest = `sha256:${hash.digest('hex')}`;
    let entry: Found | null = null;
    const isAsked = invocation.values['offline'] !== true;
    if (isAsked) {
      const connection = await connect(invocation);
      try {
        const { items } = await connection.json<{ items: Found[] }>(
          `/custody/v1/ingests?audit=${encodeURIComponent(digest)}`,
        );
        entry = items[0] ?? null;
      } finally {
        await connection.close();
      }
    }
    const isGood = faults.length === 0 && (!isAsked || entry !== null);
    const { out } = invocation;
    if (out.json)
      out.write(
        `${JSON.stringify({ good: isGood, lines, verdict, digest, dataset: about?.dataset ?? null, faults, entry: entry?.entry ?? null })}\n`,
      );
    else {
      for (const { line, fault } of faults) out.write(`line ${line} ${FAULTS[fault]}\n`);
      if (faults.length === 0) out.write(`The chain holds: ${lines} lines, verdict ${verdict}.\n`);
      if (isAsked)
        out.write(
          entry === null
            ? `The log knows no audit with the digest ${digest}.\n`
            : `Entry ${entry.entry} of ${entry.decided} names it: ${digest}\n`,
        );
    }
    return isGood ? EXIT.ok : EXIT.no;
  },
};
