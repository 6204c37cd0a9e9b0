import { createContext, useContext, useEffect, useRef } from 'react';
import type { NodeProps, Node } from '@xyflow/react';
import type { LineageNode } from '../api/answers.ts';
import { count, day, figure, moment } from '../text/wording.ts';
import { assetWord, AssetMark, shortName } from '../ui/asset-name.tsx';
import { useReader } from '../ui/clock.ts';
import { Icon } from '../ui/icon.tsx';
import { RUN_STATES } from '../ui/status.tsx';
import { hopWords, type GraphModel } from './graph-model.ts';
import type { Marks } from './marks.ts';
import { columnId } from './open-columns.ts';
import type { Group } from './picture.ts';

/** What every card needs to know of the graph around it. */
export interface CardContext {
  readonly model: GraphModel;
  readonly marks: Marks;
  /** The one thing that Tab reaches: a card or a column on it; arrows move on from there. */
  readonly current: string;
  readonly selected: string | null;
  /** The column whose ways are shown. */
  readonly chosen: string | null;
  readonly names: ReadonlyMap<string, string>;
  readonly onSelect: (id: string) => void;
  readonly onUnfold: (id: string) => void;
  readonly onColumn: (asset: string, column: string) => void;
  readonly onColumns: (asset: string) => void;
  readonly onFocus: (id: string) => void;
  /** Set when an arrow moved there: it takes the focus as soon as it is drawn. */
  readonly wanted: { current: string | null };
}

export const Cards = createContext<CardContext | null>(null);

function useCards(): CardContext {
  const cards = useContext(Cards);
  if (!cards) throw new Error('A card is drawn only within a graph.');
  return cards;
}

function useFocusWhenWanted(id: string, { wanted, current }: CardContext) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (wanted.current !== id || current !== id) return;
    wanted.current = null;
    ref.current?.focus({ preventScroll: true });
  });
  return ref;
}

export type AssetCardNode = Node<{ readonly node: LineageNode }, 'asset'>;

/** Names in a series differ at their end, so a long one is cut before its last letters. */
const TAIL = 4;

export function AssetCard({ data: { node } }: NodeProps<AssetCardNode>) {
  const cards = useCards();
  const { model, marks } = cards;
  const mark = marks.cards.get(node.id);
  const selected = node.id === cards.selected;
  const classes = [
    'card',
    node.kind,
    node.id === model.picture.root && 'home',
    selected && 'sel',
    mark && `m-${mark.look}`,
  ];
  const rows = model.columns.rows.get(node.id);
  const reached = marks.columns.get(node.id);
  return (
    <div className={classes.filter(Boolean).join(' ')}>
      <CardHead node={node} />
      {node.kind === 'dataset' && (node.columnCount ?? 0) > 0 && (
        <button
          type="button"
          className="card-open"
          tabIndex={-1}
          aria-expanded={rows !== undefined}
          aria-label={`${count(node.columnCount ?? 0, 'column')} of ${node.name}`}
          onClick={() => cards.onColumns(node.id)}
        >
          <Icon name={rows ? 'down' : 'right'} small />
        </button>
      )}
      {rows && (
        <ul className="card-rows">
          {rows.shown.map((column) => (
            <li key={column}>
              <ColumnRow node={node} column={column} reached={reached?.has(column) ?? false} />
            </li>
          ))}
          {rows.more > 0 && (
            <li className="card-row more">
              {figure(rows.more)} {rows.shown.length === 0 ? (rows.more === 1 ? 'column' : 'columns') : 'more'}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function CardHead({ node }: { readonly node: LineageNode }) {
  const cards = useCards();
  const { model, marks } = cards;
  const reader = useReader();
  const ref = useFocusWhenWanted(node.id, cards);
  const mark = marks.cards.get(node.id);
  const gap = marks.gaps.get(node.id);
  const bad = node.lastState === 'FAIL' || node.lastState === 'ABORT';
  const state = node.kind === 'job' && node.lastState ? RUN_STATES[node.lastState] : null;
  const [last, before] = shortName(node);
  const label = [
    node.name,
    assetWord(node),
    hopWords(model.hops.get(node.id)),
    mark?.words,
    gap?.words,
    state && `last run ${state.word}`,
    `last seen ${moment(node.lastAt, reader)}`,
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <button
      ref={ref}
      type="button"
      className="card-head"
      data-id={node.id}
      tabIndex={node.id === cards.current ? 0 : -1}
      aria-label={label}
      aria-current={node.id === cards.selected ? 'true' : undefined}
      onClick={() => cards.onSelect(node.id)}
      onFocus={() => cards.onFocus(node.id)}
    >
      <AssetMark asset={node} />
      <span className="min0">
        <span className={gap && gap.missing > 0 ? 'card-name with-gap' : 'card-name'} title={node.name}>
          <span className="trunc">{last.slice(0, -TAIL)}</span>
          <span>{last.slice(-TAIL)}</span>
        </span>
        {node.kind === 'dataset' && (
          <span className="card-sub trunc">
            {mark ? (
              <span className={`card-mark c-${mark.tone}`}>
                <Icon name={mark.icon} small /> {mark.words}
              </span>
            ) : before === '' ? (
              `${assetWord(node)} · ${day(node.lastAt, reader)}`
            ) : (
              `${before} · ${assetWord(node)}`
            )}
          </span>
        )}
      </span>
      <span className="card-signs">
        {gap && gap.missing > 0 && (
          <span className="gap-sign" title={gap.words}>
            <Icon name="warn" small />
            {gap.missing}
          </span>
        )}
        {node.kind === 'job' && mark && (
          <span className={`c-${mark.tone}`}>
            <Icon name={mark.icon} />
          </span>
        )}
        {state && bad && !mark && (
          <span className={`c-${state.tone}`}>
            <Icon name={state.icon} />
          </span>
        )}
      </span>
    </button>
  );
}

interface ColumnRowProps {
  readonly node: LineageNode;
  readonly column: string;
  readonly reached: boolean;
}

function ColumnRow({ node, column, reached }: ColumnRowProps) {
  const cards = useCards();
  const id = columnId(node.id, column);
  const ref = useFocusWhenWanted(id, cards);
  const chosen = cards.chosen === id;
  return (
    <button
      ref={ref}
      type="button"
      className={['card-row', reached && 'hit', chosen && 'chosen'].filter(Boolean).join(' ')}
      data-id={id}
      tabIndex={id === cards.current ? 0 : -1}
      aria-pressed={chosen}
      aria-label={`column ${column} of ${node.name}${reached ? ', reached' : ''}`}
      title={column}
      onClick={() => cards.onColumn(node.id, column)}
      onFocus={() => cards.onFocus(id)}
    >
      {column}
    </button>
  );
}

export type GroupCardNode = Node<{ readonly group: Group }, 'more'>;

export function GroupCard({ data: { group } }: NodeProps<GroupCardNode>) {
  const cards = useCards();
  const ref = useFocusWhenWanted(group.id, cards);
  const name = cards.names.get(group.of) ?? group.of;
  return (
    <button
      ref={ref}
      type="button"
      className="card group"
      data-id={group.id}
      tabIndex={group.id === cards.current ? 0 : -1}
      aria-label={`${figure(group.count)} more ${group.side === 'up' ? 'upstream' : 'downstream'} of ${name}, unfold`}
      onClick={() => cards.onUnfold(group.id)}
      onFocus={() => cards.onFocus(group.id)}
    >
      {figure(group.count)} more
    </button>
  );
}

export type LayerNode = Node<{ readonly words: string; readonly width: number }, 'layer'>;

export function LayerName({ data: { words, width } }: NodeProps<LayerNode>) {
  return (
    <span className="layer-name" style={{ width }} aria-hidden="true">
      {words}
    </span>
  );
}
