import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { AssetDetail, DatasetHistory } from '../api/answers.ts';
import { AttestationList } from '../attestations/attestation-list.tsx';
import { Signatures, Aliases } from '../datasets/version-marks.tsx';
import { count, figure } from '../text/wording.ts';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';

const SHOWN = 3;

/** What is signed about an asset, and its newest versions, in short. */
export function AssetEvidence({ asset }: { readonly asset: AssetDetail }) {
  const { attestation } = useSearch({ from: '/asset' });
  const navigate = useNavigate({ from: '/asset' });
  return (
    <>
      {asset.kind === 'dataset' && <Versions id={asset.id} />}
      <AttestationList
        asset={asset.id}
        selected={attestation}
        onSelect={(entry) =>
          void navigate({
            search: (before) => ({ ...before, attestation: entry }),
            replace: true,
            resetScroll: false,
          })
        }
        none={<p className="ink2">Nothing signed is recorded of it.</p>}
      />
    </>
  );
}

function Versions({ id }: { readonly id: string }) {
  const path = query('/custody/v1/datasets/versions', { dataset: id });
  const { data, error } = useAnswer<DatasetHistory>(path);
  const history = data?.dataset === id ? data : null;
  return (
    <section className="sec" aria-labelledby="dataset-versions">
      <header>
        <h2 id="dataset-versions">Versions</h2>
        {history && <span className="count">{figure(history.versions.length)}</span>}
        {history && history.versions.length > 0 && (
          <span className="acts">
            <Link to="/datasets" search={{ id }}>
              {history.versions.length > SHOWN ? `All ${count(history.versions.length, 'version')}` : 'Compare them'}
            </Link>
          </span>
        )}
      </header>
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      {!history && !error && <Skeleton rows={2} what="its versions" />}
      {history?.versions.length === 0 && <p className="ink2 pad-top">No version of its data is committed.</p>}
      <ul className="near">
        {history?.versions.slice(0, SHOWN).map((version) => (
          <li key={version.version}>
            <Icon name="table" />
            <div className="min0">
              <Link to="/datasets" search={{ id }} className="nm">
                version {figure(version.version)}
              </Link>{' '}
              {version.aliases.length > 0 && <Aliases version={version} />}
              <span className="sub break">
                {version.message} · {figure(version.rows)} rows · <Time at={version.recorded} /> ·{' '}
                <Signatures version={version} />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
