import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { ModelDetail } from '../api/answers.ts';
import { AttestationList } from '../attestations/attestation-list.tsx';
import { AttestationPanel } from '../attestations/attestation-panel.tsx';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePast } from '../shell/past.ts';
import { count } from '../text/wording.ts';
import { quoted } from '../text/command-line.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { Breakable } from '../ui/asset-name.tsx';
import { Command } from '../ui/command.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { ModelInputs } from './model-inputs.tsx';
import { ModelSignature } from './model-signature.tsx';
import { ModelVersions } from './model-versions.tsx';

/** One version of a model among the others: its signature, its attestations, and what it was made from. */
export function ModelPage({ id }: { readonly id: string }) {
  const { attestation } = useSearch({ from: '/models' });
  const past = usePast();
  const navigate = useNavigate({ from: '/models' });
  const path = query('/custody/v1/model', { id, ...past });
  const { data, error, pending } = useAnswer<ModelDetail>(path);
  usePageTitle(data ? titleOf(data) : 'Model');
  const select = (entry: number | undefined) =>
    void navigate({
      search: (before) => ({ ...before, attestation: entry }),
      replace: true,
      resetScroll: false,
    });

  if (!data) {
    return (
      <div className="page">
        <Crumb />
        <h1 className="sr">Model</h1>
        <PastNotice />
        {error ? <Failure error={error} onRetry={() => retry(path)} /> : <Skeleton rows={12} what="the model" />}
      </div>
    );
  }
  const { version } = data;
  const open = attestation !== undefined;
  return (
    <div className={open ? 'split with-drawer' : 'split'}>
      <div className={`${open ? 'split-main' : 'page'}${pending ? ' dim' : ''}`} aria-busy={pending}>
        <div className="title">
          <div>
            <Crumb />
            <h1>
              <Breakable name={titleOf(data)} />
            </h1>
            <p className="lead">
              {version.trained === null ? (
                'Nobody was seen to train it.'
              ) : (
                <>
                  Trained <Time at={version.trained} />
                  {version.job && (
                    <>
                      {' '}
                      by{' '}
                      <Link to="/asset" search={{ id: version.job.id }} className="inline-link">
                        <Breakable name={version.job.name} />
                      </Link>
                    </>
                  )}
                  .
                </>
              )}{' '}
              {count(data.versions.length, 'version')}.
            </p>
          </div>
          <div className="acts">
            <Link to="/asset" search={{ id: version.asset.id }} className="btn">
              Asset and quality
            </Link>
            <Link to="/lineage" search={{ asset: version.asset.id, direction: 'up', depth: 20 }} className="btn">
              <Icon name="lineage" small />
              Lineage
            </Link>
            <Link to="/gaps" search={{ asset: version.asset.id }} className="btn">
              Gaps
            </Link>
          </div>
        </div>
        <PastNotice />
        {error && <Failure error={error} onRetry={() => retry(path)} />}
        <div className={open ? 'stack' : 'cols'}>
          <div className="stack">
            <ModelVersions model={data} />
            <ModelInputs model={data} />
          </div>
          <div className="stack">
            <ModelSignature version={version} onOpen={select} />
            <AttestationList
              asset={version.asset.id}
              selected={attestation}
              onSelect={select}
              none={
                <>
                  <p className="ink2 gap-below">Nothing is recorded of it. Say what is known, and sign it:</p>
                  <Command text={attestCommand(version.asset.id)} />
                </>
              }
            />
          </div>
        </div>
      </div>
      {open && <AttestationPanel entry={attestation} onClose={() => select(undefined)} />}
    </div>
  );
}

const titleOf = ({ name, version }: ModelDetail): string =>
  version.label === null ? name : `${name} ${version.label}`;

const attestCommand = (id: string): string =>
  `custody attest ./model --type test-result --predicate results.json --key key.pem --record --asset ${quoted(id)}`;

function Crumb() {
  return (
    <p className="crumb">
      <Link to="/models">Models</Link>
      <span aria-hidden="true">/</span>
    </p>
  );
}
