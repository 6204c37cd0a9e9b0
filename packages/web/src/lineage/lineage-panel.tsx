import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AsOf, LineageEdge, LineageNode } from '../api/answers.ts';
import type { CommandLine } from '../text/command-line.ts';
import { count, figure, runsOrDesign } from '../text/wording.ts';
import { assetIcon, assetWord, Breakable } from '../ui/asset-name.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { Repeat } from '../ui/repeat.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { Badge, RUN_STATES } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { hopWords, type GraphModel } from './graph-model.ts';
import { NO_MARKS, type Marks } from './marks.ts';
import { edgeId, wayTo } from './picture.ts';
import { WayPanel } from './way-panel.tsx';

export interface LineagePanelProps {
  readonly model: GraphModel;
  readonly marks?: Marks;
  readonly asOf: AsOf;
  /** Id of a node, of an edge, or of a way between columns. */
  readonly selected: string;
  /** What the view has to say of a node, or of an edge; it stands first. */
  readonly about?: (id: string) => ReactNode;
  /** The command that gives the same answer. */
  readonly command: (selected: LineageNode | LineageEdge) => CommandLine;
  readonly onSelect: (id: string) => void;
  readonly onColumn: (asset: string, column: string) => void;
  readonly onCentre: (id: string) => void;
  readonly onClose: () => void;
}

export function LineagePanel(props: LineagePanelProps) {
  const { model, selected } = props;
  const node = model.picture.nodes.find(({ id }) => id === selected);
  if (node) return <NodePanel {...props} node={node} />;
  const edge = model.picture.edges.find((each) => edgeId(each) === selected);
  if (edge) return <EdgePanel {...props} edge={edge} />;
  const way = model.ways.find(({ id }) => id === selected)?.way;
  return way ? <WayPanel way={way} picture={model.picture} onColumn={props.onColumn} onClose={props.onClose} /> : null;
}

function NodePanel(props: LineagePanelProps & { readonly node: LineageNode }) {
  const { model, marks = NO_MARKS, asOf, node, about, command, onSelect, onCentre, onClose } = props;
  const { picture, hops } = model;
  const isRoot = node.id === picture.root;
  const into = picture.edges.filter(({ to }) => to === node.id);
  const out = picture.edges.filter(({ from }) => from === node.id);
  const way = wayTo(picture, node.id);
  const mark = marks.cards.get(node.id);
  const gap = marks.gaps.get(node.id);
  return (
    <SidePanel
      label={node.name}
      crumb={
        <span className="trunc">
          {assetWord(node)} in {node.namespace}
        </span>
      }
      title={<Breakable name={node.name} />}
      badges={
        <>
          {mark && (
            <Badge tone={mark.tone} icon={mark.icon}>
              {mark.words}
            </Badge>
          )}
          <Badge tone={isRoot ? 'run' : 'idle'} icon="lineage">
            {hopWords(hops.get(node.id))}
          </Badge>
          {node.lastState && (
            <Badge tone={RUN_STATES[node.lastState].tone} icon={RUN_STATES[node.lastState].icon}>
              last run {RUN_STATES[node.lastState].word}
            </Badge>
          )}
          {gap && (
            <Badge tone={gap.missing > 0 ? 'warn' : 'idle'} icon={gap.missing > 0 ? 'warn' : 'ok'}>
              {gap.words}
            </Badge>
          )}
        </>
      }
      onClose={onClose}
      footer={
        <>
          <Link to="/asset" search={{ id: node.id }} className="btn">
            Open {node.kind === 'job' ? 'job' : 'asset'}
          </Link>
          <Link to="/lineage" search={{ asset: node.id, show: 'blast' }} className="btn">
            What did this reach?
          </Link>
          {!isRoot && (
            <>
              <button type="button" className="btn" onClick={() => onCentre(node.id)}>
                Centre here
              </button>
              <Link to="/lineage" search={{ asset: picture.root, show: 'path', target: node.id }} className="btn">
                Path to here
              </Link>
            </>
          )}
        </>
      }
    >
      {about?.(node.id)}
      {!about && !isRoot && way.length > 0 && (
        <div className="part">
          <h3>Why it is here</h3>
          <Way way={way} model={model} onSelect={onSelect} />
        </div>
      )}
      <div className="part">
        <h3>Comes from</h3>
        <EdgeList
          edges={into}
          end="from"
          model={model}
          onSelect={onSelect}
          none={node.moreUp > 0 ? 'Nothing that is drawn.' : 'Nothing is seen to feed it.'}
        />
        <h3 className="gap-head">Goes to</h3>
        <EdgeList
          edges={out}
          end="to"
          model={model}
          onSelect={onSelect}
          none={node.moreDown > 0 ? 'Nothing that is drawn.' : 'Nothing is seen to read it.'}
        />
      </div>
      {node.kind === 'dataset' && <ColumnsPart {...props} />}
      <div className="part">
        <dl className="dl narrow">
          <dt>Last seen</dt>
          <dd>
            <Time at={node.lastAt} form="full" />
          </dd>
          <dt>Tags</dt>
          <dd>
            {node.tags.length === 0 ? (
              <span className="ink3">none</span>
            ) : (
              <span className="tags">
                {node.tags.map((tag) => (
                  <span key={tag} className="tag">
                    {tag}
                  </span>
                ))}
              </span>
            )}
          </dd>
        </dl>
      </div>
      <Repeat asOf={asOf} command={command(node)} />
    </SidePanel>
  );
}

/** Every column by name, to choose one: the ways of that column are then shown alone. */
function ColumnsPart({ node, onColumn }: LineagePanelProps & { readonly node: LineageNode }) {
  const all = node.columnCount ?? node.columns.length;
  return (
    <div className="part">
      {node.columns.length === 0 ? (
        <>
          <h3>Columns</h3>
          <p className="ink3">No event has told its columns.</p>
        </>
      ) : (
        <details>
          <summary>{count(all, 'column')}</summary>
          <ul className="ends column-list">
            {node.columns.map((column) => (
              <li key={column}>
                <button type="button" className="as-link mono" onClick={() => onColumn(node.id, column)}>
                  {column}
                </button>
              </li>
            ))}
          </ul>
          <p className="meta gap-top">
            {node.columns.length < all && `The first ${figure(node.columns.length)}. `}
            Choose one to see only its ways.
          </p>
        </details>
      )}
    </div>
  );
}

function EdgePanel({
  model,
  marks = NO_MARKS,
  asOf,
  about,
  command,
  edge,
  onSelect,
  onClose,
}: LineagePanelProps & { readonly edge: LineageEdge }) {
  const nodes = new Map(model.picture.nodes.map((node) => [node.id, node]));
  const from = nodes.get(edge.from);
  const to = nodes.get(edge.to);
  const reads = to?.kind === 'job';
  const gap = marks.gaps.get(edgeId(edge));
  return (
    <SidePanel
      label={`Edge from ${from?.name} to ${to?.name}`}
      crumb={<span>{reads ? 'a job reads a dataset' : 'a job writes a dataset'}</span>}
      title={
        <>
          <Breakable name={from?.name ?? edge.from} /> <span className="ink3">to</span>{' '}
          <Breakable name={to?.name ?? edge.to} />
        </>
      }
      badges={
        <>
          <Badge tone="idle" icon="job">
            {runsOrDesign(edge.runs)}
          </Badge>
          {edge.endedAt && (
            <Badge tone="idle" icon="gone">
              ended
            </Badge>
          )}
          {gap && (
            <Badge tone={gap.missing > 0 ? 'warn' : 'idle'} icon={gap.missing > 0 ? 'warn' : 'ok'}>
              {gap.words}
            </Badge>
          )}
        </>
      }
      onClose={onClose}
    >
      {about?.(edgeId(edge))}
      <div className="part">
        <h3>Why this edge exists</h3>
        <p className="ink2 gap-below">
          {edge.runs === 0
            ? 'The job was described so, without a run.'
            : `${count(edge.runs, 'run')} of the job said that ${edge.runs === 1 ? 'it' : 'they'} ${reads ? 'read' : 'wrote'} the dataset.`}
        </p>
        <dl className="dl narrow">
          <dt>First</dt>
          <dd>
            <Time at={edge.firstAt} form="full" />
          </dd>
          <dt>Last</dt>
          <dd>
            <Time at={edge.lastAt} form="full" />
          </dd>
          {edge.endedAt && (
            <>
              <dt>Ended</dt>
              <dd>
                <Time at={edge.endedAt} form="full" />
                <span className="sub ink3">
                  The job then told all that it {reads ? 'reads' : 'writes'}, without it.
                </span>
              </dd>
            </>
          )}
          <dt>Evidence</dt>
          <dd>
            <EntryLink index={edge.lastEntry} />
          </dd>
          {edge.lastRun !== null && (
            <>
              <dt>Last run</dt>
              <dd>
                <code className="break">{edge.lastRun}</code>
              </dd>
            </>
          )}
        </dl>
      </div>
      <div className="part">
        <h3>Between</h3>
        <ul className="near">
          {[from, to].map(
            (node) =>
              node && (
                <li key={node.id}>
                  <Icon name={assetIcon(node)} />
                  <div>
                    <button type="button" className="as-link nm" onClick={() => onSelect(node.id)}>
                      <Breakable name={node.name} />
                    </button>
                    <span className="sub">
                      {assetWord(node)} in {node.namespace}
                    </span>
                  </div>
                </li>
              ),
          )}
        </ul>
      </div>
      <Repeat asOf={asOf} command={command(edge)} />
    </SidePanel>
  );
}

interface WayProps {
  readonly way: readonly LineageEdge[];
  readonly model: GraphModel;
  readonly onSelect: (id: string) => void;
}

function Way({ way, model, onSelect }: WayProps) {
  const nodes = new Map(model.picture.nodes.map((node) => [node.id, node]));
  const down = way[0]?.from === model.picture.root;
  const stops = [model.picture.root, ...way.map((edge) => (down ? edge.to : edge.from))];
  return (
    <ol className="tl">
      {stops.map((id, n) => {
        const node = nodes.get(id);
        const edge = way[n - 1];
        return (
          <li key={id}>
            <span className={n === stops.length - 1 ? 'c-run' : 'c-idle'}>
              <Icon name={node ? assetIcon(node) : 'unknown'} />
            </span>
            <div>
              <button type="button" className="as-link" onClick={() => onSelect(id)}>
                <Breakable name={node?.name ?? id} />
              </button>
              <span className="sub">
                {edge ? (
                  <>
                    {verb(node, down)} {edge.runs === 0 ? '' : 'in '}
                    {runsOrDesign(edge.runs)}, <EntryLink index={edge.lastEntry} />
                  </>
                ) : (
                  'the home of this picture'
                )}
              </span>
            </div>
            {edge && <Time at={edge.lastAt} />}
          </li>
        );
      })}
    </ol>
  );
}

/** What is said of a stop on the way, seen from the stop before it. */
function verb(node: LineageNode | undefined, down: boolean): string {
  if (node?.kind === 'job') return down ? 'reads it' : 'writes it';
  return down ? 'written' : 'read';
}

interface EdgeListProps {
  readonly edges: readonly LineageEdge[];
  readonly end: 'from' | 'to';
  readonly model: GraphModel;
  readonly onSelect: (id: string) => void;
  readonly none: string;
}

function EdgeList({ edges, end, model, onSelect, none }: EdgeListProps) {
  const names = new Map(model.picture.nodes.map(({ id, name }) => [id, name]));
  if (edges.length === 0) return <p className="ink3">{none}</p>;
  return (
    <ul className="ends">
      {edges.map((edge) => (
        <li key={edge[end]}>
          <button type="button" className="as-link" onClick={() => onSelect(edgeId(edge))}>
            <Breakable name={names.get(edge[end]) ?? edge[end]} />
          </button>{' '}
          <span className="count nowrap">
            {runsOrDesign(edge.runs)}, <EntryLink index={edge.lastEntry} />
          </span>
          {edge.endedAt && (
            <span className="count">
              , ended <Time at={edge.endedAt} form="day" />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
