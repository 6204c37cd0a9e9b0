// What the benchmarks on reviews share: the file with its planted values, DuckDB's read of it, and processor time.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const SHARED = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../shared', import.meta.url));
const GENERATOR = `${SHARED}/data/pii/generate_reviews.py`;

/** False, with a printed reason, where the reviews cannot be made. */
export function canMakeReviews() {
  if (existsSync(GENERATOR)) return true;
  console.log(`skipped: there is no ${GENERATOR}; set CUSTODY_SHARED`);
  return false;
}

/** A CSV of so many megabytes in a folder, what is planted in it (JSON lines), and its size in MB. */
export function makeReviews(folder, megabytes) {
  const file = `${folder}/reviews.csv`;
  const truth = `${folder}/truth.jsonl`;
  const made = spawnSync('python3', [GENERATOR, String(megabytes), file, truth], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`the reviews could not be made: ${made.stderr}`);
  return { file, truth, size: statSync(file).size / 1e6 };
}

/** Of this process, in seconds. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** All columns as text and all bytes touched, on one thread. */
export async function readByDuckDb(file) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('SET threads = 1');
  const columns = ['review_id', 'user_id', 'product_id', 'rating', 'created_at', 'title', 'text'];
  const sum = columns.map((name) => `sum(strlen(${name}))`).join(' + ');
  const start = cpuSeconds();
  const result = await connection.runAndReadAll(
    `SELECT count(*), ${sum} FROM read_csv('${file.replaceAll("'", "''")}', all_varchar = true, header = true)`,
  );
  return { seconds: cpuSeconds() - start, rows: Number(result.getRows()[0][0]) };
}
