import { useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { saveFile } from '../ui/save-file.ts';
import { Time } from '../ui/time.tsx';
import { alarmWords } from './alarm-words.ts';
import { logWatch, useLogWatch } from './log-watch.ts';
import type { LogAlarm } from './log-memory.ts';

/** Above every page, until the reader puts it away: a failed check is more important than anything below it. */
export function LogAlarmBanner() {
  const { outcome } = useLogWatch();
  if (outcome.kind !== 'alarm') return null;
  return <Banner alarm={outcome.alarm} />;
}

function Banner({ alarm }: { readonly alarm: LogAlarm }) {
  const [asking, setAsking] = useState(false);
  const { title, seen, means } = alarmWords(alarm);
  return (
    <>
      <section className="alarm" role="alert" aria-label="The log could not be verified">
        <Icon name="bad" />
        <div>
          <h2>{title}</h2>
          <p>
            {seen} Noticed <Time at={alarm.at} form="full" />.
          </p>
          <p>{means}</p>
          <div className="acts">
            <SaveEvidence alarm={alarm} />
            <button type="button" className="btn sm" onClick={() => setAsking(true)}>
              Trust the log as it is now
            </button>
          </div>
        </div>
      </section>
      {asking && <TrustAnew alarm={alarm} onClose={() => setAsking(false)} />}
    </>
  );
}

function TrustAnew({ alarm, onClose }: { readonly alarm: LogAlarm; readonly onClose: () => void }) {
  return (
    <Dialog label="Trust the log as it is now" shape="box" onClose={onClose}>
      <header className="dlg-head">
        <h2>Trust the log as it is now?</h2>
      </header>
      <div className="dlg-body">
        <p className="ink2">
          This browser forgets the key and the checkpoint it knows, and trusts what the server shows next, as on a first
          visit. Do this only when you know why it changed. Save the evidence first; afterwards it is not here any more.
        </p>
        <p className="ink2">
          The server shows the key <code className="break">{alarm.key}</code>
        </p>
      </div>
      <footer className="dlg-foot">
        <button type="button" className="btn" onClick={onClose}>
          Keep the alarm
        </button>
        <button
          type="button"
          className="btn danger"
          onClick={() => {
            onClose();
            void logWatch.forget();
          }}
        >
          Forget, and trust it as it is now
        </button>
      </footer>
    </Dialog>
  );
}

function SaveEvidence({ alarm }: { readonly alarm: LogAlarm }) {
  return (
    <button
      type="button"
      className="btn sm"
      onClick={() => saveFile('log-alarm.json', 'application/json', JSON.stringify(alarm, null, 2))}
    >
      <Icon name="download" small />
      Save the evidence
    </button>
  );
}

/** Both sides of a failed check, verbatim. */
export function AlarmEvidence({ alarm }: { readonly alarm: LogAlarm }) {
  const { title, seen, means } = alarmWords(alarm);
  return (
    <div className="stack tight">
      <div>
        <h3>{title}</h3>
        <p className="gap-top">{seen}</p>
        <p className="ink2 gap-top">{means}</p>
      </div>
      <div>
        <h3>What this browser had verified</h3>
        <pre className="note">{alarm.before ? `${alarm.before.key}\n\n${alarm.before.note.trimEnd()}` : 'nothing'}</pre>
      </div>
      <div>
        <h3>What the server showed</h3>
        <pre className="note">
          {alarm.key}
          {'\n\n'}
          {alarm.note.trimEnd()}
        </pre>
      </div>
      <div>
        <SaveEvidence alarm={alarm} />
      </div>
    </div>
  );
}
