import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageNotification } from '../../src/client/notify/messageNotification.ts';
import type { PageLife } from '../../src/client/pageLife.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import type { LiveListener, Transport } from '../../src/client/transport.ts';
import { routes } from '../../src/protocol/routes.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { deviceIn } from '../support/device.ts';
import { text, until } from '../support/until.ts';

let world: TestWorld;
let bob: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  bob = await world.join('Bob');
});
afterEach(() => {
  world.close();
});

/** Notifications of a client, in order, and a promise for when there are so many. */
function notificationsOf(...clients: PushChatClient[]) {
  const all: MessageNotification[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  for (const client of clients) {
    client.onNotification((notification) => {
      all.push(notification);
      for (const { count, resolve } of waiting) if (all.length >= count) resolve();
    });
  }
  return {
    all,
    said: () => all.map(({ item }) => item.content.content),
    atLeast: (count: number) =>
      new Promise<void>((resolve) => {
        if (all.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

/** A page that is looked at, or not. */
function pageOf() {
  let hidden = false;
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const page: PageLife = { isHidden: () => hidden, onReturn: listen, onHide: listen };
  return {
    page,
    hide: (now: boolean) => {
      hidden = now;
      for (const listener of [...listeners]) listener();
    },
  };
}

/** The user has asked, the other has accepted. */
async function chat(from: { client: PushChatClient }, to: TestUser, me: TestUser['did']): Promise<void> {
  await from.client.sendMessage(to.did, text('May I?'));
  await until(to.client, ({ requests }) => requests.items.some(({ peer }) => peer === me));
  await to.client.acceptRequest(me);
}

const join = (name: string, options = {}): Promise<TestUser> => world.join(name, options);

describe('a message of an accepted chat', () => {
  it('notifies its receiver, by chat, with how many are unread', async () => {
    const alice = await join('Alice');
    await chat(alice, bob, alice.did);
    const heard = notificationsOf(alice.client);
    await bob.client.sendMessage(alice.did, text('One'));
    await bob.client.sendMessage(alice.did, text('Two'));
    await heard.atLeast(2);
    expect(heard.said()).toEqual(['One', 'Two']);
    expect(heard.all.map(({ peer, unread }) => ({ peer, unread }))).toEqual([
      { peer: bob.did, unread: 1 },
      { peer: bob.did, unread: 2 },
    ]);
    const [first, second] = heard.all;
    expect(first?.tag).toBe(second?.tag);
    expect(first?.tag).not.toContain(bob.did.slice(-8).toLowerCase());
  });

  it('never notifies of a request, of what this account wrote elsewhere, or of reactions and receipts', async () => {
    const alice = await join('Alice');
    const carol = await join('Carol');
    const phone = await join('Alice');
    await chat(alice, bob, alice.did);
    const heard = notificationsOf(alice.client);
    await carol.client.sendMessage(alice.did, text('You do not know me'));
    await until(alice.client, ({ requests }) => requests.items.length === 1);
    const mine = await phone.client.sendMessage(bob.did, text('From my phone'));
    await bob.client.sendMessage(alice.did, { type: 'Reaction', content: '👍', reference: mine });
    await bob.client.sendMessage(alice.did, { type: 'Receipt', content: 'READ_RECEIPT', reference: mine });
    await bob.client.sendMessage(alice.did, text('A word'));
    await heard.atLeast(1);
    expect(heard.said()).toEqual(['A word']);
    expect(alice.client.store.get().requests.items).toMatchObject([{ peer: carol.did, unread: 0 }]);
  });

  it('does not notify of what is in view, muted or said in quiet hours', async () => {
    const { page, hide } = pageOf();
    const noon = new Date();
    noon.setHours(12, 0, 0, 0);
    let time = Math.max(noon.getTime(), Date.now());
    const alice = await join('Alice', { page, now: () => time });
    const { client } = alice;
    await chat(alice, bob, alice.did);
    const heard = notificationsOf(client);
    const say = async (words: string): Promise<void> => {
      await bob.client.sendMessage(alice.did, text(words));
      await until(client, ({ chats }) => {
        const last = chats.items[0]?.last;
        return last !== undefined && 'content' in last && last.content.content === words;
      });
    };

    const leave = client.showThread(bob.did);
    await say('In view');
    hide(true);
    await say('Behind another window');
    await heard.atLeast(1);
    hide(false);
    leave();
    client.setMuted(bob.did, true);
    await say('Muted');
    client.setMuted(bob.did, false);
    const minutes = new Date(time).getHours() * 60 + new Date(time).getMinutes();
    client.setNotificationSettings({ quiet: { from: minutes, to: (minutes + 30) % 1440 } });
    await say('In the night');
    time += 31 * 60_000;
    await say('In the morning');
    await heard.atLeast(2);
    expect(heard.said()).toEqual(['Behind another window', 'In the morning']);
  });

  it('does not notify of history, of replays, or of what is not verified', async () => {
    const alice = await join('Alice');
    await chat(alice, bob, alice.did);
    await bob.client.sendMessage(alice.did, text('Before'));
    const before = await until(alice.client, ({ chats }) => chats.items[0]?.unread === 1);
    const id = before.chats.items[0]?.last?.id ?? '';

    let tell: ((payload: unknown) => void) | undefined;
    const later = await join('Alice', {
      through: (way: Transport) => ({
        ...way,
        subscribe: (did: string, listener: LiveListener) => {
          tell = listener.event;
          return way.subscribe(did, listener);
        },
      }),
    });
    const heard = notificationsOf(later.client);
    await later.client.openThread(bob.did);
    const [served] = (await readHistory(id)) as Record<string, unknown>[];
    const live = { ...served, messageCategory: 'Chat', messageOrigin: 'other', hasIntent: true };
    await bob.client.sendMessage(alice.did, text('Now'));
    await heard.atLeast(1);
    // Said again as it was, changed, and with the id of another.
    const now = (await readHistory(heard.all[0]?.item.id ?? '')) as Record<string, unknown>[];
    tell?.({ ...now[0], messageCategory: 'Chat', messageOrigin: 'other', hasIntent: true });
    tell?.({ ...live, messageContent: 'forged' });
    tell?.({ ...live, cid: 'v2:sha256:00' });
    await bob.client.sendMessage(alice.did, text('Last'));
    await heard.atLeast(2);
    expect(heard.said()).toEqual(['Now', 'Last']);
  });
});

/** A page of history as the node serves it. */
async function readHistory(from: string): Promise<unknown> {
  const { path } = routes.history(from, 1);
  return (await world.node.fetch(new Request(`http://node.test${path}`))).json() as Promise<unknown>;
}

/** Resolves when what a client keeps fits. */
const kept = (client: PushChatClient, fits: (client: PushChatClient) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop = client.muted.subscribe(() => {
      if (!fits(client)) return;
      stop();
      resolve();
    });
  });

describe('several tabs of one browser', () => {
  /** Counts what tabs claim, which they all do for each message. */
  function countingStorage() {
    const inner = memoryStorage();
    let claims = 0;
    const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
    const storage: DeviceStorage = {
      ...inner,
      putIfAbsent: async (key, value) => {
        const standing = await inner.putIfAbsent(key, value);
        if (key.includes('/notified/')) claims += 1;
        for (const { count, resolve } of waiting) if (claims >= count) resolve();
        return standing;
      },
    };
    return {
      storage,
      claimed: (count: number) =>
        new Promise<void>((resolve) => {
          if (claims >= count) resolve();
          else waiting.push({ count, resolve });
        }),
    };
  }

  it('notify once between them, and not at all of what one of them shows', async () => {
    const { storage, claimed } = countingStorage();
    const device = deviceIn(world, storage);
    const [hidden, visible] = [pageOf(), pageOf()];
    hidden.hide(true);
    const first = await device.open({ page: hidden.page });
    const second = await device.open({ page: visible.page });
    const third = await device.open({ page: hidden.page });
    const tabs = [first, second, third].map(({ client }) => client);
    const me = (await until(first.client, ({ session }) => session.status === 'ready')).session as {
      did: TestUser['did'];
    };
    await chat(first, bob, me.did);
    const heard = notificationsOf(...tabs);

    for (const words of ['1', '2', '3', '4']) await bob.client.sendMessage(me.did, text(words));
    // Of each message whoever is first claims the id and the act, and the others try in vain.
    await Promise.all([claimed(4 * (2 + 1 + 1)), heard.atLeast(4)]);
    expect(heard.said()).toEqual(['1', '2', '3', '4']);

    const leave = second.client.showThread(bob.did);
    await bob.client.sendMessage(me.did, text('5'));
    await claimed(5 * 4);
    visible.hide(true);
    await bob.client.sendMessage(me.did, text('6'));
    // Each tab decides in order, so by then all have decided about the one before.
    await Promise.all([claimed(6 * 4), heard.atLeast(5)]);
    expect(heard.said().slice(4)).toEqual(['6']);
    leave();
    for (const client of tabs) client.close();
  });

  it('follow what one of them mutes', async () => {
    const { storage, claimed } = countingStorage();
    const device = deviceIn(world, storage);
    const first = await device.open();
    const second = await device.open();
    const me = (first.client.store.get().session as { did: TestUser['did'] }).did;
    await chat(first, bob, me);
    const heard = notificationsOf(first.client, second.client);
    first.client.setMuted(bob.did, true);
    await kept(second.client, ({ muted }) => muted.get()[bob.did] === true);
    await bob.client.sendMessage(me, text('Nobody hears this'));
    await claimed(3);
    second.client.setMuted(bob.did, false);
    await kept(first.client, ({ muted }) => muted.get()[bob.did] === undefined);
    await bob.client.sendMessage(me, text('Somebody hears this'));
    await Promise.all([claimed(6), heard.atLeast(1)]);
    expect(heard.said()).toEqual(['Somebody hears this']);
    first.client.close();
    second.client.close();
  });
});
