/** `custody dataset` as people meet it: commit, change, compare, go back. Runs the built program. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCustody } from '../app.ts';

const CLI = fileURLToPath(new URL('../../bin/custody.js', import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/custody-dataset-`);
const data = join(folder, 'data');
const path = (...parts: string[]) => join(folder, ...parts);

const custody = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, CUSTODY_DATA: data },
  });
  return { status, stdout, stderr };
};
const json = <T>(...args: string[]): T => JSON.parse(custody(...args, '--json').stdout) as T;

const ROWS = Array.from({ length: 500 }, (_, i) => [`r${i}`, `user${i % 40}`, String(i % 5), `text ${i}`]);
const csv = (rows: readonly (readonly string[])[]) =>
  `${[['id', 'user', 'rating', 'text'], ...rows].map((row) => row.join(',')).join('\n')}\n`;
const changed = ROWS.map((row, i) => (i === 321 ? row.with(2, '9') : row));

beforeAll(async () => {
  await (await openCustody({ data, host: '127.0.0.1', port: 0 })).close();
  writeFileSync(path('reviews.csv'), csv(ROWS));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('versions of a file', () => {
  const commit = (message: string, ...more: string[]) =>
    custody(
      'dataset',
      'commit',
      'reviews.csv',
      '--as',
      'dataset:lake:reviews',
      '--subject',
      'user',
      '-m',
      message,
      ...more,
    );

  test('are committed, and the same one is not committed twice', () => {
    expect(commit('first').stdout).toBe('dataset:lake:reviews version 1: 500 rows, entry 2\n');
    expect(commit('again').stdout).toContain('version 1:');
    writeFileSync(path('reviews.csv'), csv(changed));
    expect(commit('a cell changed', '--alias', 'production', '--base', '0').stderr).toContain(
      'is at version 1 now, not 0',
    );
    expect(commit('a cell changed', '--alias', 'production', '--base', '1').status).toBe(0);
    const { versions } = json<{ versions: { aliases: string[]; subjects: { count: number } }[] }>(
      'dataset',
      'log',
      'reviews',
    );
    expect(versions.map(({ aliases }) => aliases)).toEqual([['latest', 'production'], []]);
    expect(versions[0]!.subjects.count).toBe(40);
  });

  test('are compared, and the cell that differs is named', () => {
    const { status, stdout } = custody('dataset', 'diff', 'reviews', '1', 'production', '--by', 'id');
    expect(status).toBe(1);
    expect(stdout).toContain('0 rows added, 0 removed, 1 changed (by key)\n  changed: row 322: rating\n');
    expect(stdout).toContain('column rating: mean 2 -> 2.016, max 4 -> 9');
    writeFileSync(path('turned.csv'), csv([...ROWS].reverse()));
    writeFileSync(path('first.csv'), csv(ROWS));
    expect(custody('dataset', 'diff', 'first.csv', 'turned.csv')).toMatchObject({
      status: 0,
      stdout: 'The same rows and columns.\n',
    });
    writeFileSync(path('shorter.csv'), csv(ROWS.slice(3)));
    const diff = json<{ rows: object }>('dataset', 'diff', 'first.csv', 'shorter.csv', '--by', 'id');
    expect(diff.rows).toMatchObject({
      added: 0,
      removed: 3,
      changed: 0,
      removedRows: expect.arrayContaining([1, 2, 3]),
    });
  });

  test('come back, verified, with who and why in the log', () => {
    const dry = custody('dataset', 'rollback', 'reviews', '1', '--to', 'reviews.csv', '--dry-run');
    expect(dry.stdout).toBe('Version 1 is whole: 500 rows. Nothing was changed.\n');
    expect(readFileSync(path('reviews.csv'), 'utf8')).toBe(csv(changed));
    const back = custody('dataset', 'rollback', 'reviews', '1', '--to', 'reviews.csv', '--reason', 'a rating of 9');
    expect(back.stdout).toContain('Version 1 is back in reviews.csv: 500 rows, every cell verified.');
    expect(readFileSync(path('reviews.csv'), 'utf8')).toBe(csv(ROWS));
    const { moves } = json<{ moves: object[] }>('dataset', 'log', 'reviews');
    expect(moves[0]).toMatchObject({
      alias: 'production',
      version: 1,
      from: 2,
      reason: 'a rating of 9',
      isRestored: true,
      by: 'local-cli',
    });
  });

  test('whose kept bytes were damaged do not come back, and what is there stays', () => {
    writeFileSync(path('reviews.csv'), 'mine');
    for (const part of readdirSync(path('data', 'store', 'sha256')))
      for (const name of readdirSync(path('data', 'store', 'sha256', part)))
        writeFileSync(path('data', 'store', 'sha256', part, name), csv(ROWS).replace('text 7', 'text 8'));
    const { status, stderr } = custody('dataset', 'rollback', 'reviews', '2', '--to', 'reviews.csv', '--reason', 'r');
    expect(status).toBe(3);
    expect(stderr).toContain('does not hold what it should');
    expect(readFileSync(path('reviews.csv'), 'utf8')).toBe('mine');
    expect(readdirSync(folder).filter((name) => name.includes('restore'))).toEqual([]);
  });
});

test('a folder comes back whole: what was added to it is gone', () => {
  mkdirSync(path('parts'));
  writeFileSync(path('parts', 'a.csv'), csv(ROWS.slice(0, 10)));
  writeFileSync(path('parts', 'b.csv'), csv(ROWS.slice(10, 20)));
  expect(custody('dataset', 'commit', 'parts', '--as', 'dataset:lake:parts', '-m', 'two').stdout).toContain('20 rows');
  writeFileSync(path('parts', 'c.csv'), csv(ROWS.slice(20, 30)));
  rmSync(path('parts', 'a.csv'));
  const back = custody('dataset', 'rollback', 'parts', '1', '--to', 'parts', '--reason', 'a file too many');
  expect(back.status).toBe(0);
  expect(readdirSync(path('parts')).sort()).toEqual(['a.csv', 'b.csv']);
});

test('bytes that were left in place and changed there are not those of the version', () => {
  writeFileSync(path('place.csv'), csv(ROWS));
  custody('dataset', 'commit', 'place.csv', '--as', 'dataset:lake:place', '-m', 'here', '--in-place');
  writeFileSync(path('place.csv'), csv(changed));
  const { status, stderr } = custody('dataset', 'rollback', 'place', '1', '--to', 'other.csv', '--reason', 'r');
  expect(status).toBe(3);
  expect(stderr).toContain('were changed where they lay; nothing was replaced');
  expect(existsSync(path('other.csv'))).toBe(false);
});

test('a manifest verifies what it was made of, and says what another file is', () => {
  writeFileSync(path('m.csv'), csv(ROWS));
  expect(custody('dataset', 'manifest', 'm.csv', '--subject', 'user', '-o', 'm.json').status).toBe(0);
  expect(custody('dataset', 'verify', 'm.json', 'm.csv')).toMatchObject({ status: 0 });
  writeFileSync(path('m.csv'), csv(changed));
  const differs = custody('dataset', 'verify', 'm.json', 'm.csv');
  expect(differs.status).toBe(1);
  expect(differs.stdout).toContain('column rating: mean 2 -> 2.016, max 4 -> 9');
  expect(differs.stdout).toContain('file m.csv has other bytes');
});

test('a person is proven to be in a dataset or not, against the root of its manifest', () => {
  writeFileSync(path('p.csv'), csv(ROWS));
  const manifest = json<{ predicate: { subjects: { root: string } } }>(
    'dataset',
    'manifest',
    'p.csv',
    '--subject',
    'user',
  );
  const prove = (who: string) =>
    json<{ isPresent: boolean; root: string }>('dataset', 'prove', 'p.csv', '--subject', 'user', '--identifier', who);
  expect(prove('user7')).toMatchObject({ isPresent: true, root: manifest.predicate.subjects.root });
  expect(prove('user99')).toMatchObject({ isPresent: false, root: manifest.predicate.subjects.root });
});

test('a version holds the labels that were accepted by then', () => {
  writeFileSync(path('people.csv'), 'id,email\n1,ada@example.org\n2,ben@example.org\n3,eve@example.org\n');
  custody('gate', 'init', 'people.csv');
  expect(custody('ingest', 'people.csv', '--to', 'clean.csv').status).toBe(0);
  const dataset = `file:${path('clean.csv')}`;
  const commit = (message: string) => custody('dataset', 'commit', 'clean.csv', '-m', message);
  commit('before');
  const accept = custody('label', 'accept', dataset, 'email', 'pii:EMAIL_ADDRESS', '--reason', 'they are addresses');
  expect(accept.status).toBe(0);
  // The same bytes, of which more is known: another version.
  commit('after');
  const { versions } = json<{ versions: { version: number }[] }>('dataset', 'log', dataset);
  expect(versions.map(({ version }) => version)).toEqual([2, 1]);
});
