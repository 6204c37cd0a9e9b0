/**
 * The pass of `custody check` over the files of a repository: each is read once, made facts of, and held against the rules.
 * With two threads a worker takes batches beside this one; what is found comes in the order of the files either way, so that
 * a report does not depend on it.
 */
import { Worker } from 'node:worker_threads';
import { Checker, type CheckFinding } from '../gate/check/checker.ts';
import type { Facts } from '../producers/check/facts.ts';
import { assetsOf, type MadeAsset } from '../producers/check/assets.ts';
import { partOfProject } from '../producers/check/project.ts';
import { factsOf, importedBy } from '../producers/check/read.ts';
import { readRepositoryText } from '../source/repository.ts';

/** All that a thread must know; it can be sent to another. */
export interface PassPlan {
  readonly root: string;
  readonly paths: readonly string[];
  /** Rego by file name, and which of them are the user's: those are compiled at once, so that mistakes are told. */
  readonly modules: Readonly<Record<string, string>>;
  readonly own: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Ids of rules that are off. */
  readonly off: readonly string[];
  readonly areFactsWanted: boolean;
}

export interface FileResult {
  readonly path: string;
  readonly findings: readonly CheckFinding[];
  /** Empty where they are not wanted. */
  readonly facts: readonly Facts[];
  /** What it makes. */
  readonly made: readonly MadeAsset[];
  /** What its project needs of it; null where it belongs to none. */
  readonly part: string | null;
  /** Why it was not read; null where it was, or is no text. */
  readonly left: string | null;
}

export class FilePass {
  readonly checker: Checker;
  readonly #plan: PassPlan;
  readonly #paths: ReadonlySet<string>;

  /** Throws RegoError. */
  constructor(plan: PassPlan) {
    this.#plan = plan;
    this.#paths = new Set(plan.paths);
    this.checker = new Checker(plan.modules, plan.settings, plan.off);
    if (plan.own.length > 0) this.checker.compileNow(plan.own);
  }

  /** Throws RegoError where a rule fails. */
  async files(paths: readonly string[]): Promise<FileResult[]> {
    const texts = paths.map((path) => readRepositoryText(this.#plan.root, path));
    const results: FileResult[] = [];
    for (const [i, path] of paths.entries()) results.push(await this.#file(path, await texts[i]!));
    return results;
  }

  async #file(path: string, text: string | { readonly reason: string }): Promise<FileResult> {
    if (typeof text !== 'string')
      return {
        path,
        findings: [],
        facts: [],
        made: [],
        part: null,
        left: text.reason === 'no text' ? null : text.reason,
      };
    const modules: Record<string, string> = {};
    for (const [name, at] of importedBy(path, text, this.#paths)) {
      const module = await readRepositoryText(this.#plan.root, at);
      if (typeof module === 'string') modules[name] = module;
    }
    const facts = await factsOf(path, text, modules, this.#paths);
    return {
      path,
      findings: facts.flatMap((one) => this.checker.check(one)),
      facts: this.#plan.areFactsWanted ? facts : [],
      made: facts.flatMap((one) => assetsOf(one)),
      part: partOfProject(path, text),
      left: null,
    };
  }
}

/** A batch that is read at once must fit into memory with the largest files. */
const BATCH = 12;
/** Two, so that the worker has the next batch when it is done with one. */
const AT_THE_WORKER = 2;

/** Hands every file's result on, in the order of `plan.paths`. Throws what `pass` throws. */
export async function passOver(
  plan: PassPlan,
  pass: FilePass,
  threads: 1 | 2,
  told: (result: FileResult) => void,
): Promise<void> {
  const { paths } = plan;
  const done = new Map<number, readonly FileResult[]>();
  let taken = 0;
  let next = 0;
  let isOver = false;
  const take = (): readonly string[] => {
    const batch = isOver ? [] : paths.slice(taken, taken + BATCH);
    taken += batch.length;
    return batch;
  };
  const work = async (by: (batch: readonly string[]) => Promise<readonly FileResult[]>): Promise<void> => {
    for (let from = taken, batch = take(); batch.length > 0; from = taken, batch = take()) {
      done.set(from, await by(batch));
      for (let ready = done.get(next); ready !== undefined; ready = done.get(next)) {
        done.delete(next);
        next += ready.length;
        ready.forEach(told);
      }
    }
  };
  const worker = threads === 2 ? new PassWorker(plan, pass.checker) : null;
  try {
    const here = work((batch) => pass.files(batch));
    const there =
      worker === null
        ? []
        : Array.from({ length: AT_THE_WORKER }, () =>
            // What goes wrong there is done again here, where it is told.
            work(async (batch) => (await worker.files(batch)) ?? (isOver ? [] : pass.files(batch))),
          );
    await Promise.all([here, ...there]);
  } finally {
    isOver = true;
    await worker?.end();
  }
}

/** As it is sent: a rule by its id. */
export type SentResult = Omit<FileResult, 'findings'> & {
  readonly findings: readonly (Omit<CheckFinding, 'rule'> & { readonly rule: string })[];
};

class PassWorker {
  readonly #worker: Worker;
  readonly #checker: Checker;
  #rules: ReadonlyMap<string, CheckFinding['rule']> | undefined;
  readonly #waiting = new Map<number, (results: readonly FileResult[] | null) => void>();
  #asked = 0;
  #isLost = false;

  constructor(plan: PassPlan, checker: Checker) {
    this.#checker = checker;
    this.#worker = new Worker(new URL('./check-worker.js', import.meta.url), { workerData: plan });
    this.#worker.on('message', ({ id, results }: { id: number; results: readonly SentResult[] | null }) => {
      this.#answer(id, results?.map((result) => this.#received(result)) ?? null);
    });
    for (const end of ['error', 'exit'] as const)
      this.#worker.on(end, () => {
        this.#isLost = true;
        for (const id of this.#waiting.keys()) this.#answer(id, null);
      });
  }

  /** Null where the worker cannot. */
  files(paths: readonly string[]): Promise<readonly FileResult[] | null> {
    if (this.#isLost) return Promise.resolve(null);
    const id = this.#asked++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ id, paths });
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #answer(id: number, results: readonly FileResult[] | null): void {
    this.#waiting.get(id)?.(results);
    this.#waiting.delete(id);
  }

  #received(result: SentResult): FileResult {
    const rules = (this.#rules ??= new Map([...this.#checker.rules.values()].map((rule) => [rule.id, rule])));
    return {
      ...result,
      findings: result.findings.map((finding) => ({ ...finding, rule: rules.get(finding.rule)! })),
    };
  }
}
