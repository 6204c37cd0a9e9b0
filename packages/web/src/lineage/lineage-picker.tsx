import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { AssetPage } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePast } from '../shell/past.ts';
import { figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { assetWord, AssetMark, Breakable } from '../ui/asset-name.tsx';
import { Empty, pointProducerHere } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { SearchField } from '../ui/search-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** The lineage page before an asset is chosen. */
export function LineagePicker() {
  usePageTitle('Lineage');
  const { q } = useSearch({ from: '/lineage' });
  const { at, known } = usePast();
  const navigate = useNavigate({ from: '/lineage' });
  const path = query('/custody/v1/assets', { q, kind: 'dataset', at, known, limit: 100 });
  const { data, error } = useAnswer<AssetPage>(path);
  // The best connected first: from there most is seen.
  const items = [...(data?.items ?? [])].sort(
    (a, b) => b.upstream + b.downstream - a.upstream - a.downstream || a.id.localeCompare(b.id),
  );
  return (
    <div className="page">
      <div className="title">
        <div>
          <h1>Lineage</h1>
          <p className="lead">Choose an asset to see what it is made from and what is made from it.</p>
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
      </div>
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      {!data && !error && <Skeleton rows={8} what="assets" />}
      {data && items.length > 0 && (
        <>
          <table className="table" onKeyDown={moveBetweenRows}>
            <caption className="sr">Datasets, the best connected first</caption>
            <thead>
              <tr>
                <th scope="col">Dataset</th>
                <th scope="col" className="p2">
                  What it is
                </th>
                <th scope="col" className="num">
                  Up
                </th>
                <th scope="col" className="num">
                  Down
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((asset) => (
                <tr key={asset.id}>
                  <td>
                    <span className="cell">
                      <AssetMark asset={asset} />
                      <span className="min0">
                        <Link to="/lineage" search={{ asset: asset.id }} className="nm" data-row>
                          <Breakable name={asset.name} />
                        </Link>
                        <span className="sub">
                          <Breakable name={asset.namespace} />
                        </span>
                      </span>
                    </span>
                  </td>
                  <td className="p2 ink2">{assetWord(asset)}</td>
                  <td className="num ink2">{figure(asset.upstream)}</td>
                  <td className="num ink2">{figure(asset.downstream)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.next !== null && (
            <p className="foot">The first 100 of {figure(data.total)} datasets. Search for the others.</p>
          )}
        </>
      )}
      {data &&
        items.length === 0 &&
        (q === undefined ? (
          <Empty title="No lineage yet" command={pointProducerHere()}>
            Point any OpenLineage producer here. The first event appears within a second.
          </Empty>
        ) : (
          <Empty
            title="Nothing matches"
            actions={
              <button type="button" className="btn" onClick={() => void navigate({ search: {} })}>
                Clear the search
              </button>
            }
          >
            No dataset has that in its name, owners or tags.
          </Empty>
        ))}
    </div>
  );
}
