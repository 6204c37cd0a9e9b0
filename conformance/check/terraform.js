// What the rules on Terraform refuse, against what Checkov's own cases say of the same checks: `../shared/data/terraform`
// (not part of the project). A check counts as done if it has a rule; each that is done must get 95% of its expectations right.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Checker } from '../../packages/custody/dist/gate/check/checker.js';
import { terraformIn } from '../../packages/custody/dist/producers/check/terraform/index.js';
import { readRules } from '../../packages/custody/dist/source/rule-files.js';

const path = (name) => fileURLToPath(new URL(`../../../shared/data/terraform/${name}`, import.meta.url));
const CHECKS_LEAST = 150;
const SHARE_LEAST = 0.95;
const FILE_MS_MOST = 20;

export async function run() {
  if (!existsSync(path('dev.jsonl'))) return { skipped: 'no ../shared/data/terraform' };
  const cases = readFileSync(path('dev.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
  const listed = readFileSync(path('checks.tsv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split('\t')[0]); // prettier-ignore
  const checker = new Checker(await readRules(null));
  const ruled = new Set([...checker.rules.values()].flatMap(({ checkov }) => checkov));
  const done = listed.filter((check) => ruled.has(check));
  const byCheck = new Map();
  const wrong = [];
  const from = process.cpuUsage();
  let files = 0;
  let contradicted = 0;
  for (const { id, check_id: check, files: texts, expected } of cases) {
    if (!ruled.has(check)) continue;
    files += Object.keys(texts).length;
    const refused = new Set(
      (await terraformIn(new Map(Object.entries(texts))))
        .flatMap((facts) => checker.check(facts))
        .filter(({ rule }) => rule.checkov.includes(check))
        .map(({ resource }) => resource),
    );
    const seen = byCheck.get(check) ?? { right: 0, of: 0 };
    byCheck.set(check, seen);
    for (const kind of ['pass', 'fail'])
      for (const address of expected[kind]) {
        // What a case wants both ways says nothing.
        if (expected.pass.includes(address) && expected.fail.includes(address)) {
          contradicted++;
          continue;
        }
        seen.of++;
        if (refused.has(address) === (kind === 'fail')) seen.right++;
        else wrong.push({ case: id, resource: address, expected: kind });
      }
  }
  const { user, system } = process.cpuUsage(from);
  if (wrong.length > 0) console.table(wrong);
  const total = [...byCheck.values()].reduce((sum, { right, of }) => ({ right: sum.right + right, of: sum.of + of }), {
    right: 0,
    of: 0,
  });
  const below = [...byCheck].filter(([, { right, of }]) => right / of < SHARE_LEAST);
  const share = total.right / total.of;
  const ms = (user + system) / 1000 / files;
  return {
    rows: [
      { figure: 'checks of the list that have a rule', value: `${done.length} of ${listed.length}` },
      { figure: 'of those with cases', value: byCheck.size },
      { figure: 'expectations right', value: `${total.right} of ${total.of} (${(100 * share).toFixed(2)}%)` },
      { figure: 'expectations left out, of a resource that is to pass and to fail', value: contradicted },
      { figure: 'checks below 95%', value: below.map(([check, { right, of }]) => `${check} ${right}/${of}`).join(', ') || 'none' }, // prettier-ignore
      { figure: 'CPU a file, read and judged by all rules', value: `${ms.toFixed(1)} ms` },
    ],
    goals: [
      {
        what: 'terraform: checks with a rule',
        value: done.length,
        goal: CHECKS_LEAST,
        met: done.length >= CHECKS_LEAST,
      },
      { what: 'terraform: expectations right', value: +share.toFixed(4), goal: SHARE_LEAST, met: share >= SHARE_LEAST },
      { what: 'terraform: checks below that', value: below.length, goal: 0, met: below.length === 0 },
      { what: 'terraform: ms CPU a file', value: +ms.toFixed(2), goal: FILE_MS_MOST, met: ms < FILE_MS_MOST },
    ],
  };
}
