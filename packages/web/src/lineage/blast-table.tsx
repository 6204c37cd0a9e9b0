import type { Blast, LineageNode, TouchedAsset } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';
import { AssetMark, Breakable } from '../ui/asset-name.tsx';
import { useReader } from '../ui/clock.ts';
import { EntryLink } from '../ui/entry-link.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Mark } from '../ui/status.tsx';
import { CERTAINTY } from './blast-marks.ts';
import { CertaintyMark } from './blast-panel.tsx';
import { columnWords, holdsWords, roleWord, SENSITIVITY } from './blast-words.ts';

interface BlastTableProps {
  readonly answer: Blast;
  /** Everything downstream that was not reached, as far as it is known. */
  readonly apart: readonly LineageNode[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** The blast radius in rows: what was reached, by rank and with the reason; then what was not. */
export function BlastTable({ answer, apart, selected, onSelect }: BlastTableProps) {
  return (
    <div onKeyDown={moveBetweenRows}>
      {answer.touched.length === 0 && (
        <p className="ink2 pad-top">It reached nothing: no run read it in that time, or what read it wrote nothing.</p>
      )}
      {answer.touched.length > 0 && (
        <table className="table top">
          <caption>Reached: {figure(answer.touched.length)}, by how close and how sensitive</caption>
          <thead>
            <tr>
              <th scope="col" className="num ord">
                Rank
              </th>
              <th scope="col">Asset</th>
              <th scope="col">Sure</th>
              <th scope="col" className="num p3">
                Steps
              </th>
              <th scope="col" className="p2">
                Data
              </th>
              <th scope="col" className="p2">
                Why
              </th>
              <th scope="col" className="num p3">
                Entry
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.touched.map((touched) => (
              <TouchedRow key={touched.id} touched={touched} isOn={touched.id === selected} onSelect={onSelect} />
            ))}
          </tbody>
        </table>
      )}
      {answer.omitted > 0 && <p className="foot">{figure(answer.omitted)} more were reached and are not listed.</p>}
      {apart.length > 0 && (
        <table className="table top">
          <caption>Not reached: {count(apart.length, 'asset')} downstream</caption>
          <thead>
            <tr>
              <th scope="col">Asset</th>
              <th scope="col">Reached</th>
            </tr>
          </thead>
          <tbody>
            {apart.map((node) => (
              <tr key={node.id} className={node.id === selected ? 'sel' : undefined}>
                <td>
                  <span className="cell">
                    <AssetMark asset={node} />
                    <button
                      type="button"
                      className="nm as-link"
                      data-row
                      data-id={node.id}
                      onClick={() => onSelect(node.id)}
                    >
                      <Breakable name={node.name} />
                    </button>
                  </span>
                </td>
                <td>
                  <Mark tone={CERTAINTY.apart.tone} icon={CERTAINTY.apart.icon}>
                    {CERTAINTY.apart.word}
                  </Mark>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

interface TouchedRowProps {
  readonly touched: TouchedAsset;
  readonly isOn: boolean;
  readonly onSelect: (id: string) => void;
}

function TouchedRow({ touched, isOn, onSelect }: TouchedRowProps) {
  const reader = useReader();
  const { by } = touched;
  return (
    <tr className={isOn ? 'sel' : undefined}>
      <td className="num ord ink3">{touched.rank}</td>
      <td>
        <span className="cell">
          <AssetMark asset={touched} />
          <span className="min0">
            <button
              type="button"
              className="nm as-link"
              data-row
              data-id={touched.id}
              data-reached
              aria-current={isOn ? 'true' : undefined}
              onClick={() => onSelect(touched.id)}
            >
              <Breakable name={touched.name} />
            </button>
            <span className="sub">{roleWord(touched.role)}</span>
            <span className="sub">{holdsWords(touched, reader)}</span>
            {touched.role !== 'job' && <span className="sub">Touched: {columnWords(touched)}</span>}
          </span>
        </span>
      </td>
      <td>
        <CertaintyMark certain={touched.certain} />
      </td>
      <td className="num p3">{figure(touched.hops)}</td>
      <td className="p2 ink2">{touched.sensitivity === 0 ? '–' : SENSITIVITY[touched.sensitivity]}</td>
      <td className="p2 ink2 break">{touched.reason}</td>
      <td className="num p3">{by ? <EntryLink index={by.writeEntry ?? by.readEntry} bare /> : '–'}</td>
    </tr>
  );
}
