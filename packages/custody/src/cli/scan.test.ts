/** `custody scan` as people and scripts meet it. Runs the built program. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { knownTypes } from '../producers/scan/index.ts';

const CLI = fileURLToPath(new URL('../../bin/custody.js', import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/custody-scan-`);
afterAll(() => rmSync(folder, { recursive: true }));

const scan = (args: readonly string[], input?: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'scan', ...args], {
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  });
  return { status, stdout, stderr };
};
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(`${folder}/${name}`, content);
  return `${folder}/${name}`;
};
const VALUE = 'jane.doe@example.org';
const reviews = `id,text\n1,fine\n2,"write to ${VALUE}, please"\n`;

describe('custody scan', () => {
  test('finds, tells where, and never shows the value', () => {
    const path = file('reviews.csv', reviews);
    for (const format of ['table', 'json', 'sarif']) {
      const { status, stdout, stderr } = scan([path, '--format', format]);
      expect(status).toBe(1);
      expect(stdout).toContain('EMAIL_ADDRESS');
      expect(stdout + stderr).not.toContain('jane.doe');
    }
    expect(JSON.parse(scan([path, '--json']).stdout)).toMatchObject({
      files: [
        {
          rows: 2,
          total: 1,
          findings: [{ type: 'EMAIL_ADDRESS', row: 2, column: 2, label: 'text', byte: 27, bytes: 20 }],
        },
      ],
    });
    const sarif = JSON.parse(scan([path, '--format', 'sarif']).stdout) as {
      version: string;
      runs: { results: { ruleId: string }[] }[];
    };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]!.results[0]).toMatchObject({ ruleId: 'email', level: 'warning' });
  });

  test('ends with 0 where there is nothing', () => {
    expect(scan([file('clean.csv', 'id,text\n1,fine\n')])).toMatchObject({
      status: 0,
      stdout: 'Nothing found in 1 file.\n',
    });
    expect(scan([file('empty.csv', '')]).status).toBe(0);
    expect(scan([file('header.csv', 'id,text\n')]).status).toBe(0);
  });

  test('reads what is compressed, in UTF-16, with a byte order mark, on standard input', () => {
    expect(scan([file('a.csv.gz', gzipSync(reviews))]).status).toBe(1);
    expect(
      scan([file('wide.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(reviews, 'utf16le')]))]).status,
    ).toBe(1);
    expect(scan([file('mark.csv', `\ufeff${reviews}`)]).status).toBe(1);
    expect(scan(['-', '--as', 'json'], `{"mail":"${VALUE}"}\n`).status).toBe(1);
    expect(scan([file('n.ipynb', JSON.stringify({ cells: [{ source: [`x = "${VALUE}"\n`] }] }))]).status).toBe(1);
  });

  test('walks folders, and says what it did not read', () => {
    mkdirSync(`${folder}/tree/node_modules`, { recursive: true });
    file('tree/a.jsonl', `{"ssn":"219-09-9999"}\n`);
    file('tree/node_modules/b.txt', VALUE);
    file('tree/c.parquet', Buffer.from('PAR1\0\0\0PAR1'));
    const { status, stdout } = scan([`${folder}/tree`, '--json']);
    expect(status).toBe(1);
    const { files, skipped } = JSON.parse(stdout) as { files: { path: string }[]; skipped: string[] };
    expect(files.map(({ path }) => path.split('/').at(-1))).toEqual(['a.jsonl']);
    expect(skipped).toEqual([`${folder}/tree/c.parquet`]);
  });

  test('tells of what is broken, with row and byte, and scans the rest', () => {
    const { status, stderr } = scan([file('broken.csv', 'id,text\n1,"never closed\n2,fine\n')]);
    expect(status).toBe(3);
    expect(stderr).toContain('a quoted field is never closed (row 1, byte 10)');
    expect(scan([file('cut.csv.gz', gzipSync(reviews).subarray(0, 30))]).status).toBe(3);
    expect(scan([`${folder}/nowhere.csv`]).status).toBe(3);
  });

  test('refuses what it does not know', () => {
    expect(scan([]).status).toBe(2);
    expect(scan([file('x.csv', reviews), '--types', 'SHOE_SIZE']).stderr).toContain('There is no type "SHOE_SIZE"');
    expect(scan([file('x.csv', reviews), '--format', 'pdf']).status).toBe(2);
  });

  test('answers cases', () => {
    const cases = file(
      'cases.jsonl',
      `{"id":"a","text":"😀 ${VALUE}"}\n{"id":"b","text":"078-05-1123","type":"US_SSN"}\n`,
    );
    expect(scan(['--cases', cases, '--out', `${folder}/out.jsonl`]).status).toBe(0);
    const [a, b] = readFileSync(`${folder}/out.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(a).toMatchObject({ id: 'a', spans: [{ type: 'EMAIL_ADDRESS', family: 'personal', start: 2, end: 22 }] });
    expect(b).toMatchObject({ id: 'b', spans: [{ type: 'US_SSN', start: 0, end: 11 }] });
  });

  test('and its types are those of docs/scan.md', () => {
    const docs = readFileSync(fileURLToPath(new URL('../../../../docs/scan.md', import.meta.url)), 'utf8');
    expect(knownTypes().filter((type) => !docs.includes(`\`${type}\``))).toEqual([]);
  });
});
