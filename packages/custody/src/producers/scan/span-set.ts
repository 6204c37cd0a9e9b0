/** Spans that do not overlap, in order, so that whether a place is taken is a search by halves. */
import type { Span } from './finding.ts';

export class SpanSet<T extends Span> {
  readonly #spans: T[] = [];

  constructor(spans: Iterable<T> = []) {
    for (const span of spans) this.add(span);
  }

  /** The spans from left to right. */
  get all(): readonly T[] {
    return this.#spans;
  }

  /** The place of the first span that ends after `at`. */
  #after(at: number): number {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle]!.end > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  overlaps(start: number, end: number): boolean {
    const next = this.#spans[this.#after(start)];
    return next !== undefined && next.start < end;
  }

  /** Adds a span where nothing is yet; tells whether it did. */
  add(span: T): boolean {
    const at = this.#after(span.start);
    const next = this.#spans[at];
    if (next !== undefined && next.start < span.end) return false;
    if (at === this.#spans.length) this.#spans.push(span);
    else this.#spans.splice(at, 0, span);
    return true;
  }
}
