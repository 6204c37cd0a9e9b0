/** What a change would reach, as a table and as Markdown. */
import type { Reach, ReachReport } from './check-reach.ts';
import { formatTable } from './table.ts';

const SHOWN_MAX = 20;

const counts = ({ reached }: Reach): string =>
  Object.entries(reached)
    .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map(
      ([role, count]) =>
        `${count} ${count === 1 && role !== 'features' && role !== 'predictions' ? role.slice(0, -1) : role}`,
    )
    .join(', ') || 'nothing';
/** What people ask for first. */
const ORDER = [
  'datasets',
  'features',
  'training-sets',
  'reports',
  'dashboards',
  'predictions',
  'deployments',
  'models',
  'jobs',
].reverse();

const labelsOf = ({ labels }: Reach): string =>
  (labels ?? [])
    .slice(0, 5)
    .map(({ label, column, from }) => `${label} of ${from} in ${column}`)
    .join('; ') + ((labels ?? []).length > 5 ? `; and ${labels!.length - 5} more` : '');

const whence = ({ known }: Reach): string =>
  known === false ? 'the server does not know it; by this repository: ' : known === null ? 'by this repository: ' : '';

export function reachTable({ reach, notes }: ReachReport, width?: number): string[] {
  const lines: string[] = [];
  if (reach.length > 0)
    lines.push(
      `What this change would reach\n${formatTable(
        [
          { head: 'ASSET', value: ({ asset }: Reach) => asset },
          { head: 'FILE', value: ({ file }) => file },
          { head: 'NEW LABELS', value: labelsOf },
          {
            head: 'REACHES',
            value: (one) =>
              `${whence(one)}${counts(one)}${one.names.length > 0 ? ` (${one.names.slice(0, 3).join(', ')}${one.names.length > 3 ? ', …' : ''})` : ''}`,
          },
        ],
        reach.slice(0, SHOWN_MAX),
        width,
      )}${reach.length > SHOWN_MAX ? `and ${reach.length - SHOWN_MAX} more\n` : ''}`,
    );
  if (notes.length > 0) lines.push(`${notes.map((note) => `Note: ${note}\n`).join('')}`);
  return lines;
}

/** `md` and `code` show text as it is. */
export function reachMarkdown(
  { from, reach, notes }: ReachReport,
  md: (text: string) => string,
  code: (text: string) => string,
): string[] {
  if (reach.length === 0 && notes.length === 0) return [];
  const lines = ['### What this change would reach', ''];
  const labelled = reach.filter(({ labels }) => (labels ?? []).length > 0);
  if (labelled.length > 0) {
    lines.push('**Labels that newly reach something in the clear:**', '');
    for (const one of labelled.slice(0, SHOWN_MAX))
      for (const { label, column, from: source } of one.labels!.slice(0, 10))
        lines.push(`- ${md(label)} of ${code(source)} reaches ${code(`${one.asset}.${column}`)} (${code(one.file)})`);
    lines.push('');
  }
  for (const one of reach.slice(0, SHOWN_MAX)) {
    const names = one.names.map(code).join(', ');
    const unknown =
      one.known === false
        ? ` The server does not know ${code(one.asset)}; this is by the repository alone.`
        : one.known === null
          ? ' By the repository alone.'
          : '';
    lines.push(
      `- ${code(one.asset)} (${code(one.file)}): ${md(counts(one))}${names === '' ? '' : `: ${names}`}.${unknown}`,
    );
  }
  if (reach.length > SHOWN_MAX) lines.push(`- and ${reach.length - SHOWN_MAX} more`);
  if (reach.length > 0) lines.push('');
  for (const note of notes) lines.push(`_${md(note)}_`, '');
  if (from !== null) lines.push(`Compared with ${code(from.slice(0, 12))}.`, '');
  return lines;
}
