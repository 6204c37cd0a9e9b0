import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { DatasetDiff } from '../api/answers.ts';
import { datasetDiffCommand } from '../text/command-line.ts';
import { bytes, figure } from '../text/wording.ts';
import { Command } from '../ui/command.tsx';
import { Failure } from '../ui/failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Badge, Mark } from '../ui/status.tsx';
import { changeWords, shiftOf } from './dataset-words.ts';

interface DatasetDiffProps {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** What differs between two versions, as far as their manifests tell; rows need the bytes, and so the command line. */
export function DatasetDiffView({ id, from, to }: DatasetDiffProps) {
  const path = query('/custody/v1/datasets/diff', { dataset: id, from, to });
  const { data, error, pending } = useAnswer<DatasetDiff>(path);
  if (error) return <Failure error={error} onRetry={() => retry(path)} />;
  if (!data) return <Skeleton rows={6} what="the difference" />;
  return (
    <div className={pending ? 'dim' : undefined} aria-busy={pending} role="region" aria-label="Difference">
      <p className="diff-head" role="status">
        {data.isSame ? (
          <Badge tone="ok" icon="ok">
            every cell is the same
          </Badge>
        ) : (
          <Badge tone="idle" icon="changed">
            they differ
          </Badge>
        )}{' '}
        <span className="ink2">
          version {figure(data.from.version)} and version {figure(data.to.version)}
        </span>
      </p>
      <Figures diff={data} />
      <Columns diff={data} />
      <Statistics diff={data} />
      <p className="ink2 gap-below pad-top">
        This is what the two manifests say. Which rows and cells differ needs the bytes; where they lie, run:
      </p>
      <Command text={datasetDiffCommand(id, from, to)} />
    </div>
  );
}

function Figures({ diff: { rows, bytes: size, subjects, from, to } }: { readonly diff: DatasetDiff }) {
  return (
    <table className="table">
      <caption className="sr">Rows, people, columns and bytes of both</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr">What</span>
          </th>
          <th scope="col" className="num">
            Version {figure(from.version)}
          </th>
          <th scope="col" className="num">
            Version {figure(to.version)}
          </th>
          <th scope="col" className="num">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        <Side name="Rows" before={rows.before} after={rows.after} />
        <Side name="Columns" before={from.columns} after={to.columns} />
        {subjects === null ? (
          <tr>
            <th scope="row">People</th>
            <td className="num">{from.subjects === null ? '–' : figure(from.subjects.count)}</td>
            <td className="num">{to.subjects === null ? '–' : figure(to.subjects.count)}</td>
            <td className="num ink2">
              {from.subjects === null || to.subjects === null
                ? 'not both name people'
                : 'cannot be compared: two tenant keys'}
            </td>
          </tr>
        ) : (
          <Side
            name="People"
            before={subjects.before}
            after={subjects.after}
            same={subjects.isSame ? 'the same, with the same rows' : 'as many; they or their rows differ'}
          />
        )}
        {size !== null && (
          <tr>
            <th scope="row">Bytes</th>
            <td className="num">{bytes(size.before)}</td>
            <td className="num">{bytes(size.after)}</td>
            <td className="num ink2">{changeWords(size.before, size.after)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface SideProps {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** Said where the figures are alike. */
  readonly same?: string;
}

function Side({ name, before, after, same }: SideProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{figure(before)}</td>
      <td className="num">{figure(after)}</td>
      <td className="num ink2">{before === after && same !== undefined ? same : changeWords(before, after)}</td>
    </tr>
  );
}

function Columns({ diff: { columns, isReordered } }: { readonly diff: DatasetDiff }) {
  if (columns.length === 0 && !isReordered) return <p className="ink2 pad-top">The same columns, of the same types.</p>;
  return (
    <>
      {columns.length > 0 && (
        <table className="table">
          <caption className="sr">Columns that differ</caption>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ name, before, after }) => (
              <tr key={name}>
                <td>
                  <code className="break">{name}</code>
                </td>
                <td>
                  {before === null ? (
                    <Mark tone="idle" icon="plus">
                      added, {after}
                    </Mark>
                  ) : after === null ? (
                    <Mark tone="warn" icon="minus">
                      removed, was {before}
                    </Mark>
                  ) : (
                    <Mark tone="warn" icon="changed">
                      {before}, now {after}
                    </Mark>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isReordered && <p className="ink2 pad-top">The columns that both have stand in another order.</p>}
    </>
  );
}

const SHIFTS = {
  large: { tone: 'bad', icon: 'bad', word: 'large shift' },
  some: { tone: 'warn', icon: 'warn', word: 'worth a look' },
  small: { tone: 'idle', icon: 'minus', word: 'small' },
  none: { tone: 'idle', icon: 'unknown', word: 'no cut points' },
} as const;

function Statistics({ diff: { statistics } }: { readonly diff: DatasetDiff }) {
  if (statistics.length === 0) return <p className="ink2 pad-top">No figure of any column moved.</p>;
  return (
    <>
      <table className="table top">
        <caption className="sr">Columns whose figures moved, the largest shift first</caption>
        <thead>
          <tr>
            <th scope="col">Figures of</th>
            <th scope="col">What moved</th>
            <th scope="col" className="num">
              PSI
            </th>
            <th scope="col" className="p2">
              Shift
            </th>
          </tr>
        </thead>
        <tbody>
          {statistics.map(({ name, moved, psi }) => {
            const { tone, icon, word } = SHIFTS[shiftOf(psi)];
            return (
              <tr key={name}>
                <td>
                  <code className="break">{name}</code>
                </td>
                <td className="ink2">
                  {moved.length === 0
                    ? 'its distribution'
                    : moved.map((each) => each.replace(' -> ', ', now ')).join('; ')}
                </td>
                <td className="num">
                  {psi === null ? '–' : psi.toFixed(psi < 0.01 ? 4 : 2)}
                  <span className="sub only-n">{word}</span>
                </td>
                <td className="p2">
                  <Mark tone={tone} icon={icon}>
                    {word}
                  </Mark>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="meta pad-top">
        PSI is the population stability index, over tenths of the earlier version: above 0.1 is worth a look, above 0.25
        large.
      </p>
    </>
  );
}
