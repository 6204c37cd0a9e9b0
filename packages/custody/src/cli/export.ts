import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXPORT_FORMATS, type ExportFormat } from '../report/export/format.ts';
import { AS_OF_OPTIONS, asOfQuery, directionOf, queryOf } from './as-of.ts';
import { CommandError, EXIT, numberOf, stringOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS, refusal } from './connection.ts';
import { resolveAsset } from './trace.ts';

export const exportLineage: Command = {
  name: 'export',
  arguments: '[ASSET]',
  summary: 'lineage to take away: OpenLineage, PROV-O, Mermaid, DOT or CSV',
  example: 'custody export scores.credit_scores --up --format mermaid --out lineage.mmd',
  details:
    'Without ASSET all of it. openlineage gives the events again, one a line: `custody send` takes them elsewhere. ' +
    'prov-jsonld and prov-turtle are W3C PROV-O; csv has the entry that is the evidence of each edge.',
  options: {
    format: { type: 'string', short: 'f', value: 'NAME', help: `one of ${EXPORT_FORMATS.join(', ')}` },
    up: { type: 'boolean', help: 'only upstream of ASSET' },
    down: { type: 'boolean', help: 'only downstream of ASSET' },
    depth: { type: 'string', value: 'N', help: 'hops, counting datasets and jobs (default 1000)' },
    ...AS_OF_OPTIONS,
    out: { type: 'string', short: 'o', value: 'FILE', help: 'write to this file instead of standard output' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { positionals, values } = invocation;
    const [wanted, ...more] = positionals;
    if (more.length > 0) throw new UsageError('Name one asset, or none for everything.');
    const format = stringOf(invocation, 'format');
    if (format === undefined || !EXPORT_FORMATS.includes(format as ExportFormat))
      throw new UsageError(`--format is one of ${EXPORT_FORMATS.join(', ')}.`);
    if (wanted === undefined && (values['up'] || values['down'] || values['depth'] !== undefined))
      throw new UsageError('--up, --down and --depth need an asset to go from.');
    const depth = numberOf(invocation, 'depth', 1, 1_000) ?? 1_000;
    const time = asOfQuery(invocation);
    return connected(invocation, async (connection) => {
      const around =
        wanted === undefined
          ? {}
          : {
              asset: await resolveAsset(connection, wanted, time),
              direction: directionOf(invocation),
              depth: String(depth),
            };
      const response = await connection.send(`/custody/v1/export?${queryOf({ format, ...around, ...time })}`, {});
      if (!response.ok) throw await refusal(response);
      const file = stringOf(invocation, 'out');
      await write(response, file === undefined ? process.stdout : createWriteStream(file), file);
      return EXIT.ok;
    });
  },
};

async function write(response: Response, to: NodeJS.WritableStream, file: string | undefined): Promise<void> {
  try {
    await pipeline(Readable.fromWeb(response.body! as never), to, { end: file !== undefined });
  } catch (error) {
    throw new CommandError(
      `The export was cut off: ${(error as Error).message}.`,
      file === undefined ? 'What was written so far is not all.' : `${file} does not hold all of it.`,
    );
  }
}
