import type { PolicyCheck } from '../api/answers.ts';
import { Mark } from '../ui/status.tsx';

const OUTCOME = {
  passed: { tone: 'ok', icon: 'ok', word: 'passed' },
  failed: { tone: 'bad', icon: 'bad', word: 'failed' },
  error: { tone: 'bad', icon: 'bad', word: 'broke' },
  skipped: { tone: 'idle', icon: 'unknown', word: 'skipped' },
} as const;

/** The tests of the draft, run by the server as it is typed. */
export function TestsView({
  check,
  onAdd,
}: {
  readonly check: PolicyCheck | null;
  readonly onAdd: (() => void) | null;
}) {
  const tests = check?.tests ?? [];
  return (
    <div className="pad">
      {tests.length === 0 && (
        <p className="ink2">
          {check !== null && check.issues.length > 0
            ? 'Tests run once there are no errors.'
            : 'No tests yet. A test is a rule named test_…, in a file that ends in _test.rego.'}
        </p>
      )}
      {tests.length > 0 && (
        <table className="table">
          <caption className="sr">Tests of this draft</caption>
          <thead>
            <tr>
              <th scope="col">Test</th>
              <th scope="col">Outcome</th>
              <th scope="col" className="p2">
                Where
              </th>
            </tr>
          </thead>
          <tbody>
            {tests.map(({ name, outcome, file, line, stopped, message }) => (
              <tr key={name}>
                <td>
                  <span className="mono">{name.split('.').at(-1)}</span>
                  {(message ?? stopped) !== null && <span className="sub">{message ?? `stopped at ${stopped}`}</span>}
                </td>
                <td>
                  <Mark tone={OUTCOME[outcome].tone} icon={OUTCOME[outcome].icon}>
                    {OUTCOME[outcome].word}
                  </Mark>
                </td>
                <td className="p2 mono">
                  {file}:{line}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {check?.coverage != null && <p className="foot">The tests reach {check.coverage}% of the lines.</p>}
      {onAdd !== null && (
        <button type="button" className="btn sm" onClick={onAdd}>
          Add a file of tests
        </button>
      )}
    </div>
  );
}
