import { ProofPicture } from '../proof/proof-picture.tsx';
import { proofFileName, proveEntryCommand, shownCommand } from '../proof/repeat.ts';
import { useLogWatch } from '../proof/log-watch.ts';
import { bytes, count, figure } from '../text/wording.ts';
import { Command } from '../ui/command.tsx';
import { Icon } from '../ui/icon.tsx';
import { saveFile } from '../ui/save-file.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Badge } from '../ui/status.tsx';
import type { EntryCheck } from './entry-check-state.ts';

export function EntryBadge({ check }: { readonly check: EntryCheck }) {
  switch (check.kind) {
    case 'proved':
      return (
        <Badge tone="ok" icon="ok">
          in the signed log
        </Badge>
      );
    case 'failed':
      return (
        <Badge tone="bad" icon="bad">
          proof does not hold
        </Badge>
      );
    case 'unchecked':
      return (
        <Badge tone="warn" icon="warn">
          not checked
        </Badge>
      );
    case 'waiting':
      return (
        <Badge tone="run" icon="running">
          checking
        </Badge>
      );
    default:
      return check satisfies never;
  }
}

/** The proof that this browser has checked, drawn, and how to check it elsewhere. */
export function EntryProof({ index, check }: { readonly index: number; readonly check: EntryCheck }) {
  const { outcome } = useLogWatch();
  const key = outcome.kind === 'whole' || outcome.kind === 'unchecked' ? outcome.memory?.key : undefined;
  return (
    <>
      <div className="part">
        <h3>Proof</h3>
        {check.kind === 'proved' && (
          <>
            <ProofPicture path={check.entry.path} index={index} root={check.entry.root} />
            <p className="meta gap-top">
              {check.entry.path.length === 1
                ? 'The only entry: its hash is the root.'
                : `${count(check.entry.path.length - 1, 'hash', 'hashes')} ${check.entry.path.length === 2 ? 'leads' : 'lead'} from the entry to the root over ${figure(check.entry.size)} entries.`}{' '}
              {bytes(check.entry.file.length)}, checked here in{' '}
              {check.entry.ms < 10 ? check.entry.ms.toFixed(1) : check.entry.ms.toFixed(0)} ms.
            </p>
          </>
        )}
        {check.kind === 'failed' && (
          <div className="failure" role="alert">
            <span className="c-bad">
              <Icon name="bad" />
            </span>
            <div>
              <p>
                <strong>{check.why}</strong>
              </p>
              <p>{check.remedy}</p>
            </div>
          </div>
        )}
        {check.kind === 'unchecked' && <p className="ink2">{check.why}</p>}
        {check.kind === 'waiting' && <Skeleton rows={6} what="the proof" />}
      </div>
      {key !== undefined && (
        <div className="part">
          <h3>Repeat it yourself</h3>
          <p className="ink2 gap-below">The second line needs neither this server nor an account:</p>
          <Command text={proveEntryCommand(index, key)} shown={shownCommand(index, key)} />
        </div>
      )}
      {check.kind === 'proved' && (
        <div className="part">
          <h3>Checkpoint</h3>
          <pre className="note">{check.entry.note.trimEnd()}</pre>
        </div>
      )}
    </>
  );
}

export function SaveProof({ index, check }: { readonly index: number; readonly check: EntryCheck }) {
  const ready = check.kind === 'proved';
  return (
    <>
      <button
        type="button"
        className="btn"
        aria-disabled={!ready}
        aria-describedby={ready ? undefined : 'no-proof'}
        onClick={() => {
          if (ready) saveFile(proofFileName(index), 'text/plain', check.entry.file);
        }}
      >
        <Icon name="download" small />
        Download proof
      </button>
      {!ready && (
        <span className="why" id="no-proof">
          {check.kind === 'waiting' ? 'The proof is on its way.' : 'There is no proof to hand out.'}
        </span>
      )}
    </>
  );
}
