/** Which policies are in force, which were before, and what they decided lately. */
import type { GateDecision, PolicyPublished } from '../event/policy-event.ts';

export interface PolicyVersion {
  readonly version: number;
  readonly entry: number;
  readonly recorded: string;
  readonly author: string;
  readonly by: string;
  readonly message: string;
  readonly digest: string;
  readonly files: number;
  readonly packages: readonly string[];
  readonly rollbackOf: number | null;
  readonly withdrawn: boolean;
}

/** Of one day (UTC). */
export interface DecisionDay {
  /** Days since 1970. */
  readonly day: number;
  allowed: number;
  refused: number;
  /** Values, undefined, errors. */
  other: number;
  lastRefused: number | null;
}

const DAY_MS = 86_400_000;
/** Days of counts that are kept. */
const DAYS_KEPT = 400;

export class PolicyTable {
  readonly #versions: Map<string, PolicyVersion[]>;
  readonly #days: Map<string, DecisionDay[]>;
  #decisions: number;

  constructor(saved?: SavedPolicies) {
    this.#versions = saved?.versions ?? new Map();
    this.#days = saved?.days ?? new Map();
    this.#decisions = saved?.decisions ?? 0;
  }

  publish(event: PolicyPublished, entry: number): void {
    const { version, recorded, author, by, message, digest, files, packages, rollbackOf, withdrawn } = event;
    let versions = this.#versions.get(event.policy);
    if (versions === undefined) this.#versions.set(event.policy, (versions = []));
    versions.push({
      version,
      entry,
      recorded,
      author,
      by,
      message,
      digest,
      files,
      packages,
      rollbackOf: rollbackOf ?? null,
      withdrawn: withdrawn === true,
    });
  }

  decide(event: GateDecision, entry: number): void {
    this.#decisions++;
    if (event.policy === null) return;
    let days = this.#days.get(event.policy);
    if (days === undefined) this.#days.set(event.policy, (days = []));
    const day = Math.floor(Date.parse(event.decided) / DAY_MS);
    let bucket = days.find((known) => known.day === day);
    if (bucket === undefined) {
      days.push((bucket = { day, allowed: 0, refused: 0, other: 0, lastRefused: null }));
      if (days.length > DAYS_KEPT) days.shift();
    }
    if (event.outcome === 'allow') bucket.allowed++;
    else if (event.outcome === 'deny') {
      bucket.refused++;
      bucket.lastRefused = entry;
    } else bucket.other++;
  }

  /** Decisions of all policies and of none. */
  get decisions(): number {
    return this.#decisions;
  }

  names(): string[] {
    return [...this.#versions.keys()].sort();
  }

  /** Every version, the first first; empty for a name that was never published. */
  versions(name: string): readonly PolicyVersion[] {
    return this.#versions.get(name) ?? [];
  }

  /** The version in force; null if there is none. */
  active(name: string): PolicyVersion | null {
    const last = this.versions(name).at(-1);
    return last === undefined || last.withdrawn ? null : last;
  }

  /** Days on which the policy decided, since a time in ms. */
  days(name: string, since: number): readonly DecisionDay[] {
    const from = Math.floor(since / DAY_MS);
    return (this.#days.get(name) ?? []).filter(({ day }) => day >= from).sort((a, b) => a.day - b.day);
  }

  save(): SavedPolicies {
    return { versions: this.#versions, days: this.#days, decisions: this.#decisions };
  }
}

export interface SavedPolicies {
  readonly versions: Map<string, PolicyVersion[]>;
  readonly days: Map<string, DecisionDay[]>;
  readonly decisions: number;
}
