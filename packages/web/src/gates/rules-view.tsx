import { Link, useNavigate } from '@tanstack/react-router';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { GateRulesList } from '../api/answers.ts';
import { count } from '../text/wording.ts';
import { Digest } from '../ui/digest.tsx';
import { Empty } from '../ui/empty.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { NewName } from '../ui/new-name.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';

export const RULES = '/custody/v1/gate/rules';
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/;

export function NewRules() {
  const navigate = useNavigate({ from: '/gates' });
  return (
    <NewName
      of="rules"
      placeholder="reviews"
      pattern={NAME}
      onName={(rules) => void navigate({ search: { view: 'rules', rules } })}
    />
  );
}

/** Published rules: those that data over HTTP go by. */
export function RulesView() {
  const { data, error } = useAnswer<GateRulesList>(RULES);
  if (!data)
    return error ? <Failure error={error} onRetry={() => retry(RULES)} /> : <Skeleton rows={4} what="the rules" />;
  if (data.items.length === 0)
    return (
      <Empty title="No rules are published" command="custody gate init reviews.csv">
        Data that come over HTTP go by published rules. Write them here under a name, or paste what this command writes:
      </Empty>
    );
  return (
    <>
      {error && <Failure error={error} onRetry={() => retry(RULES)} />}
      <table className="table top" onKeyDown={moveBetweenRows}>
        <caption className="sr">Published rules</caption>
        <thead>
          <tr>
            <th scope="col">Rules</th>
            <th scope="col">In force</th>
            <th scope="col" className="p2">
              Published by
            </th>
            <th scope="col" className="p2">
              Why
            </th>
            <th scope="col" className="p3">
              Text
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ name, inForce, versions }) => (
            <tr key={name}>
              <td className="break">
                <Link to="/gates" search={{ view: 'rules', rules: name }} className="nm mono sm" data-row={name}>
                  {name}
                </Link>
                <span className="sub">{count(versions, 'version')}</span>
              </td>
              <td>
                {inForce === null ? (
                  <Mark tone="idle" icon="gone">
                    withdrawn
                  </Mark>
                ) : (
                  <>
                    version {inForce.version}
                    <span className="sub">
                      <Time at={inForce.recorded} /> · <EntryLink index={inForce.entry} />
                    </span>
                  </>
                )}
              </td>
              <td className="p2">{inForce?.by ?? ''}</td>
              <td className="p2 ink2 break">{inForce?.message ?? ''}</td>
              <td className="p3">{inForce !== null && <Digest value={inForce.digest} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
