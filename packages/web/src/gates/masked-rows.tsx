import type { RowReason } from '../api/answers.ts';
import { figure } from '../text/wording.ts';
import { rowReason } from './gate-words.ts';

interface MaskedRow {
  readonly row: number;
  readonly reasons: readonly RowReason[];
  readonly fields: readonly { readonly column: string; readonly text: string }[];
}

interface MaskedRowsProps {
  readonly caption: string;
  readonly rows: readonly MaskedRow[];
  /** In their order; what rows have besides comes after. */
  readonly columns?: readonly string[];
}

/** A long text wraps in a column that is wide enough for it. */
const cellClass = (isBlamed: boolean, text = ''): string =>
  `mono sm value${isBlamed ? ' blamed' : ''}${text.length > LONG ? ' long' : ''}`;
const LONG = 24;

/** Rows by their columns, as they may be looked at. It scrolls sideways on its own. */
export function MaskedRows({ caption, rows, columns = [] }: MaskedRowsProps) {
  const names = [...new Set([...columns, ...rows.flatMap(({ fields }) => fields.map(({ column }) => column))])];
  // Rows of a batch that was set aside as a whole have no reasons of their own.
  const hasReasons = rows.some(({ reasons }) => reasons.length > 0);
  return (
    // Scrolls on its own, so it can be reached by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="wide-table masked" tabIndex={0} role="group" aria-label={caption}>
      <table className="table top">
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              Row
            </th>
            {hasReasons && <th scope="col">Why</th>}
            {names.map((name) => (
              <th key={name} scope="col" className="mono value">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, reasons, fields }) => {
            const texts = new Map(fields.map(({ column, text }) => [column, text]));
            const blamed = new Set(reasons.map(({ column }) => column));
            return (
              <tr key={row}>
                <td className="num ink2">{figure(row)}</td>
                {hasReasons && <td className="ink2 why-cell">{reasons.map(rowReason).join('; ')}</td>}
                {names.map((name) => {
                  const text = texts.get(name);
                  return (
                    <td key={name} className={cellClass(blamed.has(name), text)}>
                      {text ?? <span className="ink3">–</span>}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
