import { Link, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { ModelList } from '../api/answers.ts';
import { SignatureMark } from '../attestations/signature-mark.tsx';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePast } from '../shell/past.ts';
import { count, figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { AssetLink, Breakable } from '../ui/asset-name.tsx';
import { Empty, pointProducerHere } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { ModelPage } from './model-page.tsx';

export function ModelsPage() {
  const { id } = useSearch({ from: '/models' });
  return id === undefined ? <List /> : <ModelPage id={id} />;
}

function List() {
  usePageTitle('Models');
  const past = usePast();
  const path = query('/custody/v1/models', { ...past });
  const { data, error, pending } = useAnswer<ModelList>(path);
  return (
    <div className={pending && data ? 'page dim' : 'page'} aria-busy={pending}>
      <div className="title">
        <div>
          <h1>Models</h1>
          <p className="lead">What was trained, on what, and who signed it.</p>
        </div>
      </div>
      <PastNotice />
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      {!data && !error && <Skeleton rows={6} what="models" />}
      {data && data.items.length === 0 && (
        <Empty title="No model yet" command={pointProducerHere()}>
          Models come from the runs that train them. Point any OpenLineage producer here, and give what it trains the
          type MODEL.
        </Empty>
      )}
      {data && data.items.length > 0 && <Table list={data} />}
    </div>
  );
}

function Table({ list: { items, total } }: { readonly list: ModelList }) {
  return (
    <>
      <table className="table top" onKeyDown={moveBetweenRows}>
        <caption className="sr">Models, with the newest version of each</caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" className="p2">
              Newest version
            </th>
            <th scope="col">Its signature</th>
            <th scope="col" className="p2">
              Trained on
            </th>
            <th scope="col" className="num p3">
              Versions
            </th>
            <th scope="col" className="num p3">
              Signed
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ namespace, name, versions, signed, newest }) => (
            <tr key={`${namespace} ${name}`}>
              <td>
                <span className="cell">
                  <Icon name="model" />
                  <span className="min0">
                    <Link to="/models" search={{ id: newest.asset.id }} className="nm" data-row>
                      <Breakable name={name} />
                    </Link>
                    <span className="sub">
                      <Breakable name={namespace} />
                      <span className="only-n"> · {count(versions, 'version')}</span>
                    </span>
                  </span>
                </span>
              </td>
              <td className="p2">
                {newest.label ?? <span className="ink3">not named</span>}
                <span className="sub">
                  {newest.trained === null ? 'nobody was seen to train it' : <Time at={newest.trained} />}
                </span>
              </td>
              <td>
                <SignatureMark signature={newest.signature} />
              </td>
              <td className="p2">
                {newest.reads.length === 0 ? (
                  <span className="ink3">not known</span>
                ) : (
                  newest.reads.map((asset, n) => (
                    <span key={asset.id}>
                      {n > 0 && ', '}
                      <AssetLink asset={asset} />
                    </span>
                  ))
                )}
              </td>
              <td className="num p3">{figure(versions)}</td>
              <td className="num p3">{figure(signed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="foot">
        {items.length < total ? `${figure(items.length)} of ${count(total, 'model')}` : count(total, 'model')}
      </p>
    </>
  );
}
