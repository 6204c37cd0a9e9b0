/** Secrets in what `git log -p` shows of every commit: lines that were added, by file. */
import type { SecretsFacts } from './secrets.ts';
import { secretsIn } from './secrets.ts';

/** What is looked at in one piece. */
const PIECE_CHARS_MAX = 1_000_000;
/** Of one file in one commit; larger ones are data, as in the files themselves. */
const FILE_CHARS_MAX = 5_000_000;
const LINE_CHARS_MAX = 1_000_000;

/**
 * Reads the output chunk by chunk and holds no more than a piece of one file. Merges are read as `git log -c` shows them: with
 * a column for each parent.
 */
export class HistoryReader {
  readonly #found: (facts: SecretsFacts) => void;
  readonly #cut: (place: string) => void;
  #rest = '';
  #commit = '';
  #file: string | null = null;
  #line = 0;
  #added: string[] = [];
  #numbers: number[] = [];
  #chars = 0;
  #fileChars = 0;
  /** Columns before the text of a line: one for each parent. 0 outside of hunks. */
  #columns = 0;

  /**
   * `found` gets facts of each file of each commit in which there is a secret; the path says the commit. `cut` hears of files
   * that were not read to their end.
   */
  constructor(found: (facts: SecretsFacts) => void, cut: (place: string) => void) {
    this.#found = found;
    this.#cut = cut;
  }

  push(chunk: string): void {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      this.#take(this.#rest + chunk.slice(from, end));
      this.#rest = '';
      from = end + 1;
    }
    // The end of a line that is too long is left out; its file is told as cut when it is full.
    if (this.#rest.length < LINE_CHARS_MAX) this.#rest += chunk.slice(from);
  }

  end(): void {
    if (this.#rest !== '') this.#take(this.#rest);
    this.#rest = '';
    this.#next(null);
  }

  get #place(): string {
    return `${this.#file}@${this.#commit.slice(0, 12)}`;
  }

  #next(file: string | null): void {
    this.#look();
    this.#file = file;
    this.#fileChars = 0;
    this.#columns = 0;
  }

  #look(): void {
    if (this.#file !== null && this.#added.length > 0) {
      const facts = secretsIn(this.#place, this.#added.join('\n'));
      const numbers = this.#numbers;
      if (facts.secrets.length > 0)
        this.#found({
          ...facts,
          secrets: facts.secrets.map((one) => ({ ...one, line: numbers[one.line - 1] ?? one.line })),
        });
    }
    this.#added = [];
    this.#numbers = [];
    this.#chars = 0;
  }

  #take(text: string): void {
    // A line of a hunk starts with as many signs as there are parents, so that no text of a file looks like a header.
    if (/^commit [0-9a-f]{40,64}$/.test(text)) {
      this.#next(null);
      this.#commit = text.slice(7);
    } else if (text.startsWith('diff --')) this.#next(null);
    else if (this.#columns === 0 && text.startsWith('+++ ')) this.#next(fileOf(text.slice(4)));
    else if (text.startsWith('@@')) {
      this.#columns = (/^@+/.exec(text)?.[0].length ?? 2) - 1;
      this.#line = Number(/\+(\d{1,10})/.exec(text)?.[1] ?? 1);
    } else if (this.#columns > 0) this.#takeLine(text);
  }

  #takeLine(text: string): void {
    const signs = text.slice(0, this.#columns);
    if (signs.includes('-') || signs.startsWith('\\')) return;
    const line = this.#line++;
    if (!signs.includes('+')) return;
    const added = text.slice(this.#columns);
    if (added.includes('\0') || this.#fileChars > FILE_CHARS_MAX) return;
    this.#fileChars += added.length + 1;
    if (this.#fileChars > FILE_CHARS_MAX || added.length >= LINE_CHARS_MAX - this.#columns) {
      this.#cut(this.#place);
      if (this.#fileChars > FILE_CHARS_MAX) return;
    }
    this.#added.push(added);
    this.#numbers.push(line);
    this.#chars += added.length + 1;
    if (this.#chars > PIECE_CHARS_MAX) this.#look();
  }
}

const fileOf = (name: string): string | null =>
  name === '/dev/null'
    ? null
    : name
        .replace(/\t$/, '')
        .replace(/^"?b\//, '')
        .replace(/"$/, '');
