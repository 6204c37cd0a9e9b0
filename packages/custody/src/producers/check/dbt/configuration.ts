/** What `dbt_project.yml` and a profile that lies beside it say: folders, variables, configuration by folder, where tables lie. */
import { dialectNamed } from '../../sql/dialect.ts';
import type { Dialect } from '../../sql/index.ts';
import { listOf, objectOf } from './properties.ts';
import { YamlFile, type YamlMap } from './yaml-file.ts';

export interface Configuration {
  readonly name: string;
  /** Folders, relative to the project. */
  readonly modelPaths: readonly string[];
  readonly seedPaths: readonly string[];
  readonly snapshotPaths: readonly string[];
  readonly macroPaths: readonly string[];
  readonly analysisPaths: readonly string[];
  readonly testPaths: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
  /** What is said for a node of a kind by its folders and name: `models: {project: {marts: {+schema: x}}}`. */
  readonly configOf: (
    kind: 'models' | 'seeds' | 'snapshots',
    fqn: readonly string[],
  ) => Readonly<Record<string, unknown>>;
  readonly hooks: readonly { readonly line: number; readonly text: string }[];
  readonly profile: string | null;
  readonly unread: string | null;
}

const DEFAULT_PATHS = {
  'model-paths': ['models'],
  'seed-paths': ['seeds'],
  'snapshot-paths': ['snapshots'],
  'macro-paths': ['macros'],
  'analysis-paths': ['analyses'],
  'test-paths': ['tests'],
} as const;

/** Where configurations of several levels are put together instead of replaced. */
const GATHERED = new Set(['tags']);
const MERGED = new Set(['meta']);

export function configurationIn(text: string): Configuration {
  const { root, unread } = new YamlFile(text);
  const paths = (key: keyof typeof DEFAULT_PATHS, old?: string): string[] => {
    const said = listOf(root?.json(key) ?? (old === undefined ? undefined : root?.json(old)));
    return (said.length > 0 ? said : [...DEFAULT_PATHS[key]]).map((one) =>
      one.replace(/^\.\//, '').replace(/\/+$/, ''),
    );
  };
  const name = root?.text('name') ?? 'dbt';
  const variables = objectOf(root?.json('vars'));
  return {
    name,
    modelPaths: paths('model-paths', 'source-paths'),
    seedPaths: paths('seed-paths', 'data-paths'),
    snapshotPaths: paths('snapshot-paths'),
    macroPaths: paths('macro-paths'),
    analysisPaths: paths('analysis-paths'),
    testPaths: paths('test-paths'),
    variables: { ...variables, ...objectOf(variables[name]) },
    configOf: (kind, fqn) => {
      let level = objectOf(root?.json(kind));
      let found = ownOf(level, fqn[0]);
      for (const [i, part] of fqn.entries()) {
        if (!Object.hasOwn(level, part)) break;
        level = objectOf(level[part]);
        found = mergedConfig(found, ownOf(level, fqn[i + 1]));
      }
      return found;
    },
    hooks:
      root === null
        ? []
        : ['on-run-start', 'on-run-end'].flatMap((key) =>
            listOf(root.json(key)).map((one) => ({ line: root.lineOf(key), text: one })),
          ),
    profile: root?.text('profile') ?? null,
    unread,
  };
}

/** What a level says itself: `+key`, and keys without `+` that are no folder. */
function ownOf(level: Record<string, unknown>, next: string | undefined): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(level)) {
    if (key.startsWith('+')) found[key.slice(1)] = value;
    else if (key !== next && (typeof value !== 'object' || value === null || Array.isArray(value))) found[key] = value;
  }
  return found;
}

export function mergedConfig(
  outer: Readonly<Record<string, unknown>>,
  inner: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...outer };
  for (const [key, value] of Object.entries(inner)) {
    if (GATHERED.has(key)) merged[key] = [...new Set([...listOf(outer[key]), ...listOf(value)])];
    else if (MERGED.has(key)) merged[key] = { ...objectOf(outer[key]), ...objectOf(value) };
    else merged[key] = value;
  }
  return merged;
}

export interface Profile {
  readonly dialect: Dialect;
  readonly database: string | null;
  readonly schema: string | null;
}

/** What the profile's target says of where tables lie. Values out of the environment are not known. */
export function profileIn(text: string, profile: string | null): Profile | null {
  const { root } = new YamlFile(text);
  const own = profile === null ? null : root?.map(profile);
  const outputs = own?.map('outputs');
  if (!own || !outputs) return null;
  const target = outputs.map(plain(own.text('target')) ?? 'dev') ?? outputs.map(outputs.keys()[0] ?? '');
  if (target === null) return null;
  return {
    dialect: dialectOf(target.text('type')),
    database:
      ['dbname', 'database', 'catalog', 'project'].map((key) => plain(target.text(key))).find((one) => one !== null) ??
      null,
    schema: ['schema', 'dataset'].map((key) => plain(target.text(key))).find((one) => one !== null) ?? null,
  };
}

const plain = (text: string | null): string | null => (text === null || text.includes('{{') ? null : text);

const dialectOf = (adapter: string | null): Dialect =>
  (adapter === null ? undefined : dialectNamed(adapter === 'sqlserver' || adapter === 'fabric' ? 'tsql' : adapter)) ??
  'ansi';

/** A password, token or key that stands in `profiles.yml` as it is. */
export interface PlainSecret {
  readonly line: number;
  readonly key: string;
}

const SECRET_KEYS = new Set([
  'password',
  'pass',
  'token',
  'private_key',
  'private_key_passphrase',
  'client_secret',
  'aws_secret_access_key',
  'refresh_token',
  'keyfile_json',
  'secret',
  'access_token',
]);

export function plainSecretsIn(text: string): PlainSecret[] {
  const { root } = new YamlFile(text);
  const found: PlainSecret[] = [];
  const walk = (map: YamlMap, depth: number) => {
    for (const key of map.keys().slice(0, 1_000)) {
      const value = map.text(key);
      const inner = map.map(key);
      if (
        SECRET_KEYS.has(key) &&
        (inner !== null
          ? inner.text('private_key') !== null && !isReferred(inner.text('private_key')!)
          : value !== null && !isReferred(value))
      )
        found.push({ line: map.lineOf(key), key });
      else if (inner !== null && depth < 6) walk(inner, depth + 1);
    }
  };
  if (root !== null) walk(root, 0);
  return found.slice(0, 100);
}

/** Out of the environment, a variable of the shell or a placeholder of documentation. */
const isReferred = (value: string): boolean => /\{\{|\$\{?\w|^<[^>]*>$|^\*+$/.test(value);

export interface PackageFact {
  readonly line: number;
  readonly name: string;
  readonly from: 'hub' | 'git' | 'local' | 'tarball';
  /** As it is written; null where none is. */
  readonly version: string | null;
  readonly isPinned: boolean;
}

/** `packages.yml`, and the packages of `dependencies.yml`. */
export function packagesIn(text: string): PackageFact[] {
  const { root } = new YamlFile(text);
  return (root?.maps('packages') ?? []).slice(0, 1_000).flatMap((map): PackageFact[] => {
    const at = { line: map.line };
    const git = map.text('git');
    if (git !== null) {
      const version = map.text('revision');
      const name = git
        .replace(/^[^@/]*\/\/[^/@]*@/, '')
        .replace(/\.git$/, '')
        .split('/')
        .slice(-2)
        .join('/');
      // A commit, or a tag that is a version; a branch is whatever it is tomorrow.
      return [
        {
          ...at,
          name,
          from: 'git',
          version,
          isPinned: version !== null && /^(?:[0-9a-f]{40}|v?\d+\.\d+\.\d+(?:[-+.]?\w+)*)$/i.test(version),
        },
      ];
    }
    const hub = map.text('package');
    if (hub !== null) {
      const said = map.json('version');
      const versions = listOf(said);
      const version = versions.length === 0 ? null : versions.join(', ');
      return [
        {
          ...at,
          name: hub,
          from: 'hub',
          version,
          isPinned: versions.length === 1 && /^=?\s*v?\d+\.\d+\.\d+(?:[-+.]?\w+)*$/.test(versions[0]!),
        },
      ];
    }
    const tarball = map.text('tarball');
    if (tarball !== null)
      return [
        {
          ...at,
          name: map.text('name') ?? tarball,
          from: 'tarball',
          version: null,
          isPinned: map.text('checksum') !== null,
        },
      ];
    const local = map.text('local');
    return local === null ? [] : [{ ...at, name: local, from: 'local', version: null, isPinned: true }];
  });
}
