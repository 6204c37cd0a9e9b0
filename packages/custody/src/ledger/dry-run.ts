/** A changed policy against the history: which past decisions would come out otherwise, and where the rules part. */
import type { GateDecision, Outcome } from '../event/policy-event.ts';
import { outcomeOf } from '../gate/outcome.ts';
import { PolicySet } from '../gate/policy-set.ts';
import { Coverage, parseJson, RegoError, toJson, type RegoObject, type Value } from '../gate/rego/index.ts';
import type { Ledger } from './ledger.ts';

export interface Flip {
  readonly entry: number;
  readonly decided: string;
  readonly path: string;
  readonly by: string;
  readonly summary: GateDecision['summary'];
  readonly was: Outcome;
  readonly would: Outcome;
  /** Results as JSON text; null for undefined. */
  readonly wasResult: string | null;
  readonly wouldResult: string | null;
  /** Rules that held then and do not now, and the other way, as FILE:LINE. */
  readonly heldThen: readonly string[];
  readonly holdsNow: readonly string[];
  /** The last statement that the changed policy reached. */
  readonly stopped: string | null;
}

export interface DryRun {
  readonly decisions: number;
  readonly same: number;
  /** Same outcome, another value. */
  readonly changed: number;
  /** Now denied that were allowed, now allowed that were denied, and all other turns. */
  readonly nowDenied: number;
  readonly nowAllowed: number;
  readonly otherwise: number;
  /** Input erased: cannot be asked again. */
  readonly erased: number;
  /** The first and last decision looked at. */
  readonly from: string | null;
  readonly to: string | null;
  /** More decisions lay in the time than were looked at. */
  readonly cut: boolean;
  readonly flips: readonly Flip[];
  readonly micros: number;
}

const DECISIONS_MAX = 50_000;
const FLIPS_EXPLAINED = 100;
const BATCH = 256;

interface Question {
  readonly entry: number;
  readonly event: GateDecision;
  readonly input: Value | undefined;
  readonly result: Value | undefined;
}

/** Asks every decision since `since` (ms) again. `before` is what is in force, `after` the change. */
export async function dryRun(
  ledger: Ledger,
  before: PolicySet,
  after: PolicySet,
  since: number,
  explain = FLIPS_EXPLAINED,
): Promise<DryRun> {
  const start = process.hrtime.bigint();
  const flips: Flip[] = [];
  const count = { decisions: 0, same: 0, changed: 0, nowDenied: 0, nowAllowed: 0, otherwise: 0, erased: 0 };
  let from: string | null = null;
  let to: string | null = null;
  let cut = false;
  const explainer = new Explainer(before, after);
  for await (const question of questions(ledger, since)) {
    if (count.decisions >= DECISIONS_MAX) {
      cut = true;
      break;
    }
    count.decisions++;
    if (question === 'erased') {
      count.erased++;
      continue;
    }
    from ??= question.event.decided;
    to = question.event.decided;
    const { event } = question;
    const answer = ask(after, question);
    const now = answer.error === null ? outcomeOf(event.path.split('/'), answer.value) : 'error';
    if (now === event.outcome) {
      if (text(answer.value) === text(question.result)) count.same++;
      else count.changed++;
      continue;
    }
    if (now === 'deny' && event.outcome === 'allow') count.nowDenied++;
    else if (now === 'allow' && event.outcome === 'deny') count.nowAllowed++;
    else count.otherwise++;
    if (flips.length < explain)
      flips.push({ ...explainer.explain(question), would: now, wouldResult: text(answer.value) ?? answer.error });
  }
  return { ...count, from, to, cut, flips, micros: Number((process.hrtime.bigint() - start) / 1000n) };
}

const text = (value: Value | undefined): string | null => (value === undefined ? null : toJson(value));

async function* questions(ledger: Ledger, since: number): AsyncGenerator<Question | 'erased'> {
  // The entry is appended a little after the decision, never before it.
  const first = await ledger.entriesKnownAt(since - 1);
  const end = ledger.log.size();
  for (let at = first; at < end; at += BATCH) {
    const events = await ledger.events(at, Math.min(end, at + BATCH));
    for (const [i, event] of events.entries()) {
      if (event.kind !== 'gate.decision' || event.path === 'query' || Date.parse(event.decided) < since) continue;
      const stored = await ledger.log.payload(at + i);
      if (stored.state !== 'present') {
        yield 'erased';
        continue;
      }
      const payload = parseJson(Buffer.from(stored.bytes).toString()) as RegoObject;
      const input = payload.get('input') ?? null;
      const result = payload.get('result') ?? null;
      yield {
        entry: at + i,
        event,
        input: input === null ? undefined : input,
        result: event.outcome === 'undefined' || event.outcome === 'error' ? undefined : result,
      };
    }
  }
}

/** At the time of the decision: `time.now_ns` answers what it answered then, to the millisecond. */
function ask(set: PolicySet, { event, input }: Question): { value: Value | undefined; error: string | null } {
  try {
    const value = set.policy.documentAt(event.path.split('/'), {
      ...(input !== undefined && { input }),
      nowNs: BigInt(Date.parse(event.decided)) * 1_000_000n,
      seed: event.id,
    });
    return { value, error: null };
  } catch (error) {
    if (!(error instanceof RegoError)) throw error;
    return { value: undefined, error: JSON.stringify(error.format()) };
  }
}

class Explainer {
  readonly #before: PolicySet;
  readonly #after: PolicySet;
  #traced: { readonly before: Traced; readonly after: Traced } | null = null;

  constructor(before: PolicySet, after: PolicySet) {
    this.#before = before;
    this.#after = after;
  }

  explain(question: Question): Omit<Flip, 'would' | 'wouldResult'> {
    this.#traced ??= { before: new Traced(this.#before), after: new Traced(this.#after) };
    const { entry, event } = question;
    const then = this.#traced.before.ask(question);
    const now = this.#traced.after.ask(question);
    const only = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] =>
      [...a].filter((rule) => !b.has(rule)).sort();
    return {
      entry,
      decided: event.decided,
      path: event.path,
      by: event.by,
      summary: event.summary,
      was: event.outcome,
      wasResult: text(question.result),
      heldThen: only(then.held, now.held),
      holdsNow: only(now.held, then.held),
      stopped: now.stopped,
    };
  }
}

/** A set compiled so that it tells which rules gave a value. */
class Traced {
  readonly #set: PolicySet;
  readonly #coverage = new Coverage();
  readonly #texts = new Map<string, readonly string[]>();

  constructor(set: PolicySet) {
    this.#set = set.covered(this.#coverage);
    for (const { name, files } of set.policies)
      for (const [file, source] of Object.entries(files)) this.#texts.set(`${name}/${file}`, source.split('\n'));
  }

  ask(question: Question): { held: ReadonlySet<string>; stopped: string | null } {
    this.#coverage.reset();
    ask(this.#set, question);
    const line = (file: string, n: number): string => `${file}:${n}: ${this.#texts.get(file)?.[n - 1]?.trim() ?? ''}`;
    const held = new Set([...this.#coverage.held].map(({ file, line: n }) => line(file, n)));
    const { last } = this.#coverage;
    return { held, stopped: last === null ? null : line(last.file, last.line) };
  }
}
