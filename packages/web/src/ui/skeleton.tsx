const WIDTHS = ['38%', '72%', '56%', '64%', '44%'];

/** Rows of the height that is to come, so that nothing shifts. It shows after 200 ms. */
export function Skeleton({ rows, what }: { readonly rows: number; readonly what: string }) {
  return (
    <div className="skeleton" role="status">
      <span className="sr">Loading {what}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="sk-row">
          <span className="sk" style={{ width: WIDTHS[row % WIDTHS.length] }} />
        </div>
      ))}
    </div>
  );
}
