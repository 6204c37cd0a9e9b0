import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { CheckRun } from '../api/answers.ts';
import { figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { grouped, refusingOf, severityWords } from './check-words.ts';

const FIRST = 5;

interface RunsTableProps {
  /** The newest first. */
  readonly runs: readonly CheckRun[];
  /** All are of one repository and branch. */
  readonly one: boolean;
}

/** Runs by repository and branch; of several the newest of each. */
export function RunsTable({ runs, one }: RunsTableProps) {
  const groups = grouped(runs, ({ repository, branch }) => `${repository}\n${branch}`);
  return (
    <table className="table top" onKeyDown={moveBetweenRows}>
      <caption className="sr">Checks, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Verdict</th>
          <th scope="col" className="p2">
            What refuses
          </th>
          <th scope="col" className="num p2">
            Waived
          </th>
          <th scope="col" className="num p3">
            Others
          </th>
          <th scope="col" className="num p3">
            Files
          </th>
          <th scope="col" className="p2">
            Commit
          </th>
        </tr>
      </thead>
      <tbody>
        {[...groups].map(([key, of]) => (
          <Fragment key={key}>
            {!one && <GroupRow run={of[0]!} runs={of.length} />}
            {of.slice(0, one ? undefined : FIRST).map((run) => (
              <Row key={run.entry} run={run} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function GroupRow({ run: { repository, branch }, runs }: { readonly run: CheckRun; readonly runs: number }) {
  return (
    <tr className="grp">
      <th scope="colgroup" colSpan={7}>
        <Link to="/checks" search={{ repository, branch }} className="inline-link">
          <Breakable name={repository} />, {branch}
        </Link>
        {runs > FIRST && (
          <span className="ink3">
            {' '}
            · the newest {FIRST} of {figure(runs)}
          </span>
        )}
      </th>
    </tr>
  );
}

function Row({ run }: { readonly run: CheckRun }) {
  const { entry, recorded, by, verdict, waived, others, files, commit } = run;
  return (
    <tr>
      <td>
        <Link from="/checks" to="/checks" search={(before) => ({ ...before, run: entry })} className="nm" data-row>
          <Time at={recorded} />
        </Link>
        <span className="sub">
          {by} · <EntryLink index={entry} />
        </span>
      </td>
      <td>
        <Verdict run={run} />
        <span className="sub only-n">{verdict === 'refused' && severityWords(run)}</span>
      </td>
      <td className="p2">
        {verdict === 'refused' ? (
          <>
            {figure(refusingOf(run))}
            <span className="sub">{severityWords(run)}</span>
          </>
        ) : (
          <span className="ink3">nothing</span>
        )}
      </td>
      <td className="num p2">{figure(waived)}</td>
      <td className="num p3">{figure(others)}</td>
      <td className="num p3">{figure(files)}</td>
      <td className="p2">
        {commit === null ? <span className="ink3">not known</span> : <code>{commit.slice(0, 10)}</code>}
      </td>
    </tr>
  );
}

export function Verdict({ run: { verdict } }: { readonly run: Pick<CheckRun, 'verdict'> }) {
  return verdict === 'passed' ? (
    <Mark tone="ok" icon="ok">
      passed
    </Mark>
  ) : (
    <Mark tone="bad" icon="bad">
      refused
    </Mark>
  );
}
