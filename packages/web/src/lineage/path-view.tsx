/** The shortest way between two assets, with the reason for each step. */
import { useMemo } from 'react';
import { query, useAnswer } from '../api/answer-store.ts';
import type { AssetPage, ColumnEdge, PathAnswer } from '../api/answers.ts';
import type { LineagePlace } from '../place.ts';
import { usePast, usePastWords } from '../shell/past.ts';
import { pathCommand } from '../text/command-line.ts';
import { count, figure, runsOrDesign } from '../text/wording.ts';
import { assetIcon, AssetMark, assetWord, Breakable } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { NOT_WIDE, useMedia } from '../ui/media.ts';
import { Repeat } from '../ui/repeat.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { SearchField } from '../ui/search-field.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { Time } from '../ui/time.tsx';
import { ColumnLegend } from './column-legend.tsx';
import { graphModel } from './graph-model.ts';
import { howWords } from './how.ts';
import { focusOn, LineageFrame, useGo } from './lineage-frame.tsx';
import { LineagePanel } from './lineage-panel.tsx';
import { NO_MARKS } from './marks.ts';
import { openColumns, openIds, wayId } from './open-columns.ts';
import { pathPicture } from './path-picture.ts';
import { hopsOf } from './picture.ts';

export function PathView({ asset, place }: { readonly asset: string; readonly place: LineagePlace }) {
  const past = usePast();
  const words = usePastWords();
  const go = useGo();
  const over = useMedia(NOT_WIDE);
  const { target } = place;
  const path = target === undefined ? null : query('/custody/v1/path', { from: asset, to: target, ...past });
  const { data, error, pending } = useAnswer<PathAnswer>(path);
  const answer = data?.from === asset && data.to === target ? data : null;
  const { model, opened } = useMemo(() => {
    if (!answer?.found) return { model: null, opened: new Set<string>() };
    const picture = pathPicture(answer);
    const ids = openIds(place.cols, picture, hopsOf(picture), []);
    const among = answer.steps.flatMap(({ columns }) => columns);
    return { model: graphModel(picture, openColumns(picture, ids, among)), opened: ids };
  }, [answer, place.cols]);

  const nameOf = (id: string) => answer?.nodes.find((node) => node.id === id)?.name ?? id.split(':').at(-1) ?? id;
  const name = nameOf(asset);
  const selected = place.sel === 'none' ? null : (place.sel ?? null);
  const select = (id: string) => go({ sel: id }, true);
  const command =
    answer && pathCommand({ from: asset, to: answer.to, at: answer.asOf.at, entries: answer.asOf.entries });
  const withSteps = selected === null && place.sel !== 'none' && !over;
  const column = (of: string, next: string) =>
    go({ show: undefined, target: undefined, asset: of, col: next, sel: undefined, cols: undefined });

  return (
    <LineageFrame
      place={place}
      name={name}
      namespace={asset.split(':').slice(1, -1).join(':')}
      summary={
        <>
          {target !== undefined && (
            <span>
              {words !== null && <strong>{words.charAt(0).toUpperCase() + words.slice(1)}: </strong>}
              {answer?.found
                ? `${count(answer.steps.length, 'step')} to ${nameOf(target)}.${answer.direction === 'up' ? ` The data flow the other way: from ${nameOf(target)} to ${name}.` : ''}`
                : `To ${nameOf(target)}.`}
            </span>
          )}
          {target !== undefined && (
            <button
              type="button"
              className="btn sm"
              onClick={() => go({ target: undefined, sel: undefined, cols: undefined })}
            >
              Another end
            </button>
          )}
          {target !== undefined && (
            <button
              type="button"
              className="btn sm"
              onClick={() => go({ asset: target, target: asset, sel: undefined, cols: undefined })}
            >
              Turn around
            </button>
          )}
        </>
      }
      error={error}
      path={path}
      pending={pending}
      model={model}
      marks={NO_MARKS}
      selected={selected}
      legend={<ColumnLegend ways={(model?.ways.length ?? 0) > 0} ended={false} />}
      before={
        target === undefined ? (
          <EndPicker asset={asset} q={place.q} onPick={(id) => go({ target: id, q: undefined, sel: undefined })} />
        ) : answer && !answer.found ? (
          <div className="lin-wait">
            <Empty title="No way is known between them">
              No chain of runs leads from one to the other, in either direction. An event that is not sent yet may be
              what is missing.
            </Empty>
          </div>
        ) : undefined
      }
      table={answer && <StepsTable answer={answer} nameOf={nameOf} selected={selected} onSelect={select} />}
      panel={
        answer && model && command ? (
          selected !== null ? (
            <LineagePanel
              model={model}
              asOf={answer.asOf}
              selected={selected}
              command={() => command}
              onSelect={select}
              onColumn={column}
              onCentre={(id) => go({ show: undefined, target: undefined, asset: id, sel: undefined })}
              onClose={() => {
                go({ sel: undefined }, true);
                focusOn(selected);
              }}
            />
          ) : withSteps ? (
            <SidePanel
              label="The way, step by step"
              crumb={<span>the shortest way</span>}
              title={count(answer.steps.length, 'step')}
              onClose={() => go({ sel: 'none' }, true)}
            >
              <div className="part">
                <h3>Step by step</h3>
                <Steps answer={answer} onSelect={select} />
              </div>
              <Repeat asOf={answer.asOf} command={command} />
            </SidePanel>
          ) : null
        ) : null
      }
      onUnfold={() => {}}
      onColumn={column}
      onColumns={(id) => {
        const next = opened.has(id) ? [...opened].filter((each) => each !== id) : [...opened, id];
        go({ cols: next.length === 0 ? ['none'] : next }, true);
      }}
    />
  );
}

function Steps({ answer, onSelect }: { readonly answer: PathAnswer; readonly onSelect: (id: string) => void }) {
  return (
    <ol className="tl">
      {answer.nodes.map((node, n) => {
        const step = answer.steps[n - 1];
        return (
          <li key={node.id}>
            <span className={n === 0 ? 'c-run' : 'c-idle'}>
              <Icon name={assetIcon(node)} />
            </span>
            <div>
              <button type="button" className="as-link" onClick={() => onSelect(node.id)}>
                <Breakable name={node.name} />
              </button>
              <span className="sub">
                {step ? (
                  <>
                    {runsOrDesign(step.edge.runs)}, <EntryLink index={step.edge.lastEntry} />
                    {step.columns.length > 0 && `, ${count(valueWays(step.columns).length, 'way')} between columns`}
                  </>
                ) : (
                  'where it begins'
                )}
              </span>
            </div>
            {step && <Time at={step.edge.lastAt} />}
          </li>
        );
      })}
    </ol>
  );
}

const valueWays = (columns: readonly ColumnEdge[]) => columns.filter(({ kind }) => kind !== 'rows');

interface StepsTableProps {
  readonly answer: PathAnswer;
  readonly nameOf: (id: string) => string;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

const NAMED = 6;

function StepsTable({ answer, nameOf, selected, onSelect }: StepsTableProps) {
  return (
    <table className="table top" onKeyDown={moveBetweenRows}>
      <caption>{count(answer.steps.length, 'step')}, in order</caption>
      <thead>
        <tr>
          <th scope="col" className="num ord">
            Step
          </th>
          <th scope="col">Why</th>
          <th scope="col" className="p2">
            Columns
          </th>
          <th scope="col" className="p2">
            Last
          </th>
          <th scope="col" className="num">
            Entry
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.steps.map(({ edge, columns }, n) => {
          const id = `${edge.from}>${edge.to}`;
          const isRead = edge.to.startsWith('job:');
          const ways = valueWays(columns);
          return (
            <tr key={id} className={id === selected ? 'sel' : undefined}>
              <td className="num ord ink3">{n + 1}</td>
              <td>
                <button type="button" className="as-link nm" data-row data-id={id} onClick={() => onSelect(id)}>
                  <Breakable name={nameOf(isRead ? edge.to : edge.from)} /> {isRead ? 'reads' : 'writes'}{' '}
                  <Breakable name={nameOf(isRead ? edge.from : edge.to)} />
                </button>
                <span className="sub">{runsOrDesign(edge.runs)}</span>
              </td>
              <td className="p2 ink2">
                {ways.length === 0 ? (
                  <span className="ink3">–</span>
                ) : (
                  <>
                    {ways.slice(0, NAMED).map((way) => (
                      <div key={wayId(way)} title={howWords(way)}>
                        <code>{way.from.column}</code> to <code>{way.to.column}</code>
                      </div>
                    ))}
                    {ways.length > NAMED && <span className="ink3">{figure(ways.length - NAMED)} more</span>}
                  </>
                )}
              </td>
              <td className="p2 ink2 nowrap">
                <Time at={edge.lastAt} />
              </td>
              <td className="num">
                <EntryLink index={edge.lastEntry} bare />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface EndPickerProps {
  readonly asset: string;
  readonly q: string | undefined;
  readonly onPick: (id: string) => void;
}

/** The other end of the path. */
function EndPicker({ asset, q, onPick }: EndPickerProps) {
  const past = usePast();
  const go = useGo();
  const { data } = useAnswer<AssetPage>(query('/custody/v1/assets', { q, limit: 50, ...past }));
  const items = (data?.items ?? []).filter(({ id }) => id !== asset);
  return (
    <div className="twin">
      <div className="end-picker">
        <h2>Where does the path lead?</h2>
        <SearchField
          label="Search for the other end"
          placeholder="Name, owner or tag"
          value={q ?? ''}
          onChange={(value) => go({ q: value === '' ? undefined : value }, true)}
        />
      </div>
      <table className="table" onKeyDown={moveBetweenRows}>
        <caption className="sr">Assets to choose as the other end</caption>
        <thead>
          <tr>
            <th scope="col">Asset</th>
            <th scope="col" className="p2">
              What it is
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.id}>
              <td>
                <span className="cell">
                  <AssetMark asset={each} />
                  <span className="min0">
                    <button type="button" className="nm as-link" data-row onClick={() => onPick(each.id)}>
                      <Breakable name={each.name} />
                    </button>
                    <span className="sub">
                      <Breakable name={each.namespace} />
                    </span>
                  </span>
                </span>
              </td>
              <td className="p2 ink2">{assetWord(each)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data && items.length === 0 && <p className="foot">Nothing matches.</p>}
      {data && data.total > data.items.length && (
        <p className="foot">
          The first {figure(data.items.length)} of {figure(data.total)}. Search for the others.
        </p>
      )}
    </div>
  );
}
