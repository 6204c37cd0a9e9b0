import type { PolicyDetail } from '../api/answers.ts';
import { Digest } from '../ui/digest.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Time } from '../ui/time.tsx';

interface HistoryViewProps {
  readonly detail: PolicyDetail;
  /** Null where the reader may not. */
  readonly onRollBack: ((version: number) => void) | null;
}

/** Every version, the newest first: who, when, why, and the way back. */
export function HistoryView({ detail, onRollBack }: HistoryViewProps) {
  return (
    <div className="pad">
      <table className="table top">
        <caption className="sr">Versions of {detail.name}</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              Version
            </th>
            <th scope="col">Why</th>
            <th scope="col" className="p2">
              Files
            </th>
            <th scope="col">
              <span className="sr">Act</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.history.map(({ version, message, author, by, recorded, digest, entry, rollbackOf, withdrawn }) => (
            <tr key={version}>
              <td className="num">{version}</td>
              <td>
                {withdrawn ? 'Withdrawn: ' : ''}
                {message}
                <span className="sub">
                  {author}
                  {by === author ? '' : `, published by ${by}`} · <Time at={recorded} />
                  {rollbackOf === null ? '' : ` · version ${rollbackOf} again`} · <EntryLink index={entry} />
                </span>
              </td>
              <td className="p2">
                <Digest value={digest} />
              </td>
              <td>
                {version === detail.inForce?.version ? (
                  <span className="meta">in force</span>
                ) : (
                  onRollBack !== null &&
                  !withdrawn && (
                    <button type="button" className="btn sm" onClick={() => onRollBack(version)}>
                      Roll back to {version}
                    </button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
