import { useStore, ViewportPortal } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { segmentsOf, svgPath } from './edge-path.ts';
import type { GraphModel } from './graph-model.ts';

interface EdgeLayerProps {
  readonly model: GraphModel;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** From here on edges are painted instead of being elements: the page stays quick, and edges are chosen in the table. */
const MOST_ELEMENTS = 300;

export function EdgeLayer(props: EdgeLayerProps) {
  return props.model.trails.length > MOST_ELEMENTS ? <PaintedEdges {...props} /> : <DrawnEdges {...props} />;
}

const isOn = (trail: { readonly id: string; readonly from: string; readonly to: string }, selected: string | null) =>
  selected !== null && (trail.id === selected || trail.from === selected || trail.to === selected);

function DrawnEdges({ model, selected, onSelect }: EdgeLayerProps) {
  const trails = model.trails.toSorted((a, b) => Number(isOn(a, selected)) - Number(isOn(b, selected)));
  return (
    <ViewportPortal>
      <svg className="edges" width={model.layout.width} height={model.layout.height} aria-hidden="true">
        {trails.map((trail) => {
          const path = svgPath(trail.place.points);
          const group = trail.id.startsWith('group ');
          const on = isOn(trail, selected);
          const className = ['edge', on && 'on', group && 'to-group', trail.place.reversed && 'back']
            .filter(Boolean)
            .join(' ');
          return (
            <g key={trail.id} className={className}>
              {!group && <path className="reach" d={path} onClick={() => onSelect(trail.id)} />}
              <path className="line" d={path} />
              <Head trail={trail} />
            </g>
          );
        })}
      </svg>
    </ViewportPortal>
  );
}

/** An arrow head at the end where the data goes; on an edge that was turned around that is the left one. */
function Head({ trail: { place } }: { readonly trail: GraphModel['trails'][number] }) {
  const end = place.reversed ? place.points[0] : place.points.at(-1);
  if (!end) return null;
  const back = place.reversed ? 6 : -6;
  return <path className="head" d={`M${end.x} ${end.y}l${back} -3.2v6.4z`} />;
}

function PaintedEdges({ model, selected }: EdgeLayerProps) {
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
