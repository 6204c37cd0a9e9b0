/** The forms that lineage can be taken away in. `openlineage` is not among the writers: it needs the payloads of the log. */
import { csv } from './csv.ts';
import { dot } from './dot.ts';
import { jsonLd } from './json-ld.ts';
import { mermaid } from './mermaid.ts';
import type { Scope } from './scope.ts';
import { turtle } from './turtle.ts';

export const EXPORT_FORMATS = ['openlineage', 'prov-jsonld', 'prov-turtle', 'mermaid', 'dot', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Media types as registered, or as the format's own tools say; and how files of it end. */
export const MEDIA: Readonly<Record<ExportFormat, { readonly type: string; readonly ending: string }>> = {
  openlineage: { type: 'application/x-ndjson', ending: 'jsonl' },
  'prov-jsonld': { type: 'application/ld+json', ending: 'jsonld' },
  'prov-turtle': { type: 'text/turtle; charset=utf-8', ending: 'ttl' },
  mermaid: { type: 'text/vnd.mermaid; charset=utf-8', ending: 'mmd' },
  dot: { type: 'text/vnd.graphviz; charset=utf-8', ending: 'dot' },
  csv: { type: 'text/csv; charset=utf-8; header=present', ending: 'csv' },
};

/** Pieces of text, to be written one after the other. */
export const WRITERS: Readonly<Record<Exclude<ExportFormat, 'openlineage'>, (scope: Scope) => Iterable<string>>> = {
  'prov-jsonld': jsonLd,
  'prov-turtle': turtle,
  mermaid,
  dot,
  csv,
};
