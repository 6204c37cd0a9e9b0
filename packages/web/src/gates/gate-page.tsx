/** The frame of one thing that is open, and how its state is shown. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { retry, useAnswer } from '../api/answer-store.ts';
import type { Batch } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePageTitle } from '../ui/announcer.tsx';
import { Breakable } from '../ui/asset-name.tsx';
import { Failure } from '../ui/failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Badge, Mark } from '../ui/status.tsx';
import type { Shown } from './gate-words.ts';

export function ShownMark({ shown: { tone, icon, word } }: { readonly shown: Shown }) {
  return (
    <Mark tone={tone} icon={icon}>
      {word}
    </Mark>
  );
}

export function ShownBadge({ shown: { tone, icon, word } }: { readonly shown: Shown }) {
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}

/** Gates, and the list below it that this is of. */
export function Crumb({ list }: { readonly list?: { readonly view: 'quarantine' | 'rules'; readonly name: string } }) {
  return (
    <p className="crumb">
      <Link to="/gates">Gates</Link>
      <span aria-hidden="true">/</span>
      {list !== undefined && (
        <>
          <Link to="/gates" search={{ view: list.view }}>
            {list.name}
          </Link>
          <span aria-hidden="true">/</span>
        </>
      )}
    </p>
  );
}

interface GatePageProps<Data> {
  readonly path: string;
  /** What it is: `Batch`. */
  readonly what: string;
  readonly crumb: ReactNode;
  readonly shownOf: (data: Data) => Shown;
  readonly leadOf: (data: Data) => ReactNode;
  /** What a past changes here. */
  readonly inPast: string;
  readonly children: (data: Data) => ReactNode;
}

/** Something of a dataset, by its path in the API. */
export function GatePage<Data extends Pick<Batch, 'dataset'>>({
  path,
  what,
  crumb,
  shownOf,
  leadOf,
  inPast,
  children,
}: GatePageProps<Data>) {
  const { data, error } = useAnswer<Data>(path);
  usePageTitle(data === null ? what : `${what} of ${data.dataset.name}`);
  return (
    <div className="page">
      <div className="title">
        <div>
          {crumb}
          <h1 className="with-badge">
            {data === null ? what : <Breakable name={data.dataset.name} />}
            {data !== null && <ShownBadge shown={shownOf(data)} />}
          </h1>
          {data !== null && <p className="lead">{leadOf(data)}</p>}
        </div>
      </div>
      <PastNotice here={inPast} />
      {error && <Failure error={error} onRetry={() => retry(path)} />}
      {!data && !error && <Skeleton rows={10} what={`the ${what.toLowerCase()}`} />}
      {data && children(data)}
    </div>
  );
}
