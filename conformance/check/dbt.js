// dbt projects as `custody check` resolves them, against what dbt itself makes of them: nodes, references, and the SQL that it
// compiles. One project is written by hand (`testdata/check/dbt`), one is made up on the spot: templates whose constants differ
// from run to run.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columnsOf } from '../../packages/custody/dist/producers/check/dbt/columns.js';
import { dbtIn } from '../../packages/custody/dist/producers/check/dbt/index.js';
import { labelPatterns } from '../../packages/custody/dist/producers/check/label-flow.js';
import { pythonWith } from '../python.js';
import { TEMPLATES, macros, random } from './dbt-templates.js';

const OURS = fileURLToPath(new URL('../../testdata/check/dbt/', import.meta.url));
const GOALS = { nodes: 1, recall: 1, precision: 1, columnRecall: 1, columnPrecision: 0.98, sql: 0.95 };
/** Of each template, with other constants. */
const TIMES = 3;

export async function run({ seed = Number(process.env.CUSTODY_SEED ?? Date.now() % 1_000_000), isShown = false } = {}) {
  const python = pythonWith('dbt.cli.main', 'dbt.adapters.duckdb');
  if (python === null)
    return { skipped: 'dbt-core and dbt-duckdb could not be installed (test/python-requirements.txt)' };
  console.log(`dbt: CUSTODY_SEED=${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'custody-dbt-'));
  const scores = [];
  try {
    cpSync(OURS, join(folder, 'ours'), { recursive: true });
    makeUp(join(folder, 'made'), random(seed));
    for (const name of ['ours', 'made']) {
      const project = join(folder, name);
      const files = filesIn(project);
      const failure = compile(python, project);
      if (failure !== null) return { skipped: `dbt could not compile the project "${name}": ${failure}` };
      scores.push({ project: name, ...compared(project, files, isShown) });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const worst = (key) => Math.min(...scores.map((score) => score[key]));
  return {
    rows: scores,
    goals: Object.entries(GOALS).map(([what, goal]) => ({
      what: `dbt: ${what}`,
      value: worst(what),
      goal,
      met: worst(what) >= goal,
    })),
  };
}

const filesIn = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

/** What went wrong; null where it compiled. */
function compile(python, project) {
  const { status, stdout, stderr } = spawnSync(
    python,
    ['-c', 'from dbt.cli.main import cli; cli()', '--no-version-check', 'compile', '--no-introspect', '--quiet'],
    {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, DBT_PROFILES_DIR: project, DBT_SEND_ANONYMOUS_USAGE_STATS: '0', DO_NOT_TRACK: '1' },
    },
  );
  return status === 0 ? null : `${stdout}${stderr}`.trim().slice(-1000);
}

function makeUp(project, next) {
  mkdirSync(join(project, 'models'), { recursive: true });
  mkdirSync(join(project, 'macros'));
  writeFileSync(
    join(project, 'dbt_project.yml'),
    "name: made\nversion: '1.0'\nprofile: made\nvars: { limit: 5, names: [ada, grace], is_on: true, is_off: false }\nflags: { send_anonymous_usage_stats: false }\n",
  );
  writeFileSync(
    join(project, 'profiles.yml'),
    "made:\n  target: dev\n  outputs:\n    dev: { type: duckdb, path: ':memory:', schema: made }\n",
  );
  writeFileSync(
    join(project, 'models/sources.yml'),
    `sources:\n  - name: raw\n    tables:\n      - name: people\n        columns:\n${['id', 'email', 'city', 'amount'].map((name) => `          - name: ${name}\n`).join('')}`,
  );
  writeFileSync(join(project, 'macros/own.sql'), macros);
  const names = [];
  for (let time = 0; time < TIMES; time++)
    for (const [i, template] of TEMPLATES.entries()) {
      const name = `m${time}_${i}`;
      const from =
        names.length === 0 || next(3) === 0
          ? "{{ source('raw', 'people') }}"
          : `{{ ref('${names[next(names.length)]}') }}`;
      writeFileSync(join(project, 'models', `${name}.sql`), template(next, from));
      names.push(name);
    }
}

function compared(project, files, isShown) {
  const manifest = JSON.parse(readFileSync(join(project, 'target/manifest.json'), 'utf8'));
  const theirs = new Map(
    [...Object.values(manifest.nodes), ...Object.values(manifest.sources)]
      .filter(({ resource_type }) => ['model', 'seed', 'snapshot', 'source'].includes(resource_type))
      .map((node) => [node.unique_id, node]),
  );
  const nameOf = (node) =>
    node.resource_type === 'source'
      ? `${node.source_name}.${node.name}`
      : node.version
        ? `${node.name}_v${node.version}`
        : node.name;
  const roots = rootColumns(files, theirs, nameOf);
  const labels = Object.fromEntries(
    [...roots].map(([name, columns]) => columns.map((column) => [`${name}.${column}`, [`${name}.${column}`]])).flat(),
  );
  const { facts, sql } = dbtIn('', files, { patterns: labelPatterns(labels), dialect: null });
  const show = (what, list) => isShown && list.length > 0 && console.log(what, list);

  const nodes = new Set([...theirs.values()].map(nameOf));
  const found = new Set([...facts.models, ...facts.sources].map(({ name }) => name));
  const edges = new Set(
    [...theirs.values()].flatMap((node) =>
      (node.depends_on?.nodes ?? []).flatMap((id) =>
        theirs.has(id) ? [`${nameOf(theirs.get(id))} > ${nameOf(node)}`] : [],
      ),
    ),
  );
  const ours = new Set(facts.models.flatMap(({ name, upstream }) => upstream.map((from) => `${from} > ${name}`)));
  show(
    'edges missing',
    [...edges].filter((edge) => !ours.has(edge)),
  );
  show(
    'edges too many',
    [...ours].filter((edge) => !edges.has(edge)),
  );

  const columns = new Set(closure(theirs, nameOf, roots));
  const reached = new Set(
    facts.models.flatMap((model) =>
      model.kind === 'seed' || model.materialized === 'ephemeral'
        ? []
        : model.columns.flatMap((column) =>
            column.labels.flatMap(({ label }) =>
              Object.hasOwn(labels, label) ? [`${label} > ${model.name}.${column.name}`] : [],
            ),
          ),
    ),
  );
  show(
    'columns missing',
    [...columns].filter((one) => !reached.has(one)),
  );
  show(
    'columns too many',
    [...reached].filter((one) => !columns.has(one)),
  );

  let same = 0;
  let compiled = 0;
  for (const node of theirs.values()) {
    if (!node.compiled_code) continue;
    // dbt puts ephemeral models before the SQL of others.
    if (/__dbt__cte__/.test(node.compiled_code)) continue;
    compiled++;
    const expected = plain(named(node.compiled_code, theirs, nameOf));
    const renderings = sql.filter(({ path }) => path === node.original_file_path).map((one) => plain(one.sql));
    if (renderings.includes(expected)) same++;
    else show(`SQL of ${node.name}`, [expected, renderings]);
  }
  const share = (of, list) =>
    list.size === 0 ? 1 : +([...list].filter((one) => of.has(one)).length / list.size).toFixed(4);
  return {
    models: facts.models.length,
    nodes: Math.min(share(found, nodes), share(nodes, found)),
    edges: edges.size,
    recall: share(ours, edges),
    precision: share(edges, ours),
    columns: columns.size,
    columnRecall: share(reached, columns),
    columnPrecision: share(columns, reached),
    compiled,
    sql: +(same / compiled).toFixed(4),
  };
}

/** Columns that everything comes from: those that sources list, and the heads of seeds. */
function rootColumns(files, theirs, nameOf) {
  const roots = new Map();
  for (const node of theirs.values()) {
    if (node.resource_type === 'source') {
      // What models name of a source is there, too, listed or not.
      const listed = Object.keys(node.columns);
      if (listed.length > 0) roots.set(nameOf(node), listed);
    }
    if (node.resource_type === 'seed')
      roots.set(nameOf(node), files.get(node.original_file_path).split('\n', 1)[0].trim().split(','));
  }
  return roots;
}

const relationOf = ({ database, schema, identifier, alias, name }) =>
  [database, schema, identifier ?? alias ?? name].join('.').toLowerCase();

/** Which root column reaches which column, by the SQL that dbt compiled. */
function* closure(theirs, nameOf, roots) {
  const byRelation = new Map([...theirs.values()].map((node) => [relationOf(node), node]));
  const known = new Map();
  const reaching = new Map();
  for (const [relation, node] of byRelation)
    if (roots.has(nameOf(node))) {
      known.set(relation, roots.get(nameOf(node)));
      for (const column of roots.get(nameOf(node)))
        reaching.set(`${relation}\n${column}`, new Set([`${nameOf(node)}.${column}`]));
    }
  const done = new Set();
  const visit = (node) => {
    if (done.has(node.unique_id)) return;
    done.add(node.unique_id);
    for (const id of node.depends_on?.nodes ?? []) if (theirs.has(id)) visit(theirs.get(id));
    if (!node.compiled_code || node.config?.materialized === 'ephemeral') return;
    const { ways, names } = columnsOf(node.compiled_code, 'duckdb', (table) => known.get(table));
    if (names !== null) known.set(relationOf(node), names);
    for (const { table, from, to } of ways) {
      const key = `${relationOf(node)}\n${to.toLowerCase()}`;
      const own = reaching.get(key) ?? new Set();
      for (const root of reaching.get(`${table}\n${from}`) ?? []) own.add(root);
      reaching.set(key, own);
    }
  };
  for (const node of theirs.values()) visit(node);
  for (const [key, own] of reaching) {
    const [relation, column] = key.split('\n');
    const node = byRelation.get(relation);
    if (node.resource_type === 'source' || node.resource_type === 'seed') continue;
    for (const root of own) yield `${root} > ${nameOf(node)}.${column}`;
  }
}

/** Tables by the names that our rendering gives them. */
function named(sql, theirs, nameOf) {
  let text = sql;
  for (const node of theirs.values()) {
    const quoted = [node.database, node.schema, node.identifier ?? node.alias].map((part) => `"${part}"`).join('.');
    text = text.replaceAll(
      quoted,
      node.resource_type === 'source'
        ? ` dbt_source.${node.source_name}__${node.name} `
        : ` dbt_model.${nameOf(node)} `,
    );
  }
  return text;
}

const plain = (sql) => sql.replace(/\s+/g, ' ').replace(/ \)/g, ')').trim();

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rows, skipped } = await run({ isShown: process.argv.includes('--differences') });
  console.table(rows ?? [{ skipped }]);
}
