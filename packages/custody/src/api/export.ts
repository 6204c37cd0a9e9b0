/** Lineage to take away, written out while it is read: an export of everything does not fit into memory. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { exportEvents } from '../ledger/event-export.ts';
import { EXPORT_FORMATS, MEDIA, WRITERS } from '../report/export/format.ts';
import { scopeOf } from '../report/export/scope.ts';
import type { Env } from './guard.ts';
import type { SchemaReader } from '../ledger/schema-reader.ts';
import type { LineageParts } from './lineage-questions.ts';
import { asOf as asOfQuery, number, problem, refusals } from './route-parts.ts';

const exportRoute = createRoute({
  method: 'get',
  path: '/custody/v1/export',
  summary: 'Lineage to take away: OpenLineage events again, PROV-O, Mermaid, DOT or CSV',
  tags: ['Lineage'],
  request: {
    query: z.object({
      format: z.enum(EXPORT_FORMATS),
      asset: z
        .string()
        .max(5_000)
        .optional()
        .openapi({ description: 'Only what lies around it; without it everything' }),
      direction: z.enum(['both', 'up', 'down']).default('both'),
      depth: number('Hops, counting datasets and jobs', 1_000, 1_000),
      ...asOfQuery,
    }),
  },
  responses: {
    200: {
      description: 'The export',
      content: Object.fromEntries(
        Object.values(MEDIA).map(({ type }) => [type.split(';')[0]!, { schema: z.string() }]),
      ),
    },
    404: problem('No such asset at that time'),
    ...refusals,
  },
});

/** Pieces are gathered to about so many characters before they are sent. */
const CHUNK = 65_536;

export function answerExport<E extends Env>(
  app: OpenAPIHono<E>,
  { ledger, schemas, findAsset, asOf }: LineageParts & { readonly schemas: SchemaReader },
): void {
  app.openapi(exportRoute, async (c) => {
    const { format, asset, direction, depth, at, known } = c.req.valid('query');
    const time = await asOf(at, known);
    const root = asset === undefined ? null : findAsset(asset, time);
    const scope = scopeOf(ledger.state, { root, direction, depth }, time);
    const pieces =
      format === 'openlineage' ? exportEvents(ledger, schemas, scope, root === null) : WRITERS[format](scope);
    const { type, ending } = MEDIA[format];
    return new Response(streamOf(pieces), {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="lineage.${ending}"` },
    });
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
