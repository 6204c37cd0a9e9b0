/** Makes decisions with what is in force and hands each to the log. */
import type { Outcome } from '../event/policy-event.ts';
import { outcomeOf } from '../gate/outcome.ts';
import { summaryOf } from '../gate/summary.ts';
import { RegoError, toJson, type Bindings, type Value } from '../gate/rego/index.ts';
import type { DecisionLog } from './decision-log.ts';
import type { PolicyStore } from './policy-store.ts';

export interface Decision<T> {
  readonly id: string;
  readonly value: T | undefined;
  readonly error: RegoError | null;
  readonly nanos: number;
}

export interface Asked {
  readonly input: Value | undefined;
  /** Name of whoever asks. */
  readonly by: string;
  readonly strictBuiltinErrors?: boolean;
}

export class Decider {
  readonly #store: PolicyStore;
  readonly #log: DecisionLog;
  readonly #now: () => Date;

  constructor(store: PolicyStore, log: DecisionLog, now: () => Date) {
    this.#store = store;
    this.#log = log;
    this.#now = now;
  }

  /** Whether the log can take another decision. */
  get hasRoom(): boolean {
    return this.#log.hasRoom;
  }

  /** The document at a path below `data`. An error of the evaluation is part of the decision. */
  decide(path: readonly string[], asked: Asked): Decision<Value> {
    const { current } = this.#store;
    const made = this.#timed(() => current.policy.documentAt(path, { ...this.#options(asked) }));
    const outcome = made.error === null ? outcomeOf(path, made.value) : 'error';
    const result = made.value === undefined ? null : toJson(made.value);
    return {
      ...made,
      id: this.#take(path, asked, outcome, made.error === null ? result : errorText(made.error), made.nanos),
    };
  }

  /** Every solution of a query of one's own. */
  query(query: string, asked: Asked): Decision<Bindings[]> {
    const { current } = this.#store;
    const made = this.#timed(() => current.policy.solutions(query, this.#options(asked)));
    const answer = made.error === null ? solutionsText(made.value ?? []) : errorText(made.error);
    const outcome: Outcome = made.error === null ? 'value' : 'error';
    // The question may name anybody, so it is kept with the answer and not in the entry.
    return {
      ...made,
      id: this.#take(['query'], asked, outcome, `{"query":${JSON.stringify(query)},"answer":${answer}}`, made.nanos),
    };
  }

  #options({ input, strictBuiltinErrors }: Asked) {
    return {
      ...(input !== undefined && { input }),
      ...(strictBuiltinErrors === true && { strictBuiltinErrors }),
      nowNs: BigInt(this.#now().getTime()) * 1_000_000n,
    };
  }

  #timed<T>(run: () => T): { value: T | undefined; error: RegoError | null; nanos: number } {
    const start = process.hrtime.bigint();
    try {
      const value = run();
      return { value, error: null, nanos: Number(process.hrtime.bigint() - start) };
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
      return { value: undefined, error, nanos: Number(process.hrtime.bigint() - start) };
    }
  }

  #take(path: readonly string[], { input, by }: Asked, outcome: Outcome, result: string | null, nanos: number): string {
    const { current } = this.#store;
    return this.#log.take({
      path,
      policy: current.ownerOf(path),
      bundle: current.digest,
      input: input === undefined ? null : toJson(input),
      result,
      outcome,
      summary: summaryOf(input, current.vocabulary),
      micros: Math.round(nanos / 1_000),
      by,
    });
  }
}

const errorText = (error: RegoError): string => JSON.stringify(error.format());

export const solutionsText = (solutions: readonly Bindings[]): string =>
  `[${solutions
    .map(
      (bindings) => `{${[...bindings].map(([name, value]) => `${JSON.stringify(name)}:${toJson(value)}`).join(',')}}`,
    )
    .join(',')}]`;
