/** The second thread of `custody check`: names of files in, what is found in them out. */
import { parentPort, workerData } from 'node:worker_threads';
import { FilePass, type PassPlan, type SentResult } from './check-pass.ts';

const pass = new FilePass(workerData as PassPlan);
let before = Promise.resolve();

parentPort!.on('message', ({ id, paths }: { readonly id: number; readonly paths: readonly string[] }) => {
  before = before.then(() => answer(id, paths));
});

/** Null where a rule failed: the thread that asked finds out why. */
async function answer(id: number, paths: readonly string[]): Promise<void> {
  try {
    const results = (await pass.files(paths)).map((result): SentResult => ({
      ...result,
      findings: result.findings.map((finding) => ({ ...finding, rule: finding.rule.id })),
    }));
    parentPort!.postMessage({ id, results });
  } catch {
    parentPort!.postMessage({ id, results: null });
  }
}
