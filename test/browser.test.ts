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
    // A colour on its way to another is nobody's to read.
    await page.evaluate(async () => {
      const moving = document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity);
      await Promise.allSettled(moving.map((animation) => animation.finished));
    });
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
    for (const path of ['/', '/assets', '/lineage', '/policies', '/entries']) {
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

  /** A policy with a history of decisions, in a server of its own. */
  async function startWithPolicy(): Promise<App> {
    const server = await startApp({ data: await mkdtemp(`${tmpdir()}/custody-browser-`), host: '127.0.0.1', port: 0 });
    const call = async (path: string, body: unknown) => {
      const response = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.cliKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.ok, path).toBe(true);
    };
    const files = {
      'read.rego': 'package gate.read\n\ndefault allow := false\n\nallow if input.purpose in {"marketing", "risk"}\n',
      'read_test.rego':
        'package gate.read_test\n\ntest_risk if {\n\tdata.gate.read.allow with input as {"purpose": "risk"}\n}\n',
    };
    await call('/custody/v1/policies/gate-read', { files, message: 'First', author: 'mara.lindqvist' });
    for (const purpose of ['marketing', 'marketing', 'risk', 'other'])
      await call('/v1/data/gate/read/allow', { input: { purpose } });
    return server;
  }

  test.each(['light', 'dark'] as const)(
    'let a policy be changed, dry run, published and rolled back by keyboard alone, in %s',
    async (scheme) => {
      const server = await startWithPolicy();
      const { context, page, errors } = await visit(server, scheme);
      const { keyboard } = page;
      /** Tab until the control is reached, as somebody without a mouse does. */
      const tabTo = async (name: RegExp, role: 'button' | 'link' | 'textbox') => {
        const wanted = page.getByRole(role, { name }).first();
        await wanted.waitFor();
        for (let n = 0; n < 80; n++) {
          if (await wanted.evaluate((element) => element === document.activeElement)) return;
          await keyboard.press('Tab');
        }
        throw new Error(`the focus never came to ${name}`);
      };
      await keyboard.press('g');
      await keyboard.press('p');
      await page.waitForURL(/\/policies$/);
      await page.getByRole('link', { name: 'gate-read', exact: true }).waitFor();
      await noViolations(page, 'Policies');
      await tabTo(/^gate-read$/, 'link');
      await keyboard.press('Enter');
      await page.getByText('1 of 1 test').waitFor();
      await page.getByText('No errors').waitFor();
      await noViolations(page, 'Policy');

      // An error as it is typed, with its place; then a name completed.
      await tabTo(/^Text of read.rego/, 'textbox');
      await keyboard.press('Control+End');
      await keyboard.type('late if al');
      await page.getByRole('option', { name: /^allow/ }).waitFor();
      await page.getByText('var al is unsafe').waitFor();
      await noViolations(page, 'Policy with an error');
      await keyboard.press('Tab');
      expect(await page.getByRole('textbox', { name: /^Text of/ }).inputValue()).toMatch(/late if allow$/);
      await page.getByText('No errors').waitFor();
      for (let n = 0; n < 'late if allow'.length; n++) await keyboard.press('Backspace');
      await keyboard.press('Escape');

      // Marketing goes: from the end, up to the line, and behind its first word.
      await keyboard.press('ArrowUp');
      await keyboard.press('End');
      for (let n = 0; n < ' in {"marketing", "risk"}'.length; n++) await keyboard.press('Backspace');
      await keyboard.type(' == "risk"');
      await keyboard.press('Escape');
      await page.getByText('No errors').waitFor();
      await keyboard.press('Control+Enter');
      await page.getByText('against 4 decisions').waitFor();
      await page.getByText('now denied').first().waitFor();
      expect(await page.locator('.flip').textContent()).toBe('2same2now denied0now allowed');
      await page.getByText('allow if input.purpose in {"marketing", "risk"}').first().waitFor();
      await noViolations(page, 'Dry run');

      await tabTo(/^Publish version 2/, 'button');
      await keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await noViolations(page, 'Publish');
      await keyboard.type('Marketing is out');
      await keyboard.press('Enter');
      await page.getByText(/version 2 in force/).waitFor();
      const decide = async (): Promise<unknown> => {
        const response = await fetch(`${server.url}/v1/data/gate/read/allow`, {
          method: 'POST',
          headers: { authorization: `Bearer ${server.cliKey}` },
          body: '{"input":{"purpose":"marketing"}}',
        });
        return ((await response.json()) as { result: unknown }).result;
      };
      expect(await decide()).toBe(false);

      await tabTo(/^History/, 'button');
      await keyboard.press('Enter');
      await tabTo(/^Roll back to 1/, 'button');
      await noViolations(page, 'History of a policy');
      await keyboard.press('Enter');
      await keyboard.type('Marketing is needed until Friday');
      await keyboard.press('Enter');
      await page.getByText(/version 3 in force/).waitFor();
      expect(await decide()).toBe(true);
      expect(server.ledger.state.policies.versions('gate-read').map(({ message }) => message)).toEqual([
        'First',
        'Marketing is out',
        'Marketing is needed until Friday',
      ]);
      for (const view of ['changes', 'tests']) {
        await page.goto(`${server.url}/policies?name=gate-read&view=${view}`);
        await page.getByText('No errors').waitFor();
        await noViolations(page, `Policy, ${view}`);
      }
      await page.goto(`${server.url}/entries?kind=gate.decision`);
      await page.getByText('refused gate/read/allow by gate-read version 2').waitFor();
      await noViolations(page, 'Decisions in the log');
      expect(errors).toEqual([]);
      await context.close();
      await server.stop();
    },
    90_000,
  );

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
