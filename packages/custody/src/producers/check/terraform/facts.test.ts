/** What facts say of a resource where the files leave something open. */
import { expect, test } from 'vitest';
import { terraformIn } from './index.ts';

async function factsOf(text: string) {
  const [facts] = await terraformIn(new Map([['main.tf', text]]));
  return facts!;
}

test('an ARN in a policy is told as it is, and a key beside it is not', async () => {
  const key = ['AKIA', 'Q3EGRVBN4DSX7WPL'].join('');
  const policy = `{"Statement":[{"Principal":{"AWS":"arn:aws:iam::111122223333:role/etl"},"Token":"${key}"}]}`;
  const { resources } = await factsOf(`resource "aws_sns_topic_policy" "a" { policy = ${JSON.stringify(policy)} }`);
  const [topic] = resources['aws_sns_topic_policy']!;
  expect(topic!.values['policy']).toContain('arn:aws:iam::111122223333:role/etl');
  expect(topic!.values['policy']).not.toContain(key);
});

test('True and False are booleans', async () => {
  const { resources } = await factsOf('resource "aws_ebs_volume" "a" {\n  encrypted = True\n  fast = False\n}');
  expect(resources['aws_ebs_volume']![0]!.values).toEqual({ encrypted: true, fast: false });
});

test('for_each over a resource refers to it by each.value', async () => {
  const { resources } = await factsOf(`
    resource "aws_s3_bucket" "raw" { for_each = toset(["a", "b"]) }
    resource "aws_s3_bucket_versioning" "raw" {
      for_each = aws_s3_bucket.raw
      bucket   = each.value.id
    }`);
  expect(resources['aws_s3_bucket_versioning']![0]!.references).toEqual({ bucket: ['aws_s3_bucket.raw'] });
});
