/** Rules for Terraform on values that no provider would take: they find what they find, and never fail. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { terraformIn, type TerraformFacts } from '../../producers/check/terraform/index.ts';
import { Checker } from './checker.ts';

const ROOT = new URL('../../../../../', import.meta.url);
const RULES = new URL('policies/check/terraform/', ROOT);
const GOLDEN = new URL('testdata/check/terraform/', ROOT);
const checker = new Checker(
  Object.fromEntries(
    readdirSync(RULES).map((name) => [`check/terraform/${name}`, readFileSync(new URL(name, RULES), 'utf8')]),
  ),
);

/** Policies that are JSON and no policies. */
const POLICIES = [
  '{"Statement":5}',
  '{"Statement":[5,"x",null,[{}]]}',
  '{"Statement":{"Effect":1,"Principal":{"AWS":{"x":1}},"Action":{"a":1},"Condition":[1]}}',
  '{"Statement":[{"Effect":"Allow","Principal":[1,{"AWS":"*"}],"Action":5,"Condition":{"StringEquals":5}}]}',
  '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Condition":{"Bool":{"aws:SecureTransport":[true]}}}]}',
  '[1]',
  '"x"',
];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...POLICIES, '*', '${x}', '${', 'arn:', 'arn:aws:s3', '9'.repeat(400), 'rate(999999999999 days)'),
);

interface Spot {
  readonly in: Record<string, unknown>;
  readonly key: string;
}

/** Everything inside arguments, down to single values. */
function spotsIn(part: unknown): Spot[] {
  if (typeof part !== 'object' || part === null) return [];
  const within = part as Record<string, unknown>;
  return Object.keys(within).flatMap((key) => [{ in: within, key }, ...spotsIn(within[key])]);
}

test('whatever stands in an argument', { timeout: 60_000 }, async () => {
  const files = readdirSync(GOLDEN);
  const change = fc.tuple(fc.nat(), value);
  const cases = fc.tuple(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(cases, async ([file, changes]) => {
      const [facts] = await terraformIn(new Map([[file, readFileSync(new URL(file, GOLDEN), 'utf8')]]));
      const changed = structuredClone(facts!) as TerraformFacts;
      for (const [at, made] of changes) {
        const spots = spotsIn(Object.values(changed.resources).flatMap((same) => same.map(({ values }) => values)));
        const spot = spots[at % spots.length]!;
        spot.in[spot.key] = made;
      }
      for (const { resource, line } of checker.check(changed)) {
        expect(resource).not.toBeNull();
        expect(line).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300 },
  );
});
