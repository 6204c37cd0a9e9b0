/**
 * Policies in the ledger: publishing one is an entry whose payload is its files; what is in force is read back from there.
 * A change is compiled together with everything else in force before it is recorded, so what is in force always compiles.
 */
import type { PolicyPublished } from '../event/policy-event.ts';
import type { PolicyVersion } from '../fold/policy-table.ts';
import { checkFiles, digestOf, filesOfPayload, filesPayload, type PolicyFiles } from '../gate/policy-files.ts';
import { PolicySet, type ActivePolicy, type FactSource } from '../gate/policy-set.ts';
import { parseModule } from '../gate/rego/index.ts';
import type { Draft, Ledger } from './ledger.ts';
import { bindPayload } from './payload.ts';

/** A change that cannot be made as the policies stand. */
export class PolicyStoreError extends Error {
  readonly code: 'no-such-policy' | 'no-such-version' | 'changed-meanwhile' | 'payload-erased';
  readonly remedy: string;

  constructor(code: PolicyStoreError['code'], message: string, remedy: string) {
    super(message);
    this.name = 'PolicyStoreError';
    this.code = code;
    this.remedy = remedy;
  }
}

export interface Publication {
  readonly name: string;
  readonly files: PolicyFiles;
  readonly author: string;
  readonly message: string;
  /** Name of whoever publishes. */
  readonly by: string;
  /** The version that the change was made from; null if it does not matter. */
  readonly base: number | null;
  readonly rollbackOf?: number;
}

const FILES_KEPT = 200;

export class PolicyStore {
  readonly #ledger: Ledger;
  #set: PolicySet;
  /** Changes one after the other: each is checked against what the one before left. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #files = new Map<number, PolicyFiles>();

  private constructor(ledger: Ledger, facts: readonly FactSource[]) {
    this.#ledger = ledger;
    this.#set = new PolicySet([], facts);
  }

  /** Reads what is in force. Throws PolicyStoreError if its files were erased, RegoError if they do not compile. */
  static async open(ledger: Ledger, facts: readonly FactSource[] = []): Promise<PolicyStore> {
    const store = new PolicyStore(ledger, facts);
    const active: ActivePolicy[] = [];
    for (const name of ledger.state.policies.names()) {
      const version = ledger.state.policies.active(name);
      if (version !== null) active.push(await store.#load(name, version));
    }
    store.#set = new PolicySet(active, facts);
    return store;
  }

  /** What decides now. */
  get current(): PolicySet {
    return this.#set;
  }

  async #load(name: string, version: PolicyVersion): Promise<ActivePolicy> {
    return { name, version: version.version, digest: version.digest, files: await this.filesOf(name, version.version) };
  }

  /** The files of a version. Throws PolicyStoreError. */
  async filesOf(name: string, version: number): Promise<PolicyFiles> {
    const found = this.#version(name, version);
    const kept = this.#files.get(found.entry);
    if (kept !== undefined) return kept;
    const stored = await this.#ledger.log.payload(found.entry);
    if (stored.state !== 'present')
      throw new PolicyStoreError(
        'payload-erased',
        `the files of ${name} version ${version} were erased`,
        'Publish the policy again.',
      );
    const files = filesOfPayload(stored.bytes);
    if (this.#files.size >= FILES_KEPT) this.#files.delete(this.#files.keys().next().value as number);
    this.#files.set(found.entry, files);
    return files;
  }

  #version(name: string, version: number): PolicyVersion {
    const versions = this.#ledger.state.policies.versions(name);
    if (versions.length === 0)
      throw new PolicyStoreError('no-such-policy', `there is no policy ${name}`, '`custody policy list` names them.');
    const found = versions.find((known) => known.version === version);
    if (found === undefined || found.withdrawn)
      throw new PolicyStoreError(
        'no-such-version',
        `${name} has no version ${version} with files`,
        `It has versions 1 to ${versions.length}.`,
      );
    return found;
  }

  /** All that is in force, with a candidate in place. Throws RegoError. */
  candidate(name: string, files: PolicyFiles): PolicySet {
    checkFiles(files);
    const digest = digestOf(filesPayload(files));
    return this.#set.with(name, {
      name,
      version: this.#ledger.state.policies.versions(name).length + 1,
      digest,
      files,
    });
  }

  /** Brings files into force. Resolves when that is durable. Throws RegoError, PolicyStoreError, LogError. */
  publish(publication: Publication): Promise<PolicyVersion> {
    return this.#inTurn(async () => {
      const { name, files, base } = publication;
      const { policies } = this.#ledger.state;
      if (base !== null && base !== policies.versions(name).length)
        throw new PolicyStoreError(
          'changed-meanwhile',
          `${name} is at version ${policies.versions(name).length} now, not ${base}`,
          'Look at what changed, then publish again.',
        );
      const set = this.candidate(name, files);
      const bytes = filesPayload(files);
      return this.#record(name, set, {
        author: publication.author,
        by: publication.by,
        message: publication.message,
        digest: digestOf(bytes),
        files: Object.keys(files).length,
        packages: packagesOf(files),
        ...(publication.rollbackOf !== undefined && { rollbackOf: publication.rollbackOf }),
        bytes,
      });
    });
  }

  /** Brings an earlier version into force again, as a new one. Throws as `publish`. */
  async rollback(name: string, version: number, by: string, message: string): Promise<PolicyVersion> {
    const files = await this.filesOf(name, version);
    const { author } = this.#version(name, version);
    return this.publish({ name, files, author, message, by, base: null, rollbackOf: version });
  }

  /** Takes a policy out of force. Throws RegoError if what stays does not compile without it, PolicyStoreError. */
  withdraw(name: string, by: string, message: string): Promise<PolicyVersion> {
    return this.#inTurn(async () => {
      const active = this.#ledger.state.policies.active(name);
      if (active === null)
        throw new PolicyStoreError(
          'no-such-policy',
          `no policy ${name} is in force`,
          '`custody policy list` names them.',
        );
      const { digest, packages } = active;
      return this.#record(name, this.#set.with(name, null), {
        author: by,
        by,
        message,
        digest,
        files: 0,
        packages,
        withdrawn: true,
        bytes: null,
      });
    });
  }

  async #record(
    policy: string,
    set: PolicySet,
    {
      bytes,
      ...fields
    }: Omit<PolicyPublished, 'v' | 'kind' | 'id' | 'recorded' | 'policy' | 'version'> & {
      readonly bytes: Uint8Array | null;
    },
  ): Promise<PolicyVersion> {
    const version = this.#ledger.state.policies.versions(policy).length + 1;
    const draft: Draft = { kind: 'policy.published', id: `policy:${policy}:${version}`, policy, version, ...fields };
    await this.#ledger.record(draft, bytes === null ? undefined : bindPayload(bytes, 'application/json'));
    this.#set = set;
    return this.#ledger.state.policies.versions(policy).at(-1) as PolicyVersion;
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(change, change);
    this.#turn = done.catch(() => {});
    return done;
  }
}

const packagesOf = (files: PolicyFiles): string[] => [
  ...new Set(
    Object.entries(files)
      .filter(([file]) => file.endsWith('.rego') && !file.endsWith('_test.rego'))
      .map(([file, text]) => parseModule(text, file).package.join('.')),
  ),
];
