import { readFileSync } from 'node:fs';
import { Wallet } from 'ethers';
import { chromium, type Browser, type BrowserContext, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { startPushNode, type RunningNode } from '../../src/node/httpServer.ts';
import { FLAGS } from '../support/chromium.ts';
import { openSite, type Site } from './sites.ts';

const SCRIPT = readFileSync('dist/embed/push-chat.js');
const FRAME_SCRIPT = readFileSync('dist/embed/push-chat-frame.js');
const sri = JSON.parse(readFileSync('dist/embed/sri.json', 'utf8')) as Record<string, string>;

const ada = new Wallet(`0x${'a1'.repeat(32)}`);
const bobWallet = new Wallet(`0x${'b2'.repeat(32)}`);

let browser: Browser;
let node: RunningNode;
let bob: PushChatClient;
let site: Site;
let chatSite: Site;
let evilSite: Site;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
});
afterAll(() => browser.close());

beforeEach(async () => {
  node = await startPushNode({ port: 0, memory: true });
  bob = createPushChat({ node: node.url, signer: bobWallet, keyType: 'curve25519' });
  bob.start();
  await bob.unlock();
  [site, chatSite, evilSite] = await Promise.all([openSite(), openSite(), openSite()]);
  for (const each of [site, chatSite, evilSite]) {
    each.pages.set('/push-chat.js', { body: SCRIPT, type: 'text/javascript' });
    each.pages.set('/push-chat-frame.js', { body: FRAME_SCRIPT, type: 'text/javascript' });
  }
  context = await browser.newContext();
  page = await context.newPage();
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.exposeFunction('adaSigns', (text: string) => ada.signMessage(text));
});
afterEach(async () => {
  bob.close();
  await context.close();
  await Promise.all([node.close(), site.close(), chatSite.close(), evilSite.close()]);
});

/** Ada's wallet, as wallets stand in pages (EIP-1193). */
const WALLET = `
  window.asked = [];
  window.wallet = { request: async ({ method, params }) => {
    if (method === 'eth_accounts') return ['${ada.address}'];
    if (method !== 'personal_sign') throw Object.assign(new Error('no such method'), { code: 4200 });
    const text = new TextDecoder().decode(Uint8Array.from(params[0].slice(2).match(/../g), (two) => parseInt(two, 16)));
    window.asked.push(text);
    return window.adaSigns(text);
  } };`;

const inbox = (): readonly string[] =>
  bob.store
    .get()
    .requests.items.map(({ last }) =>
      last && 'content' in last && last.content.type === 'Text' ? last.content.content : '',
    );

async function unlockAndWrite(place: Page | FrameLocator, words: string): Promise<void> {
  await place.getByRole('button', { name: 'Unlock chat' }).click();
  await place.getByRole('textbox', { name: 'Message' }).fill(words);
  await place.getByRole('button', { name: 'Send message' }).click();
  await vi.waitFor(() => expect(inbox()).toContain(words), { timeout: 30_000 });
}

describe('the script tag', () => {
  const policy = (): string =>
    [
      "default-src 'none'",
      "script-src 'nonce-cGFnZQ'",
      "style-src 'nonce-cGFnZQ'",
      'img-src data: blob:',
      'media-src data: blob:',
      `connect-src ${node.url} ${node.url.replace('http', 'ws')}`,
      "require-trusted-types-for 'script'",
    ].join('; ');
  const tags = (rest: string): string => `<!doctype html><title>Host</title>
    <script nonce="cGFnZQ">${WALLET}</script>
    <script nonce="cGFnZQ" src="/push-chat.js" integrity="${sri['push-chat.js'] ?? ''}"></script>
    ${rest}`;

  it('UI-14 makes <push-chat> work from one file with its integrity hash, under a strict policy', async () => {
    site.pages.set('/', {
      body: tags(`<push-chat nonce="cGFnZQ" node="${node.url}" view="window" peer="${bobWallet.address}"></push-chat>
        <script nonce="cGFnZQ">document.querySelector('push-chat').signer = window.wallet;</script>`),
      headers: { 'content-security-policy': policy() },
    });
    await page.goto(site.origin);
    await unlockAndWrite(page, 'Sent from a script tag');
    expect(problems).toEqual([]);
  });

  it('opens its launcher at the page’s word, tells what happens, and takes what was set before it was loaded', async () => {
    site.pages.set('/', {
      body: `<!doctype html><script>${WALLET}</script>
        <push-chat node="${node.url}" peer="${bobWallet.address}" greeting="Questions?" accent="#0b7a5c"></push-chat>
        <script>
          const chat = document.querySelector('push-chat');
          chat.signer = window.wallet;
          window.told = [];
          for (const name of ['open', 'close', 'session']) chat.addEventListener(name, ({ detail }) => told.push([name, detail]));
        </script>
        <script src="/push-chat.js" defer></script>`,
    });
    await page.goto(site.origin);
    await page.getByRole('button', { name: 'Questions?' }).waitFor();
    await page.evaluate(() => (document.querySelector('push-chat') as unknown as { open: () => void }).open());
    await unlockAndWrite(page, 'From the launcher');
    const told = await page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told);
    expect(told[0]).toEqual(['open', null]);
    expect(problems).toEqual([]);
  });

  it('lets one write in a narrow window, with nothing beyond its edge', async () => {
    await page.setViewportSize({ width: 320, height: 560 });
    site.pages.set('/', {
      body: `<!doctype html><meta name="viewport" content="width=device-width"><body style="margin:0"><script>${WALLET}</script>
        <script src="/push-chat.js"></script>
        <push-chat node="${node.url}" view="window" peer="${bobWallet.address}" style="height:560px"></push-chat>
        <script>document.querySelector('push-chat').signer = window.wallet;</script>`,
    });
    await page.goto(site.origin);
    await unlockAndWrite(page, 'From a small phone');
    const { x = 0, width = 0 } = (await page.getByRole('button', { name: 'Send message' }).boundingBox()) ?? {};
    expect(x + width).toBeLessThan(320);
  });

  it('is as high as the page says, hidden when it is, and a launcher takes no room', async () => {
    site.pages.set('/', {
      body: tags(`<style nonce="cGFnZQ">push-chat { height: 500px; }</style>
        ${['window', 'inbox', 'requests', 'launcher']
          .map(
            (view) =>
              `<push-chat nonce="cGFnZQ" node="${node.url}" view="${view}" peer="${bobWallet.address}"></push-chat>`,
          )
          .join('')}`),
      headers: { 'content-security-policy': policy() },
    });
    await page.goto(site.origin);
    const shape = (view: string) =>
      page.evaluate((name) => {
        const element = document.querySelector(`push-chat[view=${name}]`);
        const drawn = element?.shadowRoot?.querySelector('[data-pc-root]');
        return { host: element?.getBoundingClientRect().height, drawn: drawn?.getBoundingClientRect().height };
      }, view);
    for (const view of ['window', 'inbox', 'requests']) {
      await expect.poll(() => shape(view)).toEqual({ host: 500, drawn: 500 });
    }
    expect((await shape('launcher')).host).toBeLessThan(100);
    await page.evaluate(() => document.querySelector('push-chat[view=window]')?.toggleAttribute('hidden', true));
    expect(await shape('window')).toEqual({ host: 0, drawn: 0 });
    expect(problems).toEqual([]);
  });

  it('says what is wrong where it stands, and harms nothing of the page', async () => {
    site.pages.set('/', { body: tags('<p>The page</p><push-chat view="inbox"></push-chat>') });
    await page.goto(site.origin);
    await page.getByRole('alert').getByText('Pass `node`').waitFor();
    await page.getByText('The page').waitFor();
  });

  it('SC-06 two versions live in one page, each under its own name', async () => {
    site.pages.set('/', {
      body: `<!doctype html><script>${WALLET}</script>
        <script src="/push-chat.js"></script><script>window.first = window.PushChat;</script>
        <script src="/push-chat.js" data-name="push-chat-two"></script>
        <push-chat node="${node.url}" view="window" peer="${bobWallet.address}"></push-chat>
        <push-chat-two node="${node.url}" view="requests"></push-chat-two>
        <script>
          for (const name of ['push-chat', 'push-chat-two']) document.querySelector(name).signer = window.wallet;
        </script>`,
    });
    await page.goto(site.origin);
    expect(await page.evaluate('window.first === window.PushChat')).toBe(true);
    await page.locator('push-chat-two').getByRole('button', { name: 'Unlock chat' }).waitFor();
    await unlockAndWrite(page.locator('push-chat') as never, 'From the first of two');
    expect(problems).toEqual([]);
  });

  it('keeps its look and its work in a hostile page, of which nothing changes', async () => {
    site.pages.set('/', {
      body: `<!doctype html><style>
          * { all: unset; color: red !important; font-size: 40px !important; }
          div, button, textarea { display: none !important; visibility: hidden !important; }
        </style>
        <script>${WALLET}
          for (const kind of [Object, Array, Function, Promise, Map, Set, String]) { Object.freeze(kind); }
          window.before = { title: document.title, names: Object.getOwnPropertyNames(window), head: document.head.innerHTML,
            log: console.log, html: document.documentElement.getAttribute('style') };
        </script>
        <script src="/push-chat.js"></script>
        <push-chat node="${node.url}" view="window" peer="${bobWallet.address}" style="display:block;height:600px"></push-chat>
        <script>document.querySelector('push-chat').signer = window.wallet;</script>`,
    });
    await page.goto(site.origin);
    await unlockAndWrite(page, 'In a hostile page');
    const button = page.getByRole('button', { name: 'Send message' });
    expect(await button.evaluate((element) => getComputedStyle(element).color)).not.toBe('rgb(255, 0, 0)');
    const after = await page.evaluate(() => {
      const { before } = globalThis as unknown as {
        before: { title: string; names: string[]; head: string; log: unknown; html: string | null };
      };
      return {
        sameTitle: document.title === before.title,
        sameHead: document.head.innerHTML.length - before.head.length,
        sameLog: console.log === before.log,
        sameHtml: document.documentElement.getAttribute('style') === before.html,
        names: Object.getOwnPropertyNames(globalThis).filter((name) => !before.names.includes(name)),
      };
    });
    expect(after).toMatchObject({ sameTitle: true, sameLog: true, sameHtml: true });
    // Its one name, and the page's own.
    expect(after.names.filter((name) => !['before', 'PushChat'].includes(name))).toEqual([]);
    expect(problems).toEqual([]);
  });
});

describe('the frame', () => {
  const serveChat = (hosts = site.origin): void => {
    chatSite.pages.set('/', {
      body: `<!doctype html><meta charset="utf-8"><title>Chat</title><body>
        <script src="/push-chat.js" data-frame-hosts="${hosts}" data-node="${node.url}"></script>`,
    });
  };
  const hostPage = (rest: string): string => `<!doctype html><script>${WALLET}</script>
    <script src="/push-chat-frame.js" integrity="${sri['push-chat-frame.js'] ?? ''}"></script><body>${rest}`;
  const mount = (more = ''): string => `<div id="place" style="width:400px;height:600px"></div><script>
      window.refused = [];
      window.chat = PushChatFrame.mountPushChatFrame({ src: '${chatSite.origin}/', signer: window.wallet, view: 'window',
        peer: '${bobWallet.address}', container: document.getElementById('place'), ${more} });
    </script>`;
  const frame = (): FrameLocator => page.frameLocator('iframe');

  it('UI-15 chats on its own origin, with the wallet of the page, which is asked for Push Chat’s texts only', async () => {
    serveChat();
    site.pages.set('/', { body: hostPage(mount()) });
    await page.goto(site.origin);
    await unlockAndWrite(frame(), 'From a frame');
    const asked = await page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    expect(asked.length).toBeGreaterThan(0);
    for (const text of asked) expect(text).toMatch(/^(Enable Push Profile \n)?[0-9a-f]{64}$/);
    // The keys are on the frame's origin, and none of it is on the page's.
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('UI-15 the page is told what each signature is for', async () => {
    serveChat();
    site.pages.set('/', {
      body: hostPage(mount('onWalletRequest: (request) => { refused.push(request.purpose); return true; },')),
    });
    await page.goto(site.origin);
    await unlockAndWrite(frame(), 'With purposes');
    const purposes = await page.evaluate(() => (globalThis as unknown as { refused: string[] }).refused);
    expect(purposes).toEqual(['open-keys', 'check-wallet', 'attest-keys']);
  });

  it('UI-15 unlocks at a node that wants a proof before it lets read', async () => {
    const shut = await startPushNode({ port: 0, memory: true, auth: 'required' });
    const before = createPushChat({ node: shut.url, signer: ada, keyType: 'curve25519' });
    await before.unlock();
    before.close();
    chatSite.pages.set('/', {
      body: `<!doctype html><meta charset="utf-8"><title>Chat</title><body>
        <script src="/push-chat.js" data-frame-hosts="${site.origin}" data-node="${shut.url}"></script>`,
    });
    site.pages.set('/', {
      body: hostPage(mount('onWalletRequest: (request) => { refused.push(request.purpose); return true; },')),
    });
    await page.goto(site.origin);
    await frame().getByRole('button', { name: 'Unlock chat' }).click();
    await frame().getByRole('textbox', { name: 'Message' }).waitFor();
    const purposes = await page.evaluate(() => (globalThis as unknown as { refused: string[] }).refused);
    expect(purposes).toEqual(['read', 'open-keys']);
    await shut.close();
  });

  it('UI-15 the page may refuse each signature', async () => {
    serveChat();
    site.pages.set('/', {
      body: hostPage(mount('onWalletRequest: (request) => { refused.push(request.purpose); return false; },')),
    });
    await page.goto(site.origin);
    await frame().getByRole('button', { name: 'Unlock chat' }).click();
    await frame().getByText('This page did not let the chat ask your wallet').first().waitFor();
    const counts = await page.evaluate(() => {
      const { refused, asked } = globalThis as unknown as { refused: string[]; asked: string[] };
      return { refused, asked };
    });
    expect(counts).toEqual({ refused: ['open-keys'], asked: [] });
  });

  it('UI-15 framed by a page that it was not set up for, it stays shut and asks for nothing', async () => {
    serveChat();
    evilSite.pages.set('/', { body: hostPage(mount()) });
    await page.goto(evilSite.origin);
    await frame().getByText('only inside the pages').waitFor();
    // What a page could try by hand is ignored as well.
    await page.evaluate(
      ([origin = '', address]) => {
        const { port2 } = new MessageChannel();
        const hello = { pushChat: 'connect', look: { view: 'inbox' }, address };
        document.querySelector('iframe')?.contentWindow?.postMessage(hello, origin, [port2]);
      },
      [chatSite.origin, ada.address],
    );
    await page.waitForFunction(() => true);
    expect(await frame().getByRole('button').count()).toBe(0);
    expect(await page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual([]);
  });

  it('UI-15 opened by itself it stays shut', async () => {
    serveChat();
    await page.goto(chatSite.origin);
    await page.getByText('only inside the pages').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
  });

  it('UI-15 what other windows post is ignored on both sides', async () => {
    serveChat();
    evilSite.pages.set('/', {
      body: `<!doctype html><script>
        const { port2 } = new MessageChannel();
        parent.postMessage({ pushChat: 'ready' }, '*');
        for (let i = 0; i < parent.frames.length; i++) {
          parent.frames[i].postMessage({ pushChat: 'connect', look: { view: 'inbox' }, address: null }, '*');
        }
        parent.postMessage('done', '*');
      </script>`,
    });
    site.pages.set('/', {
      body: hostPage(`<script>window.addEventListener('message', ({ data }) => { if (data === 'done') window.done = true; });</script>
        ${mount()}<iframe id="evil"></iframe>`),
    });
    await page.goto(site.origin);
    const chat = page.frameLocator('#place iframe');
    await chat.getByRole('button', { name: 'Unlock chat' }).waitFor();
    await page.evaluate((src) => {
      (document.getElementById('evil') as HTMLIFrameElement).src = src;
    }, evilSite.origin);
    await page.waitForFunction('window.done === true');
    // A foreign “ready” would have closed the port: the wallet is still reached.
    await unlockAndWrite(chat, 'Still connected');
    expect(problems).toEqual([]);
  });

  it('guards nothing on the page’s own origin, and says so', async () => {
    site.pages.set('/', { body: hostPage('') });
    await page.goto(site.origin);
    const refused = page.evaluate((src) => {
      const { PushChatFrame } = globalThis as unknown as {
        PushChatFrame: { mountPushChatFrame: (options: object) => unknown };
      };
      PushChatFrame.mountPushChatFrame({ src });
    }, site.origin);
    await expect(refused).rejects.toThrow(/another origin/);
  });
});
