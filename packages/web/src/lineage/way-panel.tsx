import type { ColumnEdge, ColumnEnd } from '../api/answers.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { Badge } from '../ui/status.tsx';
import { howWords, MEANS } from './how.ts';
import type { Picture } from './picture.ts';

interface WayPanelProps {
  readonly way: ColumnEdge;
  readonly picture: Picture;
  readonly onColumn: (asset: string, column: string) => void;
  readonly onClose: () => void;
}

/** A way between two columns: what becomes of the value, and the entry that says so. */
export function WayPanel({ way, picture, onColumn, onClose }: WayPanelProps) {
  const nameOf = (id: string) => picture.nodes.find((node) => node.id === id)?.name ?? id;
  const end = ({ asset, column }: ColumnEnd) => (
    <>
      <Breakable name={nameOf(asset)} />
      <span className="sub">
        {column === null ? (
          'which rows it has'
        ) : (
          <button type="button" className="as-link mono" onClick={() => onColumn(asset, column)}>
            {column}
          </button>
        )}
      </span>
    </>
  );
  return (
    <SidePanel
      label={`From ${way.from.column ?? nameOf(way.from.asset)} to ${way.to.column ?? nameOf(way.to.asset)}`}
      crumb={<span>a way between columns</span>}
      title={
        <>
          <span className="break">{way.from.column ?? nameOf(way.from.asset)}</span> <span className="ink3">to</span>{' '}
          <span className="break">{way.to.column ?? nameOf(way.to.asset)}</span>
        </>
      }
      badges={
        <>
          {way.masked && (
            <Badge tone="idle" icon="lock">
              masked
            </Badge>
          )}
          {way.certainty !== 'certain' && (
            <Badge tone="warn" icon="unknown">
              {way.certainty}
            </Badge>
          )}
        </>
      }
      onClose={onClose}
    >
      <div className="part">
        <h3>How one comes from the other</h3>
        <p className="gap-below">{howWords(way)}</p>
        <p className="ink2">
          {MEANS[way.kind]}
          {way.masked && ' A known masking function stands between.'}
          {way.certainty === 'ambiguous' && ' The SQL allows more than one source; this is one of them.'}
          {way.certainty === 'inferred' && ' It follows from the SQL and the known columns; nobody said it.'}
        </p>
      </div>
      <div className="part">
        <dl className="dl narrow">
          <dt>From</dt>
          <dd>{end(way.from)}</dd>
          <dt>To</dt>
          <dd>{end(way.to)}</dd>
          <dt>By</dt>
          <dd>
            <Breakable name={nameOf(way.job)} />
          </dd>
          <dt>Evidence</dt>
          <dd>
            <EntryLink index={way.entry} />
          </dd>
          {way.run !== null && (
            <>
              <dt>Run</dt>
              <dd>
                <code className="break">{way.run}</code>
              </dd>
            </>
          )}
        </dl>
      </div>
    </SidePanel>
  );
}
