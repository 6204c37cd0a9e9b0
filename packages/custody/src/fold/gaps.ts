/**
 * What is known and what is missing about the safety of an asset, by what its producers say: owners, and tags whose keys
 * are the names of the checks (`retention:90d`, `encryption-at-rest:aes-256`), and what its namespace leaves no doubt about.
 */
import type { AsOf } from './as-of.ts';
import { sensitivityOf } from './asset-role.ts';
import type { State } from './state.ts';

export const GAP_KINDS = [
  'owner',
  'classification',
  'encryption-in-transit',
  'encryption-at-rest',
  'access-log',
  'signature',
  'gate',
  'retention',
] as const;
export type GapKind = (typeof GAP_KINDS)[number];

export type GapState = 'known' | 'missing' | 'not-applicable';

export interface GapCheck {
  readonly kind: GapKind;
  readonly state: GapState;
  /** What is known, or what is missing and how to tell it. */
  readonly says: string;
}

/** Services whose clients speak TLS and nothing else, by the scheme of a namespace. */
const TLS_ALWAYS = new Set([
  'https',
  'abfss',
  'wasbs',
  'bigquery',
  'snowflake',
  'databricks',
  'athena',
  'awsathena',
  'sftp',
]);
/** Services that encrypt what they store, and have no switch to turn it off. */
const ENCRYPTED_AT_REST = new Set(['s3', 's3a', 's3n', 'gs', 'abfss', 'bigquery', 'snowflake']);
/** Data that crosses no network. */
const LOCAL = new Set(['file', 'duckdb', 'sqlite', 'inmemory', 'models']);

const HOW: Readonly<Record<GapKind, string>> = {
  owner: 'Send the ownership facet, or set an owner in the pipeline.',
  classification: 'Tag it `classification:LEVEL`, or with what it holds, such as `personal-data`.',
  'encryption-in-transit': 'Tag it `encryption-in-transit:HOW`, such as tls-1.3.',
  'encryption-at-rest': 'Tag it `encryption-at-rest:HOW`, such as aes-256.',
  'access-log': 'Tag it `access-log:WHERE`: where reads of it are recorded.',
  signature: 'Tag it `signature:WHERE`: where the signature of its versions is.',
  gate: 'Tag it `gate:NAME`: which check its data passed on the way in.',
  retention: 'Tag it `retention:HOW-LONG`, such as 90d.',
};

/** The checks of a dataset, in the order of GAP_KINDS; a job has an owner and nothing else to be known. */
export function gapsOf(state: State, asset: number, asOf: AsOf): readonly GapCheck[] {
  const { kind, owners, tags, namespace } = state.assets.view(asset, asOf);
  const ownerCheck = check('owner', owners.length > 0 ? owners.join(', ') : null);
  if (kind === 'job') return [ownerCheck];
  const scheme = schemeOf(namespace);
  return [
    ownerCheck,
    check('classification', tagged(tags, 'classification') ?? classificationIn(tags)),
    transit(tags, scheme),
    check(
      'encryption-at-rest',
      tagged(tags, 'encryption-at-rest') ?? (ENCRYPTED_AT_REST.has(scheme) ? `${scheme} encrypts all it stores` : null),
    ),
    check('access-log', tagged(tags, 'access-log')),
    check('signature', tagged(tags, 'signature')),
    check('gate', tagged(tags, 'gate')),
    check('retention', tagged(tags, 'retention')),
  ];
}

/** Whether data on its way between a job and a dataset is encrypted. */
export function transitOf(state: State, edge: number, asOf: AsOf): GapCheck {
  const { edges, assets } = state;
  const ends = [edges.fromOf(edge), edges.toOf(edge)];
  const dataset = ends.find((row) => assets.kindOf(row) === 'dataset')!;
  const { tags, namespace } = assets.view(dataset, asOf);
  return transit(tags, schemeOf(namespace));
}

function transit(tags: readonly string[], scheme: string): GapCheck {
  const said = tagged(tags, 'encryption-in-transit') ?? (TLS_ALWAYS.has(scheme) ? `${scheme} is TLS only` : null);
  if (said === null && LOCAL.has(scheme))
    return { kind: 'encryption-in-transit', state: 'not-applicable', says: `${scheme}: crosses no network` };
  return check('encryption-in-transit', said);
}

const check = (kind: GapKind, says: string | null): GapCheck =>
  says === null ? { kind, state: 'missing', says: HOW[kind] } : { kind, state: 'known', says };

/** The value of `key:value`, or that the key alone is there. */
function tagged(tags: readonly string[], key: string): string | null {
  for (const tag of tags) {
    const [name, ...value] = tag.split(':');
    if (name?.toLowerCase().replaceAll('_', '-') === key) return value.length > 0 ? value.join(':') : 'said';
  }
  return null;
}

/** Tags that say what is in it are a classification too. */
function classificationIn(tags: readonly string[]): string | null {
  const telling = tags.filter((tag) => sensitivityOf([tag]) > 0 || /^(?:public|open)\b/i.test(tag));
  return telling.length > 0 ? telling.join(', ') : null;
}

const schemeOf = (namespace: string): string => namespace.split(':')[0]!.toLowerCase();
