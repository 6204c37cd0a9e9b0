/** Rules made ready: which rule decides about a column, and about a finding of a type in it. */
import { knownTypes } from '../../producers/scan/type.ts';
import { ON_DEMAND, type PlacedFinding } from '../../producers/scan/scanner.ts';
import { mask } from './action/mask.ts';
import { DigitTokens, HmacTokens, reversibleToken } from './action/token.ts';
import type { GateKeys, SubjectKeys } from './gate-keys.ts';
import { subjectId } from './subject-id.ts';
import { listOf, type GateRule, type GateRules } from './rules.ts';

/** What is done with a value. */
export type Deed =
  | { readonly kind: 'fail' | 'quarantine' | 'drop-row' | 'allow' | 'report' | 'drop-column' }
  /** Null: the value has no such replacement, and the row is set aside. */
  | { readonly kind: 'replace'; readonly to: (value: string, type: string, subject: string | null) => string | null };

export interface Decision {
  /** Name of the rule. */
  readonly rule: string;
  /** As it is called in reports: `mask`, `tokenise`, ... */
  readonly action: string;
  readonly deed: Deed;
  readonly minConfidence: number;
  /** Column whose value says whose value this is. */
  readonly subject: string | null;
  /** Position in the file. */
  readonly order: number;
}

interface ReadyRule extends Decision {
  readonly types: ReadonlySet<string>;
  readonly family: string | null;
  readonly columns: readonly RegExp[];
  readonly labels: ReadonlySet<string>;
  /** It is of whole values, not of findings alone. */
  readonly isWhole: boolean;
}

export interface ColumnRules {
  /** What is done with whole values; null where nothing is. */
  readonly whole: Decision | null;
  /** Is there anything to look for in it? */
  readonly isScanned: boolean;
  decide(finding: PlacedFinding): Decision;
}

export interface PlanOptions {
  readonly now: Date;
  readonly keys: GateKeys;
  readonly subjects: SubjectKeys;
  /** Labels that the catalog knows, by column; added to those of the file. */
  readonly labels?: ReadonlyMap<string, readonly string[]>;
  /** Quarantine becomes masking: for rows that a person releases so. */
  readonly isRelease?: boolean;
}

export class RulePlan {
  readonly #rules: readonly ReadyRule[];
  readonly #default: Decision;
  readonly #labels: ReadonlyMap<string, readonly string[]>;
  readonly #fileLabels: readonly (readonly [RegExp, readonly string[]])[];
  /** Types to look for; null: the scanner's own choice. Empty: nothing is looked for. */
  readonly types: ReadonlySet<string> | null;
  /** Names of `allow` rules whose time is over. */
  readonly expired: readonly string[];

  constructor(rules: GateRules, options: PlanOptions) {
    const today = options.now.toISOString().slice(0, 10);
    const numbered = rules.rules.map((rule, order) => ({ rule, order }));
    const isOver = (rule: GateRule): boolean => rule.action === 'allow' && rule.until < today;
    this.expired = numbered.filter(({ rule }) => isOver(rule)).map(({ rule, order }) => nameOf(rule, order));
    this.#rules = numbered.filter(({ rule }) => !isOver(rule)).map(({ rule, order }) => ready(rule, order, options));
    this.#labels = options.labels ?? new Map();
    this.#fileLabels = Object.entries(rules.labels).map(
      ([column, labels]) => [globOf(column), listOf(labels)] as const,
    );
    this.#default = {
      rule: 'default',
      action: rules.default,
      deed: defaultDeed(options.isRelease === true && rules.default === 'quarantine' ? 'mask' : rules.default),
      minConfidence: 0,
      subject: null,
      order: Infinity,
    };
    const named = new Set(this.#rules.flatMap(({ types }) => [...types]));
    this.types =
      rules.detect === 'all'
        ? new Set(knownTypes())
        : rules.detect === 'nothing'
          ? named
          : [...named].some((type) => ON_DEMAND.has(type))
            ? new Set(knownTypes().filter((type) => !ON_DEMAND.has(type) || named.has(type)))
            : null;
  }

  /** The rules of a column, by its name. */
  columnRules(column: string): ColumnRules {
    const labels = new Set([
      ...(this.#labels.get(column) ?? []),
      ...this.#fileLabels.flatMap(([glob, names]) => (glob.test(column) ? names : [])),
    ]);
    const rules = this.#rules.filter(
      (rule) =>
        (rule.columns.length === 0 || rule.columns.some((glob) => glob.test(column))) &&
        (rule.labels.size === 0 || [...rule.labels].some((label) => labels.has(label))),
    );
    // The first rule of whole values decides about the value; later ones would find nothing left of it.
    const at = rules.findIndex(({ isWhole }) => isWhole);
    const first = at < 0 ? null : rules[at]!;
    const isReplaced = first !== null && (first.deed.kind === 'replace' || first.deed.kind === 'drop-column');
    const byType = new Map<string, readonly Decision[]>();
    const fallback = this.#default;
    return {
      whole: first !== null && first.deed.kind !== 'allow' ? first : null,
      isScanned: !(this.types?.size === 0) && !(isReplaced && at === 0),
      decide(finding) {
        let candidates = byType.get(finding.type);
        if (!candidates) {
          candidates = rules.filter(
            ({ types, family, isWhole }) =>
              isWhole ||
              (types.size > 0
                ? types.has(finding.type) && (family === null || family === finding.family)
                : family === finding.family),
          );
          byType.set(finding.type, candidates);
        }
        for (const one of candidates) if (finding.confidence >= one.minConfidence) return one;
        return fallback;
      },
    };
  }
}

const nameOf = (rule: GateRule, order: number): string => rule.name ?? `rules[${order}]`;

/** `*` stands for any characters, dots of paths included. */
const globOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split(/\*+/)
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('[^]*')}$`,
  );

function ready(rule: GateRule, order: number, options: PlanOptions): ReadyRule {
  const { types, family, columns, labels } = rule;
  return {
    rule: nameOf(rule, order),
    order,
    action: rule.action === 'drop' && rule.of !== 'value' ? `drop-${rule.of}` : rule.action,
    deed: deedOf(rule, options),
    minConfidence: rule.min_confidence ?? 0,
    subject: rule.action === 'tokenise' ? (rule.subject ?? null) : null,
    types: new Set(listOf(types)),
    family: family ?? null,
    columns: listOf(columns).map(globOf),
    labels: new Set(listOf(labels)),
    isWhole: types === undefined && family === undefined,
  };
}

function deedOf(rule: GateRule, { keys, subjects, isRelease }: PlanOptions): Deed {
  switch (rule.action) {
    case 'fail':
    case 'allow':
      return { kind: rule.action };
    case 'quarantine':
      return isRelease === true ? defaultDeed('mask') : { kind: 'quarantine' };
    case 'mask': {
      const { with: text, keep } = rule;
      return { kind: 'replace', to: (value, type) => text ?? mask(value, keep, type) };
    }
    case 'tokenise': {
      if (rule.method === 'reversible') {
        const subjectKey = keys.keyFor('subject');
        return {
          kind: 'replace',
          to: (value, _, subject) =>
            subject === null || subject === ''
              ? null
              : reversibleToken(value, subjectId(subjectKey, subject), subjects),
        };
      }
      const tokens = rule.method === 'hmac' ? new HmacTokens(keys, rule.key) : new DigitTokens(keys, rule.key);
      return { kind: 'replace', to: (value) => tokens.token(value) };
    }
    case 'drop':
      return rule.of === 'value'
        ? { kind: 'replace', to: () => '' }
        : { kind: rule.of === 'row' ? 'drop-row' : 'drop-column' };
    default:
      return rule satisfies never;
  }
}

function defaultDeed(action: GateRules['default']): Deed {
  switch (action) {
    case 'mask':
      return { kind: 'replace', to: (value, type) => mask(value, 'type', type) };
    case 'drop':
      return { kind: 'replace', to: () => '' };
    default:
      return { kind: action };
  }
}
