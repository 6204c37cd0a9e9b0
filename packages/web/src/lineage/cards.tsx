import { createContext, useContext, useEffect, useRef } from 'react';
import type { NodeProps, Node } from '@xyflow/react';
import type { LineageNode } from '../api/answers.ts';
import { day, figure, moment } from '../text/wording.ts';
import { assetWord, AssetMark, shortName } from '../ui/asset-name.tsx';
import { useReader } from '../ui/clock.ts';
import { Icon } from '../ui/icon.tsx';
import { RUN_STATES } from '../ui/status.tsx';
import { columnsOf } from './card.ts';
import { hopWords } from './graph-model.ts';
import type { Group } from './picture.ts';

/** What every card needs to know of the graph around it. */
export interface CardContext {
  readonly root: string;
  /** The one card that Tab reaches; arrows move on from there. */
  readonly current: string;
  readonly selected: string | null;
  readonly withColumns: boolean;
  readonly hops: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<string, string>;
  readonly onSelect: (id: string) => void;
  readonly onUnfold: (id: string) => void;
  readonly onFocus: (id: string) => void;
  /** Set when an arrow moved there: the card takes the focus as soon as it is drawn. */
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
  const reader = useReader();
  const ref = useFocusWhenWanted(node.id, cards);
  const bad = node.lastState === 'FAIL' || node.lastState === 'ABORT';
  const state = node.kind === 'job' && node.lastState ? RUN_STATES[node.lastState] : null;
  const { shown, more } = columnsOf(node);
  const [last, before] = shortName(node);
  const hops = cards.hops.get(node.id);
  const label = [
    node.name,
    assetWord(node),
    hopWords(hops),
    state && `last run ${state.word}`,
    `last seen ${moment(node.lastAt, reader)}`,
  ]
    .filter(Boolean)
    .join(', ');
  const classes = ['card', node.kind, node.id === cards.root && 'home', node.id === cards.selected && 'sel'];
  return (
    <button
      ref={ref}
      type="button"
      className={classes.filter(Boolean).join(' ')}
      data-id={node.id}
      tabIndex={node.id === cards.current ? 0 : -1}
      aria-label={label}
      aria-current={node.id === cards.selected ? 'true' : undefined}
      onClick={() => cards.onSelect(node.id)}
      onFocus={() => cards.onFocus(node.id)}
    >
      <span className="card-head">
        <AssetMark asset={node} />
        <span className="min0">
          <span className="card-name" title={node.name}>
            <span className="trunc">{last.slice(0, -TAIL)}</span>
            <span>{last.slice(-TAIL)}</span>
          </span>
          {node.kind === 'dataset' && (
            <span className="card-sub trunc">
              {before === '' ? `${assetWord(node)} · ${day(node.lastAt, reader)}` : `${before} · ${assetWord(node)}`}
            </span>
          )}
        </span>
        {state && bad && (
          <span className={`c-${state.tone}`}>
            <Icon name={state.icon} />
          </span>
        )}
      </span>
      {cards.withColumns && node.kind === 'dataset' && shown.length > 0 && (
        <span className="card-rows">
          {shown.map((column) => (
            <span key={column} className="card-row trunc">
              {column}
            </span>
          ))}
          {more > 0 && <span className="card-row more">{figure(more)} more</span>}
        </span>
      )}
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
