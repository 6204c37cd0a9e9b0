/**
 * Each rule for Terraform on a configuration of its own, `testdata/check/terraform/NAME.tf`: it refuses the resources that are
 * named `refused` or `refused_...`, and no other.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { terraformIn } from '../../producers/check/terraform/index.ts';
import { Checker } from './checker.ts';

const ROOT = new URL('../../../../../', import.meta.url);
const RULES = new URL('policies/check/terraform/', ROOT);
const GOLDEN = new URL('testdata/check/terraform/', ROOT);
const modules = Object.fromEntries(
  readdirSync(RULES).map((name) => [`check/terraform/${name}`, readFileSync(new URL(name, RULES), 'utf8')]),
);
const checker = new Checker(modules);
const rules = [...checker.rules.values()].filter(({ kind }) => kind === 'terraform');

/** `aws_s3_bucket.refused_read`, `module.lake.aws_s3_bucket.refused["raw"]`. */
const isNamed = (address: string, name: string): boolean =>
  new RegExp(`(?:^|\\.)${name}(?:_\\w+)?(?:\\[|$)`).test(address);

test('each has a golden file, and each golden file a rule', () => {
  const names = readdirSync(GOLDEN)
    .filter((name) => name.endsWith('.tf'))
    .map((name) => name.replace(/\.tf$/, ''));
  expect(names.sort()).toEqual(rules.map(({ name }) => name).sort());
});

describe.each(rules.map(({ name, id }) => ({ name, id })))('$name', ({ name, id }) => {
  test('refuses what is named so, and no more', async () => {
    const file = `${name}.tf`;
    const [facts] = await terraformIn(new Map([[file, readFileSync(new URL(file, GOLDEN), 'utf8')]]));
    const declared = [...Object.values(facts!.resources), ...Object.values(facts!.data)].flatMap((same) =>
      same.map(({ address }) => address.replace(/^data\./, '')),
    );
    const refused = declared.filter((address) => isNamed(address, 'refused'));
    expect(refused).not.toEqual([]);
    expect(declared.filter((address) => isNamed(address, 'allowed'))).not.toEqual([]);
    const found = checker.check(facts!).filter(({ rule }) => rule.id === id);
    const addresses = new Set(found.map(({ resource }) => resource?.replace(/\[.*$/, '')));
    expect([...addresses].sort()).toEqual([...new Set(refused)].sort());
    for (const { line } of found) expect(line).toBeGreaterThan(0);
  });
});
