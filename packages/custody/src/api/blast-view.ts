/** The blast radius as the API shows it: ranked by how close and how sensitive, each with its reason. */
import type { z } from '@hono/zod-openapi';
import { AssetRoles, sensitivityOf, type AssetRole } from '../fold/asset-role.ts';
import { blast, type BlastQuery, type Touched } from '../fold/blast.ts';
import type { State } from '../fold/state.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { iso } from './asset-view.ts';
import type { Blast } from './contract.ts';
import { asOfView, plural } from './edge-view.ts';

export function blastAnswer(
  state: State,
  query: BlastQuery,
  limit: number,
  checkpoint: SignedCheckpoint | null,
): z.infer<typeof Blast> {
  const { asOf } = query;
  const all = blast(state, query).filter(({ asset }) => asset !== query.asset);
  const assetRoles = new AssetRoles(state, asOf);
  const known = all.map((one) => {
    const view = state.assets.view(one.asset, asOf);
    const role = assetRoles.of(one.asset);
    const sensitivity = sensitivityOf(view.tags);
    return { one, view, role, sensitivity, weight: weightOf(one, role, sensitivity) };
  });
  known.sort((a, b) => b.weight - a.weight || a.one.hops - b.one.hops || a.one.asset - b.one.asset);
  const roles = new Map<AssetRole, number>();
  for (const { role } of known) roles.set(role, (roles.get(role) ?? 0) + 1);
  const columnNames = (columns: ReadonlySet<number>) =>
    [...columns].map((column) => state.columns.columnName(column)).sort();
  return {
    root: state.assets.idOf(query.asset),
    columns: query.columns && columnNames(new Set(query.columns)),
    version: query.version,
    from: query.from === -Infinity ? null : iso(query.from),
    to: query.to === Infinity ? null : iso(query.to),
    depth: query.depth,
    counts: [...roles].map(([role, count]) => ({ role, count })).sort((a, b) => b.count - a.count),
    touched: known.slice(0, limit).map(({ one, view, role, sensitivity }, i) => ({
      id: view.id,
      kind: view.kind,
      namespace: view.namespace,
      name: view.name,
      type: view.type,
      role,
      owners: [...view.owners],
      tags: [...view.tags],
      sensitivity,
      rank: i + 1,
      hops: one.hops,
      columns: role === 'job' || one.columns === 'all' ? null : columnNames(one.columns),
      byRows: one.byRows,
      count: one.count,
      first: iso(one.first),
      last: iso(one.last),
      until: one.until === Infinity ? null : iso(one.until),
      certain: one.certain,
      reason: reasonOf(state, one, role, query),
      by: one.by && {
        from: state.assets.idOf(one.by.from),
        job: state.assets.idOf(one.by.job),
        run: one.by.run === null ? null : state.runs.idOf(one.by.run),
        readEntry: one.by.readEntry,
        writeEntry: one.by.writeEntry,
        certain: one.by.certain,
        byColumns: one.by.byColumns,
      },
    })),
    omitted: Math.max(0, known.length - limit),
    asOf: asOfView(state, asOf, checkpoint),
  };
}

/** What an end of the chain weighs: people are decided about by models and by what models say. */
const ROLE_WEIGHT: Readonly<Record<AssetRole, number>> = {
  deployment: 3,
  predictions: 3,
  model: 2.5,
  'training-set': 2,
  features: 2,
  dashboard: 1.5,
  report: 1.5,
  dataset: 1,
  job: 0.1,
};

/** How close and how sensitive: nearer counts more, each level of sensitivity and each kind of use adds. */
function weightOf(one: Touched, role: AssetRole, sensitivity: number): number {
  return ((1 + sensitivity) * ROLE_WEIGHT[role] * (one.certain ? 1 : 0.7)) / Math.sqrt(Math.max(1, one.hops));
}

function reasonOf(
  state: State,
  { by, certain, byRows, columns, count, asset }: Touched,
  role: AssetRole,
  query: BlastQuery,
): string {
  const name = (row: number) => state.assets.nameOf(row).name;
  if (role === 'job') return `${plural(count, 'run')} read what was bad${certain ? '' : ', perhaps'}.`;
  if (!by) return 'It was bad itself.';
  const what =
    columns === 'all'
      ? by.byColumns
        ? 'all columns'
        : 'all columns (its job tells no columns)'
      : columns.size === 0
        ? 'which rows it has'
        : `${plural(columns.size, 'column')}${byRows ? ' and which rows it has' : ''}`;
  const how = by.run === null ? `the job ${name(by.job)}, by its design,` : name(by.job);
  const source =
    by.from === by.job ? 'ran bad itself' : `read ${name(by.from)}${by.from === query.asset ? '' : ', bad by then,'}`;
  return `${how} ${source} and wrote ${name(asset)}: ${what}, ${plural(count, 'bad version')}${certain ? '' : '; not certain: the times overlap, or a later write may have replaced it'}.`;
}
