/** What every view of a lineage has: its name, what is shown and how, the picture or its table, the drawer, and the time. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, type ReactNode } from 'react';
import { retry } from '../api/answer-store.ts';
import type { RequestError } from '../api/request-error.ts';
import type { Anywhere, LineagePlace } from '../place.ts';
import { isPast } from '../shell/past-words.ts';
import { NOW, usePast } from '../shell/past.ts';
import { isTyping } from '../shell/shortcuts.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { Breakable } from '../ui/asset-name.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { NARROW, useMedia } from '../ui/media.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { AsOfBar, type Span } from './as-of-bar.tsx';
import type { GraphModel } from './graph-model.ts';
import { useClock } from './lineage-clock.ts';
import { LineageGraph } from './lineage-graph.tsx';
import type { Marks } from './marks.ts';

type Go = (change: Partial<LineagePlace & Anywhere>, replace?: boolean) => void;

/** Moves within the lineage page: what is not named stays as it is. */
export function useGo(): Go {
  const navigate = useNavigate({ from: '/lineage' });
  return useCallback(
    (change, replace = false) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace, resetScroll: false }),
    [navigate],
  );
}

/** Graph or table: where the page is narrow there is only the table. */
export function useView(place: LineagePlace): 'graph' | 'table' {
  const narrow = useMedia(NARROW);
  return narrow ? 'table' : (place.view ?? 'graph');
}

const VIEWS = [
  [undefined, 'All'],
  ['blast', 'Blast radius'],
  ['difference', 'Difference'],
  ['path', 'Path'],
] as const;

const TITLES = { blast: 'Blast radius of', difference: 'Difference around', path: 'Path from' } as const;

interface LineageFrameProps {
  readonly place: LineagePlace;
  readonly name: string;
  readonly namespace: string;
  readonly controls?: ReactNode;
  /** Below the title: what this view asks for. */
  readonly form?: ReactNode;
  readonly summary: ReactNode;
  readonly error: RequestError | null;
  readonly path: string | null;
  readonly pending: boolean;
  readonly model: GraphModel | null;
  readonly marks: Marks;
  readonly selected: string | null;
  readonly chosen?: string | null;
  readonly legend: ReactNode;
  readonly table: ReactNode;
  readonly panel: ReactNode;
  /** Instead of picture and table, before anything can be asked. */
  readonly before?: ReactNode;
  /** Shaded on the axis of time. */
  readonly span?: Span | null;
  readonly onUnfold: (id: string) => void;
  readonly onColumn: (asset: string, column: string) => void;
  readonly onColumns: (asset: string) => void;
}

export function LineageFrame(props: LineageFrameProps) {
  const { place, name, model, error, path, panel } = props;
  const past = usePast();
  const navigate = useNavigate({ from: '/lineage' });
  const go = useGo();
  const clock = useClock(place, past, go);
  const narrow = useMedia(NARROW);
  const view = useView(place);
  const title = `${place.show ? TITLES[place.show] : 'Lineage of'} ${name}`;
  usePageTitle(title);
  useLineageKeys(place, go, clock.step);

  return (
    <div className={panel ? 'lin with-drawer' : 'lin'}>
      <section className="lin-main" aria-label="Lineage">
        <div className="lin-head">
          <div className="lin-title">
            <p className="crumb">
              <Link to="/lineage" search={{}}>
                Lineage
              </Link>
              <span aria-hidden="true">/</span>
              <span className="trunc">{props.namespace}</span>
            </p>
            <h1>
              <Breakable name={name} />
            </h1>
          </div>
          <div className="lc">
            <div className="seg" role="group" aria-label="What to show">
              {VIEWS.map(([show, words]) => (
                <button
                  key={words}
                  type="button"
                  aria-pressed={place.show === show}
                  data-show
                  onClick={() => go({ show, sel: undefined, open: undefined, cols: undefined })}
                >
                  {words}
                </button>
              ))}
            </div>
            {!narrow && (
              <div className="seg" role="group" aria-label="Show as">
                <button type="button" aria-pressed={view === 'graph'} onClick={() => go({ view: undefined })}>
                  <Icon name="lineage" small />
                  Graph
                </button>
                <button type="button" aria-pressed={view === 'table'} onClick={() => go({ view: 'table' })}>
                  <Icon name="table" small />
                  Table
                </button>
              </div>
            )}
          </div>
          {props.controls && <div className="lin-controls">{props.controls}</div>}
          {props.form}
          <div className="sum">{props.summary ?? ' '}</div>
        </div>
        {error && (
          <div className="lin-wait">
            <Failure error={error} {...(path !== null && { onRetry: () => retry(path) })} />
            {isPast(past) && (
              <button type="button" className="btn" onClick={() => go(NOW)}>
                Back to now
              </button>
            )}
          </div>
        )}
        {!error && props.before}
        {!error && !props.before && !model && (
          <div className="lin-wait">
            <Skeleton rows={8} what="the lineage" />
          </div>
        )}
        {!error && !props.before && model && view === 'graph' && (
          <LineageGraph
            model={model}
            marks={props.marks}
            selected={props.selected}
            chosen={props.chosen ?? null}
            label={`${title}. Arrow keys walk along the edges and down the columns.`}
            legend={props.legend}
            onSelect={(id) => go({ sel: id }, true)}
            onOpen={(id) => void navigate({ to: '/asset', search: { id } })}
            onUnfold={props.onUnfold}
            onColumn={props.onColumn}
            onColumns={props.onColumns}
          />
        )}
        {!error && !props.before && model && view === 'table' && <div className="twin">{props.table}</div>}
        <AsOfBar
          activity={clock.activity}
          by={clock.by}
          time={clock.time}
          past={isPast(past)}
          span={props.span ?? null}
          onBy={(by) => go({ by: by === 'recorded' ? 'recorded' : undefined })}
          onTime={clock.set}
          onNow={() => go(NOW)}
        />
        {props.pending && (
          <span className="sr" role="status">
            Loading
          </span>
        )}
      </section>
      {panel}
    </div>
  );
}

/** The drawer beside the graph is no dialog, so nobody else gives the focus back. */
export const focusOn = (id: string): void =>
  document.querySelector<HTMLElement>(`.lin-main [data-id="${CSS.escape(id)}"]`)?.focus();

/** Keys of this page, wherever on it the focus is. */
function useLineageKeys(place: LineagePlace, go: Go, stepTime: (way: 1 | -1) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      const way = { u: 'up', d: 'down' } as const;
      if (event.key === '[' || event.key === ']') stepTime(event.key === '[' ? -1 : 1);
      else if (event.key === 'u' || event.key === 'd') {
        if (place.show === 'blast' || place.show === 'path') return;
        go({ direction: place.direction === way[event.key] ? undefined : way[event.key] });
      } else if (event.key === 'b') go({ show: place.show === 'blast' ? undefined : 'blast', sel: undefined });
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [place.show, place.direction, go, stepTime]);
}
