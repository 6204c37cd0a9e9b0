import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, RegoError, toJs, type PolicySource } from './index.ts';

const folder = new URL('../../../../../testdata/rego/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.rego'))
  .map((name) => name.slice(0, -5));

interface Golden {
  readonly query: string;
  readonly data?: unknown;
  readonly input?: unknown;
  readonly want?: unknown;
  readonly error?: string;
}

/** The code of the RegoError that `run` throws; null if it throws none. */
function codeOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(RegoError);
    expect((error as RegoError).remedy).not.toBe('');
    return (error as RegoError).code;
  }
}

describe('golden cases', () => {
  test.each(names)('%s', (name) => {
    const golden = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Golden;
    const run = () =>
      compile({
        modules: { [`${name}.rego`]: readFileSync(new URL(`${name}.rego`, folder), 'utf8') },
        data: golden.data ?? {},
      }).query(golden.query, {
        input: golden.input,
      });
    if (golden.error === undefined) expect(run()).toEqual(golden.want);
    else expect(codeOf(run)).toBe(golden.error);
  });
});

const value = (term: string, source: PolicySource = {}, input?: unknown): unknown => {
  const found = compile(source).solutions(`x = ${term}`, { input });
  return found.length === 0 ? undefined : toJs(found[0]?.get('x') ?? null);
};

test.each([
  ['9007199254740993 * 9007199254740993', 81129638414606699710187514626049n],
  ['1 / 3 * 3', 1],
  ['[x | some x in {3, 1, 2}]', [1, 2, 3]],
  ['regex.replace("a1b22", "[0-9]+", "<$0>")', 'a<1>b<22>'],
  ['regex.find_n("a*?b|c", "aabc", -1)', ['aab', 'c']],
  ['regex.match("^(a|a)*$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")', false],
  ['glob.match("*.example.{com,org}", ["."], "api.example.org")', true],
  ['glob.match("*.example.com", ["."], "a.b.example.com")', false],
  ['json.patch({"a": [1]}, [{"op": "add", "path": "/a/-", "value": 2}])', { a: [1, 2] }],
  ['time.format([0, "UTC", "RFC1123"])', 'Thu, 01 Jan 1970 00:00:00 UTC'],
  ['time.diff(1000000000, 0)', [0, 0, 0, 0, 0, 1]],
  ['semver.compare("1.0.0-alpha.2", "1.0.0-alpha.10")', -1],
  ['net.cidr_contains("10.0.0.0/8", "10.1.2.3")', true],
  ['units.parse_bytes("1.5KiB")', 1536],
  ['yaml.unmarshal("a:\\n- 1\\n- b: [x, \\"y\\"]\\n")', { a: [1, { b: ['x', 'y'] }] }],
  ['sprintf("%6.2f|%+d|%#x|%t|%T", [3.14159, 5, 255, true, 1])', '  3.14|+5|0xff|%!t(string=true)|int64'],
  ['bits.lsh(1, 70)', 1180591620717411303424n],
  ['object.union({"a": {"b": 1}}, {"a": {"c": 2}})', { a: { b: 1, c: 2 } }],
])('%s', (term, want) => {
  expect(value(term)).toEqual(want);
});

test('`__proto__` is a key like any other', () => {
  const input = JSON.parse('{"__proto__": {"admin": true}}') as unknown;
  expect(value('input.admin', {}, input)).toBeUndefined();
  expect(value('input["__proto__"].admin', {}, input)).toBe(true);
  expect(value('input.constructor', {}, input)).toBeUndefined();
  const shown = compile({}).query('x = {"__proto__": {"polluted": true}}')[0]?.x as object;
  expect(Object.keys(shown)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('built-in errors are undefined, or thrown when strict', () => {
  const policy = compile({ modules: ['package t\np := to_number("x")'] });
  expect(policy.query('data.t.p = x')).toEqual([]);
  expect(codeOf(() => policy.query('data.t.p = x', { strictBuiltinErrors: true }))).toBe('eval_builtin_error');
});

test('http.send is refused unless handed in', () => {
  const policy = compile({ modules: ['package t\np := http.send({"method": "get", "url": "http://x"}).status'] });
  expect(codeOf(() => policy.query('data.t.p = x'))).toBe('eval_builtin_error');
  expect(
    policy.query('data.t.p = x', { httpSend: () => compile({}).solutions('x = {"status": 200}')[0]?.get('x') ?? null }),
  ).toEqual([{ x: 200 }]);
});

test('the clock is the one handed in', () => {
  expect(compile({}).query('x = time.now_ns()', { nowNs: 5n })).toEqual([{ x: 5 }]);
});

describe('limits', () => {
  test.each([
    ['steps', 'count([1 | numbers.range(1, 1000)[_]; numbers.range(1, 1000)[_]; numbers.range(1, 1000)[_]], x)'],
    ['regex work', `x = regex.match("(x+x+)+y", concat("", [a | numbers.range(1, 200000)[_]; a = "xxxxx"]))`],
    ['size', 'a = numbers.range(1, 100000); x = [b | a[_]; b = a[_]]'],
  ])('%s', (_name, query) => {
    expect(codeOf(() => compile({}).query(query, { limits: { stepsMax: 1_000_000, sizeMax: 1_000_000 } }))).toBe(
      'eval_cancel_error',
    );
  });

  test('a value that doubles is refused before it is walked', () => {
    const rules = Array.from({ length: 60 }, (_, i) => `a${i + 1} := [a${i}, a${i}]`).join('\n');
    const policy = compile({ modules: [`package t\na0 := [1]\n${rules}`] });
    expect(codeOf(() => policy.query('x = json.marshal(data.t.a60)'))).toBe('eval_cancel_error');
  });

  test.each([
    ['nested policy', () => compile({ modules: [`package t\np := ${'['.repeat(5000)}${']'.repeat(5000)}`] })],
    ['nested data', () => compile({ data: `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}` })],
    ['nested groups', () => compile({ modules: [`package t\np if ${'('.repeat(5000)}1${')'.repeat(5000)}`] })],
    [
      'long chain of rules',
      () =>
        compile({
          modules: [
            `package t\np0 := 1\n${Array.from({ length: 2000 }, (_, i) => `p${i + 1} := p${i} + 1`).join('\n')}`,
          ],
        }).query('data.t.p2000 = x'),
    ],
  ])('%s is refused by name', (_name, run) => {
    expect(codeOf(run)).toBe('eval_cancel_error');
  });
});

test('errors carry file, line and column', () => {
  try {
    compile({ modules: { 'gate.rego': 'package t\n\nallow if {\n\tinput.x ==\n}\n' } });
    expect.unreachable();
  } catch (error) {
    expect((error as RegoError).place).toEqual({ file: 'gate.rego', line: 5, column: 1 });
    expect((error as RegoError).format()).toMatch(/^gate\.rego:5:1: rego_parse_error: /);
  }
});

describe('properties', () => {
  const words = fc.constantFrom(
    'p',
    'x',
    'input',
    'data',
    '_',
    'if',
    'not',
    'some',
    'in',
    'every',
    'with',
    'as',
    'else',
    'default',
    'contains',
    ':=',
    '=',
    '==',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '|',
    '.',
    ',',
    ';',
    '\n',
    '1',
    '-1',
    '"s"',
    '$"{x}"',
    'count(',
    '+',
    '*',
    'true',
    'null',
    'p.q',
    'x[i]',
    'walk(',
  );
  test('whatever the text, what is thrown is a RegoError', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 25 }), (parts) => {
        const run = () =>
          compile({ modules: [`package t\np if {\n${parts.join(' ')}\n}`], data: { a: [1] } }).query('data.t = x', {
            input: { a: 1 },
          });
        try {
          run();
        } catch (error) {
          expect(error).toBeInstanceOf(RegoError);
          expect((error as RegoError).code).not.toBe('eval_internal_error');
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('JSON goes in and comes out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (json) => {
        const found = compile({}).query('x = json.unmarshal(json.marshal(input))', { input: json })[0]?.x;
        // Large integers come out as bigint; JSON has no -0 that differs from 0; keys come out sorted.
        const plain = (v: unknown): unknown => {
          if (typeof v === 'bigint' || typeof v === 'number') return Number(v) + 0;
          if (Array.isArray(v)) return v.map(plain);
          if (v === null || typeof v !== 'object') return v;
          return Object.entries(v)
            .map(([k, item]) => [k, plain(item)] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1));
        };
        expect(plain(found)).toEqual(plain(json));
      }),
      { numRuns: 500 },
    );
  });

  test('integers of any size add up and come apart', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        (a, b) => {
          const [found] = compile({}).query('x = input.a + input.b; y = x - input.b; z = y == input.a', {
            input: { a, b },
          });
          expect(BigInt(found?.x as number | bigint)).toBe(a + b);
          expect(found?.z).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a regular expression agrees with the one of JavaScript, where both mean the same', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '(a|b)',
      '(?:ab)',
      'a*',
      'b+?',
      '(a)?',
      '^',
      '$',
      '\\b',
      'c{1,2}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.stringMatching(/^[abc ]{0,12}$/),
        (parts, text) => {
          const pattern = parts.join('');
          const all = compile({}).query('x = regex.find_all_string_submatch_n(input.p, input.t, 1)', {
            input: { p: pattern, t: text },
          })[0]?.x as string[][];
          const want = new RegExp(pattern, 's').exec(text);
          expect(all[0] ?? null).toEqual(want === null ? null : [...want].map((g) => g ?? ''));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
