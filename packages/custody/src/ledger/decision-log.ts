/**
 * Decisions into the ledger, off the path of whoever asked: they wait in a queue and are appended many at a time. What
 * cannot be appended stays in the queue and is tried again; while the queue is full no further decision is made, so that
 * none is made that the log does not get.
 */
import { createHmac, randomUUID } from 'node:crypto';
import type { GateDecision } from '../event/policy-event.ts';
import type { ActivePolicy } from '../gate/policy-set.ts';
import type { Draft, Ledger } from './ledger.ts';
import { bindPayload } from './payload.ts';

export interface Decided {
  readonly path: readonly string[];
  readonly policy: ActivePolicy | null;
  /** Digest of the set. */
  readonly bundle: string;
  /** As JSON text: what was asked with and what was answered; null where there was none. */
  readonly input: string | null;
  readonly result: string | null;
  readonly outcome: GateDecision['outcome'];
  readonly summary: GateDecision['summary'];
  readonly micros: number;
  readonly by: string;
}

interface Waiting {
  readonly draft: Draft;
  readonly payload: Buffer;
}

const WAITING_MAX = 20_000;
const OUTSTANDING_MAX = 1_024;
const RETRY_MS = 1_000;

export class DecisionLog {
  readonly #ledger: Ledger;
  readonly #key: Uint8Array;
  readonly #now: () => Date;
  readonly #waiting: Waiting[] = [];
  #outstanding = 0;
  #retry: NodeJS.Timeout | null = null;
  #idle: (() => void)[] = [];
  /** Why the last append failed; null while they succeed. */
  #failure: unknown = null;

  /** `key`: 32 secret bytes, for the digests of inputs. */
  constructor(ledger: Ledger, key: Uint8Array, now: () => Date) {
    this.#ledger = ledger;
    this.#key = key;
    this.#now = now;
  }

  /** Whether another decision can be taken. */
  get hasRoom(): boolean {
    return this.#waiting.length + this.#outstanding < WAITING_MAX;
  }

  get waiting(): number {
    return this.#waiting.length + this.#outstanding;
  }

  get failure(): unknown {
    return this.#failure;
  }

  /** Takes a decision and gives its id. Returns at once. */
  take({ path, policy, bundle, input, result, outcome, summary, micros, by }: Decided): string {
    const id = randomUUID();
    const draft: Draft = {
      kind: 'gate.decision',
      id,
      by,
      decided: this.#now().toISOString(),
      path: path.join('/').slice(0, 500),
      policy: policy?.name ?? null,
      version: policy?.version ?? null,
      bundle,
      input: `hmac-sha256:${createHmac('sha256', this.#key)
        .update(input ?? '')
        .digest('hex')}`,
      outcome,
      summary,
      micros,
    };
    this.#waiting.push({
      draft,
      payload: Buffer.from(`{"input":${input ?? 'null'},"result":${result ?? 'null'}}`),
    });
    this.#append();
    return id;
  }

  #append(): void {
    while (this.#waiting.length > 0 && this.#outstanding < OUTSTANDING_MAX && this.#retry === null) {
      const next = this.#waiting.shift() as Waiting;
      this.#outstanding++;
      void this.#ledger.record(next.draft, bindPayload(next.payload, 'application/json')).then(
        () => {
          this.#outstanding--;
          this.#failure = null;
          this.#append();
        },
        (error: unknown) => {
          this.#outstanding--;
          this.#failure = error;
          this.#waiting.push(next);
          this.#retry ??= setTimeout(() => {
            this.#retry = null;
            this.#append();
          }, RETRY_MS).unref();
        },
      );
    }
    if (this.waiting === 0) for (const wake of this.#idle.splice(0)) wake();
  }

  /** Resolves when everything taken so far is durable, or appending fails. */
  async drain(): Promise<void> {
    if (this.waiting === 0 || this.#failure !== null) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
