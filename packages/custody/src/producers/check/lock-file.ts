/** Lock files of other package managers: which packages in which version, each with the digest that the format has. */
import { resembled } from './known-package.ts';
import type { Requirement, RequirementsFacts } from './requirements.ts';

const ENTRIES_MAX = 50_000;

type Found = Pick<Requirement, 'line' | 'name' | 'hasHash'> & { readonly version: string | null };

/** Null for a file that is none. */
export function lockIn(path: string, text: string): RequirementsFacts | null {
  const file = path.slice(path.lastIndexOf('/') + 1);
  switch (file) {
    case 'poetry.lock':
    case 'uv.lock':
    case 'pdm.lock':
      return facts(path, 'python-lock', 'pip', tomlPackages(text));
    case 'Pipfile.lock':
      return facts(path, 'python-lock', 'pip', pipfilePackages(text));
    case 'yarn.lock':
      return facts(path, 'yarn-lock', 'npm', yarnPackages(text));
    case 'pnpm-lock.yaml':
      return facts(path, 'pnpm-lock', 'npm', pnpmPackages(text));
    default:
      return null;
  }
}

function facts(
  path: string,
  format: RequirementsFacts['format'],
  ecosystem: RequirementsFacts['ecosystem'],
  found: Iterable<Found>,
): RequirementsFacts {
  const requirements: Requirement[] = [];
  for (const { line, name, version, hasHash } of found) {
    if (requirements.length >= ENTRIES_MAX) break;
    const specifier = version === null ? '' : `==${version}`;
    requirements.push({ line, name, specifier, isPinned: version !== null, hasHash, url: null, resembles: resembled(name, ecosystem) }); // prettier-ignore
  }
  return { kind: 'requirements', path, format, ecosystem, requirements, indexes: [], unread: [] };
}

/** `[[package]]` tables with `name` and `version`, as Poetry, uv and PDM write them. */
function* tomlPackages(text: string): Generator<Found> {
  let at: { line: number; name: string | null; version: string | null; hasHash: boolean } | null = null;
  const done = () => (at?.name ? [{ line: at.line, name: at.name, version: at.version, hasHash: at.hasHash }] : []);
  for (const [i, line] of text.split('\n').entries()) {
    if (line.startsWith('[')) {
      if (line.startsWith('[[package]]')) {
        yield* done();
        at = { line: i + 1, name: null, version: null, hasHash: false };
      }
      continue;
    }
    if (at === null) continue;
    const [, key, value] = /^(name|version)\s{0,5}=\s{0,5}"([^"]{1,300})"/.exec(line) ?? [];
    if (key === 'name') at.name ??= value!;
    if (key === 'version') at.version ??= value!;
    // Of a package that lies beside the project there is no digest to tell.
    if (/\bhash\s{0,5}=|^source\s{0,5}=\s{0,5}\{\s{0,5}(?:virtual|editable|directory)/.test(line)) at.hasHash = true;
  }
  yield* done();
}

function* pipfilePackages(text: string): Generator<Found> {
  let lock: Record<string, unknown> | null;
  try {
    lock = JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return;
  }
  for (const group of ['default', 'develop'])
    for (const [name, value] of Object.entries((lock?.[group] ?? {}) as Record<string, unknown>)) {
      const { version, hashes } = (value ?? {}) as { version?: unknown; hashes?: unknown };
      yield {
        line: 1,
        name,
        version: typeof version === 'string' ? version.replace(/^=+/, '') : null,
        hasHash: Array.isArray(hashes) && hashes.length > 0,
      };
    }
}

/** Blocks `"name@range":` with `version "1.2.3"` (yarn 1) or `version: 1.2.3` (later ones). */
function* yarnPackages(text: string): Generator<Found> {
  let at: { line: number; name: string; version: string | null; hasHash: boolean } | null = null;
  for (const [i, line] of text.split('\n').entries()) {
    const [, name] = /^"?(@?[^@\s"]{1,300})@[^\n]{1,2000}:$/.exec(line) ?? [];
    if (name !== undefined) {
      if (at !== null) yield at;
      at = { line: i + 1, name, version: null, hasHash: false };
    } else if (at !== null) {
      at.version ??= /^\s{2}version:?\s"?([^"\s]{1,100})"?/.exec(line)?.[1] ?? null;
      if (/^\s{2}(?:integrity|checksum):?\s/.test(line)) at.hasHash = true;
    }
  }
  if (at !== null) yield at;
}

/** Keys `/name@1.2.3:`, `name@1.2.3:` and `/name/1.2.3:` below `packages:`. */
function* pnpmPackages(text: string): Generator<Found> {
  let isPackages = false;
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    if (/^\S/.test(line)) isPackages = line.startsWith('packages:');
    if (!isPackages) continue;
    const [, name, version] = /^ {2}'?\/?((?:@[^/\s]{1,200}\/)?[^@/\s']{1,200})[@/]([\w.+-]{1,100})[^\s]{0,500}:$/.exec(line) ?? []; // prettier-ignore
    if (name !== undefined)
      yield { line: i + 1, name, version: version!, hasHash: /integrity/.test(lines[i + 1] ?? '') };
  }
}
