// Airflow DAG files against what Airflow itself found in them: `../shared/data/dags` (not part of the project).
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { airflowIn } from '../../packages/custody/dist/producers/check/airflow/index.js';

const FOLDER = fileURLToPath(new URL('../../../shared/data/dags/', import.meta.url));
export const GOALS = { dags: 0.99, tasks: 0.98, edges: 0.95, edgePrecision: 0.98, exact: 0.75, ms: 10 };

/** `{skipped}` or rows of the scores; `isShown`: also what differs, file by file, of those that are not held out. */
export async function airflow(isShown = false) {
  const truth = `${FOLDER}dev.jsonl`;
  if (!existsSync(truth)) return { skipped: `${truth} is missing` };
  const cases = readFileSync(truth, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const parts = { seen: empty(), 'held out': empty(), all: empty() };
  const read = new Map(cases.map(({ file }) => [file, readFileSync(FOLDER + file, 'utf8')]));
  // The first call loads the grammar, once for a whole repository.
  await airflowIn('warm.py', 'x = 1\n');
  for (const expected of cases) {
    const before = process.cpuUsage();
    const facts = await airflowIn(expected.file, read.get(expected.file));
    const used = process.cpuUsage(before);
    const part = isHeldOut(expected.file) ? 'held out' : 'seen';
    const misses = [];
    for (const score of [parts[part], parts.all]) {
      count(score, expected, facts, score === parts.all ? [] : misses);
      score.ms += (used.user + used.system) / 1000;
    }
    if (isShown && part === 'seen' && misses.length > 0) console.log(expected.file, misses, facts.unknowns);
  }
  return { rows: Object.entries(parts).map(([name, score]) => ({ name, ...rates(score) })) };
}

const isHeldOut = (file) => createHash('sha256').update(file).digest()[0] % 3 === 0;
const empty = () => ({
  files: 0,
  exact: 0,
  dags: 0,
  dagsFound: 0,
  tasks: 0,
  tasksFound: 0,
  tasksOurs: 0,
  operators: 0,
  edges: 0,
  edgesFound: 0,
  edgesOurs: 0,
  groups: 0,
  mapped: 0,
  schedules: 0,
  tags: 0,
  inlets: 0,
  outlets: 0,
  ms: 0,
});

function count(score, expected, facts, misses) {
  score.files++;
  const differ = (what) => misses.push(what);
  const before = misses.length;
  let isExact = true;
  const miss = (what) => ((isExact = false), differ(what));
  for (const ours of facts.dags)
    if (!expected.dags.some(({ dag_id }) => dag_id === ours.dag_id)) miss(`dag too many: ${ours.dag_id}`);
  for (const ours of facts.dags) score.tasksOurs += ours.tasks.length;
  for (const ours of facts.dags) for (const task of ours.tasks) score.edgesOurs += task.upstream.length;
  for (const dag of expected.dags) {
    score.dags++;
    score.tasks += dag.tasks.length;
    for (const task of dag.tasks) score.edges += task.upstream.length;
    const ours = facts.dags.find(({ dag_id }) => dag_id === dag.dag_id);
    if (ours === undefined) {
      miss(`dag missing: ${dag.dag_id}`);
      continue;
    }
    score.dagsFound++;
    if (ours.schedule === dag.schedule) score.schedules++;
    else differ(`schedule of ${dag.dag_id}: ${ours.schedule}, not ${dag.schedule}`);
    if (JSON.stringify(ours.tags) === JSON.stringify(dag.tags)) score.tags++;
    else differ(`tags of ${dag.dag_id}: ${ours.tags}, not ${dag.tags}`);
    for (const { task_id } of ours.tasks)
      if (!dag.tasks.some((task) => task.task_id === task_id)) miss(`task too many: ${task_id}`);
    for (const task of dag.tasks) {
      const own = ours.tasks.find(({ task_id }) => task_id === task.task_id);
      if (own === undefined) {
        miss(`task missing: ${task.task_id}`);
        continue;
      }
      score.tasksFound++;
      if (own.operator === task.operator) score.operators++;
      else miss(`operator of ${task.task_id}: ${own.operator}, not ${task.operator}`);
      for (const key of ['mapped', 'group', 'inlets', 'outlets']) {
        if (JSON.stringify(own[key]) === JSON.stringify(task[key])) score[key === 'group' ? 'groups' : key]++;
        else differ(`${key} of ${task.task_id}: ${JSON.stringify(own[key])}, not ${JSON.stringify(task[key])}`);
      }
      for (const id of task.upstream)
        if (own.upstream.includes(id)) score.edgesFound++;
        else miss(`edge missing: ${id} >> ${task.task_id}`);
      for (const id of own.upstream) if (!task.upstream.includes(id)) miss(`edge too many: ${id} >> ${task.task_id}`);
    }
  }
  if (isExact) score.exact++;
  return misses.length - before;
}

const rates = (score) => ({
  files: score.files,
  dags: score.dagsFound / score.dags,
  tasks: score.tasksFound / score.tasks,
  taskPrecision: score.tasksFound / score.tasksOurs,
  operators: score.operators / score.tasksFound,
  edges: score.edgesFound / score.edges,
  edgePrecision: score.edgesFound / score.edgesOurs,
  exact: score.exact / score.files,
  schedules: score.schedules / score.dagsFound,
  tags: score.tags / score.dagsFound,
  mapped: score.mapped / score.tasksFound,
  groups: score.groups / score.tasksFound,
  inlets: score.inlets / score.tasksFound,
  outlets: score.outlets / score.tasksFound,
  ms: score.ms / score.files,
});

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.table((await airflow(process.argv.includes('--differences'))).rows);
