/** Evaluates the rules over facts. */
import { compile, type Policy } from '../rego/index.ts';
import { rulesIn, type CheckRule } from './rule.ts';

export interface CheckFinding {
  readonly rule: CheckRule;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Address of a resource, name of a task, where a rule says so. */
  readonly resource: string | null;
  readonly message: string;
}

/** What rules read of facts: a kind, and where they are from. */
export interface CheckInput {
  readonly kind: string;
  readonly path: string;
}

/** Of one rule in one file or project, so that no rule hides what another finds. */
const FINDINGS_MAX = 10_000;

export class Checker {
  readonly rules: ReadonlyMap<string, CheckRule>;
  readonly #policy: Policy;
  readonly #kinds: ReadonlySet<string>;
  readonly #skipped: ReadonlySet<string>;

  /**
   * `modules`: Rego by file name. `settings`: `data.custody.settings`, what a repository says about itself. `skipped`: ids of
   * rules that are switched off. Throws RegoError.
   */
  constructor(
    modules: Readonly<Record<string, string>>,
    settings: Readonly<Record<string, unknown>> = {},
    skipped: readonly string[] = [],
  ) {
    this.rules = rulesIn(modules);
    this.#policy = compile({ modules, data: { custody: { settings: { forbidden_sources: [], ...settings } } } });
    this.#kinds = new Set([...this.rules.values()].map(({ kind }) => kind));
    this.#skipped = new Set(skipped);
  }

  /** What the rules of its kind find in facts, by place. Throws RegoError where a rule fails. */
  check(facts: CheckInput): CheckFinding[] {
    if (!this.#kinds.has(facts.kind)) return [];
    const found: CheckFinding[] = [];
    const documents = this.#policy.evaluate(`data.custody.check.${facts.kind}`, facts) as Record<
      string,
      { findings?: readonly Record<string, unknown>[] }
    >;
    for (const [name, { findings = [] }] of Object.entries(documents ?? {})) {
      const rule = this.rules.get(`${facts.kind}/${name}`);
      if (rule === undefined || this.#skipped.has(rule.id)) continue;
      for (const finding of findings.slice(0, FINDINGS_MAX)) found.push(findingOf(rule, facts.path, finding));
    }
    return found.sort(byPlace);
  }
}

export function findingOf(rule: CheckRule, path: string, given: Record<string, unknown>): CheckFinding {
  const number = (value: unknown) => (typeof value === 'number' && value >= 1 ? Math.floor(value) : 1);
  const { file, resource, message } = given;
  return {
    rule,
    file: typeof file === 'string' ? file : path,
    line: number(given['line']),
    column: number(given['column']),
    resource: typeof resource === 'string' ? resource : null,
    message: typeof message === 'string' ? message : rule.title,
  };
}

export const byPlace = (a: CheckFinding, b: CheckFinding): number =>
  a.file < b.file
    ? -1
    : a.file > b.file
      ? 1
      : a.line - b.line || a.column - b.column || (a.rule.id < b.rule.id ? -1 : 1);
