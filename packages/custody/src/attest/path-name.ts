/** Names of files within a signed folder: which are sound, and in which order they stand. */
import { AttestError, shown, type AttestStep } from './attest-error.ts';

const NAME_BYTES_MAX = 4_096;

/**
 * Sorted in the order of `model_signing`: by path components, each in code point order. NUL, which no name holds, sorts
 * before all else, so it stands for the slash. JavaScript compares UTF-16 units, which is the same order but for
 * characters beyond the basic plane; UTF-8 bytes keep it for them.
 */
export function sortedByPath<T>(items: readonly T[], pathOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, key: pathOf(item).replaceAll('/', '\0') }));
  if (!keyed.some(({ key }) => SURROGATE.test(key)))
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
  return keyed
    .map(({ item, key }) => ({ item, key: Buffer.from(key) }))
    .sort((a, b) => a.key.compare(b.key))
    .map(({ item }) => item);
}

const SURROGATE = /[\ud800-\udfff]/;
/** What needs no further look: no dot at the beginning of a part, nothing but ASCII letters, digits and marks. */
const PLAIN = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;

/** Throws AttestError unless the path is relative, normal, and stays within the folder. */
export function requireSafePath(path: string, step: AttestStep): void {
  if (path.length < 1_000 && PLAIN.test(path)) return;
  const refuse = (code: 'path-traversal' | 'name-encoding', why: string): never => {
    throw new AttestError(
      step,
      code,
      `the name "${shown(path)}" ${why}`,
      'Do not use what is signed here; ask its maker.',
      shown(path),
    );
  };
  if (path === '' || path.includes('\0')) refuse('name-encoding', 'is no name of a file');
  if (Buffer.byteLength(path) > NAME_BYTES_MAX) refuse('name-encoding', `is longer than ${NAME_BYTES_MAX} bytes`);
  if (/\p{Cs}/u.test(path)) refuse('name-encoding', 'is not Unicode');
  if (path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:[\\/]/.test(path))
    refuse('path-traversal', 'is absolute');
  for (const part of path.split('/')) {
    if (part === '..') refuse('path-traversal', 'leads out of the folder');
    if (part === '' || part === '.') refuse('path-traversal', 'is not in its normal form');
    if (/^\.\.[\\]|[\\]\.\.(?:[\\]|$)/.test(part)) refuse('path-traversal', 'leads out of the folder on Windows');
  }
}

/**
 * Throws AttestError where two names are one to some file system (upper and lower case, composed and decomposed letters)
 * or to a person's eye (look-alikes by Unicode's confusables, direction marks, invisible characters).
 */
export function requireDistinctNames(paths: readonly string[], step: AttestStep): void {
  const folded = new Map<string, string>();
  const skeletons = new Map<string, string>();
  const refuse = (
    code: 'duplicate-name' | 'case-collision' | 'look-alike',
    path: string,
    other: string,
    why: string,
  ): never => {
    throw new AttestError(
      step,
      code,
      `"${shown(other)}" and "${shown(path)}" ${why}`,
      code === 'duplicate-name'
        ? 'Do not use what is signed here; ask its maker.'
        : 'Rename one of them and sign again.',
      shown(path),
    );
  };
  for (const path of paths) {
    const fold = foldCase(path);
    const sameFold = folded.get(fold);
    if (sameFold === path) refuse('duplicate-name', path, sameFold, 'are the same name twice');
    if (sameFold !== undefined)
      refuse(
        'case-collision',
        path,
        sameFold,
        'are one file where upper and lower case, or composed letters, are the same',
      );
    folded.set(fold, path);
    const skeleton = skeletonOf(fold);
    const sameSkeleton = skeletons.get(skeleton);
    if (sameSkeleton !== undefined) refuse('look-alike', path, sameSkeleton, 'look the same and are not');
    skeletons.set(skeleton, path);
  }
}

// Upper case first: it folds what lower case alone leaves apart (ß and SS, long s).
const foldCase = (path: string): string =>
  /^[\x20-\x7e]*$/.test(path) ? path.toLowerCase() : path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');

/**
 * Letters of other scripts that look like ASCII ones in lower case: from Unicode's confusables (UTS 39), those of scripts
 * that file names are written in. Width and style variants fall to NFKC.
 */
const LOOK_ALIKE: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['a', 'аαɑ'],
      ['b', 'ьƅ'],
      ['c', 'сϲᴄ'],
      ['d', 'ԁɗ'],
      ['e', 'еҽ'],
      ['f', 'ϝẝ'],
      ['g', 'ɡց'],
      ['h', 'һհ'],
      ['i', 'іιıɩ'],
      ['j', 'јϳ'],
      ['k', 'κк'],
      ['l', 'ӏ|ǀا'],
      ['m', 'мᴍ'],
      ['n', 'ոռ'],
      ['o', 'оοօᴏ'],
      ['p', 'рρ'],
      ['q', 'ԛգ'],
      ['r', 'гᴦ'],
      ['s', 'ѕꜱ'],
      ['t', 'τт'],
      ['u', 'υսᴜ'],
      ['v', 'νѵᴠ'],
      ['w', 'ԝѡա'],
      ['x', 'хχ'],
      ['y', 'уүγ'],
      ['z', 'ᴢ'],
      ['-', '‐‑‒–—―−'],
      ['.', '․'],
      ['/', '⁄∕'],
      ["'", '‘’ʼ′'],
      [':', '։꞉'],
    ] as const
  ).flatMap(([ascii, others]) => [...others].map((other) => [other, ascii])),
);
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

function skeletonOf(folded: string): string {
  if (/^[\x20-\x7e]*$/.test(folded)) return folded;
  const plain = folded
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(/\p{Zs}/gu, ' ');
  return Array.from(plain, (char) => LOOK_ALIKE[char] ?? char).join('');
}
