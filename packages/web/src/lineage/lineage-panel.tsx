import { Link } from '@tanstack/react-router';
import type { Lineage, LineageEdge, LineageNode } from '../api/answers.ts';
import { count, figure, shortDigest } from '../text/wording.ts';
import { assetIcon, assetWord, Breakable } from '../ui/asset-name.tsx';
import { Command } from '../ui/command.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { Badge, RUN_STATES } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { hopWords, type GraphModel } from './graph-model.ts';
import { edgeId, wayTo } from './picture.ts';
import { traceCommand, traceCommandShown, type Traced } from './trace-command.ts';

interface LineagePanelProps {
  readonly model: GraphModel;
  readonly answer: Lineage;
  /** Id of a node or of an edge. */
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  readonly onCentre: (id: string) => void;
  readonly onClose: () => void;
}

export function LineagePanel(props: LineagePanelProps) {
  const { model, selected } = props;
  const node = model.picture.nodes.find(({ id }) => id === selected);
  if (node) return <NodePanel {...props} node={node} />;
  const edge = model.picture.edges.find((each) => edgeId(each) === selected);
  return edge ? <EdgePanel {...props} edge={edge} /> : null;
}

function NodePanel({
  model,
  answer,
  node,
  onSelect,
  onCentre,
  onClose,
}: LineagePanelProps & { readonly node: LineageNode }) {
  const { picture, hops } = model;
  const away = hops.get(node.id);
  const isRoot = node.id === picture.root;
  const into = picture.edges.filter(({ to }) => to === node.id);
  const out = picture.edges.filter(({ from }) => from === node.id);
  const way = wayTo(picture, node.id);
  const traced: Traced = {
    asset: answer.root,
    direction:
      isRoot || answer.direction !== 'both' || away === undefined ? answer.direction : away < 0 ? 'up' : 'down',
    depth: answer.depth,
    at: answer.asOf.at,
    entries: answer.asOf.entries,
  };
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
          <Badge tone={isRoot ? 'run' : 'idle'} icon="lineage">
            {hopWords(away)}
          </Badge>
          {node.lastState && (
            <Badge tone={RUN_STATES[node.lastState].tone} icon={RUN_STATES[node.lastState].icon}>
              last run {RUN_STATES[node.lastState].word}
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
          {!isRoot && (
            <button type="button" className="btn" onClick={() => onCentre(node.id)}>
              Centre here
            </button>
          )}
        </>
      }
    >
      {!isRoot && way.length > 0 && (
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
      <div className="part">
        <dl className="dl narrow">
          <dt>Last seen</dt>
          <dd>
            <Time at={node.lastAt} form="full" />
          </dd>
          {node.kind === 'dataset' && (
            <>
              <dt>Columns</dt>
              <dd>{node.columnCount === null ? <span className="ink3">not known</span> : figure(node.columnCount)}</dd>
            </>
          )}
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
      <Repeat answer={answer} traced={traced} />
    </SidePanel>
  );
}

function EdgePanel({ model, answer, edge, onSelect, onClose }: LineagePanelProps & { readonly edge: LineageEdge }) {
  const nodes = new Map(model.picture.nodes.map((node) => [node.id, node]));
  const from = nodes.get(edge.from);
  const to = nodes.get(edge.to);
  const reads = to?.kind === 'job';
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
        <Badge tone="idle" icon="job">
          {count(edge.runs, 'run')}
        </Badge>
      }
      onClose={onClose}
    >
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
      <Repeat
        answer={answer}
        traced={{
          asset: edge.to,
          direction: 'up',
          depth: 1,
          at: answer.asOf.at,
          entries: answer.asOf.entries,
        }}
      />
    </SidePanel>
  );
}

function Way({
  way,
  model,
  onSelect,
}: {
  readonly way: readonly LineageEdge[];
  readonly model: GraphModel;
  readonly onSelect: (id: string) => void;
}) {
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
                    {verb(node, down)} in {count(edge.runs, 'run')}, <EntryLink index={edge.lastEntry} />
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
            {count(edge.runs, 'run')}, <EntryLink index={edge.lastEntry} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Repeat({ answer, traced }: { readonly answer: Lineage; readonly traced: Traced }) {
  const { entries, checkpoint } = answer.asOf;
  return (
    <div className="part">
      <h3>Repeat it yourself</h3>
      <p className="ink2 gap-below">
        Computed from the first {count(entries, 'entry', 'entries')}
        {checkpoint && (
          <>
            {' '}
            under root <code>{shortDigest(checkpoint.root)}</code>
          </>
        )}
        . The same command gives the same answer tomorrow:
      </p>
      <Command text={traceCommand(traced)} shown={traceCommandShown(traced)} />
    </div>
  );
}
