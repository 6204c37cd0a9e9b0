// Our Rego against OPA: OPA's own cases, 500 decisions of a realistic policy, and random expressions asked of both.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { compile, runCaseLine } from '../packages/custody/dist/gate/rego/index.js';
import { findOpa, startOpa } from './opa.js';
import { regoDocument } from './rego-doc.js';
import { expressions } from './rego-expressions.js';
import { result, skipped } from './result.js';

const shared = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url));
const folder = `${shared}/rego`;
const EXPRESSIONS = 2_000;

/** What a case needs that is refused here: docs/rego.md says why. */
const REFUSED = /^(http|graphql|cryptox509|cryptoparse|providers-aws|netlookup)/i;

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
};
const text = (value) => JSON.stringify(sorted(value));

function casePasses(c, answer) {
  const { result: rows, error } = answer;
  if (c.want_error !== undefined || c.want_error_code !== undefined)
    return error !== null && (c.want_error_code === undefined || error.code === c.want_error_code);
  const bindings = (list) =>
    list
      .map((row) =>
        text(
          Object.fromEntries(
            Object.entries(row).map(([key, value]) => [
              key,
              c.sort_bindings === true && Array.isArray(value) ? value.map(text).sort() : value,
            ]),
          ),
        ),
      )
      .sort();
  return rows !== null && text(bindings(rows)) === text(bindings(c.want_result ?? []));
}

/** Passed and all, by group of cases. */
function runCases() {
  const groups = new Map();
  const lines = readFileSync(`${folder}/opa-v1-dev.jsonl`, 'utf8').trim().split('\n');
  for (const [n, line] of lines.entries()) {
    const c = JSON.parse(line);
    const passed = casePasses(c, JSON.parse(runCaseLine(line, n)));
    const group = groups.get(c.group) ?? { passed: 0, of: 0, failed: [] };
    group.of++;
    if (passed) group.passed++;
    else group.failed.push(c.note);
    groups.set(c.group, group);
  }
  return groups;
}

export async function run() {
  if (!existsSync(folder)) return skipped('rego', `OPA's cases are not at ${folder}; set CUSTODY_SHARED`);
  const groups = runCases();
  let all = { passed: 0, of: 0 };
  let inside = { passed: 0, of: 0 };
  for (const [name, group] of groups) {
    all = { passed: all.passed + group.passed, of: all.of + group.of };
    if (REFUSED.test(name)) continue;
    inside = { passed: inside.passed + group.passed, of: inside.of + group.of };
    for (const note of group.failed) console.log(`  failed: ${note}`);
  }
  console.log(`OPA's cases: ${all.passed} of ${all.of}; ${inside.passed} of ${inside.of} without ${REFUSED.source}`);

  const json = (name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  const source = readFileSync(`${folder}/access.rego`, 'utf8');
  const policy = compile({ modules: { 'access.rego': source }, data: json('data.json') });
  const inputs = json('inputs.json');
  const [wanted] = json('ref_out.json');
  const path = 'data.custody.access.decision';
  const same = inputs.filter((input, i) => text(policy.evaluate(path, input)) === text(wanted[i])).length;
  console.log(`decisions as recorded from OPA: ${same} of ${inputs.length}`);

  const opa = findOpa();
  let live = { passed: 0, of: 0 };
  if (opa !== null) {
    const server = await startOpa(opa, [`${folder}/access.rego`, `${folder}/data.json`]);
    try {
      live = await compareLive(server.url, policy, inputs);
    } finally {
      await server.stop();
    }
  }
  const documented = await checkDocument({ groups, refused: REFUSED, decisions: { same, of: inputs.length }, live });
  const met = documented && inside.passed / inside.of >= 0.99 && same === inputs.length && live.passed === live.of;
  return {
    ...result('rego', inside.passed, inside.of, 0.99),
    decisions: { same, of: inputs.length },
    live,
    met,
  };
}

/** docs/rego.md says what this run says; CUSTODY_DOC=write makes it so. */
async function checkDocument(run) {
  const file = fileURLToPath(new URL('../docs/rego.md', import.meta.url));
  // Without an OPA the page cannot be compared: it tells of one.
  if (run.live.of === 0) return true;
  const wanted = await format(regoDocument(run), { parser: 'markdown' });
  if (process.env['CUSTODY_DOC'] === 'write') writeFileSync(file, wanted);
  const current = existsSync(file) && readFileSync(file, 'utf8') === wanted;
  console.log(current ? 'docs/rego.md says the same' : 'docs/rego.md is out of date: run this with CUSTODY_DOC=write');
  return current;
}

const post = async (url, body) => {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { ok: response.ok, body: await response.json() };
};

async function compareLive(url, policy, inputs) {
  let passed = 0;
  let of = 0;
  // The recorded inputs with parts of other inputs, and with parts missing.
  for (let i = 0; i < inputs.length; i++) {
    const input = { ...inputs[i], ...pick(inputs[(i * 7 + 3) % inputs.length], i) };
    const keys = Object.keys(input);
    if (i % 5 === 0) delete input[keys[i % keys.length]];
    const { body } = await post(`${url}/v1/data/custody/access/decision`, { input });
    const ours = policy.evaluate('data.custody.access.decision', input);
    of++;
    if (text(ours) === text(body.result)) passed++;
    else console.log(`  differs: ${JSON.stringify(input)}\n    OPA ${text(body.result)}\n    we  ${text(ours)}`);
  }
  console.log(`changed inputs asked of a running OPA: ${passed} of ${of} the same`);
  let same = 0;
  let asked = 0;
  let refused = 0;
  let refusedToo = 0;
  const isRefused = (query) => {
    try {
      policy.query(query);
      return false;
    } catch {
      return true;
    }
  };
  for (const expression of expressions(EXPRESSIONS, 20_260_101)) {
    const query = `x := ${expression}`;
    const { ok, body } = await post(`${url}/v1/query`, { query });
    if (!ok) {
      refused++;
      if (isRefused(query)) refusedToo++;
      continue;
    }
    let ours;
    try {
      ours = policy.query(query).map((row) => row.x);
    } catch (error) {
      ours = `${error.code}: ${error.message}`;
    }
    const theirs = (body.result ?? []).map((row) => row.x);
    asked++;
    if (text(plain(ours)) === text(theirs)) same++;
    else console.log(`  differs: ${expression}\n    OPA ${text(theirs)}\n    we  ${text(plain(ours))}`);
  }
  console.log(
    `random expressions: ${same} of ${asked} the same; ${refused} more refused by OPA's type checker, ${refusedToo} of them by ours`,
  );
  return { passed: passed + same, of: of + asked };
}

const pick = (input, i) => Object.fromEntries(Object.entries(input).filter((_, n) => (i >> n) % 2 === 1));

/** Large integers as JSON.parse reads those of OPA. */
const plain = (value) => {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
};
