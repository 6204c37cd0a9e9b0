/**
 * How much work a text may cause. Names multiply: thirty CTEs that each join the one before with itself have a billion
 * columns. Every step that can multiply is counted (a column passed on, an origin copied, a table looked at), each
 * statement has an allowance that grows with its length, and beyond it draws on a pool that all statements of a text
 * share; so time and memory are bounded by the length of the text. What is left out is said in a diagnostic.
 */

interface Terms {
  /**
   * Free for each statement, and for each of its characters: more than statements in practice take (TPC-H and TPC-DS
   * with schema: at most 0.6 steps a character, in the middle 0.12).
   */
  readonly statement: number;
  readonly character: number;
  /** What one statement, and all statements of a text, may take beyond that. */
  readonly statementPool: number;
  readonly textPool: number;
}

class Allowance {
  private readonly terms: Terms;
  private pool: number;
  private free = 0;
  private statementPool = 0;

  constructor(terms: Terms) {
    this.terms = terms;
    this.pool = terms.textPool;
  }

  begin(characters: number): void {
    this.free = this.terms.statement + Math.floor(characters * this.terms.character);
    this.statementPool = this.terms.statementPool;
  }

  get left(): number {
    return this.free + Math.min(this.pool, this.statementPool);
  }

  take(count: number): void {
    if (count <= this.free) {
      this.free -= count;
      return;
    }
    const pooled = count - this.free;
    this.free = 0;
    this.pool -= pooled;
    this.statementPool -= pooled;
  }
}

/** Without columns, what a statement reads is still looked for, at most in so many places. */
const PLACES = 200_000;

export class Budget {
  private readonly steps = new Allowance({
    statement: 50,
    character: 0.8,
    statementPool: 200_000,
    textPool: 400_000,
  });
  // Counted apart, so that what was found before the steps ran out is given. They cost memory rather than time.
  private readonly kept = new Allowance({
    statement: 20,
    character: 1 / 8,
    statementPool: 100_000,
    textPool: 250_000,
  });
  private readonly keptInfluences = new Allowance({
    statement: 20,
    character: 1 / 8,
    statementPool: 20_000,
    textPool: 200_000,
  });
  private places = 0;
  /** The current statement has used up its steps. */
  gone = false;

  begin(characters: number): void {
    this.steps.begin(characters);
    this.kept.begin(characters);
    this.keptInfluences.begin(characters);
    this.places = PLACES;
    this.gone = false;
  }

  /** True where `steps` more may be taken; they are counted then. Nothing more once it was false. */
  spend(steps: number): boolean {
    if (this.gone) return false;
    if (steps > this.steps.left) {
      this.gone = true;
      return false;
    }
    this.steps.take(steps);
    return true;
  }

  /** One more query or table looked at: always within the budget, and for a while after it. */
  visit(): boolean {
    return this.spend(1) || --this.places > 0;
  }

  /** How many of so many edges may be kept; they are counted then. */
  edges(count: number): number {
    const kept = Math.min(count, this.kept.left);
    this.kept.take(kept);
    return kept;
  }

  /** True where one more influence may be kept. */
  influence(): boolean {
    if (this.keptInfluences.left < 1) return false;
    this.keptInfluences.take(1);
    return true;
  }
}
