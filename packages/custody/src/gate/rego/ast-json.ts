/** Modules in the shape of OPA's syntax tree as JSON (`opa parse --format json`): what `rego.parse_module` answers. */
import type { Body, Expression, Import, Literal, Module, Rule, Term, Written } from './ast.ts';
import { isNum } from './number.ts';
import { isArray, RegoObject, RegoSet, typeName, type Value } from './value.ts';

type Fields = readonly (readonly [string, Value] | null)[];

const object = (fields: Fields): RegoObject => RegoObject.of(fields.filter((field) => field !== null));
const typed = (type: string, value: Value): RegoObject =>
  object([
    ['type', type],
    ['value', value],
  ]);

export function moduleJson(module: Module): RegoObject {
  const comments = module.comments.map(({ text, line }) =>
    object([
      ['Text', Buffer.from(text, 'utf8').toString('base64')],
      ['Location', object([['row', line]])],
    ]),
  );
  return object([
    ['package', object([['path', refPath(['data', ...module.package])]])],
    module.imports.length === 0 ? null : ['imports', module.imports.map(importJson)],
    module.rules.length === 0 ? null : ['rules', module.rules.map(ruleJson)],
    comments.length === 0 ? null : ['comments', comments],
  ]);
}

const refPath = (path: readonly string[]): Value[] => path.map((name, i) => typed(i === 0 ? 'var' : 'string', name));

const importJson = ({ path, alias }: Import): RegoObject =>
  object([['path', typed('ref', refPath(path))], alias === null ? null : ['alias', alias]]);

const YES: Value = RegoObject.of([
  ['generated', true],
  ['index', 0],
  ['terms', typed('boolean', true)],
]);

function ruleJson(rule: Rule): RegoObject {
  const [first, ...rest] = rule.elses;
  const other =
    first === undefined
      ? null
      : ruleJson({
          ...rule,
          default: false,
          value: first.value,
          body: first.body,
          written: first.written,
          elses: rest,
        });
  return object([
    ['body', rule.body.length === 0 ? [YES] : bodyJson(rule.body)],
    rule.default ? ['default', true] : null,
    other === null ? null : ['else', other],
    ['head', headJson(rule, rule.written)],
  ]);
}

function headJson(rule: Rule, written: Written): RegoObject {
  return object([
    rule.path.length === 0 ? ['name', rule.name] : null,
    rule.args === null || rule.args.length === 0 ? null : ['args', rule.args.map(termJson)],
    rule.key === null ? null : ['key', termJson(rule.key)],
    rule.key === null ? ['value', termJson(rule.value)] : null,
    written.assign ? ['assign', true] : null,
    ['ref', [typed('var', rule.name), ...rule.path.map(termJson)]],
  ]);
}

const bodyJson = (body: Body): Value[] => body.map(literalJson);

function literalJson(literal: Literal, index: number): RegoObject {
  return object([
    ['index', index],
    literal.negated ? ['negated', true] : null,
    ['terms', expressionJson(literal.expression)],
    literal.withs.length === 0
      ? null
      : [
          'with',
          literal.withs.map(({ target, value }) =>
            object([
              ['target', typed('ref', refPath(target))],
              ['value', termJson(value)],
            ]),
          ),
        ],
  ]);
}

const operation = (name: string, ...args: readonly Term[]): Value[] => [
  typed('ref', refPath(name.split('.'))),
  ...args.map(termJson),
];

function expressionJson(expression: Expression): Value {
  switch (expression.kind) {
    case 'term': {
      const { term } = expression;
      return term.kind === 'call' ? operation(term.operator.join('.'), ...term.args) : termJson(term);
    }
    case 'unify':
      return operation('eq', expression.left, expression.right);
    case 'assign':
      return operation('assign', expression.left, expression.right);
    case 'some':
      return object([['symbols', expression.names.map((name) => typed('var', name))]]);
    case 'someIn': {
      const { key, value, domain } = expression;
      const member =
        key === null
          ? operation('internal.member_2', value, domain)
          : operation('internal.member_3', key, value, domain);
      return object([['symbols', [typed('call', member)]]]);
    }
    case 'every':
      return object([
        ['body', bodyJson(expression.body)],
        ['domain', termJson(expression.domain)],
        ['key', expression.key === null ? null : typed('var', expression.key)],
        ['value', typed('var', expression.value)],
      ]);
    case 'group':
      return object([['body', bodyJson(expression.body)]]);
    case 'and':
    case 'or':
      return object([
        ['lhs', [literalJson(expression.left, 0)]],
        ['rhs', [literalJson(expression.right, 0)]],
      ]);
  }
}

function termJson(term: Term): RegoObject {
  switch (term.kind) {
    case 'value':
      return valueJson(term.value);
    case 'var': {
      const name = typed('var', term.name);
      return term.name === 'input' || term.name === 'data' ? typed('ref', [name]) : name;
    }
    case 'ref': {
      const head = term.head.kind === 'var' ? typed('var', term.head.name) : termJson(term.head);
      return typed('ref', [head, ...term.path.map(termJson)]);
    }
    case 'call':
      return typed('call', operation(term.operator.join('.'), ...term.args));
    case 'array':
    case 'set':
      return typed(term.kind, term.items.map(termJson));
    case 'object':
      return typed(
        'object',
        term.pairs.map(([key, value]) => [termJson(key), termJson(value)]),
      );
    case 'arrayComprehension':
    case 'setComprehension':
      return typed(
        term.kind.toLowerCase(),
        object([
          ['term', termJson(term.head)],
          ['body', bodyJson(term.body)],
        ]),
      );
    case 'objectComprehension':
      return typed(
        'objectcomprehension',
        object([
          ['key', termJson(term.key)],
          ['value', termJson(term.head)],
          ['body', bodyJson(term.body)],
        ]),
      );
    case 'template':
      return typed(
        'templatestring',
        object([
          ['multi_line', term.written?.startsWith('$`') === true],
          [
            'parts',
            term.parts.map((part) => (typeof part === 'string' ? typed('string', part) : literalJson(part, 0))),
          ],
        ]),
      );
  }
}

function valueJson(value: Value): RegoObject {
  if (value === null)
    return object([
      ['type', 'null'],
      ['value', null],
    ]);
  if (isNum(value) || typeof value === 'string' || typeof value === 'boolean') return typed(typeName(value), value);
  if (isArray(value)) return typed('array', value.map(valueJson));
  if (value instanceof RegoSet) return typed('set', value.values().map(valueJson));
  return typed(
    'object',
    (value as RegoObject).entries().map(([key, item]) => [valueJson(key), valueJson(item)]),
  );
}
