/** Models and their versions, from what producers and runs say: a version is an asset, or another name for the next one. */
import type { AsOf } from './as-of.ts';
import { AssetRoles } from './asset-role.ts';
import type { State } from './state.ts';
import { writesOf, type Write } from './version.ts';

export interface ModelVersion {
  /** Row of the asset. */
  readonly asset: number;
  /** What tells it from the others: the last part of its name, else what the producer calls its newest version. */
  readonly label: string | null;
  /** Its newest write; null where no run was seen to write it. */
  readonly write: Write | null;
  readonly writes: number;
}

export interface Model {
  readonly namespace: string;
  readonly name: string;
  /** The newest first; never empty. */
  readonly versions: readonly ModelVersion[];
}

/** `credit/2026-11-12`, `credit@v3`, `credit:17`, `credit/4f1c09ab`; with a dash only what says that it is a version. */
const VERSIONED = /^(.+?)(?:[/@:](v?\d[\w.+-]*|[0-9a-f]{7,64})|[-_](v\d[\w.]*))$/i;

/** The name that all versions of a model share, and what comes after it. */
export function splitVersion(name: string): { readonly name: string; readonly label: string | null } {
  const [, stem, label, dashed] = VERSIONED.exec(name) ?? [];
  return stem === undefined ? { name, label: null } : { name: stem, label: label ?? dashed ?? null };
}

/** All models as of a time, by namespace and name. */
export function modelsOf(state: State, asOf: AsOf): readonly Model[] {
  const roles = new AssetRoles(state, asOf);
  const models = new Map<string, { namespace: string; name: string; assets: number[] }>();
  for (let row = 0; row < state.assets.count; row++) {
    if (!state.assets.exists(row, asOf) || roles.of(row) !== 'model') continue;
    const { namespace, name } = state.assets.nameOf(row);
    const key = `${namespace}\n${splitVersion(name).name}`;
    const model = models.get(key);
    if (model) model.assets.push(row);
    else models.set(key, { namespace, name: splitVersion(name).name, assets: [row] });
  }
  return [...models.values()]
    .map(({ namespace, name, assets }): Model => {
      const versions = assets.map((row) => versionOf(state, row, asOf));
      return { namespace, name, versions: versions.sort((a, b) => byAge(state, a, b)) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.namespace < b.namespace ? -1 : 1));
}

/** The model of which an asset is a version; null if it is none. */
export function modelOf(state: State, asset: number, asOf: AsOf): Model | null {
  const { namespace, name } = state.assets.nameOf(asset);
  const stem = splitVersion(name).name;
  return modelsOf(state, asOf).find((model) => model.namespace === namespace && model.name === stem) ?? null;
}

function versionOf(state: State, asset: number, asOf: AsOf): ModelVersion {
  const writes = writesOf(state, asset, asOf);
  const write = writes.at(-1) ?? null;
  const { label } = splitVersion(state.assets.nameOf(asset).name);
  return { asset, label: label ?? write?.version ?? null, write, writes: writes.length };
}

/** The newest first: by when it was written; what nobody wrote by when it became known. */
function byAge(state: State, a: ModelVersion, b: ModelVersion): number {
  const age = ({ asset, write }: ModelVersion) => write?.end ?? state.assets.seen(asset).lastValid;
  return age(b) - age(a) || b.asset - a.asset;
}
