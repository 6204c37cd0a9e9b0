import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTilePath, parseTilePath } from './tile-path.ts';

test('paths are those of the specification', () => {
  expect(formatTilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
  expect(formatTilePath({ level: 'entries', index: 5, width: 7 })).toBe('tile/entries/005.p/7');
});

test('every name is read back, and nothing else is a path', () => {
  const names = fc.record({
    level: fc.oneof(fc.nat(63), fc.constant('entries' as const)),
    index: fc.nat(10_000_000_000),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(fc.property(names, (name) => void expect(parseTilePath(formatTilePath(name))).toEqual(name)));
  fc.assert(fc.property(fc.string(), (text) => void expect(parseTilePath(text)).toBeNull()));
});

test.each([
  'tile/00/000',
  'tile/64/000',
  'tile/0/0',
  'tile/0/x000/001',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/01',
  'tile/0/../000',
  'tile/0/000/',
])('%s is refused', (path) => void expect(parseTilePath(path)).toBeNull());
