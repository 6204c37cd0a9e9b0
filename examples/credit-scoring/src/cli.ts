/** `node run.js`: makes a history and writes it to a file or sends it to a server that takes OpenLineage. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { RunEvent } from './open-lineage.ts';
import { runHistory } from './pipeline.ts';

const USAGE = `Runs the credit scoring example night by night and tells it in OpenLineage.

  node run.js --out events.jsonl
  node run.js --url http://127.0.0.1:4680 --api-key KEY

  --days N       nights, the last one on the end date (28)
  --end DAY      the last night, as 2026-11-22 (today)
  --incident DAY the night in which the vendor's feed is bad, or none (the tenth from the end)
  --seed N       the same seed and end date give the same events (1994)
  --out FILE     write the events there, one a line
  --url URL      send the events to URL/api/v1/lineage
  --api-key KEY  token for --url; or in the environment as CUSTODY_API_KEY
  --work DIR     keep the files and the DuckDB database there (a temporary folder)
`;

interface Sink {
  readonly emit: (event: RunEvent) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Exit code: 0 done, 1 failed, 2 asked for something it does not know. */
export async function main(args: readonly string[]): Promise<number> {
  const parsed = optionsIn(args);
  if (typeof parsed === 'string') {
    process.stderr.write(`${parsed}\n\n${USAGE}`);
    return 2;
  }
  const { days, end, incident, seed, out, url, 'api-key': apiKey, work, help } = parsed;
  if (help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const workDir = work ?? (await mkdtemp(join(tmpdir(), 'credit-scoring-')));
  try {
    const sink = url === undefined ? fileSink(out!) : serverSink(url, apiKey ?? process.env['CUSTODY_API_KEY']);
    let events = 0;
    const started = performance.now();
    try {
      await runHistory({
        days: Number(days),
        endDate: end ?? new Date().toISOString().slice(0, 10),
        seed: Number(seed),
        ...(incident !== undefined && { incident: incident === 'none' ? null : incident }),
        workDir,
        emit: (event) => {
          events++;
          return sink.emit(event);
        },
        onProgress: ({ day, auc, trainingRows, scored, done, of }) =>
          process.stderr.write(
            `${day}  ${done}/${of}  trained on ${trainingRows}, AUC ${auc.toFixed(3)}, scored ${scored}\n`,
          ),
      });
    } finally {
      await sink.close();
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stderr.write(`${events} events of ${days} nights in ${seconds} s, to ${url ?? out!}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    if (work === undefined) await rm(workDir, { recursive: true, force: true });
  }
}

const OPTIONS = {
  days: { type: 'string', default: '28' },
  end: { type: 'string' },
  incident: { type: 'string' },
  seed: { type: 'string', default: '1994' },
  out: { type: 'string' },
  url: { type: 'string' },
  'api-key': { type: 'string' },
  work: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function optionsIn(args: readonly string[]): Options | string {
  let values: Options;
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }));
  } catch (error) {
    return (error as Error).message;
  }
  if (values.help) return values;
  if ((values.out === undefined) === (values.url === undefined)) return 'Say where to: --out FILE or --url URL.';
  for (const name of ['days', 'seed'] as const) {
    if (!/^\d{1,9}$/.test(values[name])) return `--${name} must be a whole number.`;
  }
  return values;
}

function fileSink(path: string): Sink {
  const stream = createWriteStream(path);
  return {
    emit: (event) =>
      new Promise((resolve, reject) => {
        stream.write(`${JSON.stringify(event)}\n`, (error) => (error ? reject(error) : resolve()));
      }),
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
}

function serverSink(url: string, apiKey: string | undefined): Sink {
  const endpoint = `${url.replace(/\/+$/, '')}/api/v1/lineage`;
  return {
    emit: async (event) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify(event),
      });
      // The body must be read, or the connection is not used again.
      const answer = await response.text();
      if (!response.ok) throw new Error(`${endpoint} answered ${response.status}: ${answer.slice(0, 500)}`);
    },
    close: () => Promise.resolve(),
  };
}
