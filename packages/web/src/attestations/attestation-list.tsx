import type { ReactNode } from 'react';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { AttestationList as Answer } from '../api/answers.ts';
import { usePast } from '../shell/past.ts';
import { count, figure } from '../text/wording.ts';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { kindWords, signerName } from './signer-words.ts';

interface AttestationListProps {
  readonly asset: string;
  readonly selected: number | undefined;
  readonly onSelect: (entry: number) => void;
  /** Said where there are none. */
  readonly none: ReactNode;
}

/** All attestations that the log holds of an asset, the newest first. */
export function AttestationList({ asset, selected, onSelect, none }: AttestationListProps) {
  const { at, known } = usePast();
  const path = query('/custody/v1/attestations', { asset, limit: 100 });
  const { data, error, pending } = useAnswer<Answer>(path);
  // Of the list that is asked for, what was recorded by the time the page stands at.
  const until = known !== null && /^\d+$/.test(known) ? Number(known) : Infinity;
  const times = [at, known].filter((each) => each !== null && !/^\d+$/.test(each)).map((each) => Date.parse(each!));
  const items = (pending ? [] : (data?.items ?? [])).filter(
    ({ entry, recorded }) => entry < until && times.every((time) => Date.parse(recorded) <= time),
  );
  return (
    <section className="sec" aria-labelledby="attestations">
      <header>
        <h2 id="attestations">Attestations</h2>
        {data && !pending && <span className="count">{figure(items.length)}</span>}
      </header>
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      {(!data || pending) && !error && <Skeleton rows={3} what="attestations" />}
      {data && !pending && items.length === 0 && <div className="pad-top">{none}</div>}
      <ul className="near" onKeyDown={moveBetweenRows}>
        {items.map((item) => (
          <li key={item.entry}>
            <Icon name="proof" />
            <div className="min0">
              <button
                type="button"
                className="nm as-link"
                data-row
                aria-current={item.entry === selected ? 'true' : undefined}
                onClick={() => onSelect(item.entry)}
              >
                {kindWords(item)}
              </button>
              <span className="sub break">
                {item.signers.map(signerName).join(', ')} · <Time at={item.recorded} /> ·{' '}
                <EntryLink index={item.entry} />
              </span>
            </div>
          </li>
        ))}
      </ul>
      {data && !pending && data.total > data.items.length && (
        <p className="foot">
          The newest {figure(data.items.length)} of {count(data.total, 'attestation')}
        </p>
      )}
    </section>
  );
}
