/** The command that gives the same answer in a terminal. With `known` it gives the same tomorrow. */

export interface CommandLine {
  /** To copy: one line. */
  readonly text: string;
  /** The same, folded for a narrow column. */
  readonly shown: string;
}

interface AsOfEntries {
  readonly at: string | null;
  /** Entries the answer rests on. */
  readonly entries: number;
}

interface Traced extends AsOfEntries {
  readonly asset: string;
  readonly direction: 'both' | 'up' | 'down';
  readonly depth: number;
}

export const traceCommand = ({ asset, direction, depth, ...asOf }: Traced): CommandLine =>
  commandLine(['custody trace', quoted(asset), ...side(direction), `--depth ${depth}`, ...times(asOf)]);

export const columnsCommand = ({ asset, column, direction, depth, ...asOf }: Traced & { readonly column: string }) =>
  commandLine([
    'custody lineage columns',
    quoted(asset),
    quoted(column),
    ...side(direction),
    `--depth ${depth}`,
    ...times(asOf),
  ]);

export const blastCommand = ({
  asset,
  columns,
  version,
  from,
  to,
  ...asOf
}: AsOfEntries & {
  readonly asset: string;
  readonly columns: readonly string[] | null;
  readonly version: string | null;
  readonly from: string | null;
  readonly to: string | null;
}): CommandLine =>
  commandLine([
    'custody blast',
    quoted(asset),
    ...(columns === null ? [] : [`--column ${quoted(columns.join(','))}`]),
    ...(version === null ? [] : [`--version ${quoted(version)}`]),
    ...(from === null ? [] : [`--from ${from}`]),
    ...(to === null ? [] : [`--to ${to}`]),
    ...times(asOf),
  ]);

export const pathCommand = ({ from, to, ...asOf }: AsOfEntries & { readonly from: string; readonly to: string }) =>
  commandLine(['custody lineage path', quoted(from), quoted(to), ...times(asOf)]);

export const differenceCommand = ({
  asset,
  direction,
  depth,
  from,
  fromKnown,
  ...asOf
}: Traced & { readonly from: string | null; readonly fromKnown: string | null }): CommandLine =>
  commandLine([
    'custody lineage diff',
    quoted(asset),
    ...(from === null ? [] : [`--from ${from}`]),
    ...(fromKnown === null ? [] : [`--from-known ${fromKnown}`]),
    ...side(direction),
    `--depth ${depth}`,
    ...times(asOf),
  ]);

export const gapsCommand = ({ asset, direction, ...asOf }: Omit<Traced, 'depth'>): CommandLine =>
  commandLine([
    'custody lineage gaps',
    quoted(asset),
    ...(direction === 'up' ? [] : [`--${direction}`]),
    ...times(asOf),
  ]);

export const causesCommand = ({
  asset,
  metric,
  fall,
  ...asOf
}: AsOfEntries & { readonly asset: string; readonly metric: string; readonly fall: string | null }): CommandLine =>
  commandLine([
    'custody causes',
    quoted(asset),
    `--metric ${quoted(metric)}`,
    ...(fall === null ? [] : [`--fall ${fall}`]),
    ...times(asOf),
  ]);

/** Rows need the bytes, which the command line compares. */
export const datasetDiffCommand = (dataset: string, from: string, to: string): string =>
  `custody dataset diff ${quoted(dataset)} ${quoted(from)} ${quoted(to)}`;

export const commandLine = (parts: readonly string[]): CommandLine => ({
  text: parts.join(' '),
  shown: parts.join(' \\\n  '),
});

const side = (direction: Traced['direction']): readonly string[] => (direction === 'both' ? [] : [`--${direction}`]);

const times = ({ at, entries }: AsOfEntries): readonly string[] => [
  ...(at === null ? [] : [`--at ${at}`]),
  `--known ${entries}`,
];

/** Quoted for a POSIX shell, if it needs to be. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
