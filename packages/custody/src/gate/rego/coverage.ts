/** Which lines of a policy were evaluated: each statement when it is reached, each rule when it gives a value. */
import type { Module } from './ast.ts';
import type { Place } from './rego-error.ts';

export interface FileCoverage {
  readonly covered: readonly number[];
  readonly missed: readonly number[];
}

export class Coverage {
  readonly #hits = new Map<string, Set<number>>();
  /** The place of the statement that was reached last. */
  last: Place | null = null;

  readonly hit = (place: Place): void => {
    this.last = place;
    let lines = this.#hits.get(place.file);
    if (lines === undefined) this.#hits.set(place.file, (lines = new Set()));
    lines.add(place.line);
  };

  /** Rules that gave a value. */
  readonly #held = new Map<string, Place>();

  readonly hold = (place: Place): void => {
    this.hit(place);
    this.#held.set(`${place.file}:${place.line}`, place);
  };

  get held(): Iterable<Place> {
    return this.#held.values();
  }

  reset(): void {
    this.#hits.clear();
    this.#held.clear();
    this.last = null;
  }

  of(module: Module): FileCoverage {
    const hits = this.#hits.get(module.file) ?? new Set();
    const lines = [...coverableLines(module)].sort((a, b) => a - b);
    return { covered: lines.filter((line) => hits.has(line)), missed: lines.filter((line) => !hits.has(line)) };
  }
}

/** From 0 to 100, to one decimal; 100 where nothing can be covered. */
export function percentage(files: Iterable<FileCoverage>): number {
  let covered = 0;
  let all = 0;
  for (const file of files) {
    covered += file.covered.length;
    all += file.covered.length + file.missed.length;
  }
  return all === 0 ? 100 : Math.round((covered / all) * 1000) / 10;
}

function coverableLines(module: Module): Set<number> {
  const lines = new Set<number>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { expression, place } = node as { expression?: unknown; place?: Place };
    if (expression !== undefined && place !== undefined) lines.add(place.line);
    for (const [key, child] of Object.entries(node)) if (key !== 'place' && key !== 'value') visit(child);
    const { value } = node as { value?: unknown };
    // The value of a term of kind value is data, not syntax.
    if ((node as { kind?: string }).kind !== 'value') visit(value);
  };
  for (const rule of module.rules) {
    if (rule.default) continue;
    lines.add(rule.place.line);
    visit([rule.args, rule.path, rule.key, rule.value, rule.body]);
    for (const other of rule.elses) {
      lines.add(other.place.line);
      visit([other.value, other.body]);
    }
  }
  return lines;
}
