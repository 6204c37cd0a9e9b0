/** Checks of repositories, in the order of the log. */
import type { CheckFinished } from '../event/check-event.ts';

export interface CheckRun {
  readonly entry: number;
  readonly recorded: string;
  readonly by: string;
  readonly repository: string;
  readonly branch: string;
  readonly commit: string | null;
  readonly verdict: CheckFinished['verdict'];
  readonly files: number;
  readonly refusing: CheckFinished['refusing'];
  readonly waived: number;
  readonly others: number;
  readonly rules: string;
}

export class CheckRuns {
  readonly #all: CheckRun[];

  constructor(saved?: SavedCheckRuns) {
    this.#all = saved?.all ?? [];
  }

  finish(event: CheckFinished, entry: number): void {
    const { recorded, by, repository, branch, commit, verdict, files, refusing, waived, others, rules } = event;
    this.#all.push({
      entry,
      recorded,
      by,
      repository,
      branch,
      commit,
      verdict,
      files,
      refusing,
      waived,
      others,
      rules,
    });
  }

  /** The newest first. */
  find({ repository, branch }: { readonly repository?: string; readonly branch?: string }): readonly CheckRun[] {
    return this.#all
      .filter(
        (run) =>
          (repository === undefined || run.repository === repository) &&
          (branch === undefined || run.branch === branch),
      )
      .reverse();
  }

  at(entry: number): CheckRun | null {
    return this.#all.find((run) => run.entry === entry) ?? null;
  }

  save(): SavedCheckRuns {
    return { all: this.#all };
  }
}

export interface SavedCheckRuns {
  readonly all: CheckRun[];
}
