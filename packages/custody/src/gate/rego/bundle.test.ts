import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleOf, looseFiles, readTar, toJs, writeTar } from './index.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const files = new Map([
  ['.manifest', bytes('{"revision":"r1","roots":["access","roles"]}')],
  ['access/policy.rego', bytes('package access\n\nallow if input.x\n')],
  ['roles/data.json', bytes('{"owner":["read"]}')],
  ['roles/notes.yaml', bytes('not: loaded\n')],
]);

describe('bundles', () => {
  test('hold modules, and documents at the path of their folder', () => {
    const bundle = bundleOf(files);
    expect(Object.keys(bundle.modules)).toEqual(['access/policy.rego']);
    expect(toJs(bundle.data)).toEqual({ roles: { owner: ['read'] } });
    expect(bundle.revision).toBe('r1');
  });

  test('as loose files hold every document', () => {
    expect(toJs(looseFiles(files).data)).toEqual({ roles: { owner: ['read'], not: 'loaded' } });
  });

  test('answer for their roots alone', () => {
    const other = new Map([...files, ['other.rego', bytes('package other\n\nx := 1\n')]]);
    expect(() => bundleOf(other)).toThrow(/do not permit 'package other'/);
    const data = new Map([...files, ['secret/data.json', bytes('{"a":1}')]]);
    expect(() => bundleOf(data)).toThrow(/do not permit data at path/);
  });

  test('refuse two values for one document', () => {
    const twice = new Map([
      ['data.json', bytes('{"a":1}')],
      ['data.yaml', bytes('a: 2\n')],
    ]);
    expect(() => bundleOf(twice)).toThrow(/merge error at data\.a/);
  });
});

describe('archives', () => {
  const name = fc.stringMatching(/^[a-z]{1,60}(\/[a-z.]{1,60}[a-z]){0,2}$/);

  test('read back as they were, always the same bytes', () => {
    fc.assert(
      fc.property(fc.dictionary(name, fc.uint8Array({ maxLength: 1_500 }), { maxKeys: 8 }), (dictionary) => {
        const given = new Map(Object.entries(dictionary));
        const archive = writeTar(given);
        expect(Buffer.compare(archive, writeTar(new Map([...given].reverse())))).toBe(0);
        const read = readTar(archive);
        expect([...read.keys()].sort()).toEqual([...given.keys()].sort());
        for (const [path, body] of given) expect(Buffer.compare(read.get(path) as Uint8Array, body)).toBe(0);
      }),
    );
  });

  test('that lead outside, end early or are none are refused', () => {
    expect(() => readTar(writeTar(new Map([['../x.rego', bytes('package x')]])))).toThrow(/leads outside/);
    expect(() => readTar(writeTar(files).subarray(0, 700))).toThrow(/damaged/);
    expect(() => readTar(gzipSync(writeTar(files)))).toThrow(/damaged/);
  });

  test('of any bytes never hang or throw anything but a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (archive) => {
        try {
          readTar(archive);
        } catch (error) {
          expect(error).toHaveProperty('code', 'rego_compile_error');
        }
      }),
    );
  });
});
