import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { DatasetHistory, Status } from '../api/answers.ts';
import { AttestationList } from '../attestations/attestation-list.tsx';
import { AttestationPanel } from '../attestations/attestation-panel.tsx';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePastWords } from '../shell/past.ts';
import { quoted } from '../text/command-line.ts';
import { count } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { Breakable } from '../ui/asset-name.tsx';
import { Command } from '../ui/command.tsx';
import { Empty } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AliasDialog } from './alias-dialog.tsx';
import { AliasMoves } from './alias-moves.tsx';
import { CompareForm } from './compare-form.tsx';
import { DatasetDiffView } from './dataset-diff.tsx';
import { datasetName, namespaceOf } from './dataset-words.ts';
import { VersionsTable } from './versions-table.tsx';

/** The versions of one dataset, what differs between two of them, and where its names point. */
export function DatasetPage({ id }: { readonly id: string }) {
  const { from, to, attestation } = useSearch({ from: '/datasets' });
  const navigate = useNavigate({ from: '/datasets' });
  const path = query('/custody/v1/datasets/versions', { dataset: id });
  const { data, error } = useAnswer<DatasetHistory>(path);
  const status = useAnswer<Status>('/custody/v1/status');
  const past = usePastWords();
  const [moving, setMoving] = useState(false);
  const name = datasetName(id);
  usePageTitle(`Versions of ${name}`);
  const select = (entry: number | undefined) =>
    void navigate({ search: (before) => ({ ...before, attestation: entry }), replace: true, resetScroll: false });
  const role = status.data?.me.role;
  const mayNot =
    past !== null
      ? `You see ${past}. Actions are off until you return to now.`
      : role !== undefined && role !== 'admin' && role !== 'officer'
        ? `Your role, ${role}, reads versions. Officers and admins move names.`
        : null;
  const versions = data?.versions ?? [];
  const open = attestation !== undefined;

  return (
    <div className={open ? 'split with-drawer' : 'split'}>
      <div className={open ? 'split-main' : 'page'}>
        <div className="title">
          <div>
            <p className="crumb">
              <Link to="/datasets">Datasets</Link>
              <span aria-hidden="true">/</span>
              <span className="trunc">{namespaceOf(id)}</span>
            </p>
            <h1>
              <Breakable name={name} />
            </h1>
            {versions.length > 0 && <p className="lead">{count(versions.length, 'version')}, each down to the cell.</p>}
          </div>
          {versions.length > 0 && (
            <div className="acts">
              <button
                type="button"
                className="btn"
                aria-disabled={mayNot !== null}
                aria-describedby={mayNot === null ? undefined : 'may-not'}
                onClick={() => mayNot === null && setMoving(true)}
              >
                Move a name
              </button>
              <Link to="/asset" search={{ id }} className="btn">
                Asset
              </Link>
              <Link to="/lineage" search={{ asset: id }} className="btn">
                <Icon name="lineage" small />
                Lineage
              </Link>
              {mayNot !== null && (
                <span id="may-not" className="why">
                  <Icon name="lock" small />
                  {mayNot}
                </span>
              )}
            </div>
          )}
        </div>
        <PastNotice here="The versions on this page are those of now." />
        {error && <Failure error={error} onRetry={() => retry(path)} />}
        {!data && !error && <Skeleton rows={8} what="versions" />}
        {data && versions.length === 0 && (
          <Empty
            title="No version of it is committed"
            command={`custody dataset commit ./data.csv --as ${quoted(id)} -m "first version"`}
          >
            A version says what the dataset is, down to every cell, and keeps its bytes.
          </Empty>
        )}
        {data && versions.length > 0 && (
          <div className={open ? 'stack' : 'cols'}>
            <div className="stack">
              <VersionsTable versions={versions} />
              {versions.length > 1 && (
                <section className="sec" aria-labelledby="compare">
                  <header>
                    <h2 id="compare">What differs</h2>
                  </header>
                  <CompareForm key={`${from} ${to}`} versions={versions} from={from} to={to} />
                  {from !== undefined && to !== undefined && <DatasetDiffView id={id} from={from} to={to} />}
                </section>
              )}
            </div>
            <div className="stack">
              <AliasMoves history={data} />
              <AttestationList
                asset={id}
                selected={attestation}
                onSelect={select}
                none={
                  <>
                    <p className="ink2 gap-below">Nothing is recorded of it. Sign the next version as you commit it:</p>
                    <Command text={`custody dataset commit ./data.csv --as ${quoted(id)} -m "next" --key key.pem`} />
                  </>
                }
              />
            </div>
          </div>
        )}
      </div>
      {open && <AttestationPanel entry={attestation} onClose={() => select(undefined)} />}
      {moving && data && <AliasDialog history={data} onClose={() => setMoving(false)} />}
    </div>
  );
}
