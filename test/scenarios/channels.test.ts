import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NotificationBox, ChannelsState } from '../../src/client/channels/channelsState.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { routes } from '../../src/protocol/routes.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';

let world: TestWorld;
let alice: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  alice = await world.join('Alice');
});
afterEach(() => {
  world.close();
});

const CHAIN = 11155111;
const DOMAIN = {
  name: 'EPNS COMM V1',
  chainId: CHAIN,
  verifyingContract: '0x9dDCD7ed7151afab43044E4D694FA064742C428c',
};
const caip = (name: string): string => `eip155:${CHAIN}:${world.wallet(name).address}`;

/** The channel sends to one account, or to all who subscribe, signed by its wallet. */
async function notify(channel: string, title: string, to?: string): Promise<void> {
  const recipients = caip(to ?? channel);
  const identity = `2+${JSON.stringify({
    notification: { title, body: 'In an hour.' },
    data: { acta: 'https://rain.test', aimg: '', amsg: 'Take an umbrella.', asub: title, type: to ? '3' : '1' },
    recipients,
  })}`;
  const types = { Data: [{ name: 'data', type: 'string' }] };
  const signature = await world.wallet(channel).signTypedData(DOMAIN, types, { data: identity });
  const body = { verificationProof: `eip712v2:${signature}::uid::1`, identity, sender: caip(channel) };
  const { method, path } = routes.sendNotification();
  const init = { method, body: JSON.stringify({ ...body, source: 'ETH_TEST_SEPOLIA', recipient: recipients }) };
  const response = await world.node.fetch(new Request(`http://node.test${path}`, init));
  expect(response.status).toBe(201);
}

function until(
  { channels: { store } }: PushChatClient,
  fits: (state: ChannelsState) => boolean,
): Promise<ChannelsState> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!fits(store.get())) return;
      stop();
      resolve(store.get());
    };
    const stop = store.subscribe(check);
    check();
  });
}

const titles = (state: ChannelsState, box: NotificationBox): string[] =>
  state[box].items.map((item) => ('content' in item ? item.content.notification.title : `<${item.state}>`));

describe('notifications of channels', () => {
  it('come to spam unasked, to the inbox of who opted in, and live, each one verified', async () => {
    const { client, did } = alice;
    await notify('Weather', 'Unasked', 'Alice');
    const stop = client.channels.follow();
    const before = await until(client, ({ spam, channels }) => spam.items.length === 1 && channels !== undefined);
    expect(titles(before, 'spam')).toEqual(['Unasked']);
    expect(before).toMatchObject({ channels: [], inbox: { items: [] }, spam: { items: [{ state: 'verified' }] } });

    await client.channels.optIn(world.wallet('Weather').address);
    const [channel] = client.channels.store.get().channels ?? [];
    expect(channel).toContain(world.wallet('Weather').address);
    await notify('Weather', 'To all');
    await notify('Weather', 'To Alice', 'Alice');
    const after = await until(client, ({ inbox }) => inbox.items.length === 2);
    expect(titles(after, 'inbox')).toEqual(['To Alice', 'To all']);
    expect(after.inbox.items).toMatchObject([{ signedBy: 'wallet', channel }, { state: 'verified' }]);
    expect(did).not.toBe(channel);

    await client.channels.optOut(world.wallet('Weather').address);
    expect(client.channels.store.get().channels).toEqual([]);
    await notify('Weather', 'Once more', 'Alice');
    const last = await until(client, ({ spam }) => spam.items.length === 2);
    expect(titles(last, 'spam')).toEqual(['Once more', 'Unasked']);
    stop();
  });

  it('are read page by page, and caught up with after an interruption', async () => {
    for (let i = 0; i < 25; i += 1) await notify('Weather', `No. ${i}`, 'Bob');
    const { client, network } = await world.join('Bob');
    const stop = client.channels.follow();
    const first = await until(client, ({ spam }) => spam.loading.status === 'loaded');
    expect(first.spam.items).toHaveLength(20);
    expect(first.spam.nextPage).toBe(2);
    await client.channels.load('spam');
    const all = client.channels.store.get();
    expect(titles(all, 'spam')).toEqual(Array.from({ length: 25 }, (_, i) => `No. ${24 - i}`));
    expect(all.spam.nextPage).toBeNull();
    network.set({ offline: true });
    await notify('Weather', 'Meanwhile', 'Bob');
    expect(titles(client.channels.store.get(), 'spam')).not.toContain('Meanwhile');
    network.mend();
    const after = await until(client, ({ spam }) => spam.items.length === 26);
    expect(titles(after, 'spam')[0]).toBe('Meanwhile');
    stop();
  });

  it('that a node changes are hidden, and harm no other', async () => {
    await notify('Weather', 'True', 'Bob');
    await notify('Weather', 'Also true', 'Bob');
    const { client } = await world.join('Bob', {
      keyType: 'curve25519',
      through: (way) => ({
        ...way,
        request: async (...call) => {
          const answer = await way.request(...call);
          if (!call[0].path.includes('/feeds')) return answer;
          return JSON.parse(JSON.stringify(answer).replaceAll('\\"Also true', '\\"Free money')) as unknown;
        },
      }),
    });
    const stop = client.channels.follow();
    const state = await until(client, ({ spam }) => spam.loading.status === 'loaded');
    expect(titles(state, 'spam')).toEqual(['<quarantined>', 'True']);
    expect(state.spam.items[0]).toMatchObject({ reason: 'ProofInvalid' });
    stop();
  });

  it('are forgotten when chat is locked, and of another account nothing is left', async () => {
    const { client } = alice;
    const stop = client.channels.follow();
    await notify('Weather', 'For Alice', 'Alice');
    await until(client, ({ spam }) => spam.items.length === 1);
    client.lock();
    expect(client.channels.store.get()).toMatchObject({ spam: { items: [] }, inbox: { items: [] } });
    await expect(client.channels.optIn(caip('Weather'))).rejects.toMatchObject({ code: 'SessionLocked' });
    await client.unlock();
    await until(client, ({ spam }) => spam.items.length === 1);
    stop();
  });
});
