/** The digest as docs/signing.md lays it down, by another implementation: the text in the document and a plain SHA-256. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ATTEST_CODES } from './attest-error.ts';
import { linkDigest } from './model-manifest.ts';
import { treeDigest, type TreeEntry } from './tree-digest.ts';

const DOCS = readFileSync(new URL('../../../../docs/signing.md', import.meta.url), 'utf8');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const EXAMPLE: readonly TreeEntry[] = [
  { name: 'link', kind: 'link', mode: 0, size: 0, sha256: linkDigest('a/x'), target: 'a/x' },
  { name: 'a-b', kind: 'file', mode: 0o755, size: 0, sha256: sha256('') },
  { name: 'a', kind: 'folder', mode: 0o755, size: 0, sha256: '' },
  { name: 'a/x', kind: 'file', mode: 0o644, size: 6, sha256: sha256('hello\n') },
];

test('is that of the example in the document', () => {
  const [, text = '', digest] =
    /```text\n(custody-tree-v1\n[^`]*)```\n\nhas the digest `([0-9a-f]{64})`/.exec(DOCS) ?? [];
  expect(sha256(text)).toBe(digest);
  expect(treeDigest(EXAMPLE)).toBe(digest);
});

test('changes with any one thing, and not with the order', () => {
  const entry = fc.record({
    name: fc.string({
      unit: fc.constantFrom('a', 'b', '/', '-', '.', '\u{1F600}', '\n', ' '),
      minLength: 1,
      maxLength: 6,
    }),
    kind: fc.constantFrom('file' as const, 'folder' as const),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    size: fc.nat(99),
    sha256: fc.constantFrom(sha256('x'), sha256('y')),
  });
  const entries = fc.uniqueArray(entry, { selector: ({ name }) => name, minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(entries, entries, (a, b) => {
      expect(treeDigest([...a].reverse())).toBe(treeDigest(a));
      const text = (list: readonly TreeEntry[]) => JSON.stringify([...list].sort((x, y) => (x.name < y.name ? -1 : 1)));
      expect(treeDigest(a) === treeDigest(b)).toBe(text(a) === text(b));
      const [first, ...rest] = a as [TreeEntry, ...TreeEntry[]];
      for (const changed of [
        { ...first, name: `${first.name}x` },
        { ...first, mode: first.mode ^ 1 },
        { ...first, size: first.size + 1 },
        { ...first, sha256: sha256('z') },
        { ...first, kind: first.kind === 'file' ? ('folder' as const) : ('file' as const) },
      ])
        expect(treeDigest([changed, ...rest])).not.toBe(treeDigest(a));
      expect(treeDigest(rest)).not.toBe(treeDigest(a));
    }),
  );
});

test('every refusal stands in the document', () => {
  expect(ATTEST_CODES.filter((code) => !DOCS.includes(`\`${code}\``))).toEqual([]);
});
