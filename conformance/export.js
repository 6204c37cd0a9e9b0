// What Custody exports, read by others: rdflib, prov, pyshacl, Graphviz, Python's csv; and taken in again by an empty Custody.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startCustody } from './custody-server.js';
import { nastyEvents } from './export/nasty.js';
import { pythonWith } from './python.js';
import { result, skipped } from './result.js';

const fixtures = fileURLToPath(new URL('../testdata/openlineage/', import.meta.url));
const FILES = {
  openlineage: 'lineage.jsonl',
  'prov-jsonld': 'lineage.jsonld',
  'prov-turtle': 'lineage.ttl',
  mermaid: 'lineage.mmd',
  dot: 'lineage.dot',
  csv: 'lineage.csv',
};

export async function run() {
  const python = pythonWith('rdflib', 'prov', 'pyshacl');
  if (!python) return skipped('export', 'rdflib, prov and pyshacl could not be installed with pip');
  if (spawnSync('dot', ['-V']).status !== 0)
    return skipped('export', 'Graphviz is not installed: apt-get install graphviz');
  const first = await startCustody();
  const second = await startCustody();
  try {
    const nasty = `${first.folder}/nasty.jsonl`;
    writeFileSync(
      nasty,
      nastyEvents()
        .map((event) => JSON.stringify(event))
        .join('\n'),
    );
    const events = readdirSync(fixtures)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => fixtures + name);
    first.custody('send', ...events, nasty);
    const exported = exportAll(first);
    const { status, stdout, stderr } = spawnSync(
      python,
      [fileURLToPath(new URL('export/read.py', import.meta.url)), exported, ...events, nasty],
      { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, PYTHONUTF8: '1' } },
    );
    if (status !== 0) throw new Error(stdout + stderr);
    const lines = stdout.trim().split('\n');
    const read = JSON.parse(lines.pop());
    if (lines.length > 0) console.log(lines.join('\n'));

    second.custody('send', `${exported}/${FILES.openlineage}`);
    const again = exportAll(second);
    const round = Object.entries(FILES).map(([format, file]) => ({
      format,
      same: withoutEntries(format, `${exported}/${file}`) === withoutEntries(format, `${again}/${file}`),
    }));
    for (const { format } of round.filter(({ same }) => !same))
      console.log(`another Custody exports another ${format}`);
    const kept = round.filter(({ same }) => same).length;
    console.log(`read by others: ${read.passed} of ${read.of} checks hold`);
    console.log(`after the way through OpenLineage events: ${kept} of ${round.length} exports are the same`);
    return result('export', read.passed + kept, read.of + round.length, 1);
  } finally {
    await first.stop();
    await second.stop();
  }
}

function exportAll({ folder, custody }) {
  mkdirSync(`${folder}/out`);
  for (const [format, file] of Object.entries(FILES)) {
    custody('export', '--format', format, '--out', `${folder}/out/${file}`);
  }
  return `${folder}/out`;
}

/** An entry's number, and the order of events that came at once, are of one log. Nothing else may differ. */
function withoutEntries(format, file) {
  const text = readFileSync(file, 'utf8');
  if (format === 'openlineage') return text.split('\n').sort().join('\n');
  if (format === 'csv') return text.replaceAll(/,\d+(?=\r\n)/g, '');
  return format.startsWith('prov') ? text.replaceAll(/"?custody:(?:first|last)Entry"?[^;}]*/g, '') : text;
}
