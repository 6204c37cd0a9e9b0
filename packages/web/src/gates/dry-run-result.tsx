import type { GateDryRun, GateReport } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';
import { Notice } from '../ui/notice.tsx';
import { ShownBadge } from './gate-page.tsx';
import { rowsSentence, verdictShown } from './gate-words.ts';
import { MaskedRows } from './masked-rows.tsx';
import { ChecksTable, FirstFailures, FoundTable, Notes } from './report-view.tsx';
import { outputLines } from './sample.ts';

const LINES = 40;
const ASIDE = 20;

/** What the rules would do with the sample. */
export function DryRunResult({ run, sample }: { readonly run: GateDryRun; readonly sample: string }) {
  const { issues, report, trouble, output, aside } = run;
  return (
    <div className="stack tight ran">
      {issues.length > 0 && <p className="ink2">The rules have errors, so nothing was tried.</p>}
      {trouble !== null && (
        <Notice tone="bad" icon="bad">
          <strong>The sample cannot be read.</strong> {trouble.message} (row {figure(trouble.row)}, byte{' '}
          {figure(trouble.byte)})
        </Notice>
      )}
      {report !== null && (
        <>
          <Verdict report={report} />
          <FirstFailures report={report} />
          {aside.length > 0 && (
            <section className="sec" aria-labelledby="would-aside">
              <header>
                <h2 id="would-aside">Would be set aside</h2>
                <span className="count">
                  {aside.length > ASIDE
                    ? `the first ${ASIDE} of ${figure(report.rows.quarantined)}, masked`
                    : `${count(aside.length, 'row')}, masked`}
                </span>
              </header>
              <MaskedRows
                caption="Rows that would be set aside, masked"
                rows={aside.slice(0, ASIDE)}
                columns={report.columns}
              />
            </section>
          )}
          {output !== null && <Output output={output} sample={sample} />}
          <FoundTable report={report} />
          <ChecksTable report={report} />
          <Notes report={report} />
        </>
      )}
    </div>
  );
}

function Verdict({ report }: { readonly report: GateReport }) {
  return (
    <p className="verdict">
      <ShownBadge shown={verdictShown(report)} /> <span className="ink2">{rowsSentence(report)}</span>
    </p>
  );
}

function Output({ output, sample }: { readonly output: string; readonly sample: string }) {
  const { lines, more } = outputLines(output, sample, LINES);
  const changed = lines.filter(({ isChanged }) => isChanged).length;
  return (
    <section className="sec" aria-labelledby="output">
      <header>
        <h2 id="output">Would be written</h2>
        <span className="count">
          {changed === 0 ? 'as it came' : `${count(changed, 'line')} changed${more > 0 ? ', of those shown' : ''}`}
        </span>
      </header>
      {/* Scrolls on its own, so it can be reached by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="code" tabIndex={0} role="group" aria-label="Output, changed lines marked">
        {lines.map(({ number, text, isChanged }) => (
          <span key={number} className={isChanged ? 'l add' : 'l'}>
            <span className="ln">
              {number}
              {isChanged && <span className="sr"> changed</span>}
            </span>
            {text}
          </span>
        ))}
        {more > 0 && <span className="l fold">{count(more, 'more line')}</span>}
      </div>
    </section>
  );
}
