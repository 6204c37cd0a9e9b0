/** The kinds of entries, in words. The order is that of the filter. */
import type { EventKind } from './entry-facts.ts';

const WORDS: Readonly<Record<EventKind, string>> = {
  'openlineage.run': 'run',
  'openlineage.job': 'job described',
  'openlineage.dataset': 'dataset described',
  'dataset.schema': 'schema',
  'lineage.columns': 'column lineage',
  'token.created': 'token created',
  'token.revoked': 'token revoked',
  'log.recovered': 'log recovered',
  'policy.published': 'policy',
  'gate.decision': 'decision',
  'attestation.recorded': 'attestation',
  'dataset.version': 'version',
  'dataset.alias': 'alias',
  'check.finished': 'check',
  'rules.published': 'gate rules',
  'gate.ingest': 'ingest',
  'quarantine.released': 'released',
  'quarantine.destroyed': 'destroyed',
  'label.suggested': 'label suggested',
  'label.decided': 'label decided',
};

export const KINDS = Object.keys(WORDS) as readonly EventKind[];

/** A kind that these pages do not know yet is shown by its own name. */
export const kindWord = (kind: string): string => (WORDS as Readonly<Record<string, string>>)[kind] ?? kind;
