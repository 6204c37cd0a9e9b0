/** Facts of one node, source or exposure. */
import type { Dialect } from '../../sql/index.ts';
import type { Flow, LabelFact } from '../label-flow.ts';
import { starsOver } from '../sql/index.ts';
import type { NodeColumns } from './columns.ts';
import type { Profile } from './configuration.ts';
import type { DbtColumn, DbtExposure, DbtModel, DbtSource } from './facts.ts';
import { sourceRelation } from './names.ts';
import { retentionOf, seedColumns } from './node.ts';
import type { Prepared } from './prepared.ts';
import { declaredIn, letsThrough, type ProjectLineage } from './project-lineage.ts';
import { listOf, objectOf, ownerOf, type ExposureProperties, type SourceProperties } from './properties.ts';
import { relationOf, sourceRelationName } from './relation-name.ts';

/** Folders that hold what others read, as projects call them. */
const MART = /(?:^|\/)(?:marts?|reporting|reports|presentation|gold|published|public|exports?|reverse_etl)\//;

const NO_COLUMNS: NodeColumns = { names: null, ways: [], others: [], trouble: [] };

export function exposureOf(
  { name, type, path, line, owner, dependsOn }: ExposureProperties,
  at: (path: string) => string,
): DbtExposure {
  const upstream = dependsOn.flatMap((text) => {
    const names = [...text.slice(0, 500).matchAll(/['"]([^'"]{1,200})['"]/g)].map((match) => match[1]!);
    if (names.length === 0) return [];
    return /^\s*source\b/.test(text) ? [names.slice(0, 2).join('.')] : [names.at(-1)!];
  });
  return { name, type, path: at(path), line, owner, upstream };
}

interface About {
  readonly at: (path: string) => string;
  readonly flow: Flow;
  readonly lineage: ProjectLineage;
  readonly dialect: Dialect;
  readonly exposures: readonly DbtExposure[];
  readonly groups: ReadonlyMap<string, string>;
  readonly profile: Profile | null;
}

export function modelOf(one: Prepared, { at, flow, lineage, dialect, exposures, groups, profile }: About): DbtModel {
  const { node, config, rendered } = one;
  const { properties } = node;
  const own = lineage.of.get(one.id) ?? [NO_COLUMNS];
  const meta = objectOf(config['meta']);
  const group = typeof config['group'] === 'string' ? config['group'] : null;
  const lineOf = (offset: number): number => {
    const rendering = rendered[offset % 2] ?? rendered[0];
    return rendering === undefined ? 1 : one.lineOf(rendering.offsetOf(Math.floor(offset / 2)));
  };
  const place = { path: at(properties?.path ?? node.path), line: properties?.line ?? 1 };
  const declared = declaredIn(properties, config);
  const names = new Map<string, string>();
  for (const name of node.kind === 'seed'
    ? seedColumns(node.text, config['delimiter'])
    : own.flatMap((each) => each.names ?? []))
    names.set(name.toLowerCase(), name);
  for (const { name } of properties?.columns ?? [])
    names.set(name.toLowerCase(), names.get(name.toLowerCase()) ?? name);
  const labels = flow.get(one.id);
  for (const name of labels?.keys() ?? []) if (!names.has(name)) names.set(name, name);
  const said = new Map((properties?.columns ?? []).map((column) => [column.name.toLowerCase(), column]));
  const facts = [...names].map(([key, name]): DbtColumn => {
    const about = said.get(key);
    return {
      name,
      line: about?.line ?? 1,
      described: about?.isDescribed ?? false,
      tests: about?.tests.map((test) => test.name) ?? [],
      declared: declared.get(key) ?? [],
      labels: (labels?.get(key) ?? []).map(({ offset, ...label }): LabelFact =>
        offset === null
          ? { ...label, file: place.path, line: about?.line ?? place.line }
          : { ...label, file: at(node.path), line: lineOf(offset) },
      ),
    };
  });
  const upstreamLabels = (id: string): string[] =>
    [
      ...new Set(
        [...(flow.get(id)?.values() ?? [])]
          .flat()
          .filter(({ isMasked }) => !isMasked)
          .map(({ label }) => label),
      ),
    ].sort();
  const stars = new Map<string, { line: number; of: string; labels: string[] }>();
  for (const [i, { sql, offsetOf }] of rendered.entries())
    for (const { id, name } of one.upstream) {
      if (i > 0) break;
      const found = starsOver(sql).find(({ table }) => table.toLowerCase() === id)?.offset ?? null;
      const its = found === null ? [] : upstreamLabels(id);
      if (found !== null && its.length > 0 && letsThrough(sql, id, dialect, lineage.known))
        stars.set(id, { line: one.lineOf(offsetOf(found)), of: name, labels: its });
    }
  const trouble = own.flatMap((each, i) =>
    each.trouble.map(({ offset, message }) => ({ line: lineOf(offset * 2 + i), what: message })),
  );
  return {
    kind: node.kind,
    name: node.name,
    relation: relationOf(node, config, profile),
    path: at(node.path),
    line: 1,
    properties: properties === null ? null : place,
    materialized:
      node.kind === 'model'
        ? typeof config['materialized'] === 'string'
          ? config['materialized']
          : 'view'
        : node.kind,
    access: typeof config['access'] === 'string' ? config['access'] : 'protected',
    owner: ownerOf(meta['owner']) ?? (group === null ? null : (groups.get(group) ?? null)),
    contract: objectOf(config['contract'])['enforced'] === true,
    retention: retentionOf(config),
    tags: listOf(config['tags']),
    described: properties?.isDescribed ?? false,
    tests: properties?.tests ?? [],
    constraints: [
      ...(properties?.constraints ?? []),
      ...(properties?.columns ?? []).flatMap((column) => column.constraints),
    ],
    unique_key: listOf(config['unique_key']),
    columns: facts,
    upstream: one.upstream.map(({ name }) => name),
    unreferenced: [...new Set(own.flatMap((each) => each.others))],
    missing: one.missing,
    exposures: exposures
      .filter(({ upstream }) => upstream.includes(node.name) || upstream.includes(node.unversioned))
      .map(({ name }) => name),
    mart: MART.test(node.path),
    stars: [...stars.values()],
    unknowns: [...one.unknowns, ...trouble].slice(0, 200),
    unread: one.unread,
  };
}

export function sourceOf(one: SourceProperties, at: (path: string) => string, flow: Flow): DbtSource {
  const labels = flow.get(sourceRelation(one.source, one.name).sql);
  const file = at(one.path);
  return {
    name: `${one.source}.${one.name}`,
    relation: sourceRelationName(one),
    path: file,
    line: one.line,
    described: one.isDescribed,
    owner: one.owner,
    retention: retentionOf(one.config),
    freshness: one.hasFreshness,
    tests: one.tests,
    columns: one.columns.map((column) => ({
      name: column.name,
      line: column.line,
      described: column.isDescribed,
      tests: column.tests.map((test) => test.name),
      declared: column.labels,
      labels: [...(labels?.get(column.name.toLowerCase()) ?? []), ...(labels?.get('*') ?? [])].map(
        ({ label, from, isMasked, path }) => ({ label, from, isMasked, path, file, line: column.line }),
      ),
    })),
  };
}
