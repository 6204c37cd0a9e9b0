import { describe, expect, test } from 'vitest';
import { macrosIn, renderTemplate } from './jinja.ts';
import type { Value } from './jinja-value.ts';

const table = (name: string): Value => ({ kind: 'relation', sql: `t.${name}`, name });
const globals = new Map<string, Value>([
  ['a', 1],
  ['names', ['x', 'y']],
  ['people', table('people')],
]);
const render = (text: string, isFirst = false, macros = '') =>
  renderTemplate(text, { globals, macros: macrosIn(macros), isFirst });
const sql = (text: string, isFirst = false, macros = '') => render(text, isFirst, macros).sql;

describe('what can be known', () => {
  test.each([
    ['{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 7 // 2 }} {{ -a }}', '7 9 3 -1'],
    ['{% for n in names %}{{ loop.index }}{{ n }}{{ "," if not loop.last }}{% endfor %}', '1x,2y'],
    ['{% if a == 1 and "x" in names %}yes{% elif a %}no{% else %}never{% endif %}', 'yes'],
    ['{% set b %}{{ a }}-{{ a }}{% endset %}[{{ b }}]', '[1-1]'],
    ['{% set d = {"k": [1, 2]} %}{{ d.k[1] }}{{ d["k"][0] }}{{ d.get("z", 9) }}', '219'],
    ['a {#- gone -#} b', 'ab'],
    ['a {%- if a %} b {% endif -%} c', 'a b c'],
    ['{% raw %}{{ no }}{% endraw %}', '{{ no }}'],
    ['{{ "a" ~ 1 | string ~ names | join("+") }}', 'a1x+y'],
    ["{{ 'it''s' }} {{ \"}}\" }}", 'its }}'],
    ['{% if 0 < a <= 1 %}between{% endif %}', 'between'],
    ['select * from {{ people }}{#- -#} where x', 'select * from t.people where x'],
  ])('%s', (text, expected) => {
    const { sql: out, unknowns, unread } = render(text);
    expect({ out, unknowns, unread }).toEqual({ out: expected, unknowns: [], unread: null });
  });

  test('macros of the project, with defaults, names and returns', () => {
    const macros = '{% macro m(x, y=2) %}{{ x }}/{{ y }}{% endmacro %}{% macro r(l) %}{{ return(l[0]) }}{% endmacro %}';
    expect(sql('{{ m(1) }} {{ m(y=5, x=3) }} {{ r(["q"]) | upper }}', false, macros)).toBe('1/2 3/5 Q');
  });
});

describe('what cannot be known', () => {
  test('is said, and a condition is taken either way', () => {
    const text = '{% if target.name == "dev" %}A{% else %}B{% endif %}';
    expect([sql(text, true), sql(text, false)]).toEqual(['A', 'B']);
    expect(render(text).unknowns).toEqual([{ offset: 2, what: 'target.name' }]);
  });

  test('is replaced by what keeps the names that it was given', () => {
    expect(sql("select {{ pkg.odd('email', 'x y') }} as e")).toBe('select unknown_macro(email) as e');
    expect(sql('select {{ pkg.odd() }} as e from {{ pkg.where_from(people) }}')).toBe(
      'select null as e from (select * from t.people)',
    );
    expect(sql('with x as ({{ pkg.all([people, people]) }})')).toBe(
      'with x as (select * from t.people union all select * from t.people)',
    );
    expect(sql('select * from {{ nobody }} where a.{{ nobody }}')).toBe('select * from unknown where a.unknown');
    expect(sql('{% for c in run_query("x") %}{{ c }},{% endfor %}')).toBe('unknown_macro(x),');
  });
});

test('an offset of the SQL leads back into the template', () => {
  const text = '{# one\ntwo #}select\n{% for n in names %}{{ n }}_col, {% endfor %}\nlast';
  const { sql: out, offsetOf } = render(text);
  expect(text.slice(offsetOf(out.indexOf('last')))).toBe('last');
  expect(text.slice(offsetOf(out.indexOf('y_col') + 1), offsetOf(out.indexOf('y_col') + 5))).toBe('_col');
  expect(text.slice(0, offsetOf(out.indexOf('y_col'))).split('\n')).toHaveLength(3);
});

describe('hostile templates end', () => {
  const long = 'x'.repeat(900_000);
  test.each([
    ['loops in loops', '{% for a in range(9999) %}'.repeat(6) + 'x' + '{% endfor %}'.repeat(6), 'steps'],
    [
      'a text that doubles',
      `{% set s = "${'x'.repeat(1000)}" %}{% for i in range(60) %}{% set s = s ~ s %}{% endfor %}{{ s }}`,
      null,
    ],
    [
      'a text that doubles by namespace',
      `{% set n = namespace(s="${'x'.repeat(1000)}") %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s }}`,
      'characters',
    ],
    ['a macro that calls itself', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'deep'],
    ['blocks in blocks', '{% if a %}'.repeat(10_000), 'deep'],
    ['parentheses', `{{ ${'('.repeat(100_000)} }}`, 'deep'],
    ['brackets', `{{ ${'['.repeat(100_000)}${']'.repeat(100_000)} }}`, 'deep'],
    ['nots and minuses', `{{ ${'not '.repeat(100_000)}${'-'.repeat(100_000)}1 }}`, null],
    ['choices', `{{ ${'1 if 1 else '.repeat(10_000)}1 }}`, 'deep'],
    ['a long sum', `{{ ${'1 + '.repeat(100_000)}1 }}`, 'long'],
    ['one line', long, null],
    ['an output that never ends', `{{ ${long}`, 'never closed'],
    ['many openings', '{{'.repeat(400_000), 'never closed'],
    ['many comments', '{#'.repeat(400_000), 'never closed'],
    ['quotes', `{{ ${"'".repeat(500_000)} }}`, null],
    ['a large file', 'x'.repeat(1_000_001), 'megabyte'],
    ['a range', '{% for a in range(0, 999999999) %}x{% endfor %}', 'range'],
    [
      'replace that multiplies',
      `{% set s = "${'a'.repeat(1000)}" %}{{ s.replace("a", s).replace("a", s).replace("a", s) }}`,
      null,
    ],
    [
      'names of prototypes',
      '{{ constructor }}{{ __proto__ }}{{ a.__proto__.x }}{{ names.constructor() }}{{ "x" | constructor }}',
      null,
    ],
  ])('%s', (_, text, reason) => {
    const { unread, sql: out } = render(text, false, text);
    if (reason === null) expect(out.length).toBeLessThanOrEqual(4_000_000);
    else expect(unread).toContain(reason);
  });
});
