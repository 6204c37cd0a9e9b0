import type { DifferenceAnswer, LineageEdge } from '../api/answers.ts';
import { count } from '../text/wording.ts';
import { AssetMark, assetWord, Breakable } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { CHANGES, changeWords } from './difference-marks.ts';
import { edgeId } from './picture.ts';

interface DifferenceTableProps {
  readonly answer: DifferenceAnswer;
  readonly names: ReadonlyMap<string, string>;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** The difference in rows: assets, then edges. */
export function DifferenceTable({ answer, names, selected, onSelect }: DifferenceTableProps) {
  const assets = [
    ...answer.changed.map((each) => ({ how: 'changed' as const, asset: each.asset, lines: changeWords(each) })),
    ...answer.assetsAdded.map((asset) => ({ how: 'added' as const, asset, lines: [] })),
    ...answer.assetsGone.map((asset) => ({ how: 'gone' as const, asset, lines: [] })),
  ];
  const edges = [
    ...answer.edgesAdded.map((edge) => ({ how: 'added' as const, edge })),
    ...answer.edgesGone.map((edge) => ({ how: 'gone' as const, edge })),
  ];
  const nameOf = (id: string) => names.get(id) ?? id;
  if (assets.length + edges.length === 0) {
    return <p className="ink2 pad-top">Nothing is different. Try an earlier time, or more steps.</p>;
  }
  return (
    <div onKeyDown={moveBetweenRows}>
      {assets.length > 0 && (
        <table className="table top">
          <caption>{count(assets.length, 'asset')} that came, went or changed</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Asset</th>
              <th scope="col" className="p2">
                How
              </th>
            </tr>
          </thead>
          <tbody>
            {assets.map(({ how, asset, lines }) => (
              <tr key={`${how} ${asset.id}`} className={asset.id === selected ? 'sel' : undefined}>
                <td>
                  <ChangeMark how={how} />
                </td>
                <td>
                  <span className="cell">
                    <AssetMark asset={asset} />
                    <span className="min0">
                      <button
                        type="button"
                        className="nm as-link"
                        data-row
                        data-id={asset.id}
                        onClick={() => onSelect(asset.id)}
                      >
                        <Breakable name={asset.name} />
                      </button>
                      <span className="sub">{assetWord(asset)}</span>
                      {lines.map((line) => (
                        <span key={line} className="sub only-n">
                          {line}
                        </span>
                      ))}
                    </span>
                  </span>
                </td>
                <td className="p2 ink2 break">
                  {lines.map((line) => (
                    <div key={line}>{line}</div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {edges.length > 0 && (
        <table className="table top">
          <caption>{count(edges.length, 'edge')} that came or went</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Edge</th>
              <th scope="col" className="p2">
                When
              </th>
              <th scope="col" className="num p2">
                Entry
              </th>
            </tr>
          </thead>
          <tbody>
            {edges.map(({ how, edge }) => (
              <tr key={`${how} ${edgeId(edge)}`} className={edgeId(edge) === selected ? 'sel' : undefined}>
                <td>
                  <ChangeMark how={how} />
                </td>
                <td>
                  <button
                    type="button"
                    className="nm as-link"
                    data-row
                    data-id={edgeId(edge)}
                    onClick={() => onSelect(edgeId(edge))}
                  >
                    <Breakable name={nameOf(edge.from)} /> to <Breakable name={nameOf(edge.to)} />
                  </button>
                </td>
                <td className="p2 ink2">
                  <EdgeTime how={how} edge={edge} />
                </td>
                <td className="num p2">
                  <EntryLink index={edge.lastEntry} bare />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function ChangeMark({ how }: { readonly how: keyof typeof CHANGES }) {
  const { icon, tone, word } = CHANGES[how];
  return (
    <Mark tone={tone} icon={icon}>
      {word}
    </Mark>
  );
}

function EdgeTime({ how, edge }: { readonly how: 'added' | 'gone'; readonly edge: LineageEdge }) {
  if (how === 'added') {
    return (
      <>
        first <Time at={edge.firstAt} />
      </>
    );
  }
  return edge.endedAt === null ? (
    <>
      last used <Time at={edge.lastAt} />
    </>
  ) : (
    <>
      ended <Time at={edge.endedAt} />
    </>
  );
}
