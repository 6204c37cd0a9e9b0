/**
 * The pages as a person walks them, in a real Chromium against a real server: from Home to an asset, its lineage as of a
 * past day, the entry behind it, and a proof that is verified in the browser. axe looks at every page on the way.
 */
import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseProof, parseVerifierKey, verifyProof } from '@custody/verify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../packages/custody/src/app.ts';
import { IN_TOTO_PAYLOAD } from '../packages/custody/src/attest/dsse.ts';
import { signBundle } from '../packages/custody/src/attest/signer.ts';
import { runExample } from '../packages/custody/src/cli/example.ts';
import { scoreManifest } from './score-manifest.ts';
import { CHROMIUM, launchBrowser, noViolations, visitWith } from './browser-visit.ts';

const CLI = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
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
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await emptyApp?.stop();
  });

  const visit = (server: App, colorScheme: 'light' | 'dark', width?: number) =>
    visitWith(browser, server, colorScheme, width);

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

  /** So many nights before the last: the example ends yesterday, and its tenth night from the end is the bad one. */
  const night = (before: number) => new Date(Date.now() - (before + 1) * 86_400_000).toISOString().slice(0, 10);
  const badNight = () => night(9);
  const VENDOR = 'dataset:file:credit-scoring/vendor/nordkredit/bureau_feed.csv';
  const blastPlace = (more = '') =>
    `/lineage?asset=${VENDOR}&show=blast&from=${badNight()}T00:00:00.000Z&to=${badNight()}T23:59:59.999Z${more}`;
  /** What the command line answers, for a command as a page shows it. */
  async function commandLine<Answer>(text: string): Promise<Answer> {
    const [, ...args] = text.split(' ');
    const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args, '--json'], {
      env: { ...process.env, CUSTODY_URL: app.url, CUSTODY_TOKEN: app.pipelineKey },
      maxBuffer: 64 << 20,
    });
    return JSON.parse(stdout) as Answer;
  }

  test.each(['light', 'dark'] as const)(
    'find the incident: from the model that fell to its cause, and to all that it reached, in %s',
    async (scheme) => {
      const { context, page, errors } = await visit(app, scheme);
      const model = `dataset:models:credit-default/${night(0)}`;
      await page.goto(`${app.url}/asset?id=${model}`);
      const chart = page.getByRole('img', { name: /^auc of 28 versions/ });
      await chart.waitFor();
      const marked = await page.locator('[data-fall]').getAttribute('data-fall');
      expect(marked).toBe(`dataset:models:credit-default/${badNight()}`);
      await page.getByText('bureau_score', { exact: true }).first().waitFor();
      await noViolations(page, 'A model and its quality');

      // The first candidate leads to its own blast radius.
      await page
        .getByRole('listitem')
        .filter({ hasText: 'unusual values' })
        .getByRole('link', { name: 'What did this reach?' })
        .click();
      await page.getByText(/^reached \d+ of/).waitFor();
      expect(new URL(page.url()).searchParams.get('asset')).toBe(FEED);
      expect(new URL(page.url()).searchParams.get('col')).toBe('bureau_score');

      // The file of the vendor, all of that night.
      await page.goto(`${app.url}${blastPlace()}`);
      await page.getByRole('group', { name: /^Blast radius of/ }).waitFor();
      await page.getByText(/^reached 10 of 37/).waitFor();
      await noViolations(page, 'Blast radius');
      const shown = (await page.locator('.drawer .cmd pre').textContent())!.replaceAll(' \\\n  ', ' ');
      await page.goto(`${app.url}${blastPlace('&view=table')}`);
      await page.locator('[data-reached]').first().waitFor();
      await noViolations(page, 'Blast radius, table');
      const inTable = await page.locator('[data-reached]').evaluateAll((all) => all.map((one) => one.dataset['id']!));
      const answer = await commandLine<{ touched: { id: string; role: string; name: string }[] }>(shown);
      expect(inTable).toEqual(answer.touched.map(({ id }) => id));
      expect(answer.touched.filter(({ role }) => role === 'model').map(({ name }) => name)).toEqual([
        `credit-default/${badNight()}`,
      ]);

      // Why the model is reached, from the list.
      await page
        .locator('.drawer')
        .getByRole('button', { name: `credit-default/${badNight()}` })
        .click();
      await page.getByRole('heading', { name: 'Why it is reached' }).waitFor();
      await noViolations(page, 'Why it is reached');
      expect(errors).toEqual([]);
      await context.close();
    },
    90_000,
  );

  test('show in the graph what was reached and what was not, told apart in words', async () => {
    const { context, page } = await visit(app, 'light');
    await page.goto(`${app.url}${blastPlace('&sel=none')}`);
    const graph = page.getByRole('group', { name: /^Blast radius of/ });
    await graph.waitFor();
    const answer = await commandLine<{ touched: { id: string; role: string }[] }>(
      `custody blast ${VENDOR} --from ${badNight()} --to ${badNight()}`,
    );
    const touched = new Set(answer.touched.map(({ id }) => id));
    const cards = await graph
      .locator('.card-head[data-id]')
      .evaluateAll((all) => all.map((one) => ({ id: one.dataset['id']!, label: one.getAttribute('aria-label')! })));
    for (const { id, label } of cards.filter((card) => card.id !== VENDOR)) {
      expect(label, id).toContain(touched.has(id) ? ', reached ' : ', not reached');
    }
    // No group hides what was reached.
    expect(cards.map(({ id }) => id)).toEqual(expect.arrayContaining([...touched]));
    expect(cards.some(({ id }) => !touched.has(id) && id !== VENDOR)).toBe(true);
    await context.close();
  });

  test.each(['light', 'dark'] as const)(
    'open columns, show only the ways of one, compare times, find a path and name gaps, in %s',
    async (scheme) => {
      const { context, page, errors } = await visit(app, scheme);
      const FEATURES = 'dataset:duckdb://credit-scoring.duckdb:features.credit_features';
      await page.goto(`${app.url}/lineage?asset=${FEATURES}&cols=all&gaps=show&ended=show`);
      await page.locator('.edge.way').first().waitFor();
      await page.locator('.gap-sign').first().waitFor();
      await noViolations(page, 'All columns, gaps');

      await page.goto(`${app.url}/lineage?asset=${FEATURES}&col=bureau_score`);
      await page.getByText('Only the ways of column').waitFor();
      await noViolations(page, 'The ways of one column');
      const rows = await page.locator('.card-row[data-id]').allTextContents();
      expect(rows).toContain('bureau_score');
      // Where it comes from across datasets, and nothing that stands beside it.
      expect(rows).not.toContain('applicant_id');
      const drawn = await page.locator('.edge.way').count();
      await page.goto(`${app.url}/lineage?asset=${FEATURES}&col=bureau_score&view=table`);
      await page.locator('.ways-table tbody tr').first().waitFor();
      expect(await page.locator('.ways-table tbody tr').count()).toBe(drawn);
      await noViolations(page, 'The ways of one column, table');

      await page.goto(`${app.url}/lineage?asset=${FEATURES}&show=difference`);
      await page.getByRole('heading', { name: 'Which time is it compared with?' }).waitFor();
      await noViolations(page, 'Difference, not asked yet');
      await page.goto(`${app.url}/lineage?asset=${FEATURES}&show=difference&from=${badNight()}T12:00:00.000Z`);
      await page.locator('.card.m-added').first().waitFor();
      await noViolations(page, 'Difference');
      await page.goto(
        `${app.url}/lineage?asset=${FEATURES}&show=difference&from=${badNight()}T12:00:00.000Z&view=table&sel=none`,
      );
      await page.getByText(/assets that came, went or changed/).waitFor();
      await noViolations(page, 'Difference, table');
      const difference = await commandLine<{ assetsAdded: unknown[]; assetsGone: unknown[]; changed: unknown[] }>(
        `custody lineage diff ${FEATURES} --from ${badNight()}T12:00:00Z --depth 6`,
      );
      const { assetsAdded, assetsGone, changed } = difference;
      expect(await page.locator('.twin table').first().locator('tbody tr').count()).toBe(
        assetsAdded.length + assetsGone.length + changed.length,
      );

      const model = `dataset:models:credit-default/${badNight()}`;
      await page.goto(`${app.url}/lineage?asset=${VENDOR}&show=path&target=${model}`);
      await page.getByText('10 steps to').waitFor();
      await noViolations(page, 'Path');
      await page.goto(`${app.url}/lineage?asset=${VENDOR}&show=path&target=${model}&view=table`);
      await page.getByText('10 steps, in order').waitFor();
      await noViolations(page, 'Path, table');
      await page.goto(`${app.url}/lineage?asset=${VENDOR}&show=path`);
      await page.getByRole('heading', { name: 'Where does the path lead?' }).waitFor();
      await noViolations(page, 'Path, not asked yet');

      const dashboard = 'dataset:file:credit-scoring/dashboards/portfolio.json';
      await page.goto(`${app.url}/gaps?asset=${dashboard}`);
      await page.getByText(/facts are missing and/).waitFor();
      await noViolations(page, 'Gaps');
      const href = await page.getByRole('link', { name: 'Open to print' }).getAttribute('href');
      const printed = await page.goto(`${app.url}${href}`);
      expect(printed?.headers()['content-type']).toContain('text/html');
      await page.goto(`${app.url}/gaps?asset=${dashboard}`);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Markdown' }).click(),
      ]);
      expect(await readFile(await download.path(), 'utf8')).toContain('# ');
      expect(errors).toEqual([]);
      await context.close();
    },
    120_000,
  );

  test('walk columns by keyboard, and keep the focus on the column that is chosen', async () => {
    const { context, page, errors } = await visit(app, 'light');
    await page.goto(`${app.url}/lineage?asset=${FEED}`);
    await page.locator('.card-head').first().waitFor();
    await page.locator(`.card-head[data-id="${FEED}"]`).focus();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('column applicant_id of raw.bureau_feed');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('column bureau_score of raw.bureau_feed');
    await page.keyboard.press('Enter');
    await page.waitForURL(/col=bureau_score/);
    await page.getByText('Only the ways of column').waitFor();
    await page.locator('.card-row.chosen').waitFor();
    expect(await focused()).toBe('column bureau_score of raw.bureau_feed');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('column bureau_score of clean.bureau');
    // Of another dataset: another page, and the focus stays on the column.
    await page.keyboard.press('Enter');
    await page.waitForURL(/clean\.bureau.*col=bureau_score|col=bureau_score.*clean\.bureau/);
    await expect.poll(focused).toBe('column bureau_score of clean.bureau');
    await page.keyboard.press('c');
    await page.waitForURL((url) => !url.searchParams.has('col'));
    await page.keyboard.press('b');
    await page.waitForURL(/show=blast/);
    await page.getByRole('status').filter({ hasText: 'Blast radius of clean.bureau' }).waitFor();
    await page.getByText(/^reached \d+ of/).waitFor();
    // The view before is gone, and with it what had the focus: the button of this one has it now.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Blast radius');
    await page.keyboard.press('?');
    await page.getByText('columns of the asset, open or closed').waitFor();
    await noViolations(page, 'Keys');
    expect(errors).toEqual([]);
    await context.close();
  });

  test.each([
    ['/lineage?asset=dataset:no:such', 'Lineage'],
    ['/lineage?asset=dataset:no:such&show=blast', 'Blast radius'],
    ['/lineage?asset=dataset:no:such&show=difference&from=2020-01-01T00:00:00.000Z', 'Difference'],
    ['/lineage?asset=dataset:no:such&show=path&target=dataset:no:such2', 'Path'],
    ['/gaps?asset=dataset:no:such', 'Gaps'],
    ['/gaps', 'Gaps without an asset'],
    ['/models?id=dataset:no:such', 'A model'],
    ['/datasets?id=dataset:no:such', 'A dataset'],
    ['/checks?run=3', 'A check'],
  ])('say what is wrong where there is no such asset: %s', async (path, what) => {
    const { context, page } = await visit(emptyApp, 'light');
    await page.goto(`${emptyApp.url}${path}`);
    await page
      .getByText(/No such asset|No asset|not known|Nothing|no asset|No version/i)
      .first()
      .waitFor();
    await noViolations(page, `${what} of nothing`);
    await context.close();
  });

  test('fit a narrow page, in every view', async () => {
    const { context, page } = await visit(app, 'dark', 390);
    const model = `dataset:models:credit-default/${badNight()}`;
    for (const path of [
      blastPlace(),
      `/lineage?asset=${FEED}&col=bureau_score`,
      `/lineage?asset=${model}&show=difference&from=${badNight()}T12:00:00.000Z`,
      `/lineage?asset=${VENDOR}&show=path&target=${model}`,
      `/gaps?asset=${FEED}`,
      `/asset?id=${model}`,
    ]) {
      await page.goto(`${app.url}${path}`);
      await page.locator('.table:visible').first().waitFor();
      await noViolations(page, `narrow ${path}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path).toBe(true);
    }
    await context.close();
  }, 60_000);

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
    for (const path of [
      '/',
      '/assets',
      '/datasets',
      '/lineage',
      '/policies',
      '/gates',
      '/checks',
      '/models',
      '/entries',
    ]) {
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

  /** Asks a server to change something, as the command line beside it would. */
  async function call(server: App, path: string, body: unknown): Promise<Record<string, string>> {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.cliKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    expect(response.ok, `${path}: ${text}`).toBe(true);
    return JSON.parse(text) as Record<string, string>;
  }

  /** A policy with a history of decisions, in a server of its own. */
  async function startWithPolicy(): Promise<App> {
    const server = await startApp({ data: await mkdtemp(`${tmpdir()}/custody-browser-`), host: '127.0.0.1', port: 0 });
    const files = {
      'read.rego': 'package gate.read\n\ndefault allow := false\n\nallow if input.purpose in {"marketing", "risk"}\n',
      'read_test.rego':
        'package gate.read_test\n\ntest_risk if {\n\tdata.gate.read.allow with input as {"purpose": "risk"}\n}\n',
    };
    await call(server, '/custody/v1/policies/gate-read', { files, message: 'First', author: 'mara.lindqvist' });
    for (const purpose of ['marketing', 'marketing', 'risk', 'other'])
      await call(server, '/v1/data/gate/read/allow', { input: { purpose } });
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

  /** A model that is signed, a dataset with two versions, and three runs of a check, in a server of its own. */
  async function startWithEvidence(): Promise<App> {
    const server = await startApp({ data: await mkdtemp(`${tmpdir()}/custody-browser-`), host: '127.0.0.1', port: 0 });
    const facet = (members: object) => ({ _producer: 'https://e.org', _schemaURL: 'https://e.org/f.json', ...members });
    for (const night of [1, 2]) {
      await call(server, '/api/v1/lineage', {
        eventType: 'COMPLETE',
        eventTime: `2026-11-0${night}T02:00:00.000Z`,
        producer: 'https://e.org',
        schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
        run: { runId: `00000000-0000-4000-8000-00000000000${night}` },
        job: { namespace: 'nightly', name: 'train' },
        inputs: [{ namespace: 'lake', name: 'scores' }],
        outputs: [
          {
            namespace: 'lake',
            name: `risk/2026-11-0${night}`,
            facets: { datasetType: facet({ datasetType: 'MODEL' }) },
          },
        ],
      });
    }
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'risk', digest: { sha256: 'c'.repeat(64) } }],
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      predicate: { result: 'PASSED', configuration: [], passedTests: ['auc above .75'] },
    };
    const bundle = await signBundle(IN_TOTO_PAYLOAD, Buffer.from(JSON.stringify(statement)), {
      publicKey,
      certificates: [],
      sign: async (bytes) => sign(null, bytes, privateKey),
    });
    await call(server, '/custody/v1/attestations', {
      bundle: JSON.parse(bundle) as object,
      asset: 'dataset:lake:risk/2026-11-02',
      publicKeys: [publicKey.export({ type: 'spki', format: 'pem' })],
    });
    for (const [rows, mean] of [
      [100, 50],
      [120, 58],
    ] as const) {
      const manifest = scoreManifest(rows, mean);
      const place = { kind: 'none', where: '' };
      const message = `scores of ${rows}`;
      await call(server, '/custody/v1/datasets/versions', { dataset: 'dataset:lake:scores', manifest, place, message });
    }
    const finding = (line: number, fate: object) => ({
      rule: 'SEC-001',
      severity: 'high',
      title: 'A key in the text',
      file: 'dags/nightly.py',
      line,
      column: 1,
      message: `a key of a cloud on line ${line}`,
      fix: 'Take it out and withdraw it.',
      fate,
    });
    const waived = { kind: 'waived', reason: 'a test account', owner: 'mara.lindqvist', until: '2027-03-31' };
    for (const findings of [
      [finding(3, { kind: 'open' }), finding(9, { kind: 'open' })],
      [finding(3, { kind: 'open' }), finding(9, waived)],
      [finding(9, waived)],
    ]) {
      await call(server, '/custody/v1/checks', {
        repository: 'github.com/bank/credit',
        branch: 'main',
        commit: 'a'.repeat(40),
        files: 12,
        rules: `sha256:${'d'.repeat(64)}`,
        whys: { 'SEC-001': 'Who reads the repository has the key.' },
        reach: [
          {
            file: 'models/people.sql',
            asset: 'people',
            id: null,
            known: false,
            reached: { datasets: 2, models: 1 },
            names: ['scores', 'risk'],
            labels: [{ column: 'email', label: 'pii', from: 'raw.people.email' }],
          },
        ],
        findings,
      });
    }
    return server;
  }

  const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

  test.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)(
    'show models with who signed them, versions with what differs, and checks with their findings, in %s at %i',
    async (scheme, width) => {
      const server = await startWithEvidence();
      const { context, page, errors } = await visit(server, scheme, width);
      const { keyboard } = page;
      const look = async (where: string) => {
        await noViolations(page, where);
        expect(await fits(page), where).toBe(true);
      };
      // Models: the list, a version, what it was trained on, and an attestation that can be read.
      await keyboard.press('g');
      await keyboard.press('m');
      await page.getByRole('link', { name: 'risk', exact: true }).waitFor();
      await look('Models');
      await page.getByRole('link', { name: 'risk', exact: true }).focus();
      await keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'risk 2026-11-02' }).waitFor();
      await page.getByText('1 input, none signed').waitFor();
      await page.getByText('not known').first().waitFor();
      await page.getByText('The log holds no signature over its files').waitFor();
      await look('A model');
      await page.getByRole('button', { name: 'test result' }).click();
      await page.getByText('verified when it was recorded').waitFor();
      await page.getByText('auc above .75', { exact: true }).waitFor();
      await look('An attestation');
      const command = await page.locator('.drawer .cmd pre').last().textContent();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download the bundle' }).click(),
      ]);
      expect(command).toBe(`custody attest verify ${download.suggestedFilename()} --public-key key.pub --recorded`);
      expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toHaveProperty('dsseEnvelope');

      // Versions: what differs, and a name that moves with a reason.
      await page.goto(`${server.url}/datasets`);
      await page.getByRole('link', { name: 'scores' }).waitFor();
      await look('Datasets');
      await page.getByRole('link', { name: 'scores' }).click();
      await page.getByRole('link', { name: /^What differs between version 1 and 2/ }).click();
      await page.waitForURL(/from=1&to=2/);
      await page.getByText('large shift').filter({ visible: true }).waitFor();
      await page.getByText('custody dataset diff dataset:lake:scores 1 2').waitFor();
      await look('Two versions');
      await page.getByRole('button', { name: 'Move a name' }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByText('The name is new.').waitFor();
      await look('Move a name');
      await page.getByLabel('Points to').selectOption('1');
      await page.getByLabel('Why').fill('Version 2 is shifted');
      await keyboard.press('Enter');
      await page.getByText('Version 2 is shifted').waitFor();
      expect(server.ledger.state.versions.movesOf('dataset:lake:scores')).toMatchObject([
        { alias: 'approved', version: 1, reason: 'Version 2 is shifted' },
      ]);

      // Checks: runs, their trend, and a finding with why and how to mend it.
      await page.goto(`${server.url}/checks`);
      await page.getByRole('link', { name: /^github.com\/bank\/credit, main/ }).waitFor();
      await look('Checks');
      await page.getByRole('link', { name: /^github.com\/bank\/credit, main/ }).click();
      await page.getByRole('img', { name: /^Findings that refuse, by run: 2, 1, 0\./ }).waitFor();
      await look('Checks of a branch');
      await page.locator('[data-row]').first().click();
      await page.getByText('mended', { exact: true }).waitFor();
      await page.getByText('1 model, 2 datasets, by the repository').waitFor();
      await look('A check');
      await page.getByRole('button', { name: 'A key in the text' }).first().click();
      await page.getByText('Who reads the repository has the key.').waitFor();
      await page.getByText('mara.lindqvist waived it until 2027-03-31: a test account').waitFor();
      expect(await page.getByRole('link', { name: 'Open line 9' }).getAttribute('href')).toBe(
        `https://github.com/bank/credit/blob/${'a'.repeat(40)}/dags/nightly.py#L9`,
      );
      await look('A finding');

      await page.goto(`${server.url}/asset?id=dataset:lake:scores`);
      await page.getByRole('heading', { name: 'Versions' }).waitFor();
      await page.getByText('scores of 120').waitFor();
      await look('An asset with versions');
      expect(errors).toEqual([]);
      await context.close();
      await server.stop();
    },
    90_000,
  );

  test('say why a reader may not move a name', async () => {
    const server = await startWithEvidence();
    const { secret } = await call(server, '/custody/v1/tokens', { name: 'jonas', role: 'engineer' });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${server.url}/signin`);
    await page.evaluate(async (token) => {
      await fetch('/custody/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-custody-csrf': '1' },
        body: JSON.stringify({ token }),
      });
    }, secret);
    await page.goto(`${server.url}/datasets?id=dataset:lake:scores`);
    await page.getByText('Your role, engineer, reads versions. Officers and admins move names.').waitFor();
    // It can still be reached, and does nothing.
    await page.getByRole('button', { name: 'Move a name' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await noViolations(page, 'A dataset for an engineer');
    await context.close();
    await server.stop();
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
