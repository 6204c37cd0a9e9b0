import { Link, useSearch } from '@tanstack/react-router';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { VersionedDatasets } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { count, figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { Breakable } from '../ui/asset-name.tsx';
import { Empty } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { DatasetPage } from './dataset-page.tsx';
import { datasetName, namespaceOf } from './dataset-words.ts';
import { Aliases, Signatures } from './version-marks.tsx';

const DATASETS = '/custody/v1/datasets';

export function DatasetsPage() {
  const { id } = useSearch({ from: '/datasets' });
  return id === undefined ? <List /> : <DatasetPage key={id} id={id} />;
}

function List() {
  usePageTitle('Datasets');
  const { data, error } = useAnswer<VersionedDatasets>(DATASETS);
  return (
    <div className="page">
      <div className="title">
        <div>
          <h1>Datasets</h1>
          <p className="lead">Datasets with versions: what each holds down to the cell, and which one is in use.</p>
        </div>
      </div>
      <PastNotice here="The versions on this page are those of now." />
      {error && <Failure error={error} onRetry={() => retry(DATASETS)} />}
      {!data && !error && <Skeleton rows={6} what="datasets" />}
      {data && data.items.length === 0 && (
        <Empty title="No version is committed" command='custody dataset commit reviews.csv -m "first version"'>
          A version says what a dataset is, down to every cell, and keeps its bytes. Commit the first one.
        </Empty>
      )}
      {data && data.items.length > 0 && <Table datasets={data} />}
    </div>
  );
}

function Table({ datasets: { items, total } }: { readonly datasets: VersionedDatasets }) {
  return (
    <>
      <table className="table top" onKeyDown={moveBetweenRows}>
        <caption className="sr">Datasets, with the newest version of each</caption>
        <thead>
          <tr>
            <th scope="col">Dataset</th>
            <th scope="col">Newest version</th>
            <th scope="col" className="num p2">
              Rows
            </th>
            <th scope="col" className="num p3">
              People
            </th>
            <th scope="col" className="p2">
              Its names
            </th>
            <th scope="col" className="p2">
              Signature
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ dataset, newest }) => (
            <tr key={dataset}>
              <td>
                <span className="cell">
                  <Icon name="table" />
                  <span className="min0">
                    <Link to="/datasets" search={{ id: dataset }} className="nm" data-row>
                      <Breakable name={datasetName(dataset)} />
                    </Link>
                    <span className="sub">
                      <Breakable name={namespaceOf(dataset)} />
                    </span>
                  </span>
                </span>
              </td>
              <td>
                {figure(newest.version)}: <span className="break">{newest.message}</span>
                <span className="sub">
                  <Time at={newest.recorded} /> by {newest.by}
                </span>
                <span className="sub only-n">
                  <Signatures version={newest} />
                </span>
              </td>
              <td className="num p2">{figure(newest.rows)}</td>
              <td className="num p3">
                {newest.subjects === null ? <span className="ink3">–</span> : figure(newest.subjects.count)}
              </td>
              <td className="p2">
                <Aliases version={newest} />
              </td>
              <td className="p2">
                <Signatures version={newest} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="foot">{count(total, 'dataset')} with versions</p>
    </>
  );
}
