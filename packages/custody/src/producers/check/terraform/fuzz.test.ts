import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlan, planIn, terraformIn, type TerraformFacts } from './index.ts';

const SOURCES = [
  `variable "names" {
  type    = map(object({ open = optional(bool, false), days = number }))
  default = { raw = { days = 30 } }
}
locals {
  all  = { for k, v in var.names : k => merge(v, { key = upper(k) }) if v.days > 1 }
  text = "%{ if length(local.all) > 0 }some \${join(",", keys(local.all))}%{ else }none%{ endif }"
}
resource "aws_s3_bucket" "b" {
  for_each = local.all
  bucket   = "lake-\${each.key}"
  policy   = <<-POLICY
    {"Statement": [{"Effect": "Allow", "Principal": "*", "Resource": "\${local.text}"}]}
  POLICY
  dynamic "rule" {
    for_each = [for i in range(3) : i * 2]
    content {
      id = rule.value == 2 ? "two" : tostring(rule.value)
    }
  }
}`,
  `data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:Get*", "s3:\${var.verb}"]
    resources = aws_s3_bucket.b[*].arn
  }
}
module "m" {
  source = "./m"
  count  = var.on ? 1 : 0
  policy = jsonencode({ a = data.aws_iam_policy_document.p.json })
}
output "o" { value = try(module.m[0].x, null) }`,
];

async function read(text: string, path = 'main.tf'): Promise<TerraformFacts[]> {
  const from = performance.now();
  const facts = await terraformIn(new Map([[path, text]]));
  // Not a measure of speed: what never ends would hang the run.
  expect(performance.now() - from).toBeLessThan(60_000);
  const lines = text.split('\n').length;
  for (const { resources } of facts)
    for (const resource of Object.values(resources).flat())
      for (const line of [resource.line, ...Object.values(resource.lines)]) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines);
      }
  expect(() => JSON.stringify(facts)).not.toThrow();
  return facts;
}

test('any text is read without a fault', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (text) => {
      await read(text);
      await read(text, 'main.tf.json');
    }),
  );
});

test('a configuration with pieces cut out, doubled and swapped is read without a fault', async () => {
  const piece = fc.constantFrom('{', '}', '[', ']', '(', ')', '"', '${', '%{ if', '<<-E\n', '...', '[*]', '? :', ' for ', '\u0000', 'é', '0x', '=>', '\\'); // prettier-ignore
  const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 40 }), piece });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SOURCES),
      fc.array(edit, { minLength: 1, maxLength: 8 }),
      async (text, edits) => {
        let made = text;
        for (const { at, cut, piece: put } of edits) {
          const place = at % (made.length + 1);
          made = made.slice(0, place) + put + made.slice(place + cut);
        }
        await read(made);
      },
    ),
  );
});

test('any JSON is read as a configuration and as a plan without a fault', async () => {
  const key = fc.constantFrom('resource', 'module', 'aws_s3_bucket', 'b', 'variable', 'default', 'planned_values', 'root_module', 'resources', 'child_modules', 'values', 'address', 'resource_changes', 'change', 'after_unknown', 'configuration', 'expressions', 'references', '__proto__', 'constructor', 'dynamic'); // prettier-ignore
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom<unknown>(null, true, 1, '${var.x}', '${', '%{ for', 'x', ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries) as unknown),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, async (json) => {
      await read(JSON.stringify(json) ?? '', 'main.tf.json');
      const plan = JSON.stringify({
        format_version: '1.2',
        planned_values: json,
        resource_changes: json,
        configuration: json,
      });
      expect(isPlan('p.json', plan)).toBe(true);
      expect(() => planIn('p.json', plan)).not.toThrow();
    }),
  );
});

const N = 60_000;
test.each<[string, string]>([
  ['brackets in brackets', `resource "a_b" "c" { x = ${'['.repeat(N)}`],
  ['blocks in blocks', 'a {\n'.repeat(N)],
  ['parentheses', `locals { x = ${'('.repeat(N)}1${')'.repeat(N)} }`],
  ['templates in templates', `locals { x = ${'"${'.repeat(N)}1${'}"'.repeat(N)} }`],
  ['a long sum', `locals { x = 1${' + 1'.repeat(N)} }\nresource "a_b" "c" { x = local.x }`],
  ['a long way down', `locals { x = a_b.c${'.d'.repeat(N)} }\nresource "a_b" "c" { x = local.x }`],
  ['no end of a heredoc', `locals { x = <<-E\n${'  y\n'.repeat(N)}`],
  ['no end of a string', `locals { x = "${'y'.repeat(N)}`],
  ['many resources', 'resource "a_b" "c" {}\n'.repeat(N / 10)],
  ['keys that look like lines of JSON', `{${'"a":'.repeat(N)}`],
  ['locals that are made of the next', `locals {\n${Array.from({ length: 5_000 }, (_, i) => `l${i} = "\${local.l${i + 1}}\${local.l${i + 1}}"`).join('\n')}\n}\nresource "a_b" "c" { x = local.l0 }`], // prettier-ignore
  ['modules in modules', 'module "m" { source = "./" }\n'.repeat(1_000)],
])('%s: an end is found', async (_, text) => {
  await read(text);
  await read(text, 'main.tf.json');
});
