import { mkdtemp, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { evidenceLogSuite, entry, idOf, numbered } from './evidence-log.suite.ts';
import { openFileLog } from './file-log.ts';
import { LogError } from './log-error.ts';

const newPlace = () => mkdtemp(`${tmpdir()}/custody-log-`);

evidenceLogSuite({ name: 'files', open: (folder) => openFileLog({ folder, idOf, checkpointMs: 20 }), newPlace });
evidenceLogSuite({
  name: 'files, with segments so small that they roll all the time',
  open: (folder) => openFileLog({ folder, idOf, checkpointMs: 20, segmentBytes: 2_000 }),
  newPlace,
});

describe('the files', () => {
  test('the signing key is readable by its owner alone, and the log keeps its name', async () => {
    const folder = await newPlace();
    const log = await openFileLog({ folder, idOf, origin: 'bank.example/log' });
    expect(log.origin).toBe('bank.example/log');
    expect((await stat(`${folder}/signing-key.pem`)).mode & 0o777).toBe(0o600);
    expect((await readFile(`${folder}/log.key`, 'utf8')).trim()).toBe(log.key);
    await log.close();
    const again = await openFileLog({ folder, idOf, origin: 'other.example/log' });
    expect(again.origin).toBe('bank.example/log');
    await again.close();
  });

  test('a second process is refused while the first holds the folder, and let in afterwards', async () => {
    const folder = await newPlace();
    const log = await openFileLog({ folder, idOf });
    const refused = await openFileLog({ folder, idOf }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LogError);
    expect(refused).toMatchObject({ code: 'log.locked' });
    expect((refused as LogError).message).toContain(String(process.pid));
    await log.close();
    await (await openFileLog({ folder, idOf })).close();
  });

  test('a lock left by a process that is gone does not keep anybody out', async () => {
    const folder = await newPlace();
    await (await openFileLog({ folder, idOf })).close();
    const log = await openFileLog({ folder, idOf });
    const held = JSON.parse(await readFile(`${folder}/lock`, 'utf8')) as { started: string };
    await log.close();
    // The pid lives, but it is not the process that took the lock.
    await writeFile(`${folder}/lock`, JSON.stringify({ ...held, started: '1' }));
    await (await openFileLog({ folder, idOf })).close();
    expect((await readdir(folder)).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  test('an erased payload is in no file any more', async () => {
    const folder = await newPlace();
    const log = await openFileLog({ folder, idOf });
    const bytes = Buffer.from('Jana Beispiel, 1 January 1980');
    await log.append({ id: 'a', entry: entry('a'), payload: { salt: Buffer.alloc(32, 1), bytes } });
    const holds = async () => {
      const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
      const contents = await Promise.all(names.map((file) => readFile(`${file.parentPath}/${file.name}`)));
      return contents.filter((content) => content.includes('Jana')).length;
    };
    expect(await holds()).toBe(1);
    await log.erasePayloads([0]);
    expect(await holds()).toBe(0);
    await log.close();
  });

  test('one fdatasync serves a whole group of entries', async () => {
    const { realDisk } = await import('./disk.ts');
    const folder = await newPlace();
    const syncs = new Map<string, number>();
    const counting = {
      ...realDisk,
      async open(path: string, how: 'read' | 'write') {
        const file = await realDisk.open(path, how);
        const sync = file.sync.bind(file);
        file.sync = () => {
          syncs.set(path, (syncs.get(path) ?? 0) + 1);
          return sync();
        };
        return file;
      },
    };
    const log = await openFileLog({ folder, idOf, disk: counting, checkpointMs: 60_000 });
    await Promise.all(numbered(1_024).map((one) => log.append(one)));
    const ofEntries = [...syncs].filter(([path]) => path.endsWith('.entries')).map(([, count]) => count);
    expect(ofEntries).toEqual([1]);
    await log.close();
  });
});
