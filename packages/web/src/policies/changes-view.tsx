import { diffLines, type DiffLine } from 'custody/line-diff';
import { Fragment } from 'react';
import { count } from '../text/wording.ts';
import type { Files } from './draft.ts';

/** What differs from the version in force; unchanged stretches are folded. */
export function ChangesView({
  before,
  after,
  against,
}: {
  readonly before: Files;
  readonly after: Files;
  readonly against: string;
}) {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((file) => ({ file, lines: diffLines(before[file] ?? '', after[file] ?? '') }))
    .filter(({ lines }) => lines.some(({ kind }) => kind !== 'same'));
  if (changed.length === 0) return <p className="pad ink2">Nothing is changed against {against}.</p>;
  return (
    <>
      {changed.map(({ file, lines }) => (
        <section key={file} aria-label={`Changes of ${file}`}>
          <h2 className="pad mono">{file}</h2>
          <div className="code" tabIndex={0} role="region" aria-label={`${file}, changes against ${against}`}>
            {stretches(lines).map((stretch) =>
              stretch.folded ? (
                <span key={stretch.at} className="l fold">
                  {count(stretch.lines.length, 'line')} unchanged
                </span>
              ) : (
                <Fragment key={stretch.at}>
                  {stretch.lines.map((line) => (
                    <Line key={`${line.before ?? '-'}:${line.after ?? '-'}`} line={line} />
                  ))}
                </Fragment>
              ),
            )}
          </div>
        </section>
      ))}
    </>
  );
}

const WORD = { same: '', removed: 'removed: ', added: 'added: ' } as const;
const CLASS = { same: 'l', removed: 'l del', added: 'l add' } as const;
const SIGN = { same: '', removed: ' −', added: ' +' } as const;

function Line({ line }: { readonly line: DiffLine }) {
  return (
    <span className={CLASS[line.kind]}>
      <span className="ln" aria-hidden="true">
        {line.after ?? line.before}
        {SIGN[line.kind]}
      </span>
      <span className="sr">{WORD[line.kind]}</span>
      {paint(line.text)}
      {'\n'}
    </span>
  );
}

const KEYWORD = /^(?:package|import|as|default|else|not|some|with|if|contains|in|every|true|false|null)$/;

/** Keywords, texts and comments in their colours. */
function paint(text: string) {
  const parts = text.split(/("(?:[^"\\]|\\.)*"|`[^`]*`|#.*|[A-Za-z_]\w*)/);
  return parts.map((part, n) => {
    const kind = part.startsWith('#') ? 'c' : /^["`]/.test(part) ? 'q' : KEYWORD.test(part) ? 'k' : null;
    return kind === null ? (
      part
    ) : (
      // Parts of a line that does not change have no identity but their place.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={n} className={kind}>
        {part}
      </span>
    );
  });
}

interface Stretch {
  readonly at: number;
  readonly folded: boolean;
  readonly lines: readonly DiffLine[];
}

const CONTEXT = 3;

function stretches(lines: readonly DiffLine[]): readonly Stretch[] {
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ kind }) => kind !== 'same'),
  );
  const found: { at: number; folded: boolean; lines: DiffLine[] }[] = [];
  lines.forEach((line, i) => {
    const folded = near[i] !== true;
    const last = found[found.length - 1];
    if (last !== undefined && last.folded === folded) last.lines.push(line);
    else found.push({ at: i, folded, lines: [line] });
  });
  return found;
}
