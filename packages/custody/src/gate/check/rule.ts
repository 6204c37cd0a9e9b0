/** Rules of `custody check`: each is a Rego package `custody.check.KIND.NAME` with metadata that says what it is about. */
import { annotationsOf, parseModule, RegoError, toJs, type Module } from '../rego/index.ts';
import { SEVERITIES, type Severity } from './severity.ts';

export interface CheckRule {
  /** `SEC-001`; unique. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** MITRE ATLAS, OWASP, CWE, CIS, NIST, ... */
  readonly references: readonly string[];
  /** Ids of Checkov's checks that say the same. */
  readonly checkov: readonly string[];
  readonly kind: string;
  readonly name: string;
  /** The file that holds it. */
  readonly file: string;
}

/** Rules by `KIND/NAME`. Tests (`_test`) are left out. Throws RegoError that names the file whose metadata lack something. */
export const rulesIn = (modules: Readonly<Record<string, string>>): ReadonlyMap<string, CheckRule> =>
  rulesOf(Object.entries(modules).map(([file, text]) => parseModule(text, file)));

/** As `rulesIn`, of modules that are parsed already. */
export function rulesOf(modules: readonly Module[]): ReadonlyMap<string, CheckRule> {
  const rules = new Map<string, CheckRule>();
  const ids = new Map<string, string>();
  for (const module of modules) {
    const { file } = module;
    const [custody, check, kind, name, ...more] = module.package;
    if (custody !== 'custody' || check !== 'check' || kind === undefined || name === undefined || more.length > 0)
      continue;
    if (name.endsWith('_test')) continue;
    const annotation = annotationsOf(module).find(({ rule }) => rule === null);
    // A package without metadata helps the rules beside it.
    if (annotation === undefined) continue;
    const about = toJs(annotation.value) as {
      title?: unknown;
      description?: unknown;
      custom?: Record<string, unknown>;
    };
    const custom = about.custom ?? {};
    const fail = (what: string): never => {
      throw new RegoError(
        'rego_compile_error',
        `the metadata of a rule: ${what}`,
        'Write it into its METADATA comment.',
        {
          file,
          line: annotation.line,
          column: 1,
        },
      );
    };
    const text_ = (value: unknown, what: string): string =>
      typeof value === 'string' && value.trim() !== '' ? value : fail(`${what} is missing`);
    const list = (value: unknown): string[] =>
      value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);
    const severity =
      SEVERITIES.find((one) => one === custom['severity']) ?? fail(`severity is none of ${SEVERITIES.join(', ')}`);
    const id = text_(custom['id'], 'custom.id');
    const other = ids.get(id);
    if (other !== undefined) fail(`${id} is the id of ${other} too`);
    ids.set(id, file);
    rules.set(`${kind}/${name}`, {
      id,
      severity,
      title: text_(about.title, 'title'),
      why: text_(about.description, 'description'),
      fix: text_(custom['fix'], 'custom.fix'),
      references: list(custom['references']),
      checkov: list(custom['checkov']),
      kind,
      name,
      file,
    });
  }
  return rules;
}
