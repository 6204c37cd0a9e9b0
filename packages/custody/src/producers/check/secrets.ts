/** Secrets in a text file, by the detector of the gatekeeper: where each is and of which kind, never what it is. */
import { detectSecrets, formsFor } from '../scan/index.ts';

export interface SecretPlace {
  readonly type: string;
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly confidence: number;
}

export interface SecretsFacts {
  readonly kind: 'secrets';
  readonly path: string;
  readonly secrets: readonly SecretPlace[];
}

/** A literal that only looks random is often a digest: it is told with little confidence, and no rule refuses it. */
export function secretsIn(path: string, text: string): SecretsFacts {
  const starts = lineStarts(text);
  const seen = new Set<string>();
  const secrets: SecretPlace[] = [];
  const found = [...detectSecrets(text, path, formsFor)].sort(
    (a, b) => a.start - b.start || b.confidence - a.confidence,
  );
  let end = -1;
  for (const one of found) {
    // Of findings that overlap, the first and surest.
    if (one.start < end) continue;
    end = one.end;
    const line = lineAt(starts, one.start);
    const column = one.start - starts[line - 1]! + 1;
    if (seen.has(`${line} ${column}`)) continue;
    seen.add(`${line} ${column}`);
    secrets.push({ type: one.type, rule: one.rule, line, column, confidence: one.confidence });
  }
  return { kind: 'secrets', path, secrets };
}

/** Offsets at which lines begin. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line, from 1, of an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
