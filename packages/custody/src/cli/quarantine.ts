/** `custody quarantine`: look into batches that were set aside, release or destroy them. */
import { Readable } from 'node:stream';
import { CommandError, EXIT, stringOf, UsageError, type Command, type Invocation } from './command.ts';
import { connected, CONNECTION_OPTIONS, refusal, posted } from './connection.ts';
import { formatTable, shortTime } from './table.ts';

interface Batch {
  readonly id: string;
  readonly dataset: { readonly name: string };
  readonly rows: number;
  readonly since: string;
  readonly isWhole: boolean;
  readonly state: string;
  readonly released: { readonly by: string; readonly as: string; readonly reason: string } | null;
  readonly destroyed: { readonly by: string; readonly reason: string } | null;
}

interface BatchDetail extends Batch {
  readonly reasons: readonly {
    readonly rule: string;
    readonly column: string | null;
    readonly type: string | null;
    readonly count: number;
  }[];
  readonly sample: readonly {
    readonly row: number;
    readonly reasons: readonly {
      readonly rule: string;
      readonly column: string | null;
      readonly type: string | null;
    }[];
    readonly fields: readonly { readonly column: string; readonly text: string }[];
  }[];
}

const REASON = { reason: { type: 'string', short: 'r', value: 'TEXT', help: 'why; the log keeps it' } } as const;

const batchOf = ({ positionals }: Invocation): string => {
  if (positionals.length !== 1) throw new UsageError('Name one batch: custody quarantine list.');
  return encodeURIComponent(positionals[0]!);
};

function reasonOf(invocation: Invocation): string {
  const reason = stringOf(invocation, 'reason');
  if (reason === undefined || reason.trim().length < 3) throw new UsageError('Say why with --reason.');
  return reason;
}

export const quarantineList: Command = {
  name: 'quarantine list',
  arguments: '',
  summary: 'list what gates have set aside',
  example: 'custody quarantine list',
  options: { all: { type: 'boolean', help: 'released and destroyed batches too' }, ...CONNECTION_OPTIONS },
  run: (invocation) =>
    connected(invocation, async (connection) => {
      const { items } = await connection.json<{ items: Batch[] }>(
        `/custody/v1/quarantine${invocation.values['all'] === true ? '' : '?state=held'}`,
      );
      const { out } = invocation;
      if (out.json) out.write(`${JSON.stringify({ items })}\n`);
      else if (items.length === 0) out.note('Nothing is in quarantine.');
      else
        out.write(
          formatTable(
            [
              { head: 'BATCH', value: ({ id }) => id },
              { head: 'SINCE', value: ({ since }) => shortTime(since) },
              { head: 'ROWS', value: ({ rows }) => String(rows), align: 'right' },
              { head: 'STATE', value: ({ state, isWhole }) => (isWhole ? `${state}, whole` : state) },
              { head: 'DATASET', value: ({ dataset }) => dataset.name },
            ],
            items,
          ),
        );
      return EXIT.ok;
    }),
};

export const quarantineShow: Command = {
  name: 'quarantine show',
  arguments: 'BATCH',
  summary: 'show why a batch was set aside, with masked rows',
  example: 'custody quarantine show 0d8fb9d6-9a2c-4f28-8b42-5d8a0bb0d9d1',
  options: { rows: { type: 'string', value: 'N', help: 'how many rows (default 10)' }, ...CONNECTION_OPTIONS },
  run: (invocation) =>
    connected(invocation, async (connection) => {
      const limit = stringOf(invocation, 'rows') ?? '10';
      if (!/^\d{1,3}$/.test(limit)) throw new UsageError('--rows takes a number up to 200.');
      const batch = await connection.json<BatchDetail>(`/custody/v1/quarantine/${batchOf(invocation)}?limit=${limit}`);
      const { out } = invocation;
      if (out.json) out.write(`${JSON.stringify(batch)}\n`);
      else out.write(shown(batch));
      return EXIT.ok;
    }),
};

function shown({
  id,
  dataset,
  rows,
  since,
  state,
  isWhole,
  released,
  destroyed,
  reasons,
  sample,
}: BatchDetail): string {
  const lines = [
    `Batch ${id}: ${rows} rows of ${dataset.name}${isWhole ? ', all of it' : ''}, ${state}, since ${shortTime(since)} UTC`,
  ];
  if (released) lines.push(`Released (${released.as}) by ${released.by}: ${released.reason}`);
  if (destroyed) lines.push(`Destroyed by ${destroyed.by}: ${destroyed.reason}`);
  for (const { rule, column, type, count } of reasons)
    lines.push(`  ${count} rows: ${[rule, column, type].filter(Boolean).join(', ')}`);
  for (const { row, reasons: why, fields } of sample) {
    lines.push(
      '',
      `row ${row}${why.length > 0 ? `: ${why.map(({ rule, column, type }) => [rule, column, type].filter(Boolean).join(' ')).join('; ')}` : ''}`,
    );
    for (const { column, text } of fields) lines.push(`  ${column}: ${text.replace(/\s+/g, ' ')}`);
  }
  return `${lines.join('\n')}\n`;
}

export const quarantineRelease: Command = {
  name: 'quarantine release',
  arguments: 'BATCH',
  summary: 'let a batch out, to a file, with a reason',
  example:
    'custody quarantine release 0d8fb9d6-9a2c-4f28-8b42-5d8a0bb0d9d1 --to rest.csv --as masked --reason "Test numbers of the shop"',
  details:
    'Takes the role officer or admin. An entry says who and why before the first row is given out. The batch stays until it is destroyed.',
  options: {
    to: { type: 'string', value: 'FILE', help: 'where the rows go' },
    as: { type: 'string', value: 'HOW', help: 'masked (default): what was found is masked; raw: as they came' },
    ...REASON,
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const batch = batchOf(invocation);
    const to = stringOf(invocation, 'to');
    const as = stringOf(invocation, 'as') ?? 'masked';
    const reason = reasonOf(invocation);
    if (to === undefined) throw new UsageError('Say where the rows go with --to.');
    if (as !== 'masked' && as !== 'raw') throw new UsageError(`--as takes masked or raw, not "${as}".`);
    const [{ StagedFile }, { explained }] = await Promise.all([
      import('../source/staged-file.ts'),
      import('./gate-trouble.ts'),
    ]);
    return explained(
      () =>
        connected(invocation, async (connection) => {
          const file = await StagedFile.create(to, as === 'raw' ? 0o600 : 0o644);
          try {
            const response = await connection.send(`/custody/v1/quarantine/${batch}/release`, posted({ as, reason }));
            if (!response.ok) throw await refusal(response);
            if (response.body)
              for await (const chunk of Readable.fromWeb(response.body as never) as AsyncIterable<Uint8Array>)
                await file.write(chunk);
            await file.commit();
            const entry = Number(response.headers.get('custody-entry'));
            const { out } = invocation;
            if (out.json)
              out.write(`${JSON.stringify({ batch: invocation.positionals[0], to, as, bytes: file.bytes, entry })}\n`);
            else
              out.write(
                `Released to ${to} (${file.bytes} bytes), entry ${entry}. custody quarantine destroy removes the batch.\n`,
              );
            return EXIT.ok;
          } catch (error) {
            await file.discard();
            if (error instanceof TypeError)
              throw new CommandError(
                'The connection broke while the rows came.',
                'Nothing was put in place. The release is recorded; release again for the rows.',
              );
            throw error;
          }
        }),
      '',
    );
  },
};

export const quarantineDestroy: Command = {
  name: 'quarantine destroy',
  arguments: 'BATCH',
  summary: 'destroy a batch for good: its key, then its rows',
  example: 'custody quarantine destroy 0d8fb9d6-9a2c-4f28-8b42-5d8a0bb0d9d1 --reason "Not needed"',
  details: 'Takes the role officer or admin. No copy of the batch can be read after it.',
  options: { ...REASON, ...CONNECTION_OPTIONS },
  run(invocation) {
    const batch = batchOf(invocation);
    const reason = reasonOf(invocation);
    return connected(invocation, async (connection) => {
      const { destroyed } = await connection.json<{ destroyed: { entry: number } }>(
        `/custody/v1/quarantine/${batch}/destroy`,
        posted({ reason }),
      );
      const { out } = invocation;
      if (out.json) out.write(`${JSON.stringify({ batch: invocation.positionals[0], entry: destroyed.entry })}\n`);
      else out.write(`Destroyed, entry ${destroyed.entry}.\n`);
      return EXIT.ok;
    });
  },
};
