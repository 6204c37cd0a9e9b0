import { Link } from '@tanstack/react-router';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { Activity, AssetPage, EntryPage, Status } from '../api/answers.ts';
import { useLogWatch } from '../proof/log-watch.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { count, figure } from '../text/wording.ts';
import { ActivityChart } from '../ui/activity-chart.tsx';
import { usePageTitle } from '../ui/announcer.tsx';
import { Empty, pointProducerHere } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Age, Time } from '../ui/time.tsx';
import { EntryMark } from '../log/entry-mark.tsx';
import { NeedsList } from './needs-list.tsx';
import { headline, needsOf } from './needs.ts';
import { Posture } from './posture.tsx';

const STATUS = '/custody/v1/status';
/** More than this many assets are not looked through here; the list then says so. */
const LOOKED_AT = 500;
const DATASETS = `/custody/v1/assets?kind=dataset&limit=${LOOKED_AT}`;
const JOBS = `/custody/v1/assets?kind=job&limit=${LOOKED_AT}`;
const LATEST = '/custody/v1/entries?limit=9';
const DAYS = '/custody/v1/activity?unit=day&by=happened';
const DAYS_SHOWN = 28;

export function HomePage() {
  usePageTitle('Home');
  const status = useAnswer<Status>(STATUS);
  if (status.error && !status.data) {
    return (
      <div className="page">
        <h1 className="sr">Home</h1>
        <Failure error={status.error} onRetry={() => retry(STATUS)} />
      </div>
    );
  }
  if (!status.data) {
    return (
      <div className="page">
        <h1 className="sr">Home</h1>
        <Skeleton rows={9} what="Home" />
      </div>
    );
  }
  return <Loaded status={status.data} />;
}

function Loaded({ status }: { readonly status: Status }) {
  const { outcome } = useLogWatch();
  const datasets = useAnswer<AssetPage>(DATASETS);
  const jobs = useAnswer<AssetPage>(JOBS);
  const assets = [...(datasets.data?.items ?? []), ...(jobs.data?.items ?? [])];
  const needs = needsOf(assets);
  const known = datasets.data && jobs.data;
  const partial = (datasets.data?.next ?? jobs.data?.next ?? null) !== null;
  const empty = status.counts.datasets + status.counts.jobs === 0;
  const log = outcome.kind === 'whole' ? 'whole' : outcome.kind === 'alarm' ? 'broken' : 'not known';

  return (
    <div className="page">
      <div className="title">
        <div>
          <h1>{empty ? 'No lineage yet.' : known ? headline(needs.length, log) : 'Home'}</h1>
          <p className="lead">
            {empty ? (
              status.log.size === 0 ? (
                'The log is empty.'
              ) : (
                `The log has ${count(status.log.size, 'entry', 'entries')}, none about data.`
              )
            ) : (
              <>
                {count(status.counts.datasets + status.counts.jobs, 'asset')}
                {status.span && (
                  <>
                    , seen from <Time at={status.span.from} form="day" /> to <Time at={status.span.to} />
                  </>
                )}
                .
              </>
            )}
          </p>
        </div>
      </div>
      <PastNotice here="The figures on this page are from now." />
      {status.simulatedDates && <Notice icon="clock">This is an example: its dates are simulated.</Notice>}
      {empty ? (
        <div className="stack">
          <Empty title="Send the first event" command={pointProducerHere()}>
            Point any OpenLineage producer here. The first event appears within a second.
          </Empty>
          {status.log.size > 0 && <Latest />}
        </div>
      ) : (
        <>
          <Posture status={status} outcome={outcome} />
          <div className="cols">
            <div className="stack">
              <section className="sec" aria-labelledby="needs">
                <header>
                  <h2 id="needs">Needs you</h2>
                  {known && <span className="count">{figure(needs.length)}</span>}
                </header>
                {(datasets.error ?? jobs.error) && !known ? (
                  <Failure
                    error={(datasets.error ?? jobs.error)!}
                    onRetry={() => {
                      retry(DATASETS);
                      retry(JOBS);
                    }}
                  />
                ) : known ? (
                  <NeedsList needs={needs} partial={partial ? LOOKED_AT : null} />
                ) : (
                  <Skeleton rows={4} what="what needs you" />
                )}
              </section>
              <section className="sec" aria-labelledby="activity">
                <header>
                  <h2 id="activity">Events per day</h2>
                  <span className="count">by when they happened</span>
                </header>
                <ActivityByDay />
              </section>
            </div>
            <Latest />
          </div>
        </>
      )}
    </div>
  );
}

function ActivityByDay() {
  const { data, error } = useAnswer<Activity>(DAYS);
  if (data && data.buckets.length > 0) return <ActivityChart activity={data} most={DAYS_SHOWN} />;
  if (data) return <p className="ink2 pad-top">No event says when it happened.</p>;
  if (error) return <Failure error={error} onRetry={() => retry(DAYS)} />;
  return <Skeleton rows={5} what="activity" />;
}

function Latest() {
  const { data, error } = useAnswer<EntryPage>(LATEST);
  return (
    <section className="sec" aria-labelledby="latest">
      <header>
        <h2 id="latest">Latest in the log</h2>
        <span className="acts">
          <Link to="/entries">All entries</Link>
        </span>
      </header>
      {error && !data && <Failure error={error} onRetry={() => retry(LATEST)} />}
      {!data && !error && <Skeleton rows={9} what="the latest entries" />}
      {data && (
        <ol className="tl">
          {data.items.map((entry) => (
            <li key={entry.index}>
              <EntryMark entry={entry} />
              <div>
                <Link to="/entries" search={{ entry: entry.index }} className="plain">
                  {entry.what}
                </Link>
                <span className="sub">
                  entry {figure(entry.index)} · by {entry.by}
                </span>
              </div>
              <Age at={entry.recorded} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
