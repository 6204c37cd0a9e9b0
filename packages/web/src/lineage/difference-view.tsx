/** What is different around an asset between two times. */
import { useEffect, useMemo, useState, type FormEvent } from 'react';
import { query, useAnswer } from '../api/answer-store.ts';
import type { DifferenceAnswer, Lineage } from '../api/answers.ts';
import type { LineagePlace } from '../place.ts';
import { pastWords } from '../shell/past-words.ts';
import { usePast, usePastWords } from '../shell/past.ts';
import { differenceCommand } from '../text/command-line.ts';
import { fieldValue } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { useReader } from '../ui/clock.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { Repeat } from '../ui/repeat.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { NOT_WIDE, useMedia } from '../ui/media.ts';
import { CHANGES, changeWords, differenceMarks, differenceWords } from './difference-marks.ts';
import { DifferenceTable } from './difference-table.tsx';
import { graphModel } from './graph-model.ts';
import { Depth, Direction } from './lineage-controls.tsx';
import { focusOn, LineageFrame, useGo } from './lineage-frame.tsx';
import { LineagePanel } from './lineage-panel.tsx';
import { NO_MARKS } from './marks.ts';
import { openColumns, openIds } from './open-columns.ts';
import { hopsOf, MOST_NODES, pictureOf } from './picture.ts';
import { timeFromField } from './time-field.ts';

const DEPTH = 6;

export function DifferenceView({ asset, place }: { readonly asset: string; readonly place: LineagePlace }) {
  const past = usePast();
  const words = usePastWords();
  const go = useGo();
  const reader = useReader();
  const over = useMedia(NOT_WIDE);
  const direction: Lineage['direction'] = place.direction ?? 'both';
  const depth = place.depth ?? DEPTH;
  const { from, fromKnown } = place;
  const asked = from !== undefined || fromKnown !== undefined;
  const around = { asset, direction, depth };
  const path = asked ? query('/custody/v1/difference', { ...around, from, fromKnown, ...past }) : null;
  const { data, error, pending } = useAnswer<DifferenceAnswer>(path);
  const picture = { ...around, limit: MOST_NODES };
  const open = useMemo(() => place.open ?? [], [place.open]);
  const answer = asked && data?.root === asset ? data : null;
  // It may have come or gone in between: of a time that does not know it nothing is asked.
  const isIn = (list: readonly { readonly id: string }[]) => list.some(({ id }) => id === asset);
  const later = useAnswer<Lineage>(
    !asked || (answer && !isIn(answer.assetsGone)) ? query('/custody/v1/lineage', { ...picture, ...past }) : null,
  );
  const earlier = useAnswer<Lineage>(
    answer && !isIn(answer.assetsAdded)
      ? query('/custody/v1/lineage', { ...picture, at: from, known: fromKnown ?? past.known })
      : null,
  );
  const now = later.error ? null : later.data;
  const then = earlier.error ? null : earlier.data;

  const { model, opened } = useMemo(() => {
    const main = now ?? then;
    if (!answer || !main) return { model: null, opened: new Set<string>() };
    const touched = new Set([
      ...[...answer.assetsAdded, ...answer.assetsGone].map(({ id }) => id),
      ...answer.changed.map((each) => each.asset.id),
      ...[...answer.edgesAdded, ...answer.edgesGone].flatMap((edge) => [edge.from, edge.to]),
    ]);
    const both = pictureOf(main, main === now && then ? [then] : [], open, touched);
    const ids = openIds(place.cols, both, hopsOf(both), []);
    return { model: graphModel(both, openColumns(both, ids, [])), opened: ids };
  }, [answer, now, then, open, place.cols]);
  const marks = useMemo(() => (answer ? differenceMarks(answer) : NO_MARKS), [answer]);

  const nodes = model?.picture.nodes ?? now?.nodes ?? [];
  const home = nodes.find(({ id }) => id === asset);
  const name = home?.name ?? asset.split(':').at(-1) ?? asset;
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  const selected = place.sel === 'none' ? null : (place.sel ?? null);
  const select = (id: string) => go({ sel: id }, true);
  const command =
    answer &&
    differenceCommand({
      ...around,
      from: from ?? null,
      fromKnown: fromKnown ?? null,
      at: answer.asOf.at,
      entries: answer.asOf.entries,
    });
  const about = (id: string) => {
    const change = answer?.changed.find((each) => each.asset.id === id);
    const mark = marks.cards.get(id);
    const edge = marks.edges.get(id);
    if (change) {
      return (
        <div className="part">
          <h3>What changed</h3>
          <ul className="ends">
            {changeWords(change).map((line) => (
              <li key={line} className="break">
                {line}
              </li>
            ))}
          </ul>
        </div>
      );
    }
    const how = mark?.look ?? edge;
    return (
      <div className="part">
        <h3>What changed</h3>
        <p className="ink2">
          {how === 'added'
            ? 'It came into this lineage between the two times.'
            : how === 'gone'
              ? 'It went out of this lineage between the two times.'
              : 'Nothing of it is different.'}
        </p>
      </div>
    );
  };
  const withSummary = selected === null && place.sel !== 'none' && !over;

  return (
    <LineageFrame
      place={place}
      name={name}
      namespace={home?.namespace ?? asset.split(':').slice(1, -1).join(':')}
      controls={
        <>
          <Direction place={place} onGo={go} />
          <Depth depth={depth} onGo={go} />
        </>
      }
      form={
        <EarlierForm
          from={from}
          at={past.at}
          onAsk={(time) => go({ from: time, fromKnown: undefined, sel: undefined })}
        />
      }
      summary={
        answer && (
          <>
            <span>
              <strong>
                {pastWords({ at: from ?? null, known: fromKnown ?? null }, reader)} to {words ?? 'now'}:{' '}
              </strong>
              {differenceWords(answer)}
            </span>
            {!withSummary && selected === null && (
              <button type="button" className="btn sm" onClick={() => go({ sel: asset }, true)}>
                Repeat it
              </button>
            )}
          </>
        )
      }
      error={error ?? (now === null && then === null ? later.error : null)}
      path={path}
      pending={pending || later.pending || earlier.pending}
      model={model}
      marks={marks}
      selected={selected}
      legend={<DifferenceLegend />}
      before={
        asked ? undefined : (
          <div className="lin-wait">
            <Empty title="Which time is it compared with?">
              Give an earlier time above. You then see what came, went and changed since.
            </Empty>
          </div>
        )
      }
      table={answer && <DifferenceTable answer={answer} names={names} selected={selected} onSelect={select} />}
      panel={
        model && answer && command ? (
          selected !== null ? (
            <LineagePanel
              model={model}
              marks={marks}
              asOf={answer.asOf}
              selected={selected}
              about={about}
              command={() => command}
              onSelect={select}
              onColumn={(of, column) => go({ show: undefined, asset: of, col: column, sel: undefined })}
              onCentre={(id) => go({ asset: id, sel: undefined, open: undefined })}
              onClose={() => {
                go({ sel: undefined }, true);
                focusOn(selected);
              }}
            />
          ) : withSummary ? (
            <SidePanel
              label="The difference"
              crumb={<span>between two times</span>}
              title={differenceWords(answer)}
              onClose={() => go({ sel: 'none' }, true)}
            >
              {answer.changed.length > 0 && (
                <div className="part">
                  <h3>Changed</h3>
                  <ul className="ends">
                    {answer.changed.map((each) => (
                      <li key={each.asset.id}>
                        <button type="button" className="as-link nm" onClick={() => select(each.asset.id)}>
                          {each.asset.name}
                        </button>
                        {changeWords(each).map((line) => (
                          <span key={line} className="sub break">
                            {line}
                          </span>
                        ))}
                      </li>
                    ))}
                  </ul>
                </div>
              )}
              <Repeat asOf={answer.asOf} command={command} />
            </SidePanel>
          ) : null
        ) : null
      }
      span={null}
      onUnfold={(id) => {
        go({ open: [...open.filter((each) => each !== id), id] });
        announce('Unfolded');
      }}
      onColumn={(of, column) => go({ show: undefined, asset: of, col: column, sel: undefined, cols: undefined })}
      onColumns={(id) => {
        const next = opened.has(id) ? [...opened].filter((each) => each !== id) : [...opened, id];
        go({ cols: next.length === 0 ? ['none'] : next }, true);
      }}
    />
  );
}

interface EarlierFormProps {
  readonly from: string | undefined;
  /** The later of the two times; null is now. */
  readonly at: string | null;
  readonly onAsk: (from: string | undefined) => void;
}

const STEPS = [
  [1, 'A day earlier'],
  [7, 'A week earlier'],
  [28, 'Four weeks earlier'],
] as const;

function EarlierForm({ from, at, onAsk }: EarlierFormProps) {
  const given = from === undefined ? '' : fieldValue(from);
  const [draft, setDraft] = useState(given);
  useEffect(() => setDraft(given), [given]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(draft === given ? from : timeFromField(draft));
  };
  const before = (days: number) =>
    new Date(
      (at === null ? Math.floor(Date.now() / 60_000) * 60_000 : Date.parse(at)) - days * 86_400_000,
    ).toISOString();
  return (
    <form className="ask" onSubmit={submit} aria-label="Which time it is compared with">
      <div className="field">
        <label htmlFor="earlier">Compared with</label>
        <input
          id="earlier"
          className="input"
          type="datetime-local"
          value={draft}
          onChange={({ target }) => setDraft(target.value)}
        />
      </div>
      <button type="submit" className="btn">
        Show
      </button>
      {STEPS.map(([days, words]) => (
        <button key={days} type="button" className="btn quiet" onClick={() => onAsk(before(days))}>
          {words}
        </button>
      ))}
    </form>
  );
}

function DifferenceLegend() {
  return (
    <>
      <ul className="legend" aria-label="Marks of the difference">
        {Object.values(CHANGES).map(({ icon, word }) => (
          <li key={word}>
            <Icon name={icon} small /> {word}
          </li>
        ))}
        <li>
          <svg width="20" height="8" aria-hidden="true">
            <path d="M0 4h20" stroke="currentColor" strokeWidth="2.5" />
          </svg>
          edge came
        </li>
        <li>
          <svg width="20" height="8" aria-hidden="true">
            <path d="M0 4h20" stroke="currentColor" strokeDasharray="2 4" />
          </svg>
          edge went
        </li>
      </ul>
      <span className="graph-hint" aria-hidden="true">
        <kbd>←</kbd> <kbd>→</kbd> along an edge <kbd>Enter</kbd> open
      </span>
    </>
  );
}
