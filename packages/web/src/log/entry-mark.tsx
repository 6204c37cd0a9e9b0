import type { EntrySummary } from '../api/answers.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.tsx';

const BY_KIND: Readonly<Record<string, readonly [IconName, Tone]>> = {
  'openlineage.run': ['job', 'idle'],
  'openlineage.job': ['job', 'idle'],
  'openlineage.dataset': ['assets', 'idle'],
  'dataset.schema': ['table', 'idle'],
  'lineage.columns': ['lineage', 'idle'],
  'token.created': ['key', 'idle'],
  'token.revoked': ['key', 'idle'],
  'log.recovered': ['warn', 'warn'],
  'policy.published': ['policy', 'idle'],
  'gate.decision': ['gate', 'idle'],
  'attestation.recorded': ['key', 'idle'],
  'dataset.version': ['file', 'idle'],
  'dataset.alias': ['file', 'idle'],
  'check.finished': ['gate', 'idle'],
  'rules.published': ['policy', 'idle'],
  'gate.ingest': ['gate', 'idle'],
  'quarantine.released': ['gate', 'warn'],
  'quarantine.destroyed': ['gate', 'idle'],
  'label.suggested': ['table', 'idle'],
  'label.decided': ['table', 'idle'],
};

type Said = Pick<EntrySummary, 'kind' | 'what'>;

/** Whether the entry tells of a failed run. */
function tellsOfFailure(entry: Said): boolean {
  // The sentence is all that a list has of a run's state: `NAME failed`, then what it read and wrote.
  return entry.kind === 'openlineage.run' && / failed(: \d+ (in|out)\b.*)?$/.test(entry.what);
}

/** The sign of an entry in a list; what it says stands beside it. */
export function EntryMark({ entry }: { readonly entry: Said }) {
  const [icon, tone] = tellsOfFailure(entry)
    ? (['bad', 'bad'] as const)
    : (BY_KIND[entry.kind] ?? (['log', 'idle'] as const));
  return (
    <span className={`c-${tone}`}>
      <Icon name={icon} />
    </span>
  );
}

/** In a table only what needs a look has a sign. */
export function EntryWarning({ entry }: { readonly entry: Said }) {
  return tellsOfFailure(entry) || entry.kind === 'log.recovered' ? <EntryMark entry={entry} /> : null;
}
