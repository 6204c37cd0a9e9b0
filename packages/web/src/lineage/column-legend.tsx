import { SIGNS } from './how.ts';

/** The keys of the graph; with columns open, what the marks on their ways mean. */
export function ColumnLegend({ ways, ended }: { readonly ways: boolean; readonly ended: boolean }) {
  return (
    <>
      {ways && (
        <ul className="legend" aria-label="Marks on the ways between columns">
          {(['identity', 'transformation', 'aggregation'] as const).map((kind) => (
            <li key={kind}>
              <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" className="how">
                <circle r="6.5" />
                <text y="3.2" textAnchor="middle">
                  {SIGNS[kind]}
                </text>
              </svg>
              {kind}
            </li>
          ))}
          <li>
            <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" className="how">
              <rect x="-6.5" y="-6.5" width="13" height="13" />
            </svg>
            masked
          </li>
          <li>
            <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true" className="how">
              <path d="M0-8.5 8.5 0 0 8.5-8.5 0z" />
            </svg>
            not certain
          </li>
          <li>
            <DashedLine /> decides which rows
          </li>
        </ul>
      )}
      {ended && !ways && (
        <ul className="legend" aria-label="Marks on edges">
          <li>
            <DashedLine /> ended
          </li>
        </ul>
      )}
      <span className="graph-hint" aria-hidden="true">
        <kbd>←</kbd> <kbd>→</kbd> along an edge <kbd>c</kbd> columns <kbd>Enter</kbd> open
      </span>
    </>
  );
}

export function DashedLine() {
  return (
    <svg width="20" height="8" aria-hidden="true">
      <path d="M0 4h20" stroke="currentColor" strokeDasharray="4 3" />
    </svg>
  );
}
