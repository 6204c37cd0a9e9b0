/** All policies in force as one: what a decision is made with, and what it is said to be made by. */
import { createHash } from 'node:crypto';
import { bundleOfFiles, type PolicyFiles } from './policy-files.ts';
import {
  compileModules,
  laidAt,
  parseModule,
  RegoError,
  RegoObject,
  vocabularyOf,
  type Coverage,
  type Module,
  type Policy,
  type Value,
} from './rego/index.ts';

export interface ActivePolicy {
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  readonly files: PolicyFiles;
}

/** Documents that the server itself keeps below `data`, over those of the policies. */
export interface FactSource {
  readonly path: readonly string[];
  /** Another number when `value` has changed. */
  readonly version: number;
  value(): Value;
}

interface Owned {
  readonly policy: ActivePolicy;
  readonly packages: readonly (readonly string[])[];
}

export class PolicySet {
  readonly policies: readonly ActivePolicy[];
  /** "sha256:<hex>" of names, versions and digests. */
  readonly digest: string;
  readonly #compiled: Policy;
  readonly #facts: readonly FactSource[];
  #asked: { readonly policy: Policy; readonly version: string } | null = null;
  /** Names and texts that stand in the policies: what may be told of an input. */
  readonly vocabulary: ReadonlySet<string>;
  readonly #owned: readonly Owned[];

  /** Throws RegoError: each file is named `POLICY/FILE`. */
  constructor(policies: readonly ActivePolicy[], facts: readonly FactSource[] = [], coverage: Coverage | null = null) {
    this.#facts = facts;
    this.policies = [...policies].sort((a, b) => (a.name < b.name ? -1 : 1));
    const listed = this.policies.map(({ name, version, digest }) => `${name}@${version}=${digest}`);
    this.digest = `sha256:${createHash('sha256').update(listed.join('\n')).digest('hex')}`;
    const modules: Module[] = [];
    const owned: Owned[] = [];
    let data = RegoObject.empty;
    for (const policy of this.policies) {
      const bundle = bundleOfFiles(policy.files);
      const own = Object.entries(bundle.modules)
        .filter(([file]) => !file.endsWith('_test.rego'))
        .map(([file, text]) => parseModule(text, `${policy.name}/${file}`));
      for (const module of own) {
        const other = owned.find(({ packages }) =>
          packages.some((path) => path.join('.') === module.package.join('.')),
        );
        if (other !== undefined)
          throw new RegoError(
            'rego_compile_error',
            `package ${module.package.join('.')} is in the policy ${other.policy.name} already`,
            'One package belongs to one policy: rename it, or change that policy.',
            module.packagePlace,
          );
      }
      modules.push(...own);
      owned.push({ policy, packages: own.map((module) => module.package) });
      data = laidAt(data, [], bundle.data, policy.name);
    }
    this.#owned = owned;
    this.#compiled = compileModules(modules, data, coverage);
    this.vocabulary = vocabularyOf(modules);
  }

  /** All of them, with the facts as they are now. */
  get policy(): Policy {
    if (this.#facts.length === 0) return this.#compiled;
    const version = this.#facts.map((source) => source.version).join(' ');
    if (this.#asked?.version !== version) {
      const policy = this.#facts.reduce((all, source) => all.withDocument(source.path, source.value()), this.#compiled);
      this.#asked = { policy, version };
    }
    return this.#asked.policy;
  }

  /** The policy whose package holds the path; null if none does, or several below it do. */
  ownerOf(path: readonly string[]): ActivePolicy | null {
    let found: ActivePolicy | null = null;
    let length = -1;
    for (const { policy, packages } of this.#owned)
      for (const name of packages)
        if (name.length > length && name.length <= path.length && name.every((part, i) => part === path[i])) {
          found = policy;
          length = name.length;
        }
    return found;
  }

  /** The same policies, whose lines tell `coverage` when they are reached. */
  covered(coverage: Coverage): PolicySet {
    return new PolicySet(this.policies, this.#facts, coverage);
  }

  /** With one policy in place of what is in force under its name, or without it. */
  with(name: string, candidate: ActivePolicy | null): PolicySet {
    const others = this.policies.filter((policy) => policy.name !== name);
    return new PolicySet(candidate === null ? others : [...others, candidate], this.#facts);
  }
}
