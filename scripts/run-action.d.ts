export function runAction(
  folder: string,
  inputs?: Readonly<Record<string, string>>,
  environment?: Readonly<Record<string, string>>,
): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the steps wrote for the summary of the run, Markdown. */
  readonly summary: string;
  /** `name=value` lines. */
  readonly output: string;
};
