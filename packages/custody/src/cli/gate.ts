/** `custody gate`: rules to start from, their check, baselines, imports, and the way back from tokens. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createHash, randomInt } from 'node:crypto';
import type { InputFormat } from '../gate/ingest/gate.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command, type Invocation } from './command.ts';
import { CONNECTION_OPTIONS, dataFolder } from './connection.ts';
import { explained } from './gate-trouble.ts';

const AS = {
  as: { type: 'string', value: 'KIND', help: 'read as csv, jsonl or json, whatever the name says' },
} as const;
const OUT = {
  out: { type: 'string', short: 'o', value: 'FILE', help: 'where it goes' },
  force: { type: 'boolean', help: 'write over what is there' },
} as const;

const one = ({ positionals }: Invocation, what: string): string => {
  if (positionals.length !== 1) throw new UsageError(what);
  return positionals[0]!;
};

const kindOf = (invocation: Invocation): InputFormat['kind'] | null => {
  const kind = stringOf(invocation, 'as');
  if (kind === undefined || kind === 'csv' || kind === 'jsonl' || kind === 'json') return kind ?? null;
  throw new UsageError(`--as takes csv, jsonl or json, not "${kind}".`);
};

/** Writes a text that a person will change: never over one that is there, unless asked to. */
async function place(invocation: Invocation, path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: invocation.values['force'] === true ? 'w' : 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandError(
      `${path} is there already.`,
      'Name another file with --out, or write over it with --force.',
      EXIT.no,
    );
  }
}

export const gateInit: Command = {
  name: 'gate init',
  arguments: 'FILE',
  summary: 'write rules to start from, by what a file holds',
  example: 'custody gate init reviews.csv',
  details:
    'Reads all of FILE. The rules name the columns with their types, what was found in them, and what to do with it. No value gets into them.',
  options: { ...AS, ...OUT },
  run: (invocation) =>
    explained(async () => {
      const path = one(invocation, 'Name one file, or - for standard input.');
      const target = stringOf(invocation, 'out') ?? 'custody.gate.yaml';
      const [{ openGateInput }, { StarterReader }] = await Promise.all([
        import('../source/gate-input.ts'),
        import('../gate/ingest/starter-reader.ts'),
      ]);
      const input = await openGateInput(path, kindOf(invocation));
      const reader = new StarterReader(input.format);
      for await (const chunk of input.bytes) {
        reader.push(chunk);
        invocation.out.progress(`${path}: ${reader.rows} rows`);
      }
      invocation.out.progress('');
      const text = reader.end(path === '-' ? 'standard input' : path);
      await place(invocation, target, text);
      if (invocation.out.json) invocation.out.write(`${JSON.stringify({ rules: target, rows: reader.rows })}\n`);
      else
        invocation.out.write(
          `${target} written from ${reader.rows} rows. Read it, then: custody ingest ${path} --to OUT --rules ${target} --dry-run\n`,
        );
      return EXIT.ok;
    }, path0(invocation)),
};

const path0 = ({ positionals }: Invocation): string => positionals[0] ?? '';

export const gateCheck: Command = {
  name: 'gate check',
  arguments: 'RULES',
  summary: 'check a file of rules, with the line of a mistake',
  example: 'custody gate check custody.gate.yaml',
  details: 'Exit code 1 if there is a mistake.',
  options: {},
  async run(invocation) {
    const path = one(invocation, 'Name one file of rules.');
    const [{ readRules }, { GateRulesError }] = await Promise.all([
      import('../gate/ingest/rules-file.ts'),
      import('../gate/ingest/gate-error.ts'),
    ]);
    const text = await readFile(path, 'utf8').catch((error: Error) => {
      throw new CommandError(`Cannot read ${path}: ${error.message}.`, 'Check the name.');
    });
    try {
      const { rules, checks } = readRules(text);
      const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
      if (invocation.out.json) invocation.out.write(`${JSON.stringify({ issues: [], digest })}\n`);
      else
        invocation.out.write(`${path}: ${rules.length} rules, checks of ${checks.columns.length} columns. ${digest}\n`);
      return EXIT.ok;
    } catch (error) {
      if (!(error instanceof GateRulesError)) throw error;
      const { message, field, line, column, remedy } = error;
      if (invocation.out.json)
        invocation.out.write(`${JSON.stringify({ issues: [{ message, field, line, column, remedy }] })}\n`);
      else invocation.out.note(`custody: ${error.format(path)}\n${remedy}`);
      return EXIT.no;
    }
  },
};

export const gateBaseline: Command = {
  name: 'gate baseline',
  arguments: 'FILE',
  summary: 'write the golden baseline of a good batch, for the drift check',
  example: 'custody gate baseline reviews-2026-10.csv --out reviews.baseline.json',
  details:
    'FILE is read twice: to find cut points, then to count. The baseline holds cut points, least and greatest numbers and sums, which may be of people: keep it beside the data. Texts are in it only as salted hashes and lengths.',
  options: { ...AS, ...OUT },
  run: (invocation) =>
    explained(async () => {
      const path = one(invocation, 'Name one file; it is read twice, so not standard input.');
      if (path === '-') throw new UsageError('A baseline reads its file twice, so not standard input.');
      const [{ readTwice }, { baselineText, baselineDigest }, { BaselineMaker }] = await Promise.all([
        import('../source/baseline-file.ts'),
        import('../gate/ingest/baseline/baseline.ts'),
        import('../gate/ingest/baseline/make-baseline.ts'),
      ]);
      const maker = new BaselineMaker({ salt: randomInt(2 ** 32), random: Math.random });
      await readTwice(path, kindOf(invocation), maker, (pass, rows) =>
        invocation.out.progress(`${path}: pass ${pass}, ${rows} rows`),
      );
      invocation.out.progress('');
      const baseline = maker.end((await stat(path)).mtime);
      const target = stringOf(invocation, 'out') ?? `${path}.baseline.json`;
      await place(invocation, target, baselineText(baseline));
      const digest = baselineDigest(baseline);
      if (invocation.out.json)
        invocation.out.write(
          `${JSON.stringify({ baseline: target, rows: baseline.rows, columns: baseline.columns.length, digest })}\n`,
        );
      else invocation.out.write(`${target}: ${baseline.rows} rows, ${baseline.columns.length} columns. ${digest}\n`);
      return EXIT.ok;
    }, path0(invocation)),
};

export const gateImport: Command = {
  name: 'gate import',
  arguments: 'FILE',
  summary: 'make rules of a Great Expectations suite or an Open Data Contract (ODCS 3)',
  example: 'custody gate import expectations/reviews.json --out custody.gate.yaml',
  details:
    'A .json file is a suite, a .yaml file a contract. What has no like here is listed, and stands in the rules as comments.',
  options: {
    object: { type: 'string', value: 'NAME', help: 'which object of a contract (default: the first)' },
    ...OUT,
  },
  run: (invocation) =>
    explained(async () => {
      const path = one(invocation, 'Name one suite or contract.');
      const text = await readFile(path, 'utf8').catch((error: Error) => {
        throw new CommandError(`Cannot read ${path}: ${error.message}.`, 'Check the name.');
      });
      const isSuite = /\.json$/i.test(path);
      const [{ importSuite }, { importContract }, { importedRules }] = await Promise.all([
        import('../gate/ingest/import/great-expectations.ts'),
        import('../gate/ingest/import/data-contract.ts'),
        import('../gate/ingest/import/imported.ts'),
      ]);
      const imported = isSuite ? importSuite(text) : importContract(text, stringOf(invocation, 'object'));
      const target = stringOf(invocation, 'out') ?? 'custody.gate.yaml';
      await place(
        invocation,
        target,
        importedRules(imported, isSuite ? 'a Great Expectations suite' : 'an Open Data Contract'),
      );
      const { mapped, unmapped } = imported;
      if (invocation.out.json) invocation.out.write(`${JSON.stringify({ rules: target, mapped, unmapped })}\n`);
      else {
        invocation.out.write(`${target}: ${mapped} expectations taken, ${unmapped.length} not.\n`);
        for (const { what, why } of unmapped) invocation.out.write(`  not taken: ${what}: ${why}\n`);
      }
      return EXIT.ok;
    }, path0(invocation)),
};

export const gateReveal: Command = {
  name: 'gate reveal',
  arguments: 'TOKEN...',
  summary: 'turn reversible tokens back into values, while their keys exist',
  example: 'custody gate reveal tkr_abcdefgh',
  details:
    'Needs the keys of the data folder. Exit code 1 if a token cannot be turned back: it is none, was altered, or its key was destroyed.',
  options: { data: CONNECTION_OPTIONS['data']! },
  async run(invocation) {
    if (invocation.positionals.length === 0) throw new UsageError('Name at least one token.');
    const [{ SubjectKeyFiles }, { valueOfToken }] = await Promise.all([
      import('../source/gate-key-file.ts'),
      import('../gate/ingest/action/token.ts'),
    ]);
    const keys = await SubjectKeyFiles.open(`${dataFolder(invocation)}/subject-keys`);
    const values = invocation.positionals.map((token) => valueOfToken(token, (id) => keys.keyById(id)));
    if (invocation.out.json) invocation.out.write(`${JSON.stringify({ values })}\n`);
    else for (const value of values) invocation.out.write(`${value ?? '(cannot be turned back)'}\n`);
    return values.includes(null) ? EXIT.no : EXIT.ok;
  },
};

export const gateForget: Command = {
  name: 'gate forget',
  arguments: 'SUBJECT',
  summary: "destroy a person's key: none of their reversible tokens can be turned back again",
  example: 'custody gate forget 4711',
  details: 'SUBJECT is the value of the column that the rules name as subject. Exit code 1 if there is no key.',
  options: {
    data: CONNECTION_OPTIONS['data']!,
    key: { type: 'string', value: 'FILE', help: 'the secret of the gate (default: of the data folder)' },
  },
  run: (invocation) =>
    explained(async () => {
      const subject = one(invocation, 'Name one person, as the subject column does.');
      const [{ SubjectKeyFiles, readGateKeys }, { subjectId }] = await Promise.all([
        import('../source/gate-key-file.ts'),
        import('../gate/ingest/subject-id.ts'),
      ]);
      const data = dataFolder(invocation);
      const secret = await readGateKeys(
        stringOf(invocation, 'key') ?? process.env['CUSTODY_GATE_KEY_FILE'] ?? `${data}/gate.key`,
        false,
      );
      const keys = await SubjectKeyFiles.open(`${data}/subject-keys`);
      const isGone = await keys.destroy(subjectId(secret.keyFor('subject'), subject));
      if (invocation.out.json) invocation.out.write(`${JSON.stringify({ destroyed: isGone })}\n`);
      else invocation.out.write(isGone ? 'The key is destroyed.\n' : 'There is no key of that person.\n');
      return isGone ? EXIT.ok : EXIT.no;
    }, ''),
};
