/** What the printer writes reads back as the same module, and printing that again changes nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Module } from './ast.ts';
import { parseModule } from './parser.ts';
import { printModule } from './printer.ts';

/** What a layout may change: places, and how the same rule was written. */
const LAYOUT = new Set('place packagePlace end written line startsLine parenthesized inline comments'.split(' '));
const meaning = (module: Module): string =>
  JSON.stringify(
    { ...module, imports: [...module.imports].sort((a, b) => (a.path.join() < b.path.join() ? -1 : 1)) },
    (key, value: unknown) => (LAYOUT.has(key) ? undefined : typeof value === 'bigint' ? String(value) : value),
  );

function roundTrip(text: string): string {
  const module = parseModule(text, 'a.rego');
  const printed = printModule(module);
  const again = parseModule(printed, 'a.rego');
  expect(meaning(again), printed).toBe(meaning(module));
  expect(again.comments.map((comment) => comment.text.trim())).toEqual(
    module.comments.map((comment) => comment.text.trim()),
  );
  expect(printModule(again)).toBe(printed);
  return printed;
}

describe('layout', () => {
  test('is that of opa fmt 1.22.2', () => {
    expect(
      roundTrip(`package a
import data.z.y
import data.b as c # why
# about x
x := {"b":1,"a":2,   "c": {3,1,2}}
y := [
1,2,
3] # trailing
z if {
  a:=1 ; b := 2


  c == a+b*2 # end
  # alone
  not foo(a)
}
w contains "a" if a.b["c-d"]["e"][_] == \`raw\`
f(x) := 1 if {x > 1} else := 2 if { x < 0
y }
default q = true
k if { some x , y in input.z; every a,b in [1,2] { a==b; b } }
l if count({x | x := input[_];
  x > 1}) > 1 with input as {"a":1} with data.foo as 3
`),
    ).toBe(`package a

import data.b as c # why
import data.z.y

# about x
x := {"b": 1, "a": 2, "c": {3, 1, 2}}
y := [
	1, 2,
	3, # trailing
]

z if {
	a := 1
	b := 2

	c == a + (b * 2) # end
	# alone
	not foo(a)
}

w contains "a" if a.b["c-d"].e[_] == \`raw\`

f(x) := 1 if x > 1

else := 2 if {
	x < 0
	y
}

default q := true

k if {
	some x, y in input.z
	every a, b in [1, 2] { a == b; b}
}

l if count({x |
	x := input[_]
	x > 1
}) > 1 with input as {"a": 1} with data.foo as 3
`);
  });

  test('keeps operations that bind as they were meant', () => {
    for (const body of [
      'a - (b - c) == d',
      '(a == b) == c',
      'a == (b == c)',
      'x := (a | b) & c',
      '{y | y := (a | b)} == s',
    ])
      roundTrip(`package a\n\np if {\n\t${body}\n}\n`);
  });
});

const name = fc.constantFrom('a', 'b', 'x_1', 'input', 'data');
const scalar = fc.oneof(
  fc.constantFrom('true', 'false', 'null', '1', '-2.50', '1e3', '`raw "text"`'),
  fc.string({ maxLength: 5 }).map((text) => JSON.stringify(text.replaceAll('\t', ' '))),
);
const { term } = fc.letrec<{ term: string; body: string }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    name,
    fc.tuple(name, fc.oneof(scalar, name)).map(([head, key]) => `${head}.y[${key}]`),
    fc.array(tie('term'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.array(tie('term'), { minLength: 1, maxLength: 3 }).map((items) => `{(${items.join('), (')}),}`),
    fc
      .array(fc.tuple(scalar, tie('term')), { maxLength: 3 })
      .map((pairs) => `{${pairs.map(([k, v]) => `${k}: (${v})`).join(',\n')}}`),
    fc
      .tuple(tie('term'), fc.constantFrom('+', '-', '*', '/', '%', '&', '|', '==', '!=', '<', 'in'), tie('term'))
      .map(([l, op, r]) => `((${l}) ${op} (${r}))`),
    fc.array(tie('term'), { maxLength: 3 }).map((args) => `f.g(${args.join(', ')})`),
    fc.tuple(tie('term'), tie('body')).map(([head, body]) => `[(${head}) | ${body}]`),
    fc.tuple(tie('term'), tie('body')).map(([head, body]) => `{(${head}) | ${body}}`),
    fc.tuple(scalar, tie('term'), tie('body')).map(([key, head, body]) => `{${key}: (${head}) | ${body}}`),
  ),
  body: fc
    .array(
      fc.oneof(
        tie('term'),
        fc.tuple(name, tie('term')).map(([left, right]) => `${left} = ${right}`),
        tie('term').map((t) => `not (${t})`),
        fc.tuple(name, tie('term')).map(([value, domain]) => `some ${value} in (${domain})`),
        fc.tuple(tie('term'), tie('body')).map(([domain, body]) => `every e in (${domain}) { ${body} }`),
        fc.tuple(tie('term'), tie('term')).map(([t, value]) => `(${t}) with input.x as (${value})`),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .chain((parts) => fc.constantFrom('; ', '\n').map((by) => parts.join(by))),
}));

test('any module reads back as it was', () => {
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 3 }), (terms) => {
      roundTrip(
        `package a.b\n\n${terms.map((t, i) => `p${i} := ${t} if {\n\tx_1 := ${t}\n\t${t}\n} # c${i}\n`).join('\n'.repeat(terms.length % 3))}`,
      );
    }),
    { numRuns: 150 },
  );
});
