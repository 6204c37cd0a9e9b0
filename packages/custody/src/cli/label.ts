/** `custody label`: what gates suggest for columns, and what people say to it. */
import { EXIT, stringOf, UsageError, type Command, type Exit, type Invocation } from './command.ts';
import { connected, CONNECTION_OPTIONS, posted } from './connection.ts';
import { formatTable } from './table.ts';

interface Label {
  readonly dataset: { readonly namespace: string; readonly name: string };
  readonly column: string;
  readonly label: string;
  readonly state: string;
  readonly confidence: number | null;
  readonly by: string;
  readonly entry: number;
}

export const labelList: Command = {
  name: 'label list',
  arguments: '',
  summary: 'list labels of columns: suggested, accepted, rejected',
  example: 'custody label list --state suggested',
  options: {
    state: { type: 'string', value: 'STATE', help: 'only suggested, accepted or rejected' },
    ...CONNECTION_OPTIONS,
  },
  run: (invocation) =>
    connected(invocation, async (connection) => {
      const state = stringOf(invocation, 'state');
      if (state !== undefined && !['suggested', 'accepted', 'rejected'].includes(state))
        throw new UsageError('--state takes suggested, accepted or rejected.');
      const { items } = await connection.json<{ items: Label[] }>(
        `/custody/v1/labels${state === undefined ? '' : `?state=${state}`}`,
      );
      const { out } = invocation;
      if (out.json) out.write(`${JSON.stringify({ items })}\n`);
      else if (items.length === 0) out.note('There are no labels.');
      else
        out.write(
          formatTable(
            [
              { head: 'LABEL', value: ({ label }) => label },
              { head: 'STATE', value: ({ state: stands }) => stands },
              { head: 'BY', value: ({ by }) => by },
              { head: 'COLUMN', value: ({ column }) => column },
              { head: 'DATASET', value: ({ dataset }) => `${dataset.namespace}:${dataset.name}` },
            ],
            items,
          ),
        );
      return EXIT.ok;
    }),
};

const DECIDE = {
  reason: { type: 'string', short: 'r', value: 'TEXT', help: 'why; the log keeps it' },
  ...CONNECTION_OPTIONS,
} as const;

async function decide(invocation: Invocation, decision: 'accepted' | 'rejected'): Promise<Exit> {
  const [dataset, column, label] = invocation.positionals;
  const reason = stringOf(invocation, 'reason');
  if (dataset === undefined || column === undefined || label === undefined)
    throw new UsageError('Name dataset, column and label, as custody label list does.');
  if (reason === undefined) throw new UsageError('Say why with --reason.');
  return connected(invocation, async (connection) => {
    const { items } = await connection.json<{ items: Label[] }>('/custody/v1/labels');
    const known = items.find(
      (one) => one.dataset.name === dataset || `${one.dataset.namespace}:${one.dataset.name}` === dataset,
    );
    const colon = dataset.indexOf(':');
    const named = known?.dataset ?? {
      namespace: dataset.slice(0, Math.max(0, colon)) || 'file',
      name: dataset.slice(colon + 1),
    };
    const decided = await connection.json<Label>(
      '/custody/v1/labels',
      posted({ dataset: named, column, label, decision, reason }),
    );
    const { out } = invocation;
    if (out.json) out.write(`${JSON.stringify(decided)}\n`);
    else out.write(`${label} of ${column}: ${decided.state}, entry ${decided.entry}.\n`);
    return EXIT.ok;
  });
}

export const labelAccept: Command = {
  name: 'label accept',
  arguments: 'DATASET COLUMN LABEL',
  summary: 'accept a label of a column: rules by label apply to it',
  example: 'custody label accept file:/data/clean.csv text pii:EMAIL_ADDRESS --reason "Reviewers write addresses"',
  options: DECIDE,
  run: (invocation) => decide(invocation, 'accepted'),
};

export const labelReject: Command = {
  name: 'label reject',
  arguments: 'DATASET COLUMN LABEL',
  summary: 'reject a label of a column: it is not suggested again',
  example: 'custody label reject file:/data/clean.csv sku pii:UK_NHS --reason "Numbers of articles"',
  options: DECIDE,
  run: (invocation) => decide(invocation, 'rejected'),
};
