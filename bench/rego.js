// Decisions of a realistic access policy, in processor time: ours in process, OPA's WebAssembly in process, and a real OPA
// asked over HTTP (its own processor time, without the client's). Every answer is compared with OPA's.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import opaWasm from '@open-policy-agent/opa-wasm';
import { compile, readTar } from '../packages/custody/dist/gate/rego/index.js';
import { gunzipSync } from 'node:zlib';
import { findOpa, startOpa } from '../conformance/opa.js';
import { median, report, short } from './report.js';

const ROUNDS = short ? 2 : 7;
/** Passes over the 500 inputs in a round. */
const PASSES = { ours: short ? 20 : 100, wasm: short ? 1 : 4, server: short ? 1 : 4 };
const PATH = 'data.custody.access.decision';

const shared = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url));
const folder = `${shared}/rego`;
if (!existsSync(folder)) {
  console.log(`skipped: the policy and its inputs are not at ${folder}; set CUSTODY_SHARED`);
  report({ bench: 'rego', ours: null, peer: null, unit: 'decisions/s', ratio: null, goal: 10, met: false });
  process.exit(0);
}
const json = (name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
const source = readFileSync(`${folder}/access.rego`, 'utf8');
const data = json('data.json');
const inputs = json('inputs.json');
const [wanted] = json('ref_out.json');

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
const same = (answers) => answers.filter((answer, i) => text(answer) === text(wanted[i])).length;

const cpuMicros = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
/** Processor time of another process (proc(5)), in µs. */
const cpuMicrosOf = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
};

const policy = compile({ modules: { 'access.rego': source }, data });
function ours() {
  const start = cpuMicros();
  for (let pass = 0; pass < PASSES.ours; pass++) for (const input of inputs) policy.evaluate(PATH, input);
  return (cpuMicros() - start) / (PASSES.ours * inputs.length);
}

/** OPA's own compiler to WebAssembly. */
async function loadWasm(opa) {
  const work = mkdtempSync(`${tmpdir()}/custody-wasm-`);
  try {
    writeFileSync(`${work}/access.rego`, source);
    const built = spawnSync(
      opa,
      ['build', '-t', 'wasm', '-e', 'custody/access/decision', '-o', `${work}/b.tar.gz`, `${work}/access.rego`],
      { encoding: 'utf8' },
    );
    if (built.status !== 0) throw new Error(built.stderr);
    const loaded = await opaWasm.loadPolicy(
      readTar(gunzipSync(readFileSync(`${work}/b.tar.gz`))).get('policy.wasm'),
      64,
    );
    loaded.setData(data);
    return loaded;
  } finally {
    rmSync(work, { recursive: true });
  }
}

const opa = findOpa();
const wasm = opa === null ? null : await loadWasm(opa);
const server = opa === null ? null : await startOpa(opa, [`${folder}/access.rego`, `${folder}/data.json`]);
const ask = async (input) => {
  const response = await fetch(`${server.url}/v1/data/custody/access/decision`, {
    method: 'POST',
    body: JSON.stringify({ input }),
  });
  return (await response.json()).result;
};

const micros = { ours: [], wasm: [], server: [] };
try {
  const right = {
    ours: same(inputs.map((input) => policy.evaluate(PATH, input))),
    wasm: wasm === null ? 0 : same(inputs.map((input) => wasm.evaluate(input)[0].result)),
    server: 0,
  };
  if (server !== null) {
    const answers = [];
    for (const input of inputs) answers.push(await ask(input));
    right.server = same(answers);
  }
  if (right.ours !== inputs.length) throw new Error(`${inputs.length - right.ours} of our answers differ from OPA's`);
  ours();
  for (let round = 0; round < ROUNDS; round++) {
    micros.ours.push(ours());
    if (wasm !== null) {
      const start = cpuMicros();
      for (let pass = 0; pass < PASSES.wasm; pass++) for (const input of inputs) wasm.evaluate(input);
      micros.wasm.push((cpuMicros() - start) / (PASSES.wasm * inputs.length));
    }
    if (server !== null) {
      const start = cpuMicrosOf(server.pid);
      for (let pass = 0; pass < PASSES.server; pass++) for (const input of inputs) await ask(input);
      micros.server.push((cpuMicrosOf(server.pid) - start) / (PASSES.server * inputs.length));
    }
  }
  console.log(
    `500 inputs to access.rego, conversion of input and answer included; median of ${ROUNDS} rounds, in turn`,
  );
  console.table(
    Object.entries(micros)
      .filter(([, runs]) => runs.length > 0)
      .map(([name, runs]) => ({
        engine: {
          ours: 'Custody, in process',
          wasm: 'opa-wasm 1.10.0, in process',
          server: 'OPA 1.22.2 over HTTP, at the server',
        }[name],
        'CPU µs/decision': Number(median(runs).toFixed(1)),
        'decisions/s a core': Math.round(1e6 / median(runs)),
        'answers as OPA': `${right[name]} of ${inputs.length}`,
      })),
  );
} finally {
  await server?.stop();
}

const per = (name) => (micros[name].length === 0 ? null : 1e6 / median(micros[name]));
const [we, wasmRate, serverRate] = [per('ours'), per('wasm'), per('server')];
const against = (bench, peer, goal) =>
  report({
    bench,
    ours: we,
    peer,
    unit: 'decisions/s a core',
    ratio: peer && we / peer,
    goal,
    met: peer !== null && we >= goal * peer,
  });
report({
  bench: 'rego.rate',
  ours: we,
  peer: null,
  unit: 'decisions/s a core',
  ratio: null,
  goal: 100_000,
  met: we >= 100_000,
});
against('rego.server', serverRate, 50);
against('rego', wasmRate, 10);
