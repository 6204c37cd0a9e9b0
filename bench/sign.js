// Signing and verifying a folder of 2 GB: start-up, hashing a core and on all cores, the first verification and the one
// after it, against the reference `model_signing` and `openssl dgst` in the same run. Every verification must say yes, and
// the digests of our hashing must be openssl's.
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomFillSync } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '../conformance/python.js';
import { hashFiles } from '../packages/custody/dist/source/file-hash.js';
import { median, report, short } from './report.js';

const ROUNDS = short ? 1 : 3;
const FILE_BYTES = short ? 16_000_000 : 512_000_000;
const FILES = 4;
const SMALL_FILES = short ? 50 : 400;
const BYTES = FILES * FILE_BYTES + SMALL_FILES * 50_000;
const cli = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
const work = mkdtempSync(`${tmpdir()}/custody-sign-bench-`);
const cores = availableParallelism();

const python = pythonWith('model_signing');
const reference = python && python.replace(/python3?$/, 'model_signing');

/** Wall-clock and processor time of a command and its children, in seconds. Throws if it fails. */
function timed(command, args) {
  const quoted = [command, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const { status, stderr, stdout } = spawnSync('bash', ['-c', `TIMEFORMAT='@%R %U %S'; time ${quoted}`], {
    encoding: 'utf8',
    env: { ...process.env, CUSTODY_CACHE: `${work}/cache` },
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`${quoted}: ${stderr}${stdout}`);
  const [wall, user, system] = stderr
    .slice(stderr.lastIndexOf('@') + 1)
    .trim()
    .split(' ')
    .map(Number);
  return { wall, cpu: user + system, stdout };
}

function writeModel(folder, big, small, bytes) {
  mkdirSync(`${folder}/layers`, { recursive: true });
  const chunk = Buffer.alloc(4_000_000);
  for (let i = 0; i < big; i++) {
    const file = openSync(`${folder}/model-${i}.safetensors`, 'w');
    for (let done = 0; done < bytes; done += chunk.length)
      writeSync(file, randomFillSync(chunk), 0, Math.min(chunk.length, bytes - done));
    closeSync(file);
  }
  for (let i = 0; i < small; i++) writeFileSync(`${folder}/layers/${i}.bin`, randomFillSync(Buffer.alloc(50_000)));
}

try {
  const model = `${work}/model`;
  const tiny = `${work}/tiny`;
  writeModel(model, FILES, SMALL_FILES, FILE_BYTES);
  writeModel(tiny, 1, 2, 10_000);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(`${work}/key.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(`${work}/key.pub`, publicKey.export({ type: 'spki', format: 'pem' }));
  for (const folder of [model, tiny])
    timed(process.execPath, [
      cli,
      'sign',
      folder,
      '--key',
      `${work}/key.pem`,
      '--signature',
      `${folder}.sig`,
      '--full',
    ]);
  // A file that changed less than two seconds ago is not kept in the cache.
  spawnSync('sleep', ['2.1']);

  const ours = (folder, ...more) =>
    timed(process.execPath, [
      cli,
      'verify',
      folder,
      '--signature',
      `${folder}.sig`,
      '--public-key',
      `${work}/key.pub`,
      '--json',
      ...more,
    ]);
  const theirs = (folder) =>
    timed(reference, ['verify', 'key', folder, '--signature', `${folder}.sig`, '--public_key', `${work}/key.pub`]);
  const paths = [
    ...Array.from({ length: FILES }, (_, i) => `${model}/model-${i}.safetensors`),
    ...Array.from({ length: SMALL_FILES }, (_, i) => `${model}/layers/${i}.bin`),
  ];
  const files = paths.map((path, i) => ({
    name: path,
    path,
    hash: 'sha256',
    range: null,
    follow: false,
    bytes: i < FILES ? FILE_BYTES : 50_000,
  }));
  const hashing = async (threads) => {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    const hashed = await hashFiles(files, { threads });
    const { user, system } = process.cpuUsage(cpu);
    return { wall: (performance.now() - start) / 1e3, cpu: (user + system) / 1e6, hex: hashed.map(({ hex }) => hex) };
  };
  writeFileSync(`${work}/paths`, `${paths.join('\0')}\0`);
  const openssl = (jobs) =>
    timed('bash', [
      '-c',
      `xargs -0 -P ${jobs} -n ${jobs === 1 ? paths.length : 1 + Math.ceil(SMALL_FILES / 8)} openssl dgst -sha256 -r < '${work}/paths'`,
    ]);

  const runs = {
    startOurs: [],
    startTheirs: [],
    coreOurs: [],
    coreOpenssl: [],
    allOurs: [],
    allOpenssl: [],
    first: [],
    again: [],
    full: [],
  };
  let digests = null;
  for (let round = 0; round < ROUNDS; round++) {
    runs.startOurs.push(ours(tiny, '--full'));
    if (reference !== null) runs.startTheirs.push(theirs(tiny));
    const one = openssl(1);
    runs.coreOpenssl.push(one);
    const own = await hashing(1);
    runs.coreOurs.push(own);
    runs.allOpenssl.push(openssl(cores));
    runs.allOurs.push(await hashing(cores));
    digests = own.hex.filter((hex, i) => one.stdout.split('\n')[i]?.startsWith(hex)).length;
    if (digests !== paths.length) throw new Error(`${paths.length - digests} digests differ from openssl's`);
    runs.first.push(ours(model, '--full'));
    if (reference !== null) runs.full.push(theirs(model));
    ours(model); // fills the cache
    const again = ours(model);
    if (JSON.parse(again.stdout).hashedBytes !== 0) throw new Error('the second verification read files again');
    runs.again.push(again);
  }
  // What changed is seen although its size is the same and its time was set back.
  const [victim] = paths;
  const handle = openSync(victim, 'r+');
  writeSync(handle, Buffer.from('x'), 0, 1, FILE_BYTES - 1);
  closeSync(handle);
  utimesSync(victim, 1_000_000_000, 1_000_000_000);
  const { status, stdout } = spawnSync(
    process.execPath,
    [cli, 'verify', model, '--signature', `${model}.sig`, '--public-key', `${work}/key.pub`, '--json'],
    {
      encoding: 'utf8',
      env: { ...process.env, CUSTODY_CACHE: `${work}/cache` },
    },
  );
  if (status !== 1 || JSON.parse(stdout).cause.code !== 'altered')
    throw new Error(`an altered byte went by: ${stdout}`);

  const of = (name, what) => (runs[name].length === 0 ? null : median(runs[name].map((run) => run[what])));
  const seconds = (value) => (value === null ? '-' : Number(value.toFixed(3)));
  console.log(
    `${FILES + SMALL_FILES} files, ${(BYTES / 1e9).toFixed(2)} GB, ${cores} cores; median of ${ROUNDS} rounds, in turn; ${digests} digests as openssl's`,
  );
  console.table(
    [
      ['a small folder (start-up)', 'startOurs', 'startTheirs', 'model_signing 1.1.1'],
      ['hashing, one core', 'coreOurs', 'coreOpenssl', 'openssl dgst -sha256'],
      ['hashing, all cores', 'allOurs', 'allOpenssl', `openssl dgst, ${cores} at once`],
      ['verification, every byte', 'first', 'full', 'model_signing 1.1.1'],
      ['verification, unchanged since', 'again', 'full', 'model_signing 1.1.1'],
    ].map(([what, own, peer, name]) => ({
      what,
      'ours wall s': seconds(of(own, 'wall')),
      'ours CPU s': seconds(of(own, 'cpu')),
      peer: name,
      'peer wall s': seconds(of(peer, 'wall')),
      'peer CPU s': seconds(of(peer, 'cpu')),
    })),
  );
  const line = (bench, own, peer, unit, goal, bigger) => {
    const ratio = own === null || peer === null ? null : bigger ? own / peer : peer / own;
    report({ bench, ours: own, peer, unit, ratio, goal, met: ratio !== null && ratio >= goal });
  };
  const rate = (name, what) => (of(name, what) === null ? null : BYTES / 1e6 / of(name, what));
  line('sign.start', of('startOurs', 'cpu'), of('startTheirs', 'cpu'), 'CPU s', 5, false);
  line('sign.hash', rate('coreOurs', 'cpu'), rate('coreOpenssl', 'cpu'), 'MB/s a core', 0.9, true);
  line('sign.hash.all', rate('allOurs', 'wall'), rate('allOpenssl', 'wall'), 'MB/s', 0.9, true);
  line('sign.first', of('first', 'wall'), of('full', 'wall'), 's', 1, false);
  line('sign.again.wall', of('again', 'wall'), of('full', 'wall'), 's', 20, false);
  // Against our own verification of every byte, the harder one.
  line('sign.again.own', of('again', 'cpu'), of('first', 'cpu'), 'CPU s', 20, false);
  line('sign', of('again', 'cpu'), of('full', 'cpu'), 'CPU s', 20, false);
} finally {
  rmSync(work, { recursive: true, force: true });
}
