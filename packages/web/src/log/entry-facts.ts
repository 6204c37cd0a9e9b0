/** The facts in an entry, read from its own bytes: what a person wants to know first, by kind. */
import { RUN_STATES } from '../ui/status.tsx';
import type { EvidenceEvent } from '../../../custody/src/event/event.ts';

export type EventKind = EvidenceEvent['kind'];

export type Fact =
  | { readonly label: string; readonly form: 'text' | 'mono' | 'time' | 'digest'; readonly value: string }
  | {
      readonly label: string;
      readonly form: 'asset';
      readonly kind: 'dataset' | 'job';
      readonly namespace: string;
      readonly name: string;
    };

/** Reads an entry; null if it is not JSON of a kind known here, and then only its text is shown. */
export function parseEntry(text: string): EvidenceEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as EvidenceEvent) : null;
  } catch {
    return null;
  }
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

const text = (label: string, value: string | undefined): readonly Fact[] =>
  value === undefined || value === '' ? [] : [{ label, form: 'text', value }];
const mono = (label: string, value: string): Fact => ({ label, form: 'mono', value });
const asset = (label: string, kind: 'dataset' | 'job', { namespace, name }: Named): Fact => ({
  label,
  form: 'asset',
  kind,
  namespace,
  name,
});
const datasets = (label: string, list: readonly Named[]): readonly Fact[] =>
  list.map((each, n) => asset(n === 0 ? label : '', 'dataset', each));

/** Inputs that the producer named, then those that were read out of the event: the reader must tell them apart. */
function inputs(list: readonly (Named & { readonly derived?: 'sql' | 'columns' | undefined })[]): readonly Fact[] {
  const by = (how: 'sql' | 'columns' | undefined) => list.filter(({ derived }) => derived === how);
  return [
    ...datasets('Reads', by(undefined)),
    ...datasets('By its SQL', by('sql')),
    ...datasets('By its columns', by('columns')),
  ];
}

export function factsOf(event: EvidenceEvent): readonly Fact[] {
  switch (event.kind) {
    case 'openlineage.run':
      return [
        { label: 'State', form: 'text', value: RUN_STATES[event.state].word },
        asset('Job', 'job', event.job),
        mono('Run', event.run),
        ...(event.parent ? [asset('Part of', 'job', event.parent.job)] : []),
        ...(event.nominalStart === undefined
          ? []
          : [{ label: 'Planned for', form: 'time' as const, value: event.nominalStart }]),
        ...inputs(event.inputs),
        ...datasets('Writes', event.outputs),
        ...text('Producer', event.producer),
        ...redacted(event.redacted),
      ];
    case 'openlineage.job':
      return [
        asset('Job', 'job', event.job),
        ...inputs(event.inputs),
        ...datasets('Writes', event.outputs),
        ...text('Producer', event.producer),
        ...redacted(event.redacted),
      ];
    case 'openlineage.dataset':
      return [
        asset('Dataset', 'dataset', event.dataset),
        ...text('Producer', event.producer),
        ...redacted(event.redacted),
      ];
    case 'dataset.schema':
      return [
        { label: 'Schema', form: 'digest', value: event.schema },
        ...(event.of > 1 ? text('Part', `${event.part + 1} of ${event.of}`) : []),
        mono(
          'Columns',
          event.fields.map(({ name, type }) => (type === undefined ? name : `${name} ${type}`)).join('\n'),
        ),
      ];
    case 'lineage.columns': {
      const source = ({ input, field }: (typeof event.dataset)[number]) =>
        `${event.inputs[input]?.name ?? '?'}.${field}`;
      const rows = event.dataset.map(source);
      return [
        { label: 'Column lineage', form: 'digest', value: event.columns },
        ...(event.of > 1 ? text('Part', `${event.part + 1} of ${event.of}`) : []),
        ...datasets('Reads', event.inputs),
        mono('Columns', event.fields.map(({ name, from }) => `${name} < ${from.map(source).join(', ')}`).join('\n')),
        ...(rows.length === 0 ? [] : [mono('Rows decided by', rows.join('\n'))]),
      ];
    }
    case 'token.created':
      return [...text('Token', event.token), ...text('Role', event.role)];
    case 'token.revoked':
      return text('Token', event.token);
    case 'log.recovered':
      return [
        ...text('Cut back', `${event.cutBytes} bytes`),
        mono('File', event.file),
        ...text('From byte', String(event.offset)),
        ...text('Meaning', 'A write was torn by a crash. Nothing under the signed checkpoint was touched.'),
      ];
    case 'policy.published':
      return [
        ...text('Policy', `${event.policy} version ${event.version}`),
        ...text('Written by', event.author),
        ...text('Why', event.message),
        ...(event.withdrawn ? text('Meaning', 'Out of force from here on.') : []),
        ...(event.rollbackOf === undefined ? [] : text('Same as', `version ${event.rollbackOf}`)),
        mono('Packages', event.packages.join('\n')),
        { label: 'Files', form: 'digest', value: event.digest },
      ];
    case 'attestation.recorded':
      return [
        ...text('Type', event.predicateType),
        ...event.signers.flatMap(({ how, identity, issuer, keyId }) => [
          ...text(
            'Signed by',
            identity === undefined
              ? 'a key; whose is not vouched for'
              : `${identity}${issuer === undefined ? '' : `, by ${issuer}`}`,
          ),
          { label: how === 'keys' ? 'Key' : "Certificate's key", form: 'digest', value: keyId } as const,
        ]),
        mono('About', event.subjects.join('\n')),
        ...(event.subjectCount > event.subjects.length
          ? text('And', `more artifacts: ${event.subjectCount} in all`)
          : []),
        { label: 'Statement', form: 'digest', value: event.statement },
      ];
    case 'dataset.version':
      return [
        mono('Dataset', event.dataset.name),
        ...text('Version', `${event.version}: ${event.message}`),
        ...text('Holds', `${event.rows} rows of ${event.columns} columns (${event.format})`),
        { label: 'Every cell', form: 'digest', value: event.table },
        { label: 'Manifest', form: 'digest', value: event.manifest },
        ...(event.subjects === undefined
          ? []
          : [
              ...text('People', String(event.subjects.count)),
              { label: 'Their tree', form: 'digest', value: event.subjects.root } as const,
            ]),
      ];
    case 'check.finished':
      return [
        mono('Repository', event.repository),
        ...text('Branch', event.branch),
        ...(event.commit === null ? [] : [mono('Commit', event.commit)]),
        ...text('Verdict', event.verdict),
        ...text(
          'Refusing',
          Object.entries(event.refusing)
            .map(([severity, count]) => `${count} ${severity}`)
            .join(', '),
        ),
        ...text('Not refusing', `${event.waived} waived, ${event.others} others, in ${event.files} files`),
        { label: 'Rules', form: 'digest', value: event.rules },
      ];
    case 'dataset.alias':
      return [
        mono('Dataset', event.dataset.name),
        ...text('Alias', event.alias),
        ...text('Version', event.from === null ? String(event.version) : `${event.version}, before ${event.from}`),
        ...text('Reason', event.reason),
      ];
    case 'gate.decision':
      return [
        ...text('Outcome', OUTCOMES[event.outcome]),
        mono('Asked', event.path),
        ...(event.policy === null ? [] : text('Policy', `${event.policy} version ${event.version ?? ''}`)),
        { label: 'Decided', form: 'time', value: event.decided },
        ...(Object.keys(event.summary).length === 0
          ? []
          : [
              mono(
                'Of the input',
                Object.entries(event.summary)
                  .map(([name, value]) => `${name} ${String(value)}`)
                  .join('\n'),
              ),
            ]),
        ...text('Took', `${event.micros} µs`),
        { label: 'Input', form: 'digest', value: event.input },
      ];
    case 'rules.published':
      return [
        ...text('Rules', `${event.rules} version ${event.version}`),
        ...text('Why', event.message),
        ...(event.withdrawn ? text('Meaning', 'Out of force from here on.') : []),
        { label: 'Text', form: 'digest', value: event.digest },
      ];
    case 'gate.ingest':
      return [
        ...text('Verdict', event.whole ? 'set aside as a whole' : event.verdict),
        asset('From', 'dataset', event.source),
        asset('To', 'dataset', event.dataset),
        ...text(
          'Rows',
          `${event.rows.read} read, ${event.rows.written} written, ${event.rows.quarantined} set aside, ${event.rows.dropped} dropped`,
        ),
        ...text('Values replaced', String(event.changed)),
        ...(event.findings.length === 0
          ? []
          : [
              mono(
                'Found',
                event.findings
                  .map(({ count, type, column, action, rule }) => `${count} ${type} in ${column}: ${action} (${rule})`)
                  .join('\n'),
              ),
            ]),
        ...(event.broken.length === 0
          ? []
          : [
              mono(
                'Checks that did not hold',
                event.broken.map(({ check, column }) => (column === null ? check : `${column} ${check}`)).join('\n'),
              ),
            ]),
        ...text('Batch', event.batch?.id),
        { label: 'Rules', form: 'digest', value: event.rules },
        { label: 'Audit', form: 'digest', value: event.audit.digest },
        ...(event.output === null ? [] : [{ label: 'Output', form: 'digest' as const, value: event.output.digest }]),
      ];
    case 'quarantine.released':
      return [
        ...text('Batch', event.batch),
        ...text('Rows', String(event.rows)),
        ...text('Given out', event.as === 'raw' ? 'as they were' : 'masked'),
        ...text('Why', event.reason),
      ];
    case 'quarantine.destroyed':
      return [
        ...text('Batch', event.batch),
        ...text('Why', event.reason),
        ...text('Meaning', 'Its key was destroyed, then its rows. No copy of them can be read.'),
      ];
    case 'label.suggested':
      return [
        asset('Dataset', 'dataset', event.dataset),
        ...text('Column', event.column),
        ...text('Label', event.label),
        mono('Because', event.reasons.join('\n')),
      ];
    case 'label.decided':
      return [
        asset('Dataset', 'dataset', event.dataset),
        ...text('Column', event.column),
        ...text('Label', event.label),
        ...text('Decision', event.decision),
        ...text('Why', event.reason),
      ];
    default:
      return event satisfies never;
  }
}

const OUTCOMES = {
  allow: 'allowed',
  deny: 'refused',
  value: 'a value',
  undefined: 'no answer',
  error: 'failed',
} as const;

const redacted = (count: number | undefined): readonly Fact[] =>
  count === undefined || count === 0 ? [] : text('Taken out', `${count} literals and secrets, before the log`);
