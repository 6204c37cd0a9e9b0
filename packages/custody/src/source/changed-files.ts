/** What a git repository says has changed since a branch or commit. Nothing of the repository is run: no hooks, no filters. */
import { gitText, spawnGit } from './git.ts';

export interface Changed {
  /** The commit that the change begins at. */
  readonly from: string;
  /** Below the folder, with `/`: changed, added, removed. */
  readonly paths: ReadonlySet<string>;
}

const OUTPUT_MAX = 64_000_000;

const git = (folder: string, ...args: string[]): Promise<string | null> => gitText(folder, args, OUTPUT_MAX);

/** The commit that one of `references` names first, and what changed since it left the way of HEAD. Null: none is known. */
export async function changedSince(folder: string, references: readonly string[]): Promise<Changed | null> {
  for (const reference of references) {
    const commit = (
      await git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`)
    )?.trim();
    if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) continue;
    // In a shallow clone the common ancestor may be missing; then the commit itself is compared with.
    const base = (await git(folder, 'merge-base', commit, 'HEAD'))?.trim() || commit;
    const lists = await Promise.all([
      git(
        folder,
        'diff-tree',
        '-r',
        '--name-only',
        '-z',
        '--no-renames',
        '--no-ext-diff',
        '--no-textconv',
        '--relative',
        base,
        'HEAD',
      ),
      // By what the index knows of size and time, so that no filter has to run.
      git(folder, 'diff-files', '--name-only', '-z', '--relative'),
      git(folder, 'diff-index', '--cached', '--name-only', '-z', '--no-renames', '--relative', 'HEAD'),
      git(folder, 'ls-files', '--others', '--exclude-standard', '-z'),
    ]);
    if (lists[0] === null) return null;
    return {
      from: base,
      paths: new Set(lists.flatMap((list) => (list ?? '').split('\0').filter((path) => path !== ''))),
    };
  }
  return null;
}

const TEXTS_MAX = 2_000;

/** Texts of files as they were at a commit; what was not there, or is no text, is left out. */
export async function textsAt(
  folder: string,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = paths.filter((path) => !path.includes('\n')).slice(0, TEXTS_MAX);
  const output = await new Promise<Buffer>((resolve) => {
    const child = spawnGit(folder, ['cat-file', '--batch']);
    child.stderr.resume();
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      if ((bytes += chunk.length) > OUTPUT_MAX) child.kill();
      else chunks.push(chunk);
    });
    child.on('error', () => resolve(Buffer.alloc(0)));
    child.on('close', () => resolve(Buffer.concat(chunks)));
    child.stdin.on('error', () => {}); // it ended before it had read all
    child.stdin.end(wanted.map((path) => `${commit}:./${path}\n`).join(''));
  });
  const texts = new Map<string, string>();
  let at = 0;
  for (const path of wanted) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const size = /^[0-9a-f]+ (\w+) (\d+)$/.exec(output.subarray(at, end).toString('latin1'));
    at = end + 1;
    if (size === null) continue; // missing
    const bytes = output.subarray(at, at + Number(size[2]));
    at += Number(size[2]) + 1;
    if (size[1] === 'blob' && !bytes.includes(0)) texts.set(path, bytes.toString('utf8'));
  }
  return texts;
}
