import { Link } from '@tanstack/react-router';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { Batch, BatchList } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { Empty } from '../ui/empty.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { ShownMark } from './gate-page.tsx';
import { BATCH_STATES, heldFirst } from './gate-words.ts';

const PATH = '/custody/v1/quarantine';

/** Batches of rows that were set aside, held ones first. */
export function QuarantineView() {
  const { data, error } = useAnswer<BatchList>(PATH);
  if (!data)
    return error ? <Failure error={error} onRetry={() => retry(PATH)} /> : <Skeleton rows={6} what="the batches" />;
  if (data.items.length === 0)
    return (
      <Empty title="Nothing is in quarantine" command="custody gate init reviews.csv">
        Rows are set aside where a rule or a check says <code>quarantine</code>. This writes rules to start from:
      </Empty>
    );
  return (
    <>
      {error && <Failure error={error} onRetry={() => retry(PATH)} />}
      <table className="table top" onKeyDown={moveBetweenRows}>
        <caption className="sr">Batches in quarantine, held ones first</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Dataset</th>
            <th scope="col" className="num">
              Rows
            </th>
            <th scope="col" className="p2">
              Set aside
            </th>
            <th scope="col" className="p2">
              What became of it
            </th>
            <th scope="col" className="p3">
              Entry
            </th>
          </tr>
        </thead>
        <tbody>
          {heldFirst(data.items).map((batch) => (
            <Row key={batch.id} batch={batch} />
          ))}
        </tbody>
      </table>
      <p className="foot">{count(data.items.length, 'batch', 'batches')}</p>
    </>
  );
}

function Row({ batch }: { readonly batch: Batch }) {
  const { id, state, dataset, rows, since, isWhole, entry } = batch;
  return (
    <tr>
      <td>
        <ShownMark shown={BATCH_STATES[state]} />
      </td>
      <td className="break">
        <Link to="/gates" search={{ batch: id }} className="nm" data-row={id}>
          <Breakable name={dataset.name} />
        </Link>
        <span className="sub">
          {isWhole ? 'a whole batch' : 'some of its rows'}
          <span className="only-n">
            {' '}
            · <Time at={since} />
          </span>
        </span>
      </td>
      <td className="num">{figure(rows)}</td>
      <td className="p2 ink2">
        <Time at={since} />
      </td>
      <td className="p2 ink2">
        <Fate batch={batch} />
      </td>
      <td className="p3">
        <EntryLink index={entry} bare />
      </td>
    </tr>
  );
}

function Fate({ batch: { destroyed, released } }: { readonly batch: Batch }) {
  const last = destroyed ?? released;
  if (last === null) return <>waits for a person</>;
  return (
    <>
      {destroyed !== null ? 'destroyed' : `released ${released?.as === 'raw' ? 'as it came' : 'masked'}`} by {last.by},{' '}
      <Time at={last.at} />
      <span className="sub break">{last.reason}</span>
    </>
  );
}
