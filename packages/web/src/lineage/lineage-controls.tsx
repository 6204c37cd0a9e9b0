import type { LineagePlace } from '../place.ts';
import { count } from '../text/wording.ts';

const DEPTHS = [2, 4, 6, 8, 12, 20];

interface LineageControlsProps {
  readonly place: LineagePlace;
  readonly depth: number;
  readonly onGo: (change: Partial<LineagePlace>, replace?: boolean) => void;
}

/** How far a lineage is followed, and what is shown of it besides. */
export function LineageControls({ place, depth, onGo }: LineageControlsProps) {
  const all = place.cols?.includes('all') ?? false;
  return (
    <>
      <Direction place={place} onGo={onGo} />
      {place.col === undefined && (
        <>
          <Depth depth={depth} onGo={onGo} />
          <Toggle on={all} onToggle={() => onGo({ cols: all ? undefined : ['all'] }, true)}>
            All columns
          </Toggle>
        </>
      )}
      <Toggle
        on={place.ended === 'show'}
        onToggle={() => onGo({ ended: place.ended === 'show' ? undefined : 'show' }, true)}
      >
        Ended edges
      </Toggle>
      <Toggle
        on={place.gaps === 'show'}
        onToggle={() => onGo({ gaps: place.gaps === 'show' ? undefined : 'show' }, true)}
      >
        Gaps
      </Toggle>
    </>
  );
}

export function Direction({ place, onGo }: Pick<LineageControlsProps, 'place' | 'onGo'>) {
  return (
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
  );
}

export function Depth({ depth, onGo }: Pick<LineageControlsProps, 'depth' | 'onGo'>) {
  return (
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
  );
}

interface ToggleProps {
  readonly on: boolean;
  readonly onToggle: () => void;
  readonly children: string;
}

export function Toggle({ on, onToggle, children }: ToggleProps) {
  return (
    <button type="button" className={on ? 'filter on' : 'filter'} aria-pressed={on} onClick={onToggle}>
      {children}
    </button>
  );
}
