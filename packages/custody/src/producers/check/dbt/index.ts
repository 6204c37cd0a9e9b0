/** Facts of a dbt project out of its files. Neither dbt nor Python is run. */
import { dialectNamed } from '../../sql/dialect.ts';
import type { Dialect } from '../../sql/index.ts';
import { labelFlow, type LabelPattern } from '../label-flow.ts';
import type { PlacedSql } from '../sql/index.ts';
import { configurationIn, packagesIn, plainSecretsIn, profileIn, type Profile } from './configuration.ts';
import type { DbtFacts } from './facts.ts';
import { macrosIn, type Macro } from './jinja.ts';
import { nodesIn } from './node.ts';
import { inOrder, linesOf, modelFinder, prepare, type Prepared } from './prepared.ts';
import { exposureOf, modelOf, sourceOf } from './project-facts.ts';
import { labelledTables, projectLineage } from './project-lineage.ts';
import {
  listOf,
  objectOf,
  propertiesIn,
  type ExposureProperties,
  type NodeProperties,
  type SourceProperties,
} from './properties.ts';
import { relationOf } from './relation-name.ts';
import { YamlFile } from './yaml-file.ts';

export type { DbtFacts } from './facts.ts';

export interface DbtOptions {
  readonly patterns: readonly LabelPattern[];
  /** Where no profile says it. */
  readonly dialect: string | null;
}

export interface DbtRead {
  readonly facts: DbtFacts;
  /** All SQL of the project, for what is looked for in any SQL. */
  readonly sql: readonly PlacedSql[];
}

const NODES_MAX = 20_000;

/** `files`: texts by path in the repository, all below `folder` (`''` or ending in `/`). Never throws for what they hold. */
export function dbtIn(folder: string, files: ReadonlyMap<string, string>, options: DbtOptions): DbtRead {
  const own = new Map([...files].map(([path, text]) => [path.slice(folder.length), text] as const));
  const at = (path: string) => folder + path;
  const unread: { path: string; line: number; what: string }[] = [];
  const configuration = configurationIn(own.get('dbt_project.yml') ?? '');
  if (configuration.unread !== null) unread.push({ path: at('dbt_project.yml'), line: 1, what: configuration.unread });
  const profile = profileOf(own, configuration.profile);
  const dialect: Dialect = profile?.dialect ?? dialectNamed(options.dialect ?? 'ansi') ?? 'ansi';
  const said = propertiesOf(
    own,
    [...configuration.modelPaths, ...configuration.seedPaths, ...configuration.snapshotPaths],
    at,
    unread,
  );
  const nodes = nodesIn(own, configuration, said);
  if (nodes.length > NODES_MAX)
    unread.push({ path: at('dbt_project.yml'), line: 1, what: `it has more than ${NODES_MAX} models` });
  const prepared = prepare(nodes.slice(0, NODES_MAX), {
    project: configuration.name,
    variables: configuration.variables,
    macros: macrosOf(own, configuration.macroPaths),
    modelOf: modelFinder(nodes, said.models),
    isSource: (source, table) => said.sources.has(`${source}.${table}`),
  });
  const ordered = inOrder(prepared);
  const sources = [...said.sources.values()];
  const lineage = projectLineage(ordered, sources, dialect, options.patterns);
  if (!lineage.isWhole)
    unread.push({
      path: at('dbt_project.yml'),
      line: 1,
      what: 'the SQL of all models is too much: of the last ones no lineage was read',
    });
  const tables = labelledTables(ordered, sources, lineage.of, options.patterns, (one) =>
    relationOf(one.node, one.config, profile),
  );
  const { flow, isWhole } = labelFlow(tables);
  if (!isWhole) unread.push({ path: at('dbt_project.yml'), line: 1, what: 'it has more labels than are followed' });
  const exposures = said.exposures.map((one) => exposureOf(one, at));
  const models = ordered.map((one) =>
    modelOf(one, { at, flow, lineage, dialect, exposures, groups: said.groups, profile }),
  );
  return {
    facts: {
      kind: 'dbt',
      path: at('dbt_project.yml'),
      project: configuration.name,
      dialect,
      models: models.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
      sources: sources.map((one) => sourceOf(one, at, flow)),
      exposures,
      packages: ['packages.yml', 'dependencies.yml'].flatMap((path) =>
        packagesIn(own.get(path) ?? '').map((one) => ({ ...one, path: at(path) })),
      ),
      plain_secrets: [...own].flatMap(([path, text]) =>
        /(?:^|\/)profiles\.ya?ml$/.test(path) ? plainSecretsIn(text).map((one) => ({ ...one, path: at(path) })) : [],
      ),
      unread: unread.slice(0, 1_000),
    },
    sql: [
      ...ordered.flatMap(({ node, rendered, lineOf }) =>
        rendered.map((one) => ({
          path: at(node.path),
          sql: one.sql,
          lineOf: (offset: number) => lineOf(one.offsetOf(offset)),
        })),
      ),
      ...ordered.flatMap((one) => hooksOf(one, at)),
      ...configuration.hooks.map(({ line, text }) => ({ path: at('dbt_project.yml'), sql: text, lineOf: () => line })),
      ...[...own].flatMap(([path, text]) =>
        path.endsWith('.sql') &&
        isBelow(path, [...configuration.macroPaths, ...configuration.analysisPaths, ...configuration.testPaths])
          ? [{ path: at(path), sql: withoutTags(text), lineOf: linesOf(text) }]
          : [],
      ),
    ],
  };
}

const isBelow = (path: string, folders: readonly string[]): boolean =>
  folders.some((one) => path.startsWith(`${one}/`));

const OPENING = /\{[%#]/g;

/** Tags and comments of Jinja become blanks, so that what a macro would run stands at its place. */
function withoutTags(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    OPENING.lastIndex = at;
    const start = OPENING.exec(text)?.index ?? -1;
    const end = start < 0 ? -1 : text.indexOf(text[start + 1] === '%' ? '%}' : '#}', start + 2);
    if (end < 0) return parts.join('') + text.slice(at);
    parts.push(text.slice(at, start), text.slice(start, end + 2).replace(/[^\n]/g, ' '));
    at = end + 2;
  }
}

function profileOf(files: ReadonlyMap<string, string>, name: string | null): Profile | null {
  for (const [path, text] of files) {
    if (!/(?:^|\/)profiles\.ya?ml$/.test(path)) continue;
    const found = profileIn(text, name);
    if (found !== null) return found;
  }
  return null;
}

interface Said {
  readonly models: Map<string, NodeProperties>;
  readonly seeds: Map<string, NodeProperties>;
  readonly snapshots: Map<string, NodeProperties>;
  readonly sources: Map<string, SourceProperties>;
  readonly exposures: ExposureProperties[];
  readonly groups: Map<string, string>;
}

function propertiesOf(
  files: ReadonlyMap<string, string>,
  folders: readonly string[],
  at: (path: string) => string,
  unread: { path: string; line: number; what: string }[],
): Said {
  const said: Said = {
    models: new Map(),
    seeds: new Map(),
    snapshots: new Map(),
    sources: new Map(),
    exposures: [],
    groups: new Map(),
  };
  for (const [path, text] of files) {
    if (!/\.ya?ml$/.test(path) || !isBelow(path, folders)) continue;
    const { root, unread: reason } = new YamlFile(text);
    if (root === null) {
      if (reason !== null) unread.push({ path: at(path), line: 1, what: reason });
      continue;
    }
    const found = propertiesIn(path, root);
    for (const kind of ['models', 'seeds', 'snapshots'] as const)
      for (const one of found[kind]) said[kind].set(one.name, one);
    for (const one of found.sources) said.sources.set(`${one.source}.${one.name}`, one);
    said.exposures.push(...found.exposures);
    for (const [name, owner] of found.groups) said.groups.set(name, owner);
  }
  return said;
}

function macrosOf(files: ReadonlyMap<string, string>, folders: readonly string[]): ReadonlyMap<string, Macro> {
  const macros = new Map<string, Macro>();
  for (const [path, text] of files)
    if (path.endsWith('.sql') && isBelow(path, folders))
      for (const [name, macro] of macrosIn(text)) macros.set(name, macro);
  return macros;
}

/** SQL that runs before or after a model, and what `grants` become. */
function hooksOf({ node, config, rendered, lineOf }: Prepared, at: (path: string) => string): PlacedSql[] {
  const hooks = ['pre_hook', 'post_hook', 'pre-hook', 'post-hook'].flatMap((key) => {
    const list = Array.isArray(config[key]) ? (config[key] as unknown[]) : [config[key]];
    return list.flatMap((hook): PlacedSql[] => {
      const sql = typeof hook === 'string' ? hook : objectOf(hook)['sql'];
      if (typeof sql !== 'string') return [];
      const found = rendered.length > 0 ? node.text.indexOf(sql.slice(0, 40)) : -1;
      return [{ path: at(node.path), sql, lineOf: (offset) => (found < 0 ? 1 : lineOf(found + offset)) }];
    });
  });
  const { properties } = node;
  for (const [privilege, to] of Object.entries(objectOf(config['grants'])))
    for (const one of listOf(to))
      hooks.push({
        path: at(properties === null ? node.path : properties.path),
        sql: `grant ${privilege} on ${node.name} to "${one.replaceAll('"', '')}"`,
        lineOf: () => properties?.line ?? 1,
      });
  return hooks;
}
