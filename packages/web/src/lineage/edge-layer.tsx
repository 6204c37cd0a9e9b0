import type { ColumnEnd } from '../api/answers.ts';
import { useStore, ViewportPortal } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { day } from '../text/wording.ts';
import { useReader } from '../ui/clock.ts';
import { segmentsOf, svgPath } from './edge-path.ts';
import type { GraphModel, PlacedTrail, PlacedWay } from './graph-model.ts';
import { howWords, markOf } from './how.ts';
import { endedLabels, type Marks } from './marks.ts';
import { edgeId } from './picture.ts';

interface EdgeLayerProps {
  readonly model: GraphModel;
  readonly marks: Marks;
  readonly selected: string | null;
  /** The column that has the focus: its ways stand out. */
  readonly current: string;
  readonly onSelect: (id: string) => void;
}

/** From here on edges are painted instead of being elements: the page stays quick, and edges are chosen in the table. */
const MOST_ELEMENTS = 300;

export function EdgeLayer(props: EdgeLayerProps) {
  const { model, marks } = props;
  const crowded = model.trails.length > MOST_ELEMENTS;
  // What a view points out is an element always: it is little, and it can be chosen.
  const drawn = crowded ? model.trails.filter(({ id }) => marks.edges.has(id)) : model.trails;
  return (
    <>
      {crowded && <PaintedEdges model={model} selected={props.selected} />}
      <DrawnEdges {...props} trails={drawn} />
    </>
  );
}

const isOn = (trail: Pick<PlacedTrail, 'id' | 'from' | 'to'>, selected: string | null) =>
  selected !== null && (trail.id === selected || trail.from === selected || trail.to === selected);

function DrawnEdges({
  model,
  marks,
  selected,
  current,
  onSelect,
  trails,
}: EdgeLayerProps & { readonly trails: readonly PlacedTrail[] }) {
  const reader = useReader();
  const edges = new Map(model.picture.edges.map((edge) => [edgeId(edge), edge]));
  const labels = endedLabels(model.picture.edges);
  const weight = (trail: PlacedTrail) => Number(marks.edges.has(trail.id)) + 2 * Number(isOn(trail, selected));
  const isMarked = ({ asset, column }: ColumnEnd) => column !== null && marks.columns.get(asset)?.has(column) === true;
  const isHit = ({ way }: PlacedWay) => isMarked(way.from) && isMarked(way.to);
  const lit = (way: PlacedWay) => isOn(way, selected) || isOn(way, current);
  return (
    <ViewportPortal>
      <svg
        className={model.ways.length > 0 ? 'edges with-ways' : 'edges'}
        width={model.layout.width}
        height={model.layout.height}
        aria-hidden="true"
      >
        {trails
          .toSorted((a, b) => weight(a) - weight(b))
          .map((trail) => {
            const path = svgPath(trail.place.points);
            const edge = edges.get(trail.id);
            const gap = marks.gaps.get(trail.id);
            const end = edge && labels.get(edge);
            const className = [
              'edge',
              isOn(trail, selected) && 'on',
              !edge && 'to-group',
              trail.place.reversed && 'back',
              edge?.endedAt && 'ended',
              marks.edges.get(trail.id),
            ];
            return (
              <g key={trail.id} className={className.filter(Boolean).join(' ')}>
                {edge && <path className="reach" d={path} onClick={() => onSelect(trail.id)} />}
                <path className="line" d={path} />
                <Head place={trail.place} />
                {edge?.endedAt && end && (
                  <EndedWords place={trail.place} end={end} words={`ended ${day(edge.endedAt, reader)}`} />
                )}
                {gap && gap.missing > 0 && <GapSign place={trail.place} words={gap.words} />}
              </g>
            );
          })}
        {model.ways
          .toSorted((a, b) => Number(lit(a)) - Number(lit(b)))
          .map((way) => (
            <Way key={way.id} way={way} on={lit(way)} hit={isHit(way)} onSelect={onSelect} />
          ))}
      </svg>
    </ViewportPortal>
  );
}

interface WayProps {
  readonly way: PlacedWay;
  readonly on: boolean;
  /** Both its ends stand out. */
  readonly hit: boolean;
  readonly onSelect: (id: string) => void;
}

/** A way between columns: dashed where it only decides about rows, with a mark for what becomes of the value. */
function Way({ way: { id, way, place }, on, hit, onSelect }: WayProps) {
  const path = svgPath(place.points);
  const mark = markOf(way);
  const start = place.reversed ? place.points.at(-1) : place.points[0];
  const end = place.reversed ? place.points[0] : place.points.at(-1);
  if (!start || !end) return null;
  const inwards = place.reversed ? 1 : -1;
  return (
    <g className={['edge way', way.kind === 'rows' && 'rows', hit && 'hit', on && 'on'].filter(Boolean).join(' ')}>
      <title>{`${way.from.column ?? 'its rows'} to ${way.to.column ?? 'which rows'}: ${howWords(way)}`}</title>
      <path className="reach" d={path} onClick={() => onSelect(id)} />
      <path className="line" d={path} />
      <circle className="port" cx={start.x} cy={start.y} r="2.5" />
      <circle className="port" cx={end.x} cy={end.y} r="2.5" />
      {mark && (
        <g className="how" transform={`translate(${end.x + inwards * 13} ${end.y})`}>
          {mark.shape === 'round' && <circle r="6.5" />}
          {mark.shape === 'masked' && <rect x="-6.5" y="-6.5" width="13" height="13" />}
          {mark.shape === 'unsure' && <path d="M0-8.5 8.5 0 0 8.5-8.5 0z" />}
          <text y="3.2" textAnchor="middle">
            {mark.sign}
          </text>
        </g>
      )}
    </g>
  );
}

/** An arrow head at the end where the data goes; on an edge that was turned around that is the left one. */
function Head({ place }: Pick<PlacedTrail, 'place'>) {
  const end = place.reversed ? place.points[0] : place.points.at(-1);
  if (!end) return null;
  const back = place.reversed ? 6 : -6;
  return <path className="head" d={`M${end.x} ${end.y}l${back} -3.2v6.4z`} />;
}

interface EndedWordsProps extends Pick<PlacedTrail, 'place'> {
  readonly end: 'from' | 'to';
  readonly words: string;
}

function EndedWords({ place, end, words }: EndedWordsProps) {
  const atLeft = (end === 'from') !== place.reversed;
  const point = atLeft ? place.points[0] : place.points.at(-1);
  if (!point) return null;
  return (
    <text
      className="ended-words"
      x={point.x + (atLeft ? 6 : -10)}
      y={point.y - 5}
      textAnchor={atLeft ? 'start' : 'end'}
    >
      {words}
    </text>
  );
}

function GapSign({ place, words }: Pick<PlacedTrail, 'place'> & { readonly words: string }) {
  const [, a, b] = place.points;
  if (!a || !b) return null;
  return (
    <g className="gap-on-edge" transform={`translate(${(a.x + b.x) / 2} ${(a.y + b.y) / 2})`}>
      <title>{words}</title>
      <path d="M0-6 7 6H-7z" />
      <path className="stroke" d="M0-2v3.4M0 3.6v.05" />
    </g>
  );
}

function PaintedEdges({ model, selected }: Pick<EdgeLayerProps, 'model' | 'selected'>) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [x, y, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);

  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const scale = devicePixelRatio;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const style = getComputedStyle(canvas);
    context.setTransform(scale * zoom, 0, 0, scale * zoom, scale * x, scale * y);
    for (const on of [false, true]) {
      context.strokeStyle = style.getPropertyValue(on ? 'border-top-color' : 'border-bottom-color');
      context.lineWidth = on ? 1.75 : 1.1;
      context.beginPath();
      for (const trail of model.trails) {
        if (isOn(trail, selected) !== on) continue;
        const [first] = trail.place.points;
        if (!first) continue;
        context.moveTo(first.x, first.y);
        for (const { from, to, bend } of segmentsOf(trail.place.points)) {
          if (bend === 0) context.lineTo(to.x, to.y);
          else context.bezierCurveTo(from.x + bend, from.y, to.x - bend, to.y, to.x, to.y);
        }
      }
      context.stroke();
    }
  }, [model, selected, x, y, zoom, width, height]);
  return <canvas ref={ref} className="edges-painted" style={{ width, height }} aria-hidden="true" />;
}
