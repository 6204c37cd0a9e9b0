import { useEffect, useRef, useState } from 'react';
import type { DryRun } from '../api/answers.ts';
import { postJson } from '../api/client.ts';
import { RequestError } from '../api/request-error.ts';
import { count, figure } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { policyPath } from './check.ts';
import type { Files } from './draft.ts';

interface DryRunPanelProps {
  readonly name: string;
  readonly files: Files;
  readonly days: number;
  readonly onDays: (days: number) => void;
  /** Raised by whoever wants it run. */
  readonly asked: number;
  readonly blocked: string | null;
}

const DAY_MS = 86_400_000;
const SPANS = [1, 7, 30, 90, 365];

interface Ran {
  readonly files: Files;
  readonly run: DryRun;
}

/** The decisions of the past, asked again of the draft: how many come out otherwise, which, and where the rules part. */
export function DryRunPanel({ name, files, days, onDays, asked, blocked }: DryRunPanelProps) {
  const [ran, setRan] = useState<Ran | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const [running, setRunning] = useState(false);
  const wanted = useRef({ name, files, days });
  wanted.current = { name, files, days };
  const handled = useRef(asked);

  const start = () => {
    const { name: policy, files: draft, days: back } = wanted.current;
    setRunning(true);
    setError(null);
    const since = new Date(Date.now() - back * DAY_MS).toISOString();
    postJson<DryRun>(policyPath(policy, '/dry-run'), { files: draft, since })
      .then(
        (run) => {
          setRan({ files: draft, run });
          announce(`Dry run done: ${flipWords(run)}`);
        },
        (cause: unknown) => {
          if (cause instanceof RequestError) setError(cause);
        },
      )
      .finally(() => setRunning(false));
  };
  useEffect(() => {
    if (handled.current === asked) return;
    handled.current = asked;
    if (blocked === null) start();
  }, [asked, blocked]);

  const run = ran?.run ?? null;
  return (
    <section className="dry" aria-labelledby="dry-run">
      <div className="sec-h">
        <h2 id="dry-run">Dry run</h2>
        {run !== null && <span className="count">against {count(run.decisions, 'decision')}</span>}
      </div>
      <div className="dry-ask">
        <label>
          <span className="sr">How far back</span>
          <select className="filter" value={days} onChange={({ target }) => onDays(Number(target.value))}>
            {(SPANS.includes(days) ? SPANS : [...SPANS, days]).map((span) => (
              <option key={span} value={span}>
                Last {count(span, 'day')}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="btn sm"
          aria-disabled={blocked !== null || running}
          aria-describedby={blocked === null ? undefined : 'dry-why'}
          aria-keyshortcuts="Control+Enter"
          onClick={() => blocked === null && !running && start()}
        >
          {running ? 'Asking again' : 'Run dry'}
        </button>
      </div>
      {blocked !== null && (
        <p id="dry-why" className="why">
          {blocked}
        </p>
      )}
      {error !== null && <Failure error={error} onRetry={start} />}
      {run === null && error === null && (
        <p className="ink2">
          Asks every decision of that time again, with the input and at the time of then, and shows which would flip.
        </p>
      )}
      {run !== null && ran?.files !== files && <p className="ink2">The text changed since; run it again.</p>}
      {run !== null && <Result run={run} />}
    </section>
  );
}

const flipWords = (run: DryRun): string =>
  `${count(run.nowDenied, 'decision')} now denied, ${figure(run.nowAllowed)} now allowed, ${figure(run.same)} the same`;

function Result({ run }: { readonly run: DryRun }) {
  const flipped = run.nowDenied + run.nowAllowed + run.otherwise;
  const share = run.decisions === 0 ? 0 : (flipped / run.decisions) * 100;
  return (
    <>
      <div className="flip">
        <div>
          <strong>{figure(run.same)}</strong>
          <span>same</span>
        </div>
        <div>
          <strong className={run.nowDenied > 0 ? 'c-bad' : undefined}>{figure(run.nowDenied)}</strong>
          <Mark tone={run.nowDenied > 0 ? 'bad' : 'ok'} icon={run.nowDenied > 0 ? 'bad' : 'ok'}>
            now denied
          </Mark>
        </div>
        <div>
          <strong className={run.nowAllowed > 0 ? 'c-warn' : undefined}>{figure(run.nowAllowed)}</strong>
          <Mark tone={run.nowAllowed > 0 ? 'warn' : 'ok'} icon={run.nowAllowed > 0 ? 'warn' : 'ok'}>
            now allowed
          </Mark>
        </div>
      </div>
      <div className="bar" role="img" aria-label={`${flipped} of ${run.decisions} decisions would flip`}>
        <i className="ink" style={{ width: `${100 - share}%` }} />
        <i className="bad" style={{ flex: 1 }} />
      </div>
      {run.flips.length > 0 && (
        <table className="table top flips">
          <caption className="sr">Decisions that would flip</caption>
          <thead>
            <tr>
              <th scope="col">What was asked</th>
              <th scope="col" className="num">
                Then → now
              </th>
            </tr>
          </thead>
          <tbody>
            {run.flips.map((flip) => (
              <tr key={flip.entry}>
                <td>
                  <span className="mono brk">{flip.path}</span>
                  <span className="sub">
                    {Object.entries(flip.summary)
                      .map(([key, value]) => `${key} ${String(value)}`)
                      .join(', ')}
                    {Object.keys(flip.summary).length > 0 && ' · '}
                    {flip.by} · <Time at={flip.decided} /> · <EntryLink index={flip.entry} />
                  </span>
                  {flip.heldThen.map((rule) => (
                    <Why key={rule} word="held then" rule={rule} />
                  ))}
                  {flip.holdsNow.map((rule) => (
                    <Why key={rule} word="holds now" rule={rule} />
                  ))}
                  {flip.stopped !== null && flip.holdsNow.length === 0 && <Why word="stops at" rule={flip.stopped} />}
                </td>
                <td className="num nowrap">
                  {flip.was} → <strong>{flip.would}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="foot">
        {flipped > run.flips.length && `${figure(flipped - run.flips.length)} more. `}
        {run.otherwise > 0 && `${figure(run.otherwise)} flip otherwise. `}
        {run.changed > 0 && `${figure(run.changed)} answer with another value. `}
        {run.erased > 0 && `${figure(run.erased)} cannot be asked again: their input was erased. `}
        {run.cut && 'There are more decisions in that time; the oldest were asked. '}
        Done in {(run.micros / 1e6).toFixed(1)} s
      </p>
    </>
  );
}

function Why({ word, rule }: { readonly word: string; readonly rule: string }) {
  return (
    <span className="sub">
      {word} <span className="mono brk">{rule}</span>
    </span>
  );
}
