// What `custody check` reads in files, against what others found in them. Each part lies in `check/` and gives rows to print
// and goals to judge; `../shared` is not part of the project, and a part without its data is skipped with the reason.
import { result, skipped } from './result.js';

const PARTS = ['airflow', 'dbt', 'terraform', 'size'];

export async function run() {
  const goals = [];
  const reasons = [];
  for (const part of PARTS) {
    const { run: judge } = await import(`./check/${part}.js`);
    const answer = await judge();
    if (answer.skipped !== undefined) {
      console.log(`${part}: skipped, ${answer.skipped}`);
      reasons.push(answer.skipped);
      continue;
    }
    console.table(answer.rows);
    goals.push(...answer.goals);
  }
  if (goals.length === 0) return skipped('check', reasons.join('; '));
  console.table(goals);
  return result('check', goals.filter(({ met }) => met).length, goals.length, 1);
}
