/** What Marquez's views read from. */
import type { SchemaReader } from '../../ledger/schema-reader.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { EventTimes } from '../../ledger/event-times.ts';
import type { NamespaceIndex } from './namespace-index.ts';
import type { EvidenceReader } from './run-evidence.ts';

export interface Reading {
  readonly ledger: Ledger;
  readonly schemas: SchemaReader;
  readonly evidence: EvidenceReader;
  readonly namespaces: NamespaceIndex;
  readonly times: EventTimes;
  readonly now: () => Date;
}
