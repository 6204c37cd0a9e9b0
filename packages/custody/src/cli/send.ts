import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { CommandError, EXIT, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS } from './connection.ts';
import { BATCH_BYTES, BATCH_EVENTS, sendBatch } from './event-batch.ts';

export const send: Command = {
  name: 'send',
  arguments: 'FILE.jsonl...',
  summary: 'send OpenLineage events, one a line',
  example: 'custody send events.jsonl',
  details: 'Files may be gzipped (.gz); - is standard input. Events that are known already are not recorded again.',
  options: CONNECTION_OPTIONS,
  async run(invocation) {
    const { out, positionals } = invocation;
    if (positionals.length === 0) throw new UsageError('Name at least one file.');
    return connected(invocation, async (connection) => {
      const total = { received: 0, successful: 0, duplicates: 0, failed: 0 };
      const refused: { file: string; line: number; reason: string; pointer: string | null }[] = [];
      for (const file of positionals) {
        for await (const { lines, numbers } of batches(file)) {
          const { summary, failed } = await sendBatch(connection, lines, `${file}, line ${numbers[0]}`);
          for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += summary[key];
          for (const { index, reason, pointer } of failed)
            refused.push({ file, line: numbers[index]!, reason, pointer });
          out.progress(`Sent ${total.received} events`);
        }
      }
      out.progress('');
      if (out.json) out.write(`${JSON.stringify({ ...total, refused })}\n`);
      else {
        const known = total.duplicates > 0 ? `, ${total.duplicates} of them known already` : '';
        out.write(`${total.successful} of ${total.received} events taken${known}.\n`);
        for (const { file, line, reason, pointer } of refused.slice(0, 20)) {
          out.write(`  refused: ${file}:${line}${pointer ? ` ${pointer}` : ''}: ${reason}\n`);
        }
        if (refused.length > 20) out.write(`  and ${refused.length - 20} more\n`);
      }
      return refused.length > 0 ? EXIT.no : EXIT.ok;
    });
  },
};

async function* batches(file: string): AsyncGenerator<{ lines: string[]; numbers: number[] }> {
  const raw: Readable = file === '-' ? process.stdin : createReadStream(file);
  const stream = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => stream.destroy(error));
  let lines: string[] = [];
  let numbers: number[] = [];
  let bytes = 0;
  let number = 0;
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      number++;
      if (line.trim() === '') continue;
      if (lines.length > 0 && (lines.length === BATCH_EVENTS || bytes + line.length > BATCH_BYTES)) {
        yield { lines, numbers };
        lines = [];
        numbers = [];
        bytes = 0;
      }
      lines.push(line);
      numbers.push(number);
      bytes += line.length;
    }
  } catch (error) {
    throw new CommandError(
      `Cannot read ${file}: ${(error as Error).message}.`,
      'Check the name and that it is text, one event a line.',
    );
  }
  if (lines.length > 0) yield { lines, numbers };
}
