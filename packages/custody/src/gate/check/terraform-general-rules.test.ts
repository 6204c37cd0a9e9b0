import { beforeAll, expect, test } from 'vitest';
import { terraformIn } from '../../producers/check/terraform/index.ts';
import { readRules } from '../../source/rule-files.ts';
import { Checker } from './checker.ts';

let modules: Readonly<Record<string, string>>;
beforeAll(async () => {
  modules = await readRules(null);
});

async function found(text: string, settings: Record<string, unknown> = {}): Promise<string[]> {
  const checker = new Checker(modules, settings);
  const facts = await terraformIn(new Map([['infra/main.tf', text]]));
  return facts
    .flatMap((one) => checker.check(one))
    .filter(({ rule }) => rule.id.startsWith('TF-'))
    .map(({ rule, file, line, resource }) => `${rule.id} ${file}:${line} ${resource}`);
}

test.each<[string, string, Record<string, unknown>, readonly string[]]>([
  [
    'secrets in resources, providers and backends, but not what a variable gives',
    `resource "aws_db_instance" "d" {
  password = "hunter2-of-the-clinic"
}
resource "aws_db_instance" "fine" { password = var.password }
provider "aws" { secret_key = "0123456789abcdef0123456789abcdef01234567" }
provider "google" { credentials = file("account.json") }`,
    {},
    ['TF-001 infra/main.tf:2 aws_db_instance.d', 'TF-001 infra/main.tf:5 provider.aws'],
  ],
  [
    'modules that can change',
    `module "a" { source = "git::https://example.com/lake.git?ref=main" }
module "b" { source = "git::https://example.com/lake.git?ref=0123456789abcdef0123456789abcdef01234567" }
module "c" {
  source  = "terraform-aws-modules/s3-bucket/aws"
  version = "~> 4.0"
}
module "d" {
  source  = "terraform-aws-modules/s3-bucket/aws"
  version = "4.1.2"
}
module "e" { source = "../lake" }`,
    {},
    ['TF-002 infra/main.tf:1 module.a', 'TF-002 infra/main.tf:3 module.c'],
  ],
  [
    'places that are not approved, also as an ARN',
    `resource "aws_glue_crawler" "c" {
  s3_target { path = "s3://scraped-web/faces" }
}
resource "aws_s3_bucket_policy" "p" {
  policy = jsonencode({ Statement = [{ Resource = "arn:aws:s3:::scraped-web/*" }] })
}
resource "aws_glue_crawler" "fine" {
  s3_target { path = "s3://approved/faces" }
}`,
    { forbidden_sources: ['s3://scraped-'] },
    ['TF-003 infra/main.tf:2 aws_glue_crawler.c', 'TF-003 infra/main.tf:5 aws_s3_bucket_policy.p'],
  ],
  [
    'providers without TLS',
    `provider "vsphere" { allow_unverified_ssl = true }
provider "elasticsearch" { url = "http://search.example.com" }
provider "aws" {
  endpoints { s3 = "http://localhost:9000" }
}`,
    {},
    ['TF-004 infra/main.tf:1 provider.vsphere', 'TF-004 infra/main.tf:2 provider.elasticsearch'],
  ],
  [
    'state in the open',
    `terraform {
  backend "s3" { bucket = "state" }
}`,
    {},
    ['TF-005 infra/main.tf:2 backend.s3'],
  ],
  [
    'state that is encrypted',
    `terraform {
  backend "s3" {
    bucket  = "state"
    encrypt = true
  }
}`,
    {},
    [],
  ],
  ['what could not be read', 'resource "a_b" "c" {}\n}}}', {}, ['TF-006 infra/main.tf:1 null']],
  [
    'modules that are not seen, where that is asked for',
    'module "a" { source = "git::https://example.com/lake.git?ref=0123456789abcdef0123456789abcdef01234567" }',
    { refuse_unknown: true },
    ['TF-007 infra/main.tf:1 null'],
  ],
])('%s', async (_, text, settings, expected) => {
  expect(await found(text, settings)).toEqual(expected);
});
