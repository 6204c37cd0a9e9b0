import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { PolicyCheck } from '../api/answers.ts';
import { matches, newLine, placeOf, wordAt, type Name } from './completion.ts';

interface RegoEditorProps {
  readonly label: string;
  readonly value: string;
  readonly readOnly: boolean;
  readonly names: readonly Name[];
  readonly issues: readonly Pick<PolicyCheck['issues'][number], 'line' | 'message'>[];
  /** What one step of indentation is. */
  readonly deeper?: string;
  /** Id of the list of errors. */
  readonly describedBy: string;
  readonly onChange: (value: string) => void;
}

const KIND = { rule: 'rule', function: 'function', builtin: 'built-in', keyword: 'keyword' } as const;

/**
 * A text area, so that everything a browser and a screen reader can do with text works; beside it line numbers with the
 * errors marked, under the caret the names that can stand there. Tab leaves it, unless names are offered.
 */
export function RegoEditor({ label, value, readOnly, names, issues, deeper, describedBy, onChange }: RegoEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [offered, setOffered] = useState<readonly Name[]>([]);
  const [chosen, setChosen] = useState(-1);
  const [scroll, setScroll] = useState({ left: 0, top: 0 });
  const [caret, setCaret] = useState(0);
  const nextCaret = useRef<number | null>(null);
  const open = offered.length > 0;

  useEffect(() => {
    if (nextCaret.current === null) return;
    area.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  }, [value]);

  const close = () => {
    setOffered([]);
    setChosen(-1);
  };
  const offer = (text: string, at: number, asked: boolean) => {
    const word = wordAt(text, at);
    const found = word === null || (!asked && word.text.length < 2) ? [] : matches(names, word.text);
    setCaret(at);
    setOffered(found);
    setChosen(asked && found.length > 0 ? 0 : -1);
  };
  const replace = (from: number, to: number, text: string) => {
    nextCaret.current = from + text.length;
    onChange(value.slice(0, from) + text + value.slice(to));
  };
  const accept = (n: number) => {
    const name = offered[n];
    const word = wordAt(value, caret);
    close();
    if (name === undefined || word === null) return;
    replace(word.from, caret, name.name);
    area.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart: start, selectionEnd: end } = event.currentTarget;
    if (readOnly) return;
    if (event.ctrlKey && event.code === 'Space') {
      event.preventDefault();
      offer(value, start, true);
      return;
    }
    if (open) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        setChosen((before) => (before + step + offered.length) % offered.length);
        return;
      }
      if (event.key === 'Tab' || (event.key === 'Enter' && chosen >= 0 && !event.ctrlKey)) {
        event.preventDefault();
        accept(Math.max(0, chosen));
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        close();
        return;
      }
    }
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      close();
      replace(start, end, newLine(value, start, deeper));
    }
  };

  const lines = value.split('\n');
  const marked = new Map(issues.filter(({ line }) => line !== null).map((issue) => [issue.line, issue.message]));
  const word = open ? wordAt(value, caret) : null;
  const { line, column } = placeOf(value, word?.from ?? 0);
  const indent = (lines[line - 1] ?? '').slice(0, column - 1).replaceAll('\t', '  ').length;
  return (
    <div className="rego-ed">
      <div className="rego-gutter" aria-hidden="true">
        <div style={{ transform: `translateY(${-scroll.top}px)` }}>
          {lines.map((_, n) => (
            // Lines have no identity but their number.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={n} className={marked.has(n + 1) ? 'wrong' : undefined} title={marked.get(n + 1)}>
              {n + 1}
            </span>
          ))}
        </div>
      </div>
      <textarea
        ref={area}
        className="rego-text"
        aria-label={label}
        aria-multiline="true"
        aria-autocomplete="list"
        aria-controls={open ? list : undefined}
        aria-activedescendant={open && chosen >= 0 ? `${list}-${chosen}` : undefined}
        aria-invalid={issues.length > 0}
        aria-describedby={describedBy}
        value={value}
        readOnly={readOnly}
        rows={Math.min(40, Math.max(16, lines.length + 1))}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        onChange={({ target }) => {
          onChange(target.value);
          offer(target.value, target.selectionStart, false);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
        onClick={close}
        onScroll={({ currentTarget }) => setScroll({ left: currentTarget.scrollLeft, top: currentTarget.scrollTop })}
      />
      {open && (
        <ul
          className="rego-names"
          role="listbox"
          id={list}
          aria-label="Names"
          style={{
            left: `calc(56px + ${indent}ch - ${scroll.left}px)`,
            top: `calc(12px + ${line * 20}px - ${scroll.top}px)`,
          }}
        >
          {offered.map(({ name, kind }, n) => (
            <li
              key={name}
              id={`${list}-${n}`}
              role="option"
              aria-selected={n === chosen}
              // Before the text area loses the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                accept(n);
              }}
            >
              <span className="mono">{name}</span>
              <span className="meta">{KIND[kind]}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
