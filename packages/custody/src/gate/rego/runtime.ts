/** What one decision carries through the compiled closures. */
import { limitError, type RegoError } from './rego-error.ts';
import type { Node } from './document.ts';
import type { RegoObject, Value } from './value.ts';

export interface Limits {
  /** Iterations, calls and units of regex work in one query. */
  readonly stepsMax: number;
  /** Values gathered in results and comprehensions, and characters of text made by built-ins, in one query. */
  readonly sizeMax: number;
  /** Rules and functions calling one another. */
  readonly depthMax: number;
}

export const DEFAULT_LIMITS: Limits = { stepsMax: 20_000_000, sizeMax: 50_000_000, depthMax: 400 };

/** `http.send`, where the host allows it: synchronous, for a decision is. */
export type HttpSend = (request: RegoObject) => Value;

/** What the whole query shares, `with` or not. */
export class Budget {
  readonly limits: Limits;
  readonly #stepsMax: number;
  readonly #nowNs: bigint | null;
  readonly strict: boolean;
  readonly httpSend: HttpSend | null;
  /** Where `print` goes; null where nobody listens. */
  print: ((text: string) => void) | null = null;
  /** Of the built-ins that must answer the same twice in one decision: random numbers, UUIDs. */
  #memo: Map<string, Value> | null = null;
  readonly seed: string;
  #clock: bigint | null = null;
  steps = 0;
  size = 0;
  depth = 0;

  constructor(limits: Limits, nowNs: bigint | null, strict: boolean, httpSend: HttpSend | null, seed: string) {
    this.limits = limits;
    this.#stepsMax = limits.stepsMax;
    this.#nowNs = nowNs;
    this.strict = strict;
    this.httpSend = httpSend;
    this.seed = seed;
  }

  /** One instant for the whole decision; the clock is read only if the host gave no time. */
  get nowNs(): bigint {
    this.#clock ??= this.#nowNs ?? BigInt(Date.now()) * 1_000_000n;
    return this.#clock;
  }

  get memo(): Map<string, Value> {
    return (this.#memo ??= new Map());
  }

  step(count = 1): void {
    this.steps += count;
    if (this.steps > this.#stepsMax) throw limitError(`more than ${this.limits.stepsMax} steps`);
  }

  grow(count: number): void {
    this.size += count;
    if (this.size > this.limits.sizeMax) throw limitError(`results larger than ${this.limits.sizeMax}`);
  }

  enter(): void {
    if (++this.depth > this.limits.depthMax) throw limitError(`rules nested deeper than ${this.limits.depthMax}`);
    if (++this.steps > this.#stepsMax) throw limitError(`more than ${this.limits.stepsMax} steps`);
  }
}

/** What `with` puts in place of a function. */
export type Mock =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'function'; readonly node: Node }
  | { readonly kind: 'builtin'; readonly name: string };

export class Runtime {
  readonly budget: Budget;
  readonly input: Value | undefined;
  readonly data: RegoObject;
  /** Nodes whose rules `with` has replaced; null where there are none, which is nearly always. */
  readonly replaced: ReadonlySet<Node> | null;
  readonly mocks: ReadonlyMap<string, Mock> | null;
  /** Results of rules and of constant paths, by the number of the cell. A new runtime begins empty. */
  readonly cache: unknown[];
  readonly outer: Runtime | null;

  constructor(
    budget: Budget,
    input: Value | undefined,
    data: RegoObject,
    cells: number,
    replaced: ReadonlySet<Node> | null = null,
    mocks: ReadonlyMap<string, Mock> | null = null,
    outer: Runtime | null = null,
  ) {
    this.budget = budget;
    this.input = input;
    this.data = data;
    // oxlint-disable-next-line unicorn/no-new-array
    this.cache = new Array<unknown>(cells);
    this.replaced = replaced;
    this.mocks = mocks;
    this.outer = outer;
  }
}

/** The end of the JavaScript stack, met in spite of the limits, by name. */
export const stackError = (): RegoError => limitError('evaluation nested too deep for the stack');

export type Slots = (Value | undefined)[];
/** Runs the rest of a body for each solution. True stops the search. */
export type Exec = (rt: Runtime, s: Slots) => boolean;
export type Ev = (rt: Runtime, s: Slots) => Value | undefined;
