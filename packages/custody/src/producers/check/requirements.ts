/** What a project installs: `requirements*.txt` (PEP 508 lines, pip's options), and lock files of npm. */
import { resembled } from './known-package.ts';

export interface Requirement {
  readonly line: number;
  readonly name: string;
  /** `==1.2.3`, `>=2`, empty for any. */
  readonly specifier: string;
  readonly isPinned: boolean;
  /** `--hash=sha256:...`, or `integrity` of a lock file. */
  readonly hasHash: boolean;
  /** Of a requirement that is an address. */
  readonly url: string | null;
  /** The known package whose name this one nearly has; null where it is itself known, or like none. */
  readonly resembles: string | null;
}

export interface RequirementsFacts {
  readonly kind: 'requirements';
  readonly path: string;
  readonly format: 'pip' | 'npm-lock' | 'python-lock' | 'yarn-lock' | 'pnpm-lock';
  readonly ecosystem: 'pip' | 'npm';
  readonly requirements: readonly Requirement[];
  /** Indexes that packages come from, as options name them. */
  readonly indexes: readonly { readonly line: number; readonly option: string; readonly url: string }[];
  /** Lines that could not be read. */
  readonly unread: readonly number[];
}

const ENTRIES_MAX = 50_000;
/** Without markers and digests; no name with its versions or address is longer. */
const BARE_CHARS_MAX = 2_000;

export function requirementsIn(path: string, text: string): RequirementsFacts {
  const requirements: Requirement[] = [];
  const indexes: { line: number; option: string; url: string }[] = [];
  const unread: number[] = [];
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length && requirements.length < ENTRIES_MAX; i++) {
    const line = i + 1;
    const parts = [lines[i]!.trimEnd()];
    while (parts.at(-1)!.endsWith('\\') && i + 1 < lines.length) {
      parts.push(parts.pop()!.slice(0, -1));
      parts.push(lines[++i]!.trimEnd());
    }
    const whole = parts
      .join(' ')
      .replace(/(?:^|\s)#.*$/, '')
      .trim();
    if (whole === '') continue;
    const option = /^(--index-url|-i|--extra-index-url|--find-links|-f|--trusted-host)[\s=]+(\S+)/.exec(whole);
    if (option) {
      indexes.push({ line, option: option[1]!, url: option[2]! });
      continue;
    }
    if (whole.startsWith('-') && !/^(?:-e|--editable)\s/.test(whole)) continue;
    const spec = whole.replace(/^(?:-e|--editable)\s+/, '');
    const hasHash = /\s--hash[=\s]/.test(spec);
    const bare = spec
      .replace(/\s--\S.*$/, '')
      .replace(/;.*$/, '')
      .trim();
    if (bare.length > BARE_CHARS_MAX) {
      unread.push(line);
      continue;
    }
    const url = /^(?:[\w.-]+\s*(?:\[[^\]]*\])?\s*@\s*)?((?:git\+|hg\+)?(?:https?|git|ssh|file):\/\/\S+)/.exec(
      bare,
    )?.[1];
    if (url !== undefined) {
      const name = /^([\w.-]+)\s*(?:\[[^\]]*\])?\s*@/.exec(bare)?.[1] ?? /#egg=([\w.-]+)/.exec(bare)?.[1] ?? url;
      const isPinned = /@[0-9a-f]{40}\b|\.whl(?:#|$)|\.tar\.gz(?:#|$)/.test(url);
      requirements.push({ line, name, specifier: '', isPinned, hasHash: hasHash || /#sha256=/.test(url), url, resembles: null }); // prettier-ignore
      continue;
    }
    const match = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(bare);
    if (!match) {
      if (!/^[./]/.test(bare)) unread.push(line);
      continue;
    }
    const specifier = match[2]!.replace(/\s+/g, '');
    const isPinned = /^===?[^*,]+$/.test(specifier);
    const name = match[1]!;
    requirements.push({ line, name, specifier, isPinned, hasHash, url: null, resembles: resembled(name, 'pip') });
  }
  return { kind: 'requirements', path, format: 'pip', ecosystem: 'pip', requirements, indexes, unread };
}

/** `package-lock.json` of npm 7 and later. Null where it is none. */
export function packageLockIn(path: string, text: string): RequirementsFacts | null {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch {
    return null;
  }
  const packages = (lock as { packages?: unknown } | null)?.packages;
  if (typeof packages !== 'object' || packages === null) return null;
  const requirements: Requirement[] = [];
  for (const [key, value] of Object.entries(packages).slice(0, ENTRIES_MAX)) {
    const entry = value as { version?: unknown; resolved?: unknown; integrity?: unknown; link?: unknown } | null;
    if (key === '' || entry === null || entry.link === true || !key.includes('node_modules/')) continue;
    const url = typeof entry.resolved === 'string' ? entry.resolved : null;
    const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
    requirements.push({
      line: 1,
      name,
      specifier: typeof entry.version === 'string' ? `==${entry.version}` : '',
      isPinned: typeof entry.version === 'string',
      // What comes with its parent has neither.
      hasHash: typeof entry.integrity === 'string' || url === null,
      url,
      resembles: resembled(name, 'npm'),
    });
  }
  return { kind: 'requirements', path, format: 'npm-lock', ecosystem: 'npm', requirements, indexes: [], unread: [] };
}
