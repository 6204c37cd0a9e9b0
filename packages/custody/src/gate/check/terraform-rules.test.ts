/**
 * Each rule about a resource of Terraform against its golden file, `testdata/check/terraform/NAME.tf`: it finds the resources
 * named `refused` or `refused_...`, and nothing else. Rules about modules, providers and the like: terraform-general-rules.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { terraformIn } from '../../producers/check/terraform/index.ts';
import { Checker } from './checker.ts';

const RULES = new URL('../../../../../policies/check/terraform/', import.meta.url);
const GOLDEN = new URL('../../../../../testdata/check/terraform/', import.meta.url);

const modules = Object.fromEntries(
  readdirSync(RULES).map((name) => [`check/terraform/${name}`, readFileSync(new URL(name, RULES), 'utf8')]),
);
const checker = new Checker(modules);
const names = [...checker.rules.values()].flatMap(({ id, name }) => (id.startsWith('TF-') ? [] : [name]));

/** `aws_s3_bucket.refused_without_a_block`, also in a module. */
const nameOf = (address: string): string => address.split('.').at(-1)!;
const isRefused = (address: string): boolean => /^refused(?:_|$)/.test(nameOf(address));
const isAllowed = (address: string): boolean => nameOf(address).startsWith('allowed');

test('every rule has a golden file, and every golden file a rule', () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(names.map((name) => `${name}.tf`).sort());
});

describe('each rule refuses what is named so, and nothing else', () => {
  test.each(names.filter((name) => existsSync(new URL(`${name}.tf`, GOLDEN))))('%s', async (name) => {
    const text = readFileSync(new URL(`${name}.tf`, GOLDEN), 'utf8');
    const [facts, ...more] = await terraformIn(new Map([['main.tf', text]]));
    expect([more, facts!.unknowns]).toEqual([[], []]);
    const addresses = [...Object.values(facts!.resources), ...Object.values(facts!.data)]
      .flat()
      .map(({ address }) => address.replace(/^data\./, ''));
    const refused = addresses.filter(isRefused);
    expect(refused.length, 'it refuses something').toBeGreaterThan(0);
    expect(addresses.filter(isAllowed).length, 'it lets something pass').toBeGreaterThan(0);
    const found = checker.check(facts!).filter(({ rule }) => rule.name === name);
    // With their keys, `for_each` makes several of one address.
    expect(unique(found.map(({ resource }) => (resource ?? '').replace(/\[.*$/, '')))).toEqual(unique(refused));
    for (const { file, line } of found) expect([file, line <= text.split('\n').length]).toEqual(['main.tf', true]);
  });
});

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();
