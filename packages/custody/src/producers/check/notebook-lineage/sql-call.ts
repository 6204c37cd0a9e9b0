/** SQL and commands of the shell in a notebook: what they read and write, and frames and views that SQL names. */
import type { Scope } from '../airflow/value.ts';
import { Flow } from './flow.ts';
import { commandPlaces } from './shell-places.ts';
import { sqlPlaces } from './sql-places.ts';
import type { LineageWalk } from './walk.ts';

/** A table that SQL names: a view or a frame of the notebook, a place else. */
export function readTable(
  walk: LineageWalk,
  { name, kind }: { readonly name: string; readonly kind: 'file' | 'table' },
  by: string,
  line: number,
  into: Flow,
  scope: Scope,
): void {
  const view = walk.views.get(name.toLowerCase());
  const frame = view ?? (kind === 'table' && /^\w+$/.test(name) ? walk.find(name, scope) : null);
  if (view !== undefined || (frame !== null && frame.total().size > 0)) into.take(frame ?? null);
  else walk.ledger.read(name, kind, by, line, into);
}

export function sql(walk: LineageWalk, text: string, dialect: string, by: string, line: number, scope: Scope): Flow {
  const made = new Flow();
  const { inputs, outputs, isUnread } = sqlPlaces(text, dialect);
  if (
    isUnread &&
    inputs.length === 0 &&
    !/^\s*(?:set|use|attach|install|load|pragma|show|describe|drop|begin|commit|call)\b/i.test(text)
  )
    walk.ledger.unknown(line, 'SQL that could not be read');
  for (const output of outputs) {
    const value = new Flow();
    for (const input of output.inputs) readTable(walk, input, by, line, value, scope);
    walk.ledger.write(output.name, output.kind, by, line, value);
    if (output.kind === 'table') {
      const stored = Flow.of(value);
      stored.add(output.name, [walk.ledger.at(line).cell]);
      walk.views.set(output.name.toLowerCase(), stored);
    }
  }
  if (outputs.length === 0) for (const input of inputs) readTable(walk, input, by, line, made, scope);
  return made;
}

export function shell(walk: LineageWalk, command: string, line: number): Flow {
  const made = new Flow();
  for (const { from, to } of commandPlaces(command)) {
    const value = new Flow();
    walk.ledger.read(from, /^https?:/.test(from) ? 'url' : 'file', 'shell', line, value);
    if (to !== null) walk.ledger.write(to, 'file', 'shell', line, value);
    made.take(value);
  }
  return made;
}
