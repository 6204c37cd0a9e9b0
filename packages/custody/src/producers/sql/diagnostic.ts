/** What the engine did not understand, said where it stands. Nothing in this folder throws for what a text contains. */
export interface Position {
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export interface SourceSpan {
  readonly start: Position;
  readonly end: Position;
}

export type DiagnosticCode =
  | 'unclosed-string'
  | 'unclosed-identifier'
  | 'unclosed-comment'
  | 'unbalanced-parenthesis'
  | 'unexpected-token'
  | 'missing-name'
  | 'too-deep'
  | 'too-many-edges'
  | 'too-much-work'
  | 'unresolved-column'
  | 'ambiguous-column'
  | 'unknown-dialect';

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Offsets to lines and columns, by binary search over the line starts. */
export class LineMap {
  private readonly starts: Uint32Array;

  constructor(text: string) {
    let lines = 1;
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lines++;
    this.starts = new Uint32Array(lines);
    let line = 1;
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.starts[line++] = i + 1;
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - this.starts[low]! + 1 };
  }
}
