import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { build, preview, type PreviewServer } from 'vite';
import { FLAGS } from '../support/chromium.ts';
import type { StrictPage } from './page/strictPage.ts';

declare const strictPage: StrictPage;

/** Nothing but the page's own scripts, and styles that carry the page's nonce. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'nonce-cGFnZQ'",
  'img-src data: blob:',
  'media-src data: blob:',
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

let browser: Browser;
let server: PreviewServer;
let folder: string;
let page: Page;
let problems: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'push-chat-strict-'));
  const shared = { configFile: false, root: 'test/browser/page', logLevel: 'error' } as const;
  await build({
    ...shared,
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 9_000 },
  });
  server = await preview({
    ...shared,
    build: { outDir: folder },
    preview: { port: 0, host: '127.0.0.1', headers: { 'content-security-policy': POLICY } },
  });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  problems = [];
  page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.waitForFunction(() => 'strictPage' in globalThis);
});

const backgroundOf = (selector: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);

describe('a page with a strict content security policy', () => {
  it('UI-14 draws and works with no violation, in the page and in a shadow root', async () => {
    await page.evaluate(() => strictPage.draw());
    // Locators look into open shadow roots.
    const [alice, bob] = [page.locator('#plain'), page.locator('#shadow')];
    await alice.getByRole('textbox').fill('Sent under the policy');
    await alice.getByRole('button', { name: 'Send message' }).click();
    await bob.getByRole('log').getByText('Sent under the policy').waitFor();
    expect(await backgroundOf('#plain [data-pc-part=window]')).not.toBe('rgba(0, 0, 0, 0)');
    expect(await backgroundOf('#shadow [data-pc-part=window]')).toBe(
      await backgroundOf('#plain [data-pc-part=window]'),
    );

    // Menus and keys, whose focus is inside the shadow root.
    await bob.getByRole('log').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await bob.getByRole('menu').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await bob.locator(':focus').getAttribute('role')).toBe('menuitem');
    expect(
      await bob
        .getByRole('menuitem')
        .nth(2)
        .evaluate((item) => item.matches(':focus')),
    ).toBe(true);
    await page.keyboard.press('Escape');

    await bob.getByRole('button', { name: 'Emoji' }).click();
    await bob.getByRole('group', { name: 'Emoji' }).waitFor();
    expect(await page.evaluate(() => strictPage.violations())).toEqual([]);
    expect(problems).toEqual([]);
  });

  // `CYCLES=1000` is what the case names; a leak of whole windows shows in far fewer.
  const cycles = Number(process.env['CYCLES'] ?? 150);
  it(`RX-08 ${cycles} windows that come and go leave nothing behind`, async () => {
    const devtools = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await devtools.send('HeapProfiler.collectGarbage');
      return (await devtools.send('Runtime.getHeapUsage')).usedSize;
    };
    await page.evaluate(() => strictPage.mountOften(50));
    const before = await heap();
    await page.evaluate((times) => strictPage.mountOften(times), cycles);
    expect((await heap()) - before).toBeLessThan(2_000_000);
    expect(problems).toEqual([]);
  });
});
