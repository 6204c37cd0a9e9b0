/** What a change would reach: by what a server knows, and by the lineage of the repository itself. */
import { assetsOf, type MadeAsset, type ReachedLabel } from '../producers/check/assets.ts';
import { lineageFacts, partOfProject, ProjectFiles, type ProjectOptions } from '../producers/check/project.ts';
import { changedSince, textsAt, type Changed } from '../source/changed-files.ts';
import type { CheckServer } from './check-server.ts';
import { CommandError, stringOf, type Invocation } from './command.ts';

export interface Reach {
  readonly file: string;
  readonly asset: string;
  /** The id that a server knows it by. */
  readonly id: string | null;
  /** Whether the server knows it; null where no server was asked. */
  readonly known: boolean | null;
  /** How many of each: `datasets`, `jobs`, `models`, `dashboards`, ... */
  readonly reached: Readonly<Record<string, number>>;
  /** Up to 20, the nearest first. */
  readonly names: readonly string[];
  /** Labels that reach it in the clear and did not before the change; null where that is not known. */
  readonly labels: readonly ReachedLabel[] | null;
}

export interface ReachReport {
  /** The commit that the change begins at; null: all files with findings that refuse are meant. */
  readonly from: string | null;
  readonly reach: readonly Reach[];
  /** What was not asked or could not be known. */
  readonly notes: readonly string[];
}

const ASKED_MAX = 200;
const NAMES_MAX = 20;

/** `--base`, or what a pull or merge request goes into. Throws CommandError where the one that was named is not there. */
export async function changeOf(
  invocation: Invocation,
  root: string,
): Promise<{ readonly changed: Changed | null; readonly notes: string[] }> {
  const named = stringOf(invocation, 'base');
  const { env } = process;
  const target = env['GITHUB_BASE_REF'] || env['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'] || '';
  const commit = env['CI_MERGE_REQUEST_DIFF_BASE_SHA'] || '';
  const references =
    named !== undefined
      ? [named, `origin/${named}`]
      : [...(commit === '' ? [] : [commit]), ...(target === '' ? [] : [`origin/${target}`, target])];
  if (references.length === 0) return { changed: null, notes: [] };
  const changed = await changedSince(root, references);
  if (changed !== null) return { changed, notes: [] };
  if (named !== undefined)
    throw new CommandError(
      `--base ${named} is no commit of this repository.`,
      'Name a branch or commit that was fetched; in CI fetch the history (fetch-depth: 0).',
    );
  return {
    changed: null,
    notes: [`${references.at(-1)!} was not fetched, so that the files with findings are meant, not those that changed`],
  };
}

export interface ReachOptions {
  readonly root: string;
  readonly changed: Changed | null;
  /** Files with findings that refuse: what is meant where nothing says what changed. */
  readonly refused: ReadonlySet<string>;
  readonly made: readonly MadeAsset[];
  readonly texts: ReadonlyMap<string, string>;
  readonly project: ProjectOptions;
  readonly server: CheckServer;
}

export async function reachOf({
  root,
  changed,
  refused,
  made,
  texts,
  project,
  server,
}: ReachOptions): Promise<ReachReport> {
  const before = changed === null ? null : await labelsBefore(root, changed, texts, project);
  const isMeant = (file: string | null): boolean =>
    file !== null && (changed === null ? refused : changed.paths).has(file);
  const newly = (one: MadeAsset): readonly ReachedLabel[] | null =>
    before === null ? null : one.labels.filter((label) => !before.has(labelKey(one.id, label)));
  // A label may newly reach a model that nobody has touched.
  const meant = made.filter((one) => isMeant(one.file) || isMeant(one.describedIn) || (newly(one)?.length ?? 0) > 0);
  // Labels that newly reach something come first, and among them what was touched.
  const ordered = meant
    .map((one) => ({ one, labels: newly(one), isTouched: changed?.paths.has(one.file) === true }))
    .sort((a, b) => (b.labels?.length ?? 0) - (a.labels?.length ?? 0) || Number(b.isTouched) - Number(a.isTouched));
  const downstream = downstreamOf(made);
  const notes: string[] = [];
  if (ordered.length > ASKED_MAX)
    notes.push(`${ordered.length} assets are changed; what the first ${ASKED_MAX} reach was asked`);
  const reach: Reach[] = [];
  for (const { one, labels } of ordered.slice(0, ASKED_MAX)) {
    const own = downstream(one.id);
    const told = server.isThere && one.names.length > 0 ? await server.reach(one.names) : undefined;
    const base = { file: one.file, asset: one.asset, labels };
    if (told === undefined || told.length === 0)
      reach.push({ ...base, id: null, known: told === undefined ? null : false, ...counted(own) });
    else {
      for (const { id, counts, names } of told) {
        const lasts = new Set(names.map(last));
        // What this change adds downstream, the server cannot know yet.
        const added = counted(own.filter(({ asset }) => !lasts.has(last(asset))));
        const reached: Record<string, number> = { ...added.reached };
        for (const [role, count] of counts) reached[plural(role)] = (reached[plural(role)] ?? 0) + count;
        reach.push({ ...base, id, known: true, reached, names: [...names, ...added.names].slice(0, NAMES_MAX) });
      }
    }
  }
  return { from: changed?.from ?? null, reach, notes: [...notes, ...server.notes] };
}

const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
const plural = (role: string): string => (role === 'features' || role === 'predictions' ? role : `${role}s`);
const labelKey = (id: string, { column, label, from }: ReachedLabel): string =>
  JSON.stringify([id, column.toLowerCase(), label, from]);

function counted(assets: readonly MadeAsset[]): Pick<Reach, 'reached' | 'names'> {
  const reached: Record<string, number> = {};
  for (const { role } of assets) reached[plural(role)] = (reached[plural(role)] ?? 0) + 1;
  return { reached, names: assets.slice(0, NAMES_MAX).map(({ asset }) => asset) };
}

/** What is made from an asset in this repository, the nearest first. */
function downstreamOf(made: readonly MadeAsset[]): (id: string) => MadeAsset[] {
  const next = new Map<string, MadeAsset[]>();
  for (const one of made)
    for (const source of one.upstream) {
      const list = next.get(source);
      if (list === undefined) next.set(source, [one]);
      else list.push(one);
    }
  return (id) => {
    const found = new Map<string, MadeAsset>();
    const open = [id];
    for (let at = 0; at < open.length; at++)
      for (const one of next.get(open[at]!) ?? [])
        if (one.id !== id && !found.has(one.id)) {
          found.set(one.id, one);
          open.push(one.id);
        }
    return [...found.values()];
  };
}

/** Labels that reached something before the change. Only the files that changed are asked of git. */
async function labelsBefore(
  root: string,
  { from, paths }: Changed,
  texts: ReadonlyMap<string, string>,
  project: ProjectOptions,
): Promise<ReadonlySet<string>> {
  const old = await textsAt(root, from, [...paths]);
  const files = new ProjectFiles();
  for (const path of [...new Set([...texts.keys(), ...old.keys()])].sort()) {
    const text = paths.has(path) ? old.get(path) : texts.get(path);
    const part = text === undefined ? null : partOfProject(path, text);
    if (part !== null) files.add(path, part);
  }
  return new Set(
    lineageFacts(files.texts, project).flatMap((facts) =>
      assetsOf(facts).flatMap(({ id, labels }) => labels.map((label) => labelKey(id, label))),
    ),
  );
}
