import { Fragment } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

type Keys = readonly (readonly [keys: readonly string[], what: string])[];

const GROUPS: readonly { readonly title: string; readonly keys: Keys }[] = [
  {
    title: 'Everywhere',
    keys: [
      [['⌘ K', 'Ctrl K'], 'search assets, entries and pages'],
      [['/'], 'search on this page'],
      [['?'], 'show these keys'],
      [['Esc'], 'close what is open'],
    ],
  },
  {
    title: 'Go to',
    keys: [
      [['g h'], 'Home'],
      [['g a'], 'Assets'],
      [['g d'], 'Datasets'],
      [['g l'], 'Lineage'],
      [['g p'], 'Policies'],
      [['g g'], 'Gates'],
      [['g c'], 'Checks'],
      [['g m'], 'Models'],
      [['g e'], 'Log, its entries'],
    ],
  },
  {
    title: 'Lists',
    keys: [
      [['↑', '↓'], 'move'],
      [['Enter'], 'open'],
    ],
  },
  {
    title: 'Policies',
    keys: [
      [['Ctrl Space'], 'complete a name'],
      [['Ctrl S'], 'lay the text out'],
      [['Ctrl Enter'], 'dry run against the history'],
    ],
  },
  {
    title: 'Lineage',
    keys: [
      [['←', '→'], 'along an edge, upstream or downstream'],
      [['↑', '↓'], 'to the next one beside it, or down the columns'],
      [['Enter'], 'open the asset, unfold a group, choose a column'],
      [['c'], 'columns of the asset, open or closed'],
      [['b'], 'what it reached: its blast radius, and back'],
      [['u', 'd'], 'only upstream, only downstream'],
      [['[', ']'], 'earlier, later'],
    ],
  },
];

export function KeysPanel({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog label="Keys" shape="box" onClose={onClose}>
      <header className="dlg-head">
        <h2>Keys</h2>
        <button type="button" className="icon-btn" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="key-groups">
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([each, what]) => (
                <Fragment key={what}>
                  <dt>
                    {each.map((combination) => (
                      <span key={combination} className="keys">
                        {combination.split(' ').map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </span>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
