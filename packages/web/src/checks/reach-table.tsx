import { Link } from '@tanstack/react-router';
import type { CheckReach } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { reachWords } from './check-words.ts';

const SHOWN = 50;
const NAMES = 3;
const LABELS = 5;

/** What a change would reach, with labels that newly reach something first: as it was known when it was checked. */
export function ReachTable({ reach }: { readonly reach: readonly CheckReach[] }) {
  return (
    <section className="sec after" aria-labelledby="reach">
      <header>
        <h2 id="reach">What this change would reach</h2>
        <span className="count">{figure(reach.length)}</span>
      </header>
      <table className="table top">
        <caption className="sr">Assets that the changed or refused files make, and what is made from them</caption>
        <thead>
          <tr>
            <th scope="col">Asset</th>
            <th scope="col">Reaches</th>
            <th scope="col" className="p2">
              New in the clear
            </th>
          </tr>
        </thead>
        <tbody>
          {reach.slice(0, SHOWN).map((one, n) => (
            <tr key={n}>
              <td>
                {one.id === null ? (
                  <span className="nm break">
                    <Breakable name={one.asset} />
                  </span>
                ) : (
                  <Link to="/asset" search={{ id: one.id }} className="nm break" title={one.id}>
                    <Breakable name={one.asset} />
                  </Link>
                )}
                <span className="sub break">
                  <code>
                    <Breakable name={one.file} />
                  </code>
                </span>
              </td>
              <td>
                {reachWords(one)}
                <span className="sub break">
                  {one.names.slice(0, NAMES).join(', ')}
                  {one.names.length > NAMES && `, and ${count(one.names.length - NAMES, 'more name')}`}
                </span>
                {(one.labels ?? []).length > 0 && (
                  <span className="only-n">
                    <NewLabels labels={one.labels!} />
                  </span>
                )}
              </td>
              <td className="p2">
                {(one.labels ?? []).length > 0 ? (
                  <NewLabels labels={one.labels!} />
                ) : (
                  <span className="ink2">{one.labels === null ? 'not compared' : 'nothing'}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {reach.length > SHOWN && (
        <p className="foot">
          The first {figure(SHOWN)} of {count(reach.length, 'asset')}
        </p>
      )}
    </section>
  );
}

function NewLabels({ labels }: { readonly labels: NonNullable<CheckReach['labels']> }) {
  return (
    <>
      {labels.slice(0, LABELS).map(({ label, column, from }, n) => (
        <span key={n} className="sub break">
          {label} of <code>{from}</code> in <code>{column}</code>
        </span>
      ))}
      {labels.length > LABELS && <span className="sub">and {count(labels.length - LABELS, 'more label')}</span>}
    </>
  );
}
