/** The house rules that a machine can check; the reasons are in ARCHITECTURE.md. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../packages/custody/src/event/canonical-json.ts';
import { EVENT_KINDS, type EvidenceEvent } from '../packages/custody/src/event/event.ts';
import { applyEntry, emptyState } from '../packages/custody/src/fold/state.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CUSTODY = join(ROOT, 'packages/custody/src');

/** Rooms in order: a file may import from its own room and from rooms before it. */
const ROOMS = [
  'event',
  'attest',
  'log',
  'producers',
  'dataset',
  'fold',
  'gate',
  'report',
  'source',
  'engine',
  'keys',
  'ledger',
  'access',
  'api',
  'app-error.ts',
  'data-folder.ts',
  'app.ts',
  'cli',
  'index.ts',
] as const;
/** Rooms that must stay pure: no I/O, nothing of the log. */
const PURE = ['event', 'attest', 'producers', 'dataset', 'fold', 'gate', 'report'];
const PURE_BUILTINS = ['node:crypto', 'node:buffer', 'node:v8'];

const tracked = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .stdout.trim()
  .split('\n')
  .filter((file) => existsSync(join(ROOT, file)));

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        !/\.(test|suite|bench)\.ts$/.test(file) &&
        !/(^|\/)(bench|conformance)(\/|\.ts$)/.test(file),
    )
    .map((file) => join(folder, file));
}

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gm)].map(
    ([, from, bare]) => (from ?? bare)!,
  );

const roomOf = (file: string): string => relative(CUSTODY, file).split('/')[0]!;

describe('imports', () => {
  test('point only from later rooms to earlier ones', () => {
    const wrong: string[] = [];
    for (const file of sourcesOf(CUSTODY)) {
      const room = ROOMS.indexOf(roomOf(file) as (typeof ROOMS)[number]);
      if (room < 0) wrong.push(`${relative(CUSTODY, file)} is in no room`);
      for (const from of importsOf(file).filter((name) => name.startsWith('.'))) {
        const target = roomOf(join(dirname(file), from));
        // package.json and the like lie outside the source.
        if (!target.startsWith('..') && ROOMS.indexOf(target as (typeof ROOMS)[number]) > room)
          wrong.push(`${relative(CUSTODY, file)} -> ${from}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('pure rooms do no I/O and do not know the log', () => {
    const wrong: string[] = [];
    for (const room of PURE) {
      for (const file of sourcesOf(join(CUSTODY, room))) {
        for (const from of importsOf(file)) {
          const isLog = from.startsWith('.') && roomOf(join(dirname(file), from)) === 'log';
          if (isLog || (from.startsWith('node:') && !PURE_BUILTINS.includes(from)))
            wrong.push(`${relative(CUSTODY, file)} -> ${from}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('the verifier depends on nothing, and only its command line on Node', () => {
    const folder = join(ROOT, 'packages/verify');
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
    for (const file of sourcesOf(join(folder, 'src'))) {
      const outside = importsOf(file).filter((from) => !from.startsWith('./'));
      expect(
        outside.filter((from) => !from.startsWith('node:')),
        file,
      ).toEqual([]);
      if (!file.endsWith('cli.ts')) expect(outside, file).toEqual([]);
    }
  });
});

describe('files', () => {
  test('are named after what they hold', () => {
    const vague = tracked.filter((file) => /(^|\/)(utils?|helpers?|common|managers?|misc|shared)\.[jt]sx?$/.test(file));
    expect(vague).toEqual([]);
  });

  test('name no machine, no registry and no secret', () => {
    const wrong: string[] = [];
    for (const file of tracked.filter((name) =>
      /\.(ts|tsx|js|json|md|css|html|yml|yaml|sh|mod|sum|py)$|run$/.test(name),
    )) {
      const text = readFileSync(join(ROOT, file), 'utf8');
      // Whoever runs this has the checkout somewhere; that place, or a home folder, is of one machine only.
      if (text.includes(ROOT) || /["'\s(](?:\/root|\/home\/\w+|\/Users\/\w+)\//.test(text))
        wrong.push(`${file}: a path of a machine`);
      if (/"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)/.test(text))
        wrong.push(`${file}: a registry that is not the default`);
      if (/-----BEGIN (?:RSA |EC )?PRIVATE KEY-----\n[A-Za-z0-9+/=\n]{100}/.test(text))
        wrong.push(`${file}: a private key`);
    }
    expect(wrong.filter((line) => !line.startsWith('test/tidy.test.ts'))).toEqual([]);
  });

  test('everything exported is used, and every dependency too', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/knip/bin/knip.js'), '--no-progress'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(`${stdout}${stderr}`.trim()).toBe('');
    expect(status).toBe(0);
  });
});

describe('every kind of event', () => {
  const golden = (kind: string) => join(ROOT, `testdata/events/${kind}.json`);

  test.each(EVENT_KINDS)('%s has a golden entry that folds, and a line in ARCHITECTURE.md', (kind) => {
    const event = JSON.parse(readFileSync(golden(kind), 'utf8')) as EvidenceEvent;
    expect(event.kind).toBe(kind);
    expect(JSON.parse(canonicalJson(event))).toEqual(event);
    expect(Buffer.byteLength(canonicalJson(event))).toBeLessThan(65_536);
    const state = emptyState();
    applyEntry(state, 0, event);
    expect(state.entries).toBe(1);
    expect(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')).toContain(`\`${kind}\``);
  });

  test('and no golden entry is of a kind that is gone', () => {
    expect(readdirSync(join(ROOT, 'testdata/events')).sort()).toEqual(EVENT_KINDS.map((kind) => `${kind}.json`).sort());
  });
});
