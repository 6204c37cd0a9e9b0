/** What an asset that was bad for a while has reached, and what not. */
import { useMemo } from 'react';
import { query, useAnswer } from '../api/answer-store.ts';
import type { Blast, GapsAnswer, Lineage } from '../api/answers.ts';
import type { LineagePlace } from '../place.ts';
import { usePast, usePastWords } from '../shell/past.ts';
import { count, figure } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { useReader } from '../ui/clock.ts';
import { NOT_WIDE, useMedia } from '../ui/media.ts';
import { Badge } from '../ui/status.tsx';
import { BlastForm } from './blast-form.tsx';
import { blastMarks } from './blast-marks.ts';
import { AboutReached, BlastList, commandOf } from './blast-panel.tsx';
import { BlastTable } from './blast-table.tsx';
import { reachedCounts, reachedWords, windowWords } from './blast-words.ts';
import { DashedLine } from './column-legend.tsx';
import { gapMarks } from './gap-marks.ts';
import { graphModel } from './graph-model.ts';
import { Toggle } from './lineage-controls.tsx';
import { focusOn, LineageFrame, useGo } from './lineage-frame.tsx';
import { LineagePanel } from './lineage-panel.tsx';
import { NO_MARKS } from './marks.ts';
import { openColumns, openIds } from './open-columns.ts';
import { hopsOf, MOST_NODES, pictureOf } from './picture.ts';

/** How far the picture goes down; the answer itself goes all the way. */
const PICTURE_DEPTH = 100;
/** Up to here the columns that were reached are named on the cards, so many on each. */
const WITH_COLUMNS = 16;
const NAMED_COLUMNS = 5;

export function BlastView({ asset, place }: { readonly asset: string; readonly place: LineagePlace }) {
  const past = usePast();
  const go = useGo();
  const reader = useReader();
  const over = useMedia(NOT_WIDE);
  const around = query('/custody/v1/lineage', {
    asset,
    direction: 'down',
    depth: PICTURE_DEPTH,
    limit: MOST_NODES,
    columns: 'true',
    // An edge along which it went may have ended since.
    ended: 'true',
    ...past,
  });
  const lineage = useAnswer<Lineage>(around);
  const path = query('/custody/v1/blast', {
    asset,
    column: place.col,
    version: place.version,
    from: place.from,
    to: place.to,
    ...past,
  });
  const { data, error, pending } = useAnswer<Blast>(path);
  const gaps = useAnswer<GapsAnswer>(
    place.gaps === 'show' ? query('/custody/v1/gaps', { asset, direction: 'down', ...past }) : null,
  );
  const open = useMemo(() => place.open ?? [], [place.open]);
  const main = lineage.data?.root === asset ? lineage.data : null;
  const answer = data?.root === asset ? data : null;

  const { model, opened } = useMemo(() => {
    if (!main || !answer) return { model: null, opened: new Set<string>() };
    const reached = new Map(answer.touched.map((touched) => [touched.id, touched]));
    const picture = pictureOf(main, [], open, new Set(reached.keys()));
    const touched = picture.nodes.filter(({ id, kind }) => kind === 'dataset' && (id === asset || reached.has(id)));
    const unless = touched.length <= WITH_COLUMNS ? touched.map(({ id }) => id) : [];
    const ids = openIds(place.cols, picture, hopsOf(picture), unless);
    const only = new Map(
      picture.nodes.map(({ id, columns }) => [
        id,
        new Set(
          id === asset ? (answer.columns ?? columns) : (reached.get(id)?.columns ?? (reached.has(id) ? columns : [])),
        ),
      ]),
    );
    return {
      model: graphModel(picture, openColumns(picture, ids, main.columnEdges, only, NAMED_COLUMNS)),
      opened: ids,
    };
  }, [main, answer, open, place.cols, asset]);
  const marks = useMemo(() => {
    if (!model || !answer) return NO_MARKS;
    const reached = blastMarks(answer, model.picture, reader);
    return gaps.data && place.gaps === 'show' ? { ...reached, gaps: gapMarks(gaps.data) } : reached;
  }, [model, answer, reader, gaps.data, place.gaps]);

  const home = main?.nodes.find(({ id }) => id === asset);
  const name = home?.name ?? asset.split(':').at(-1) ?? asset;
  const selected = place.sel === 'none' ? null : (place.sel ?? null);
  const select = (id: string) => go({ sel: id }, true);
  const touchedIds = new Set(answer?.touched.map(({ id }) => id));
  const apart = (main?.nodes ?? []).filter(({ id, kind }) => id !== asset && kind === 'dataset' && !touchedIds.has(id));
  const toggleColumns = (id: string) => {
    const next = opened.has(id) ? [...opened].filter((each) => each !== id) : [...opened, id];
    go({ cols: next.length === 0 ? ['none'] : next }, true);
  };
  const unfold = (id: string) => {
    go({ open: [...open.filter((each) => each !== id), id] });
    announce('Unfolded');
  };
  // With room the list stands beside the graph; without, it waits to be asked for.
  const withList = selected === null && place.sel !== 'none' && !over;

  return (
    <LineageFrame
      place={place}
      name={name}
      namespace={home?.namespace ?? asset.split(':').slice(1, -1).join(':')}
      form={
        <BlastForm
          place={place}
          isJob={home?.kind === 'job'}
          columns={home?.columns ?? []}
          onAsk={(asked) => go({ ...asked, sel: undefined, open: undefined })}
        />
      }
      summary={
        answer && (
          <>
            <Summary answer={answer} apart={apart.length} atLeast={(main?.omitted ?? 0) > 0} />
            <Toggle
              on={place.gaps === 'show'}
              onToggle={() => go({ gaps: place.gaps === 'show' ? undefined : 'show' }, true)}
            >
              Gaps
            </Toggle>
            {!withList && selected === null && (
              <button type="button" className="btn sm" onClick={() => go({ sel: asset }, true)}>
                Repeat it
              </button>
            )}
            {open.length > 0 && (
              <button type="button" className="btn sm" onClick={() => go({ open: undefined })}>
                Fold again
              </button>
            )}
          </>
        )
      }
      error={error ?? lineage.error}
      path={error ? path : around}
      pending={pending || lineage.pending}
      model={model}
      marks={marks}
      selected={selected}
      legend={<BlastLegend />}
      table={answer && <BlastTable answer={answer} apart={apart} selected={selected} onSelect={select} />}
      panel={
        answer && model ? (
          selected !== null ? (
            <LineagePanel
              model={model}
              marks={marks}
              asOf={answer.asOf}
              selected={selected}
              about={(id) =>
                id.includes('>') ? null : (
                  <AboutReached
                    answer={answer}
                    id={id}
                    rootName={name}
                    onSelect={select}
                    onAll={() => go({ sel: undefined }, true)}
                  />
                )
              }
              command={() => commandOf(answer)}
              onSelect={select}
              onColumn={(of, column) => go({ asset: of, col: column, sel: undefined })}
              onCentre={(id) => go({ asset: id, col: undefined, version: undefined, sel: undefined, open: undefined })}
              onClose={() => {
                go({ sel: undefined }, true);
                focusOn(selected);
              }}
            />
          ) : withList ? (
            <BlastList answer={answer} name={name} onSelect={select} onClose={() => go({ sel: 'none' }, true)} />
          ) : null
        ) : null
      }
      span={
        place.from === undefined && place.to === undefined
          ? null
          : {
              from: place.from ?? null,
              to: place.to ?? null,
              words: `bad ${windowWords(place.from ?? null, place.to ?? null, reader)}`,
            }
      }
      onUnfold={unfold}
      onColumn={(of, column) => {
        if (of === asset) go({ col: column === place.col ? undefined : column });
        else select(of);
      }}
      onColumns={toggleColumns}
    />
  );
}

interface SummaryProps {
  readonly answer: Blast;
  readonly apart: number;
  readonly atLeast: boolean;
}

function Summary({ answer, apart, atLeast }: SummaryProps) {
  const words = usePastWords();
  const { sure, perhaps } = reachedCounts(answer);
  const held = sure + perhaps;
  const tone = held === 0 ? 'idle' : sure === 0 ? 'warn' : 'bad';
  return (
    <>
      <Badge tone={tone} icon={held === 0 ? 'ok' : sure === 0 ? 'unknown' : 'bad'}>
        {(sure > 0 || perhaps === 0) && `reached ${figure(sure)}`}
        {sure > 0 && perhaps > 0 && ', '}
        {perhaps > 0 && `perhaps ${figure(perhaps)}`} of {atLeast ? 'more than ' : ''}
        {figure(held + apart)}
      </Badge>
      <span>
        {words !== null && <strong>{words.charAt(0).toUpperCase() + words.slice(1)}: </strong>}
        {reachedWords(answer)}
        {apart > 0 && ` ${count(apart, 'other dataset')} downstream ${apart === 1 ? 'does' : 'do'} not.`}
        {answer.from === null && answer.to === null && answer.version === null && (
          <> Say since when it was bad: the narrower the time, the fewer are named.</>
        )}
      </span>
    </>
  );
}

function BlastLegend() {
  return (
    <>
      <ul className="legend" aria-label="Marks of the blast radius">
        <li>
          <svg width="20" height="8" aria-hidden="true" className="c-bad">
            <path d="M0 4h20" stroke="currentColor" strokeWidth="2" />
          </svg>
          reached
        </li>
        <li>
          <span className="c-bad">
            <DashedLine />
          </span>
          perhaps
        </li>
        <li>
          <svg width="18" height="12" aria-hidden="true">
            <rect x="1" y="1" width="16" height="10" rx="3" fill="none" stroke="currentColor" strokeDasharray="3 2" />
          </svg>
          not reached
        </li>
      </ul>
      <span className="graph-hint" aria-hidden="true">
        <kbd>←</kbd> <kbd>→</kbd> along an edge <kbd>c</kbd> columns <kbd>Enter</kbd> open
      </span>
    </>
  );
}
