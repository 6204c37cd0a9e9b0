import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { query, refreshAnswers, retry, useAnswer } from '../api/answer-store.ts';
import type { ColumnLabel, LabelList } from '../api/answers.ts';
import { postJson } from '../api/client.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { figure } from '../text/wording.ts';
import { announce } from '../ui/announcer.tsx';
import { Breakable } from '../ui/asset-name.tsx';
import { Empty } from '../ui/empty.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { ShownMark } from './gate-page.tsx';
import { assetId, LABEL_STATES, mayNotDecideLabels } from './gate-words.ts';
import { useMayNot } from './gate-reader.ts';

const PATH = '/custody/v1/labels';
type Decision = 'accepted' | 'rejected';
interface Doing {
  readonly label: ColumnLabel;
  readonly decision: Decision;
}
const FILTERS = [
  [undefined, 'Suggested', 'suggested'],
  ['accepted', 'Accepted', 'accepted'],
  ['rejected', 'Rejected', 'rejected'],
  ['all', 'All', null],
] as const;

/** What gates suggest to call columns, for a person to accept or reject. */
export function LabelsView() {
  const { state } = useSearch({ from: '/gates' });
  const navigate = useNavigate({ from: '/gates' });
  const path = query(PATH, { state: state === 'all' ? undefined : (state ?? 'suggested') });
  const { data, error, pending } = useAnswer<LabelList>(path);
  const [doing, setDoing] = useState<Doing | null>(null);
  const mayNot = useMayNot(mayNotDecideLabels);
  if (!data)
    return error ? <Failure error={error} onRetry={() => retry(path)} /> : <Skeleton rows={6} what="the labels" />;
  const { counts } = data;
  const all = counts.suggested + counts.accepted + counts.rejected;
  if (all === 0)
    return (
      <Empty title="No label is suggested yet" command="custody ingest reviews.csv --to clean.csv">
        What a gate finds in a column it suggests as a label of that column. Rules can then go by labels.
      </Empty>
    );
  const decide =
    ({ label: { dataset, column, label }, decision }: Doing) =>
    async (reason: string) => {
      await postJson<ColumnLabel>(PATH, { dataset, column, label, decision, reason });
      setDoing(null);
      announce(`${label} of ${column} ${decision}`);
      refreshAnswers();
    };
  return (
    <>
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      <div className="filters">
        <div className="seg wrap" role="group" aria-label="State">
          {FILTERS.map(([key, word, counted]) => (
            <button
              key={word}
              type="button"
              aria-pressed={state === key}
              onClick={() => void navigate({ search: (old) => ({ ...old, state: key }) })}
            >
              {word} <span className="count">{figure(counted === null ? all : counts[counted])}</span>
            </button>
          ))}
        </div>
        {mayNot !== null && (
          <span className="why" id="label-why">
            <Icon name="lock" small />
            {mayNot}
          </span>
        )}
      </div>
      {data.items.length === 0 ? (
        <p className="ink2 pad-top">{state === undefined ? 'Every suggestion is decided.' : 'There is none.'}</p>
      ) : (
        <div className={pending ? 'dim' : undefined} aria-busy={pending}>
          <table className="table top">
            <caption className="sr">Labels of columns</caption>
            <thead>
              <tr>
                <th scope="col">Column</th>
                <th scope="col">Label</th>
                <th scope="col" className="p2">
                  State
                </th>
                <th scope="col" className="num p2">
                  Confidence
                </th>
                <th scope="col" className="p2">
                  Why
                </th>
                <th scope="col">
                  <span className="sr">Act</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((label) => (
                <Row
                  key={`${assetId(label.dataset)}:${label.column}:${label.label}`}
                  label={label}
                  isOff={mayNot !== null}
                  onDo={(decision) => setDoing({ label, decision })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {doing !== null && (
        <ReasonDialog
          title={`${doing.decision === 'accepted' ? 'Accept' : 'Reject'} ${doing.label.label}`}
          deed={`${doing.decision === 'accepted' ? 'Accept' : 'Reject'} for ${doing.label.column}`}
          hint="It stands in the log for good, with your name: no personal data in it."
          least={3}
          onDo={decide(doing)}
          onClose={() => setDoing(null)}
        >
          <p className="ink2">
            {doing.decision === 'accepted'
              ? 'Rules that go by labels apply to the column from then on.'
              : 'It is not suggested for the column again.'}
          </p>
        </ReasonDialog>
      )}
    </>
  );
}

interface RowProps {
  readonly label: ColumnLabel;
  readonly isOff: boolean;
  readonly onDo: (decision: Decision) => void;
}

function Row({
  label: { dataset, column, label, state, confidence, reasons, entry, at, by, reason },
  isOff,
  onDo,
}: RowProps) {
  const button = (decision: Decision, deed: string) =>
    state !== decision && (
      <button
        type="button"
        className="btn sm"
        aria-disabled={isOff}
        aria-describedby={isOff ? 'label-why' : undefined}
        aria-label={`${deed} ${label} for ${column}`}
        onClick={() => !isOff && onDo(decision)}
      >
        {deed}
      </button>
    );
  return (
    <tr>
      <td className="break">
        <span className="nm mono sm">{column}</span>
        <span className="sub">
          <Link to="/asset" search={{ id: assetId(dataset) }} className="inline-link">
            <Breakable name={dataset.name} />
          </Link>
        </span>
      </td>
      <td className="mono sm break">
        {label}
        <span className="sub only-n">
          {LABEL_STATES[state].word}
          {confidence !== null && `, confidence ${confidence.toFixed(2)}`}:{' '}
          {state === 'suggested' ? reasons.join('; ') : reason}
        </span>
      </td>
      <td className="p2">
        <ShownMark shown={LABEL_STATES[state]} />
      </td>
      <td className="num p2">{confidence === null ? '–' : confidence.toFixed(2)}</td>
      <td className="p2 ink2">
        {state === 'suggested' ? reasons.join('; ') : reason}
        <span className="sub">
          {by} · <Time at={at} /> · <EntryLink index={entry} />
        </span>
      </td>
      <td>
        <span className="acts row-acts">
          {button('accepted', 'Accept')}
          {button('rejected', 'Reject')}
        </span>
      </td>
    </tr>
  );
}
