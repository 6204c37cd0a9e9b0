import type { Blast, TouchedAsset } from '../api/answers.ts';
import { blastCommand, type CommandLine } from '../text/command-line.ts';
import { count, figure, moment } from '../text/wording.ts';
import { assetIcon, Breakable } from '../ui/asset-name.tsx';
import { useReader } from '../ui/clock.ts';
import { EntryLink } from '../ui/entry-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { Repeat } from '../ui/repeat.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { Mark } from '../ui/status.tsx';
import { Time } from '../ui/time.tsx';
import { CERTAINTY, chainTo } from './blast-marks.ts';
import { columnWords, holdsWords, reachedTitle, roleWord, SENSITIVITY, windowWords } from './blast-words.ts';

export const commandOf = ({ root, columns, version, from, to, asOf }: Blast): CommandLine =>
  blastCommand({ asset: root, columns, version, from, to, at: asOf.at, entries: asOf.entries });

interface BlastListProps {
  readonly answer: Blast;
  readonly name: string;
  readonly onSelect: (id: string) => void;
  readonly onClose: () => void;
}

/** Everything that was reached, by how close and how sensitive. Jobs are in the graph and in the table. */
export function BlastList({ answer, name, onSelect, onClose }: BlastListProps) {
  const reader = useReader();
  const held = answer.touched.filter(({ role }) => role !== 'job');
  return (
    <SidePanel
      label={`What ${name} reached`}
      crumb={<span>by how close and how sensitive</span>}
      title={reachedTitle(answer)}
      badges={
        <span className="meta break">
          Bad {windowWords(answer.from, answer.to, reader)}
          {answer.columns && `, only ${answer.columns.join(', ')}`}
          {answer.version && `, only ${answer.version}`}
        </span>
      }
      onClose={onClose}
    >
      {held.length > 0 && (
        <div className="part">
          <ol className="reached">
            {held.map((touched) => (
              <li key={touched.id}>
                <span className="rank num">{touched.rank}</span>
                <div>
                  <button type="button" className="as-link nm" onClick={() => onSelect(touched.id)}>
                    <Breakable name={touched.name} />
                  </button>
                  <span className="sub">
                    {roleWord(touched.role)}, {count(touched.hops, 'step')}
                    {touched.sensitivity > 0 && `, ${SENSITIVITY[touched.sensitivity]} data`}
                  </span>
                  <span className="sub">{holdsWords(touched, reader)}</span>
                </div>
                <CertaintyMark certain={touched.certain} />
              </li>
            ))}
          </ol>
          {answer.omitted > 0 && <p className="meta gap-top">{figure(answer.omitted)} more are not listed.</p>}
        </div>
      )}
      {held.some(({ certain }) => !certain) && (
        <div className="part">
          <p className="ink2">
            “Perhaps”: a run overlaps the time in which it was bad, or a later write may have replaced it.
          </p>
        </div>
      )}
      <Repeat asOf={answer.asOf} command={commandOf(answer)} />
    </SidePanel>
  );
}

export function CertaintyMark({ certain }: { readonly certain: boolean }) {
  const { icon, tone, word } = CERTAINTY[certain ? 'certain' : 'perhaps'];
  return (
    <Mark tone={tone} icon={icon}>
      {word}
    </Mark>
  );
}

interface AboutReachedProps {
  readonly answer: Blast;
  readonly id: string;
  readonly rootName: string;
  readonly onSelect: (id: string) => void;
  readonly onAll: () => void;
}

/** Why an asset is reached, step by step from the origin, or that it is not. */
export function AboutReached({ answer, id, rootName, onSelect, onAll }: AboutReachedProps) {
  const reader = useReader();
  const touched = answer.touched.find((each) => each.id === id);
  const back = (
    <button type="button" className="btn sm" onClick={onAll}>
      All that it reached
    </button>
  );
  if (id === answer.root) {
    return (
      <div className="part">
        <h3>Where it began</h3>
        <p className="ink2 gap-below">
          Taken as bad {windowWords(answer.from, answer.to, reader)}
          {answer.columns && `, only ${answer.columns.join(', ')}`}
          {answer.version && `, only version ${answer.version}`}.
        </p>
        {back}
      </div>
    );
  }
  if (!touched) {
    return (
      <div className="part">
        <h3>Not reached</h3>
        <p className="ink2 gap-below">It lies downstream, but no run that read what was bad led to it in that time.</p>
        {back}
      </div>
    );
  }
  const chain = chainTo(answer, id);
  return (
    <>
      <div className="part">
        <h3>Why it is reached</h3>
        <ol className="tl">
          <li>
            <span className="c-bad">
              <Icon name="bad" />
            </span>
            <div>
              <button type="button" className="as-link" onClick={() => onSelect(answer.root)}>
                <Breakable name={rootName} />
              </button>
              <span className="sub">bad {windowWords(answer.from, answer.to, reader)}</span>
            </div>
          </li>
          {chain.map((step) => (
            <ChainStep key={step.id} step={step} onSelect={onSelect} />
          ))}
        </ol>
        {back}
      </div>
      <div className="part">
        <h3>What it holds</h3>
        <p>{holdsWords(touched, reader)}.</p>
        <p className="ink2 gap-top">{touched.reason}</p>
        <dl className="dl narrow gap-top">
          <dt>It is</dt>
          <dd>
            a {roleWord(touched.role)}, number {touched.rank} in the list
          </dd>
          {touched.role !== 'job' && (
            <>
              <dt>Touched</dt>
              <dd className="break">{columnWords(touched, 8)}</dd>
            </>
          )}
          <dt>Last</dt>
          <dd>
            <Time at={touched.last} form="full" />
          </dd>
          <dt>Data</dt>
          <dd>{SENSITIVITY[touched.sensitivity]}</dd>
          <dt>Owner</dt>
          <dd>{touched.owners.join(', ') || <span className="ink3">nobody is named</span>}</dd>
        </dl>
      </div>
    </>
  );
}

function ChainStep({ step, onSelect }: { readonly step: TouchedAsset; readonly onSelect: (id: string) => void }) {
  const reader = useReader();
  const { by } = step;
  return (
    <li>
      <span className={step.certain ? 'c-bad' : 'c-warn'}>
        <Icon name={step.certain ? assetIcon(step) : 'unknown'} />
      </span>
      <div>
        <button type="button" className="as-link" onClick={() => onSelect(step.id)}>
          <Breakable name={step.name} />
        </button>
        <span className="sub">
          {step.role === 'job' ? count(step.count, 'run') : columnWords(step, 2)}
          {by && (
            <>
              , read in <EntryLink index={by.readEntry} />
              {by.writeEntry !== null && (
                <>
                  , written in <EntryLink index={by.writeEntry} />
                </>
              )}
            </>
          )}
          {!step.certain && ', perhaps'}
        </span>
      </div>
      <time dateTime={step.first}>{moment(step.first, reader)}</time>
    </li>
  );
}
