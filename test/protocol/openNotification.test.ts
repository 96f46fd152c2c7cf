import { describe, expect, it } from 'vitest';
import { parseDid } from '../../src/protocol/did.ts';
import { parseFeed, parseServed } from '../../src/protocol/notifications/feed.ts';
import type { NotificationBody } from '../../src/protocol/notifications/notification.ts';
import { openNotification, type NotificationReading } from '../../src/protocol/notifications/openNotification.ts';
import type { AttestedKey } from '../../src/protocol/openMessage.ts';
import { NOW } from '../support/builders.ts';
import { broadcast, caip, identityOf, targeted } from '../support/notifications.ts';
import { vectorUser } from '../support/vectors.ts';

const me = parseDid(vectorUser('bob').address);
const keyOf = (name: string, level: AttestedKey['level'] = 'verified'): AttestedKey => ({
  armored: vectorUser(name).publicKey,
  level,
  attestedBy: null,
});

const reading = (more: Partial<NotificationReading> = {}): NotificationReading => ({
  me,
  keysOf: () => Promise.resolve([keyOf('alice')]),
  now: NOW,
  ...more,
});

/** As a node serves what was posted: with what was signed, or, as older ones, in parts. */
function served(body: NotificationBody, { inParts = false, ...change }: Record<string, unknown> = {}) {
  const { notification, data, recipients } = JSON.parse(body.identity.slice(2)) as {
    notification: object;
    data: Record<string, unknown>;
    recipients: unknown;
  };
  const shown = {
    ...data,
    type: Number(data['type']),
    app: 'Rain',
    icon: '',
    url: '',
    sid: '1',
    etime: data['etime'] ?? null,
  };
  const item = parseServed({
    payload_id: 7,
    sender: body.sender,
    epoch: NOW.toISOString(),
    payload: {
      data: { ...shown, hidden: '0', silent: '0' },
      recipients,
      notification,
      verificationProof: body.verificationProof,
      ...(inParts !== true && { identity: body.identity }),
    },
    source: body.source,
    etime: null,
    ...change,
  });
  if (!item) throw new Error('none');
  return item;
}

describe('a notification', () => {
  it('is verified by the wallet or the chat key of its channel, as the official client signs', async () => {
    for (const flavour of ['wallet', 'key'] as const) {
      const opened = await openNotification(served(await targeted('alice', 'bob', { flavour })), reading());
      expect(opened).toMatchObject({ state: 'verified', signedBy: flavour, content: { data: { asub: 'Rain' } } });
    }
  });

  it('is verified, too, where a node serves it in parts', async () => {
    const body = await targeted('alice', 'bob');
    expect(await openNotification(served(body, { inParts: true }), reading())).toMatchObject({ state: 'verified' });
    const expiring = identityOf(3, caip('bob'), 'Rain', { etime: 1_900_000_000 });
    const other = await targeted('alice', 'bob', { identity: expiring });
    expect(await openNotification(served(other, { inParts: true }), reading())).toMatchObject({ state: 'verified' });
  });

  it('to all subscribers is for whoever finds it in their box', async () => {
    expect(await openNotification(served(await broadcast('alice')), reading())).toMatchObject({
      state: 'verified',
      content: { type: 'broadcast' },
    });
  });

  it('is only signed where no wallet vouches for the key, and hidden where the wallet denies it', async () => {
    const item = served(await targeted('alice', 'bob'));
    const by = (...keys: AttestedKey[]) => openNotification(item, reading({ keysOf: () => Promise.resolve(keys) }));
    expect(await by(keyOf('alice', 'signed'))).toMatchObject({ state: 'signed' });
    expect(await by(keyOf('alice', 'unattested'))).toEqual({ state: 'quarantined', reason: 'KeyUnattested' });
    expect(await by()).toEqual({ state: 'quarantined', reason: 'KeyNotFound' });
    expect(await by(keyOf('bob'), keyOf('alice'))).toMatchObject({ state: 'verified' });
  });

  it('is hidden when it was changed, signed by another, or is for another account', async () => {
    const body = await targeted('alice', 'bob');
    const forged = { ...body, identity: body.identity.replace('umbrella', 'loan') };
    const wallet = await targeted('alice', 'bob', { flavour: 'wallet' });
    const hidden = async (item: ReturnType<typeof served>, more = {}) => openNotification(item, reading(more));
    expect(await hidden(served(forged))).toEqual({ state: 'quarantined', reason: 'ProofInvalid' });
    expect(await hidden(served(forged, { inParts: true }))).toMatchObject({ state: 'quarantined' });
    expect(
      await hidden(served(body, { sender: caip('carol') }), { keysOf: () => Promise.resolve([keyOf('carol')]) }),
    ).toEqual({ state: 'quarantined', reason: 'ProofInvalid' });
    expect(await hidden(served(wallet, { sender: caip('carol') }))).toEqual({
      state: 'quarantined',
      reason: 'ProofInvalid',
    });
    expect(await hidden(served(body), { me: parseDid(vectorUser('carol').address) })).toEqual({
      state: 'quarantined',
      reason: 'ReceiverMismatch',
    });
    expect(await hidden(served({ ...body, verificationProof: 'none' }))).toMatchObject({ state: 'quarantined' });
  });

  it('that only a chain could tell about is unchecked, until its chain is asked', async () => {
    const body = await targeted('alice', 'bob');
    const hash = `0x${'ab'.repeat(32)}`;
    const item = served({ ...body, verificationProof: `eip155:1:${hash}::uid::1` });
    const ask = (answer: unknown) =>
      openNotification(item, reading({ readOnChain: () => Promise.resolve(answer as never) }));
    expect(await openNotification(item, reading())).toEqual({ state: 'unchecked' });
    expect(await ask(undefined)).toEqual({ state: 'unchecked' });
    const sent = {
      channel: vectorUser('alice').address,
      recipient: vectorUser('bob').address,
      identity: body.identity,
    };
    expect(await ask(sent)).toMatchObject({ state: 'verified', signedBy: 'chain' });
    expect(await ask(null)).toEqual({ state: 'quarantined', reason: 'ProofInvalid' });
    expect(await ask({ ...sent, channel: vectorUser('carol').address })).toMatchObject({ reason: 'ProofInvalid' });
    expect(await ask({ ...sent, identity: '1+QmNotHere' })).toEqual({ state: 'unchecked' });
    const graph = served({ ...body, verificationProof: 'thegraph:abc+1' });
    expect(await openNotification(graph, reading())).toEqual({ state: 'unchecked' });
  });
});

describe('a feed', () => {
  it('leaves out what is none, and what nodes make of chat messages', async () => {
    const body = await targeted('alice', 'bob');
    const item = {
      payload_id: 7,
      sender: body.sender,
      epoch: NOW.toISOString(),
      source: 'ETH_TEST_SEPOLIA',
      payload: { identity: body.identity, verificationProof: body.verificationProof },
    };
    const feeds = [
      item,
      null,
      { ...item, sender: 'nobody' },
      { ...item, source: 'PUSH_CHAT' },
      { ...item, epoch: 'x' },
    ];
    const feed = parseFeed({ feeds, itemcount: 9 });
    expect(feed).toMatchObject({ served: 5, count: 9, items: [{ id: '7' }] });
    expect(() => parseFeed({ feeds: 'no' })).toThrow();
  });
});
