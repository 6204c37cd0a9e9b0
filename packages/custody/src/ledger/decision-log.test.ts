/** Decisions reach the log once, whatever happens to an append on the way. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { openFileLog } from '../log/file-log.ts';
import { DecisionLog, type Decided } from './decision-log.ts';
import { idOfEntry, Ledger } from './ledger.ts';

const opened: Ledger[] = [];
afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
});

async function open(): Promise<Ledger> {
  const folder = await mkdtemp(`${tmpdir()}/custody-decisions-`);
  const ledger = await Ledger.open(await openFileLog({ folder, idOf: idOfEntry, checkpointMs: 20 }));
  opened.push(ledger);
  return ledger;
}

const decided = (n: number): Decided => ({
  path: ['gate', 'allow'],
  policy: null,
  bundle: 'sha256:0',
  input: `{"n":${n}}`,
  result: 'true',
  outcome: 'allow',
  summary: {},
  micros: 1,
  by: 'test',
});
const key = Buffer.alloc(32, 1);

async function recorded(ledger: Ledger): Promise<string[]> {
  const events = await ledger.events(0, ledger.log.size());
  return events.flatMap((event) => (event.kind === 'gate.decision' ? [event.id] : []));
}

test('taking one answers at once; draining waits until all are durable', async () => {
  const ledger = await open();
  const log = new DecisionLog(ledger, key, () => new Date());
  const ids = Array.from({ length: 3_000 }, (_, n) => log.take(decided(n)));
  expect(ledger.log.size()).toBe(0);
  await log.drain();
  expect((await recorded(ledger)).sort()).toEqual([...ids].sort());
  expect(ledger.state.policies.decisions).toBe(3_000);
});

test('an append that fails is tried again and told meanwhile; none is lost, none comes twice', async () => {
  const ledger = await open();
  const log = new DecisionLog(ledger, key, () => new Date());
  const record = ledger.record.bind(ledger);
  let failing = true;
  ledger.record = (...given) => (failing ? Promise.reject(new Error('the disk is full')) : record(...given));
  const ids = Array.from({ length: 50 }, (_, n) => log.take(decided(n)));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(log.failure).toMatchObject({ message: 'the disk is full' });
  expect(log.waiting).toBe(50);
  failing = false;
  for (let tries = 0; tries < 300 && log.waiting > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await recorded(ledger)).sort()).toEqual([...ids].sort());
  expect(log.failure).toBeNull();
});

test('while the queue is full it has no room', async () => {
  const ledger = await open();
  const log = new DecisionLog(ledger, key, () => new Date());
  ledger.record = () => Promise.reject(new Error('the disk is full'));
  for (let n = 0; n < 20_000; n++) log.take(decided(n));
  expect(log.hasRoom).toBe(false);
});

test('the same input has the same digest, which nobody without the key can make', async () => {
  const ledger = await open();
  const log = new DecisionLog(ledger, key, () => new Date());
  const other = new DecisionLog(ledger, Buffer.alloc(32, 2), () => new Date());
  log.take(decided(1));
  log.take(decided(1));
  other.take(decided(1));
  await log.drain();
  await other.drain();
  const events = await ledger.events(0, 3);
  const digests = events.flatMap((event) => (event.kind === 'gate.decision' ? [event.input] : []));
  expect(new Set(digests).size).toBe(2);
});
