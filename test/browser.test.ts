/**
 * The pages as a person walks them, in a real Chromium against a real server: from Home to an asset, its lineage as of a
 * past day, the entry behind it, and a proof that is verified in the browser. axe looks at every page on the way.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import axe from 'axe-core';
import { parseProof, parseVerifierKey, verifyProof } from '@custody/verify';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../packages/custody/src/app.ts';
import { runExample } from '../packages/custody/src/cli/example.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!CHROMIUM) console.log('browser tests skipped: no Chromium found. Get it with: apt-get install chromium');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const FEED = 'dataset:duckdb://credit-scoring.duckdb:raw.bureau_feed';

let app: App;
let emptyApp: App;
let browser: Browser;

describe.skipIf(!CHROMIUM)('the pages', () => {
  beforeAll(async () => {
    const data = await mkdtemp(`${tmpdir()}/custody-browser-`);
    app = await startApp({ data, host: '127.0.0.1', port: 0 });
    await runExample(app, data, new Date(), () => {});
    emptyApp = await startApp({ data: await mkdtemp(`${tmpdir()}/custody-browser-`), host: '127.0.0.1', port: 0 });
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: FLAGS });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await emptyApp?.stop();
  });

  /** A signed-in page that fails the test on any error in its console. */
  async function visit(
    server: App,
    colorScheme: 'light' | 'dark',
    width = 1440,
  ): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, acceptDownloads: true });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.signInLink());
    await page.waitForURL(`${server.url}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return { context, page, errors };
  }

  async function noViolations(page: Page, where: string): Promise<void> {
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { violations: found } = await (
        window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> } }
      ).axe.run();
      return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
    });
    expect(violations, where).toEqual([]);
  }

  test.each(['light', 'dark'] as const)(
    'lead from Home to a verified proof, in %s',
    async (scheme) => {
      const { context, page, errors } = await visit(app, scheme);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(page.url()).not.toContain('code=');
      await page.getByText('dates are simulated').first().waitFor();
      await page.getByRole('button', { name: /Log .*verified/ }).waitFor();
      await noViolations(page, 'Home');

      await page.getByRole('link', { name: 'Assets', exact: true }).click();
      await page.getByRole('searchbox').first().fill('raw.bureau_feed');
      const row = page.getByRole('link', { name: /raw\.bureau_feed/ }).first();
      await row.waitFor();
      await noViolations(page, 'Assets');
      await row.click();
      await page.getByRole('heading', { name: 'raw.bureau_feed' }).waitFor();
      await page.getByText('bureau_score').first().waitFor();
      await noViolations(page, 'Asset');

      // Its lineage as of a day in the past: by the address, which every page has for itself.
      const days = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
      await page.goto(`${app.url}/lineage?asset=${encodeURIComponent(FEED)}&at=${days}T12:00:00.000Z`);
      await page.getByRole('group', { name: /Lineage of/ }).waitFor();
      await page.getByRole('button', { name: /As of/ }).first().waitFor();
      await page.getByText('custody trace').first().waitFor();
      await noViolations(page, 'Lineage');
      const entry = page.getByRole('link', { name: /entry \d+/ }).first();
      const number = Number(/\d+/.exec((await entry.textContent()) ?? '')![0]);
      const event = await app.ledger.event(number);
      expect(
        event && 'eventTime' in event && event.eventTime.slice(0, 10) <= days,
        'the entry is of that day or before',
      ).toBe(true);

      await entry.click();
      await page.getByText('in the signed log').first().waitFor();
      await noViolations(page, 'Log');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('button', { name: 'Download proof' })
          .or(page.getByRole('link', { name: 'Download proof' }))
          .first()
          .click(),
      ]);
      const proved = await verifyProof(
        parseProof(await readFile(await download.path())),
        parseVerifierKey(app.ledger.log.key),
      );
      expect(proved.index).toBe(number);
      expect(errors).toEqual([]);
      await context.close();
    },
    90_000,
  );

  test('show the same lineage as a table, and only that where the page is narrow', async () => {
    const { context, page } = await visit(app, 'light', 390);
    await page.goto(`${app.url}/lineage?asset=${encodeURIComponent(FEED)}`);
    const table = page.getByRole('table').or(page.getByRole('treegrid')).or(page.getByRole('grid')).first();
    await table.waitFor();
    expect(await table.textContent()).toContain('clean_bureau');
    expect(await page.getByRole('group', { name: /Lineage of/ }).count()).toBe(0);
    await noViolations(page, 'Lineage, narrow');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await context.close();
  });

  test.each(['light', 'dark'] as const)('teach a command where there is nothing yet, in %s', async (scheme) => {
    const { context, page, errors } = await visit(emptyApp, scheme);
    for (const path of ['/', '/assets', '/lineage', '/entries']) {
      await page.goto(`${emptyApp.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('button', { name: /^Log/ }).first().waitFor();
      await noViolations(page, `empty ${path}`);
    }
    await page.goto(`${emptyApp.url}/assets`);
    await page
      .getByText(/custody send|OPENLINEAGE_URL/)
      .first()
      .waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  test('are walked by keyboard: palette, going places, and back', async () => {
    const { context, page } = await visit(app, 'light');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.waitForURL(/\/assets/);
    await page.keyboard.press('Control+k');
    const search = page
      .getByRole('dialog')
      .getByRole('combobox')
      .or(page.getByRole('dialog').getByRole('searchbox'))
      .first();
    await search.fill('credit_scores');
    await page
      .getByRole('option', { name: /credit_scores/ })
      .first()
      .waitFor();
    await noViolations(page, 'palette');
    await page.keyboard.press('Enter');
    await page.waitForURL(/credit_scores/);
    await context.close();
  });

  test('say so when a link was used already', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${app.url}/signin#code=used`);
    await page.getByText('This link does not work any more.').waitFor();
    await page.getByText('custody signin').waitFor();
    await noViolations(page, 'sign-in');
    await context.close();
  });

  test('raise an alarm when the log is not the one this browser knew', async () => {
    const { context, page } = await visit(app, 'light');
    await page.getByRole('button', { name: /Log .*verified/ }).waitFor();
    // As if this browser had seen another log under this address before. On a page without our scripts, so that none of
    // them sets it right again.
    await page.goto(`${app.url}/healthz`);
    const changed = await page.evaluate(() => {
      const names = Object.keys(localStorage).filter((name) => localStorage.getItem(name)!.includes('"root":"'));
      for (const name of names) {
        localStorage.setItem(
          name,
          localStorage.getItem(name)!.replace(/"root":"[^"]+"/, `"root":"${'A'.repeat(43)}="`),
        );
      }
      return names.length;
    });
    expect(changed).toBe(1);
    await page.goto(`${app.url}/`);
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().textContent()).toMatch(/log/i);
    await noViolations(page, 'alarm');
    await context.close();
  });
});
