import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { PolicyList, PolicySummary } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { count, figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { Empty } from '../ui/empty.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { NewName } from '../ui/new-name.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { PolicyPage } from './policy-page.tsx';
import './policies.css';

export const POLICIES = '/custody/v1/policies';

export function PoliciesPage() {
  const { name } = useSearch({ from: '/policies' });
  return name === undefined ? <List /> : <PolicyPage key={name} name={name} />;
}

function List() {
  usePageTitle('Policies');
  const { data, error } = useAnswer<PolicyList>(POLICIES);
  return (
    <div className="page">
      <div className="title">
        <div>
          <h1>Policies</h1>
          <p className="lead">What decides at each gate, who wrote it, and what it refused in the last seven days.</p>
        </div>
        <NewPolicy />
      </div>
      <PastNotice here="The policies on this page are those in force now." />
      {error && <Failure error={error} onRetry={() => retry(POLICIES)} />}
      {!data && !error && <Skeleton rows={6} what="policies" />}
      {data && data.items.length === 0 && (
        <Empty title="No policy is in force" command='custody policy publish gate-read policies/gate-read -m "First"'>
          Publish one, or write it here. Until then nothing is decided.
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <>
          <table className="table" onKeyDown={moveBetweenRows}>
            <caption className="sr">Policies</caption>
            <thead>
              <tr>
                <th scope="col">Policy</th>
                <th scope="col" className="p2">
                  In force
                </th>
                <th scope="col" className="p2">
                  Written by
                </th>
                <th scope="col" className="num">
                  Allowed
                </th>
                <th scope="col" className="num">
                  Refused
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((item) => (
                <Row key={item.name} item={item} />
              ))}
            </tbody>
          </table>
          <p className="foot">{count(data.decisions, 'decision')} in the log</p>
        </>
      )}
    </div>
  );
}

function Row({ item: { name, inForce, lately } }: { readonly item: PolicySummary }) {
  return (
    <tr>
      <td>
        <Link to="/policies" search={{ name }} className="nm mono" data-row={name}>
          {name}
        </Link>
        {inForce !== null && <span className="sub brk">{inForce.packages.join(', ')}</span>}
      </td>
      <td className="p2">
        {inForce === null ? (
          <Mark tone="idle" icon="gone">
            withdrawn
          </Mark>
        ) : (
          <>
            version {inForce.version}, <Time at={inForce.recorded} />
          </>
        )}
      </td>
      <td className="p2">{inForce?.author ?? ''}</td>
      <td className="num">{figure(lately.allowed)}</td>
      <td className="num">
        {figure(lately.refused)}
        {lately.lastRefused !== null && (
          <span className="sub">
            last: <EntryLink index={lately.lastRefused} />
          </span>
        )}
      </td>
    </tr>
  );
}

const NAME = /^[A-Za-z0-9][\w./-]{0,99}$/;

function NewPolicy() {
  const navigate = useNavigate({ from: '/policies' });
  return (
    <NewName
      of="policy"
      placeholder="gate-read"
      pattern={NAME}
      onName={(name) => void navigate({ search: { name } })}
    />
  );
}
