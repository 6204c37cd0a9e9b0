/** `custody-verify`: checks proof files offline. Everything it knows is in the files and the key it is given. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { toBase64 } from './bytes.ts';
import { parseVerifierKey, type VerifierKey } from './note.ts';
import { parseProof, verifyProof, type ProvedEntry } from './proof.ts';
import { VerifyError } from './verify-error.ts';

const HELP = `custody-verify: check log proofs, without the server and without an account

Usage
  custody-verify FILE... [--key KEY] [--show] [--json]

Options
  --key KEY   the log's public key (name+id+base64), or @FILE that holds it. Get it from a source you trust: without
              it the check uses the key in the file, which proves that the file is whole but not who made it.
  --show      print the proved entry
  --json      one JSON object a file
  --help      this text

Example
  custody log prove 42 > entry-42.tlog-proof
  custody-verify entry-42.tlog-proof --key @log.key

Exit codes
  0  every file passed      1  a check failed      2  usage, or a file that cannot be read
`;

export async function main(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        show: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return usage((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (positionals.length === 0) return usage('Name at least one proof file.');

  let key: VerifierKey | null = null;
  try {
    if (values.key !== undefined) {
      key = parseVerifierKey(values.key.startsWith('@') ? readFileSync(values.key.slice(1), 'utf8') : values.key);
    }
  } catch (error) {
    return usage(`--key: ${(error as Error).message}`);
  }

  let exit = 0;
  for (const file of positionals) {
    let bytes: Uint8Array;
    try {
      bytes = file === '-' ? readFileSync(0) : readFileSync(file);
    } catch (error) {
      exit = usage((error as Error).message);
      continue;
    }
    try {
      const proved = await verifyProof(parseProof(bytes), key);
      process.stdout.write(
        values.json ? `${JSON.stringify(asJson(file, proved))}\n` : passed(file, proved, values.show ?? false),
      );
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error;
      exit = Math.max(exit, 1);
      const { code, message, remedy } = error;
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ file, pass: false, code, message, remedy })}\n`
          : `FAIL  ${file}\n  ${message} [${code}]\n  ${remedy}\n`,
      );
    }
  }
  return exit;
}

function usage(message: string): number {
  process.stderr.write(`custody-verify: ${message}\nTry custody-verify --help.\n`);
  return 2;
}

function passed(file: string, { index, entry, checkpoint, key, keyFrom, payload }: ProvedEntry, show: boolean): string {
  const lines = [
    `PASS  ${file}`,
    `  Entry ${index} is in the log ${checkpoint.origin}, one of ${checkpoint.size} under root ${toBase64(checkpoint.root)}.`,
    `  Signed by ${key.name}+${key.id}.`,
  ];
  if (payload) lines.push(`  The payload (${payload.length} bytes) is the one the entry commits to.`);
  if (keyFrom === 'file') {
    lines.push(
      '  The key came from the file itself, so this shows that the file is whole, not who made it.',
      `  Compare ${key.id} with the log owner's published key, or pass it: --key '${key.text}'`,
    );
  }
  if (show) lines.push('', entry);
  return `${lines.join('\n')}\n`;
}

const asJson = (file: string, { index, entry, checkpoint, key, keyFrom, payload }: ProvedEntry) => ({
  file,
  pass: true,
  index,
  origin: checkpoint.origin,
  size: checkpoint.size,
  root: toBase64(checkpoint.root),
  key: key.text,
  keyFrom,
  payloadChecked: payload !== null,
  entry,
});
