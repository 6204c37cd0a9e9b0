/** The command that gives the same answer in a terminal. */
import type { Lineage } from '../api/answers.ts';

export interface Traced {
  readonly asset: string;
  readonly direction: Lineage['direction'];
  readonly depth: number;
  readonly at: string | null;
  /** Entries the answer rests on: with it the answer is the same tomorrow. */
  readonly entries: number;
}

export function traceCommand(traced: Traced): string {
  return partsOf(traced).join(' ');
}

/** The same, folded for a narrow column. */
export function traceCommandShown(traced: Traced): string {
  return partsOf(traced).join(' \\\n  ');
}

function partsOf({ asset, direction, depth, at, entries }: Traced): readonly string[] {
  return [
    'custody trace',
    quoted(asset),
    ...(direction === 'both' ? [] : [`--${direction}`]),
    `--depth ${depth}`,
    ...(at === null ? [] : [`--at ${at}`]),
    `--known ${entries}`,
  ];
}

/** Quoted for a POSIX shell, if it needs to be. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
