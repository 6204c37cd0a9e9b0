import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { AssetDetail, CausesAnswer } from '../api/answers.ts';
import { usePast } from '../shell/past.ts';
import { causesCommand } from '../text/command-line.ts';
import { count, figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { Command } from '../ui/command.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { QualityChart } from './quality-chart.tsx';
import { blastOfCause, isWorse, kindOfCause, qualityFigure, strengthWord } from './quality-words.ts';

/** A model's figure over its versions, and where to look when it fell. */
export function ModelQuality({ asset }: { readonly asset: AssetDetail }) {
  const { metric, fall } = useSearch({ from: '/asset' });
  const past = usePast();
  const path = query('/custody/v1/causes', { asset: asset.id, metric, fall, ...past });
  const { data, error, pending } = useAnswer<CausesAnswer>(path);
  const answer = data?.asset.id === asset.id ? data : null;
  return (
    <section className="sec" aria-labelledby="quality" aria-busy={pending}>
      <header>
        <h2 id="quality">Quality over its versions</h2>
        {answer && <span className="count">{count(answer.series.length, 'version')}</span>}
      </header>
      {/* That no figure is known is an answer, and not a failure. */}
      {error?.status === 422 && (
        <p className="ink2 pad-top">
          {error.title}. {error.remedy}
        </p>
      )}
      {error && error.status !== 422 && <Failure error={error} onRetry={() => retry(path)} />}
      {!answer && !error && <Skeleton rows={5} what="its quality" />}
      {answer && !error && (
        <>
          <QualityChart answer={answer} />
          <Causes answer={answer} />
          <Figures answer={answer} />
          <div className="gap-top">
            <p className="ink2 gap-below">The same command gives the same answer tomorrow:</p>
            <Command
              text={
                causesCommand({
                  asset: asset.id,
                  metric: answer.metric,
                  fall: fall ?? null,
                  at: answer.asOf.at,
                  entries: answer.asOf.entries,
                }).text
              }
            />
          </div>
        </>
      )}
    </section>
  );
}

const BARS = 5;

function Causes({ answer }: { readonly answer: CausesAnswer }) {
  const { candidates, fell } = answer;
  const title = !fell
    ? 'What changed before the newest version'
    : isWorse(answer)
      ? 'Where to look: what changed before it got worse'
      : 'What changed before it';
  return (
    <div className="causes">
      <h3>{title}</h3>
      {candidates.length === 0 ? (
        <p className="ink2">Nothing is known to have changed upstream.</p>
      ) : (
        <>
          <p className="meta">The most telling first. It is a list of where to look, not a proof.</p>
          <ol>
            {candidates.map((candidate, n) => {
              const bars = Math.max(1, Math.round(candidate.strength * BARS));
              return (
                <li key={`${candidate.kind} ${candidate.asset.id} ${candidate.column} ${n}`}>
                  <span className="num ink3">{n + 1}</span>
                  <div>
                    <p>
                      <strong>{kindOfCause(candidate.kind)}</strong> in{' '}
                      <Link to="/asset" search={{ id: candidate.asset.id }} className="inline-link">
                        <Breakable name={candidate.asset.name} />
                      </Link>
                      {candidate.column !== null && (
                        <>
                          , column <code>{candidate.column}</code>
                        </>
                      )}
                    </p>
                    <p className="ink2 break">{candidate.reason}</p>
                    <p className="meta">
                      <span className="bars" aria-hidden="true">
                        {Array.from({ length: BARS }, (_, bar) => (
                          <i key={bar} className={bar < bars ? 'on' : undefined} />
                        ))}
                      </span>{' '}
                      {strengthWord(candidate.strength)}, {count(candidate.hops, 'step')} upstream,{' '}
                      <Time at={candidate.at} />, <EntryLink index={candidate.entry} />
                    </p>
                  </div>
                  <Link to="/lineage" search={blastOfCause(candidate)} className="btn sm">
                    What did this reach?
                  </Link>
                </li>
              );
            })}
          </ol>
        </>
      )}
    </div>
  );
}

function Figures({ answer: { series, metric, bad, fell } }: { readonly answer: CausesAnswer }) {
  const navigate = useNavigate({ from: '/asset' });
  return (
    <details className="figures">
      <summary>All {figure(series.length)} figures, to look before another version</summary>
      <table className="table">
        <caption className="sr">{metric} by version</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col" className="num">
              {metric}
            </th>
            <th scope="col" className="p2">
              When
            </th>
            <th scope="col" className="num p2">
              Entry
            </th>
            <th scope="col">
              <span className="sr">Look before it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {series.toReversed().map((point) => {
            const isBad = fell && point === series[bad];
            return (
              <tr key={`${point.asset} ${point.entry}`}>
                <td>
                  <Link to="/asset" search={{ id: point.asset }} className="nm">
                    <Breakable name={point.asset.split(':').at(-1) ?? point.asset} />
                  </Link>
                  {isBad && (
                    <span className="sub">
                      <span className="c-bad">
                        <Icon name="bad" small />
                      </span>{' '}
                      looked at
                    </span>
                  )}
                </td>
                <td className="num">{qualityFigure(point.value)}</td>
                <td className="p2 ink2">
                  <Time at={point.at} />
                </td>
                <td className="num p2">
                  <EntryLink index={point.entry} bare />
                </td>
                <td className="num">
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={`Look before ${point.asset.split(':').at(-1)}`}
                    onClick={() =>
                      void navigate({
                        search: (before) => ({ ...before, fall: point.at }),
                        replace: true,
                        resetScroll: false,
                      })
                    }
                  >
                    Look here
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
