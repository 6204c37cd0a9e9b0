import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { IngestItem, IngestList } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { Empty } from '../ui/empty.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { ShownMark } from './gate-page.tsx';
import { reasonLine, setAside, VERDICTS, verdictShown } from './gate-words.ts';

const LIMIT = 50;

/** Ingests, the newest first. What policies decided is elsewhere, and this says where. */
export function DecisionsView() {
  const { verdict, after } = useSearch({ from: '/gates' });
  const navigate = useNavigate({ from: '/gates' });
  const path = query('/custody/v1/ingests', { verdict, after, limit: LIMIT });
  const { data, error, pending } = useAnswer<IngestList>(path);
  const all = data === null ? 0 : data.counts.accepted + data.counts.quarantined + data.counts.rejected;
  const last = data?.items.at(-1)?.id;
  return (
    <>
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      {!data && !error && <Skeleton rows={8} what="the decisions" />}
      {data && all === 0 && (
        <Empty
          title="Nothing came in through a gate yet"
          command="custody ingest reviews.csv --to clean.csv --rules custody.gate.yaml"
        >
          Put a gate before storage. Each file that passes it, or does not, is then a row here.
        </Empty>
      )}
      {data && all > 0 && (
        <div className={pending ? 'dim' : undefined} aria-busy={pending}>
          <div className="filters">
            <div className="seg wrap" role="group" aria-label="Verdict">
              {([undefined, ...VERDICTS] as const).map((each) => (
                <button
                  key={each ?? 'all'}
                  type="button"
                  aria-pressed={verdict === each}
                  onClick={() => void navigate({ search: (old) => ({ ...old, verdict: each, after: undefined }) })}
                >
                  {each === undefined
                    ? 'All'
                    : each === 'quarantined'
                      ? 'Set aside'
                      : each === 'accepted'
                        ? 'Accepted'
                        : 'Refused'}{' '}
                  <span className="count">{figure(each === undefined ? all : data.counts[each])}</span>
                </button>
              ))}
            </div>
          </div>
          {data.items.length === 0 ? (
            <p className="ink2 pad-top">{after === undefined ? 'No ingest ended so.' : 'There are no older ones.'}</p>
          ) : (
            <table className="table top" onKeyDown={moveBetweenRows}>
              <caption className="sr">Ingests, newest first</caption>
              <thead>
                <tr>
                  <th scope="col" className="p2">
                    When
                  </th>
                  <th scope="col">Verdict</th>
                  <th scope="col">Dataset</th>
                  <th scope="col" className="p2">
                    Who
                  </th>
                  <th scope="col" className="num p2">
                    Read
                  </th>
                  <th scope="col" className="num p2">
                    Written
                  </th>
                  <th scope="col" className="num p2">
                    Set aside
                  </th>
                  <th scope="col" className="num p3">
                    Dropped
                  </th>
                  <th scope="col" className="p2">
                    Why
                  </th>
                  <th scope="col" className="p3">
                    Entry
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.items.map((item) => (
                  <Row key={item.id} item={item} />
                ))}
              </tbody>
            </table>
          )}
          <p className="foot">
            {count(data.total, 'ingest')}
            {after !== undefined && (
              <button
                type="button"
                className="btn sm"
                onClick={() => void navigate({ search: (old) => ({ ...old, after: undefined }) })}
              >
                Newest
              </button>
            )}
            {last !== undefined && data.items.length === LIMIT && (
              <button
                type="button"
                className="btn sm"
                onClick={() => void navigate({ search: (old) => ({ ...old, after: last }) })}
              >
                Older
              </button>
            )}
          </p>
        </div>
      )}
      <p className="foot">
        <span>
          What policies decided at other doors is on the{' '}
          <Link to="/policies" className="inline-link">
            Policies
          </Link>{' '}
          page; each decision is{' '}
          <Link to="/entries" search={{ kind: 'gate.decision' }} className="inline-link">
            in the log
          </Link>
          .
        </span>
      </p>
    </>
  );
}

function Row({ item }: { readonly item: IngestItem }) {
  const { id, entry, decided, by, dataset, rows } = item;
  const why = reasonLine(item);
  return (
    <tr>
      <td className="p2 ink2">
        <Time at={decided} />
      </td>
      <td>
        <ShownMark shown={verdictShown(item)} />
      </td>
      <td className="break">
        <Link to="/gates" search={{ ingest: id }} className="nm" data-row={id}>
          <Breakable name={dataset.name} />
        </Link>
        <span className="sub only-n">
          {why}
          <br />
          {figure(rows.written)} of {count(rows.read, 'row')} written · {by} · <Time at={decided} />
        </span>
      </td>
      <td className="p2">{by}</td>
      <td className="num p2">{figure(rows.read)}</td>
      <td className="num p2">{figure(rows.written)}</td>
      <td className="num p2">{figure(setAside(item))}</td>
      <td className="num p3">{figure(rows.dropped)}</td>
      <td className="p2 ink2 why-cell">{why}</td>
      <td className="p3">
        <EntryLink index={entry} bare />
      </td>
    </tr>
  );
}
