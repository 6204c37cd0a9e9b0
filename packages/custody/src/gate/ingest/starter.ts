/** Rules to start from: written from what a file holds, for a person to read, change and keep. */
import { classifyColumn } from '../../producers/scan/column.ts';
import { ON_DEMAND } from '../../producers/scan/scanner.ts';
import { hasType } from './check/value-type.ts';
import type { ColumnType } from './rules.ts';

const SAMPLE_VALUES = 2_000;
const FEW = 20;

export interface FoundIn {
  readonly column: string;
  readonly type: string;
  readonly family: 'personal' | 'secret';
  readonly count: number;
}

/** What is seen of one column. */
export class ColumnSeen {
  readonly name: string;
  readonly values: string[] = [];
  readonly #distinct = new Set<string>();
  rows = 0;
  nulls = 0;
  #min = Infinity;
  #max = -Infinity;
  /** Types that every value had so far. */
  #types: ColumnType[] = ['integer', 'number', 'date', 'timestamp', 'uuid', 'boolean'];

  constructor(name: string) {
    this.name = name;
  }

  see(text: string | null): void {
    this.rows++;
    if (text === null || text === '') {
      this.nulls++;
      return;
    }
    if (this.values.length < SAMPLE_VALUES) this.values.push(text);
    if (this.#distinct.size <= FEW) this.#distinct.add(text.slice(0, 100));
    if (this.#types.length > 0) this.#types = this.#types.filter((type) => hasType(text, type));
    const number = Number(text);
    if (number < this.#min) this.#min = number;
    if (number > this.#max) this.#max = number;
  }

  /** The narrowest type that all values have; a column of numbers with leading zeros is one of texts. */
  get type(): ColumnType {
    if (this.rows === this.nulls) return 'string';
    const [type = 'string'] = this.#types;
    const isPadded = this.values.some((text) => /^0\d/.test(text));
    return (type === 'integer' || type === 'number') && isPadded ? 'string' : type;
  }

  get isNumber(): boolean {
    return this.type === 'integer' || this.type === 'number';
  }

  /** Whole ranges are told only of numbers that say nothing of a person: few different ones. */
  get range(): readonly [number, number] | null {
    return this.isNumber && this.#distinct.size <= FEW ? [this.#min, this.#max] : null;
  }
}

/** Text of a `custody.gate.yaml`. No value of the file is in it, but for the least and greatest of a scale. */
export function starterRules(source: string, columns: readonly ColumnSeen[], found: readonly FoundIn[]): string {
  const lines = [
    `# Rules of the gate for ${oneLine(source)}, written by custody gate init from ${columns[0]?.rows ?? 0} rows.`,
    '# Read them, change them, keep them under version control. docs/gate.md tells of every field.',
    '# yaml-language-server: $schema=https://custody.dev/schemas/custody.gate.schema.json',
    'version: 1',
    '',
    '# The first rule that applies to a value decides.',
    'rules:',
  ];
  const secrets = new Set(found.filter(({ family }) => family === 'secret').map(({ type }) => type));
  lines.push(
    '  # Secrets have no place in data.',
    '  - name: no-secrets',
    '    family: secret',
    `    action: ${secrets.size > 0 ? 'quarantine' : 'fail'}`,
  );
  if (secrets.size > 0) lines.push(`    # Found: ${told(found, (one) => one.family === 'secret')}`);
  for (const column of columns) {
    const kind = classifyColumn(column.name, column.values);
    if (!kind || kind.confidence < 0.7 || ON_DEMAND.has(kind.type)) continue;
    lines.push(
      '',
      `  # ${oneLine(column.name)}: ${kind.reasons.join('; ')}`,
      `  - name: ${plain(`column-${column.name}`)}`,
      `    columns: ${quoted(column.name)}`,
      '    action: tokenise',
    );
  }
  const types = [...new Set(found.filter(({ family }) => family === 'personal').map(({ type }) => type))];
  const grave = types.filter((type) => /SSN|CREDIT_CARD|IBAN|PASSPORT|MEDICAL|BANK|LICENSE|TAX|NHS|NINO/.test(type));
  const other = types.filter((type) => !grave.includes(type));
  const rule = (name: string, list: readonly string[], keep: string): void => {
    if (list.length === 0) return;
    lines.push(
      '',
      `  # Found: ${told(found, ({ type }) => list.includes(type))}`,
      `  - name: ${name}`,
      `    types: [${list.join(', ')}]`,
      '    action: mask',
      `    keep: ${keep}`,
    );
  };
  rule('numbers-of-people', grave, 'last4');
  rule('personal-data', other, 'type');
  lines.push(
    '',
    '# What no rule names: fail, mask, quarantine, drop or report.',
    'default: quarantine',
    '',
    'checks:',
    '  columns:',
  );
  for (const column of columns) {
    lines.push(`    - name: ${quoted(column.name)}`);
    if (column.type !== 'string') lines.push(`      type: ${column.type}`);
    if (column.nulls === 0 && column.rows > 0) lines.push('      required: true');
    const { range } = column;
    if (range)
      lines.push(`      # Seen: ${range[0]} to ${range[1]}`, `      # min: ${range[0]}`, `      # max: ${range[1]}`);
  }
  lines.push('  unknown_columns: fail', '  missing_columns: fail', '  rows: { min: 1 }');
  return `${lines.join('\n')}\n`;
}

const told = (found: readonly FoundIn[], which: (one: FoundIn) => boolean): string =>
  found
    .filter(which)
    .slice(0, 12)
    .map(({ type, column, count }) => `${count} ${type} in ${oneLine(column)}`)
    .join(', ');
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 200);
const plain = (text: string): string => text.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 100);
const quoted = (text: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
