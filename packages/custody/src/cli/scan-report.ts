/** What a scan found, as a table, as JSON or as SARIF 2.1.0. Places and rules; never a value. */
import type { ColumnReport, PlacedFinding, Trouble } from '../producers/scan/index.ts';
import { formatTable } from './table.ts';

export interface FileReport {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** The first ones, as many as were asked for. */
  readonly findings: readonly PlacedFinding[];
  readonly total: number;
  /** By type and column. */
  readonly counts: readonly TypeCount[];
  readonly troubles: readonly Trouble[];
  /** With --columns: what each column is. */
  readonly columns?: readonly ColumnReport[];
}

export interface TypeCount {
  readonly type: string;
  readonly family: string;
  readonly column: string;
  readonly count: number;
}

export function formatScanTable(reports: readonly FileReport[], skipped: readonly string[]): string {
  const lines: string[] = [];
  for (const { path, counts, findings, total, rows, troubles, columns } of reports) {
    if (total === 0 && troubles.length === 0 && columns === undefined) continue;
    lines.push(`${path}: ${total} found in ${rows} rows`);
    if (counts.length > 0) {
      lines.push(
        indented(
          formatTable(
            [
              { head: 'TYPE', value: (count: TypeCount) => count.type },
              { head: 'COLUMN', value: (count) => count.column },
              { head: 'FOUND', value: (count) => String(count.count), align: 'right' },
              { head: 'FIRST AT', value: (count) => firstPlace(findings, count) },
            ],
            counts,
          ),
        ),
      );
    }
    if (columns) lines.push(columnTable(columns, counts));
    for (const { message, row, byte } of troubles) lines.push(`  ${message}: row ${row}, byte ${byte}`);
  }
  const all = reports.reduce((sum, { total }) => sum + total, 0);
  const files = reports.length === 1 ? '1 file' : `${reports.length} files`;
  lines.push(all === 0 ? `Nothing found in ${files}.` : `${all} found in ${files}.`);
  if (skipped.length > 0)
    lines.push(
      `Not read, because they are no text: ${skipped.length} (${skipped.slice(0, 3).join(', ')}${skipped.length > 3 ? ', ...' : ''})`,
    );
  return `${lines.join('\n')}\n`;
}

function columnTable(columns: readonly ColumnReport[], counts: readonly TypeCount[]): string {
  const foundIn = (column: string): number =>
    counts.reduce((sum, one) => sum + (one.column === column ? one.count : 0), 0);
  return indented(
    formatTable(
      [
        { head: 'COLUMN', value: (one: ColumnReport) => one.column },
        { head: 'CLASS', value: (one) => one.class ?? '-' },
        { head: 'SURE', value: (one) => (one.class ? one.confidence.toFixed(2) : ''), align: 'right' },
        { head: 'MATCH', value: (one) => (one.class ? `${Math.round(one.share * 100)}%` : ''), align: 'right' },
        { head: 'FOUND', value: (one) => String(foundIn(one.column)), align: 'right' },
        { head: 'VALIDATORS', value: (one) => one.validators.join(', ') },
        { head: 'WHY', value: (one) => one.reasons.join('; ') },
      ],
      columns,
    ),
  );
}

const indented = (text: string): string => text.trimEnd().replace(/^/gm, '  ');

function firstPlace(findings: readonly PlacedFinding[], { type, column }: TypeCount): string {
  const first = findings.find((one) => one.type === type && one.label === column);
  return first ? `row ${first.row}, byte ${first.byte}` : '';
}

export const formatScanJson = (reports: readonly FileReport[], skipped: readonly string[]): string =>
  `${JSON.stringify({ files: reports, skipped })}\n`;

/** OASIS Static Analysis Results Interchange Format 2.1.0. */
export function formatSarif(reports: readonly FileReport[], version: string): string {
  const rules = new Map<string, string>();
  const results = reports.flatMap(({ path, findings }) =>
    findings.map((one) => {
      rules.set(one.rule, one.type);
      return {
        ruleId: one.rule,
        level: one.family === 'secret' ? 'error' : 'warning',
        message: { text: `${one.type}${one.label === '' ? '' : ` in ${one.label}`}, row ${one.row}` },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: path.split('\\').join('/').split('/').map(encodeURIComponent).join('/') },
              region: {
                ...(one.column === 0 && one.label === '' && { startLine: one.row }),
                byteOffset: one.byte,
                byteLength: one.bytes,
              },
            },
          },
        ],
        properties: {
          type: one.type,
          family: one.family,
          confidence: one.confidence,
          row: one.row,
          column: one.column,
          field: one.label,
          char: one.char,
          chars: one.chars,
        },
      };
    }),
  );
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'custody',
            version,
            rules: [...rules].sort().map(([id, type]) => ({ id, shortDescription: { text: type } })),
          },
        },
        results,
      },
    ],
  })}\n`;
}
