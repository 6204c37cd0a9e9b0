/** Evaluates the rules over facts. */
import { compileModules, parseModule, type Module, type Policy } from '../rego/index.ts';
import { resourceTypesIn, typesOf } from './resource-types.ts';
import { rulesOf, type CheckRule } from './rule.ts';

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

interface AskedRule {
  readonly rule: CheckRule;
  readonly path: string;
  /** It finds nothing where none of these is. */
  readonly types: ReadonlySet<string> | null;
}

/** Of one rule in one file or project, so that no rule hides what another finds. */
const FINDINGS_MAX = 10_000;
/** No line and no column is larger; readers of reports keep them in 32 bits. */
const PLACE_MAX = 2_147_483_647;

/** A module that is parsed when it is needed. */
class RuleFile {
  readonly file: string;
  readonly text: string;
  /** Of `custody.check.KIND...`, as its package says; null for others. */
  readonly kind: string | null;
  #module: Module | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.kind = /^package\s+custody\.check\.(\w+)/m.exec(text)?.[1] ?? null;
  }

  get module(): Module {
    return (this.#module ??= parseModule(this.text, this.file));
  }
}

/** Rules are parsed and compiled when facts of their kind come: a repository without Terraform does not pay for its rules. */
export class Checker {
  readonly #files: readonly RuleFile[];
  readonly #data: unknown;
  readonly #policies = new Map<string, Policy>();
  readonly #asked = new Map<string, readonly AskedRule[]>();
  readonly #skipped: ReadonlySet<string>;
  #rules: ReadonlyMap<string, CheckRule> | undefined;

  /**
   * `modules`: Rego by file name. `settings`: `data.custody.settings`, what a repository says about itself. `skipped`: ids of
   * rules that are switched off. A mistake in a module is told when it is needed: `compileNow` tells it now.
   */
  constructor(
    modules: Readonly<Record<string, string>>,
    settings: Readonly<Record<string, unknown>> = {},
    skipped: readonly string[] = [],
  ) {
    this.#files = Object.entries(modules).map(([file, text]) => new RuleFile(file, text));
    this.#data = { custody: { settings: { forbidden_sources: [], ...settings } } };
    this.#skipped = new Set(skipped);
  }

  /** All rules by `KIND/NAME`. Throws RegoError. */
  get rules(): ReadonlyMap<string, CheckRule> {
    return (this.#rules ??= rulesOf(this.#files.map(({ module }) => module)));
  }

  /** Compiles these files now, with the rules beside them. Throws RegoError that names the first mistake. */
  compileNow(files: readonly string[]): void {
    const named = new Set(files);
    const kinds = new Set(this.#files.filter(({ file }) => named.has(file)).map(({ kind }) => kind));
    // Two rules of one id are told, whatever kinds they are of.
    void this.rules;
    for (const kind of kinds)
      if (kind === null) compileModules(this.#neededFor(null), this.#data, null);
      else this.#policyOf(kind);
  }

  /** Rules of a kind that are not off. */
  #rulesOf(kind: string): readonly AskedRule[] {
    let asked = this.#asked.get(kind);
    if (asked === undefined) {
      const files = this.#files.filter((file) => file.kind === kind);
      const texts = new Map(files.map(({ file, text }) => [file, text]));
      asked = [...rulesOf(files.map(({ module }) => module)).values()]
        .filter((rule) => !this.#skipped.has(rule.id))
        .map((rule) => ({
          rule,
          path: `data.custody.check.${kind}.${rule.name}.findings`,
          types: resourceTypesIn(texts.get(rule.file) ?? ''),
        }));
      this.#asked.set(kind, asked);
    }
    return asked;
  }

  #policyOf(kind: string): Policy {
    let policy = this.#policies.get(kind);
    if (policy === undefined) {
      policy = compileModules(this.#neededFor(kind), this.#data, null);
      this.#policies.set(kind, policy);
    }
    return policy;
  }

  /** The rules of a kind and what belongs to no kind; all, where one of those reads others of which only a compiler knows. */
  #neededFor(kind: string | null): readonly Module[] {
    const needed = this.#files.filter((file) => file.kind === kind || file.kind === null);
    const readsMore = needed.some(({ text }) => READS_MORE.test(text.replace(APART, '')));
    return (readsMore ? this.#files : needed).map(({ module }) => module);
  }

  /** What the rules of its kind find in facts, by place. Throws RegoError where a rule fails. */
  check(facts: CheckInput): CheckFinding[] {
    const there = typesOf(facts);
    const asked = this.#rulesOf(facts.kind).filter(
      ({ types }) => there === null || types === null || [...types].some((type) => there.has(type)),
    );
    if (asked.length === 0) return [];
    const found: CheckFinding[] = [];
    const answers = this.#policyOf(facts.kind).evaluateEach(
      asked.map(({ path }) => path),
      facts,
    );
    for (const [i, findings = []] of (answers as (readonly Record<string, unknown>[] | undefined)[]).entries())
      for (const finding of findings.slice(0, FINDINGS_MAX)) found.push(findingOf(asked[i]!.rule, facts.path, finding));
    return found.sort(byPlace);
  }
}

/** What of a module's text reads no other rules: strings, comments, the settings, what rules on Terraform or commands share. */
const APART = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|#.*|\bdata\.custody\.(?:settings|terraform|commands)\b/g;
const READS_MORE = /\bdata\b/;

export function findingOf(rule: CheckRule, path: string, given: Record<string, unknown>): CheckFinding {
  const number = (value: unknown) =>
    typeof value === 'number' && value >= 1 ? Math.min(Math.floor(value), PLACE_MAX) : 1;
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
