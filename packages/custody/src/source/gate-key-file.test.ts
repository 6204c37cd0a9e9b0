/** Keys of gates and of people, as files. */
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGateKeys, SubjectKeyFiles } from './gate-key-file.ts';
import { StagedFile } from './staged-file.ts';

const folder = mkdtempSync(`${tmpdir()}/custody-keys-`);
const subject = (n: number): string => n.toString(16).padStart(64, '0');

test('the secret is made once, for its owner alone, and may be hexadecimal', async () => {
  const path = join(folder, 'gate.key');
  await expect(readGateKeys(path, false)).rejects.toThrow('There is no key');
  const keys = await readGateKeys(path, true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect((await readGateKeys(path, true)).id).toBe(keys.id);
  writeFileSync(join(folder, 'hex.key'), `${readFileSync(path).toString('hex')}\n`);
  expect((await readGateKeys(join(folder, 'hex.key'), false)).id).toBe(keys.id);
  expect(keys.keyFor('a')).not.toEqual(keys.keyFor('b'));
  writeFileSync(join(folder, 'short.key'), 'x');
  await expect(readGateKeys(join(folder, 'short.key'), false)).rejects.toThrow('not 32 bytes');
});

test('keys of people are durable after save, and gone after destroy, also those of two ingests at once', async () => {
  const path = join(folder, 'subjects');
  const [a, b] = [await SubjectKeyFiles.open(path), await SubjectKeyFiles.open(path)];
  const [one, other] = [a.keyOf(subject(1)), b.keyOf(subject(1))];
  const kept = a.keyOf(subject(2));
  await a.save();
  await b.save();
  const again = await SubjectKeyFiles.open(path);
  expect(again.keyOf(subject(1))).toEqual(one);
  expect(await again.destroy(subject(1))).toBe(true);
  expect(await again.destroy(subject(1))).toBe(false);
  const last = await SubjectKeyFiles.open(path);
  expect([one, other].map(({ id }) => last.keyById(id))).toEqual([null, null]);
  expect(last.keyById(kept.id)).toEqual(kept.key);
  const bytes = readdirSync(path)
    .map((name) => readFileSync(join(path, name)).toString('hex'))
    .join('');
  expect(bytes).not.toContain(one.key.toString('hex'));
  expect(bytes).not.toContain(other.key.toString('hex'));
});

test('a staged file has its name only after commit, and what was there stays until then', async () => {
  const path = join(folder, 'out.csv');
  writeFileSync(path, 'old');
  const file = await StagedFile.create(path);
  await file.write(Buffer.from('new'));
  await file.sync();
  expect(readFileSync(path, 'utf8')).toBe('old');
  await file.discard();
  expect(readFileSync(path, 'utf8')).toBe('old');
  // A part of a process that is gone is removed, one of a process that lives is not.
  writeFileSync(join(folder, '.out.csv.4194999-00000000.custody-part'), 'left over');
  writeFileSync(join(folder, `.out.csv.${process.pid}-00000000.custody-part`), 'under way');
  const next = await StagedFile.create(path);
  await next.write(Buffer.from('new'));
  await next.commit();
  await next.discard();
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder).filter((name) => name.endsWith('.custody-part'))).toEqual([
    `.out.csv.${process.pid}-00000000.custody-part`,
  ]);
});
