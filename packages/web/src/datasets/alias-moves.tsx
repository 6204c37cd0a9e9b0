import type { DatasetHistory } from '../api/answers.ts';
import { figure } from '../text/wording.ts';
import { EntryLink } from '../ui/entry-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { Time } from '../ui/time.tsx';

/** How the names moved, the newest first: who, and why. */
export function AliasMoves({ history: { moves } }: { readonly history: DatasetHistory }) {
  return (
    <section className="sec" aria-labelledby="moves">
      <header>
        <h2 id="moves">How its names moved</h2>
        <span className="count">{figure(moves.length)}</span>
      </header>
      {moves.length === 0 ? (
        <p className="ink2 pad-top">No name but latest, which is always the newest version.</p>
      ) : (
        <ol className="tl">
          {moves.map(({ entry, alias, version, from, reason, by, recorded, isRestored }) => (
            <li key={entry}>
              <span className={isRestored ? 'c-warn' : 'c-idle'}>
                <Icon name={isRestored ? 'changed' : 'right'} small />
              </span>
              <div className="min0">
                <strong>{alias}</strong> {from === null ? 'points to' : `from ${figure(from)} to`} {figure(version)}
                {isRestored && ', its bytes put back and verified'}
                <span className="sub">
                  {reason} · {by} · <EntryLink index={entry} />
                </span>
              </div>
              <Time at={recorded} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
