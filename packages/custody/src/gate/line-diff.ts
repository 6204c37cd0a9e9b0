/** Lines of two texts set against one another: the longest common subsequence, found within bounds. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Line numbers from 1; null on the side where the line is not. */
  readonly before: number | null;
  readonly after: number | null;
}

/** Cells of the table; beyond them the middle is told as removed and added. */
const CELLS_MAX = 4_000_000;

export function diffLines(before: string, after: string): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const found: DiffLine[] = [];
  const same = (i: number, j: number): void =>
    void found.push({ kind: 'same', text: a[i] as string, before: i + 1, after: j + 1 });
  const removed = (i: number): void =>
    void found.push({ kind: 'removed', text: a[i] as string, before: i + 1, after: null });
  const added = (j: number): void =>
    void found.push({ kind: 'added', text: b[j] as string, before: null, after: j + 1 });
  for (let i = 0; i < start; i++) same(i, i);
  const rows = a.length - start - end;
  const columns = b.length - start - end;
  if (rows * columns > CELLS_MAX) {
    for (let i = 0; i < rows; i++) removed(start + i);
    for (let j = 0; j < columns; j++) added(start + j);
  } else {
    // common[i][j]: the longest common subsequence of what follows i and j.
    const width = columns + 1;
    const common = new Uint32Array((rows + 1) * width);
    for (let i = rows - 1; i >= 0; i--)
      for (let j = columns - 1; j >= 0; j--)
        common[i * width + j] =
          a[start + i] === b[start + j]
            ? (common[(i + 1) * width + j + 1] as number) + 1
            : Math.max(common[(i + 1) * width + j] as number, common[i * width + j + 1] as number);
    let i = 0;
    let j = 0;
    while (i < rows || j < columns) {
      if (i < rows && j < columns && a[start + i] === b[start + j]) same(start + i++, start + j++);
      else if (
        j >= columns ||
        (i < rows && (common[(i + 1) * width + j] as number) >= (common[i * width + j + 1] as number))
      )
        removed(start + i++);
      else added(start + j++);
    }
  }
  for (let i = a.length - end, j = b.length - end; i < a.length; i++, j++) same(i, j);
  return found;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
