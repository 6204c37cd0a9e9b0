import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useId, useState, type KeyboardEvent } from 'react';
import { query, useAnswer } from '../api/answer-store.ts';
import type { AssetPage, EntryPage } from '../api/answers.ts';
import { assetIcon, assetWord } from '../ui/asset-name.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { figure } from '../text/wording.ts';
import { usePast } from './past.ts';

interface Hit {
  readonly id: string;
  readonly icon: IconName;
  readonly name: string;
  readonly detail: string;
  readonly go: () => void;
}

const SHOWN = 6;

/** Anything by name: pages at once, assets and entries as they are found. A number is the entry of that index. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const { at, known } = usePast();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useId();
  const wanted = useDeferredValue(useSettled(text.trim(), 150));
  const assets = useAnswer<AssetPage>(
    wanted === '' ? null : query('/custody/v1/assets', { q: wanted, limit: SHOWN, at, known }),
  );
  const entries = useAnswer<EntryPage>(
    wanted === '' ? null : query('/custody/v1/entries', { q: wanted, limit: SHOWN }),
  );

  const leave = (go: () => void) => () => {
    onClose();
    go();
  };
  const pages: readonly Hit[] = [
    { id: 'home', icon: 'home', name: 'Home', detail: 'g h', go: () => void navigate({ to: '/' }) },
    { id: 'assets', icon: 'assets', name: 'Assets', detail: 'g a', go: () => void navigate({ to: '/assets' }) },
    { id: 'datasets', icon: 'table', name: 'Datasets', detail: 'g d', go: () => void navigate({ to: '/datasets' }) },
    { id: 'lineage', icon: 'lineage', name: 'Lineage', detail: 'g l', go: () => void navigate({ to: '/lineage' }) },
    { id: 'policies', icon: 'policy', name: 'Policies', detail: 'g p', go: () => void navigate({ to: '/policies' }) },
    { id: 'gates', icon: 'gate', name: 'Gates', detail: 'g g', go: () => void navigate({ to: '/gates' }) },
    { id: 'checks', icon: 'shield', name: 'Checks', detail: 'g c', go: () => void navigate({ to: '/checks' }) },
    { id: 'models', icon: 'model', name: 'Models', detail: 'g m', go: () => void navigate({ to: '/models' }) },
    { id: 'log', icon: 'log', name: 'Log', detail: 'g e', go: () => void navigate({ to: '/entries' }) },
  ];
  const lower = text.trim().toLowerCase();
  const groups: readonly { readonly title: string; readonly hits: readonly Hit[] }[] = [
    { title: 'Pages', hits: pages.filter(({ name }) => name.toLowerCase().includes(lower)) },
    {
      title: 'Assets',
      hits:
        wanted === ''
          ? []
          : (assets.data?.items ?? []).map((asset) => ({
              id: asset.id,
              icon: assetIcon(asset),
              name: asset.name,
              detail: `${assetWord(asset)} in ${asset.namespace}`,
              go: () => void navigate({ to: '/asset', search: { id: asset.id } }),
            })),
    },
    {
      title: 'Entries of the log',
      hits:
        wanted === ''
          ? []
          : (entries.data?.items ?? []).map((entry) => ({
              id: `entry-${entry.index}`,
              icon: 'log',
              name: entry.what,
              detail: `entry ${figure(entry.index)}`,
              go: () => void navigate({ to: '/entries', search: { entry: entry.index } }),
            })),
    },
  ];
  const hits = groups.flatMap((group) => group.hits);
  const active = Math.min(chosen, hits.length - 1);
  const optionId = (n: number) => `${list}-${n}`;

  useEffect(() => {
    document.getElementById(`${list}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [list, active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setChosen((active + step + hits.length) % hits.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const hit = hits[active];
      if (hit) leave(hit.go)();
    }
  };

  const failed = assets.error ?? entries.error;
  const searching = wanted !== lower || assets.pending || entries.pending;
  return (
    <Dialog label="Search or go to" shape="palette" onClose={onClose}>
      <div className="palette-in">
        <Icon name="search" />
        <input
          className="palette-q"
          type="text"
          role="combobox"
          aria-label="Search assets, entries and pages"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={hits.length > 0 ? optionId(active) : undefined}
          aria-autocomplete="list"
          placeholder="Asset, entry or page"
          autoComplete="off"
          spellCheck={false}
          // A dialog gives the focus to its first control anyway; this names which one.
          autoFocus
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div className="palette-hits" role="listbox" id={list} aria-label="Found">
        {groups
          .filter((group) => group.hits.length > 0)
          .map((group) => (
            <div key={group.title} role="group" aria-label={group.title}>
              <p className="palette-group" aria-hidden="true">
                {group.title}
              </p>
              {group.hits.map((hit) => {
                const n = hits.indexOf(hit);
                return (
                  <div
                    key={hit.id}
                    id={optionId(n)}
                    role="option"
                    aria-selected={n === active}
                    className="palette-hit"
                    onMouseMove={() => setChosen(n)}
                    onClick={leave(hit.go)}
                  >
                    <Icon name={hit.icon} />
                    <span className="trunc">{hit.name}</span>
                    <span className="meta trunc">{hit.detail}</span>
                  </div>
                );
              })}
            </div>
          ))}
      </div>
      <p className="palette-foot meta" role="status">
        {failed
          ? `${failed.title}. Pages can still be opened.`
          : hits.length === 0
            ? searching
              ? 'Searching'
              : `Nothing matches “${text.trim()}”.`
            : wanted === ''
              ? 'Type a name, an owner, a tag or the number of an entry.'
              : `${hits.length} found`}
      </p>
    </Dialog>
  );
}

/** The value once it has not changed for `ms`: typing does not ask at every letter. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
