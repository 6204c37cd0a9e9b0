import { ReactFlow, ReactFlowProvider, useReactFlow, type NodeTypes } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import { useMedia } from '../ui/media.ts';
import {
  AssetCard,
  Cards,
  GroupCard,
  LayerName,
  type AssetCardNode,
  type CardContext,
  type GroupCardNode,
  type LayerNode,
} from './cards.tsx';
import { EdgeLayer } from './edge-layer.tsx';
import type { GraphModel } from './graph-model.ts';
import type { Marks } from './marks.ts';
import { columnId, columnOfId } from './open-columns.ts';
import { sideAndAsset } from './picture.ts';
import { isArrow, step, type ArrowKey } from './walk.ts';

interface LineageGraphProps {
  readonly model: GraphModel;
  readonly marks: Marks;
  readonly selected: string | null;
  /** Id of the column whose ways are shown. */
  readonly chosen: string | null;
  readonly label: string;
  /** What the marks on it mean. */
  readonly legend: ReactNode;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onUnfold: (id: string) => void;
  readonly onColumn: (asset: string, column: string) => void;
  readonly onColumns: (asset: string) => void;
}

const NODE_TYPES: NodeTypes = { asset: AssetCard, more: GroupCard, layer: LayerName };
/** Below this nobody can read the names: then the home node is shown at a readable size instead of everything. */
const READABLE = 0.74;
const ZOOM = { min: 0.2, max: 1.6 };
const PADDING = 28;
/** Room for the names of the layers above and for the keys below. */
const LEGEND = 52;

export function LineageGraph(props: LineageGraphProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  );
}

function Graph({ model, marks, selected, chosen, label, legend, ...on }: LineageGraphProps) {
  const { onSelect, onOpen, onUnfold, onColumn, onColumns } = on;
  const flow = useReactFlow();
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const cameFrom = useRef<string | null>(null);
  const refocus = useRef<{ readonly asset: string; readonly id: string } | null>(null);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const [current, setCurrent] = useState(model.picture.root);
  const here = model.spots.has(current) ? current : model.picture.root;
  const names = useMemo(() => new Map(model.picture.nodes.map(({ id, name }) => [id, name])), [model]);

  const fit = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const { width, height } = model.layout;
    const room = { width: element.clientWidth - 2 * PADDING, height: element.clientHeight - 2 * PADDING - LEGEND };
    const zoom = Math.min(1, room.width / Math.max(1, width), room.height / Math.max(1, height));
    if (zoom >= READABLE) {
      void flow.setViewport({
        x: (element.clientWidth - width * zoom) / 2,
        y: (element.clientHeight - LEGEND - height * zoom) / 2 + 20,
        zoom,
      });
      return;
    }
    const home = model.boxes.get(model.picture.root);
    if (!home) return;
    const readable = Math.max(0.8, Math.min(1, room.height / Math.max(1, height)));
    void flow.setViewport({
      x: towards(home.x + home.width / 2, width, element.clientWidth, readable),
      y: towards(home.y + home.height / 2, height, element.clientHeight, readable) + 8,
      zoom: readable,
    });
  }, [flow, model]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // Only a change of width moves the picture: a notice that comes or goes should not.
    let before = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === before) return;
      before = element.clientWidth;
      fit();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [fit]);

  /** Moves the picture only if the node is not wholly on the screen. */
  const show = useCallback(
    (id: string) => {
      const node = model.spots.get(id);
      const element = box.current;
      if (!node || !element) return;
      const { x, y, zoom } = flow.getViewport();
      const left = node.x * zoom + x;
      const top = node.y * zoom + y;
      const inside =
        left >= 8 &&
        top >= 8 &&
        left + node.width * zoom <= element.clientWidth - 8 &&
        top + node.height * zoom <= element.clientHeight - 44;
      if (!inside) {
        void flow.setCenter(node.x + node.width / 2, node.y + node.height / 2, { zoom, duration: still ? 0 : 160 });
      }
    },
    [flow, model, still],
  );

  const chosenNode = useRef(selected);
  useEffect(() => {
    chosenNode.current = selected;
  });
  useEffect(() => {
    fit();
    // A link to what is chosen shows it, and not only where the picture begins.
    if (chosenNode.current !== null) show(chosenNode.current);
  }, [fit, show]);

  // What is chosen in the list beside it comes into view.
  const before = useRef(selected);
  useEffect(() => {
    if (before.current === selected) return;
    before.current = selected;
    if (selected !== null) show(selected);
  }, [selected, show]);

  /** The group goes away, so the focus moves to the asset it belongs to. */
  const unfold = (id: string) => {
    const of = sideAndAsset(id)?.of;
    if (of !== undefined) {
      wanted.current = of;
      setCurrent(of);
    }
    onUnfold(id);
  };

  // Going through time or turning the direction can take away the card that has the focus: the next one gets it.
  const inside = useRef(false);
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) {
      box.current?.querySelector<HTMLElement>('[data-id][tabindex="0"]')?.focus({ preventScroll: true });
    }
  }, [model]);

  const paths = useMemo(() => [...model.trails, ...model.ways], [model]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    if (!(event.target instanceof HTMLElement) || event.target.dataset['id'] === undefined) return;
    if (isArrow(event.key)) {
      event.preventDefault();
      const walk = (from: string) => step(model.stops, paths, from, event.key as ArrowKey, cameFrom.current);
      const asset = columnOfId(here)?.asset;
      // A column without ways on that side leads where its asset leads.
      const along = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
      const next = walk(here) ?? (along && asset !== undefined ? walk(asset) : null);
      if (next === null) return;
      cameFrom.current = here;
      wanted.current = next;
      setCurrent(next);
      show(next);
      if (names.has(next)) onSelect(next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const column = columnOfId(here);
      if (column) chooseColumn(column.asset, column.column);
      else if (names.has(here)) onOpen(here);
      else unfold(here);
    } else if (event.key === 'c') {
      const asset = columnOfId(here)?.asset ?? here;
      if (!names.has(asset)) return;
      event.preventDefault();
      // The row that has the focus may go away with the others.
      wanted.current = asset;
      setCurrent(asset);
      onColumns(asset);
    }
  };

  /** Another column is another picture, in which the focus stays on it. */
  const chooseColumn = (asset: string, column: string) => {
    const id = columnId(asset, column);
    setCurrent(id);
    refocus.current = { asset, id };
    onColumn(asset, column);
  };
  useEffect(() => {
    const next = refocus.current;
    // Of another asset it is another page: that takes the focus first, and gives it back here.
    if (!next || model.picture.root !== next.asset || !model.spots.has(next.id)) return;
    refocus.current = null;
    box.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(next.id)}"]`)?.focus({ preventScroll: true });
  }, [model]);

  // Of a chosen column its own ways stand out, unless something else was selected since.
  const lit = chosen !== null && selected === model.picture.root ? chosen : selected;
  const nodes = useMemo(() => flowNodes(model), [model]);
  const cards: CardContext = {
    model,
    marks,
    current: here,
    selected,
    chosen,
    names,
    onSelect,
    onUnfold: unfold,
    onColumn: chooseColumn,
    onColumns,
    onFocus: setCurrent,
    wanted,
  };
  return (
    <div
      className="canvas"
      ref={box}
      role="group"
      aria-label={label}
      onKeyDown={onKeyDown}
      onFocus={() => (inside.current = true)}
      onBlur={({ relatedTarget }) => (inside.current = relatedTarget === null)}
    >
      <Cards.Provider value={cards}>
        <ReactFlow
          nodes={nodes}
          edges={[]}
          nodeTypes={NODE_TYPES}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          minZoom={ZOOM.min}
          maxZoom={ZOOM.max}
          panOnScroll
          zoomOnDoubleClick={false}
          onlyRenderVisibleElements={false}
          attributionPosition="top-right"
        >
          <EdgeLayer model={model} marks={marks} selected={lit} current={here} onSelect={onSelect} />
        </ReactFlow>
      </Cards.Provider>
      <div className="graph-keys meta">{legend}</div>
      <div className="zoom">
        <button type="button" className="icon-btn" aria-label="Zoom in" onClick={() => void flow.zoomIn()}>
          <Icon name="plus" small />
        </button>
        <button type="button" className="icon-btn" aria-label="Zoom out" onClick={() => void flow.zoomOut()}>
          <Icon name="minus" small />
        </button>
        <button
          type="button"
          className="icon-btn"
          aria-label="Show the whole graph"
          onClick={() => void flow.fitView({ padding: 0.06, maxZoom: 1 })}
        >
          <Icon name="fit" small />
        </button>
      </div>
    </div>
  );
}

/** Offset that brings `middle` to the middle of the view, unless that would leave a side of the view empty. */
function towards(middle: number, length: number, view: number, zoom: number): number {
  const whole = length * zoom;
  if (whole <= view - 2 * PADDING) return (view - whole) / 2;
  return Math.min(PADDING, Math.max(view - PADDING - whole, view / 2 - middle * zoom));
}

function flowNodes({ picture, boxes }: GraphModel): (AssetCardNode | GroupCardNode | LayerNode)[] {
  const place = (id: string) => {
    const { x = 0, y = 0, width = 0, height = 0 } = boxes.get(id) ?? {};
    return { id, position: { x, y }, width, height, draggable: false, selectable: false, connectable: false };
  };
  const cards: (AssetCardNode | GroupCardNode)[] = [
    ...picture.nodes.map((node): AssetCardNode => ({ ...place(node.id), type: 'asset', data: { node } })),
    ...picture.groups.map((group): GroupCardNode => ({ ...place(group.id), type: 'more', data: { group } })),
  ];
  return [...cards, ...layerNames({ picture, boxes })];
}

/** Above each rank how far it is from the home node, in ranks. */
function layerNames({ picture, boxes }: Pick<GraphModel, 'picture' | 'boxes'>): readonly LayerNode[] {
  const home = boxes.get(picture.root)?.rank ?? 0;
  const ranks = new Map<number, { x: number; width: number }>();
  for (const { x, width, rank } of boxes.values()) {
    const before = ranks.get(rank);
    ranks.set(rank, { x, width: Math.max(width, before?.width ?? 0) });
  }
  return [...ranks].map(([rank, { x, width }]): LayerNode => {
    const away = rank - home;
    const words = away === 0 ? 'Here' : `${Math.abs(away)} ${away < 0 ? 'up' : 'down'}`;
    return {
      id: `layer ${rank}`,
      type: 'layer',
      position: { x, y: -30 },
      width,
      height: 18,
      data: { words, width },
      draggable: false,
      selectable: false,
      connectable: false,
    };
  });
}
