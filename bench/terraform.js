// Terraform in `custody check` as a whole process, Checkov as a whole process beside it, on the same folders: the golden
// configurations of the rules, each in a folder of its own. Both are asked for the same checks, and how often they say the
// same of a resource that our golden files name refused or allowed is printed: that is the same work.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Checker } from '../packages/custody/dist/gate/check/checker.js';
import { terraformIn } from '../packages/custody/dist/producers/check/terraform/index.js';
import { readRules } from '../packages/custody/dist/source/rule-files.js';
import { custodyCheck, timed } from './process-time.js';
import { median, report, short } from './report.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const GOLDEN = here('../testdata/check/terraform');
const ROUNDS = short ? 1 : 3;
const COPIES = short ? 1 : 3;
const RATIO = 3;

/** Checkov of .venv or of the PATH; null with a printed reason. */
function checkov() {
  for (const program of [here('../.venv/bin/checkov'), 'checkov'])
    if (spawnSync(program, ['--version']).status === 0) return program;
  console.log('checkov skipped: it is not installed. Get it with: .venv/bin/pip install checkov');
  return null;
}

const rules = [...new Checker(await readRules(null)).rules.values()].filter(
  ({ kind, checkov: ids }) => kind === 'terraform' && ids.length > 0,
);
const byName = new Map(rules.map((rule) => [rule.name, rule]));
const folder = mkdtempSync(`${tmpdir()}/custody-bench-terraform-`);
try {
  const names = readdirSync(GOLDEN).map((name) => name.replace(/\.tf$/, ''));
  for (let copy = 0; copy < COPIES; copy++)
    for (const name of names) {
      mkdirSync(`${folder}/${name}.${copy}`);
      copyFileSync(`${GOLDEN}/${name}.tf`, `${folder}/${name}.${copy}/main.tf`);
    }
  const files = names.length * COPIES;

  const mine = Array.from({ length: ROUNDS }, () => custodyCheck(folder));
  const { findings } = mine[0].answer;
  const ours = new Set(findings.map(({ rule, file, resource }) => `${file.split('/')[0]} ${rule} ${bare(resource)}`));

  // What the golden files say: of each rule, on its own file, refused and allowed resources.
  const expected = [];
  for (const name of names) {
    const rule = byName.get(name);
    if (rule === undefined) throw new Error(`${name}.tf has no rule with a Checkov id`);
    for (const address of await declared(`${GOLDEN}/${name}.tf`)) {
      const said = /(?:^|\.)(refused|allowed)(?:_\w+)?$/.exec(address)?.[1];
      if (said !== undefined) expected.push({ name, rule, address, isRefused: said === 'refused' });
    }
  }
  const wrong = expected.filter(({ name, rule, address, isRefused }) => ours.has(`${name}.0 ${rule.id} ${address}`) !== isRefused); // prettier-ignore
  if (wrong.length > 0) throw new Error(`${wrong.length} of ${expected.length} golden resources came out otherwise`);

  const program = checkov();
  const ids = rules.flatMap(({ checkov: of }) => of).join(',');
  const theirs = program === null ? null : timed(program, ['-d', folder, '--framework', 'terraform', '-c', ids, '-o', 'json', '--compact', '--quiet']); // prettier-ignore
  let agreed = null;
  if (theirs !== null) {
    const failed = new Set(
      [JSON.parse(theirs.stdout)]
        .flat()
        .flatMap(({ results }) => results.failed_checks)
        .map(({ check_id: id, file_path: path, resource }) => `${path.split('/')[1]} ${id} ${bare(resource)}`),
    );
    agreed = expected.filter(
      ({ name, rule, address, isRefused }) =>
        rule.checkov.some((id) => failed.has(`${name}.0 ${id} ${address}`)) === isRefused,
    ).length;
  }
  console.log(
    `${files} configurations, ${rules.length} rules; ${expected.length} golden resources, all as named` +
      (agreed === null
        ? ''
        : `; Checkov says the same of ${agreed} (${((100 * agreed) / expected.length).toFixed(1)}%)`),
  );
  const row = (engine, runs) => ({
    engine,
    'seconds by the clock': Number(median(runs.map((run) => run.seconds)).toPrecision(3)),
    'CPU seconds': Number(median(runs.map((run) => run.cpu)).toPrecision(3)),
    'memory MB': Math.round(Math.max(...runs.map((run) => run.megabytes))),
  });
  console.table([
    row('Custody, every check', mine),
    ...(theirs === null ? [] : [row('Checkov, the same checks', [theirs])]),
  ]);
  const seconds = median(mine.map((run) => run.seconds));
  report({
    bench: 'terraform',
    ours: seconds,
    peer: theirs?.seconds ?? null,
    unit: `seconds for ${files} configurations`,
    ratio: theirs === null ? null : theirs.seconds / seconds,
    goal: RATIO,
    met: theirs === null ? null : theirs.seconds / seconds >= RATIO,
  });
} finally {
  rmSync(folder, { recursive: true });
}

/** Without keys of instances; of a data source as Checkov names it. */
function bare(address) {
  return (address ?? '').replace(/\[[^\]]*\]/g, '').replace(/^data\./, '');
}

async function declared(path) {
  const [facts] = await terraformIn(new Map([['main.tf', readFileSync(path, 'utf8')]]));
  return [...Object.values(facts.resources), ...Object.values(facts.data)].flat().map(({ address }) => bare(address));
}
