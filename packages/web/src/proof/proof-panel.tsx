import { parseVerifierKey, VerifyError } from '@custody/verify';
import { count, figure } from '../text/wording.ts';
import { Command } from '../ui/command.tsx';
import { Digest } from '../ui/digest.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { Badge } from '../ui/status.tsx';
import { Age, Time } from '../ui/time.tsx';
import { AlarmEvidence } from './log-alarm.tsx';
import { logWatch, useLogWatch, type WatchOutcome } from './log-watch.ts';
import type { LogMemory } from './log-memory.ts';
import { proveEntryCommand, shownCommand } from './repeat.ts';

/** What was checked here, when, and how to repeat it without this page. */
export function ProofPanel({ onClose }: { readonly onClose: () => void }) {
  const { outcome, checking } = useLogWatch();
  return (
    <Dialog label="Proof of the log" shape="sheet" onClose={onClose}>
      <div className="drawer">
        <header>
          <div>
            <p className="crumb">checked in this browser</p>
            <h2>Proof of the log</h2>
            <div className="badges">
              <OutcomeBadge outcome={outcome} checking={checking} />
            </div>
          </div>
          <button type="button" className="icon-btn" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="drawer-body" tabIndex={0} role="group" aria-label="Details">
          <Body outcome={outcome} />
        </div>
        <footer>
          <button type="button" className="btn" aria-disabled={checking} onClick={() => void logWatch.check()}>
            {checking ? 'Checking' : 'Check now'}
          </button>
          <span className="meta">Repeats every 30 s while this page is open.</span>
        </footer>
      </div>
    </Dialog>
  );
}

function OutcomeBadge({ outcome, checking }: { readonly outcome: WatchOutcome; readonly checking: boolean }) {
  switch (outcome.kind) {
    case 'whole':
      return (
        <Badge tone="ok" icon="ok">
          whole, {count(outcome.memory.size, 'entry', 'entries')}
        </Badge>
      );
    case 'alarm':
      return (
        <Badge tone="bad" icon="bad">
          the check failed
        </Badge>
      );
    case 'unchecked':
    case 'unsupported':
      return (
        <Badge tone="warn" icon="warn">
          not checked
        </Badge>
      );
    case 'empty':
      return (
        <Badge tone="idle" icon="unknown">
          empty
        </Badge>
      );
    case 'none':
      return (
        <Badge tone="run" icon="running">
          {checking ? 'checking' : 'not checked yet'}
        </Badge>
      );
    default:
      return outcome satisfies never;
  }
}

function Body({ outcome }: { readonly outcome: WatchOutcome }) {
  switch (outcome.kind) {
    case 'whole':
      return <Whole outcome={outcome} />;
    case 'alarm':
      return (
        <div className="part">
          <AlarmEvidence alarm={outcome.alarm} />
        </div>
      );
    case 'unsupported':
      return (
        <div className="part">
          <p>{outcome.why}</p>
          <p className="ink2 gap-top">
            The command line can check everywhere: <code>custody-verify</code> needs no browser.
          </p>
        </div>
      );
    case 'unchecked':
      return (
        <>
          <div className="part">
            <p>{outcome.why}</p>
            <p className="ink2 gap-top">
              This is not an alarm: nothing was compared.{' '}
              {outcome.memory ? 'What was verified before still holds.' : 'Nothing has been verified here yet.'}
            </p>
          </div>
          {outcome.memory && <Remembered memory={outcome.memory} />}
        </>
      );
    case 'empty':
      return (
        <div className="part">
          <Empty title="The log is empty" command="custody send events.jsonl">
            There is nothing to sign yet. The first entry brings the first checkpoint.
          </Empty>
        </div>
      );
    case 'none':
      return (
        <div className="part">
          <p className="ink2">The first check takes a moment.</p>
        </div>
      );
    default:
      return outcome satisfies never;
  }
}

function Whole({ outcome: { memory, compared, ms } }: { readonly outcome: WatchOutcome & { kind: 'whole' } }) {
  const key = keyIdOf(memory.key);
  return (
    <>
      <div className="part">
        <h3>What was checked</h3>
        <ol className="tl">
          <li>
            <span className="c-ok">
              <Icon name="ok" />
            </span>
            <div>
              The signature is good
              <span className="sub">Ed25519, by key {key}, over the checkpoint below</span>
            </div>
          </li>
          <li>
            <span className="c-ok">
              <Icon name="ok" />
            </span>
            <div>
              The key is the one this browser knows
              <span className="sub">
                since <Time at={memory.trustedSince} form="full" />
              </span>
            </div>
          </li>
          <li>
            <span className="c-ok">
              <Icon name="ok" />
            </span>
            <div>
              {compared.from === null ? 'First visit: nothing to compare with yet' : 'Entries were only added'}
              <span className="sub">
                {compared.from === null
                  ? 'From now on every visit is compared with this one.'
                  : compared.from.size === memory.size
                    ? `the same ${figure(memory.size)} entries as at the last check`
                    : `${figure(compared.from.size)} entries are the beginning of ${figure(memory.size)}, by a proof of ${count(compared.hashes, 'hash', 'hashes')}`}
              </span>
            </div>
          </li>
        </ol>
        <p className="meta gap-top">
          Checked <Age at={memory.verifiedAt} sentence />. It took {ms.toFixed(0)} ms with the network.
        </p>
      </div>
      <Remembered memory={memory} />
      <div className="part">
        <h3>Repeat it yourself</h3>
        <p className="ink2 gap-below">Proves the newest entry under this root, without this page:</p>
        <Command
          text={proveEntryCommand(memory.size - 1, memory.key)}
          shown={shownCommand(memory.size - 1, memory.key)}
        />
      </div>
      <div className="part">
        <h3>Checkpoint</h3>
        <pre className="note">{memory.note.trimEnd()}</pre>
      </div>
    </>
  );
}

function Remembered({ memory }: { readonly memory: LogMemory }) {
  return (
    <div className="part">
      <h3>What this browser remembers</h3>
      <dl className="dl narrow">
        <dt>Key</dt>
        <dd>
          <Digest value={memory.key} shown={memory.key.split('+').slice(0, 2).join('+')} name="key" />
        </dd>
        <dt>Root</dt>
        <dd>
          <Digest value={memory.root} name="root" />
        </dd>
        <dt>Entries</dt>
        <dd>{figure(memory.size)}</dd>
      </dl>
      <p className="meta gap-top">
        The key was trusted on first use: compare it once with a source you trust, such as what{' '}
        <code>custody start</code> prints. A changed key raises an alarm.
      </p>
    </div>
  );
}

function keyIdOf(key: string): string {
  try {
    return parseVerifierKey(key).id;
  } catch (error) {
    if (error instanceof VerifyError) return key;
    throw error;
  }
}
