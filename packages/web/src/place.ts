/**
 * Where the reader is: everything a page shows follows from its URL. Values that make no sense are dropped, so that an
 * old or mistyped link still opens.
 */
export interface Anywhere {
  /** Valid time: show what had happened by then. */
  at?: string | undefined;
  /** Known time: show what had been recorded by then; a time or a number of entries. */
  known?: string | undefined;
  panel?: 'proof' | 'time' | 'keys' | undefined;
}

interface AssetsPlace {
  q?: string | undefined;
  kind?: 'dataset' | 'job' | undefined;
  namespace?: string | undefined;
  needs?: 'attention' | undefined;
}

interface AssetPlace {
  id?: string | undefined;
  columns?: 'all' | undefined;
  runs?: 'all' | undefined;
  /** Entry of the attestation that is open. */
  attestation?: number | undefined;
  /** Which figure of a model is drawn, and when it fell. */
  metric?: string | undefined;
  fall?: string | undefined;
}

export interface GapsPlace {
  asset?: string | undefined;
  direction?: 'both' | 'down' | undefined;
  /** The asset whose facts are open. */
  sel?: string | undefined;
}

export interface LineagePlace {
  asset?: string | undefined;
  q?: string | undefined;
  direction?: 'up' | 'down' | undefined;
  depth?: number | undefined;
  view?: 'graph' | 'table' | undefined;
  /** What is shown of the lineage; all of it unless told. */
  show?: 'blast' | 'difference' | 'path' | undefined;
  /** Assets whose columns are open, by id; `all` of them, or `none`. */
  cols?: readonly string[] | undefined;
  /** One column of the asset: then only its ways are shown, or only what it reached. */
  col?: string | undefined;
  /** Since when and until when it was bad; for a difference the earlier of the two times. */
  from?: string | undefined;
  to?: string | undefined;
  /** The earlier side of a difference by what was known: a time or a number of entries. */
  fromKnown?: string | undefined;
  /** Only this version of it, or what this run wrote. */
  version?: string | undefined;
  /** The other end of a path. */
  target?: string | undefined;
  ended?: 'show' | undefined;
  gaps?: 'show' | undefined;
  /** Id of a node, `FROM>TO` for an edge, or `none` for a closed drawer. */
  sel?: string | undefined;
  /** Groups that are unfolded: `up:ID` or `down:ID`. */
  open?: readonly string[] | undefined;
  /** Which of the two times the slider moves. */
  by?: 'recorded' | undefined;
}

export interface PolicyPlace {
  /** The policy that is open. */
  name?: string | undefined;
  file?: string | undefined;
  view?: 'changes' | 'tests' | 'history' | undefined;
  /** How many days the dry run goes back. */
  days?: number | undefined;
}

export interface ModelsPlace {
  /** Id of the version that is open. */
  id?: string | undefined;
  versions?: 'all' | undefined;
  /** Entry of the attestation that is open. */
  attestation?: number | undefined;
}

export interface DatasetsPlace {
  id?: string | undefined;
  /** Two versions to compare: a number, or a name that points to one. */
  from?: string | undefined;
  to?: string | undefined;
  attestation?: number | undefined;
}

export interface ChecksPlace {
  repository?: string | undefined;
  branch?: string | undefined;
  /** Entry of the run that is open. */
  run?: number | undefined;
  show?: 'refusing' | 'waived' | 'others' | 'mended' | undefined;
  /** The finding that is open: its place in the run, or `m` and its place among the mended. */
  finding?: string | undefined;
}

export interface GatesPlace {
  view?: 'quarantine' | 'labels' | 'rules' | undefined;
  verdict?: 'accepted' | 'quarantined' | 'rejected' | undefined;
  /** The last ingest of the page before. */
  after?: string | undefined;
  /** What is open: an ingest, a batch, or rules by their name, with one of their versions. */
  ingest?: string | undefined;
  batch?: string | undefined;
  rules?: string | undefined;
  version?: number | undefined;
  show?: 'history' | undefined;
  state?: 'accepted' | 'rejected' | 'all' | undefined;
}

interface LogPlace {
  q?: string | undefined;
  kind?: string | undefined;
  asset?: string | undefined;
  before?: number | undefined;
  entry?: number | undefined;
}

type Raw = Readonly<Record<string, unknown>>;

/** Without the names that have no value: the router tells "not set" from "taken away" by whether the name is there. */
function known<Place extends object>(place: Place): Place {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined)) as Place;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const oneOf =
  <Value extends string>(...values: readonly Value[]) =>
  (value: unknown): Value | undefined =>
    values.find((each) => each === value);

function whole(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** An RFC 3339 time, in UTC; null for anything else. */
export function timeOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return undefined;
  const time = new Date(value);
  return Number.isNaN(Number(time)) ? undefined : time.toISOString();
}

/** A known time: a time, or a number of entries. */
const knownTime = (value: unknown): string | undefined => timeOf(value) ?? whole(value)?.toString();

const list = (value: unknown): readonly string[] | undefined => {
  const items = (Array.isArray(value) ? value : [value]).flatMap((each) => text(each) ?? []);
  return items.length === 0 ? undefined : items;
};

export const anywhere = (raw: Raw): Anywhere =>
  known<Anywhere>({
    at: timeOf(raw['at']),
    known: knownTime(raw['known']),
    panel: oneOf('proof', 'time', 'keys')(raw['panel']),
  });

export const assetsPlace = (raw: Raw): AssetsPlace =>
  known<AssetsPlace>({
    q: text(raw['q']),
    kind: oneOf('dataset', 'job')(raw['kind']),
    namespace: text(raw['namespace']),
    needs: oneOf('attention')(raw['needs']),
  });

export const assetPlace = (raw: Raw): AssetPlace =>
  known<AssetPlace>({
    id: text(raw['id']),
    columns: oneOf('all')(raw['columns']),
    runs: oneOf('all')(raw['runs']),
    attestation: whole(raw['attestation']),
    metric: text(raw['metric']),
    fall: timeOf(raw['fall']),
  });

export const gapsPlace = (raw: Raw): GapsPlace =>
  known<GapsPlace>({
    asset: text(raw['asset']),
    direction: oneOf('both', 'down')(raw['direction']),
    sel: text(raw['sel']),
  });

export const lineagePlace = (raw: Raw): LineagePlace => {
  const depth = whole(raw['depth']);
  return known<LineagePlace>({
    asset: text(raw['asset']),
    q: text(raw['q']),
    direction: oneOf('up', 'down')(raw['direction']),
    depth: depth === undefined ? undefined : Math.min(50, Math.max(1, depth)),
    view: oneOf('graph', 'table')(raw['view']),
    show: oneOf('blast', 'difference', 'path')(raw['show']),
    cols: list(raw['cols']),
    col: text(raw['col']),
    from: timeOf(raw['from']),
    to: timeOf(raw['to']),
    fromKnown: knownTime(raw['fromKnown']),
    version: text(raw['version']),
    target: text(raw['target']),
    ended: oneOf('show')(raw['ended']),
    gaps: oneOf('show')(raw['gaps']),
    sel: text(raw['sel']),
    open: list(raw['open'])?.filter((each) => /^(up|down):./.test(each)),
    by: oneOf('recorded')(raw['by']),
  });
};

export const policyPlace = (raw: Raw): PolicyPlace => {
  const days = whole(raw['days']);
  return known<PolicyPlace>({
    name: text(raw['name']),
    file: text(raw['file']),
    view: oneOf('changes', 'tests', 'history')(raw['view']),
    days: days === undefined || days === 0 ? undefined : Math.min(3_650, days),
  });
};

export const modelsPlace = (raw: Raw): ModelsPlace =>
  known<ModelsPlace>({
    id: text(raw['id']),
    versions: oneOf('all')(raw['versions']),
    attestation: whole(raw['attestation']),
  });

const versionName = (value: unknown): string | undefined =>
  /^[a-z0-9][a-z0-9._-]{0,63}$/.test(String(value)) ? String(value) : undefined;

export const datasetsPlace = (raw: Raw): DatasetsPlace =>
  known<DatasetsPlace>({
    id: text(raw['id']),
    from: versionName(raw['from'] ?? ''),
    to: versionName(raw['to'] ?? ''),
    attestation: whole(raw['attestation']),
  });

export const checksPlace = (raw: Raw): ChecksPlace =>
  known<ChecksPlace>({
    repository: text(raw['repository']),
    branch: text(raw['branch']),
    run: whole(raw['run']),
    show: oneOf('refusing', 'waived', 'others', 'mended')(raw['show']),
    finding: /^m?\d{1,6}$/.test(String(raw['finding'] ?? '')) ? String(raw['finding']) : undefined,
  });

export const gatesPlace = (raw: Raw): GatesPlace =>
  known<GatesPlace>({
    view: oneOf('quarantine', 'labels', 'rules')(raw['view']),
    verdict: oneOf('accepted', 'quarantined', 'rejected')(raw['verdict']),
    after: text(raw['after']),
    ingest: text(raw['ingest']),
    batch: text(raw['batch']),
    rules: text(raw['rules']),
    version: whole(raw['version']) || undefined,
    show: oneOf('history')(raw['show']),
    state: oneOf('accepted', 'rejected', 'all')(raw['state']),
  });

export const logPlace = (raw: Raw): LogPlace =>
  known<LogPlace>({
    q: text(raw['q']),
    kind: text(raw['kind']),
    asset: text(raw['asset']),
    before: whole(raw['before']),
    entry: whole(raw['entry']),
  });

/** Reads a query string as plain text: no value is taken for JSON, and a name that comes twice is a list. */
export function parseSearch(search: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = found[name];
    found[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return found;
}

/** Writes a query string that people can read: `:` and `/` stand as they are. */
export function stringifySearch(search: Raw): string {
  const parts = Object.entries(search).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((each) => each !== undefined && each !== null && each !== '')
      .map((each) => `${name}=${readable(String(each))}`),
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

const readable = (value: string): string =>
  encodeURIComponent(value).replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%2C/g, ',').replace(/%20/g, '+');
