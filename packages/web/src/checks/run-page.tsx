import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment } from 'react';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { CheckRunDetail } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { count, figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { Breakable } from '../ui/asset-name.tsx';
import { Digest } from '../ui/digest.tsx';
import { Empty } from '../ui/empty.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Badge, Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { fateOf, grouped, groupOf, severityWords, type FateGroup, type ShownFinding } from './check-words.ts';
import { FindingPanel } from './finding-panel.tsx';
import { ReachTable } from './reach-table.tsx';

const GROUPS: readonly (readonly [FateGroup, string])[] = [
  ['refusing', 'Refusing'],
  ['waived', 'Waived'],
  ['others', 'Not refusing'],
  ['mended', 'Mended'],
];

/** One run: what it found, file by file, and what became of each. */
export function RunPage({ entry }: { readonly entry: number }) {
  const { show, finding: open } = useSearch({ from: '/checks' });
  const navigate = useNavigate({ from: '/checks' });
  const path = `/custody/v1/checks/${entry}`;
  const { data, error } = useAnswer<CheckRunDetail>(path);
  usePageTitle(data ? `Check of ${data.repository}, ${data.branch}` : 'Check');
  const select = (key: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, finding: key }), replace: true, resetScroll: false });
  if (!data) {
    return (
      <div className="page">
        <h1 className="sr">Check</h1>
        {error ? <Failure error={error} onRetry={() => retry(path)} /> : <Skeleton rows={10} what="the check" />}
      </div>
    );
  }
  const all = shownFindings(data);
  const shown = show === undefined ? all : all.filter((each) => groupOf(each) === show);
  const chosen = all.find(({ key }) => key === open);
  return (
    <div className={chosen ? 'split with-drawer' : 'split'}>
      <div className={chosen ? 'split-main' : 'page'}>
        <Heading run={data} />
        <PastNotice here="A run is what it was when it was recorded." />
        {data.findings === null ? (
          <p className="ink2">What it found was erased. The entry stays, with the verdict and the counts.</p>
        ) : all.length === 0 ? (
          <Empty title="Nothing was found">Every rule that was tried held, in {count(data.files, 'file')}.</Empty>
        ) : (
          <>
            <div className="filters">
              <div className="seg wrap" role="group" aria-label="Which findings">
                <Seg pressed={show === undefined} count={all.length} onClick={() => go(undefined)}>
                  All
                </Seg>
                {GROUPS.map(([group, words]) => (
                  <Seg
                    key={group}
                    pressed={show === group}
                    count={all.filter((each) => groupOf(each) === group).length}
                    onClick={() => go(group)}
                  >
                    {words}
                  </Seg>
                ))}
              </div>
            </div>
            {shown.length === 0 ? (
              <p className="ink2">None in this run.</p>
            ) : (
              <Findings shown={shown} selected={open} onSelect={select} />
            )}
          </>
        )}
        {data.reach.length > 0 && <ReachTable reach={data.reach} />}
      </div>
      {chosen && <FindingPanel run={data} shown={chosen} onClose={() => select(undefined)} />}
    </div>
  );

  function go(group: FateGroup | undefined): void {
    void navigate({ search: (before) => ({ ...before, show: group, finding: undefined }), replace: true });
  }
}

const shownFindings = ({ findings, mended }: CheckRunDetail): readonly ShownFinding[] => [
  ...(findings ?? []).map((finding, n) => ({ key: String(n), finding, isMended: false })),
  ...mended.map((finding, n) => ({ key: `m${n}`, finding, isMended: true })),
];

interface SegProps {
  readonly pressed: boolean;
  readonly count: number;
  readonly onClick: () => void;
  readonly children: string;
}

function Seg({ pressed, count: number, onClick, children }: SegProps) {
  return (
    <button type="button" aria-pressed={pressed} onClick={onClick}>
      {children}
      <span className="count">{figure(number)}</span>
    </button>
  );
}

function Heading({ run }: { readonly run: CheckRunDetail }) {
  const { repository, branch, verdict, recorded, by, entry, previous, files, commit, rules } = run;
  return (
    <div className="title">
      <div>
        <p className="crumb">
          <Link to="/checks">Checks</Link>
          <span aria-hidden="true">/</span>
          <Link to="/checks" search={{ repository, branch }} className="trunc">
            {branch}
          </Link>
        </p>
        <h1>
          <Breakable name={repository} />{' '}
          {verdict === 'passed' ? (
            <Badge tone="ok" icon="ok">
              passed
            </Badge>
          ) : (
            <Badge tone="bad" icon="bad">
              refused
            </Badge>
          )}
        </h1>
        <p className="lead">
          {verdict === 'passed' ? 'Nothing refuses' : `Refuses: ${severityWords(run)}`}, in {count(files, 'file')}.{' '}
          <Time at={recorded} /> by {by}, <EntryLink index={entry} />.
        </p>
        <p className="meta">
          {commit !== null && (
            <>
              Commit <Digest value={commit} name="commit" />{' '}
            </>
          )}
          Rules <Digest value={rules} name="rules" />
        </p>
      </div>
      <div className="acts">
        {previous !== null && (
          <Link to="/checks" search={{ repository, branch, run: previous }} className="btn">
            The run before
          </Link>
        )}
      </div>
    </div>
  );
}

interface FindingsProps {
  readonly shown: readonly ShownFinding[];
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
}

function Findings({ shown, selected, onSelect }: FindingsProps) {
  const files = grouped(shown, ({ finding }) => finding.file);
  return (
    <table className="table top" onKeyDown={moveBetweenRows}>
      <caption className="sr">Findings by file; choose one to read how to mend it</caption>
      <thead>
        <tr>
          <th scope="col" className="num">
            Line
          </th>
          <th scope="col">Finding</th>
          <th scope="col" className="p2">
            Severity
          </th>
          <th scope="col">Fate</th>
        </tr>
      </thead>
      <tbody>
        {[...files].map(([file, findings]) => (
          <Fragment key={file}>
            <tr className="grp">
              <th scope="colgroup" colSpan={4}>
                <code className="break">
                  <Breakable name={file} />
                </code>
              </th>
            </tr>
            {findings.map((each) => {
              const { tone, icon, word } = fateOf(each);
              const { line, title, rule, message, severity } = each.finding;
              return (
                <tr key={each.key} className={each.key === selected ? 'sel' : undefined}>
                  <td className="num">{figure(line)}</td>
                  <td>
                    <button
                      type="button"
                      className="nm as-link"
                      data-row
                      aria-current={each.key === selected ? 'true' : undefined}
                      onClick={() => onSelect(each.key)}
                    >
                      {title}
                    </button>
                    <span className="sub break">
                      <code>{rule}</code> {message}
                      <span className="only-n"> · {severity}</span>
                    </span>
                  </td>
                  <td className="p2">{severity}</td>
                  <td>
                    <Mark tone={tone} icon={icon}>
                      {word}
                    </Mark>
                  </td>
                </tr>
              );
            })}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
