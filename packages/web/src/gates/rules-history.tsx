import type { GateRulesDetail } from '../api/answers.ts';
import { Digest } from '../ui/digest.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Time } from '../ui/time.tsx';

interface RulesHistoryProps {
  /** Null before the first version. */
  readonly detail: GateRulesDetail | null;
  readonly onRead: (version: number) => void;
}

/** Every version, the newest first: who, when, why, and its text. */
export function RulesHistory({ detail, onRead }: RulesHistoryProps) {
  if (detail === null) return <p className="pad ink2">No version yet.</p>;
  return (
    <table className="table top">
      <caption className="sr">Versions of {detail.name}</caption>
      <thead>
        <tr>
          <th scope="col" className="num">
            Version
          </th>
          <th scope="col">Why</th>
          <th scope="col" className="p2">
            Text
          </th>
          <th scope="col">
            <span className="sr">Act</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {detail.history.map(({ version, message, by, recorded, digest, entry, withdrawn }) => (
          <tr key={version}>
            <td className="num">{version}</td>
            <td className="break">
              {withdrawn ? 'Withdrawn: ' : ''}
              {message}
              <span className="sub">
                {by} · <Time at={recorded} /> · <EntryLink index={entry} />
              </span>
            </td>
            <td className="p2">{!withdrawn && <Digest value={digest} />}</td>
            <td>
              {version === detail.inForce?.version ? (
                <span className="meta">in force</span>
              ) : (
                !withdrawn && (
                  <button type="button" className="btn sm" onClick={() => onRead(version)}>
                    Read {version}
                  </button>
                )
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
