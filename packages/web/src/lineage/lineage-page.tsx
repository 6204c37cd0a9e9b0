import '@xyflow/react/dist/base.css';
import './lineage.css';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { query, retry, useAnswer, useAnswers } from '../api/answer-store.ts';
import type { Activity, Lineage, Status } from '../api/answers.ts';
import type { Anywhere, LineagePlace } from '../place.ts';
import { isPast, type Past } from '../shell/past-words.ts';
import { NOW, usePast, usePastWords } from '../shell/past.ts';
import { isTyping } from '../shell/shortcuts.ts';
import { count } from '../text/wording.ts';
import { announce, usePageTitle } from '../ui/announcer.tsx';
import { Breakable } from '../ui/asset-name.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { NARROW, NOT_WIDE, useMedia } from '../ui/media.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { AsOfBar, type TimeKind } from './as-of-bar.tsx';
import { nextChange, scaleOf, unitFor } from './as-of-scale.ts';
import { graphModel, type GraphModel } from './graph-model.ts';
import { LineageGraph } from './lineage-graph.tsx';
import { LineagePanel } from './lineage-panel.tsx';
import { LineagePicker } from './lineage-picker.tsx';
import { LineageTable } from './lineage-table.tsx';
import { MOST_NODES, pictureOf, sideAndAsset } from './picture.ts';
import { summaryWords } from './summary-words.ts';

const DEPTHS = [2, 4, 6, 8, 12, 20];
/** One dataset away on both sides, or two on one: what fits on a screen. Groups lead further. */
const DEPTH = { both: 2, up: 4, down: 4 };
/** Up to here there is room to name the columns as well. */
const WITH_COLUMNS = 26;

export function LineagePage() {
  const place = useSearch({ from: '/lineage' });
  return place.asset === undefined ? <LineagePicker /> : <LineageOf asset={place.asset} place={place} />;
}

function LineageOf({ asset, place }: { readonly asset: string; readonly place: LineagePlace }) {
  const past = usePast();
  const navigate = useNavigate({ from: '/lineage' });
  const narrow = useMedia(NARROW);
  const over = useMedia(NOT_WIDE);
  const direction = place.direction ?? 'both';
  const depth = place.depth ?? DEPTH[direction];
  const path = query('/custody/v1/lineage', {
    asset,
    direction,
    depth,
    limit: MOST_NODES,
    at: past.at,
    known: past.known,
  });
  const { data, error, pending } = useAnswer<Lineage>(path);
  const open = useMemo(() => place.open ?? [], [place.open]);
  const unfolded = useAnswers<Lineage>(open.flatMap((id) => unfoldPath(id, past)));

  const current = data?.root === asset ? data : null;
  const picture = useMemo(() => current && pictureOf(current, unfolded, open), [current, unfolded, open]);
  const withColumns = place.columns ? place.columns === 'show' : (picture?.nodes.length ?? 0) <= WITH_COLUMNS;
  const model = useMemo(() => picture && graphModel(picture, withColumns), [picture, withColumns]);
  const name = current?.nodes.find(({ id }) => id === asset)?.name ?? asset.split(':').at(-1) ?? asset;
  usePageTitle(`Lineage of ${name}`);

  const go = useCallback(
    (change: Partial<LineagePlace & Anywhere>, replace = false) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace, resetScroll: false }),
    [navigate],
  );
  // With room the drawer shows the home node until something else is chosen; without, it waits to be asked for.
  const selected = place.sel === 'none' ? null : (place.sel ?? (over ? null : asset));
  const view = narrow ? 'table' : (place.view ?? 'graph');
  const clock = useClock(place, past, go);
  useLineageKeys(place, go, clock.step);

  const actions = {
    onSelect: (id: string) => go({ sel: id }, true),
    onOpen: (id: string) => void navigate({ to: '/asset', search: { id } }),
    onUnfold: (id: string) => {
      go({ open: [...open.filter((each) => each !== id), id] });
      announce('Unfolded');
    },
  };
  return (
    <div className={selected !== null && model ? 'lin with-drawer' : 'lin'}>
      <section className="lin-main" aria-label="Lineage">
        <div className="lin-head">
          <div className="lin-title">
            <p className="crumb">
              <Link to="/lineage" search={{}}>
                Lineage
              </Link>
              <span aria-hidden="true">/</span>
              <span className="trunc">{namespaceOf(current, asset)}</span>
            </p>
            <h1>
              <Breakable name={name} />
            </h1>
          </div>
          <Controls place={place} depth={depth} view={view} narrow={narrow} withColumns={withColumns} onGo={go} />
          <p className="sum">
            {model && current ? <Summary model={model} answer={current} open={open} onGo={go} /> : ' '}
          </p>
        </div>
        {error && !current && <LineageFailure error={error} past={past} path={path} onNow={() => go(NOW)} />}
        {!error && !model && (
          <div className="lin-wait">
            <Skeleton rows={8} what="the lineage" />
          </div>
        )}
        {model && view === 'graph' && (
          <LineageGraph
            model={model}
            withColumns={withColumns}
            selected={selected}
            label={`Lineage of ${name}. Arrow keys walk along the edges.`}
            {...actions}
          />
        )}
        {model && view === 'table' && <LineageTable model={model} selected={selected} {...actions} />}
        <AsOfBar
          activity={clock.activity}
          by={clock.by}
          time={clock.time}
          past={isPast(past)}
          onBy={(by) => go({ by: by === 'recorded' ? 'recorded' : undefined })}
          onTime={clock.set}
          onNow={() => go(NOW)}
        />
        {pending && (
          <span className="sr" role="status">
            Loading
          </span>
        )}
      </section>
      {selected !== null && model && current && (
        <LineagePanel
          model={model}
          answer={current}
          selected={selected}
          onSelect={actions.onSelect}
          onCentre={(id) => go({ asset: id, sel: undefined, open: undefined })}
          onClose={() => {
            go({ sel: over ? undefined : 'none' }, true);
            // The drawer beside the graph is no dialog, so nobody else gives the focus back.
            document.querySelector<HTMLElement>(`.lin-main [data-id="${CSS.escape(selected)}"]`)?.focus();
          }}
        />
      )}
    </div>
  );
}

const namespaceOf = (answer: Lineage | null, asset: string): string =>
  answer?.nodes.find(({ id }) => id === asset)?.namespace ?? asset.split(':').slice(1, -1).join(':');

/** One hop behind a group. */
function unfoldPath(id: string, { at, known }: Past): readonly string[] {
  const group = sideAndAsset(id);
  return group
    ? [query('/custody/v1/lineage', { asset: group.of, direction: group.side, depth: 1, limit: 61, at, known })]
    : [];
}

interface ControlsProps {
  readonly place: LineagePlace;
  readonly depth: number;
  readonly view: 'graph' | 'table';
  readonly narrow: boolean;
  readonly withColumns: boolean;
  readonly onGo: (change: Partial<LineagePlace>, replace?: boolean) => void;
}

function Controls({ place, depth, view, narrow, withColumns, onGo }: ControlsProps) {
  return (
    <div className="lc">
      <div className="seg" role="group" aria-label="Direction">
        {([undefined, 'up', 'down'] as const).map((each) => (
          <button
            key={each ?? 'both'}
            type="button"
            aria-pressed={place.direction === each}
            onClick={() => onGo({ direction: each })}
          >
            {each === undefined ? 'Both' : each === 'up' ? 'Up' : 'Down'}
          </button>
        ))}
      </div>
      <select
        className="filter"
        aria-label="Depth"
        value={depth}
        onChange={({ target }) => onGo({ depth: Number(target.value) })}
      >
        {[...new Set([...DEPTHS, depth])]
          .sort((a, b) => a - b)
          .map((each) => (
            <option key={each} value={each}>
              {count(each, 'step')}
            </option>
          ))}
      </select>
      {!narrow && view === 'graph' && (
        <button
          type="button"
          className={withColumns ? 'filter on' : 'filter'}
          aria-pressed={withColumns}
          onClick={() => onGo({ columns: withColumns ? 'hide' : 'show' }, true)}
        >
          Columns
        </button>
      )}
      {!narrow && (
        <div className="seg" role="group" aria-label="Show as">
          <button type="button" aria-pressed={view === 'graph'} onClick={() => onGo({ view: undefined })}>
            <Icon name="lineage" small />
            Graph
          </button>
          <button type="button" aria-pressed={view === 'table'} onClick={() => onGo({ view: 'table' })}>
            <Icon name="table" small />
            Table
          </button>
        </div>
      )}
    </div>
  );
}

interface SummaryProps {
  readonly model: GraphModel;
  readonly answer: Lineage;
  readonly open: readonly string[];
  readonly onGo: (change: Partial<LineagePlace>) => void;
}

function Summary({ model, answer, open, onGo }: SummaryProps) {
  const words = usePastWords();
  return (
    <>
      <span>
        {words !== null && <strong>{words.charAt(0).toUpperCase() + words.slice(1)}: </strong>}
        {summaryWords(model, answer.direction)}
      </span>
      {open.length > 0 && (
        <button type="button" className="btn sm" onClick={() => onGo({ open: undefined })}>
          Fold again
        </button>
      )}
    </>
  );
}

interface LineageFailureProps {
  readonly error: Parameters<typeof Failure>[0]['error'];
  readonly past: Past;
  readonly path: string;
  readonly onNow: () => void;
}

function LineageFailure({ error, past, path, onNow }: LineageFailureProps) {
  return (
    <div className="lin-wait">
      <Failure error={error} onRetry={() => retry(path)} />
      {isPast(past) && (
        <button type="button" className="btn" onClick={onNow}>
          Back to now
        </button>
      )}
    </div>
  );
}

/** The time that the slider moves: when it happened, or when we knew. */
function useClock(place: LineagePlace, past: Past, go: (change: Pick<Anywhere, 'at' | 'known'>) => void) {
  const by: TimeKind = place.by ?? (past.known !== null && past.at === null ? 'recorded' : 'happened');
  const status = useAnswer<Status>('/custody/v1/status');
  const span = status.data?.span ?? null;
  const unit = span === null ? 'day' : unitFor(Date.parse(span.from), Date.parse(span.to));
  const { data: activity } = useAnswer<Activity>(
    status.data === null ? null : query('/custody/v1/activity', { unit, by }),
  );
  const shown = activity?.by === by ? activity : null;
  const scale = useMemo(() => (shown ? scaleOf(shown) : null), [shown]);
  // A number of entries has no place on an axis of time; the bar then stands at now and the header says the number.
  const known = past.known !== null && /^\d+$/.test(past.known) ? null : past.known;
  const time = by === 'happened' ? past.at : known;

  const set = useCallback(
    (next: string | null) => go(by === 'happened' ? { at: next ?? undefined } : { known: next ?? undefined }),
    [by, go],
  );
  const step = useCallback(
    (way: 1 | -1) => {
      if (!scale) return;
      const next = nextChange(scale, time === null ? null : Date.parse(time), way);
      set(next === null ? null : new Date(next).toISOString());
    },
    [scale, time, set],
  );
  return { by, time, activity: shown, set, step };
}

/** Keys of this page, wherever on it the focus is. */
function useLineageKeys(
  place: LineagePlace,
  go: (change: Partial<LineagePlace>) => void,
  stepTime: (way: 1 | -1) => void,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.key === '[' || event.key === ']') stepTime(event.key === '[' ? -1 : 1);
      else if (event.key === 'u') go({ direction: place.direction === 'up' ? undefined : 'up' });
      else if (event.key === 'd') go({ direction: place.direction === 'down' ? undefined : 'down' });
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [place.direction, go, stepTime]);
}
