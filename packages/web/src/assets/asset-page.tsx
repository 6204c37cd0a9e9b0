import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { AssetDetail, Neighbour } from '../api/answers.ts';
import { AttestationPanel } from '../attestations/attestation-panel.tsx';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePast } from '../shell/past.ts';
import { count, figure, runsOrDesign } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { AssetLink, AssetMark, assetWord, Breakable } from '../ui/asset-name.tsx';
import { Digest } from '../ui/digest.tsx';
import { Empty } from '../ui/empty.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { AssetColumns } from './asset-columns.tsx';
import { AssetEvidence } from './asset-evidence.tsx';
import { AssetRuns } from './asset-runs.tsx';
import { ModelQuality } from './model-quality.tsx';
import { Attention } from './asset-attention.tsx';

export function AssetPage() {
  const { id, attestation } = useSearch({ from: '/asset' });
  const navigate = useNavigate({ from: '/asset' });
  const { at, known } = usePast();
  const path = id === undefined ? null : query('/custody/v1/asset', { id, at, known });
  const { data, error, pending } = useAnswer<AssetDetail>(path);
  usePageTitle(data?.name ?? 'Asset');

  if (id === undefined || path === null) {
    return (
      <div className="page">
        <h1 className="sr">Asset</h1>
        <Empty
          title="No asset is chosen"
          actions={
            <Link to="/assets" className="btn">
              See all assets
            </Link>
          }
        >
          The link to this page names no asset.
        </Empty>
      </div>
    );
  }
  if (error && !data) {
    return (
      <div className="page">
        <Crumb />
        <h1 className="sr">Asset</h1>
        <PastNotice />
        <Failure error={error} onRetry={() => retry(path)} />
      </div>
    );
  }
  if (!data) {
    return (
      <div className="page">
        <Crumb />
        <h1 className="sr">Asset</h1>
        <Skeleton rows={12} what="the asset" />
      </div>
    );
  }
  const open = attestation !== undefined;
  const page = (
    <div className={`${open ? 'split-main' : 'page'}${pending ? ' dim' : ''}`} aria-busy={pending}>
      <Heading asset={data} />
      <PastNotice />
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      <div className={open ? 'stack' : 'cols'}>
        <div className="stack">
          {isModel(data) && <ModelQuality asset={data} />}
          {data.kind === 'dataset' && <AssetColumns asset={data} />}
          <AssetRuns asset={data} />
        </div>
        <div className="stack">
          <About asset={data} />
          <AssetEvidence asset={data} />
          <Neighbours
            title="Upstream"
            asset={data}
            neighbours={data.upstreamAssets}
            none="Nothing is seen to feed it."
          />
          <Neighbours
            title="Downstream"
            asset={data}
            neighbours={data.downstreamAssets}
            none="Nothing is seen to read it."
          />
          {data.schemaHistory.length > 0 && <SchemaHistory asset={data} />}
        </div>
      </div>
    </div>
  );
  return (
    <div className={open ? 'split with-drawer' : 'split'}>
      {page}
      {open && (
        <AttestationPanel
          entry={attestation}
          onClose={() =>
            void navigate({
              search: (before) => ({ ...before, attestation: undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      )}
    </div>
  );
}

const isModel = ({ type }: AssetDetail): boolean => /\bmodel\b/i.test(type?.replaceAll('_', ' ') ?? '');

function Crumb({ namespace }: { readonly namespace?: string }) {
  return (
    <p className="crumb">
      <Link to="/assets">Assets</Link>
      <span aria-hidden="true">/</span>
      {namespace !== undefined && (
        <Link to="/assets" search={{ namespace }} className="trunc">
          {namespace}
        </Link>
      )}
    </p>
  );
}

function Heading({ asset }: { readonly asset: AssetDetail }) {
  return (
    <div className="title">
      <div>
        <Crumb namespace={asset.namespace} />
        <h1>
          <Breakable name={asset.name} />
        </h1>
        <p className="lead">{asset.description ?? sentence(asset)}</p>
      </div>
      <div className="acts">
        <Link to="/lineage" search={{ asset: asset.id }} className="btn">
          <Icon name="lineage" small />
          Lineage
        </Link>
        <Link to="/lineage" search={{ asset: asset.id, show: 'blast' }} className="btn">
          What did this reach?
        </Link>
        {isModel(asset) && (
          <Link to="/models" search={{ id: asset.id }} className="btn">
            <Icon name="model" small />
            As a model
          </Link>
        )}
        <Link to="/gaps" search={{ asset: asset.id }} className="btn">
          Gaps
        </Link>
        <Link to="/entries" search={{ asset: asset.id }} className="btn">
          <Icon name="log" small />
          Entries
        </Link>
      </div>
    </div>
  );
}

function sentence({ kind, type, upstreamAssets, downstreamAssets }: AssetDetail): string {
  const reads = new Set(upstreamAssets.map(({ id }) => id)).size;
  const feeds = new Set(downstreamAssets.map(({ id }) => id)).size;
  const word = assetWord({ kind, type });
  const what = word.charAt(0).toUpperCase() + word.slice(1);
  return kind === 'job'
    ? `${what} that reads ${count(reads, 'dataset')} and writes ${count(feeds, 'dataset')}.`
    : `${what} that comes from ${count(reads, 'dataset')} and feeds ${count(feeds, 'dataset')}.`;
}

function About({ asset }: { readonly asset: AssetDetail }) {
  return (
    <section className="sec" aria-labelledby="about">
      <header>
        <h2 id="about">About</h2>
        <span className="acts">
          <Attention asset={asset} />
        </span>
      </header>
      <dl className="dl">
        <dt>What it is</dt>
        <dd className="with-icon">
          <AssetMark asset={asset} /> {assetWord(asset)}
        </dd>
        <dt>Namespace</dt>
        <dd>
          <Breakable name={asset.namespace} />
        </dd>
        <dt>{asset.owners.length > 1 ? 'Owners' : 'Owner'}</dt>
        <dd>{asset.owners.length === 0 ? <span className="ink3">nobody is named</span> : asset.owners.join(', ')}</dd>
        <dt>Tags</dt>
        <dd>
          {asset.tags.length === 0 ? (
            <span className="ink3">none</span>
          ) : (
            <span className="tags">
              {asset.tags.map((tag) => (
                <span key={tag} className="tag">
                  {tag}
                </span>
              ))}
            </span>
          )}
        </dd>
        <dt>First seen</dt>
        <dd>
          <Time at={asset.firstSeen} /> <span className="ink3">·</span> <EntryLink index={asset.firstEntry} />
        </dd>
        <dt>Last seen</dt>
        <dd>
          <Time at={asset.lastSeen} /> <span className="ink3">·</span> <EntryLink index={asset.lastEntry} />
        </dd>
      </dl>
    </section>
  );
}

interface NeighboursProps {
  readonly title: 'Upstream' | 'Downstream';
  readonly asset: AssetDetail;
  readonly neighbours: readonly Neighbour[];
  readonly none: string;
}

function Neighbours({ title, asset, neighbours, none }: NeighboursProps) {
  const id = title.toLowerCase();
  return (
    <section className="sec" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <span className="count">{figure(neighbours.length)}</span>
        {neighbours.length > 0 && (
          <span className="acts">
            <Link
              to="/lineage"
              search={{ asset: asset.id, direction: title === 'Upstream' ? 'up' : 'down', depth: 20 }}
            >
              {title === 'Upstream' ? 'All the way up' : 'All the way down'}
            </Link>
          </span>
        )}
      </header>
      {neighbours.length === 0 ? (
        <p className="ink3 pad-top">{none}</p>
      ) : (
        <ul className="near">
          {neighbours.map((neighbour) => (
            <li key={`${neighbour.id} ${neighbour.through?.id}`}>
              <AssetMark asset={neighbour} />
              <div>
                <AssetLink asset={neighbour} className="nm" />
                <span className="sub">
                  {neighbour.through && (
                    <>
                      by <AssetLink asset={neighbour.through} />,{' '}
                    </>
                  )}
                  {runsOrDesign(neighbour.runs)}, last <Time at={neighbour.lastAt} />,{' '}
                  <EntryLink index={neighbour.lastEntry} />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SchemaHistory({ asset: { schemaHistory } }: { readonly asset: AssetDetail }) {
  return (
    <section className="sec" aria-labelledby="schemas">
      <header>
        <h2 id="schemas">Schema history</h2>
        <span className="count">{count(schemaHistory.length, 'version')}</span>
      </header>
      <ol className="tl">
        {schemaHistory.map(({ digest, columns, since, entry }) => (
          <li key={entry}>
            <span className="c-idle">
              <Icon name="table" />
            </span>
            <div>
              {count(columns, 'column')} <Digest value={digest} name="schema" />
              <span className="sub">
                <EntryLink index={entry} />
              </span>
            </div>
            <Time at={since} />
          </li>
        ))}
      </ol>
    </section>
  );
}
