/** Lineage of a notebook: what its cells read and write, and what flows from where to where. */
import { Evaluator } from '../airflow/evaluator.ts';
import { syntaxOf, type Syntax } from '../airflow/syntax.ts';
import { renderedArguments } from './call.ts';
import { LineageLedger, type FlowFacts, type PlaceFacts, type UnknownFacts } from './ledger.ts';
import { pythonCells, SHELL_CALL, SQL_CALL, type CodeCell } from './python-cells.ts';
import { FollowedEnough, LineageWalk } from './walk.ts';

export interface NotebookCall {
  /** Dotted name through the imports. */
  readonly name: string;
  readonly cell: number;
  readonly line: number;
  /** By name; by position under `0`, `1`, ... A literal where a secret belongs is `{"secret":"***"}`. */
  readonly args: Readonly<Record<string, unknown>>;
}

export interface NotebookLineage {
  readonly reads: readonly PlaceFacts[];
  readonly writes: readonly PlaceFacts[];
  readonly flows: readonly FlowFacts[];
  readonly calls: readonly NotebookCall[];
  readonly unknowns: readonly UnknownFacts[];
  /** Why nothing was followed, or null. */
  readonly lineageUnread: string | null;
}

export const NO_LINEAGE: NotebookLineage = {
  reads: [],
  writes: [],
  flows: [],
  calls: [],
  unknowns: [],
  lineageUnread: null,
};

const CHARS_MAX = 1_000_000;
const CALLS_MAX = 2_000;
/** For all parses of a notebook. */
const PARSE_MS_MAX = 1_500;

/**
 * `isOutOfOrder`: the cells were run in another order than they stand in, so what that makes is followed too. `now`:
 * milliseconds, which bound how long it takes. Never throws for what the cells hold. */
export async function notebookLineage(
  cells: readonly CodeCell[],
  language: string,
  isOutOfOrder: boolean,
  now: () => number,
): Promise<NotebookLineage> {
  if (!/^(?:python\d?|ipython|pyspark|)$/i.test(language))
    return { ...NO_LINEAGE, lineageUnread: `its cells are ${language.slice(0, 40)}, not Python` };
  const whole = pythonCells(cells);
  if (whole.text.length > CHARS_MAX)
    return { ...NO_LINEAGE, lineageUnread: `its code is larger than ${CHARS_MAX} characters` };
  const ledger = new LineageLedger(whole);
  const syntax = await readable(whole.text, whole.places, ledger, now);
  const run = new Evaluator('notebook.py', syntax, { now, msMax: 2_000, modules: new Map() });
  const walk = new LineageWalk(run, ledger, now);
  const calls = new Map<string, NotebookCall>();
  walk.onCall = (name, line, given) => {
    const at = ledger.at(line);
    if (calls.size < CALLS_MAX && name !== SQL_CALL && name !== SHELL_CALL) {
      const call = { name, ...at, args: renderedArguments(given) };
      calls.set(JSON.stringify(call), call);
    }
  };
  try {
    walk.module(syntax.root);
    walk.uncalled();
    if (isOutOfOrder) {
      // Names that a later cell defines are known now.
      ledger.isOtherOrder = true;
      walk.module(syntax.root);
    }
  } catch (error) {
    if (error instanceof FollowedEnough) ledger.unknown(1, `following the data stopped: ${error.message}`);
    else if (error instanceof RangeError) ledger.unknown(1, 'following the data stopped: too deeply nested');
    else throw error;
  }
  return {
    reads: [...ledger.reads.values()],
    writes: [...ledger.writes.values()],
    flows: [...ledger.flows.values()],
    calls: [...calls.values()],
    unknowns: [...ledger.unknowns.values()],
    lineageUnread: null,
  };
}

/** The tree of all cells; a cell that is no Python is left out and told, so that it takes no other with it. */
async function readable(
  text: string,
  places: readonly { readonly cell: number }[],
  ledger: LineageLedger,
  now: () => number,
): Promise<Syntax> {
  const from = now();
  const left = (): number => PARSE_MS_MAX - (now() - from);
  const syntax = await syntaxOf(text, now, left());
  if (!syntax.isPartial) return syntax;
  const lines = text.split('\n');
  for (let at = 0; at < lines.length;) {
    let to = at;
    while (to < lines.length && places[to]?.cell === places[at]?.cell) to++;
    const isRead = left() > 0 && !(await syntaxOf(lines.slice(at, to).join('\n'), now, left())).isPartial;
    if (!isRead) {
      ledger.unknown(at + 1, 'part of this cell is not Python that can be read');
      lines.fill('', at, to);
    }
    at = to;
  }
  return syntaxOf(lines.join('\n'), now, Math.max(left(), 100));
}
