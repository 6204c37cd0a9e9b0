/** What a gate found in a batch: the same for an ingest and for a dry run. */
import type { GateReport } from '../api/answers.ts';
import { count, figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { Digest } from '../ui/digest.tsx';
import { Mark } from '../ui/status.tsx';
import { brokenFirst, rowReason } from './gate-words.ts';

export function FoundTable({ report }: { readonly report: GateReport }) {
  const found = [...report.findings].sort((a, b) => b.count - a.count);
  return (
    <section className="sec" aria-labelledby="found">
      <header>
        <h2 id="found">Found</h2>
        <span className="count">by type and column</span>
      </header>
      {found.length === 0 ? (
        <p className="ink2 pad-top">No personal data and no secrets in {count(report.rows.read, 'row')}.</p>
      ) : (
        <table className="table">
          <caption className="sr">Findings by type and column, the most frequent first</caption>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Column</th>
              <th scope="col" className="num">
                Count
              </th>
              <th scope="col" className="p2">
                Rule
              </th>
              <th scope="col">Action</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ type, family, column, rule, action, count: n }) => (
              <tr key={`${type}:${column}:${rule}`}>
                <td className="mono sm break">
                  {type}
                  {family === 'secret' && <span className="sub">a secret</span>}
                </td>
                <td className="mono sm break">{column}</td>
                <td className="num">{figure(n)}</td>
                <td className="p2 ink2">{rule}</td>
                <td>
                  {action}
                  <span className="sub only-n">{rule}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function ChecksTable({ report }: { readonly report: GateReport }) {
  const checks = brokenFirst(report.checks);
  const broken = checks.filter(({ passed }) => !passed).length;
  return (
    <section className="sec" aria-labelledby="checks">
      <header>
        <h2 id="checks">Checks</h2>
        <span className="count">
          {checks.length === 0 ? '' : `${figure(checks.length - broken)} of ${figure(checks.length)} hold`}
        </span>
      </header>
      {checks.length === 0 ? (
        <p className="ink2 pad-top">The rules ask for no checks.</p>
      ) : (
        <table className="table top">
          <caption className="sr">Checks, broken ones first</caption>
          <thead>
            <tr>
              <th scope="col">Result</th>
              <th scope="col">Check</th>
              <th scope="col">What was found</th>
              <th scope="col" className="p2">
                If broken
              </th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ check, column, action, passed, found }, n) => (
              // The same check may stand twice for a column.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={`${check}:${column}:${n}`}>
                <td>
                  {passed ? (
                    <Mark tone="ok" icon="ok">
                      holds
                    </Mark>
                  ) : (
                    <Mark tone={action === 'warn' ? 'warn' : 'bad'} icon={action === 'warn' ? 'warn' : 'bad'}>
                      broken
                    </Mark>
                  )}
                </td>
                <td>
                  <Breakable name={check} />
                  {column !== null && <span className="sub mono break">{column}</span>}
                </td>
                <td className="ink2 break">{found}</td>
                <td className="p2 ink2">{IF_BROKEN[action]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const IF_BROKEN = { fail: 'refuses', quarantine: 'sets aside', warn: 'says so' } as const;

const TESTS = {
  ks: 'Kolmogorov-Smirnov',
  'chi-squared': 'chi-squared',
  missing: 'nulls',
  'new-values': 'new values',
  range: 'range',
  type: 'type',
} as const;

type Tests = NonNullable<GateReport['drift']>['columns'][number]['tests'];
const shiftsFirst = (tests: Tests): Tests => [...tests].sort((a, b) => Number(b.isShift) - Number(a.isShift));

/** A p-value as people read it. */
export const pWord = (p: number): string => (p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toFixed(4))}`);

export function DriftTable({ drift }: { readonly drift: NonNullable<GateReport['drift']> }) {
  const columns = [...drift.columns].sort(
    (a, b) => Number(b.isShifted) - Number(a.isShifted) || (b.psi ?? 0) - (a.psi ?? 0),
  );
  const shifted = columns.filter(({ isShifted }) => isShifted).length;
  return (
    <section className="sec" aria-labelledby="drift">
      <header>
        <h2 id="drift">Drift</h2>
        <span className="count">
          {figure(shifted)} of {count(columns.length, 'column')} shifted
        </span>
        <span className="acts">
          <Digest value={drift.baseline} name="digest of the baseline" />
        </span>
      </header>
      <table className="table top">
        <caption className="sr">Columns against the baseline, shifted ones first</caption>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Result</th>
            <th scope="col" className="num">
              PSI
            </th>
            <th scope="col" className="p2">
              Tests
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ column, kind, psi, isShifted, why, tests }) => (
            <tr key={column}>
              <td className="mono sm break">
                {column}
                <span className="sub">{kind}</span>
              </td>
              <td>
                <Mark tone={isShifted ? 'bad' : 'ok'} icon={isShifted ? 'bad' : 'ok'}>
                  {isShifted ? 'shifted' : 'as before'}
                </Mark>
                {why !== '' && <span className="sub">{why}</span>}
              </td>
              <td className="num">{psi === null ? '–' : psi.toFixed(3)}</td>
              <td className="p2 ink2">
                {shiftsFirst(tests).map(({ test, p, effect, isShift }) => (
                  <span key={test} className={isShift ? 'test shift' : 'test'}>
                    {TESTS[test]}: effect {effect.toFixed(3)}, {pWord(p)}
                    {isShift && ', a shift'}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="foot">
        All p-values are judged together (Benjamini-Hochberg, alpha {drift.alpha}). A shift must matter as well.
      </p>
    </section>
  );
}

export function FirstFailures({ report }: { readonly report: GateReport }) {
  const shown = report.firstFailures;
  if (shown.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="failures">
      <header>
        <h2 id="failures">What refused it</h2>
        <span className="count">
          {shown.length < report.failures
            ? `the first ${figure(shown.length)} of ${count(report.failures, 'place')}`
            : count(report.failures, 'place')}
        </span>
      </header>
      <table className="table">
        <caption className="sr">First places that refused the input</caption>
        <thead>
          <tr>
            <th scope="col" className="num at">
              Row
            </th>
            <th scope="col">Reason</th>
            <th scope="col" className="num p2">
              Byte
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, FIRST).map((one) => (
            <tr key={`${one.row}:${one.byte}:${one.rule}:${one.column}`}>
              <td className="num">{figure(one.row)}</td>
              <td className="break">{rowReason(one)}</td>
              <td className="num p2">{figure(one.byte)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length > FIRST && <p className="foot">{figure(shown.length - FIRST)} more in the audit.</p>}
    </section>
  );
}
const FIRST = 20;

/** Why rows were set aside, with how many of each. */
export function ReasonsList({ reasons }: { readonly reasons: GateReport['quarantine'] }) {
  const sorted = [...reasons].sort((a, b) => b.count - a.count);
  return (
    <ul className="why-rows">
      {sorted.map((one) => (
        <li key={`${one.rule}:${one.column}:${one.type}`}>
          <strong>{count(one.count, 'row')}</strong> <span className="break">{rowReason(one)}</span>
        </li>
      ))}
    </ul>
  );
}

export function Notes({ report: { notes, hidden, dropped } }: { readonly report: GateReport }) {
  const all = [
    ...notes,
    ...(dropped.length === 0 ? [] : [`Columns left out: ${dropped.join(', ')}.`]),
    ...(hidden.length === 0 ? [] : [`Columns of which every value was masked or made a token: ${hidden.join(', ')}.`]),
  ];
  if (all.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="notes">
      <header>
        <h2 id="notes">Notes</h2>
      </header>
      <ul className="why-rows">
        {all.map((note) => (
          <li key={note} className="break">
            {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
