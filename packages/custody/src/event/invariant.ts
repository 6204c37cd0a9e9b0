/** For what cannot happen. What can happen has a coded error of its own (see log/log-error.ts, api/problem.ts). */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}
