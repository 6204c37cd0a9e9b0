/** What can go wrong at an ingest gate, with the place of it. Messages hold names and numbers, never a value. */

/** The rules are not what they must be. */
export class GateRulesError extends Error {
  readonly code = 'gate.rules';
  readonly remedy: string;
  /** Lines and columns from 1; null where the file as a whole is meant. */
  readonly line: number | null;
  readonly column: number | null;
  /** `rules[2].types` */
  readonly field: string;

  constructor(message: string, field = '', line: number | null = null, column: number | null = null, remedy = '') {
    super(message);
    this.name = 'GateRulesError';
    this.field = field;
    this.line = line;
    this.column = column;
    this.remedy = remedy || 'docs/gate.md has every field; `custody gate check FILE` checks the file alone.';
  }

  /** `custody.gate.yaml:7:5: rules[1].action: ...` */
  format(file: string): string {
    const place = this.line === null ? file : `${file}:${this.line}:${this.column ?? 1}`;
    return `${place}: ${this.field === '' ? '' : `${this.field}: `}${this.message}`;
  }
}

/** The input cannot be read on. Nothing of it was written. */
export class GateInputError extends Error {
  readonly code = 'gate.input';
  readonly remedy: string;
  /** Record from 1; 0 is the header. */
  readonly row: number;
  /** Offset in the input after decompression and, for UTF-16, as UTF-8. */
  readonly byte: number;

  constructor(what: string, row: number, byte: number, remedy = 'Mend the input; nothing was written.') {
    super(`${what} (row ${row}, byte ${byte})`);
    this.name = 'GateInputError';
    this.row = row;
    this.byte = byte;
    this.remedy = remedy;
  }
}
