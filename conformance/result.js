// What every conformance suite answers: how many of its checks passed, and whether that meets its goal.

/** `goal` is a share from 0 to 1. */
export const result = (suite, passed, of, goal) => ({ suite, passed, of, goal, met: of > 0 && passed / of >= goal });

/** A suite that cannot run here says why; it is not met. */
export const skipped = (suite, why) => {
  console.log(`skipped: ${why}`);
  return { suite, passed: 0, of: 0, goal: 1, met: false, skipped: why };
};
