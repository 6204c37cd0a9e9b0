import type { PolicyDetail } from '../api/answers.ts';
import { VersionTable } from '../ui/version-table.tsx';

interface HistoryViewProps {
  readonly detail: PolicyDetail;
  /** Null where the reader may not. */
  readonly onRollBack: ((version: number) => void) | null;
}

/** Every version of a policy, and the way back. */
export function HistoryView({ detail, onRollBack }: HistoryViewProps) {
  return (
    <div className="pad">
      <VersionTable
        name={detail.name}
        versions={detail.history}
        inForce={detail.inForce?.version ?? null}
        digestOf="Files"
        who={({ author, by }) => (by === author ? author : `${author}, published by ${by}`)}
        more={({ rollbackOf }) => (rollbackOf === null ? '' : ` · version ${rollbackOf} again`)}
        act={({ version }) =>
          onRollBack !== null && (
            <button type="button" className="btn sm" onClick={() => onRollBack(version)}>
              Roll back to {version}
            </button>
          )
        }
      />
    </div>
  );
}
