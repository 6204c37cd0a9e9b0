/**
 * Runs the example on an empty store. The example is a workspace of its own and not a dependency: an installation without
 * it starts empty.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { App } from '../app.ts';
import { realDisk, replaceFile } from '../log/disk.ts';
import { CommandError } from './command.ts';

const DAYS = 28;
const BATCH_EVENTS = 200;

interface Example {
  runHistory(options: {
    readonly days: number;
    readonly endDate: string;
    readonly workDir: string;
    readonly emit: (event: unknown) => Promise<void>;
    readonly onFeed?: (day: string, file: string) => Promise<void>;
    readonly onProgress: (progress: { readonly done: number; readonly of: number }) => void;
  }): Promise<unknown>;
}

/** What was begun, so that an interrupted run is finished by the next start: its events are the same, so none is doubled. */
interface Begun {
  readonly days: number;
  readonly endDate: string;
  readonly done: boolean;
}

/** Runs the example if the store is empty or an earlier run was interrupted. Returns the days it ran, 0 if there was no need. */
export async function runExample(
  app: App,
  data: string,
  now: Date,
  onProgress: (done: number, of: number) => void,
): Promise<number> {
  const path = `${data}/example.json`;
  const begun =
    (await realDisk.size(path)) === null ? null : (JSON.parse((await realDisk.readFile(path)).toString()) as Begun);
  if (begun?.done || (!begun && app.ledger.state.assets.count > 0)) return 0;
  const example = await loadExample();
  if (!example) return 0;
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
  const { days, endDate } = begun ?? { days: DAYS, endDate: yesterday };
  await replaceFile(realDisk, path, Buffer.from(JSON.stringify({ days, endDate, done: false })));

  const workDir = await mkdtemp(join(tmpdir(), 'custody-example-'));
  try {
    let waiting: Promise<unknown>[] = [];
    const { Vendor } = await import('./example-vendor.ts');
    const { tenantKey } = await import('./dataset-source.ts');
    const vendor = await Vendor.open(app, await tenantKey(data), resolve(data, 'store'));
    await example.runHistory({
      days,
      endDate,
      workDir,
      onProgress: ({ done, of }) => onProgress(done, of),
      onFeed: (day, file) => vendor.deliver(day, file, nightsBetween(day, endDate)),
      emit: async (event) => {
        waiting.push(app.intake.takeOne(Buffer.from(JSON.stringify(event)), 'example'));
        if (waiting.length < BATCH_EVENTS) return;
        await Promise.all(waiting);
        waiting = [];
      },
    });
    await Promise.all(waiting);
  } catch (error) {
    throw new CommandError(
      `The example failed: ${(error as Error).message}`,
      'Start without it: custody start --no-example',
    );
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  await replaceFile(realDisk, path, Buffer.from(JSON.stringify({ days, endDate, done: true })));
  return days;
}

async function loadExample(): Promise<Example | null> {
  const name = '@custody/example-credit-scoring';
  try {
    return (await import(name)) as Example;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

const nightsBetween = (day: string, last: string): number =>
  Math.round((Date.parse(last) - Date.parse(day)) / 86_400_000);
