import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { AssetLink } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.tsx';
import { Age } from '../ui/time.tsx';
import { count, figure } from '../text/wording.ts';
import type { Need } from './needs.ts';

const FIRST = 6;

/** `partial`: so many assets of each kind were looked at, and there are more. Null if all were. */
export function NeedsList({ needs, partial }: { readonly needs: readonly Need[]; readonly partial: number | null }) {
  const [all, setAll] = useState(false);
  const shown = all ? needs : needs.slice(0, FIRST);
  if (needs.length === 0) {
    return <p className="ink2 pad-top">No last run failed, and every dataset has an owner and a schema.</p>;
  }
  return (
    <>
      <ul className="needs">
        {shown.map((need) => (
          <Item key={need.asset.id} need={need} />
        ))}
      </ul>
      {(needs.length > FIRST || partial !== null) && (
        <div className="foot">
          {needs.length > FIRST && (
            <button type="button" className="btn sm" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'Show fewer' : `Show ${figure(needs.length - FIRST)} more`}
            </button>
          )}
          {partial !== null && <span>Among the first {figure(partial)} datasets and jobs.</span>}
        </div>
      )}
    </>
  );
}

interface Words {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly body: ReactNode;
  readonly action: string;
}

function wordsOf({ kind, asset }: Need): Words {
  const name = <AssetLink asset={asset} className="nm" />;
  const used = `${count(asset.runs, 'run')} touched it; ${asset.downstream === 0 ? 'no job reads it' : `${count(asset.downstream, 'job')} ${asset.downstream === 1 ? 'reads' : 'read'} it`}.`;
  switch (kind) {
    case 'run-failed':
      return {
        icon: 'bad',
        tone: 'bad',
        title: <>The last run of {name} failed</>,
        body:
          asset.downstream > 0 ? `${count(asset.downstream, 'dataset')} may be out of date.` : 'It writes no dataset.',
        action: 'See the job',
      };
    case 'run-aborted':
      return {
        icon: 'warn',
        tone: 'warn',
        title: <>The last run of {name} was aborted</>,
        body:
          asset.downstream > 0 ? `${count(asset.downstream, 'dataset')} may be out of date.` : 'It writes no dataset.',
        action: 'See the job',
      };
    case 'no-owner-no-schema':
      return {
        icon: 'unknown',
        tone: 'idle',
        title: <>Nobody owns {name}, and its schema is not known</>,
        body: used,
        action: 'See the dataset',
      };
    case 'no-owner':
      return { icon: 'unknown', tone: 'idle', title: <>Nobody owns {name}</>, body: used, action: 'See the dataset' };
    case 'no-schema':
      return {
        icon: 'unknown',
        tone: 'idle',
        title: <>The schema of {name} is not known</>,
        body: used,
        action: 'See the dataset',
      };
    default:
      return kind satisfies never;
  }
}

function Item({ need }: { readonly need: Need }) {
  const { icon, tone, title, body, action } = wordsOf(need);
  return (
    <li>
      <span className={`c-${tone}`}>
        <Icon name={icon} />
      </span>
      <div>
        <p className="need-title">{title}</p>
        <p>{body}</p>
      </div>
      <span className="when">
        <span>
          <Age at={need.asset.lastSeen} sentence />
        </span>
        <small>
          <EntryLink index={need.asset.lastEntry} />
        </small>
      </span>
      <Link to="/asset" search={{ id: need.asset.id }} className="btn sm" aria-label={`${action} ${need.asset.name}`}>
        {action}
      </Link>
    </li>
  );
}
