import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { refreshAnswers } from '../api/answer-store.ts';
import type { BatchDetail } from '../api/answers.ts';
import { postForFile, postJson } from '../api/client.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { bytes, count, figure } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { Digest } from '../ui/digest.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { saveFile } from '../ui/save-file.ts';
import { Time } from '../ui/time.tsx';
import { BATCH_STATES, mayNotRelease, releasedName } from './gate-words.ts';
import { Crumb, GatePage } from './gate-page.tsx';
import { useMayNot } from './gate-reader.ts';
import { MaskedRows } from './masked-rows.tsx';
import { ReasonsList } from './report-view.tsx';

const HINT = 'It stands in the log for good, with your name: no personal data in it.';
const ACTS = [
  ['masked', 'Release masked'],
  ['raw', 'Release as it came'],
  ['destroy', 'Destroy'],
] as const;
type Doing = (typeof ACTS)[number][0] | null;

const batchPath = (id: string, act = ''): string => `/custody/v1/quarantine/${encodeURIComponent(id)}${act}`;

/** One batch: why it is here, what its rows look like, and what can be done with it. */
export function BatchPage({ id }: { readonly id: string }) {
  return (
    <GatePage<BatchDetail>
      path={batchPath(id)}
      what="Batch"
      crumb={<Crumb list={{ view: 'quarantine', name: 'Quarantine' }} />}
      shownOf={({ state }) => BATCH_STATES[state]}
      leadOf={({ rows, since, isWhole }) => (
        <>
          {count(rows, 'row')} set aside, <Time at={since} form="full" />.{' '}
          {isWhole ? 'It is the whole batch: nothing of it was written.' : 'The rest of the batch was written.'}
        </>
      )}
      inPast="This page shows the batch as it is now."
    >
      {(batch) => <Batch batch={batch} />}
    </GatePage>
  );
}

function Batch({ batch }: { readonly batch: BatchDetail }) {
  const { id, state, rows, reasons, sample, columns, digest, ingest } = batch;
  const [doing, setDoing] = useState<Doing>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const mayNot = useMayNot(mayNotRelease);
  const why = state === 'destroyed' ? 'It is destroyed. Nobody can read its rows any more.' : mayNot;

  const release = (as: 'raw' | 'masked') => async (reason: string) => {
    const blob = await postForFile(batchPath(id, '/release'), { as, reason });
    const name = releasedName(batch, as, await blob.slice(0, 1).text());
    saveFile(name, 'application/octet-stream', blob);
    setDoing(null);
    setSaved(`${count(rows, 'row')} released and saved as ${name}, ${bytes(blob.size)}.`);
    announce(`Released: ${count(rows, 'row')} saved as ${name}`);
    refreshAnswers();
  };
  const destroy = async (reason: string) => {
    await postJson(batchPath(id, '/destroy'), { reason });
    setDoing(null);
    setSaved(null);
    announce('Destroyed');
    refreshAnswers();
  };

  return (
    <>
      {saved !== null && (
        <Notice icon="download">
          <strong>{saved}</strong> The batch stays here until it is destroyed.
        </Notice>
      )}
      <section className={state === 'held' ? 'box held-box' : 'box'} aria-labelledby="why-held">
        <header>
          <h2 id="why-held">Why</h2>
          <span className="acts">
            <Digest value={digest} name="digest of the batch" />
          </span>
        </header>
        <div className="pad">
          {reasons.length === 0 ? (
            <p className="ink2">The report of its ingest was erased.</p>
          ) : (
            <ReasonsList reasons={reasons} />
          )}
          <p className="ink2 gap-top">
            <Link to="/gates" search={{ ingest }} className="inline-link">
              The whole report
            </Link>{' '}
            {batch.isWhole ? 'says what was found in it.' : 'says what became of the other rows.'}
          </p>
        </div>
        <footer>
          {ACTS.map(([what, deed]) => (
            <button
              key={what}
              type="button"
              className={what === 'destroy' ? 'btn danger' : 'btn'}
              aria-disabled={why !== null}
              aria-describedby={why === null ? undefined : 'batch-why'}
              onClick={() => why === null && setDoing(what)}
            >
              {what !== 'destroy' && <Icon name="download" small />}
              {deed}
            </button>
          ))}
          {why !== null && (
            <span className="why" id="batch-why">
              <Icon name="lock" small />
              {why}
            </span>
          )}
        </footer>
      </section>
      <section className="sec gap-sec" aria-labelledby="rows">
        <header>
          <h2 id="rows">Rows</h2>
          <span className="count">
            {sample.length === 0
              ? ''
              : sample.length < rows
                ? `the first ${figure(sample.length)} of ${figure(rows)}, masked`
                : `${figure(rows)}, masked`}
          </span>
        </header>
        {sample.length === 0 ? (
          <p className="ink2 pad-top">{state === 'destroyed' ? 'There are none any more.' : 'No row can be shown.'}</p>
        ) : (
          <>
            <MaskedRows caption="Rows set aside, masked" rows={sample} columns={columns} />
            <p className="foot">
              What was found is named by its type; other letters are x and digits 9. Short plain numbers stay.
            </p>
          </>
        )}
      </section>
      <History batch={batch} />
      {(doing === 'masked' || doing === 'raw') && (
        <ReasonDialog
          title={doing === 'raw' ? 'Release as it came' : 'Release masked'}
          deed={`Release ${count(rows, 'row')}`}
          hint={HINT}
          least={3}
          onDo={release(doing)}
          onClose={() => setDoing(null)}
        >
          <p className="ink2">
            {doing === 'raw' ? (
              <>
                <strong>The file holds what the gate held back</strong>, in clear. Whoever has it must keep it safe.
              </>
            ) : (
              'You get a file of its rows in which what was found is masked.'
            )}{' '}
            The batch stays here.
          </p>
        </ReasonDialog>
      )}
      {doing === 'destroy' && <DestroyDialog rows={rows} onDo={destroy} onClose={() => setDoing(null)} />}
    </>
  );
}

interface DestroyProps {
  readonly rows: number;
  readonly onDo: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

const WORD = 'destroy';

/** What cannot be undone is asked for twice: by its button, and by its word. */
function DestroyDialog({ rows, onDo, onClose }: DestroyProps) {
  const [word, setWord] = useState('');
  return (
    <ReasonDialog
      title="Destroy the batch"
      deed={`Destroy ${count(rows, 'row')}`}
      isDanger
      missing={word.trim().toLowerCase() === WORD ? null : `Type ${WORD} first.`}
      hint={HINT}
      least={3}
      onDo={onDo}
      onClose={onClose}
    >
      <p className="ink2">
        Its key is destroyed, then its {count(rows, 'row')}. The decision stays in the log. It cannot be undone.
      </p>
      <div className="field">
        <label htmlFor="destroy-word">
          Type <code>{WORD}</code>
        </label>
        <input
          id="destroy-word"
          className="input"
          autoComplete="off"
          spellCheck={false}
          value={word}
          onChange={({ target }) => setWord(target.value)}
        />
      </div>
    </ReasonDialog>
  );
}

function History({ batch: { id, entry, since, released, destroyed } }: { readonly batch: BatchDetail }) {
  return (
    <section className="sec gap-sec" aria-labelledby="history">
      <header>
        <h2 id="history">What happened</h2>
        <span className="acts meta mono trunc">{id}</span>
      </header>
      <ol className="tl">
        <li>
          <Icon name="held" />
          <span>
            set aside
            <span className="sub">
              <EntryLink index={entry} />
            </span>
          </span>
          <Time at={since} />
        </li>
        {released !== null && (
          <li>
            <Icon name="download" />
            <span>
              released {released.as === 'raw' ? 'as it came' : 'masked'} by {released.by}: {released.reason}
              <span className="sub">
                <EntryLink index={released.entry} />
                {' · the last release; the log has all'}
              </span>
            </span>
            <Time at={released.at} />
          </li>
        )}
        {destroyed !== null && (
          <li>
            <Icon name="gone" />
            <span>
              destroyed by {destroyed.by}: {destroyed.reason}
              <span className="sub">
                <EntryLink index={destroyed.entry} />
              </span>
            </span>
            <Time at={destroyed.at} />
          </li>
        )}
      </ol>
    </section>
  );
}
