/** The Gates page in a real Chromium: real rows are set aside, looked at, released, destroyed; rules are tried. axe looks on. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../packages/custody/src/app.ts';
import { CHROMIUM, launchBrowser, noViolations, visitWith } from './browser-visit.ts';

const RULES = `version: 1
rules:
  - { name: ssn, types: US_SSN, action: fail }
  - { name: keys, family: secret, action: quarantine }
default: mask
checks:
  columns:
    - { name: stars, type: integer, min: 1, max: 5 }
`;
const KEY = 'AKIAQ3EGRZ5MJ7TWXK4V';
const MAIL = 'jane@example.org';
const CSV = `id,stars,text\n1,4,write to ${MAIL}\n2,3,key ${KEY} leaked\n3,9,fine\n4,1,nothing here\n`;

let app: App;
let browser: Browser;
let batch: string;

async function post(path: string, body: string, type = 'application/json'): Promise<Response> {
  return fetch(`${app.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.cliKey}`, 'content-type': type },
    body,
  });
}
const ingest = (csv: string) =>
  post('/api/v1/ingest?rules=reviews&dataset=shop/reviews', csv, 'application/octet-stream');

describe.skipIf(!CHROMIUM)('the Gates page', () => {
  beforeAll(async () => {
    app = await startApp({ data: await mkdtemp(`${tmpdir()}/custody-gates-page-`), host: '127.0.0.1', port: 0 });
    const rules = await post('/custody/v1/gate/rules/reviews', JSON.stringify({ rules: RULES, message: 'First' }));
    expect(rules.status).toBe(201);
    const aside = await ingest(CSV);
    expect(aside.headers.get('custody-verdict')).toBe('quarantined');
    batch = aside.headers.get('custody-batch')!;
    expect((await ingest(`${CSV}5,2,my SSN is 536-90-4399\n`)).status).toBe(422);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test('leads from a decision to the rows it set aside, lets them out, and destroys them', async () => {
    const { context, page, errors } = await visitWith(browser, app, 'light');
    await page.keyboard.press('g');
    await page.keyboard.press('g');
    await page.waitForURL(/\/gates$/);
    const rows = page.getByRole('table').getByRole('row');
    await rows.nth(2).waitFor();
    expect(await rows.nth(1).textContent()).toMatch(/refused.*shop\/reviews.*1 US_SSN refused/);
    expect(await rows.nth(2).textContent()).toMatch(/rows set aside.*1 check broken: stars max; 1 API_KEY set aside/);
    await noViolations(page, 'Decisions');
    await page.getByRole('button', { name: /^Set aside/ }).click();
    await page.waitForURL(/verdict=quarantined/);
    await page.getByText('1 ingest', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'shop/reviews' }).click();
    await page.getByText('4 rows read, 2 written, 2 set aside, 1 value replaced.').waitFor();
    await page.getByText(/^custody audit verify/).waitFor();
    await noViolations(page, 'Ingest');

    await page.getByRole('link', { name: 'Look at the rows' }).click();
    const sample = page.getByRole('group', { name: 'Rows set aside, masked' });
    await sample.waitFor();
    expect(await sample.textContent()).toContain('xxx <API_KEY> xxxxxx');
    expect(await sample.textContent()).not.toContain(KEY);
    await noViolations(page, 'Batch');

    await page.getByRole('button', { name: 'Release as it came' }).click();
    await page.getByText('Say why first.').waitFor();
    await noViolations(page, 'Release');
    await page.getByRole('textbox', { name: 'Why' }).fill('The key is void');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Release 2 rows' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`reviews-${batch.slice(0, 8)}-raw.csv`);
    expect(await readFile(await download.path(), 'utf8')).toBe(`id,stars,text\n2,3,key ${KEY} leaked\n3,9,fine\n`);
    await page.getByText(/released as it came by .*: The key is void/).waitFor();
    await page.getByText('released', { exact: true }).waitFor();

    // The entry says the same.
    const entry = page.getByRole('link', { name: /^entry \d+/ }).last();
    const number = Number(/\d+/.exec((await entry.textContent())!.replaceAll(',', ''))![0]);
    expect(await app.ledger.event(number)).toMatchObject({ kind: 'quarantine.released', as: 'raw', rows: 2 });
    await entry.click();
    await page.getByText('in the signed log').first().waitFor();
    await page.getByText('The key is void').first().waitFor();
    await page.goBack();

    await page.getByRole('button', { name: 'Destroy' }).click();
    await page.getByRole('textbox', { name: 'Why' }).fill('Done with');
    await page.getByText('Type destroy first.').waitFor();
    // Forced: it says that it is disabled, and that it then does nothing is what is asked here.
    await page.getByRole('button', { name: 'Destroy 2 rows' }).click({ force: true });
    expect(app.ledger.state.ingests.batch(batch)!.destroyed).toBe(null);
    await page.getByRole('textbox', { name: 'Type destroy' }).fill('destroy');
    await noViolations(page, 'Destroy');
    await page.getByRole('button', { name: 'Destroy 2 rows' }).click();
    await page.getByText('Nobody can read its rows any more.').waitFor();
    expect(app.ledger.state.ingests.batch(batch)!.destroyed).toMatchObject({ reason: 'Done with' });
    await noViolations(page, 'Destroyed batch');
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  test('decides about labels, and tries and publishes rules, in dark', async () => {
    const { context, page, errors } = await visitWith(browser, app, 'dark');
    await page.goto(`${app.url}/gates?view=labels`);
    await page.getByRole('button', { name: 'Accept secret:API_KEY for text' }).click();
    await page.getByRole('textbox', { name: 'Why' }).fill('Seen in it');
    await page.getByRole('button', { name: 'Accept for text' }).click();
    await page.getByRole('button', { name: /^Accepted 1/ }).click();
    await page.getByRole('cell', { name: /^Seen in it/ }).waitFor();
    await noViolations(page, 'Labels');

    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await page.getByRole('link', { name: 'reviews', exact: true }).click();
    await page.getByText('No errors').waitFor();
    const editor = page.getByRole('textbox', { name: 'Text of reviews' });
    await editor.fill(RULES.replace('action: quarantine', 'action: forget'));
    await page.getByText('1 error').waitFor();
    await page.getByRole('button', { name: 'Line 4' }).click();
    await expect.poll(() => editor.evaluate((area) => area === document.activeElement)).toBe(true);
    await noViolations(page, 'Rules with an error');
    await editor.fill(RULES.replace('family: secret, action: quarantine', 'family: secret, action: fail'));
    await page.getByText('No errors').waitFor();

    const file = { name: 'reviews.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
    await page.getByLabel('Choose a file').setInputFiles(file);
    await page.getByRole('button', { name: 'Run dry' }).click();
    await page.getByText('4 rows read, nothing written.').waitFor();
    await page.getByText('keys: API_KEY in text').waitFor();
    await editor.fill(RULES.replace('max: 5', 'max: 10'));
    await page.getByText('The rules or the sample changed since; run it again.').waitFor();
    await page.getByText('No errors').waitFor();
    await page.getByRole('button', { name: 'Run dry' }).click();
    await page.getByText('4 rows read, 3 written, 1 set aside, 1 value replaced.').waitFor();
    const output = page.getByRole('group', { name: /^Output/ });
    expect(await output.textContent()).toMatch(/2 changed1,4,write to <EMAIL_ADDRESS>3 *3,9,fine/);
    await page.locator('button.primary[aria-disabled=false]').waitFor();
    await noViolations(page, 'Dry run');

    await page.getByRole('button', { name: 'Publish version 2' }).click();
    await page.getByRole('textbox', { name: 'Why' }).fill('Ten stars now');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish version 2' }).click();
    await page.getByText(/^Version 2, in force/).waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByText('Ten stars now').waitFor();
    await page.getByRole('button', { name: 'Read 1' }).click();
    await page.getByText('You read version 1 of 2.').waitFor();
    expect(await editor.inputValue()).toBe(RULES);
    await noViolations(page, 'Earlier version');
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  test('fits a narrow page, and says why a reader may not act', async () => {
    const token = await app.keyring.createToken('vera', 'auditor');
    const { context, page } = await visitWith(browser, app, 'light', 390);
    for (const place of ['', '?view=quarantine', '?view=labels', '?view=rules', '?rules=reviews', `?batch=${batch}`]) {
      await page.goto(`${app.url}/gates${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').waitFor({ state: 'detached' });
      await noViolations(page, `narrow ${place}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), place).toBe(true);
    }
    const held = (await ingest(CSV)).headers.get('custody-batch')!;
    // The same browser as an auditor.
    await page.evaluate(async (secret) => {
      await fetch('/custody/v1/session', { method: 'DELETE', headers: { 'x-custody-csrf': '1' } });
      await fetch('/custody/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-custody-csrf': '1' },
        body: JSON.stringify({ token: secret }),
      });
    }, token);
    await page.goto(`${app.url}/gates?batch=${held}`);
    await page.getByText('Your role, auditor, looks at batches.').waitFor();
    await page.getByRole('button', { name: 'Release masked' }).click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.goto(`${app.url}/gates?rules=reviews`);
    await page.getByText('Your role, auditor, reads rules.').first().waitFor();
    await noViolations(page, 'Rules as an auditor');
    await context.close();
  }, 60_000);
});
