/** All of a lineage around an asset, or only the ways of one of its columns. */
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { query, useAnswer, useAnswers } from '../api/answer-store.ts';
import type { ColumnLineage, GapsAnswer, Lineage, LineageEdge, LineageNode } from '../api/answers.ts';
import type { LineagePlace } from '../place.ts';
import type { Past } from '../shell/past-words.ts';
import { usePast, usePastWords } from '../shell/past.ts';
import { columnsCommand, traceCommand } from '../text/command-line.ts';
import { count, figure } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { NOT_WIDE, useMedia } from '../ui/media.ts';
import { columnsOnWays, onlyWays } from './column-focus.ts';
import { ColumnLegend } from './column-legend.tsx';
import { gapMarks } from './gap-marks.ts';
import { graphModel, type GraphModel } from './graph-model.ts';
import { useHeld } from './held.ts';
import { LineageControls } from './lineage-controls.tsx';
import { focusOn, LineageFrame, useGo } from './lineage-frame.tsx';
import { LineagePanel } from './lineage-panel.tsx';
import { LineageTable } from './lineage-table.tsx';
import { NO_MARKS } from './marks.ts';
import { columnId, openColumns, openIds } from './open-columns.ts';
import { hopsOf, MOST_NODES, pictureOf, sideAndAsset } from './picture.ts';
import { summaryWords } from './summary-words.ts';
import { WaysTable } from './ways-table.tsx';

/** One dataset away on both sides, or two on one: what fits on a screen. Groups lead further. */
const DEPTH = { both: 2, up: 4, down: 4 };
/** Steps from dataset to dataset that the ways of a column are followed; a hop to a job and one to a dataset each. */
const COLUMN_STEPS = 20;

export function AllView({ asset, place }: { readonly asset: string; readonly place: LineagePlace }) {
  const past = usePast();
  const go = useGo();
  const navigate = useNavigate({ from: '/lineage' });
  const over = useMedia(NOT_WIDE);
  const direction = place.direction ?? 'both';
  const depth = place.depth ?? DEPTH[direction];
  const column = place.col;
  const path = query('/custody/v1/lineage', {
    asset,
    direction,
    depth: column === undefined ? depth : 2 * COLUMN_STEPS,
    limit: MOST_NODES,
    columns: column === undefined && (place.cols === undefined || place.cols.includes('none')) ? null : 'true',
    ended: place.ended === 'show' ? 'true' : null,
    ...past,
  });
  const { data, error, pending } = useAnswer<Lineage>(path);
  const columnPath =
    column === undefined
      ? null
      : query('/custody/v1/column-lineage', { asset, column, direction, depth: COLUMN_STEPS, ...past });
  const ways = useAnswer<ColumnLineage>(columnPath);
  const gaps = useAnswer<GapsAnswer>(
    place.gaps === 'show' ? query('/custody/v1/gaps', { asset, direction, depth, ...past }) : null,
  );
  const open = useMemo(() => place.open ?? [], [place.open]);
  const unfolded = useAnswers<Lineage>(column === undefined ? open.flatMap((id) => unfoldPath(id, past)) : []);

  const focus = columnPath === null ? null : ways.data;
  const ready = data !== null && (columnPath === null || focus !== null);
  const drawn = useMemo(() => {
    if (!ready) return null;
    const only = focus && columnsOnWays(focus);
    const picture = focus ? pictureOf(onlyWays(data, focus), [], open) : pictureOf(data, unfolded, open);
    const ids = only ? new Set([asset, ...only.keys()]) : openIds(place.cols, picture, hopsOf(picture));
    const among = focus ? focus.edges : [data, ...unfolded].flatMap(({ columnEdges }) => columnEdges);
    return { model: graphModel(picture, openColumns(picture, ids, among, only)), opened: ids };
  }, [ready, data, focus, unfolded, open, place.cols, asset]);
  const held = useHeld(drawn);
  const model = held?.model ?? null;
  const marks = useMemo(
    () => (gaps.data && place.gaps === 'show' ? { ...NO_MARKS, gaps: gapMarks(gaps.data) } : NO_MARKS),
    [gaps.data, place.gaps],
  );

  const home = data?.nodes.find(({ id }) => id === asset);
  const name = home?.name ?? asset.split(':').at(-1) ?? asset;
  // With room the drawer shows the home node until something else is chosen; without, it waits to be asked for.
  const selected = place.sel === 'none' ? null : (place.sel ?? (over ? null : asset));
  const toggleColumns = (id: string) => {
    const opened = held?.opened ?? new Set<string>();
    const next = opened.has(id) ? [...opened].filter((each) => each !== id) : [...opened, id];
    const there = next.filter((each) => model?.picture.nodes.some((node) => node.id === each));
    go({ cols: there.length === 0 ? ['none'] : there, col: undefined }, true);
  };
  const chooseColumn = (of: string, next: string) => {
    const again = of === asset && next === column;
    go({ asset: of, col: again ? undefined : next, cols: again ? [of] : undefined, sel: undefined, open: undefined });
  };
  const unfold = (id: string) => {
    go({ open: [...open.filter((each) => each !== id), id] });
    announce('Unfolded');
  };
  const command = (what: LineageNode | LineageEdge) => {
    const asOf = { at: data?.asOf.at ?? null, entries: data?.asOf.entries ?? 0 };
    if ('from' in what) return traceCommand({ asset: what.to, direction: 'up', depth: 1, ...asOf });
    if (column !== undefined) return columnsCommand({ asset, column, direction, depth: COLUMN_STEPS, ...asOf });
    const away = model?.hops.get(what.id);
    const side = what.id === asset || direction !== 'both' || away === undefined ? direction : away < 0 ? 'up' : 'down';
    return traceCommand({ asset, direction: side, depth, ...asOf });
  };
  const names = new Map(data?.nodes.map((node) => [node.id, node.name]));

  const waysTable = model && model.columns.ways.length > 0 && (
    <WaysTable
      ways={model.columns.ways}
      names={names}
      onColumn={chooseColumn}
      onSelect={(id) => go({ sel: id }, true)}
    />
  );

  return (
    <LineageFrame
      place={place}
      name={name}
      namespace={home?.namespace ?? asset.split(':').slice(1, -1).join(':')}
      controls={<LineageControls place={place} depth={depth} onGo={go} />}
      summary={
        model &&
        data && (
          <Summary
            model={model}
            answer={data}
            focus={focus}
            folded={open.length > 0}
            onFold={() => go({ open: undefined })}
            onAll={() => go({ col: undefined, cols: [asset] })}
          />
        )
      }
      error={error ?? ways.error}
      path={error ? path : columnPath}
      pending={pending || ways.pending}
      model={model}
      marks={marks}
      selected={selected}
      chosen={column === undefined ? null : columnId(asset, column)}
      legend={<ColumnLegend ways={(model?.ways.length ?? 0) > 0} ended={place.ended === 'show'} />}
      table={
        model && (
          <>
            {/* Whoever chose a column wants its ways first. */}
            {column !== undefined && waysTable}
            <LineageTable
              model={model}
              marks={marks}
              selected={selected}
              onSelect={(id) => go({ sel: id }, true)}
              onOpen={(id) => void navigate({ to: '/asset', search: { id } })}
              onUnfold={unfold}
              onColumns={toggleColumns}
            />
            {column === undefined && waysTable}
          </>
        )
      }
      panel={
        selected !== null &&
        model &&
        data && (
          <LineagePanel
            model={model}
            marks={marks}
            asOf={data.asOf}
            selected={selected}
            command={command}
            onSelect={(id) => go({ sel: id }, true)}
            onColumn={chooseColumn}
            onCentre={(id) => go({ asset: id, sel: undefined, open: undefined, col: undefined, cols: undefined })}
            onClose={() => {
              go({ sel: over ? undefined : 'none' }, true);
              focusOn(selected);
            }}
          />
        )
      }
      onUnfold={unfold}
      onColumn={chooseColumn}
      onColumns={toggleColumns}
    />
  );
}

/** One hop behind a group. */
function unfoldPath(id: string, past: Past): readonly string[] {
  const group = sideAndAsset(id);
  return group
    ? [query('/custody/v1/lineage', { asset: group.of, direction: group.side, depth: 1, limit: 61, ...past })]
    : [];
}

interface SummaryProps {
  readonly model: GraphModel;
  readonly answer: Lineage;
  readonly focus: ColumnLineage | null;
  readonly folded: boolean;
  readonly onFold: () => void;
  readonly onAll: () => void;
}

function Summary({ model, answer, focus, folded, onFold, onAll }: SummaryProps) {
  const words = usePastWords();
  const { left } = model.columns;
  return (
    <>
      <span>
        {words !== null && <strong>{words.charAt(0).toUpperCase() + words.slice(1)}: </strong>}
        {focus ? (
          <>
            Only the ways of column <code>{focus.root.column}</code>: {focusWords(focus)}
          </>
        ) : (
          summaryWords(model, answer.direction)
        )}
        {left > 0 && ` ${figure(left)} more ways between columns are not drawn; choose a column to see its own.`}
      </span>
      {focus && (
        <button type="button" className="btn sm" onClick={onAll}>
          Show all columns
        </button>
      )}
      {folded && (
        <button type="button" className="btn sm" onClick={onFold}>
          Fold again
        </button>
      )}
    </>
  );
}

/** `4 columns upstream, 44 downstream.` */
function focusWords({ nodes, direction, cut }: ColumnLineage): string {
  const on = (sign: number) => nodes.filter(({ distance, column }) => column !== null && Math.sign(distance) === sign);
  const parts: string[] = [];
  if (direction !== 'down') parts.push(`${count(on(-1).length, 'column')} upstream`);
  if (direction !== 'up') parts.push(`${count(on(1).length, 'column')} downstream`);
  if (nodes.length <= 1) return 'no way of it is known. Its pipeline tells no column lineage, or nothing uses it.';
  return `${parts.join(', ')}.${cut ? ' There is more than this answer holds.' : ''}`;
}
