import { Fragment } from 'react';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { AttestationDetail } from '../api/answers.ts';
import { figure } from '../text/wording.ts';
import { Command } from '../ui/command.tsx';
import { Digest } from '../ui/digest.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { saveFile } from '../ui/save-file.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Badge } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { broughtFor, bundleFile, kindWords, subjectsOf, verifyCommand } from './signer-words.ts';
import { SignedBy } from './signed-by.tsx';
import { statementFacts } from './statement-facts.ts';

const SUBJECTS = 50;

/** One attestation: who signed what, the statement so that it can be read, and the command that verifies it again. */
export function AttestationPanel({ entry, onClose }: { readonly entry: number; readonly onClose: () => void }) {
  const path = `/custody/v1/attestations/${entry}`;
  const { data, error } = useAnswer<AttestationDetail>(path);
  const detail = data?.entry === entry ? data : null;
  const words = detail ? kindWords(detail) : 'Attestation';
  return (
    <SidePanel
      label={`Attestation at entry ${figure(entry)}`}
      crumb={<span>attestation, entry {figure(entry)}</span>}
      title={words.charAt(0).toUpperCase() + words.slice(1)}
      badges={
        detail && (
          <Badge tone="ok" icon="ok">
            verified when it was recorded
          </Badge>
        )
      }
      onClose={onClose}
      footer={
        detail?.content && (
          <button
            type="button"
            className="btn"
            onClick={() =>
              saveFile(bundleFile(entry), 'application/json', `${JSON.stringify(detail.content, null, 2)}\n`)
            }
          >
            <Icon name="download" small />
            Download the bundle
          </button>
        )
      }
    >
      {error && !detail && (
        <div className="part">
          <Failure error={error} onRetry={() => retry(path)} />
        </div>
      )}
      {!detail && !error && (
        <div className="part">
          <Skeleton rows={8} what="the attestation" />
        </div>
      )}
      {detail && (
        <>
          <Signed detail={detail} />
          <Statement detail={detail} />
          {detail.content && (
            <div className="part">
              <h3>Verify it yourself</h3>
              <p className="ink2 gap-below">Download the bundle, then run this beside it. {broughtFor(detail)}</p>
              <Command text={verifyCommand(detail)} />
            </div>
          )}
        </>
      )}
    </SidePanel>
  );
}

function Signed({ detail }: { readonly detail: AttestationDetail }) {
  return (
    <div className="part">
      <dl className="dl narrow">
        <SignedBy signers={detail.signers} />
        <dt>Recorded</dt>
        <dd>
          <Time at={detail.recorded} form="full" /> by {detail.by}
          <span className="sub">
            <EntryLink index={detail.entry} />
          </span>
        </dd>
        <dt>Type</dt>
        <dd className="break">
          <code>{detail.predicateType}</code>
        </dd>
        <dt>Statement</dt>
        <dd>
          <Digest value={detail.statement} name="statement" />
        </dd>
      </dl>
    </div>
  );
}

function Statement({ detail }: { readonly detail: AttestationDetail }) {
  const subjects = subjectsOf(detail);
  if (detail.statementContent === null) {
    return (
      <div className="part">
        <h3>What it says</h3>
        <p className="ink2">Its content was erased. The entry stays, and names the digest of what was signed.</p>
      </div>
    );
  }
  return (
    <div className="part">
      <h3>What it says</h3>
      <dl className="dl narrow">
        <dt>About</dt>
        <dd>
          {subjects.slice(0, SUBJECTS).map(({ name, digests }, n) => (
            <span key={n} className="statement-line">
              <span className="break">{name}</span>{' '}
              {digests.map((digest) => (
                <Digest key={digest} value={digest} />
              ))}
            </span>
          ))}
          {detail.subjectCount > SUBJECTS && <span className="ink3">{figure(detail.subjectCount)} in all</span>}
        </dd>
        {statementFacts(detail).map(({ label, lines }, n) => (
          <Fragment key={n}>
            <dt className="break">{label}</dt>
            <dd>
              {lines.map((line, m) => (
                <span key={m} className="statement-line break">
                  {line}
                </span>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
      <details className="gap-top">
        <summary>The whole statement, as JSON</summary>
        <Command text={JSON.stringify(detail.statementContent, null, 2)} />
      </details>
    </div>
  );
}
