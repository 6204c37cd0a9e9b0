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
    file('tree/c.bin', Buffer.from('\0\x01\x02\x03\0\0\0\0'));
    const { status, stdout } = scan([`${folder}/tree`, '--json']);
    expect(status).toBe(1);
    const { files, skipped } = JSON.parse(stdout) as { files: { path: string }[]; skipped: string[] };
    expect(files.map(({ path }) => path.split('/').at(-1))).toEqual(['a.jsonl']);
    expect(skipped).toEqual([`${folder}/tree/c.bin`]);
  });

  test('tells of what is broken, with row and byte, and scans the rest', () => {
    const { status, stderr } = scan([file('broken.csv', 'id,text\n1,"never closed\n2,fine\n')]);
    expect(status).toBe(3);
    expect(stderr).toContain('a quoted field is never closed (row 1, byte 10)');
    expect(scan([file('cut.csv.gz', gzipSync(reviews).subarray(0, 30))]).status).toBe(3);
    expect(scan([`${folder}/nowhere.csv`]).status).toBe(3);
  });

  test('reads Parquet by DuckDB, with rows and columns, and says when a file is none', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const path = `${folder}/rows.parquet`;
    await connection.run(
      `copy (select 1 as id, true as ok, 'fine' as note union all select 2, false, 'é write to ${VALUE}') to '${path}' (format parquet)`,
    );
    connection.closeSync();
    const { status, stdout } = scan([path, '--json', '--columns']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        {
          rows: 2,
          findings: [{ type: 'EMAIL_ADDRESS', row: 2, column: 3, label: 'note', byte: 12, bytes: 20, char: 11 }],
          columns: [{ column: 'id' }, { column: 'ok' }, { column: 'note' }],
        },
      ],
    });
    const broken = scan([file('broken.parquet', 'PAR1 and no more'), '--json']);
    expect(broken.status).toBe(3);
    expect(broken.stderr).toContain('Cannot read broken.parquet as Parquet');
  });

  test('says of each column what it is and why; a sample clears none', () => {
    const lines = Array.from(
      { length: 300 },
      (_, i) => `${i},user${i}@example.org,${i === 299 ? '219-09-9999' : 'fine'}`,
    );
    const path = file('columns.csv', `id,contact_email,note\n${lines.join('\n')}\n`);
    const { files } = JSON.parse(scan([path, '--json', '--columns']).stdout) as {
      files: { columns: object[]; counts: object[] }[];
    };
    expect(files[0]!.columns).toMatchObject([
      { column: 'id', class: null },
      { column: 'contact_email', class: 'EMAIL_ADDRESS', share: 1, sampled: 200, validators: ['email'] },
      { column: 'note', class: null },
    ]);
    expect(files[0]!.counts).toContainEqual({ type: 'US_SSN', family: 'personal', column: 'note', count: 1 });
    expect(scan([path, '--columns']).stdout).toContain('the header names EMAIL_ADDRESS');
    expect(scan([path, '--columns', '--format', 'sarif']).stdout).not.toContain('validators');
  });

  test('two threads find what one finds, in the same order', () => {
    const row = (i: number) =>
      `${i},"I'd say ""good"", nothing else to tell you here",call me on (212) 555-01${(i % 90) + 10}\n`;
    const path = file('large.csv', `id,note,text\n${Array.from({ length: 40_000 }, (_, i) => row(i)).join('')}`);
    const one = scan([path, '--json', '--threads', '1', '--limit', '2000']);
    expect(JSON.parse(one.stdout)).toMatchObject({ files: [{ rows: 40_000, total: 40_000 }] });
    expect(scan([path, '--json', '--threads', '2', '--limit', '2000']).stdout).toBe(one.stdout);
  });

  test.each([
    ['NUL bytes', `id,text\n1,a\0b ${VALUE}\n`],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('id,text\n1,'), Buffer.from([0xff, 0xc3, 0x28, 0x20]), Buffer.from(`${VALUE}\n`)]),
    ],
    ['two columns of one name', `text,text\n1,${VALUE}\n`],
    ['lone carriage returns', `id,text\r1,${VALUE}\r2,fine\r`],
    ['UTF-16 without a mark', Buffer.from(`id,text\n1,${VALUE}\n`, 'utf16le')],
    ['UTF-16, the other way round', Buffer.from(`\ufeffid,text\n1,${VALUE}\n`, 'utf16le').swap16()],
    ['a line of megabytes', `id,text\n1,${'x'.repeat(3_000_000)} ${VALUE} ${'y'.repeat(2_000_000)}\n`],
    ['a quoted line of megabytes', `id,text\n1,"${'x "" '.repeat(500_000)} ${VALUE} ${'y'.repeat(2_000_000)}"\n`],
    ['more fields than the header', `id\n1,2,3,${VALUE}\n`],
  ])('reads on through %s', (name, content) => {
    const { status, stdout } = scan([file(`${name.replaceAll(' ', '-')}.csv`, content), '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ total: 1, findings: [{ type: 'EMAIL_ADDRESS', row: 1 }] }] });
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
