import { build } from 'esbuild';
import { Wallet } from 'ethers';
import { chromium, type Browser, type BrowserContext, type Page, type Worker } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { startPushNode, type RunningNode } from '../../src/node/httpServer.ts';
import { generateVapidKeys } from '../../src/node/push/webPush.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { FLAGS } from '../support/chromium.ts';
import { fakePushService, pushDevice } from '../support/pushService.ts';
import { until } from '../support/until.ts';
import type { NotifyPage, NotifyPageOptions } from './page/notifyPage.ts';
import { openSite, type Site } from './sites.ts';

declare const notifyPage: NotifyPage;

const ADA = `0x${'a1'.repeat(32)}`;
const bobWallet = new Wallet(`0x${'b2'.repeat(32)}`);
const me = parseDid(new Wallet(ADA).address);

let browser: Browser;
let scripts: { readonly page: string; readonly worker: string };
let services: ReturnType<typeof fakePushService>;
let node: RunningNode;
let bob: PushChatClient;
let site: Site;
let context: BrowserContext;

async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`test/browser/page/${file}`],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    conditions: ['browser', 'import'],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  const [page, worker] = await Promise.all([bundle('notifyPage.ts'), bundle('notifyWorker.ts')]);
  scripts = { page, worker };
});
afterAll(() => browser.close());

beforeEach(async () => {
  services = fakePushService();
  const push = { ...(await generateVapidKeys()), subject: 'mailto:ops@node.test', fetch: services.fetch };
  node = await startPushNode({ port: 0, memory: true, push });
  bob = createPushChat({ node: node.url, signer: bobWallet, keyType: 'curve25519' });
  bob.start();
  await bob.unlock();
  site = await openSite();
  site.pages.set('/', { body: '<!doctype html><title>Page</title><script src="/page.js"></script>' });
  site.pages.set('/page.js', { body: scripts.page, type: 'text/javascript' });
  site.pages.set('/worker.js', { body: scripts.worker, type: 'text/javascript' });
  context = await browser.newContext();
  await context.grantPermissions(['notifications'], { origin: site.origin });
});
afterEach(async () => {
  bob.close();
  await context.close();
  await Promise.all([node.close(), site.close()]);
});

/** A tab of Ada's; a hidden one is one whose document says so. */
async function openTab(options: Partial<NotifyPageOptions> & { readonly hidden?: boolean } = {}): Promise<Page> {
  const { hidden = false, ...more } = options;
  const tab = await context.newPage();
  if (hidden) {
    await tab.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    });
  }
  await tab.goto(site.origin);
  await tab.evaluate((given) => notifyPage.start(given), { node: node.url, privateKey: ADA, ...more });
  return tab;
}

async function chat(tab: Page): Promise<void> {
  await tab.evaluate((to) => notifyPage.send(to, 'May I?'), bobWallet.address);
  await until(bob, ({ requests }) => requests.items.some(({ peer }) => peer === me));
  await bob.acceptRequest(me);
  await tab.evaluate(() => notifyPage.set({ shown: true }));
}

const shownIn = async (tabs: readonly Page[]): Promise<readonly string[]> =>
  (await Promise.all(tabs.map((tab) => tab.evaluate(() => notifyPage.shown)))).flat();
const claimsIn = async (tabs: readonly Page[]): Promise<number> =>
  (await Promise.all(tabs.map((tab) => tab.evaluate(() => notifyPage.claims())))).reduce((a, b) => a + b, 0);

const say = (words: string): Promise<string> => bob.sendMessage(me, { type: 'Text', content: words });
const WAIT = { timeout: 30_000 };

describe('notifications in Chromium', () => {
  it('come from one of several tabs, visible and hidden, and from none while one of them shows the thread', async () => {
    const tabs = [await openTab({ hidden: true }), await openTab(), await openTab({ hidden: true })];
    const [hidden, visible, last] = tabs as [Page, Page, Page];
    await chat(visible);
    // The others hear from the first that notifications are wanted.
    for (const tab of tabs) {
      await expect.poll(() => tab.evaluate(() => notifyPage.choices().shown), WAIT).toBe(true);
    }
    for (const words of ['1', '2', '3']) await say(words);
    // Of each message one claims the id and the act, and each other the id in vain.
    await expect.poll(() => claimsIn(tabs), WAIT).toBe(3 * (2 + 1 + 1));
    await expect.poll(() => shownIn(tabs), WAIT).toHaveLength(3);
    expect((await shownIn(tabs)).every((line) => line.includes('from 0x'))).toBe(true);

    await visible.evaluate((peer) => notifyPage.showThread(peer), bobWallet.address);
    await expect
      .poll(
        () => visible.evaluate(async () => ((await navigator.locks.query()).held ?? []).map(({ name }) => name)),
        WAIT,
      )
      .toContainEqual(expect.stringContaining('/held/'));
    await say('Seen at once');
    await expect.poll(() => claimsIn(tabs), WAIT).toBe(4 * 4);
    // The browser lets go of what a tab held.
    await visible.close();
    await say('After it was closed');
    const left = [hidden, last];
    await expect.poll(async () => (await shownIn(left)).some((line) => line.startsWith('5 ')), WAIT).toBe(true);
    expect((await shownIn(left)).some((line) => line.startsWith('4 '))).toBe(false);
  });

  it('come from the service worker while no page is open, open and check the message there, and once', async () => {
    const phone = pushDevice();
    const device = { endpoint: 'https://fcm.googleapis.com/fcm/send/ada', p256dh: phone.p256dh, auth: phone.auth };
    const tab = await openTab({ keepUnlocked: 'device', device });
    await chat(tab);
    const url = `/worker.js?node=${encodeURIComponent(node.url)}`;
    const starting = context.waitForEvent('serviceworker');
    await tab.evaluate(async (script) => {
      await navigator.serviceWorker.register(script);
      await navigator.serviceWorker.ready;
    }, url);
    const worker = await starting;
    await tab.evaluate(() => notifyPage.turnPush());

    // Whoever holds this session is no page of the site.
    const elsewhere = await context.newPage();
    const devtools = await context.newCDPSession(elsewhere);
    const registrationId = new Promise<string>((resolve) => {
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const mine = registrations.find(({ scopeURL }) => scopeURL.startsWith(site.origin));
        if (mine) resolve(mine.registrationId);
      });
    });
    await devtools.send('ServiceWorker.enable');
    const wake = async (place: number): Promise<void> => {
      await services.atLeast(place + 1);
      const data = phone.decrypt(services.pushed[place]?.body ?? new Uint8Array());
      await devtools.send('ServiceWorker.deliverPushMessage', {
        origin: site.origin,
        registrationId: await registrationId,
        data,
      });
    };

    await tab.close();
    await say('The gold is under the oak');
    await wake(0);
    await expect
      .poll(() => shownBy(worker), WAIT)
      .toEqual([expect.stringMatching(/^New message from 0x\w{4}…\w{4}\|$/)]);

    // Who wants to see the words sees them, read and checked by the worker itself.
    const again = await openTab({ keepUnlocked: 'device', device });
    await again.evaluate(() => notifyPage.set({ text: true }));
    await again.close();
    await say('Dig at noon');
    await wake(1);
    await expect.poll(() => shownBy(worker), WAIT).toEqual([expect.stringMatching(/\|Dig at noon$/)]);

    // A page that is there tells the user, and the worker does not tell them again.
    const open = await openTab({ keepUnlocked: 'device', device });
    await say('In the page');
    await expect.poll(() => shownIn([open]), WAIT).toEqual([expect.stringMatching(/\|In the page$/)]);
    await wake(2);
    await say('And once more');
    await wake(3);
    await expect.poll(() => shownIn([open]), WAIT).toHaveLength(2);
    await expect
      .poll(() => worker.evaluate(() => (globalThis as unknown as { pushesDone: number }).pushesDone), WAIT)
      .toBe(4);
    expect(await shownBy(worker)).toEqual([expect.stringMatching(/\|Dig at noon$/)]);

    // The user chooses the notification that the worker shows.
    await worker.evaluate(async () => {
      const scope = self as unknown as { readonly registration: ServiceWorkerRegistration } & EventTarget;
      const [notification] = await scope.registration.getNotifications();
      const Chosen = (globalThis as unknown as { NotificationEvent: new (name: string, init: object) => Event })
        .NotificationEvent;
      scope.dispatchEvent(new Chosen('notificationclick', { notification }));
    });
    const peer: Did = parseDid(bobWallet.address);
    await expect.poll(() => open.evaluate(() => notifyPage.opened), WAIT).toEqual([peer]);
  });
});

const shownBy = (worker: Worker): Promise<readonly string[]> =>
  worker.evaluate(async () => {
    const { registration } = self as unknown as { readonly registration: ServiceWorkerRegistration };
    return (await registration.getNotifications()).map(({ title, body }) => `${title}|${body}`);
  });
