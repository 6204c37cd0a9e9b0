// SQL lineage at its limits: a script of 10 MB, a procedure of 5,000 lines, a star over 1,000 columns, 200 nested queries,
// and 1 MB of each text that multiplies (testdata/sql/hostile.json). Each in a process of its own, so that its memory is
// its own. Half of a text, read apart, shows how the time grows.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eachStatement, lineage } from '../packages/custody/dist/producers/sql/index.js';
import { report, short } from './report.js';

const HOSTILE = JSON.parse(readFileSync(new URL('../testdata/sql/hostile.json', import.meta.url), 'utf8'));
const HOSTILE_BYTES = short ? 100_000 : 1_000_000;
const count = (n, make, between = '') => Array.from({ length: n }, (_, i) => make(i)).join(between);
const wide = (n) => ({ t: Array.from({ length: n }, (_, i) => `c${i}`) });

/** `#` is the number of the repetition, `#+` the next. */
function hostileText({ parts }, bytes) {
  const repeated = parts.filter((part) => typeof part !== 'string').length;
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const { repeat, between = '' } = part;
      const pieces = [];
      for (let i = 0, size = 0; size < bytes / repeated; i++) {
        const piece = repeat.replaceAll('#+', String(i + 1)).replaceAll('#', String(i));
        pieces.push(piece);
        size += piece.length + between.length;
      }
      return pieces.join(between);
    })
    .join('');
}

/** Name, and the text at a share of its full size. */
const NAMED = [
  {
    name: '10 MB script, one statement after another',
    streamed: true,
    text: (share) => {
      const one =
        "insert into a.b (x, y) select t.x, u.y + 1 from s.t t join s.u u on t.id = u.id where t.z > 'abc';\n";
      return one.repeat(((short ? 1e6 : 1e7) * share) / one.length);
    },
  },
  {
    name: '10 MB script, all statements at once',
    text: (share) => NAMED[0].text(share),
  },
  {
    name: 'procedure of 5,000 lines',
    dialect: 'tsql',
    text: (share) =>
      `create procedure p @a int as begin\n${count(5000 * share, (i) => `insert into dbo.t${i % 50} select c${i} from dbo.s${i % 70} where x = @a`, '\n')}\nend`,
  },
  {
    name: '1,000 columns through 100 stars',
    schema: wide(1000),
    text: (share) =>
      `insert into o with q0 as (select * from t)${count(100 * share, (i) => `, q${i + 1} as (select * from q${i})`)} select * from q${100 * share}`,
  },
  {
    name: '200 nested queries',
    text: (share) => `${'select * from ('.repeat(200 * share)}select a from t${') x'.repeat(200 * share)}`,
  },
];
const CASES = [
  ...NAMED,
  ...HOSTILE.map((one) => ({
    name: one.name,
    dialect: one.dialect,
    schema: one.wide && wide(one.wide),
    hostile: true,
    text: (share) => hostileText(one, HOSTILE_BYTES * share),
  })),
];

if (process.argv[2] === 'case') measure(CASES[Number(process.argv[3])], Number(process.argv[4]));
else main();

/** In a process of its own: CPU time and memory for a share of a text. */
function measure({ text, dialect, schema, streamed }, share) {
  const options = { dialect: dialect ?? 'ansi', ...(schema && { schema }) };
  lineage('select a from t', options);
  const sql = text(share);
  const before = process.cpuUsage();
  let statements = 0;
  if (streamed) for (const { statement } of eachStatement(sql, options)) statements += statement ? 1 : 0;
  else statements = lineage(sql, options).statements.length;
  const { user, system } = process.cpuUsage(before);
  const rss = process.resourceUsage().maxRSS / 1_024;
  console.log(JSON.stringify({ ms: (user + system) / 1_000, statements, bytes: sql.length, rss }));
}

function main() {
  const run = (i, share) => {
    const args = [fileURLToPath(import.meta.url), 'case', String(i), String(share)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${CASES[i].name}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const rows = CASES.map(({ name, hostile }, i) => ({ name, i, hostile: hostile === true, ...run(i, 1) }));
  const show = (list) =>
    console.table(
      list.map(({ name, i, bytes, ms, rss }) => ({
        text: name,
        kB: Math.round(bytes / 1_000),
        'CPU ms': Math.round(ms),
        'twice the text': `${(ms / run(i, 0.5).ms).toFixed(1)} times`,
        'peak MB': Math.round(rss),
      })),
    );
  show(rows.filter(({ hostile }) => !hostile));
  const hostile = rows.filter((row) => row.hostile).toSorted((a, b) => b.ms - a.ms);
  console.log(`the 10 slowest of ${hostile.length} texts that multiply, ${HOSTILE_BYTES / 1_000} kB of each`);
  show(hostile.slice(0, 10));
  const memory = Math.max(...hostile.map(({ rss }) => rss));
  console.log(`${hostile.filter(({ ms }) => ms >= 1_000).length} of them took 1,000 ms or more`);
  console.log(`most memory for one of them: ${Math.round(memory)} MB`);
  const script = rows[0];
  report({
    bench: 'sql-limits.script',
    ours: script.rss,
    peer: null,
    unit: 'MB peak, 10 MB of SQL',
    ratio: null,
    goal: 300,
    met: script.rss < 300,
  });
  report({
    bench: 'sql-limits',
    ours: hostile[0].ms,
    peer: null,
    unit: 'ms CPU, slowest text of 1 MB',
    ratio: null,
    goal: 1_000,
    met: hostile[0].ms < 1_000,
  });
}
