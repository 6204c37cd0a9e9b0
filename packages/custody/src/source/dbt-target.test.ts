import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { dbtFolder, readDbtArtifacts, readDbtConnection } from './dbt-target.ts';

const project = mkdtempSync(`${tmpdir()}/custody-dbt-target-`);
const target = join(project, 'target');
mkdirSync(target);
writeFileSync(join(project, 'dbt_project.yml'), 'name: shop\nprofile: shop\n');
writeFileSync(
  join(project, 'profiles.yml'),
  `config:
  send_anonymous_usage_stats: false
shop:
  target: "{{ env_var('SHOP_TARGET', 'dev') }}"
  outputs:
    dev:
      type: postgres
      host: "{{ env_var('SHOP_HOST') }}"
      port: "{{ env_var('SHOP_PORT', '5433') | as_number }}"
      user: reader
      password: s3cret-word
    prod: {type: snowflake, account: org-account, password: s3cret-word}
`,
);
afterEach(() => vi.unstubAllEnvs());

test('of a profile only what names the place is read', async () => {
  vi.stubEnv('SHOP_HOST', 'db.example.org');
  const connection = await readDbtConnection(target, 'postgres', {});
  expect(connection).toEqual({ type: 'postgres', host: 'db.example.org', port: '5433' });
  expect(await readDbtConnection(target, 'snowflake', { target: 'prod' })).toEqual({
    type: 'snowflake',
    account: 'org-account',
  });
});

test('a profile of another database, or none for a folder without a project, is no answer', async () => {
  expect(await readDbtConnection(target, 'bigquery', {})).toBeNull();
  const alone = mkdtempSync(`${tmpdir()}/custody-dbt-alone-`);
  expect(await readDbtConnection(alone, 'postgres', {})).toBeNull();
  expect(await readDbtConnection(alone, 'postgres', { profilesDir: project })).toMatchObject({ type: 'postgres' });
});

test('a project, its target folder and the manifest itself lead to the same artifacts', async () => {
  expect(await dbtFolder(project)).toBeNull();
  writeFileSync(join(target, 'manifest.json'), '{"metadata": {}}');
  for (const path of [project, target, join(target, 'manifest.json')]) expect(await dbtFolder(path)).toBe(target);
  expect(await readDbtArtifacts(target)).toEqual({
    manifest: { metadata: {} },
    catalog: undefined,
    runResults: undefined,
  });
  writeFileSync(join(target, 'catalog.json'), '{');
  await expect(readDbtArtifacts(target)).rejects.toThrow('catalog.json is not JSON');
});
