/** `custody dataset log` and `alias`: what versions there are, and the names that point to them. */
import type { z } from '@hono/zod-openapi';
import type * as contract from '../api/dataset-contract.ts';
import { EXIT, stringOf, UsageError, type Command } from './command.ts';
import { connected, CONNECTION_OPTIONS, posted } from './connection.ts';
import { BASE, historyOf, resolveDataset, versionIn, type History, type Move, type View } from './dataset-history.ts';
import { formatTable, shortTime } from './table.ts';

export const datasetLog: Command = {
  name: 'dataset log',
  arguments: '[DATASET]',
  summary: 'versions of a dataset and how its aliases moved, the newest first',
  example: 'custody dataset log reviews',
  details: 'Without a name: the datasets that have versions.',
  options: { ...CONNECTION_OPTIONS },
  run: (invocation) =>
    connected(invocation, async (connection) => {
      const { out, positionals } = invocation;
      const [wanted] = positionals;
      if (wanted === undefined) {
        const answer = await connection.json<z.infer<typeof contract.VersionedDatasets>>(BASE);
        if (out.json) out.write(`${JSON.stringify(answer)}\n`);
        else if (answer.total === 0) out.write('No dataset has versions. `custody dataset commit FILE` makes one.\n');
        else
          out.write(
            formatTable(
              [
                { head: 'VERSIONS', value: ({ newest }) => String(newest.version), align: 'right' },
                { head: 'ROWS', value: ({ newest }) => String(newest.rows), align: 'right' },
                { head: 'NEWEST', value: ({ newest }) => shortTime(newest.recorded) },
                { head: 'DATASET', value: ({ dataset }) => dataset },
              ],
              answer.items,
            ),
          );
        return EXIT.ok;
      }
      const history = await historyOf(connection, await resolveDataset(connection, wanted));
      if (out.json) out.write(`${JSON.stringify(history)}\n`);
      else out.write(formatHistory(history));
      return EXIT.ok;
    }),
};

function formatHistory({ dataset, versions, moves }: History): string {
  const table = formatTable(
    [
      { head: 'VERSION', value: (one: View) => String(one.version), align: 'right' },
      { head: 'COMMITTED (UTC)', value: (one) => shortTime(one.recorded) },
      { head: 'BY', value: (one) => one.by },
      { head: 'ROWS', value: (one) => String(one.rows), align: 'right' },
      { head: 'PEOPLE', value: (one) => (one.subjects === null ? '' : String(one.subjects.count)), align: 'right' },
      { head: 'BYTES', value: (one) => one.bytes },
      { head: 'SIGNED', value: (one) => (one.signatures > 0 ? 'yes' : 'no') },
      { head: 'ALIASES', value: (one) => one.aliases.join(', ') },
      { head: 'MESSAGE', value: (one) => one.message },
    ],
    versions,
  );
  const said = moves.map(
    (move) =>
      `${shortTime(move.recorded)}  ${move.by} let ${move.alias} point to version ${move.version}${move.from === null ? '' : ` instead of ${move.from}`}${move.isRestored ? ', bytes put back and verified' : ''}: ${move.reason}\n`,
  );
  return `${dataset}\n\n${table}${said.length > 0 ? `\n${said.join('')}` : ''}`;
}

export const datasetAlias: Command = {
  name: 'dataset alias',
  arguments: 'DATASET NAME VERSION',
  summary: 'let a name such as production point to a version, with a reason',
  example: 'custody dataset alias reviews approved 3 --reason "checked by the model risk board"',
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'why' },
    ...CONNECTION_OPTIONS,
  },
  run: (invocation) =>
    connected(invocation, async (connection) => {
      const { out, positionals } = invocation;
      const [wanted, alias, version, ...more] = positionals;
      const reason = stringOf(invocation, 'reason');
      if (wanted === undefined || alias === undefined || version === undefined || more.length > 0)
        throw new UsageError('Name a dataset, an alias and a version.');
      if (reason === undefined) throw new UsageError('Say why with --reason.');
      const history = await historyOf(connection, await resolveDataset(connection, wanted));
      const found = versionIn(history, version);
      const move = await connection.json<Move>(
        `${BASE}/aliases`,
        posted({
          dataset: history.dataset,
          alias,
          version: found.version,
          reason,
        }),
      );
      if (out.json) out.write(`${JSON.stringify(move)}\n`);
      else out.write(`${alias} is version ${move.version} now, entry ${move.entry}\n`);
      return EXIT.ok;
    }),
};
