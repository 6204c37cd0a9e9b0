import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { EntryPage, EntrySummary, Status } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { count, figure, shortDigest } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { Empty } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { SearchField } from '../ui/search-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { EntryWarning } from './entry-mark.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { KINDS, kindWord } from './kinds.ts';
import { LogSummary } from './log-summary.tsx';

const PAGE = 50;

export function LogPage() {
  usePageTitle('Log');
  const { q, kind, asset, before, entry } = useSearch({ from: '/entries' });
  const navigate = useNavigate({ from: '/entries' });
  const status = useAnswer<Status>('/custody/v1/status');
  const path = query('/custody/v1/entries', { q, kind, asset, before, limit: PAGE });
  const { data, error, pending } = useAnswer<EntryPage>(path);
  const table = useRef<HTMLTableElement>(null);
  const filtered = q !== undefined || kind !== undefined || asset !== undefined;

  const close = () => {
    // The drawer goes back to the row it came from, also when it lies beside the list and was never modal.
    const row = table.current?.querySelector<HTMLElement>(`[data-row="${entry}"]`);
    void navigate({ search: (old) => ({ ...old, entry: undefined }), resetScroll: false }).then(() => row?.focus());
  };
  const clear = () => void navigate({ search: ({ entry: open }) => ({ entry: open }) });

  return (
    <div className={entry === undefined ? 'split' : 'split with-drawer'}>
      <div className="split-main">
        <div className="page">
          <div className="title">
            <div>
              <h1>Log</h1>
              <p className="lead">
                Everything that happened, in order. Entries are never changed; the checkpoint signs them all.
              </p>
            </div>
          </div>
          <PastNotice here="The log on this page is all of it." />
          <LogSummary status={status.data} />
          <div className="filters">
            <SearchField
              label="Search entries"
              placeholder="Entry, asset, person or digest"
              value={q ?? ''}
              onChange={(value) =>
                void navigate({
                  search: (old) => ({ ...old, q: value || undefined, before: undefined }),
                  replace: true,
                })
              }
            />
            <select
              className={kind === undefined ? 'filter' : 'filter on'}
              aria-label="Kind"
              value={kind ?? ''}
              onChange={({ target }) =>
                void navigate({ search: (old) => ({ ...old, kind: target.value || undefined, before: undefined }) })
              }
            >
              <option value="">Any kind</option>
              {KINDS.map((each) => (
                <option key={each} value={each}>
                  {kindWord(each)}
                </option>
              ))}
            </select>
            {asset !== undefined && (
              <button
                type="button"
                className="filter on"
                onClick={() => void navigate({ search: (old) => ({ ...old, asset: undefined, before: undefined }) })}
              >
                <span className="trunc">About {asset.split(':').at(-1)}</span>
                <Icon name="close" small />
                <span className="sr">, remove this filter</span>
              </button>
            )}
          </div>
          {error && <Failure error={error} onRetry={() => retry(path)} />}
          {!data && !error && <Skeleton rows={14} what="entries" />}
          {data && data.items.length > 0 && (
            <div className={pending ? 'dim' : undefined} aria-busy={pending}>
              <table className="table log" ref={table} onKeyDown={moveBetweenRows}>
                <caption className="sr">Entries, newest first</caption>
                <thead>
                  <tr>
                    <th scope="col" className="num">
                      Entry
                    </th>
                    <th scope="col" className="p2">
                      Recorded
                    </th>
                    <th scope="col">What</th>
                    <th scope="col" className="p3">
                      Kind
                    </th>
                    <th scope="col" className="p2">
                      By
                    </th>
                    <th scope="col" className="p2">
                      Leaf
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((item) => (
                    <Row key={item.index} item={item} selected={item.index === entry} />
                  ))}
                </tbody>
              </table>
              <div className="foot">
                <span role="status">{range(data)}</span>
                {before !== undefined && (
                  <button
                    type="button"
                    className="btn sm"
                    onClick={() => void navigate({ search: (old) => ({ ...old, before: undefined }) })}
                  >
                    Newest
                  </button>
                )}
                {data.next !== null && (
                  <button
                    type="button"
                    className="btn sm"
                    onClick={() => void navigate({ search: (old) => ({ ...old, before: data.next ?? undefined }) })}
                  >
                    Earlier
                  </button>
                )}
                {filtered && (
                  <button type="button" className="btn sm" onClick={clear}>
                    Clear the filters
                  </button>
                )}
                <span className="keys-hint p2">
                  <kbd>/</kbd> search <kbd>↑</kbd> <kbd>↓</kbd> move <kbd>Enter</kbd> open
                </span>
              </div>
            </div>
          )}
          {data &&
            data.items.length === 0 &&
            (filtered ? (
              <Empty
                title="No entry matches"
                actions={
                  <button type="button" className="btn" onClick={clear}>
                    Clear the filters
                  </button>
                }
              >
                The log has {count(data.size, 'entry', 'entries')}; none of them fits these filters.
              </Empty>
            ) : (
              <Empty title="The log is empty" command="custody send events.jsonl">
                Every event becomes an entry, signed within a second.
              </Empty>
            ))}
        </div>
      </div>
      {entry !== undefined && <EntryPanel key={entry} index={entry} onClose={close} />}
    </div>
  );
}

function range({ items, matched, size }: EntryPage): string {
  const of =
    matched === null
      ? `${count(size, 'entry', 'entries')} in the log`
      : `${figure(matched)} ${matched === 1 ? 'matches' : 'match'}`;
  const first = items[0];
  const last = items.at(-1);
  if (!first || !last) return of;
  return matched === size
    ? `${figure(items.length)} of ${count(size, 'entry', 'entries')}`
    : `${figure(items.length)} shown, ${of}`;
}

function Row({ item, selected }: { readonly item: EntrySummary; readonly selected: boolean }) {
  return (
    <tr className={selected ? 'sel' : undefined}>
      <td className="num">
        <Link
          to="/entries"
          search={(old) => ({ ...old, entry: item.index })}
          className="nm"
          data-row={item.index}
          aria-current={selected ? 'true' : undefined}
          resetScroll={false}
        >
          {figure(item.index)}
        </Link>
      </td>
      <td className="ink2 p2 nowrap">
        <Time at={item.recorded} />
      </td>
      <td>
        <Link
          to="/entries"
          search={(old) => ({ ...old, entry: item.index })}
          className="plain what"
          tabIndex={-1}
          resetScroll={false}
        >
          {item.what} <EntryWarning entry={item} />
        </Link>
        <span className="sub only-n">
          {kindWord(item.kind)} · {item.by} · <Time at={item.recorded} />
        </span>
      </td>
      <td className="ink2 p3 nowrap">{kindWord(item.kind)}</td>
      <td className="p2">
        <span className="trunc by">{item.by}</span>
      </td>
      <td className="mono ink3 p2 nowrap" title={item.leaf}>
        {shortDigest(item.leaf)}
      </td>
    </tr>
  );
}
