import { Link, useSearch } from '@tanstack/react-router';
import type { AssetDetail } from '../api/answers.ts';
import { duration, figure } from '../text/wording.ts';
import { AssetLink } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { FoldButton } from './fold-button.tsx';
import { RunMark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';

const FIRST = 12;
/** So many more are not worth a button. */
const SLACK = 3;

export function AssetRuns({ asset }: { readonly asset: AssetDetail }) {
  const { runs } = useSearch({ from: '/asset' });
  const isJob = asset.kind === 'job';
  const foldable = asset.latestRuns.length > FIRST + SLACK;
  const all = runs === 'all';
  const shown = all || !foldable ? asset.latestRuns : asset.latestRuns.slice(0, FIRST);
  return (
    <section className="sec" aria-labelledby="runs">
      <header>
        <h2 id="runs">Runs</h2>
        <span className="count">
          {shown.length < asset.runs ? `latest ${figure(shown.length)} of ${figure(asset.runs)}` : figure(asset.runs)}
        </span>
        {asset.runs > asset.latestRuns.length && (
          <span className="acts">
            <Link to="/entries" search={{ asset: asset.id, kind: 'openlineage.run' }}>
              All in the log
            </Link>
          </span>
        )}
      </header>
      {asset.latestRuns.length === 0 ? (
        <p className="ink2 pad-top">No run has touched it yet.</p>
      ) : (
        <table className="table">
          <caption className="sr">Latest runs</caption>
          <thead>
            <tr>
              <th scope="col">State</th>
              {!isJob && <th scope="col">Job</th>}
              <th scope="col">Started</th>
              <th scope="col" className="num p2">
                Took
              </th>
              <th scope="col" className="num p3">
                Reads
              </th>
              <th scope="col" className="num p3">
                Writes
              </th>
              <th scope="col" className="num p2">
                Entries
              </th>
              <th scope="col" className="p2">
                Its reach
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((run) => (
              <tr key={run.id}>
                <td>
                  <RunMark state={run.state} />
                </td>
                {!isJob && (
                  <td>
                    <AssetLink asset={run.job} className="nm" />
                  </td>
                )}
                <td className="nowrap ink2">
                  {run.startedAt ? <Time at={run.startedAt} /> : <span className="ink3">not known</span>}
                </td>
                <td className="num p2 nowrap">
                  {run.startedAt && run.endedAt ? (
                    duration(run.startedAt, run.endedAt)
                  ) : (
                    <span className="ink3">–</span>
                  )}
                </td>
                <td className="num p3 ink2">{figure(run.inputs)}</td>
                <td className="num p3 ink2">{figure(run.outputs)}</td>
                <td className="num p2 nowrap">
                  <EntryLink index={run.firstEntry} bare />
                  {run.lastEntry !== run.firstEntry && (
                    <>
                      , <EntryLink index={run.lastEntry} bare />
                    </>
                  )}
                </td>
                <td className="p2 nowrap">
                  {run.outputs > 0 && (
                    <Link
                      to="/lineage"
                      search={{ asset: run.job.id, show: 'blast', version: run.id }}
                      className="inline-link"
                      aria-label={`What the run of ${run.job.name} reached that is in entry ${run.firstEntry}`}
                    >
                      what it reached
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {foldable && (
        <FoldButton list="runs" all={all}>
          Show {figure(asset.latestRuns.length - FIRST)} more
        </FoldButton>
      )}
    </section>
  );
}
