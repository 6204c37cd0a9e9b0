/** What `schema.yml` and its like say of models, sources, seeds, snapshots, exposures and groups. */
import type { YamlMap } from './yaml-file.ts';

export interface TestFact {
  /** `unique`, `dbt_utils.expression_is_true`. */
  readonly name: string;
  readonly line: number;
}

export interface ColumnProperties {
  readonly name: string;
  readonly line: number;
  readonly isDescribed: boolean;
  readonly tests: readonly TestFact[];
  readonly labels: readonly string[];
  readonly constraints: readonly string[];
}

/** Of a model, seed, snapshot, or table of a source. */
export interface NodeProperties {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly isDescribed: boolean;
  readonly columns: readonly ColumnProperties[];
  readonly tests: readonly TestFact[];
  /** Constraints of the whole: `primary_key`. */
  readonly constraints: readonly string[];
  /** `config`, with what stands outside of it: `meta`, `tags`, `access`, `group`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly versions: readonly { readonly v: string; readonly definedIn: string | null }[];
  readonly latestVersion: string | null;
  /** Of a snapshot that is written in YAML: what it is of. */
  readonly relation: string | null;
}

export interface SourceProperties extends NodeProperties {
  readonly source: string;
  readonly database: string | null;
  readonly schema: string;
  readonly identifier: string;
  readonly hasFreshness: boolean;
  readonly owner: string | null;
}

export interface ExposureProperties {
  readonly name: string;
  readonly type: string;
  readonly path: string;
  readonly line: number;
  readonly owner: string | null;
  /** `ref('x')`, `source('s', 't')` as written. */
  readonly dependsOn: readonly string[];
}

export interface PropertyFile {
  readonly models: readonly NodeProperties[];
  readonly seeds: readonly NodeProperties[];
  readonly snapshots: readonly NodeProperties[];
  readonly sources: readonly SourceProperties[];
  readonly exposures: readonly ExposureProperties[];
  readonly groups: ReadonlyMap<string, string>;
}

const ITEMS_MAX = 20_000;

export function propertiesIn(path: string, root: YamlMap): PropertyFile {
  const nodes = (key: string) =>
    root
      .maps(key)
      .slice(0, ITEMS_MAX)
      .flatMap((map) => nodeIn(path, map) ?? []);
  const groups = new Map<string, string>();
  for (const group of root.maps('groups')) {
    const name = group.text('name');
    const owner = ownerOf(group.json('owner'));
    if (name !== null && owner !== null) groups.set(name, owner);
  }
  return {
    models: nodes('models'),
    seeds: nodes('seeds'),
    snapshots: nodes('snapshots'),
    sources: root
      .maps('sources')
      .slice(0, ITEMS_MAX)
      .flatMap((source) => sourcesIn(path, source)),
    exposures: root
      .maps('exposures')
      .slice(0, ITEMS_MAX)
      .flatMap((map) => {
        const name = map.text('name');
        const depends = map.json('depends_on');
        return name === null
          ? []
          : [
              {
                name,
                type: map.text('type') ?? 'application',
                path,
                line: map.line,
                owner: ownerOf(map.json('owner')),
                dependsOn: Array.isArray(depends)
                  ? depends.filter((one) => typeof one === 'string').slice(0, 1_000)
                  : [],
              },
            ];
      }),
    groups,
  };
}

function nodeIn(path: string, map: YamlMap): NodeProperties | null {
  const name = map.text('name');
  if (name === null) return null;
  const config = objectOf(map.json('config'));
  const columns = map.maps('columns').slice(0, 5_000).flatMap(columnIn);
  return {
    name,
    path,
    line: map.line,
    isDescribed: map.text('description') !== null,
    columns,
    tests: testsIn(map),
    constraints: constraintsIn(map),
    config: {
      ...given(map, ['access', 'group', 'docs', 'loaded_at_field', 'retention']),
      ...config,
      meta: { ...objectOf(map.json('meta')), ...objectOf(config['meta']) },
      tags: [...listOf(map.json('tags')), ...listOf(config['tags'])],
    },
    versions: map.maps('versions').flatMap((one) => {
      const v = one.text('v');
      return v === null ? [] : [{ v, definedIn: one.text('defined_in') }];
    }),
    latestVersion: map.text('latest_version'),
    relation: map.text('relation'),
  };
}

const given = (map: YamlMap, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.flatMap((key) => (map.text(key) === null ? [] : [[key, map.text(key)]])));

function sourcesIn(path: string, source: YamlMap): SourceProperties[] {
  const name = source.text('name');
  if (name === null) return [];
  const config = objectOf(source.json('config'));
  const meta = { ...objectOf(source.json('meta')), ...objectOf(config['meta']) };
  const isFresh = (map: YamlMap, own: Record<string, unknown>): boolean | null => {
    for (const value of [map.json('freshness'), own['freshness']]) {
      if (value === null) return false;
      if (typeof value === 'object') return Object.values(value).some((one) => typeof one === 'object' && one !== null);
    }
    return null;
  };
  return source
    .maps('tables')
    .slice(0, ITEMS_MAX)
    .flatMap((table) => {
      const node = nodeIn(path, table);
      if (node === null) return [];
      const own = { ...meta, ...objectOf(node.config['meta']) };
      return [
        {
          ...node,
          config: {
            ...node.config,
            meta: own,
            tags: [...listOf(source.json('tags')), ...listOf(config['tags']), ...listOf(node.config['tags'])],
          },
          source: name,
          database: source.text('database') ?? source.text('catalog'),
          schema: source.text('schema') ?? name,
          identifier: table.text('identifier') ?? node.name,
          hasFreshness: isFresh(table, objectOf(table.json('config'))) ?? isFresh(source, config) ?? false,
          owner: ownerOf(own['owner']),
        },
      ];
    });
}

function columnIn(map: YamlMap): ColumnProperties[] {
  const name = map.text('name');
  if (name === null) return [];
  const config = objectOf(map.json('config'));
  return [
    {
      name,
      line: map.line,
      isDescribed: map.text('description') !== null,
      tests: testsIn(map),
      labels: labelsIn(
        { ...objectOf(map.json('meta')), ...objectOf(config['meta']) },
        [...listOf(map.json('tags')), ...listOf(config['tags'])],
        listOf(map.json('policy_tags')),
      ),
      constraints: constraintsIn(map),
    },
  ];
}

const constraintsIn = (map: YamlMap): string[] => map.maps('constraints').flatMap((one) => one.text('type') ?? []);

function testsIn(map: YamlMap): TestFact[] {
  const tests: TestFact[] = [];
  for (const key of ['data_tests', 'tests']) {
    const line = map.lineOf(key);
    const list = map.json(key);
    if (!Array.isArray(list)) continue;
    for (const one of list.slice(0, 1_000) as unknown[]) {
      const name =
        typeof one === 'string'
          ? one
          : typeof one === 'object' && one !== null
            ? ((one as Record<string, unknown>)['test_name'] ??
              Object.keys(one).find((member) => member !== 'name' && member !== 'config'))
            : null;
      if (typeof name === 'string') tests.push({ name, line });
    }
  }
  return tests;
}

/** Tags that say that a value is of a person or must not be seen, whatever stands behind a colon. */
const TELLING =
  /^(?:pii|phi|pci|spi|gdpr|personal|personal[_ -]data|sensitive|confidential|restricted|special[_ -]category)(?:[:._/-].*)?$/i;

/** Labels that `meta`, tags and policy tags of a column (or of a whole table) give. */
export function labelsIn(
  meta: Readonly<Record<string, unknown>>,
  tags: readonly string[],
  policyTags: readonly string[] = [],
): string[] {
  const labels = [...listOf(meta['labels']), ...listOf(meta['label'])];
  for (const [key, value] of Object.entries(meta)) {
    const kind = /^(?:contains_|is_|has_)?(pii|phi|pci|personal|sensitive)$/i.exec(key)?.[1]?.toLowerCase();
    if (kind === undefined) continue;
    if (value === true || /^(?:true|yes|y|1)$/i.test(String(value))) labels.push(kind);
    else if (typeof value === 'string' && value !== '' && !/^(?:false|no|n|none|0)$/i.test(value))
      labels.push(`${kind}:${value}`);
    else if (Array.isArray(value)) for (const one of listOf(value)) labels.push(`${kind}:${one}`);
  }
  labels.push(...tags.filter((tag) => TELLING.test(tag)));
  labels.push(...policyTags.map((tag) => `policy_tag:${tag.split('/').at(-1)!}`));
  return [...new Set(labels.map((label) => label.slice(0, 200)))].slice(0, 50);
}

export function ownerOf(owner: unknown): string | null {
  if (typeof owner === 'string') return owner.trim() === '' ? null : owner;
  if (Array.isArray(owner)) return owner.map(ownerOf).find((one) => one !== null) ?? null;
  if (typeof owner !== 'object' || owner === null) return null;
  const { name, email, team } = owner as Record<string, unknown>;
  return [name, team, email].find((one): one is string => typeof one === 'string' && one !== '') ?? null;
}

export const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' ? [String(one)] : [],
  );
