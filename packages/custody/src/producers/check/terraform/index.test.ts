import { expect, test } from 'vitest';
import { isPlan, planIn, terraformIn } from './index.ts';
import type { FactObject, TerraformFacts } from './facts.ts';

const facts = async (files: Record<string, string> | string): Promise<TerraformFacts> => {
  const all = await terraformIn(new Map(Object.entries(typeof files === 'string' ? { 'main.tf': files } : files)));
  expect(all).toHaveLength(1);
  return all[0]!;
};

/** What the argument `x` of a resource comes to, among other blocks. */
const valueOf = async (expression: string, around = ''): Promise<unknown> =>
  (await facts(`resource "test_it" "it" {\n  x = ${expression}\n}\n${around}`)).resources['test_it']![0]!.values['x'];

test.each<[string, unknown]>([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['-7 % 3', -1],
  ['!false && 1 < 2', true],
  ['"true"', true],
  ['null', undefined],
  ['"a\\n\\"b\\" \\u0041 $${not}"', 'a\n"b" A ${not}'],
  ['"${1 + 1}"', 2],
  ['"n=${1 + 1} ${ "b" }"', 'n=2 b'],
  ['"%{ if 1 > 2 }yes%{ else }no%{ endif }"', 'no'],
  ['<<EOT\n  a\n  b\nEOT', '  a\n  b\n'],
  ['<<-EOT\n    a ${1}\n      b\n  EOT', 'a 1\n  b\n'],
  ['[for s in ["a", "b"] : upper(s)]', ['A', 'B']],
  ['[for i, s in ["a", "b"] : "${i}${s}" if s != "a"]', ['1b']],
  ['{ for k, v in { a = 1, b = 2 } : v => k... }', { '1': ['a'], '2': ['b'] }],
  ['{ a = 1, "b c" : 2, (upper("d")) = 3 }', { a: 1, 'b c': 2, D: 3 }],
  ['[{ a = 1 }, { a = 2 }][*].a', [1, 2]],
  ['true ? "yes" : "no"', 'yes'],
  ['merge({ a = 1 }, { a = 2, b = 3 })', { a: 2, b: 3 }],
  ['concat([1], [2, 3]...)', '${concat([1], [2, 3]...)}'],
  ['concat([[1], [2, 3]]...)', [1, 2, 3]],
  ['format("%s-%03d", "a", 7)', 'a-007'],
  ['join(",", sort(["b", "a"]))', 'a,b'],
  ['replace("a-b", "/[^a-z]/", "_")', 'a_b'],
  ['lookup({ a = 1 }, "b", 9)', 9],
  ['try(var.nowhere.a, "else")', 'else'],
  ['cidrsubnet("10.0.0.0/8", 8, 1)', '${cidrsubnet("10.0.0.0/8", 8, 1)}'],
  ['jsonencode({ a = [1, true] })', '{"a":[1,true]}'],
  ['jsondecode("{\\"a\\": [1]}").a[0]', 1],
  ['coalesce("", "b")', 'b'],
  ['element(["a", "b"], 3)', 'b'],
  ['zipmap(["a"], [1])', { a: 1 }],
  ['setproduct(["a"], [1, 2])', [['a', 1], ['a', 2]]], // prettier-ignore
  ['base64encode("ab")', 'YWI='],
  ['var.unset', '${var.unset}'],
  ['"${var.unset}-x"', '${var.unset}-x'],
  ['var.unset ? 1 : 1', 1],
  ['false && var.unset', false],
])('%s', async (expression, expected) => {
  expect(await valueOf(expression)).toEqual(expected);
});

test('variables have defaults, types fill them in, files of values win', async () => {
  const around = `
    variable "lake" {
      type = object({ name = string, tls = optional(bool, true), days = optional(number) })
      default = { name = "raw", days = "30" }
    }
    variable "region" { default = "eu-west-1" }`;
  expect(await valueOf('var.lake', around)).toEqual({ name: 'raw', tls: true, days: 30 });
  const { resources } = await facts({
    'main.tf': 'resource "test_it" "it" { x = var.region }\nvariable "region" { default = "eu-west-1" }',
    'terraform.tfvars': 'region = "eu-north-1"',
    'b.auto.tfvars': 'region = "eu-south-1"',
    'prod.tfvars': 'region = "us-east-1"',
  });
  expect(resources['test_it']![0]!.values).toEqual({ x: 'eu-south-1' });
});

test('locals that are made of themselves are not known', async () => {
  expect(await valueOf('local.a', 'locals {\n a = local.b\n b = local.a\n}')).toBe('${local.a}');
});

test('references go through locals, variables and modules; what is written is known, what is made later is not', async () => {
  const { resources } = await facts({
    'main.tf': `
      resource "aws_kms_key" "k" {}
      resource "aws_s3_bucket" "b" { bucket = "lake" }
      locals { key = aws_kms_key.k.arn }
      module "m" {
        source = "./m"
        key    = local.key
        bucket = aws_s3_bucket.b.bucket
      }
      resource "test_it" "after" { of = module.m.name }`,
    'm/main.tf': `
      variable "key" {}
      variable "bucket" {}
      resource "test_it" "inside" {
        key = var.key
        to  = var.bucket
      }
      output "name" { value = "x-\${test_it.inside.id}" }`,
  });
  const [inside, after] = ['inside', 'after'].map((name) => resources['test_it']!.find((one) => one.name === name)!);
  expect(inside).toMatchObject({
    address: 'module.m.test_it.inside',
    file: 'm/main.tf',
    line: 4,
    values: { key: '${aws_kms_key.k.arn}', to: 'lake' },
    lines: { key: 5, to: 6 },
    references: { key: ['aws_kms_key.k'], to: ['aws_s3_bucket.b'] },
  });
  expect(after).toMatchObject({
    values: { of: 'x-${module.m.test_it.inside.id}' },
    references: { of: ['aws_kms_key.k', 'aws_s3_bucket.b', 'module.m.test_it.inside'] },
  });
});

test('a module that is called is judged as it is called: once for each instance, not on its own', async () => {
  const { resources, path } = await facts({
    'live/main.tf': 'module "lake" {\n source = "../lib"\n for_each = { a = true, b = false }\n open = each.value\n}',
    'lib/main.tf': 'variable "open" {}\nresource "test_it" "it" { open = var.open }',
  });
  expect(path).toBe('live');
  expect(resources['test_it']!.map(({ values }) => values['open'])).toEqual([true, false]);
});

test('a module from elsewhere is named, and one that calls itself ends', async () => {
  const { unknowns, modules } = await facts({
    'main.tf':
      'module "far" {\n source = "terraform-aws-modules/s3-bucket/aws"\n version = "4.1.0"\n}\nmodule "self" { source = "./" }',
  });
  expect(unknowns).toEqual([{ file: 'main.tf', line: 1, what: 'module far lies elsewhere: terraform-aws-modules/s3-bucket/aws' }]); // prettier-ignore
  expect(modules).toMatchObject([{ name: 'far', version: '4.1.0', isRead: false }, { name: 'self' }]);
});

test('count and for_each make instances; none of a resource that is switched off', async () => {
  const { resources } = await facts(`
    variable "on" { default = false }
    resource "test_it" "off"   { count = var.on ? 1 : 0 }
    resource "test_it" "twice" {
      count = 2
      n     = count.index
    }
    resource "test_it" "each"  {
      for_each = toset(["a", "b"])
      n        = each.key
    }
    resource "test_it" "maybe" {
      for_each = var.unset
      n        = each.value
    }`);
  expect(resources['test_it']!.map(({ name, instance, values }) => [name, instance, values['n']])).toEqual([
    ['twice', '[0]', 0],
    ['twice', '[1]', 1],
    ['each', '["a"]', 'a'],
    ['each', '["b"]', 'b'],
    ['maybe', '', '${each.value}'],
  ]);
});

test('dynamic blocks are the blocks that they make', async () => {
  const { resources } = await facts(`
    resource "test_it" "it" {
      rule { id = 0 }
      dynamic "rule" {
        for_each = [1, 2]
        iterator = it
        content {
          id = it.value
          dynamic "inner" {
            for_each = { a = it.key }
            content { at = inner.value }
          }
        }
      }
      dynamic "gone" {
        for_each = []
        content {}
      }
      dynamic "maybe" {
        for_each = var.unset
        content { v = maybe.value.a }
      }
    }`);
  expect(resources['test_it']![0]!.values).toEqual({
    rule: [{ id: 0 }, { id: 1, inner: [{ at: 0 }] }, { id: 2, inner: [{ at: 1 }] }],
    maybe: [{ v: '${maybe.value.a}' }],
  });
});

test('a policy document is the policy that the provider writes', async () => {
  const { resources } = await facts(`
    data "aws_iam_policy_document" "p" {
      statement {
        actions   = ["s3:*"]
        resources = ["\${aws_s3_bucket.b.arn}/*"]
        principals {
          type        = "AWS"
          identifiers = ["*"]
        }
        condition {
          test     = "Bool"
          variable = "aws:SecureTransport"
          values   = ["false"]
        }
      }
    }
    resource "aws_s3_bucket" "b" {}
    resource "aws_s3_bucket_policy" "p" {
      bucket = aws_s3_bucket.b.id
      policy = data.aws_iam_policy_document.p.json
    }`);
  const [policy] = resources['aws_s3_bucket_policy']!;
  expect(JSON.parse(policy!.values['policy'] as string)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['s3:*'],
        Resource: ['${aws_s3_bucket.b.arn}/*'],
        Principal: { AWS: ['*'] },
        Condition: { Bool: { 'aws:SecureTransport': ['false'] } },
      },
    ],
  });
  expect(policy!.references).toEqual({
    bucket: ['aws_s3_bucket.b'],
    policy: ['aws_s3_bucket.b', 'data.aws_iam_policy_document.p'],
  });
});

test('no fact holds a secret', async () => {
  const key = ['AKIA', 'Z7Q4M2X9W5T1R8PL'].join('');
  const found = await facts(`
    resource "aws_db_instance" "d" {
      password        = "hunter2-of-the-clinic"
      master_password = var.given
      user_data       = "export KEY=${key}"
      password_wo_version = 1
    }
    provider "aws" { secret_key = "0123456789abcdef0123456789abcdef01234567" }`);
  const [resource] = found.resources['aws_db_instance']!;
  expect(resource!.values).toEqual({
    password: '***',
    master_password: '${var.given}',
    user_data: 'export KEY=***',
    password_wo_version: 1,
  });
  expect(resource!.secrets.map(({ attribute, line }) => [attribute, line])).toEqual([
    ['password', 3],
    ['user_data', 5],
  ]);
  expect(found.providers[0]!.values).toEqual({ secret_key: '***' });
  expect(JSON.stringify(found)).not.toMatch(/hunter2|AKIA|0123456789abcdef/);
});

test('JSON says the same as HCL', async () => {
  const { resources } = await facts({
    'main.tf.json': JSON.stringify(
      {
        variable: { env: { default: 'prod' } },
        resource: {
          aws_s3_bucket: {
            b: {
              bucket: 'lake-${var.env}',
              tags: { a: '1' },
              versioning: { enabled: true },
              grant: [{ id: 1 }, { id: 2 }],
            },
          },
        },
      },
      null,
      2,
    ),
  });
  expect(resources['aws_s3_bucket']).toMatchObject([
    {
      address: 'aws_s3_bucket.b',
      line: 9,
      values: { bucket: 'lake-prod', tags: { a: '1' }, versioning: [{ enabled: true }], grant: [{ id: 1 }, { id: 2 }] },
      lines: { bucket: 10 },
    },
  ]);
});

test('what cannot be read is told, and the rest is read', async () => {
  const { resources, unknowns } = await facts({
    'a.tf': 'resource "test_it" "a" { x = 1 }\n}}} = {\n',
    'b.tf.json': '{',
  });
  expect(resources['test_it']![0]!.values).toEqual({ x: 1 });
  expect(unknowns.map(({ file, what }) => [file, what])).toEqual([
    ['a.tf', 'a part of it could not be read as HCL'],
    ['b.tf.json', 'it is not JSON'],
  ]);
});

test('a plan says what will be, what is not known yet, and what refers to what', () => {
  const plan = {
    format_version: '1.2',
    planned_values: {
      root_module: {
        child_modules: [
          {
            address: 'module.lake["raw"]',
            resources: [
              {
                address: 'module.lake["raw"].aws_s3_bucket.b',
                mode: 'managed',
                type: 'aws_s3_bucket',
                name: 'b',
                values: { bucket: 'raw', versioning: [{ enabled: true }], policy: null },
              },
              {
                address: 'module.lake["raw"].aws_s3_bucket_public_access_block.b',
                mode: 'managed',
                type: 'aws_s3_bucket_public_access_block',
                name: 'b',
                values: { block_public_acls: true },
              },
            ],
          },
        ],
      },
    },
    resource_changes: [
      {
        address: 'module.lake["raw"].aws_s3_bucket.b',
        change: { after_unknown: { arn: true, versioning: [{}], tags: false, grant: [{ id: true }] } },
      },
    ],
    configuration: {
      root_module: {
        module_calls: {
          lake: {
            module: {
              resources: [
                { address: 'aws_s3_bucket.b', expressions: { bucket: { references: ['var.name'] } } },
                {
                  address: 'aws_s3_bucket_public_access_block.b',
                  expressions: { bucket: { references: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'] } },
                },
              ],
            },
          },
        },
      },
    },
  };
  const text = JSON.stringify(plan, null, 1);
  expect(isPlan('plan.json', text)).toBe(true);
  const { resources, form } = planIn('plan.json', text)!;
  expect(form).toBe('plan');
  const lineOf = (address: string) => text.split('\n').findIndex((line) => line.includes(JSON.stringify(address).slice(1, -1))) + 1; // prettier-ignore
  expect(resources['aws_s3_bucket']).toMatchObject([
    {
      address: 'module.lake.aws_s3_bucket.b',
      instance: '',
      line: lineOf('module.lake["raw"].aws_s3_bucket.b'),
      values: {
        bucket: 'raw',
        versioning: [{ enabled: true }],
        arn: '${known after apply}',
        grant: [{ id: '${known after apply}' }],
      },
    },
  ]);
  expect(resources['aws_s3_bucket_public_access_block']![0]!.references).toEqual({
    bucket: ['module.lake.aws_s3_bucket.b'],
  });
});

test('a secret of a plan is told by its argument and never shown', () => {
  const plan = {
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_db_instance.d',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'd',
            values: { password: 'hunter2-of-the-clinic' },
          },
        ],
      },
    },
  };
  const [database] = planIn('plan.json', JSON.stringify(plan))!.resources['aws_db_instance']!;
  expect(database).toMatchObject({ values: { password: '***' }, secrets: [{ attribute: 'password', line: 1 }] });
});

test('no more than so much is made of what multiplies', async () => {
  const { resources, unknowns } = await facts(`
    locals {
      a = range(10000)
      b = setproduct(local.a, local.a)
      c = [for x in local.a : [for y in local.a : [for z in local.a : "\${x}\${y}\${z}"]]]
      d = join("", [for x in local.a : join("", [for y in local.a : "0123456789"])])
    }
    resource "test_it" "it" {
      count = 1000000
      b = local.b
      c = local.c
      d = local.d
    }`);
  expect(resources['test_it']!.length).toBeLessThanOrEqual(50);
  expect((resources['test_it']![0]!.values as FactObject)['b']).toBe('${setproduct(local.a, local.a)}');
  expect(unknowns.map(({ what }) => what)).toEqual(['it takes too many steps: a part of it is not known']);
});
