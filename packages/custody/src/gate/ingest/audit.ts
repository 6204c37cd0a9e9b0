/**
 * The audit of an ingest: JSON Lines, one for each value that was changed, set aside, refused or let through by a rule.
 * It holds places, rules and keyed digests, never a value.
 *
 * Each line ends with `chain`, SHA-256 over the chain before it (64 hexadecimal digits; zeros at first) and the line's own
 * bytes up to `,"chain"`. So no line can be changed, moved, added or left out without the later ones giving it away; and
 * the log holds the digest of the whole file.
 */
import { createHmac, hash } from 'node:crypto';

export const AUDIT_FORMAT = 'custody-audit/1';
const START = '0'.repeat(64);

export interface AuditAbout {
  readonly dataset: string;
  readonly source: string;
  readonly rules: string;
  readonly detector: string;
  readonly key: string;
}

export class AuditChain {
  readonly #key: Buffer;
  readonly #about: AuditAbout;
  #chain = START;
  #lines = 0;

  /** `key`: 32 secret bytes for the digests of values. */
  constructor(about: AuditAbout, key: Buffer) {
    this.#about = about;
    this.#key = key;
  }

  get lines(): number {
    return this.#lines;
  }

  /** The first line. */
  start(at: string): string {
    return this.#linked(`{"format":"${AUDIT_FORMAT}","at":"${at}",${JSON.stringify(this.#about).slice(1, -1)}`);
  }

  /** `what`: members as JSON text without braces, the same for all values of one rule in one column. */
  line(at: string, row: number, byte: number, what: string, value: string | null): string {
    this.#lines++;
    const digest =
      value === null ? '' : `,"value":"hmac-sha256:${createHmac('sha256', this.#key).update(value).digest('hex')}"`;
    return this.#linked(`{"n":${this.#lines},"at":"${at}","row":${row},"byte":${byte},${what}${digest}`);
  }

  /** The last line: without it a file that was cut short would look whole. */
  end(at: string, verdict: string): string {
    return this.#linked(`{"end":true,"at":"${at}","lines":${this.#lines},"verdict":"${verdict}"`);
  }

  #linked(text: string): string {
    this.#chain = hash('sha256', this.#chain + text, 'hex');
    return `${text},"chain":"${this.#chain}"}\n`;
  }
}

/** What every line of one rule in one column says. */
export const auditWhat = (
  dataset: string,
  field: string,
  type: string | null,
  rule: string,
  action: string,
  detector: string,
): string => JSON.stringify({ dataset, field, ...(type !== null && { type }), rule, action, detector }).slice(1, -1);

export type AuditFault =
  | { readonly line: number; readonly fault: 'chain' | 'not-json' | 'order' | 'format' | 'count' }
  | { readonly line: number; readonly fault: 'no-end' };

export interface AuditSummary {
  readonly lines: number;
  readonly verdict: string | null;
  readonly about: AuditAbout | null;
  readonly faults: readonly AuditFault[];
}

const TAIL = /^(.*),"chain":"([0-9a-f]{64})"\}$/s;
const FAULTS_MAX = 20;

/** Checks an audit line by line; any lines may be given, the last call is `end`. */
export class AuditCheck {
  #chain = START;
  #line = 0;
  #entries = 0;
  #about: AuditAbout | null = null;
  #verdict: string | null = null;
  readonly #faults: AuditFault[] = [];

  line(text: string): void {
    this.#line++;
    const match = TAIL.exec(text);
    if (!match) return this.#fault('not-json');
    if (hash('sha256', this.#chain + match[1]!, 'hex') !== match[2]) this.#fault('chain');
    // Go on from what the line says, so that one changed line is one fault and not all after it.
    this.#chain = match[2]!;
    let said: Record<string, unknown>;
    try {
      said = JSON.parse(text) as Record<string, unknown>;
    } catch {
      return this.#fault('not-json');
    }
    if (this.#verdict !== null) return this.#fault('order');
    if (this.#line === 1) {
      if (said['format'] !== AUDIT_FORMAT) return this.#fault('format');
      this.#about = said as unknown as AuditAbout;
    } else if (said['end'] === true) {
      if (said['lines'] !== this.#entries) this.#fault('count');
      this.#verdict = String(said['verdict']);
    } else if (said['n'] !== ++this.#entries) this.#fault('order');
  }

  end(): AuditSummary {
    if (this.#verdict === null) this.#fault('no-end');
    return { lines: this.#entries, verdict: this.#verdict, about: this.#about, faults: this.#faults };
  }

  #fault(fault: AuditFault['fault']): void {
    if (this.#faults.length < FAULTS_MAX) this.#faults.push({ line: this.#line, fault } as AuditFault);
  }
}
