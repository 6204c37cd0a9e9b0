import { useState } from 'react';
import type { GateDryRun, Starter } from '../api/answers.ts';
import { postJson } from '../api/client.ts';
import { RequestError } from '../api/request-error.ts';
import { bytes } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { Failure } from '../ui/failure.tsx';
import { DryRunResult } from './dry-run-result.tsx';
import { verdictShown } from './gate-words.ts';
import { formatLike, FORMATS, sampleOf, SAMPLE_MAX, type Format, type Sample } from './sample.ts';

interface SamplePanelProps {
  readonly name: string;
  readonly rules: string;
  /** Why it cannot be tried; null if it can. */
  readonly blocked: string | null;
  /** Why no start can be written. */
  readonly noStart: string | null;
  /** Rules to start from, made from the sample. */
  readonly onStart: (rules: string) => void;
}

interface Ran {
  readonly rules: string;
  readonly sample: Sample;
  readonly run: GateDryRun;
}

const NONE: Sample = { text: '', format: 'csv', file: null, isCut: false };

/** Tries the rules on the beginning of a file before anything goes by them. */
export function SamplePanel({ name, rules, blocked, noStart, onStart }: SamplePanelProps) {
  const [sample, setSample] = useState<Sample>(NONE);
  const [ran, setRan] = useState<Ran | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const [busy, setBusy] = useState<'run' | 'start' | null>(null);
  /** The rules that a start took the place of. */
  const [before, setBefore] = useState<string | null>(null);

  const empty = sample.text.trim() === '' ? 'There is no sample.' : null;
  const noRun = blocked ?? empty;
  const ask = async (what: 'run' | 'start', asking: () => Promise<void>) => {
    setBusy(what);
    setError(null);
    try {
      await asking();
    } catch (cause) {
      if (!(cause instanceof RequestError)) throw cause;
      setError(cause);
    } finally {
      setBusy(null);
    }
  };
  const run = () =>
    ask('run', async () => {
      const { text, format } = sample;
      const answer = await postJson<GateDryRun>('/custody/v1/gate/dry-run', { rules, sample: text, format });
      setRan({ rules, sample, run: answer });
      announce(
        answer.report === null ? 'Dry run: the sample cannot be read' : `Dry run: ${verdictShown(answer.report).word}`,
      );
    });
  const start = () =>
    ask('start', async () => {
      const { text, format, file } = sample;
      const answer = await postJson<Starter>('/custody/v1/gate/starter', { sample: text, format, name: file ?? name });
      setBefore(rules);
      onStart(answer.rules);
      announce('Rules to start from are in the editor');
    });

  return (
    <section className="dry" aria-labelledby="dry-run">
      <div className="sec-h">
        <h2 id="dry-run">Dry run on a sample</h2>
      </div>
      <p className="ink2 pad-top" id="sample-stays">
        The sample stays in this tab. It goes to the server for a dry run or starter rules, which keep nothing of it,
        and is gone when you leave the page.
      </p>
      <div className="field gap-top">
        <label htmlFor="sample">Sample, with its header</label>
        <textarea
          id="sample"
          className="input mono sm"
          rows={8}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          maxLength={SAMPLE_MAX}
          aria-describedby="sample-stays"
          placeholder={'review_id,text\n1,write to jane@example.org'}
          value={sample.text}
          onChange={({ target }) => {
            const pasted = sample.text === '' && target.value.length > 1;
            setSample({
              text: target.value,
              format: pasted ? formatLike(target.value) : sample.format,
              file: null,
              isCut: false,
            });
          }}
        />
        {sample.file !== null && (
          <span className="hint">
            {sample.isCut ? `The first ${bytes(SAMPLE_MAX)} of ` : ''}
            {sample.file}
          </span>
        )}
      </div>
      <div className="dry-ask">
        <label className="btn pick">
          Choose a file
          <input
            type="file"
            className="sr"
            accept=".csv,.tsv,.json,.jsonl,.ndjson,.txt"
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) void sampleOf(file).then(setSample);
              // The same file can be chosen again after it changed.
              target.value = '';
            }}
          />
        </label>
        <label>
          <span className="sr">Format</span>
          <select
            className="filter"
            value={sample.format}
            onChange={({ target }) => setSample({ ...sample, format: target.value as Format })}
          >
            {FORMATS.map((format) => (
              <option key={format} value={format}>
                {format.toUpperCase()}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="btn"
          aria-disabled={noRun !== null || busy !== null}
          aria-describedby={noRun === null ? undefined : 'run-why'}
          onClick={() => noRun === null && busy === null && void run()}
        >
          {busy === 'run' ? 'Trying' : 'Run dry'}
        </button>
        <button
          type="button"
          className="btn"
          aria-disabled={(noStart ?? empty) !== null || busy !== null}
          aria-describedby={(noStart ?? empty) === null ? undefined : 'run-why'}
          onClick={() => (noStart ?? empty) === null && busy === null && void start()}
        >
          {busy === 'start' ? 'Reading' : 'Write starter rules'}
        </button>
        {before !== null && (
          <button
            type="button"
            className="btn quiet"
            onClick={() => {
              onStart(before);
              setBefore(null);
            }}
          >
            Put the rules back
          </button>
        )}
      </div>
      {noRun !== null && (
        <p id="run-why" className="why">
          {noRun}
        </p>
      )}
      {error !== null && <Failure error={error} />}
      {ran !== null && (ran.rules !== rules || ran.sample !== sample) && (
        <p className="ink2">The rules or the sample changed since; run it again.</p>
      )}
      {ran !== null && <DryRunResult run={ran.run} sample={ran.sample.text} />}
    </section>
  );
}
