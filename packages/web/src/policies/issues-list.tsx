import type { PolicyCheck } from '../api/answers.ts';
import { count } from '../text/wording.ts';
import { Mark } from '../ui/status.tsx';
import type { TypedAnswer } from '../api/typed-answer.ts';

interface IssuesListProps {
  readonly id: string;
  readonly checked: TypedAnswer<Pick<PolicyCheck, 'issues'>>;
  readonly onGo: (issue: PolicyCheck['issues'][number]) => void;
}

/** The errors of a draft, each with the way out; a press leads to its place. */
export function IssuesList({ id, checked, onGo }: IssuesListProps) {
  const { check, error } = checked;
  const issues = check?.issues ?? [];
  return (
    <footer id={id} className="issues">
      <div role="status">
        {error !== null ? (
          <Mark tone="warn" icon="warn">
            {error.title}
          </Mark>
        ) : check === null ? (
          <span className="ink3">Reading</span>
        ) : issues.length === 0 ? (
          <Mark tone="ok" icon="ok">
            No errors
          </Mark>
        ) : (
          <Mark tone="bad" icon="bad">
            {count(issues.length, 'error')}
          </Mark>
        )}
      </div>
      {issues.map((issue) => (
        <p key={`${issue.file}:${issue.line}:${issue.message}`}>
          {issue.line !== null && (
            <button type="button" className="btn quiet sm" onClick={() => onGo(issue)}>
              {issue.file === null ? 'Line' : `${issue.file} line`} {issue.line}
            </button>
          )}
          <strong>{issue.message}</strong> <span className="ink2">{issue.remedy}</span>
        </p>
      ))}
    </footer>
  );
}
