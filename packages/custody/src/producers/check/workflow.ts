/** GitHub Actions: workflows and actions, with what they use, what they run, and what they may do. */
import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { yamlDocument } from './yaml-document.ts';

export interface UsedAction {
  readonly line: number;
  /** `owner/name[/path]`, `./path` or `docker://image`. */
  readonly action: string;
  /** What stands behind `@`; null where nothing does. */
  readonly ref: string | null;
  readonly isPinned: boolean;
  readonly isLocal: boolean;
}

export interface RunStep {
  readonly line: number;
  readonly script: string;
  /** Expressions `${{ }}` that stand in the script itself. */
  readonly expressions: readonly string[];
}

export interface WorkflowFacts {
  readonly kind: 'workflow';
  readonly path: string;
  /** `workflow`, or `action` for an action.yml. */
  readonly form: 'workflow' | 'action';
  /** Events that start it. */
  readonly events: readonly string[];
  readonly uses: readonly UsedAction[];
  readonly runs: readonly RunStep[];
  readonly images: readonly { readonly line: number; readonly image: string }[];
  /** `permissions` of the whole workflow; null where there are none. */
  readonly permissions: Readonly<Record<string, string>> | string | null;
  readonly jobs: readonly {
    readonly line: number;
    readonly name: string;
    readonly permissions: Readonly<Record<string, string>> | string | null;
    readonly runsOn: string;
  }[];
  /** What could not be read, in one sentence. */
  readonly unread: string | null;
}

const TEXT_MAX = 1_000_000;
const STEPS_MAX = 5_000;

export function workflowIn(path: string, text: string): WorkflowFacts {
  const form = /(?:^|\/)action\.ya?ml$/.test(path) ? 'action' : 'workflow';
  const empty = {
    kind: 'workflow',
    path,
    form,
    events: [],
    uses: [],
    runs: [],
    images: [],
    permissions: null,
    jobs: [],
  } as const;
  if (text.length > TEXT_MAX) return { ...empty, unread: 'it is larger than a megabyte' };
  const read = yamlDocument(text);
  if ('unread' in read) return { ...empty, unread: read.unread };
  const { document, lines } = read;
  const root = document.contents;
  if (!isMap(root)) return { ...empty, unread: 'it is no mapping' };
  const lineOf = (node: unknown): number => {
    const range = (node as Node | null)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const uses: UsedAction[] = [];
  const runs: RunStep[] = [];
  const images: { line: number; image: string }[] = [];
  const use = (node: unknown) => {
    if (!isScalar(node) || typeof node.value !== 'string') return;
    uses.push(actionOf(node.value, lineOf(node)));
  };
  const steps = (node: unknown) => {
    if (!isSeq(node)) return;
    for (const step of node.items.slice(0, STEPS_MAX)) {
      if (!isMap(step)) continue;
      use(step.get('uses', true));
      const run = step.get('run', true);
      if (isScalar(run) && typeof run.value === 'string')
        runs.push({ line: lineOf(run), script: run.value, expressions: expressionsIn(run.value) });
    }
  };
  const image = (node: unknown) => {
    const named = isMap(node) ? node.get('image', true) : node;
    if (isScalar(named) && typeof named.value === 'string') images.push({ line: lineOf(named), image: named.value });
  };
  const jobs: WorkflowFacts['jobs'][number][] = [];
  for (const { key, job } of jobsIn(root)) {
    use(job.get('uses', true));
    steps(job.get('steps', true));
    image(job.get('container', true));
    const services = job.get('services', true);
    if (isMap(services)) services.items.forEach(({ value }) => image(value));
    jobs.push({
      line: lineOf(key),
      name: String(isScalar(key) ? key.value : ''),
      permissions: permissionsIn(job),
      runsOn: plain(job.get('runs-on', true)),
    });
  }
  const action = root.get('runs', true);
  if (isMap(action)) {
    steps(action.get('steps', true));
    const docker = action.get('image', true);
    if (isScalar(docker) && String(docker.value).startsWith('docker://')) image(docker);
  }
  return {
    kind: 'workflow',
    path,
    form,
    events: eventsIn(root),
    uses,
    runs,
    images,
    permissions: permissionsIn(root),
    jobs,
    unread: null,
  };
}

function* jobsIn(root: YAMLMap): Generator<{ key: unknown; job: YAMLMap }> {
  const jobs = root.get('jobs', true);
  if (!isMap(jobs)) return;
  for (const { key, value } of jobs.items.slice(0, STEPS_MAX)) if (isMap(value)) yield { key, job: value };
}

function actionOf(text: string, line: number): UsedAction {
  const at = text.lastIndexOf('@');
  const isLocal = text.startsWith('./');
  const [action, ref] = at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, null];
  const isPinned = isLocal || (ref !== null && (/^[0-9a-f]{40}$/.test(ref) || /^sha256:[0-9a-f]{64}$/.test(ref)));
  return { line, action, ref, isPinned, isLocal };
}

const expressionsIn = (script: string): string[] =>
  [...script.matchAll(/\$\{\{([^}]{1,500})\}\}/g)].map(([, expression]) => expression!.trim());

function permissionsIn(map: YAMLMap): Readonly<Record<string, string>> | string | null {
  const node: unknown = map.get('permissions', true);
  if (isScalar(node)) return typeof node.value === 'string' ? node.value : null;
  if (!isMap(node)) return null;
  return Object.fromEntries(node.items.map(({ key, value }) => [plain(key), plain(value)]));
}

/** `on` is a word, a list or a mapping; YAML 1.1 reads the key as true, YAML 1.2 does not. */
function eventsIn(root: YAMLMap): string[] {
  const node: unknown = root.get('on', true);
  if (isScalar(node)) return [String(node.value)];
  if (isSeq(node)) return node.items.map(plain);
  return isMap(node) ? node.items.map(({ key }) => plain(key)) : [];
}

function plain(node: unknown): string {
  if (isScalar(node)) return String(node.value);
  return isSeq(node) ? node.items.map(plain).join(', ') : '';
}
