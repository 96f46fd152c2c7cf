import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { preview, type PreviewServer } from 'vite';
import { FLAGS } from '../support/chromium.ts';
import { startPushNode, type RunningNode } from '../../src/node/httpServer.ts';

let browser: Browser;
let server: PreviewServer;
let node: RunningNode;
let page: Page;
let problems: string[];

beforeAll(async () => {
  [browser, server, node] = await Promise.all([
    chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS }),
    preview({
      configFile: 'demo/vite.config.ts',
      root: 'demo',
      preview: { port: 0, host: '127.0.0.1' },
      logLevel: 'error',
    }),
    startPushNode({ port: 0, memory: true }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([server.close(), node.close()]);
});

beforeEach(async () => {
  problems = [];
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (hostname && hostname !== '127.0.0.1' && hostname !== 'localhost') problems.push(`asked ${hostname}`);
  });
  const address = server.resolvedUrls?.local[0] ?? '';
  await page.goto(`${address}?node=${encodeURIComponent(node.url)}`);
});
afterEach(async () => {
  await page.context().close();
  expect(problems).toEqual([]);
});

const pane = (name: string): Locator => page.getByRole('region', { name, exact: true });
const bubbles = (name: string): Locator => pane(name).getByRole('log').locator('[data-verification]');

async function unlock(name: string): Promise<void> {
  await pane(name)
    .getByRole('button', { name: /^Unlock/ })
    .click();
  await pane(name)
    .getByRole('textbox', { name: 'Message' })
    .or(pane(name).getByRole('button', { name: 'Accept' }))
    .first()
    .waitFor();
}

async function send(name: string, words: string): Promise<void> {
  await pane(name).getByRole('textbox', { name: 'Message' }).fill(words);
  await pane(name).getByRole('button', { name: 'Send message' }).click();
  await pane(name).getByRole('log').getByText(words, { exact: true }).waitFor();
}

describe('the demo page', () => {
  it('lets two wallets chat: request, accept, ten messages both ways, and all of it verified after a reload', async () => {
    await unlock('Alice');
    await unlock('Bob');
    await send('Alice', 'Hello Bob, may I write to you?');
    await pane('Bob').getByRole('button', { name: 'Accept' }).first().click();
    await pane('Bob').getByRole('textbox', { name: 'Message' }).waitFor();

    const words = ['Hello Bob, may I write to you?'];
    for (let i = 0; i < 10; i++) {
      const name = i % 2 === 0 ? 'Bob' : 'Alice';
      await send(name, `${name} says ${i}`);
      words.push(`${name} says ${i}`);
      const other = i % 2 === 0 ? 'Alice' : 'Bob';
      await pane(other).getByRole('log').getByText(`${name} says ${i}`, { exact: true }).waitFor();
    }

    // Each wallet's keys are in workers of their own, and stay on the device: nobody is asked to sign again.
    expect(page.workers().length).toBeGreaterThanOrEqual(2);
    await page.reload();
    for (const name of ['Alice', 'Bob']) {
      await pane(name).getByRole('log').getByText('Alice says 9', { exact: true }).waitFor();
      // Rows far out of sight are not in the page.
      const seen = new Set<string>();
      for (const place of ['end', 'start'] as const) {
        await pane(name)
          .getByRole('log')
          .evaluate((log, top) => log.scrollTo(0, top ? 0 : log.scrollHeight), place === 'start');
        await pane(name)
          .getByRole('log')
          .getByText(place === 'start' ? (words[0] ?? '') : 'Alice says 9', { exact: true })
          .waitFor();
        const shown = bubbles(name);
        const marks = await shown.evaluateAll((all) => all.map((bubble) => bubble.getAttribute('data-verification')));
        expect(new Set(marks)).toEqual(new Set(['verified']));
        const texts = await shown.allInnerTexts();
        const told = words.filter((word) => texts.some((text) => text.includes(word)));
        told.forEach((word, i) => {
          expect(texts[i]).toContain(word);
          seen.add(word);
        });
      }
      expect([...seen].sort()).toEqual([...words].sort());
    }
  });

  it('ST-04 is one chat in two tabs: each message once, and what a dead tab had not sent goes out by the other', async () => {
    await unlock('Alice');
    await unlock('Bob');
    await send('Alice', 'from the first tab');
    await pane('Bob').getByRole('button', { name: 'Accept' }).first().click();
    await pane('Bob').getByRole('textbox', { name: 'Message' }).waitFor();

    const first = page;
    const second = await first.context().newPage();
    await second.goto(first.url());
    const shown = (words: string): Locator =>
      second.getByRole('region', { name: 'Alice', exact: true }).getByRole('log').getByText(words, { exact: true });
    await shown('from the first tab').waitFor();
    await send('Alice', 'and again');
    await shown('and again').waitFor();

    // The node is out of this tab's reach.
    await first.route(`${node.url}/**`, (route) => route.abort());
    const composer = pane('Alice').getByRole('textbox', { name: 'Message' });
    await composer.fill('left behind');
    await composer.press('Enter');
    await pane('Alice').getByRole('log').getByText('left behind', { exact: true }).waitFor();
    problems.length = 0;
    page = second;
    await first.close();
    await second.reload();
    for (const name of ['Alice', 'Bob']) {
      await pane(name).getByRole('log').getByText('left behind', { exact: true }).waitFor();
      for (const words of ['from the first tab', 'and again', 'left behind']) {
        expect(await pane(name).getByRole('log').getByText(words, { exact: true }).count()).toBe(1);
      }
    }
    await expect.poll(() => bubbles('Alice').last().getAttribute('data-verification')).toBe('verified');
    problems.length = 0;
  });

  it('tells the user before a first message goes unencrypted, and keeps the draft if that is not wanted', async () => {
    await unlock('Alice');
    const composer = pane('Alice').getByRole('textbox', { name: 'Message' });
    await composer.fill('Are you there?');
    await pane('Alice').getByRole('button', { name: 'Send message' }).click();
    await pane('Alice').getByRole('button', { name: 'Keep as draft' }).click();
    expect(await composer.inputValue()).toBe('Are you there?');
    await pane('Alice').getByRole('button', { name: 'Send message' }).click();
    await pane('Alice').getByRole('button', { name: 'Send unencrypted' }).click();
    await pane('Alice').getByRole('log').getByText('Are you there?', { exact: true }).waitFor();
    expect(await bubbles('Alice').first().innerText()).toContain('Not encrypted');
  });

  it('shows a stranger’s request apart from the chats, and lets Alice reject it', async () => {
    await unlock('Alice');
    await page.getByRole('button', { name: 'Let a stranger write to Alice' }).click();
    await pane('Alice')
      .getByRole('tab', { name: /Requests/ })
      .click();
    await pane('Alice').getByText('We have not met', { exact: false }).waitFor();
    await pane('Alice').getByRole('button', { name: 'Reject' }).click();
    await pane('Alice').getByText('We have not met', { exact: false }).waitFor({ state: 'detached' });
  });

  it('fits a phone: nothing is wider than the screen', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await unlock('Alice');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
