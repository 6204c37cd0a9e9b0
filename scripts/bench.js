// `npm run bench -- NAME` runs one benchmark; without a name all, one after the other. CUSTODY_BENCH=short makes it quick.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NAMES = [
  'log',
  'ingest',
  'restart',
  'lineage',
  'blast',
  'marquez',
  'sql',
  'sql-limits',
  'rego',
  'scan',
  'manifest',
  'sign',
  'gate',
  'check',
  'terraform',
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);
  process.exit(2);
}
let failed = 0;
for (const name of wanted.length > 0 ? wanted : NAMES) {
  const script = fileURLToPath(new URL(`../bench/${name}.js`, import.meta.url));
  if (!existsSync(script)) throw new Error(`${script} is missing`);
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
