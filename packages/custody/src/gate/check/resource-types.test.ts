import { expect, test } from 'vitest';
import { Checker } from './checker.ts';
import { resourceTypesIn } from './resource-types.ts';

const finding = (body: string) => `findings contains {"line": 1, "message": "m"} if {\n\t${body}\n}\n`;

test.each<[string, string, readonly string[] | null]>([
  ['the types that it goes over', finding('some b in input.resources.aws_s3_bucket'), ['aws_s3_bucket']],
  [
    'those that it names for others, too',
    `${finding('some b in tf.resources(kinds)')}kinds := {"aws_s3_bucket", "aws_efs"}\n`,
    ['aws_s3_bucket', 'aws_efs'],
  ],
  ['no words of comments', `# aws_kms_key\n${finding('some b in input.data.aws_efs # aws_x')}`, ['aws_efs']],
  ['anything, where it goes over all types', finding('some type in object.keys(input.resources)'), null],
  ['anything, where a type is a variable', finding('some b in input.resources[type]'), null],
  ['anything, where it reads something else', finding('some module in input.modules'), null],
  ['anything, where something may be missing', finding('not input.resources.aws_config'), null],
  [
    'anything, where one of its findings does not need one',
    finding('some b in input.resources.aws_efs') +
      finding('not has') +
      'has if {\n\tsome b in input.resources.aws_x\n}\n',
    null,
  ],
  [
    'anything, where it only counts what there is',
    finding('count([b |\n\t\tsome b in input.resources.aws_efs\n\t]) == 0'),
    null,
  ],
])('a rule is about %s', (_, text, expected) => {
  const words = resourceTypesIn(text);
  expect(words === null ? null : [...words]).toEqual(expected);
});

test('what a rule finds does not depend on whether it may be left out', () => {
  const rule = (name: string, body: string) =>
    `# METADATA\n# title: t\n# description: d\n# custom:\n#   id: ${name}\n#   severity: low\n#   fix: f\npackage custody.check.terraform.${name}\n${finding(body)}`;
  const checker = new Checker({
    'a.rego': rule('a', 'some b in input.resources.aws_one'),
    'b.rego': rule('b', 'some b in input.data.aws_two'),
    'c.rego': rule('c', 'count(input.resources) > 0'),
    'd.rego': rule('d', 'not input.resources.aws_one'),
  });
  const found = (resources: object, data: object = {}) =>
    checker.check({ kind: 'terraform', path: '.', resources, data } as never).map(({ rule: { id } }) => id);
  expect(found({ aws_one: [1] })).toEqual(['a', 'c']);
  expect(found({ aws_three: [1] }, { aws_two: [1] })).toEqual(['b', 'c', 'd']);
  expect(found({})).toEqual(['d']);
});
