/** Lineage to take away, written out while it is read: an export of everything does not fit into memory. */
import { exportEvents } from '../ledger/event-export.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SchemaReader } from '../ledger/schema-reader.ts';
import { MEDIA, WRITERS, type ExportFormat } from '../report/export/format.ts';
import { scopeOf, type ScopeQuery } from '../report/export/scope.ts';
import type { AsOf } from '../fold/as-of.ts';

/** Pieces are gathered to about so many characters before they are sent. */
const CHUNK = 65_536;

export function exportAnswer(
  ledger: Ledger,
  schemas: SchemaReader,
  format: ExportFormat,
  query: ScopeQuery,
  asOf: AsOf,
): Response {
  const scope = scopeOf(ledger.state, query, asOf);
  const pieces =
    format === 'openlineage' ? exportEvents(ledger, schemas, scope, query.root === null) : WRITERS[format](scope);
  const { type, ending } = MEDIA[format];
  return new Response(streamOf(pieces), {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="lineage.${ending}"` },
  });
}

function streamOf(pieces: Iterable<string> | AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  return new ReadableStream({
    async pull(controller) {
      let chunk = '';
      while (chunk.length < CHUNK) {
        const { done, value } = await iterator.next();
        if (done) {
          if (chunk !== '') controller.enqueue(encoder.encode(chunk));
          controller.close();
          return;
        }
        chunk += value;
      }
      controller.enqueue(encoder.encode(chunk));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
