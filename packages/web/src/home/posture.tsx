import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Status } from '../api/answers.ts';
import type { WatchOutcome } from '../proof/log-watch.ts';
import { figure } from '../text/wording.ts';
import { Mark } from '../ui/status.tsx';

/** Five figures, each with what is to be said of it and a way to what it counts. */
export function Posture({
  status: { counts, log },
  outcome,
}: {
  readonly status: Status;
  readonly outcome: WatchOutcome;
}) {
  return (
    <ul className="posture">
      <Figure
        title="Assets"
        value={
          <Link to="/assets" className="plain">
            {figure(counts.datasets + counts.jobs)}
          </Link>
        }
      >
        {figure(counts.datasets)} {counts.datasets === 1 ? 'dataset' : 'datasets'}, {figure(counts.jobs)}{' '}
        {counts.jobs === 1 ? 'job' : 'jobs'}
      </Figure>
      <Figure
        title="Runs"
        value={
          <Link to="/entries" search={{ kind: 'openlineage.run' }} className="plain">
            {figure(counts.runs)}
          </Link>
        }
      >
        seen by the log
      </Figure>
      <Figure title="Failed runs, 24 h" value={figure(counts.failedRuns24h)}>
        {counts.failedRuns24h === 0 ? (
          'none'
        ) : (
          <Mark tone="bad" icon="bad">
            <Link to="/assets" search={{ kind: 'job', needs: 'attention' }} className="plain">
              {counts.failedRuns24h === 1 ? 'see the job' : 'see the jobs'}
            </Link>
          </Mark>
        )}
      </Figure>
      <Figure
        title="Datasets without an owner"
        value={
          <Link to="/assets" search={{ kind: 'dataset', needs: 'attention' }} className="plain">
            {figure(counts.datasetsWithoutOwner)} <span>of {figure(counts.datasets)}</span>
          </Link>
        }
      >
        {counts.datasetsWithoutSchema === 0 ? (
          'all have a schema'
        ) : (
          <Mark tone="warn" icon="warn">
            {figure(counts.datasetsWithoutSchema)} without a schema
          </Mark>
        )}
      </Figure>
      <Figure
        title="Log entries"
        value={
          <Link to="/entries" className="plain">
            {figure(log.size)}
          </Link>
        }
      >
        <Checked outcome={outcome} />
      </Figure>
    </ul>
  );
}

function Checked({ outcome }: { readonly outcome: WatchOutcome }) {
  switch (outcome.kind) {
    case 'whole':
      return (
        <Mark tone="ok" icon="ok">
          signed, checked here
        </Mark>
      );
    case 'alarm':
      return (
        <Mark tone="bad" icon="bad">
          the check failed
        </Mark>
      );
    case 'none':
      return <>checking</>;
    case 'empty':
      return <>nothing to check yet</>;
    case 'unchecked':
    case 'unsupported':
      return (
        <Mark tone="warn" icon="warn">
          not checked here
        </Mark>
      );
    default:
      return outcome satisfies never;
  }
}

interface FigureProps {
  readonly title: string;
  readonly value: ReactNode;
  readonly children: ReactNode;
}

function Figure({ title, value, children }: FigureProps) {
  return (
    <li>
      <h2>{title}</h2>
      <strong>{value}</strong>
      <p>{children}</p>
    </li>
  );
}
