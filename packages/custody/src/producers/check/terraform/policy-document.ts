/** `data.aws_iam_policy_document.NAME.json`: the policy that the AWS provider would write. */
import {
  isList,
  isObject,
  jsonOf,
  objectOf,
  textOf,
  Unknown,
  valueOfJson,
  type Value,
  type ValueObject,
} from './value.ts';

/** `values`: arguments and blocks of the data source. */
export function policyJson(values: ValueObject): string {
  const statements = [
    ...documents(values['source_policy_documents']),
    ...blocks(values['statement']).map(statementOf),
    ...documents(values['override_policy_documents']),
  ];
  return jsonOf(
    objectOf([
      ['Version', textOf(values['version'] ?? null) ?? '2012-10-17'],
      ['Statement', statements],
    ]),
  );
}

const blocks = (value: Value | undefined): readonly ValueObject[] =>
  value !== undefined && isList(value) ? value.filter(isObject) : [];

function documents(texts: Value | undefined): Value[] {
  if (texts === undefined || !isList(texts)) return [];
  return texts.flatMap((text) => {
    try {
      const document = typeof text === 'string' ? valueOfJson(JSON.parse(text)) : null;
      const statement = document !== null && isObject(document) ? (document['Statement'] ?? []) : [];
      return isList(statement) ? statement : [statement];
    } catch {
      return []; // a document that is not known yet
    }
  });
}

function statementOf(block: ValueObject): Value {
  const made: [string, Value][] = [['Effect', block['effect'] ?? 'Allow']];
  const take = (from: string, to: string) => {
    const value = block[from];
    if (value !== undefined && value !== null) made.push([to, value]);
  };
  take('sid', 'Sid');
  take('actions', 'Action');
  take('not_actions', 'NotAction');
  take('resources', 'Resource');
  take('not_resources', 'NotResource');
  for (const [from, to] of [
    ['principals', 'Principal'],
    ['not_principals', 'NotPrincipal'],
  ] as const)
    if (blocks(block[from]).length > 0) made.push([to, principals(blocks(block[from]))]);
  if (blocks(block['condition']).length > 0) made.push(['Condition', conditions(blocks(block['condition']))]);
  return objectOf(made);
}

function principals(given: readonly ValueObject[]): Value {
  if (given.some(({ type }) => type === '*')) return '*';
  const byType = new Map<string, Value[]>();
  for (const { type = null, identifiers = null } of given) {
    const name = textOf(type) ?? 'AWS';
    const who = isList(identifiers) ? identifiers : [identifiers];
    byType.set(name, [...(byType.get(name) ?? []), ...who]);
  }
  return objectOf(byType);
}

function conditions(given: readonly ValueObject[]): Value {
  const byTest = new Map<string, [string, Value][]>();
  for (const { test = null, variable = null, values = null } of given) {
    const name = textOf(test) ?? 'unknown';
    byTest.set(name, [...(byTest.get(name) ?? []), [textOf(variable) ?? 'unknown', values ?? new Unknown('values')]]);
  }
  return objectOf([...byTest].map(([test, entries]) => [test, objectOf(entries)] as const));
}
