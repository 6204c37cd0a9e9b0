/** What an asset is in the making of a model, and how sensitive it is: by what producers say, and by what runs did. */
import type { AsOf } from './as-of.ts';
import type { State } from './state.ts';

export const ASSET_ROLES = [
  'model',
  'deployment',
  'predictions',
  'training-set',
  'features',
  'dashboard',
  'report',
  'dataset',
  'job',
] as const;
export type AssetRole = (typeof ASSET_ROLES)[number];

/** Words of types and tags, as OpenLineage's integrations, MLflow and Feast use them. */
const SAID: readonly (readonly [AssetRole, RegExp])[] = [
  ['model', /^(?:ml[-_ ]?)?model(?:[-_ ]?version)?$/i],
  ['deployment', /^(?:model[-_ ]?)?(?:deployment|endpoint|serving|service)$/i],
  ['predictions', /^(?:predictions?|scores?|inference(?:[-_ ]?log)?)$/i],
  ['training-set', /^training(?:[-_ ]?(?:set|data|dataset))?$/i],
  ['features', /^feature(?:s|[-_ ]?(?:table|view|set|group|service|store))?$/i],
  ['dashboard', /^dashboards?$/i],
  ['report', /^reports?$/i],
];

/** Roles of assets as of a time, each worked out once. */
export class AssetRoles {
  readonly #state: State;
  readonly #asOf: AsOf;
  readonly #said = new Map<number, AssetRole | null>();

  constructor(state: State, asOf: AsOf) {
    this.#state = state;
    this.#asOf = asOf;
  }

  /** A model is read by what scores with it and written by what trains it; that tells more than a name. */
  of(asset: number): AssetRole {
    const said = this.#saidOf(asset);
    if (said) return said;
    const { edges } = this.#state;
    for (const edge of edges.of(asset, 'down')) {
      if (edges.wasSeen(edge, this.#asOf) && this.#touchesModel(edges.toOf(edge), 'down')) return 'training-set';
    }
    for (const edge of edges.of(asset, 'up')) {
      if (edges.wasSeen(edge, this.#asOf) && this.#touchesModel(edges.fromOf(edge), 'up')) return 'predictions';
    }
    return 'dataset';
  }

  #saidOf(asset: number): AssetRole | null {
    const known = this.#said.get(asset);
    if (known !== undefined) return known;
    const said = saidRole(this.#state, asset, this.#asOf);
    this.#said.set(asset, said);
    return said;
  }

  #touchesModel(job: number, direction: 'up' | 'down'): boolean {
    const { edges } = this.#state;
    for (const edge of edges.of(job, direction)) {
      const other = direction === 'down' ? edges.toOf(edge) : edges.fromOf(edge);
      if (edges.wasSeen(edge, this.#asOf) && this.#saidOf(other) === 'model') return true;
    }
    return false;
  }
}

function saidRole(state: State, asset: number, asOf: AsOf): AssetRole | null {
  const { type, tags } = state.assets.view(asset, asOf);
  return roleSaidBy(state.assets.kindOf(asset), type, tags);
}

/** What an asset is by what its producers say; null where they say nothing of it. */
export function roleSaidBy(kind: 'dataset' | 'job', type: string | null, tags: readonly string[]): AssetRole | null {
  if (kind === 'job') return 'job';
  for (const [role, words] of SAID) if ((type && words.test(type)) || tags.some((tag) => words.test(tag))) return role;
  return null;
}

/** 0 nothing said, 1 internal, 2 personal or confidential, 3 special categories and secrets (GDPR articles 4 and 9). */
export type Sensitivity = 0 | 1 | 2 | 3;

const SENSITIVE: readonly (readonly [Sensitivity, RegExp])[] = [
  [3, /secret|restricted|special[-_ ]categor|sensitive|health|\bphi\b|\bpci\b|biometric|protected[-_ ]attribute/i],
  [2, /personal|\bpii\b|confidential|pseudonym|high[-_ ]risk|automated[-_ ]decision|customer[-_ ]data/i],
  [1, /internal/i],
];

/** The most that its tags say. */
export function sensitivityOf(tags: readonly string[]): Sensitivity {
  for (const [level, words] of SENSITIVE) if (tags.some((tag) => words.test(tag))) return level;
  return 0;
}
