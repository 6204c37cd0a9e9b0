import type { ReactNode } from 'react';
import type { Status } from '../api/answers.ts';
import { useLogWatch } from '../proof/log-watch.ts';
import { figure } from '../text/wording.ts';
import { Digest } from '../ui/digest.tsx';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';

/** The log in four figures. What stands under "Since your visit" was checked here, not told by the server. */
export function LogSummary({ status }: { readonly status: Status | null }) {
  const checkpoint = status?.log.checkpoint ?? null;
  return (
    <dl className="strip">
      <Cell title="Entries">
        <strong>{status ? figure(status.log.size) : '–'}</strong>
      </Cell>
      <Cell title="Root">
        {checkpoint ? (
          <Digest value={checkpoint.root} name="root" />
        ) : (
          <span className="ink3">{status ? 'none yet' : '–'}</span>
        )}
      </Cell>
      <Cell title="Signed">
        {checkpoint ? <Time at={checkpoint.signedAt} /> : <span className="ink3">{status ? 'not yet' : '–'}</span>}
      </Cell>
      <Cell title="Since your visit">
        <SinceVisit />
      </Cell>
    </dl>
  );
}

function SinceVisit() {
  const { outcome, visit } = useLogWatch();
  switch (outcome.kind) {
    case 'whole': {
      if (!visit) {
        return (
          <Mark tone="idle" icon="shield">
            first visit, remembered from now
          </Mark>
        );
      }
      const added = outcome.memory.size - visit.size;
      return (
        <Mark tone="ok" icon="ok">
          {added === 0 ? 'nothing added' : `${figure(added)} added`}, none changed
        </Mark>
      );
    }
    case 'alarm':
      return (
        <Mark tone="bad" icon="bad">
          the check failed
        </Mark>
      );
    case 'empty':
      return <span className="ink3">nothing yet</span>;
    case 'none':
      return <span className="ink3">checking</span>;
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

function Cell({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
