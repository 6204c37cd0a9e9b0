/** Hostile policies and inputs: an answer or a coded refusal, within the limits, whatever they are. */
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile, formatPolicy, RegoError } from './index.ts';

const folder = new URL('../../../../../policies/', import.meta.url);
const SEEDS = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.rego'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'));
const LIMITS = { stepsMax: 20_000, sizeMax: 100_000, depthMax: 100 };

/** A real policy with pieces cut out, doubled, swapped, or replaced by tokens that mean something elsewhere. */
const mangled = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 30 }),
        fc.constantFrom(
          '',
          '{',
          '}',
          '[',
          ']',
          '(',
          ')',
          '"',
          '`',
          '|',
          ' if ',
          ' with input as ',
          ' else ',
          ':=',
          '=',
          'not ',
          'some x in ',
          'every ',
          '_',
          '$"{',
          '\\',
          '\n',
          '#',
          '1e999999',
          '\ud800',
          '__proto__',
          'data',
          'input',
          '..',
        ),
      ),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce(
      (t, [at, cut, put]) => t.slice(0, at % (t.length + 1)) + put + t.slice((at % (t.length + 1)) + cut),
      text,
    ),
  );

function refused(run: () => void): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(RegoError);
    expect((error as RegoError).code, (error as Error).message).not.toBe('eval_internal_error');
  }
}

describe('any text', () => {
  test('compiles and decides, or is refused with a code', () => {
    fc.assert(
      fc.property(mangled, fc.jsonValue(), (text, input) => {
        refused(() => {
          const policy = compile({ modules: { 'a.rego': text } });
          policy.evaluate('data', input, { limits: LIMITS });
        });
        refused(() => void formatPolicy(text, 'a.rego'));
      }),
      { numRuns: 400 },
    );
  });

  test('that parses prints as text that parses, and prints the same again', () => {
    fc.assert(
      fc.property(mangled, (text) => {
        let printed: string;
        try {
          printed = formatPolicy(text, 'a.rego');
        } catch {
          return;
        }
        expect(formatPolicy(printed, 'a.rego')).toBe(printed);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  [
    'doubling',
    'package a\n\nx0 := [1, 1]\n' + Array.from({ length: 60 }, (_, i) => `x${i + 1} := [x${i}, x${i}]`).join('\n'),
    'data.a.x60',
  ],
  [
    'a product',
    'package a\n\nn := numbers.range(1, 2000)\n\nx := count([1 | some a in n; some b in n; some c in n])\n',
    'data.a.x',
  ],
  [
    'a deep call',
    `package a\n\nf0(x) := x\n${Array.from({ length: 300 }, (_, i) => `f${i + 1}(x) := f${i}(x)`).join('\n')}\n\nx := f300(1)\n`,
    'data.a.x',
  ],
  [
    'a regular expression',
    'package a\n\nx := regex.match(`(a|aa)+$`, concat("", [sprintf("%s", ["a"]) | some _ in numbers.range(1, 5000)]))\n',
    'data.a.x',
  ],
  ['a wide sprintf', 'package a\n\nx := sprintf("%999999999d", [1])\n', 'data.a.x'],
])('%s ends within its limits', (_name, text, path) => {
  refused(() => void compile({ modules: { 'a.rego': text } }).evaluate(path, {}, { limits: LIMITS }));
});

test('input nested as deep as JSON allows is refused, not fatal', () => {
  let input: unknown = 1;
  for (let i = 0; i < 20_000; i++) input = [input];
  refused(() => void compile({ modules: { 'a.rego': 'package a\n\nx := input\n' } }).evaluate('data.a.x', input));
});
