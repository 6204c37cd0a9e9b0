import type { ColumnEdge, ColumnEnd } from '../api/answers.ts';
import { count } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { howWords } from './how.ts';
import { columnId, wayId } from './open-columns.ts';

interface WaysTableProps {
  readonly ways: readonly ColumnEdge[];
  readonly names: ReadonlyMap<string, string>;
  readonly onColumn: (asset: string, column: string) => void;
  readonly onSelect: (id: string) => void;
}

/** The ways between columns in rows: the same that the graph draws. */
export function WaysTable({ ways, names, onColumn, onSelect }: WaysTableProps) {
  const end = ({ asset, column }: ColumnEnd) => (
    <>
      {column === null ? (
        'which rows it has'
      ) : (
        <button
          type="button"
          className="as-link nm mono"
          data-column={columnId(asset, column)}
          onClick={() => onColumn(asset, column)}
        >
          {column}
        </button>
      )}
      <span className="sub">
        <Breakable name={names.get(asset) ?? asset} />
      </span>
    </>
  );
  return (
    <table className="table top ways-table">
      <caption>{count(ways.length, 'way')} between columns</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">How</th>
          <th scope="col" className="p2">
            By
          </th>
          <th scope="col" className="num p2">
            Entry
          </th>
        </tr>
      </thead>
      <tbody>
        {ways.map((way) => (
          <tr key={wayId(way)}>
            <td>{end(way.from)}</td>
            <td>{end(way.to)}</td>
            <td>
              <button type="button" className="as-link" onClick={() => onSelect(wayId(way))}>
                {howWords(way)}
              </button>
            </td>
            <td className="p2 ink2">
              <Breakable name={names.get(way.job) ?? way.job} />
            </td>
            <td className="num p2">
              <EntryLink index={way.entry} bare />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
