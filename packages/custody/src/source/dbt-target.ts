/** dbt's artifacts and what its profile says of where the tables lie, read within bounds. Passwords are never looked at. */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseYaml } from '../gate/rego/yaml.ts';
import { toJson } from '../gate/rego/value.ts';
import type { DbtArtifacts, DbtConnection } from '../producers/import/dbt/index.ts';
import { SourceError } from './source-error.ts';

/** JSON takes some ten times its size in memory while it is read. */
const ARTIFACT_BYTES_MAX = 150_000_000;
const PROFILE_BYTES_MAX = 1_000_000;
const FILES = { manifest: 'manifest.json', catalog: 'catalog.json', runResults: 'run_results.json' } as const;

/** The folder that holds manifest.json: the one named, its `target`, or where the named file lies. Null if there is none. */
export async function dbtFolder(path: string): Promise<string | null> {
  if (basename(path) === FILES.manifest) return (await isFile(path)) ? dirname(path) : null;
  for (const folder of [path, join(path, 'target')]) if (await isFile(join(folder, FILES.manifest))) return folder;
  return null;
}

/** Throws SourceError where the manifest cannot be read, or a file is too large or no JSON. */
export async function readDbtArtifacts(folder: string): Promise<DbtArtifacts> {
  return {
    manifest: await readJson(join(folder, FILES.manifest)),
    catalog: await readJson(join(folder, FILES.catalog), true),
    runResults: await readJson(join(folder, FILES.runResults), true),
  };
}

async function readJson(path: string, mayLack = false): Promise<unknown> {
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > ARTIFACT_BYTES_MAX)
      throw new SourceError(
        `${path} has ${Math.ceil(size / 1e6)} MB, more than the ${ARTIFACT_BYTES_MAX / 1e6} MB that are read.`,
        'Send the runs of such a project by `dbt-ol` instead, or import its parts: `dbt compile --select ...` into a target folder each.',
      );
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    if (mayLack && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SourceError(`Cannot read ${path}: ${(error as Error).message}.`, 'Check the name.');
  }
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (error) {
    throw new SourceError(`${path} is not JSON: ${(error as Error).message}.`, 'Let dbt write it again.');
  }
}

/**
 * The profile of the project, from where dbt looks for it: a folder that is named, the project, the home folder. Null where
 * there is none, or it is of another kind of database than `adapter`. Without a project only a named folder is read: the
 * profiles at home may be of something else.
 */
export async function readDbtConnection(
  folder: string,
  adapter: string,
  named: { readonly profilesDir?: string | undefined; readonly target?: string | undefined },
): Promise<DbtConnection | null> {
  const project = await projectOf(folder);
  const profileName = project === null ? null : textIn(await readYaml(join(project, 'dbt_project.yml')), 'profile');
  const places = [
    named.profilesDir,
    process.env['DBT_PROFILES_DIR'],
    ...(project === null ? [] : [project, join(homedir(), '.dbt')]),
  ];
  for (const place of places) {
    if (place === undefined) continue;
    const profiles = await readYaml(join(place, 'profiles.yml'));
    const profile = profileName === null ? onlyProfile(profiles) : memberOf(profiles, rendered(profileName));
    if (!profile) continue;
    const target = named.target ?? rendered(textIn(profile, 'target') ?? 'default');
    const output = memberOf(memberOf(profile, 'outputs'), target);
    const connection = output && connectionOf(output);
    if (connection?.type === adapter) return connection;
  }
  return null;
}

/** Of all a profile holds, what names the place. Whatever signs in is not read. */
function connectionOf(output: object): DbtConnection | null {
  const text = (...names: string[]): string | undefined => {
    for (const name of names) {
      const value = memberOf<unknown>(output, name);
      if (typeof value === 'string' || typeof value === 'number') return rendered(String(value));
    }
    return undefined;
  };
  const type = text('type');
  if (type === undefined) return null;
  const roleAccount = text('role_arn')?.split(':')[4];
  const said = {
    host: text('host', 'server', 'software_host'),
    port: text('port'),
    account: text('account'),
    path: text('path'),
    region: text('region_name', 'region'),
    method: text('method'),
    accountId: text('account_id') ?? roleAccount,
  };
  return { type, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) };
}

/** `{{ env_var('NAME', 'default') }}`, with or without filters, is what dbt would put there. */
const rendered = (text: string): string =>
  text.replace(
    /\{\{\s*env_var\(\s*(['"])([^'"]*)\1\s*(?:,\s*(['"])([^'"]*)\3\s*)?\)\s*(?:\|[^}]*)?\}\}/g,
    (_, _quote, name: string, _other, otherwise: string | undefined) => process.env[name] ?? otherwise ?? '',
  );

/** The folder of dbt_project.yml, at most two above the artifacts. */
async function projectOf(folder: string): Promise<string | null> {
  for (const above of ['.', '..', '../..']) {
    const place = resolve(folder, above);
    if (await isFile(join(place, 'dbt_project.yml'))) return place;
  }
  return null;
}

async function readYaml(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > PROFILE_BYTES_MAX) return null;
    return JSON.parse(toJson(parseYaml(await readFile(path, 'utf8')))) as unknown;
  } catch {
    return null; // none, or one that only dbt understands
  }
}

function onlyProfile(profiles: unknown): object | null {
  if (typeof profiles !== 'object' || profiles === null) return null;
  const names = Object.keys(profiles).filter((name) => name !== 'config');
  return names.length === 1 ? memberOf(profiles, names[0]!) : null;
}

function memberOf<T = object>(holder: unknown, name: string): T | null {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return null;
  return (holder as Record<string, T | null>)[name] ?? null;
}

function textIn(holder: unknown, name: string): string | null {
  const value = memberOf<unknown>(holder, name);
  return typeof value === 'string' ? value : null;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
