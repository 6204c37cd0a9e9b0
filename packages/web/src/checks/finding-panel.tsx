import type { CheckRunDetail } from '../api/answers.ts';
import { quoted } from '../text/command-line.ts';
import { figure } from '../text/wording.ts';
import { Breakable } from '../ui/asset-name.tsx';
import { Command } from '../ui/command.tsx';
import { Digest } from '../ui/digest.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { Badge } from '../ui/status.tsx';
import { fateOf, fateSentence, lineUrl, type ShownFinding } from './check-words.ts';

interface FindingPanelProps {
  readonly run: CheckRunDetail;
  readonly shown: ShownFinding;
  readonly onClose: () => void;
}

/** One finding: where, which rule, why, and how to mend it. */
export function FindingPanel({ run, shown, onClose }: FindingPanelProps) {
  const { finding } = shown;
  const { tone, icon, word } = fateOf(shown);
  const place = `${finding.file}:${finding.line}`;
  const url = shown.isMended ? null : lineUrl(run, finding);
  const why = run.whys[finding.rule];
  const checkov = [finding.checkov ?? []].flat();
  return (
    <SidePanel
      label={`Finding ${finding.rule} in ${place}`}
      crumb={
        <span className="trunc">
          {finding.rule}, {finding.severity}
        </span>
      }
      title={finding.title}
      badges={
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      }
      onClose={onClose}
      footer={
        url !== null && (
          <a className="btn" href={url} target="_blank" rel="noreferrer">
            Open line {figure(finding.line)}
          </a>
        )
      }
    >
      <div className="part">
        <dl className="dl narrow">
          <dt>Place</dt>
          <dd className="break">
            <code>
              <Breakable name={finding.file} />
            </code>
            <span className="sub">
              line {figure(finding.line)}, column {figure(finding.column)}{' '}
              <Digest value={place} shown={`${finding.file.split('/').at(-1)}:${finding.line}`} name="place" />
            </span>
          </dd>
          {finding.resource !== undefined && (
            <>
              <dt>Resource</dt>
              <dd className="break">
                <code>{finding.resource}</code>
              </dd>
            </>
          )}
          <dt>Rule</dt>
          <dd>
            <code>{finding.rule}</code>
            {checkov.length > 0 && <span className="sub break">Checkov {checkov.join(', ')}</span>}
          </dd>
          <dt>Severity</dt>
          <dd>{finding.severity}</dd>
          <dt>Fate</dt>
          <dd className="break">{fateSentence(shown)}</dd>
        </dl>
      </div>
      <div className="part">
        <h3>Why</h3>
        <p className="break">{sentence(finding.message)}</p>
        {why !== undefined && <p className="ink2 break gap-top">{why}</p>}
      </div>
      <div className="part">
        <h3>How to mend it</h3>
        <p className="break">{finding.fix}</p>
      </div>
      {!shown.isMended && run.commit !== null && (
        <div className="part">
          <h3>See it yourself</h3>
          <p className="ink2 gap-below">Who wrote the line last, in the repository, at the commit that was checked:</p>
          <Command
            text={`git blame -L ${finding.line},${finding.line} ${run.commit.slice(0, 12)} -- ${quoted(finding.file)}`}
          />
        </div>
      )}
    </SidePanel>
  );
}

/** What a rule says of a place is a phrase; a reader gets a sentence. */
const sentence = (message: string): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`;
