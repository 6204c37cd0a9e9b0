import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { EntryDetail } from '../api/answers.ts';
import { bytes, figure, inUtc } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Digest } from '../ui/digest.tsx';
import { Failure } from '../ui/failure.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { factsOf, parseEntry, type Fact } from './entry-facts.ts';
import { EntryBadge, EntryProof, SaveProof } from './entry-proof.tsx';
import { useEntryCheck } from './entry-check-state.ts';
import { kindWord } from './kinds.ts';

interface EntryPanelProps {
  readonly index: number;
  readonly onClose: () => void;
}

export function EntryPanel({ index, onClose }: EntryPanelProps) {
  const path = `/custody/v1/entries/${index}`;
  const { data, error } = useAnswer<EntryDetail>(path);
  const check = useEntryCheck(index, data?.text ?? null);
  return (
    <SidePanel
      label={`Entry ${figure(index)}`}
      crumb={<span>entry {figure(index)}</span>}
      title={data?.what ?? `Entry ${figure(index)}`}
      badges={data && <EntryBadge check={check} />}
      onClose={onClose}
      footer={
        data && (
          <>
            <SaveProof index={index} check={check} />
            <CopyLink />
          </>
        )
      }
    >
      {error && !data && (
        <div className="part">
          <Failure error={error} onRetry={() => retry(path)} />
        </div>
      )}
      {!data && !error && (
        <div className="part">
          <Skeleton rows={8} what="the entry" />
        </div>
      )}
      {data && (
        <>
          <Facts entry={data} />
          <EntryProof index={index} check={check} />
          <Verbatim entry={data} />
        </>
      )}
    </SidePanel>
  );
}

function CopyLink() {
  return <CopyButton text={location.href} label="Copy link to this entry" />;
}

function Facts({ entry }: { readonly entry: EntryDetail }) {
  const facts = useMemo(() => {
    const event = parseEntry(entry.text);
    return event ? (factsOf(event) ?? []) : [];
  }, [entry.text]);
  return (
    <div className="part">
      <dl className="dl narrow">
        {entry.happened !== null && (
          <>
            <dt>Happened</dt>
            <dd>
              <Time at={entry.happened} form="full" /> <Utc at={entry.happened} />
            </dd>
          </>
        )}
        <dt>Recorded</dt>
        <dd>
          <Time at={entry.recorded} form="full" /> <Utc at={entry.recorded} />
        </dd>
        <dt>By</dt>
        <dd>{entry.by}</dd>
        <dt>Kind</dt>
        <dd>
          {kindWord(entry.kind)} <code className="ink3">{entry.kind}</code>
        </dd>
        {facts.map((fact, n) => (
          <FactRow key={n} fact={fact} />
        ))}
        <dt>Leaf</dt>
        <dd>
          <Digest value={entry.leaf} name="leaf" />
        </dd>
        <dt>Payload</dt>
        <dd>
          <Payload payload={entry.payload} />
        </dd>
      </dl>
    </div>
  );
}

function Utc({ at }: { readonly at: string }) {
  return <span className="meta nowrap">({inUtc(at).slice(11)})</span>;
}

function FactRow({ fact }: { readonly fact: Fact }) {
  return (
    <>
      <dt>{fact.label}</dt>
      <dd>
        {fact.form === 'asset' ? (
          <Link
            to="/asset"
            search={{ id: `${fact.kind}:${fact.namespace}:${fact.name}` }}
            className="inline-link"
            title={fact.namespace}
          >
            <Breakable name={fact.name} />
          </Link>
        ) : fact.form === 'time' ? (
          <Time at={fact.value} />
        ) : fact.form === 'digest' ? (
          <Digest value={fact.value} name={fact.label.toLowerCase()} />
        ) : fact.form === 'mono' ? (
          <code className="facts-mono">{fact.value}</code>
        ) : (
          <span className="break">{fact.value}</span>
        )}
      </dd>
    </>
  );
}

function Payload({ payload }: { readonly payload: EntryDetail['payload'] }) {
  if (!payload) return <span className="ink3">none</span>;
  return (
    <span className="payload">
      {payload.state === 'present' ? (
        <Mark tone="idle" icon="file">
          here, {bytes(payload.bytes)}
        </Mark>
      ) : (
        <Mark tone="idle" icon="gone">
          erased, {bytes(payload.bytes)}
        </Mark>
      )}
      <Digest value={payload.commitment} name="commitment" />
    </span>
  );
}

function Verbatim({ entry: { text, payload } }: { readonly entry: EntryDetail }) {
  return (
    <div className="part">
      <h3>Verbatim</h3>
      <details>
        <summary>
          The entry{' '}
          <span className="count">{bytes(new TextEncoder().encode(text).length)}, the exact bytes of the leaf</span>
        </summary>
        <div className="cmd">
          <pre>{text}</pre>
          <CopyButton text={text} label="Copy entry" />
        </div>
      </details>
      {payload?.text && (
        <details>
          <summary>
            The payload <span className="count">{payload.media}, can be erased</span>
          </summary>
          <div className="cmd">
            <pre>{payload.text}</pre>
            <CopyButton text={payload.text} label="Copy payload" />
          </div>
        </details>
      )}
      {payload?.state === 'erased' && (
        <p className="meta gap-top">
          The payload is erased with its salt. The entry still proves that it was there and how large it was; nobody can
          tell what it said.
        </p>
      )}
    </div>
  );
}
