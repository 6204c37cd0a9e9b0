import { useNavigate, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { CheckRunList } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { count, figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { Empty } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { RefusingChart } from './refusing-chart.tsx';
import { RunPage } from './run-page.tsx';
import { RunsTable } from './runs-table.tsx';

const LIMIT = 200;

export function ChecksPage() {
  const { run } = useSearch({ from: '/checks' });
  return run === undefined ? <Runs /> : <RunPage key={run} entry={run} />;
}

function Runs() {
  usePageTitle('Checks');
  const { repository, branch } = useSearch({ from: '/checks' });
  const navigate = useNavigate({ from: '/checks' });
  const path = query('/custody/v1/checks', { repository, branch, limit: LIMIT });
  const { data, error, pending } = useAnswer<CheckRunList>(path);
  const repositories = data?.repositories ?? [];
  const branches = repositories.find((each) => each.repository === repository)?.branches ?? [];
  const one = repository !== undefined && branch !== undefined;
  return (
    <div className="page">
      <div className="title">
        <div>
          <h1>Checks</h1>
          <p className="lead">
            What <code>custody check</code> found in repositories, before it was merged.
          </p>
        </div>
      </div>
      <PastNotice here="The runs on this page are those known now." />
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      {!data && !error && <Skeleton rows={8} what="checks" />}
      {data && repositories.length === 0 && (
        <Empty title="No repository was checked" command="custody check . --record">
          A check refuses secrets, personal data and insecure settings before they are merged. Run it in a repository.
        </Empty>
      )}
      {data && repositories.length > 0 && (
        <>
          <div className="filters">
            <Choice
              label="Repository"
              any="Any repository"
              value={repository}
              options={repositories.map((each) => each.repository)}
              onChange={(value) => void navigate({ search: { repository: value } })}
            />
            {repository !== undefined && (
              <Choice
                label="Branch"
                any="Any branch"
                value={branch}
                options={branches}
                onChange={(value) => void navigate({ search: (before) => ({ ...before, branch: value }) })}
              />
            )}
          </div>
          <div className={pending ? 'dim' : undefined} aria-busy={pending}>
            {data.items.length === 0 && (
              <Empty
                title="Nothing matches"
                actions={
                  <button type="button" className="btn" onClick={() => void navigate({ search: {} })}>
                    Clear the filters
                  </button>
                }
              >
                No run of this repository and branch is recorded.
              </Empty>
            )}
            {data.items.length > 0 && one && <RefusingChart runs={data.items.toReversed().slice(-40)} />}
            {data.items.length > 0 && <RunsTable runs={data.items} one={one} />}
            {data.items.length > 0 && (
              <p className="foot" role="status">
                {data.items.length < data.total
                  ? `The newest ${figure(data.items.length)} of ${count(data.total, 'run')}`
                  : count(data.total, 'run')}
              </p>
            )}
          </div>
        </>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  return (
    <select
      className={value === undefined ? 'filter' : 'filter on'}
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value || undefined)}
    >
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
      {value !== undefined && !options.includes(value) && <option value={value}>{value}</option>}
    </select>
  );
}
