/** The example of a pull request, run as its README says: refused with a report that a developer can act on, then mended. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the change is refused for its DAG, its notebook and its bucket, and passes when it is mended', () => {
  const script = fileURLToPath(new URL('../examples/pull-request/run.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const [change, mended] = stdout.split('\nMended: ') as [string, string];
  expect(change).toMatch(/^\nThe change: exit code 1/);
  expect(change).toMatch(/`dags\/nightly_reviews.py:12` names s3:.{0,3}\/\/scraped\\-web\/reviews\/2026.parquet/);
  expect(change).toContain('`dags/nightly_reviews.py:30` boto3.client is given a literal');
  expect(change).toMatch(/`notebooks\/reviews.ipynb:\d+` cell 2 shows 3 × EMAIL/);
  expect(change).toMatch(/AWS-020\)[^#]*`infra\/main.tf:16` `aws_s3_bucket.staging` everybody may read it/);
  for (const [section] of change.matchAll(/^### (?:critical|high|medium|low)[^]*?(?=^### )/gm))
    expect(section).toContain('**Mend it:**');
  // What the report says of a key is where it is, never what it is.
  expect(change).not.toMatch(/AKIA/);
  expect(mended).toMatch(/^exit code 0/);
  expect(mended).toContain('Nothing refuses this change.');
  expect(status).toBe(0);
});
