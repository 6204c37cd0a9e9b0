/** Files of cases, one JSON value a line, answered line by line into another file: how engines are scored by machines. */
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { CommandError, EXIT, UsageError, type Exit, type Output } from './command.ts';

/** Answers each case; `answer` gets the line and its number from 0, and gives a line. Empty lines are no cases. */
export async function answerCases(
  file: string,
  target: string | undefined,
  out: Output,
  answer: (line: string, n: number) => string,
): Promise<Exit> {
  if (target === undefined) throw new UsageError('--cases needs --out.');
  const stream = createReadStream(file);
  await once(stream, 'open').catch((error: Error) => {
    throw new CommandError(`Cannot read ${file}: ${error.message}.`, 'Check the name.');
  });
  const output = createWriteStream(target);
  let n = 0;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    output.write(`${answer(line, n++)}\n`);
    out.progress(`Answered ${n} cases`);
  }
  output.end();
  await once(output, 'finish');
  out.progress('');
  out.note(`${n} answers in ${target}`);
  return EXIT.ok;
}

/** Text of a file; - is standard input. Throws CommandError. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
  } catch (error) {
    throw new CommandError(`Cannot read ${file}: ${(error as Error).message}.`, 'Check the name.');
  }
}
