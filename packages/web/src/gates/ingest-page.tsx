import { Link } from '@tanstack/react-router';
import { useAnswer } from '../api/answer-store.ts';
import type { GateRulesList, IngestDetail } from '../api/answers.ts';
import { bytes, figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { Command } from '../ui/command.tsx';
import { Digest } from '../ui/digest.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';
import {
  assetId,
  auditCommand,
  auditName,
  isOverHttp,
  repeatCommand,
  rowsSentence,
  verdictShown,
} from './gate-words.ts';
import { Crumb, GatePage } from './gate-page.tsx';
import { ChecksTable, DriftTable, FirstFailures, FoundTable, Notes, ReasonsList } from './report-view.tsx';

export function IngestPage({ id }: { readonly id: string }) {
  return (
    <GatePage<IngestDetail>
      path={`/custody/v1/ingests/${encodeURIComponent(id)}`}
      what="Ingest"
      crumb={<Crumb />}
      shownOf={verdictShown}
      leadOf={(ingest) => (
        <>
          {rowsSentence(ingest)} By {ingest.by}, <Time at={ingest.decided} form="full" />.
        </>
      )}
      inPast="This page shows the ingest as it was recorded."
    >
      {(ingest) => <Report ingest={ingest} />}
    </GatePage>
  );
}

function Report({ ingest }: { readonly ingest: IngestDetail }) {
  const { report } = ingest;
  return (
    <div className="cols">
      <div className="stack">
        {report === null && (
          <Notice icon="gone">
            <strong>The report was erased.</strong> Its figures and digests stay in the entry.
          </Notice>
        )}
        {report !== null && (
          <>
            <FirstFailures report={report} />
            {report.quarantine.length > 0 && (
              <section className="sec" aria-labelledby="aside">
                <header>
                  <h2 id="aside">{ingest.batch === null ? 'To be set aside' : 'Set aside'}</h2>
                  <span className="count">{figure(ingest.rows.quarantined)}</span>
                  {ingest.batch !== null && (
                    <span className="acts">
                      <Link to="/gates" search={{ batch: ingest.batch }} className="btn sm">
                        Look at the rows
                      </Link>
                    </span>
                  )}
                </header>
                <ReasonsList reasons={report.quarantine} />
                {ingest.batch === null && <p className="foot">The input was refused, so none of them was kept.</p>}
              </section>
            )}
            <FoundTable report={report} />
            <ChecksTable report={report} />
            {report.drift !== null && <DriftTable drift={report.drift} />}
            <Notes report={report} />
          </>
        )}
      </div>
      <div className="stack">
        <About ingest={ingest} />
        <Verify ingest={ingest} />
      </div>
    </div>
  );
}

function About({ ingest }: { readonly ingest: IngestDetail }) {
  const { dataset, source, entry, rules, audit, output, batch, isWhole } = ingest;
  const list = useAnswer<GateRulesList>('/custody/v1/gate/rules');
  const published = list.data?.items.find(({ inForce }) => inForce?.digest === rules);
  return (
    <section className="sec" aria-labelledby="about">
      <header>
        <h2 id="about">About it</h2>
      </header>
      <dl className="dl">
        <dt>Dataset</dt>
        <dd className="break">
          <Link to="/asset" search={{ id: assetId(dataset) }} className="inline-link">
            <Breakable name={dataset.name} />
          </Link>
          <span className="sub ink3">{dataset.namespace}</span>
        </dd>
        <dt>From</dt>
        <dd className="break">
          <Breakable name={source.name} />
          <span className="sub ink3">{source.namespace}</span>
        </dd>
        <dt>Entry</dt>
        <dd>
          <EntryLink index={entry} />
        </dd>
        {batch !== null && (
          <>
            <dt>Batch</dt>
            <dd>
              <Link to="/gates" search={{ batch }} className="inline-link">
                {isWhole ? 'the whole batch' : 'rows set aside'}
              </Link>
            </dd>
          </>
        )}
        <dt>Rules</dt>
        <dd>
          <Digest value={rules} name="digest of the rules" />
          {published !== undefined && (
            <Link to="/gates" search={{ rules: published.name }} className="sub inline-link">
              {published.name}, version {published.inForce?.version}
            </Link>
          )}
        </dd>
        <dt>Audit</dt>
        <dd>
          <Digest value={audit} name="digest of the audit" />
        </dd>
        <dt>Output</dt>
        <dd>
          {output === null ? (
            <span className="ink2">nothing was written</span>
          ) : (
            <>
              <Digest value={output.digest} name="digest of the output" />
              <span className="sub ink3">
                {output.format}, {bytes(output.bytes)}
              </span>
            </>
          )}
        </dd>
      </dl>
    </section>
  );
}

function Verify({ ingest }: { readonly ingest: IngestDetail }) {
  const { id, output } = ingest;
  const repeat = repeatCommand(ingest);
  return (
    <section className="sec" aria-labelledby="verify">
      <header>
        <h2 id="verify">Verify it yourself</h2>
      </header>
      <div className="cmds">
        <p className="ink2">
          The audit names each value that a rule changed, set aside or refused, by row and column, and never the value.
          This checks its chain and that the log knows it:
        </p>
        <Command {...auditCommand(ingest)} />
        {isOverHttp(ingest) ? (
          <a className="btn" href={`/custody/v1/ingests/${id}/audit`} download={auditName(id)}>
            <Icon name="download" small />
            Download the audit
          </a>
        ) : (
          <p className="ink3 sm">It lies beside the output, where the command ran.</p>
        )}
        {output !== null && (
          <p className="ink2">
            <code>sha256sum</code> of what was written gives the digest of the output.
          </p>
        )}
        {repeat !== null && (
          <>
            <p className="ink2">With the rules of that digest, this judges the same file again and writes nothing:</p>
            <Command {...repeat} />
          </>
        )}
      </div>
    </section>
  );
}
