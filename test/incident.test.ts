/**
 * The incident of the example, asked from the outside. What it really touched is known for sure: the same history is run
 * with and without it, and what differs in the files of the two was touched.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHistory, type NightResult, type RunEvent } from '../examples/credit-scoring/src/pipeline.ts';
import type { Blast, CausesAnswer } from '../packages/custody/src/api/contract.ts';
import { startApp, type App } from '../packages/custody/src/app.ts';

type BlastAnswer = (typeof Blast)['_output'];
type Causes = (typeof CausesAnswer)['_output'];

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const END = '2026-11-22';
const BAD = '2026-11-18';
const DAYS = 12;

interface History {
  readonly events: readonly RunEvent[];
  readonly nights: readonly NightResult[];
}
async function history(incident: string | null): Promise<History> {
  const workDir = await mkdtemp(`${tmpdir()}/custody-incident-`);
  const events: RunEvent[] = [];
  try {
    const emit = async (event: RunEvent) => void events.push(event);
    const nights = await runHistory({ days: DAYS, endDate: END, workDir, incident, emit });
    return { events, nights };
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Digests of the models by name, as the training wrote them. */
const modelsOf = ({ events }: History): Map<string, unknown> =>
  new Map(
    events.flatMap(({ eventType, outputs }) =>
      outputs.flatMap(({ name, facets }): [string, unknown][] =>
        eventType === 'COMPLETE' && facets['modelVersion'] ? [[name, facets['modelVersion']['digest']]] : [],
      ),
    ),
  );

let bad: History;
let good: History;
let app: App;
let data: string;
beforeAll(async () => {
  bad = await history(BAD);
  good = await history(null);
  data = await mkdtemp(`${tmpdir()}/custody-incident-data-`);
  app = await startApp({ data, host: '127.0.0.1', port: 0 });
  for (const event of bad.events) await app.intake.takeOne(Buffer.from(JSON.stringify(event)), 'test');
}, 120_000);
afterAll(() => app.stop());

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${app.pipelineKey}` } });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const FEED = 'dataset:file:credit-scoring/vendor/nordkredit/bureau_feed.csv';
const query = new URLSearchParams({ asset: FEED, from: `${BAD}T00:00:00Z`, to: `${BAD}T23:59:59.999Z` });

describe('one night the feed was bad', () => {
  test('and the model of that night is really worse, and no other', () => {
    const fall = (day: string) => {
      const [was, is] = [good, bad].map(({ nights }) => nights.find((night) => night.day === day)!.auc) as [
        number,
        number,
      ];
      return was - is;
    };
    expect(fall(BAD)).toBeGreaterThan(0.02);
    for (const { day } of good.nights) if (day !== BAD) expect(fall(day)).toBe(0);
  });

  test('the blast radius has the models that differ, and none that are the same', async () => {
    const [was, is] = [modelsOf(good), modelsOf(bad)];
    expect(is.size).toBe(DAYS);
    const differ = [...is].filter(([name, digest]) => was.get(name) !== digest).map(([name]) => name);
    expect(differ).toEqual([`credit-default/${BAD}`]);
    const { touched } = await ask<BlastAnswer>(`/custody/v1/blast?${query}`);
    expect(touched.filter(({ role }) => role === 'model').map(({ name }) => name)).toEqual(differ);
    expect(touched.filter(({ role }) => role === 'features').map(({ name }) => name)).toEqual([
      'features.credit_features',
    ]);
    expect(touched.filter(({ role }) => role === 'training-set').map(({ name }) => name)).toEqual([
      'features.training_set',
    ]);
    const scores = touched.find(({ role }) => role === 'predictions')!;
    expect([scores.name, scores.count]).toEqual(['scores.credit_scores', 1]);
    // The window in which bad predictions were served: from that night's scoring to the next.
    expect([scores.first.slice(0, 10), scores.until!.slice(0, 10)]).toEqual([BAD, '2026-11-19']);
    expect(touched.map(({ name }) => name)).not.toContain('clean.applications');
  });

  test('by the columns that were stuck, it reaches no column that does not come from them', async () => {
    const columns = new URLSearchParams(query);
    columns.append('column', 'bureau_score');
    const { touched } = await ask<BlastAnswer>(`/custody/v1/blast?${columns}`);
    const features = touched.find(({ name }) => name === 'features.credit_features')!;
    expect(features.columns).toEqual(['bureau_score', 'thin_file']);
  });

  test('the command line has the same answer', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [`${ROOT}packages/custody/bin/custody.js`, 'blast', 'bureau_feed.csv', '--from', BAD, '--to', BAD, '--json'],
      { env: { ...process.env, CUSTODY_URL: app.url, CUSTODY_TOKEN: app.pipelineKey } },
    );
    const { asOf: _, ...byCommand } = JSON.parse(stdout) as BlastAnswer;
    const { asOf: __, ...byApi } = await ask<BlastAnswer>(`/custody/v1/blast?${query}`);
    expect(byCommand).toEqual(byApi);
  });

  test('what led to the fall is found from the model: the feed, first of all', async () => {
    const asset = `dataset:models:credit-default/${END}`;
    const causes = await ask<Causes>(`/custody/v1/causes?${new URLSearchParams({ asset })}`);
    expect(causes.metric).toBe('auc');
    expect(causes.fell).toBe(true);
    expect(causes.series[causes.bad]!.asset).toBe(`dataset:models:credit-default/${BAD}`);
    expect(causes.candidates[0]).toMatchObject({
      kind: 'drift',
      column: 'bureau_score',
      asset: { name: 'raw.bureau_feed' },
    });
  });
});
