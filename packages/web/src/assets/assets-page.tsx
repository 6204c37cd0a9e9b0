import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { AssetPage, AssetSummary } from '../api/answers.ts';
import { getJson } from '../api/client.ts';
import { needOf } from '../home/needs.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePast } from '../shell/past.ts';
import { count, figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { assetWord, AssetMark, Breakable } from '../ui/asset-name.tsx';
import { Empty, pointProducerHere } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { SearchField } from '../ui/search-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { Attention } from './asset-attention.tsx';

const PAGE = 100;

export function AssetsPage() {
  usePageTitle('Assets');
  const { q, kind, namespace, needs } = useSearch({ from: '/assets' });
  const { at, known } = usePast();
  const navigate = useNavigate({ from: '/assets' });
  const path = query('/custody/v1/assets', { q, kind, namespace, at, known, limit: PAGE });
  const { data, error, pending } = useAnswer<AssetPage>(path);
  const { rows, next, more } = useMoreRows(path, data);
  const shown = needs === undefined ? rows : rows.filter((asset) => needOf(asset) !== null);
  const filtered = q !== undefined || kind !== undefined || namespace !== undefined || needs !== undefined;
  const clear = () => void navigate({ search: {} });

  return (
    <div className="page">
      <div className="title">
        <div>
          <h1>Assets</h1>
          <p className="lead">Everything that holds or moves data, seen from its own events.</p>
        </div>
      </div>
      <PastNotice />
      <div className="filters">
        <SearchField
          label="Search assets"
          placeholder="Name, owner or tag"
          value={q ?? ''}
          onChange={(value) =>
            void navigate({ search: (before) => ({ ...before, q: value || undefined }), replace: true })
          }
        />
        <div className="seg" role="group" aria-label="Kind">
          {([undefined, 'dataset', 'job'] as const).map((each) => (
            <button
              key={each ?? 'all'}
              type="button"
              aria-pressed={kind === each}
              onClick={() => void navigate({ search: (before) => ({ ...before, kind: each }) })}
            >
              {each === undefined ? 'All' : each === 'dataset' ? 'Datasets' : 'Jobs'}
              {each !== undefined && data && (
                <span className="count">
                  {figure(data.facets.kinds.find((facet) => facet.kind === each)?.count ?? 0)}
                </span>
              )}
            </button>
          ))}
        </div>
        <select
          className={namespace === undefined ? 'filter' : 'filter on'}
          aria-label="Namespace"
          value={namespace ?? ''}
          onChange={({ target }) =>
            void navigate({ search: (before) => ({ ...before, namespace: target.value || undefined }) })
          }
        >
          <option value="">Any namespace</option>
          {(data?.facets.namespaces ?? []).map((facet) => (
            <option key={facet.namespace} value={facet.namespace}>
              {facet.namespace} ({facet.count})
            </option>
          ))}
          {namespace !== undefined && !data?.facets.namespaces.some((facet) => facet.namespace === namespace) && (
            <option value={namespace}>{namespace}</option>
          )}
        </select>
        <button
          type="button"
          className={needs === undefined ? 'filter' : 'filter on'}
          aria-pressed={needs !== undefined}
          onClick={() =>
            void navigate({ search: (before) => ({ ...before, needs: before.needs ? undefined : 'attention' }) })
          }
        >
          Needs attention
          {needs !== undefined && <Icon name="close" small />}
        </button>
      </div>
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      {!data && !error && <Skeleton rows={12} what="assets" />}
      {data && shown.length > 0 && (
        <div className={pending ? 'dim' : undefined} aria-busy={pending}>
          <AssetsTable assets={shown} />
          <div className="foot">
            <span role="status">
              {needs === undefined
                ? `${figure(shown.length)} of ${count(data.total, 'asset')}`
                : `${figure(shown.length)} of ${figure(rows.length)} need attention`}
            </span>
            {next && (
              <button type="button" className="btn sm" onClick={more}>
                Show more
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
        shown.length === 0 &&
        (filtered ? (
          <Empty
            title="Nothing matches"
            actions={
              <button type="button" className="btn" onClick={clear}>
                Clear the filters
              </button>
            }
          >
            {needs !== undefined && q === undefined
              ? 'Nothing here needs attention.'
              : 'No asset has that in its name, owners or tags.'}
          </Empty>
        ) : (
          <Empty title="No assets yet" command={pointProducerHere()}>
            {at === null && known === null
              ? 'Point any OpenLineage producer here. Its first run brings the first assets.'
              : 'Nothing was known at that time. Point any OpenLineage producer here, or go back to now.'}
          </Empty>
        ))}
    </div>
  );
}

/** The rows of the first page and of those asked for after it. Another filter begins again. */
function useMoreRows(path: string, first: AssetPage | null) {
  const [added, setAdded] = useState<{ path: string; rows: readonly AssetSummary[]; next: string | null } | null>(null);
  const mine = added?.path === path ? added : null;
  const next = mine ? mine.next : (first?.next ?? null);
  useEffect(() => setAdded(null), [path]);
  const more = () => {
    if (next === null) return;
    void getJson<AssetPage>(`${path}&after=${encodeURIComponent(next)}`).then((page) =>
      setAdded({ path, rows: [...(mine?.rows ?? []), ...page.items], next: page.next }),
    );
  };
  return { rows: [...(first?.items ?? []), ...(mine?.rows ?? [])], next, more };
}

function AssetsTable({ assets }: { readonly assets: readonly AssetSummary[] }) {
  return (
    <table className="table assets" onKeyDown={moveBetweenRows}>
      <caption className="sr">{count(assets.length, 'asset')}</caption>
      <thead>
        <tr>
          <th scope="col">Asset</th>
          <th scope="col" className="p2">
            What it is
          </th>
          <th scope="col" className="p2">
            Owner
          </th>
          <th scope="col" className="num p3">
            Columns
          </th>
          <th scope="col" className="num p3">
            Up
          </th>
          <th scope="col" className="num p3">
            Down
          </th>
          <th scope="col" className="num p3">
            Runs
          </th>
          <th scope="col" className="p2">
            Last seen
          </th>
          <th scope="col" className="p2">
            Attention
          </th>
        </tr>
      </thead>
      <tbody>
        {assets.map((asset) => (
          <tr key={asset.id}>
            <td>
              <span className="cell">
                <AssetMark asset={asset} />
                <span className="min0">
                  <Link to="/asset" search={{ id: asset.id }} className="nm" data-row>
                    <Breakable name={asset.name} />
                  </Link>
                  <span className="sub">
                    <Breakable name={asset.namespace} />
                    <span className="only-n">
                      {' '}
                      · {assetWord(asset)} · <Time at={asset.lastSeen} />
                    </span>
                  </span>
                  {needOf(asset) && (
                    <span className="sub only-n">
                      <Attention asset={asset} />
                    </span>
                  )}
                </span>
              </span>
            </td>
            <td className="ink2 p2 nowrap">{assetWord(asset)}</td>
            <td className="p2">
              {asset.owners.length === 0 ? <span className="ink3">nobody</span> : asset.owners.join(', ')}
            </td>
            <td className="num p3">{asset.columns === null ? <Dash /> : figure(asset.columns)}</td>
            <td className="num p3 ink2">{asset.upstream === 0 ? <Dash /> : figure(asset.upstream)}</td>
            <td className="num p3 ink2">{asset.downstream === 0 ? <Dash /> : figure(asset.downstream)}</td>
            <td className="num p3">{figure(asset.runs)}</td>
            <td className="p2 nowrap ink2">
              <Link
                to="/entries"
                search={{ entry: asset.lastEntry }}
                className="plain"
                title={`entry ${figure(asset.lastEntry)}`}
              >
                <Time at={asset.lastSeen} />
              </Link>
            </td>
            <td className="p2">
              <Attention asset={asset} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Dash() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr">none</span>
    </>
  );
}
