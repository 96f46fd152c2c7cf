import { Wallet } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { startLocalNode } from './localNode.ts';
import { startOfficialUser, type OfficialNotification, type OfficialUser } from './official.ts';

const START_MS = 180_000;
const CASE_MS = 120_000;
const WAIT = { timeout: 15_000 };

let node: Awaited<ReturnType<typeof startLocalNode>> | undefined;
const started: OfficialUser[] = [];

/** A channel and two who may read it, all with their live streams. */
async function liveUsers(): Promise<[OfficialUser, OfficialUser, OfficialUser]> {
  const users = await Promise.all(
    [0, 1, 2].map(async () => {
      const official = await startOfficialUser(Wallet.createRandom());
      started.push(official);
      await official.initialize();
      await official.stream({ notifications: true });
      return official;
    }),
  );
  return users as [OfficialUser, OfficialUser, OfficialUser];
}

const caip = ({ did }: OfficialUser): string => did.replace('eip155:', 'eip155:11155111:');
const note = (title: string): object => ({
  notification: { title, body: 'In an hour.' },
  payload: { title, body: 'Take an umbrella.', cta: 'https://rain.test' },
});
const titles = (seen: readonly OfficialNotification[]): string[] =>
  seen.map(({ event, message }) => `${event} ${message.notification.title}`);

beforeAll(async () => {
  node = await startLocalNode();
}, START_MS);

afterEach(async () => {
  await Promise.all(started.splice(0).map((official) => official.close()));
});

afterAll(async () => {
  await node?.close();
});

describe('notifications of the official client on our node', { timeout: CASE_MS }, () => {
  it('behavior: who opted in finds them in the inbox, others in spam, and both hear them live', async () => {
    const [channel, bob, carol] = await liveUsers();
    expect(await bob.subscribe(caip(channel))).toMatchObject({ status: 204 });
    expect(await bob.subscriptions()).toMatchObject([{ channel: channel.did.replace('eip155:', '') }]);

    expect(await channel.notify([caip(bob)], note('To bob'))).toBe(201);
    expect(await channel.notify([caip(carol)], note('To carol'))).toBe(201);
    expect(await channel.notify(['*'], note('To all'))).toBe(201);
    expect(await channel.notify([caip(bob), caip(carol)], note('To two'))).toBe(201);

    const expected = {
      app: '',
      cta: 'https://rain.test',
      message: 'Take an umbrella.',
      blockchain: 'ETH_TEST_SEPOLIA',
    };
    expect(await bob.inbox('INBOX')).toMatchObject(
      ['To two', 'To all', 'To bob'].map((title) => ({ ...expected, title, notification: { title } })),
    );
    expect(await bob.inbox('SPAM')).toEqual([]);
    expect(await carol.inbox('INBOX')).toEqual([]);
    expect(await carol.inbox('SPAM', { limit: 1, page: 2 })).toMatchObject([{ title: 'To carol' }]);
    expect(await bob.inbox('INBOX', { channels: [caip(channel)] })).toHaveLength(3);

    const inbox = ['To bob', 'To all', 'To two'].map((title) => `notification.inbox ${title}`);
    const spam = ['To carol', 'To two'].map((title) => `notification.spam ${title}`);
    await expect.poll(() => titles(bob.notifications), WAIT).toEqual(inbox);
    await expect.poll(() => titles(carol.notifications), WAIT).toEqual(spam);
    expect(bob.notifications).toMatchObject([
      { meta: { type: 'NOTIFICATION.TARGETTED' }, to: [caip(bob)], from: caip(channel) },
      { meta: { type: 'NOTIFICATION.BROADCAST' } },
      { meta: { type: 'NOTIFICATION.SUBSET' }, to: [caip(bob), caip(carol)] },
    ]);
    expect([...channel.complaints, ...bob.complaints, ...carol.complaints]).toEqual([]);
  });

  it('behavior: who opts out is left alone, and may come back', async () => {
    const [channel, bob] = await liveUsers();
    await bob.subscribe(caip(channel));
    expect(await channel.subscribers({ page: 1, limit: 10 })).toMatchObject({
      itemcount: 1,
      subscribers: [{ subscriber: bob.did.replace('eip155:', '') }],
    });
    expect(await bob.unsubscribe(caip(channel))).toMatchObject({ status: 204 });
    expect(await bob.subscriptions()).toEqual([]);
    await channel.notify(['*'], note('To nobody'));
    // Signatures of the chat key have a date in seconds: the same yes within one second is the same act.
    await expect.poll(async () => (await bob.subscribe(caip(channel))).status, WAIT).toBe(204);
    await channel.notify(['*'], note('Welcome back'));
    expect(await bob.inbox('INBOX')).toMatchObject([{ title: 'Welcome back' }]);
    expect(await bob.inbox('SPAM')).toEqual([]);
  });

  it('behavior: a channel may sign with its wallet, and is found by its name', async () => {
    const [channel, bob] = await liveUsers();
    await channel.profileUpdate({ name: 'Weather' });
    const options = {
      type: 3,
      identityType: 2,
      ...note('Signed by the wallet'),
      recipients: caip(bob),
      channel: caip(channel),
    };
    expect(await channel.notifyByWallet(options)).toBe(201);
    expect(await bob.inbox('SPAM')).toMatchObject([{ title: 'Signed by the wallet', app: 'Weather' }]);
    await expect(bob.notifyByWallet({ ...options, recipients: caip(bob) })).rejects.toMatchObject({
      message: expect.stringContaining('403'),
    });
    expect(await bob.searchChannels('weath')).toMatchObject([{ name: 'Weather' }]);
    expect(await bob.channelInfo(caip(channel))).toMatchObject({ name: 'Weather', subscriber_count: 0 });
  });

  it('behavior: a message in an accepted chat is a hidden notification, and a request is none', async () => {
    const [alice, bob] = await liveUsers();
    await alice.sendText(bob.did, 'May I?');
    await bob.accept(alice.did);
    const { cid, verificationProof } = await alice.sendText(bob.did, 'Thank you');
    await expect
      .poll(() => bob.notifications, WAIT)
      .toMatchObject([{ event: 'notification.inbox', source: 'PUSH_CHAT', from: alice.did, config: { hidden: true } }]);
    expect(bob.notifications[0]?.raw.verificationProof.startsWith(`${verificationProof}:internal:`)).toBe(true);
    expect(JSON.stringify(bob.notifications)).toContain(cid);
    expect(alice.notifications).toEqual([]);
    expect(await bob.inbox('INBOX')).toEqual([]);
  });
});

describe('our client and channels of the official one', { timeout: CASE_MS }, () => {
  it('reads, verifies and hears what an official channel signs with its key or its wallet, and opts in for it', async () => {
    const [channel] = await liveUsers();
    const wallet = Wallet.createRandom();
    const ours = createPushChat({ signer: wallet, node: 'http://localhost:4000' });
    await ours.unlock();
    const stop = ours.channels.follow();
    const me = `eip155:11155111:${wallet.address}`;
    const shown = (box: 'inbox' | 'spam'): readonly string[] =>
      ours.channels.store
        .get()
        [box].items.map((item) =>
          'content' in item ? `${item.state} ${item.signedBy} ${item.content.data.asub}` : item.state,
        );

    await channel.notify([me], note('Unasked'));
    await expect.poll(() => shown('spam'), WAIT).toEqual(['verified key Unasked']);
    await ours.channels.optIn(caip(channel));
    expect(await channel.subscribers({ page: 1, limit: 10 })).toMatchObject({
      itemcount: 1,
      subscribers: [{ subscriber: wallet.address }],
    });
    await channel.notify(['*'], note('To all'));
    await channel.notifyByWallet({
      ...{ type: 3, identityType: 2, recipients: me, channel: caip(channel) },
      ...note('By the wallet'),
    });
    await expect.poll(() => shown('inbox'), WAIT).toEqual(['verified wallet By the wallet', 'verified key To all']);
    await ours.channels.optOut(caip(channel));
    expect(await channel.subscribers({ page: 1, limit: 10 })).toMatchObject({ itemcount: 0 });
    stop();
    ours.close();
  });
});
