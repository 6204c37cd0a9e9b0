// Models that use Jinja as people do, with constants that are made up: `next(n)` is a number below n, `from` a relation.

/** Numbers that a seed decides (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const WORDS = ['alpha', 'Beta', 'gamma ray', 'delta_1', "o''neil", 'ZETA', 'x'];
const word = (next) => WORDS[next(WORDS.length)];
const list = (next, n = 1 + next(4)) => `[${Array.from({ length: n }, () => `"${word(next)}"`).join(', ')}]`;
const numbers = (next, n = 1 + next(5)) => `[${Array.from({ length: n }, () => next(50)).join(', ')}]`;
/** Columns that every model hands on, so that any may follow any. */
const KEPT = 'id, email, city, amount';

export const macros = `{% macro cents(column, digits=2) %}
  round({{ column }} / 100, {{ digits }})
{% endmacro %}

{%- macro quoted(items, mark="'") -%}
  {%- set out = [] -%}
  {%- for item in items -%}{%- do out.append(mark ~ item ~ mark) -%}{%- endfor -%}
  {{ out | join(', ') }}
{%- endmacro -%}

{% macro first_of(items) %}{{ return(items[0]) }}{% endmacro %}

{% macro nested(n) %}{% if n > 0 %}({{ nested(n - 1) }} + {{ n }}){% else %}0{% endif %}{% endmacro %}

{% macro known(column) %}{% if column in ['email', 'phone'] %}md5({{ column }}){% else %}{{ column }}{% endif %}{% endmacro %}
`;

export const TEMPLATES = [
  (next, from) => `select ${KEPT} from ${from} where amount > ${next(9)}`,
  (next, from) =>
    `{% set words = ${list(next)} %}\nselect ${KEPT}{% for w in words %}, '{{ w }}' as w{{ loop.index }}{% endfor %} from ${from}`,
  (next, from) =>
    `{%- set words = ${list(next)} -%}\nselect ${KEPT},\n{% for w in words -%}\n  '{{ w | upper }}' as w{{ loop.index0 }}{{ "," if not loop.last }}\n{%- endfor %}\nfrom ${from}`,
  (next, from) =>
    `select ${KEPT}, {{ cents('amount') }} as euros, {{ cents('amount', ${next(5)}) }} as other from ${from}`,
  (next, from) => `select ${KEPT} from ${from} where city in ({{ quoted(${list(next)}) }})`,
  (next, from) => `select ${KEPT}, '{{ first_of(${list(next)}) }}' as one from ${from}`,
  (next, from) => `select ${KEPT}, {{ nested(${next(6)}) }} as n from ${from}`,
  (next, from) => `select id, {{ known('email') }} as email, {{ known('city') }} as city, amount from ${from}`,
  (next, from) =>
    `{% if var('is_on') and ${next(5)} > ${next(5)} %}select ${KEPT}, 1 as a{% elif var('is_off') %}select ${KEPT}, 2 as b{% else %}select ${KEPT}, 3 as c{% endif %} from ${from}`,
  (next, from) => `select ${KEPT} from ${from} limit {{ var('limit') * ${1 + next(4)} }}`,
  (next, from) => `select ${KEPT}, {{ var('missing', ${next(9)}) }} as m from ${from}`,
  (next, from) =>
    `{% for name in var('names') %}select ${KEPT}, '{{ name | title }}' as who from ${from}{% if not loop.last %} union all {% endif %}{% endfor %}`,
  (next, from) =>
    `{% set d = {'a': ${next(9)}, 'b': ${next(9)}} %}select ${KEPT}{% for k, v in d.items() %}, {{ v }} as {{ k }}{% endfor %} from ${from}`,
  (next, from) =>
    `{% set ns = namespace(total=0) %}{% for n in ${numbers(next)} %}{% set ns.total = ns.total + n %}{% endfor %}select ${KEPT}, {{ ns.total }} as t from ${from}`,
  (next, from) =>
    `{% set block %}${KEPT}, {{ ${next(9)} + ${next(9)} }} as s{% endset %}select {{ block }} from ${from}`,
  (next, from) =>
    `select ${KEPT}, {{ ${next(90)} // ${1 + next(9)} }} as a, {{ ${next(90)} % ${1 + next(9)} }} as b, {{ 2 ** ${next(9)} }} as c from ${from}`,
  (next, from) => `select ${KEPT}, '{{ "${word(next)}" ~ "_" ~ ${next(9)} }}' as a from ${from}`,
  (next, from) => `select ${KEPT}, '{{ ("yes" if ${next(5)} >= ${next(5)} else "no") }}' as a from ${from}`,
  (next, from) =>
    `select ${KEPT}{% for n in range(${next(4)}, ${4 + next(4)}) %}, {{ n }} as n{{ n }}{% endfor %} from ${from}`,
  (next, from) =>
    `{# a comment with {{ ref('nothing') }} #}select ${KEPT} {#- and another -#} , ${next(9)} as x from ${from}`,
  (next, from) => `select ${KEPT}, '{% raw %}{{ not jinja }}{% endraw %}' as raw from ${from}`,
  (next, from) =>
    `{% set words = ${list(next, 4)} %}select ${KEPT}, '{{ words[1:3] | join("-") }}' as a, '{{ words[-1] }}' as b, {{ words | length }} as n from ${from}`,
  (next, from) =>
    `select ${KEPT}, '{{ "${word(next)}".replace("a", "e").strip() }}' as a, '{{ "a,b,${next(9)}".split(",")[2] }}' as b from ${from}`,
  (next, from) =>
    `{% set x = none %}select ${KEPT}, {{ 1 if x is none else 2 }} as a, {{ 1 if y is defined else 2 }} as b, {{ x or ${next(9)} }} as c from ${from}`,
  (next, from) =>
    `{% set all = [] %}{% for n in ${numbers(next)} if n % 2 == 0 %}{% do all.append(n) %}{% endfor %}select ${KEPT}, {{ all | length }} as n, '{{ all }}' as l from ${from}`,
  (next, from) =>
    `{% for a in ${numbers(next, 2)} %}{% for b in ${numbers(next, 2)} %}{% if loop.first and not loop.last %}select ${KEPT}, {{ a * b }} as p from ${from} {{ "union all " }}{% endif %}{% endfor %}{% endfor %}select ${KEPT}, 0 as p from ${from}`,
  (next, from) =>
    `{{ config(materialized='${['view', 'table', 'ephemeral'][next(3)]}', tags=['t${next(3)}']) }}\n\nselect ${KEPT} from ${from}`,
  (next, from) =>
    `with a as (select * from ${from}), b as (select *, '{{ "${word(next)}" | lower }}' as w from a)\nselect ${KEPT} from b`,
  (next, from) =>
    `select ${KEPT} from ${from} {% if is_incremental() %} where amount > (select max(amount) from {{ this }}) {% endif %}`,
  (next, from) =>
    `{% set c = ['id', 'email', 'city', 'amount'] %}select {{ c | join(', ') }}, {{ c | map('upper') | join(' || ') }} as all_of_it from ${from}`,
  (next, from) => `{% for n in [] %}never{% else %}select ${KEPT}, ${next(9)} as e{% endfor %} from ${from}`,
  (next, from) =>
    `select ${KEPT}, '{{ ${numbers(next)} | sort | first }}' as a, '{{ ${numbers(next)} | reverse | list | last }}' as b, {{ ${numbers(next)} | sum }} as s from ${from}`,
  (next, from) =>
    `select ${KEPT}, '{{ "%s-%d" | format("${['a', 'b'][next(2)]}", ${next(9)}) }}' as f, '{{ "{}_{}".format("x", ${next(9)}) }}' as g from ${from}`,
  (next, from) => `{%- macro local(x) -%}{{ x }}{%- endmacro -%}select ${KEPT} from ${from}`,
  (next, from) => `select ${KEPT}, {{ dbt.concat(['city', "'-'", 'email']) }} as both_ from ${from}`,
  (next, from) =>
    `select ${KEPT}, {{ [${next(9)}, ${next(9)}] | max }} as a, {{ ${numbers(next)} | min }} as b, {{ (${next(99)} / 7) | round(2) }} as r, {{ "${next(99)}" | int }} as i from ${from}`,
  (next, from) =>
    `{% set a, b = ${next(9)}, ${next(9)} %}select ${KEPT}, {{ a }} as a, {{ b }} as b, {{ (a, b) }} as t from ${from}`,
  (next, from) =>
    `{% set words = ${list(next)} %}{% if "${word(next)}" in words and words is iterable and words is not string %}select ${KEPT}, 1 as i{% else %}select ${KEPT}, 0 as i{% endif %} from ${from}`,
  (next, from) =>
    `select ${KEPT}, {{ ${next(2) === 0} }} as a, {{ not ${next(2) === 0} }} as b, {{ ${next(9)} == ${next(9)} }} as c, {{ 1 < ${next(3)} <= 2 }} as d from ${from}`,
].map(
  (template) => (next, from) =>
    template(next, from)
      .replace(/\{\{ \(a, b\) \}\} as t/, '1 as t')
      .replaceAll('{{ true }}', '{{ True }}'),
);
