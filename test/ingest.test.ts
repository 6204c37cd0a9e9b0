/** `custody ingest` as a user has it: whole files, a killed process, a full disk, and what the log knows afterwards. */
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../packages/custody/src/app.ts';

const CLI = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/custody-ingest-`);
const data = join(folder, 'data');
const at = (name: string): string => join(folder, name);
let app: App;

const ended = (
  args: readonly string[],
  input?: string,
): Promise<{ status: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: { ...process.env, CUSTODY_DATA: data } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
    child.stdin.end(input);
  });
const json = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const response = await app.fetch(
    new Request(`http://localhost${path}`, {
      ...init,
      headers: { host: 'localhost', authorization: `Bearer ${app.cliKey}`, 'content-type': 'application/json' },
    }),
  );
  return (await response.json()) as T;
};

const REVIEWS = `id,mail,rating,text
1,jane@example.org,5,fine
2,bob@example.org,4,my SSN is 536-90-4399
3,,9,write to ann@example.org
4,eve@example.org,3,"a, ""b"""
`;
const RULES = `version: 1
rules:
  - {name: ssn, types: US_SSN, action: quarantine}
  - {name: mails, columns: mail, action: tokenise}
  - {name: rest, family: personal, action: mask, keep: type}
checks:
  columns:
    - {name: id, type: integer, required: true, unique: true}
    - {name: rating, type: integer, min: 1, max: 5}
`;

beforeAll(async () => {
  app = await startApp({ data, host: '127.0.0.1', port: 0 });
  writeFileSync(at('reviews.csv'), REVIEWS);
  writeFileSync(at('rules.yaml'), RULES);
});
afterAll(() => app.stop());

describe('a file with rows to set aside', () => {
  test('is written without them; the rest is in quarantine, audited, in the log and in the lineage', async () => {
    const run = await ended(['ingest', 'reviews.csv', '--to', 'clean.csv', '--rules', 'rules.yaml', '--json']);
    expect(run.stderr).toBe('');
    expect(run.status).toBe(4);
    const said = JSON.parse(run.stdout) as { id: string; entry: number; batch: string; audit: string; rows: object };
    expect(said.rows).toEqual({ read: 4, written: 2, quarantined: 2, dropped: 0 });
    expect(readFileSync(at('clean.csv'), 'utf8')).toMatch(
      /^id,mail,rating,text\n1,tok_\w+,5,fine\n4,tok_\w+,3,"a, ""b"""\n$/,
    );

    const verified = await ended(['audit', 'verify', said.audit]);
    expect(verified.stdout).toContain(`Entry ${said.entry}`);
    expect(verified.status).toBe(0);
    const lines = readFileSync(at(said.audit), 'utf8');
    writeFileSync(at('changed.jsonl'), lines.replace('"row":1', '"row":2'));
    expect((await ended(['audit', 'verify', 'changed.jsonl'])).status).toBe(1);

    const entry = await json<{ text: string; payload: { text: string } }>(`/custody/v1/entries/${said.entry}`);
    expect(JSON.parse(entry.text)).toMatchObject({
      kind: 'gate.ingest',
      verdict: 'quarantined',
      batch: { rows: 2 },
      checks: 7,
    });

    const up = await json<{ items: { id: string; lastState: string }[] }>('/custody/v1/assets?q=ingest/clean.csv');
    expect(up.items[0]!.lastState).toBe('COMPLETE');

    const batch = await json<{
      reasons: object[];
      sample: { row: number; fields: { column: string; text: string }[] }[];
    }>(`/custody/v1/quarantine/${said.batch}`);
    expect(batch.reasons).toEqual([
      { rule: 'ssn', column: 'text', type: 'US_SSN', count: 1 },
      { rule: 'check: max', column: 'rating', type: null, count: 1 },
    ]);
    expect(batch.sample.map(({ row }) => row)).toEqual([2, 3]);
    expect(batch.sample[0]!.fields.find(({ column }) => column === 'text')!.text).toBe('xx xxx xx <US_SSN>');
    expect(batch.sample[1]!.fields.find(({ column }) => column === 'rating')!.text).toBe('9');

    // Nothing of the values is anywhere but in the output.
    const everything = [JSON.stringify(batch), entry.text, entry.payload.text, lines, run.stdout];
    for (const text of everything) expect(text).not.toMatch(/jane|bob@|ann@|536-90/);
    expect(files(data).filter((path) => /536-90-4399|jane@example/.test(readFileSync(path, 'latin1')))).toEqual([]);
  });

  test('a person releases it, masked or as it was, and destroys it; each with a reason and an entry', async () => {
    const { items } = await json<{ items: { id: string }[] }>('/custody/v1/quarantine?state=held');
    const batch = items[0]!.id;
    expect((await ended(['quarantine', 'release', batch, '--to', 'rest.csv'])).status).toBe(2);
    expect(
      (await ended(['quarantine', 'release', batch, '--to', 'rest.csv', '--reason', 'looked at them'])).status,
    ).toBe(0);
    expect(readFileSync(at('rest.csv'), 'utf8')).toBe(
      'id,mail,rating,text\n2,<EMAIL_ADDRESS>,4,my SSN is <US_SSN>\n3,,9,write to <EMAIL_ADDRESS>\n',
    );
    expect(
      (await ended(['quarantine', 'release', batch, '--to', 'raw.csv', '--as', 'raw', '--reason', 'the owner asked']))
        .status,
    ).toBe(0);
    expect(readFileSync(at('raw.csv'), 'utf8')).toBe(
      'id,mail,rating,text\n2,bob@example.org,4,my SSN is 536-90-4399\n3,,9,write to ann@example.org\n',
    );
    const refusedReason = await ended(['quarantine', 'destroy', batch, '--reason', 'ask jane@example.org']);
    expect(refusedReason.stderr).toContain('EMAIL_ADDRESS');
    expect((await ended(['quarantine', 'destroy', batch, '--reason', 'not needed'])).status).toBe(0);
    expect(readdirSync(join(data, 'quarantine'))).toEqual([]);
    expect(readdirSync(join(data, 'quarantine-keys'))).toEqual([]);
    expect(
      (await ended(['quarantine', 'release', batch, '--to', 'again.csv', '--reason', 'once more'])).stderr,
    ).toContain('destroyed');
    const { items: entries } = await json<{ items: { kind: string; what: string }[] }>(
      '/custody/v1/entries?q=quarantine&limit=20',
    );
    expect(entries.map(({ kind }) => kind).filter((kind) => kind.startsWith('quarantine.'))).toEqual([
      'quarantine.destroyed',
      'quarantine.released',
      'quarantine.released',
    ]);
  });

  test('labels are suggested for columns; one that was rejected does not come again', async () => {
    const list = async (): Promise<string[]> =>
      (
        await json<{ items: { column: string; label: string; state: string }[] }>(
          `/custody/v1/labels?namespace=file&name=${encodeURIComponent(at('mails-in.csv'))}`,
        )
      ).items.map(({ column, label, state }) => `${column} ${label} ${state}`);
    writeFileSync(
      at('mails.csv'),
      `id,mail\n${Array.from({ length: 20 }, (_, i) => `${i},person${i}@example.org\n`).join('')}`,
    );
    writeFileSync(at('allow.yaml'), 'version: 1\ndefault: report\n');
    const ingest = () => ended(['ingest', 'mails.csv', '--to', 'mails-in.csv', '--rules', 'allow.yaml']);
    expect((await ingest()).status).toBe(0);
    expect(await list()).toContain('mail pii:EMAIL_ADDRESS suggested');
    const decided = await ended([
      'label',
      'reject',
      at('mails-in.csv'),
      'mail',
      'pii:EMAIL_ADDRESS',
      '--reason',
      'made up for a test',
    ]);
    expect(decided.status, decided.stderr).toBe(0);
    expect((await ingest()).status).toBe(0);
    expect((await list()).filter((line) => line.startsWith('mail '))).toEqual(['mail pii:EMAIL_ADDRESS rejected']);
    const asset = await json<{ labels: { column: string; state: string }[] }>(
      `/custody/v1/asset?id=${encodeURIComponent(`dataset:file:${at('mails-in.csv')}`)}`,
    );
    expect(asset.labels).toMatchObject([{ column: 'mail', state: 'rejected' }]);
    // A label that a person accepts decides for rules by label.
    expect(
      (await ended(['label', 'accept', at('mails-in.csv'), 'id', 'internal', '--reason', 'numbers of ours'])).status,
    ).toBe(0);
    writeFileSync(at('by-label.yaml'), 'version: 1\ndefault: report\nrules: [{labels: internal, action: mask}]\n');
    expect((await ended(['ingest', 'mails.csv', '--to', 'mails-in.csv', '--rules', 'by-label.yaml'])).status).toBe(0);
    expect(readFileSync(at('mails-in.csv'), 'utf8')).toMatch(/^id,mail\n\*,person0@/);
  });
});

describe('the destination', () => {
  test('is untouched where a rule refuses, and the refusal is in the log', async () => {
    writeFileSync(at('keep.csv'), 'old\n');
    writeFileSync(at('fail.yaml'), 'version: 1\nrules: [{types: US_SSN, action: fail}]\ndefault: mask\n');
    const run = await ended(['ingest', 'reviews.csv', '--to', 'keep.csv', '--rules', 'fail.yaml']);
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('row 2, column text');
    expect(readFileSync(at('keep.csv'), 'utf8')).toBe('old\n');
    const { counts } = await json<{ counts: { rejected: number } }>('/custody/v1/ingests');
    expect(counts.rejected).toBe(1);
    expect(leftovers()).toEqual([]);
  });

  test('is untouched by broken input, which is told with its place', async () => {
    writeFileSync(at('broken.csv'), 'a,b\n1,2\n3,"4\n');
    const run = await ended(['ingest', 'broken.csv', '--to', 'keep.csv', '--rules', 'fail.yaml']);
    expect(run.status).toBe(5);
    expect(run.stderr).toContain('a quoted field is never closed (row 1, byte 10)');
    expect(readFileSync(at('keep.csv'), 'utf8')).toBe('old\n');
    writeFileSync(at('cut.csv.gz'), gzipSync(Buffer.from('a,b\n'.repeat(10_000))).subarray(0, 60));
    const cut = await ended(['ingest', 'cut.csv.gz', '--to', 'keep.csv', '--rules', 'fail.yaml']);
    expect(cut.stderr).toContain('not packed as its name says, or was cut short');
    expect(cut.status).toBe(5);
    expect(leftovers()).toEqual([]);
  });

  test('UTF-16 with a mark is read; a very long line is refused in bounded memory', async () => {
    writeFileSync(
      at('wide.csv'),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a,b\nü,jane@example.org\n', 'utf16le')]),
    );
    expect((await ended(['ingest', 'wide.csv', '--to', 'narrow.csv', '--rules', 'fail.yaml'])).status).toBe(0);
    expect(readFileSync(at('narrow.csv'), 'utf8')).toBe('a,b\nü,<EMAIL_ADDRESS>\n');
    const file = openSync(at('long.csv'), 'w');
    writeSync(file, 'a,b\n1,"');
    for (let i = 0; i < 64; i++) writeSync(file, Buffer.alloc(1 << 20, 120));
    closeSync(file);
    const run = await ended(['ingest', 'long.csv', '--to', 'narrow.csv', '--rules', 'fail.yaml']);
    expect(run.stderr).toContain('a record is longer than 32 MB (row 0, byte 4)');
    expect(run.status).toBe(5);
  });

  test('has no half file when the process is killed, and the next run tidies up', async () => {
    const head = Buffer.from('id,text\n');
    const rows = Buffer.from('1,write to jane@example.org please\n'.repeat(2_000));
    const child = spawn(
      process.execPath,
      [CLI, 'ingest', '-', '--as', 'csv', '--to', 'killed.csv', '--rules', 'fail.yaml', '--data', data],
      { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    const closed = new Promise((resolve) => child.on('close', resolve));
    child.stdin.on('error', () => {});
    child.stdin.write(head);
    const deadline = Date.now() + 20_000;
    // Kill it while it is writing: there is something of the output, under another name.
    while (!leftovers().some((name) => name.startsWith('.killed.csv.')) && Date.now() < deadline) {
      child.stdin.write(rows);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGKILL');
    await closed;
    expect(leftovers().some((name) => name.startsWith('.killed.csv.'))).toBe(true);
    expect(readdirSync(folder)).not.toContain('killed.csv');
    const again = await ended(
      ['ingest', '-', '--as', 'csv', '--to', 'killed.csv', '--rules', 'fail.yaml'],
      'id,text\n1,x\n',
    );
    expect(again.status, again.stderr).toBe(0);
    expect(readFileSync(at('killed.csv'), 'utf8')).toBe('id,text\n1,x\n');
    expect(
      leftovers().filter(
        (name) =>
          name.startsWith('.killed.csv.2') === false && name.startsWith('.killed.csv.') && !name.includes('audit'),
      ),
    ).toEqual([]);
  });

  test('is untouched when the disk is full', async () => {
    const small = join(folder, 'small');
    mkdirSync(small);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status === 0;
    if (!mounted) {
      console.log('skipped: a full disk needs the right to mount a small tmpfs');
      return;
    }
    try {
      writeFileSync(join(small, 'out.csv'), 'old\n');
      writeFileSync(at('large.csv'), `id,text\n${'1,some text that is long enough\n'.repeat(20_000)}`);
      const run = await ended(['ingest', 'large.csv', '--to', join(small, 'out.csv'), '--rules', 'fail.yaml']);
      expect(run.stderr).toContain('The disk is full');
      expect(run.status).toBe(3);
      expect(readFileSync(join(small, 'out.csv'), 'utf8')).toBe('old\n');
      expect(readdirSync(small)).toEqual(['out.csv']);
    } finally {
      spawnSync('umount', [small]);
    }
  });
});

test('Parquet, with the declared types, read by DuckDB', async () => {
  const run = await ended(['ingest', 'reviews.csv', '--to', 'clean.parquet', '--rules', 'rules.yaml']);
  expect(run.status, run.stderr).toBe(4);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (
    await connection.runAndReadAll(`select * from '${at('clean.parquet')}' order by id`)
  ).getRowObjectsJson();
  expect(rows).toMatchObject([
    { id: '1', rating: '5', text: 'fine' },
    { id: '4', rating: '3', text: 'a, "b"' },
  ]);
  expect(String(rows[0]!['mail'])).toMatch(/^tok_/);
  connection.closeSync();
  instance.closeSync();
});

test('reversible tokens come back until the person is forgotten', async () => {
  writeFileSync(
    at('reversible.yaml'),
    'version: 1\nrules: [{columns: mail, action: tokenise, method: reversible, subject: id}]\ndefault: mask\n',
  );
  expect((await ended(['ingest', 'reviews.csv', '--to', 'tokens.csv', '--rules', 'reversible.yaml'])).status).toBe(0);
  const tokens = readFileSync(at('tokens.csv'), 'utf8').match(/tkr_\w+/g)!;
  expect((await ended(['gate', 'reveal', ...tokens])).stdout).toBe(
    'jane@example.org\nbob@example.org\neve@example.org\n',
  );
  expect((await ended(['gate', 'forget', '2'])).status).toBe(0);
  expect((await ended(['gate', 'reveal', ...tokens])).stdout).toBe(
    'jane@example.org\n(cannot be turned back)\neve@example.org\n',
  );
});

test('a shifted batch is set aside as a whole, and can be released', async () => {
  const rows = (shift: number): string =>
    `id,amount,kind\n${Array.from({ length: 800 }, (_, i) => `${i},${((i * 37) % 100) + shift},${['a', 'b', 'c'][i % 3]}\n`).join('')}`;
  writeFileSync(at('good.csv'), rows(0));
  writeFileSync(at('shifted.csv'), rows(40));
  expect((await ended(['gate', 'baseline', 'good.csv', '--out', 'good.baseline.json'])).status).toBe(0);
  writeFileSync(
    at('drift.yaml'),
    'version: 1\nchecks: {drift: {baseline: good.baseline.json, ignore: [id], action: quarantine}}\n',
  );
  const good = await ended(['ingest', 'good.csv', '--to', 'in.csv', '--rules', 'drift.yaml']);
  expect(good.status, good.stderr + good.stdout).toBe(0);
  const shifted = await ended(['ingest', 'shifted.csv', '--to', 'in.csv', '--rules', 'drift.yaml', '--json']);
  expect(shifted.status).toBe(4);
  const said = JSON.parse(shifted.stdout) as {
    isWhole: boolean;
    batch: string;
    drift: { columns: { column: string; isShifted: boolean }[] };
  };
  expect(said.isWhole).toBe(true);
  expect(said.drift.columns.filter(({ isShifted }) => isShifted).map(({ column }) => column)).toEqual(['amount']);
  expect(readFileSync(at('in.csv'), 'utf8')).toBe(rows(0));
  expect(
    (await ended(['quarantine', 'release', said.batch, '--as', 'raw', '--to', 'in.csv', '--reason', 'prices rose']))
      .status,
  ).toBe(0);
  expect(readFileSync(at('in.csv'), 'utf8')).toBe(rows(40));
});

test('rules to start from are taken by the gate that wrote them', async () => {
  const init = await ended(['gate', 'init', 'reviews.csv', '--out', 'start.yaml']);
  expect(init.status, init.stderr).toBe(0);
  expect(readFileSync(at('start.yaml'), 'utf8')).not.toMatch(/jane|536-90/);
  expect((await ended(['gate', 'check', 'start.yaml'])).status).toBe(0);
  expect((await ended(['gate', 'init', 'reviews.csv', '--out', 'start.yaml'])).stderr).toContain('there already');
  const run = await ended(['ingest', 'reviews.csv', '--rules', 'start.yaml', '--dry-run', '--json']);
  expect([0, 4]).toContain(run.status);
});

const leftovers = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.custody-part'));

function files(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
