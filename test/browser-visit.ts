/** A real Chromium that looks at pages of a real server, and axe, which looks at them too. */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { App } from '../packages/custody/src/app.ts';

export const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
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

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM!, args: FLAGS });

/** A signed-in page, and what its console says of errors. */
export async function visitWith(
  browser: Browser,
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

export async function noViolations(page: Page, where: string): Promise<void> {
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
