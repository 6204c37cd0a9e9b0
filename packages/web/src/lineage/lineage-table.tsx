import { useRef, type KeyboardEvent } from 'react';
import { count, figure, runsOrDesign } from '../text/wording.ts';
import { assetWord, AssetMark, Breakable } from '../ui/asset-name.tsx';
import { Icon } from '../ui/icon.tsx';
import { Mark, RunMark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import type { LineageEdge, LineageNode } from '../api/answers.ts';
import { hopWords, type GraphModel } from './graph-model.ts';
import { NO_MARKS, type Marks } from './marks.ts';
import { sideAndAsset, type Group } from './picture.ts';
import { isArrow, step } from './walk.ts';

interface LineageTableProps {
  readonly model: GraphModel;
  readonly marks?: Marks;
  readonly selected: string | null;
  readonly onColumns: (asset: string) => void;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onUnfold: (id: string) => void;
}

type Row = { readonly node: LineageNode } | { readonly group: Group };

/** The same lineage in rows: the same assets, edges, groups and keys as the graph. */
export function LineageTable({
  model,
  marks = NO_MARKS,
  selected,
  onSelect,
  onOpen,
  onUnfold,
  onColumns,
}: LineageTableProps) {
  const body = useRef<HTMLTableElement>(null);
  const rows = rowsOf(model);
  const order = rows.map(idOf);
  const focus = (id: string) => body.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus();

  /** The row of the group goes away, so the focus moves to the asset it belongs to. */
  const unfold = (id: string) => {
    focus(sideAndAsset(id)?.of ?? model.picture.root);
    onUnfold(id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    const at = event.target instanceof HTMLElement ? event.target.dataset['id'] : undefined;
    if (at === undefined) return;
    if (isArrow(event.key)) {
      event.preventDefault();
      const beside = { ArrowUp: -1, ArrowDown: 1 }[event.key as string];
      const next =
        beside === undefined ? step(model.stops, model.trails, at, event.key) : order[order.indexOf(at) + beside];
      if (next === undefined || next === null) return;
      focus(next);
      if (model.hops.has(next)) onSelect(next);
    } else if (event.key === 'Enter' && model.hops.has(at)) {
      event.preventDefault();
      onOpen(at);
    }
  };
  const withGaps = marks.gaps.size > 0;
  return (
    <table className="table top lineage-table" ref={body} onKeyDown={onKeyDown}>
      <caption className="sr">Lineage in {count(rows.length, 'row')}, furthest upstream first</caption>
      <thead>
        <tr>
          <th scope="col">Asset</th>
          <th scope="col">Where</th>
          <th scope="col" className="p2">
            Comes from
          </th>
          <th scope="col" className="p2">
            Goes to
          </th>
          {withGaps && <th scope="col">Facts missing</th>}
          <th scope="col" className="p3">
            Last run
          </th>
          <th scope="col" className="num p3">
            Columns
          </th>
          <th scope="col" className="p2">
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) =>
          'node' in row ? (
            <AssetRow
              key={row.node.id}
              node={row.node}
              model={model}
              marks={marks}
              selected={selected}
              onSelect={onSelect}
              onColumns={onColumns}
            />
          ) : (
            <GroupRow key={row.group.id} group={row.group} model={model} width={withGaps ? 8 : 7} onUnfold={unfold} />
          ),
        )}
      </tbody>
    </table>
  );
}

const idOf = (row: Row): string => ('node' in row ? row.node.id : row.group.id);

/** By rank, then from top to bottom: the order in which the graph is read. */
function rowsOf({ picture, boxes }: GraphModel): readonly Row[] {
  const rows: Row[] = [...picture.nodes.map((node) => ({ node })), ...picture.groups.map((group) => ({ group }))];
  const place = (row: Row) => boxes.get(idOf(row));
  return rows.sort((a, b) => (place(a)?.rank ?? 0) - (place(b)?.rank ?? 0) || (place(a)?.y ?? 0) - (place(b)?.y ?? 0));
}

interface AssetRowProps {
  readonly node: LineageNode;
  readonly model: GraphModel;
  readonly marks: Marks;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onColumns: (asset: string) => void;
}

function AssetRow({ node, model, marks, selected, onSelect, onColumns }: AssetRowProps) {
  const { edges, root } = model.picture;
  const gap = marks.gaps.get(node.id);
  const isOpen = model.columns.rows.has(node.id);
  const hops = model.hops.get(node.id);
  return (
    <tr className={node.id === selected ? 'sel' : undefined}>
      <td>
        <span className="cell">
          <AssetMark asset={node} />
          <span className="min0">
            <button
              type="button"
              className="nm as-link"
              data-id={node.id}
              aria-current={node.id === selected ? 'true' : undefined}
              onClick={() => onSelect(node.id)}
            >
              <Breakable name={node.name} />
            </button>
            <span className="sub">
              {assetWord(node)} in <Breakable name={node.namespace} />
            </span>
          </span>
        </span>
      </td>
      <td className="nowrap">
        {node.id === root ? <strong>here</strong> : <span className="ink2">{shortHops(hops)}</span>}
      </td>
      <td className="p2">
        <Ends edges={edges.filter(({ to }) => to === node.id)} end="from" model={model} onSelect={onSelect} />
      </td>
      <td className="p2">
        <Ends edges={edges.filter(({ from }) => from === node.id)} end="to" model={model} onSelect={onSelect} />
      </td>
      {marks.gaps.size > 0 && (
        <td className="nowrap">
          {gap ? (
            <Mark tone={gap.missing > 0 ? 'warn' : 'idle'} icon={gap.missing > 0 ? 'warn' : 'ok'}>
              {gap.words}
            </Mark>
          ) : (
            <span className="ink3">not asked</span>
          )}
        </td>
      )}
      <td className="p3">{node.lastState ? <RunMark state={node.lastState} /> : <span className="ink3">none</span>}</td>
      <td className="num p3">
        {node.columnCount === null ? (
          '–'
        ) : (
          <button
            type="button"
            className="as-link"
            aria-expanded={isOpen}
            aria-label={`${count(node.columnCount, 'column')} of ${node.name}`}
            onClick={() => onColumns(node.id)}
          >
            {figure(node.columnCount)} <Icon name={isOpen ? 'down' : 'right'} small />
          </button>
        )}
      </td>
      <td className="nowrap ink2 p2">
        <Time at={node.lastAt} />
      </td>
    </tr>
  );
}

export function shortHops(hops: number | undefined): string {
  return hopWords(hops)
    .replace(/ steps? /, ' ')
    .replace('stream', '');
}

interface EndsProps {
  readonly edges: readonly LineageEdge[];
  readonly end: 'from' | 'to';
  readonly model: GraphModel;
  readonly onSelect: (id: string) => void;
}

/** The edges of a row; each opens its details. */
function Ends({ edges, end, model, onSelect }: EndsProps) {
  if (edges.length === 0) return <span className="ink3">–</span>;
  const names = new Map(model.picture.nodes.map(({ id, name }) => [id, name]));
  return (
    <ul className="ends">
      {edges.map((edge) => (
        <li key={edge[end]}>
          <button type="button" className="as-link ink2" onClick={() => onSelect(`${edge.from}>${edge.to}`)}>
            <Breakable name={names.get(edge[end]) ?? edge[end]} />
          </button>{' '}
          <span className="count">
            {runsOrDesign(edge.runs)}
            {edge.endedAt && (
              <>
                , ended <Time at={edge.endedAt} form="day" />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function GroupRow({
  group,
  model,
  width,
  onUnfold,
}: {
  readonly group: Group;
  readonly model: GraphModel;
  readonly width: number;
  readonly onUnfold: (id: string) => void;
}) {
  const name = model.picture.nodes.find(({ id }) => id === group.of)?.name ?? group.of;
  return (
    <tr>
      <td colSpan={width}>
        <button type="button" className="btn sm" data-id={group.id} onClick={() => onUnfold(group.id)}>
          <Icon name="plus" small />
          {figure(group.count)} more {group.side === 'up' ? 'upstream' : 'downstream'} of {name}
        </button>
      </td>
    </tr>
  );
}
