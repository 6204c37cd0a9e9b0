import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { query, retry, useAnswer } from '../api/answer-store.ts';
import type { GapsAnswer } from '../api/answers.ts';
import { PastNotice } from '../shell/past-notice.tsx';
import { usePast } from '../shell/past.ts';
import { gapsCommand } from '../text/command-line.ts';
import { count, figure } from '../text/wording.ts';
import { usePageTitle } from '../ui/announcer.tsx';
import { AssetMark, assetWord, Breakable } from '../ui/asset-name.tsx';
import { Empty } from '../ui/empty.tsx';
import { EntryLink } from '../ui/entry-link.tsx';
import { Failure } from '../ui/failure.tsx';
import { Icon } from '../ui/icon.tsx';
import { NARROW, useMedia } from '../ui/media.ts';
import { Repeat } from '../ui/repeat.tsx';
import { moveBetweenRows } from '../ui/row-keys.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Mark } from '../ui/status.tsx';
import { gapsSentence, longKind, shortKind, STATES } from './gap-words.ts';

type Asset = GapsAnswer['assets'][number];

/** What is known and what is missing about the safety of all that an asset is made from, to hand to an auditor. */
export function GapsPage() {
  const { asset, direction = 'up', sel } = useSearch({ from: '/gaps' });
  const past = usePast();
  const navigate = useNavigate({ from: '/gaps' });
  const asked = { asset, direction, ...past };
  const path = asset === undefined ? null : query('/custody/v1/gaps', asked);
  const { data, error, pending } = useAnswer<GapsAnswer>(path);
  const answer = data?.root.id === asset ? data : null;
  const name = answer?.root.name ?? asset?.split(':').at(-1) ?? '';
  usePageTitle(asset === undefined ? 'Gaps' : `Gaps of ${name}`);
  const select = (id: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, sel: id }), replace: true, resetScroll: false });

  if (asset === undefined || path === null) {
    return (
      <div className="page">
        <h1 className="sr">Gaps</h1>
        <Empty
          title="No asset is chosen"
          actions={
            <Link to="/assets" className="btn">
              See all assets
            </Link>
          }
        >
          The link to this page names no asset. Open an asset, then Gaps.
        </Empty>
      </div>
    );
  }
  const document = (format: 'markdown' | 'html') => query('/custody/v1/gaps/document', { ...asked, format });
  const chosen = answer?.assets.find(({ id }) => id === sel);
  return (
    <div className={chosen ? 'split with-drawer' : 'split'}>
      <div className={chosen ? 'split-main' : 'page'}>
        <div className="title">
          <div>
            <p className="crumb">
              <Link to="/asset" search={{ id: asset }}>
                <Breakable name={name} />
              </Link>
              <span aria-hidden="true">/</span>
            </p>
            <h1>Gaps</h1>
            <p className="lead">
              {answer ? gapsSentence(answer) : 'What is told, and what nobody told, about the safety of its data.'}
            </p>
          </div>
          {answer && (
            <div className="acts">
              <a className="btn" href={document('html')} target="_blank" rel="noreferrer">
                Open to print
              </a>
              <a className="btn" href={document('markdown')} download={`gaps-${fileName(name)}.md`}>
                <Icon name="download" small />
                Markdown
              </a>
            </div>
          )}
        </div>
        <PastNotice />
        <div className="filters">
          <div className="seg" role="group" aria-label="Which assets">
            {(
              [
                [undefined, 'What it is made from'],
                ['down', 'What is made from it'],
                ['both', 'Both'],
              ] as const
            ).map(([each, words]) => (
              <button
                key={words}
                type="button"
                aria-pressed={direction === (each ?? 'up')}
                onClick={() => void navigate({ search: (before) => ({ ...before, direction: each, sel: undefined }) })}
              >
                {words}
              </button>
            ))}
          </div>
          <Link
            to="/lineage"
            search={{ asset, gaps: 'show', ...(direction !== 'both' && { direction }) }}
            className="btn"
          >
            <Icon name="lineage" small />
            On the graph
          </Link>
        </div>
        {error && <Failure error={error} onRetry={() => retry(path)} />}
        {!answer && !error && <Skeleton rows={10} what="the gaps" />}
        {answer && !error && (
          <div className={pending ? 'stack dim' : 'stack'} aria-busy={pending}>
            <AssetsTable assets={answer.assets} selected={sel} onSelect={select} />
            <EdgesTable answer={answer} />
            <Repeat
              asOf={answer.asOf}
              command={gapsCommand({ asset, direction, at: answer.asOf.at, entries: answer.asOf.entries })}
            />
          </div>
        )}
      </div>
      {chosen && <ChecksPanel asset={chosen} onClose={() => select(undefined)} />}
    </div>
  );
}

const fileName = (name: string): string => name.replaceAll(/[^\w.-]+/g, '-').slice(0, 80);

interface AssetsTableProps {
  readonly assets: readonly Asset[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

function AssetsTable({ assets, selected, onSelect }: AssetsTableProps) {
  const narrow = useMedia(NARROW);
  const kinds = [...new Set(assets.flatMap(({ checks }) => checks.map(({ kind }) => kind)))];
  // Eight columns do not fit on a narrow page: there each row counts, and its drawer names them.
  const shown = narrow || selected !== undefined ? [] : kinds;
  return (
    <section className="sec" aria-labelledby="gap-assets">
      <header>
        <h2 id="gap-assets">By asset</h2>
        <span className="count">{figure(assets.length)}</span>
      </header>
      <div className="wide-table">
        <table className="table top gap-grid" onKeyDown={moveBetweenRows}>
          <caption className="sr">Facts told and missing, by asset; choose one to read what each is</caption>
          <thead>
            <tr>
              <th scope="col">Asset</th>
              <th scope="col" className={shown.length > 0 ? 'num' : undefined}>
                Missing
              </th>
              {shown.map((kind) => (
                <th key={kind} scope="col" title={longKind(kind)}>
                  {shortKind(kind)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {assets.map((asset) => {
              const missing = asset.checks.filter(({ state }) => state === 'missing').length;
              return (
                <tr key={asset.id} className={asset.id === selected ? 'sel' : undefined}>
                  <td>
                    <span className="cell">
                      <AssetMark asset={asset} />
                      <span className="min0">
                        <button
                          type="button"
                          className="nm as-link"
                          data-row
                          aria-current={asset.id === selected ? 'true' : undefined}
                          onClick={() => onSelect(asset.id)}
                        >
                          <Breakable name={asset.name} />
                        </button>
                        <span className="sub">{assetWord(asset)}</span>
                      </span>
                    </span>
                  </td>
                  <td className={shown.length > 0 ? 'num' : undefined}>
                    {shown.length > 0 ? (
                      figure(missing)
                    ) : (
                      <Mark tone={missing > 0 ? 'warn' : 'idle'} icon={missing > 0 ? 'warn' : 'ok'}>
                        {missing === 0 ? 'nothing missing' : `${figure(missing)} of ${figure(asset.checks.length)}`}
                      </Mark>
                    )}
                  </td>
                  {shown.map((kind) => {
                    const check = asset.checks.find((each) => each.kind === kind);
                    if (!check) {
                      return (
                        <td key={kind} className="ink3">
                          –
                        </td>
                      );
                    }
                    const { icon, tone, word } = STATES[check.state];
                    return (
                      <td
                        key={kind}
                        title={check.says.replaceAll('`', '')}
                        className={check.state === 'missing' ? undefined : 'ink2'}
                      >
                        <Mark tone={tone} icon={icon}>
                          {word}
                        </Mark>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Ways between a job and a dataset on which nobody told how the data are encrypted. */
function EdgesTable({ answer: { assets, edges } }: { readonly answer: GapsAnswer }) {
  const names = new Map(assets.map(({ id, name }) => [id, name]));
  const open = edges.filter(({ state }) => state === 'missing');
  return (
    <section className="sec" aria-labelledby="gap-edges">
      <header>
        <h2 id="gap-edges">On the way between them</h2>
        <span className="count">
          {figure(open.length)} of {count(edges.length, 'edge')} without encryption told
        </span>
      </header>
      {open.length === 0 ? (
        <p className="ink2 pad-top">
          {edges.length === 0
            ? 'No edge lies between them.'
            : 'Of every edge it is told how its data are encrypted, or they cross no network.'}
        </p>
      ) : (
        <table className="table top">
          <caption className="sr">Edges on which encryption is not told</caption>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" className="p2">
                What to tell
              </th>
            </tr>
          </thead>
          <tbody>
            {open.map(({ from, to, says }) => (
              <tr key={`${from}>${to}`}>
                <td className="break">
                  <Breakable name={names.get(from) ?? from} />
                </td>
                <td className="break">
                  <Breakable name={names.get(to) ?? to} />
                </td>
                <td className="p2 ink2">
                  <Says text={says} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ChecksPanel({ asset, onClose }: { readonly asset: Asset; readonly onClose: () => void }) {
  return (
    <SidePanel
      label={`Facts about ${asset.name}`}
      crumb={
        <span className="trunc">
          {assetWord(asset)} in {asset.namespace}
        </span>
      }
      title={<Breakable name={asset.name} />}
      onClose={onClose}
      footer={
        <Link to="/asset" search={{ id: asset.id }} className="btn">
          Open {asset.kind === 'job' ? 'job' : 'asset'}
        </Link>
      }
    >
      <div className="part">
        <ul className="gap-checks">
          {asset.checks.map(({ kind, state, says, entry }) => {
            const { icon, tone, word } = STATES[state];
            return (
              <li key={kind}>
                <span className={`c-${tone}`}>
                  <Icon name={icon} />
                </span>
                <div>
                  <strong>{longKind(kind)}</strong>: {word}
                  <span className="sub">
                    <Says text={says} />
                    {entry !== null && (
                      <>
                        {' '}
                        <EntryLink index={entry} />
                      </>
                    )}
                  </span>
                </div>
              </li>
            );
          })}
        </ul>
      </div>
    </SidePanel>
  );
}

/** A sentence in which what stands between backticks is to be typed as it is. */
function Says({ text }: { readonly text: string }) {
  return text.split('`').map((part, n) => (n % 2 === 0 ? part : <code key={n}>{part}</code>));
}
