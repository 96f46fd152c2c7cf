import { Wallet } from 'ethers';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../../src/crypto/hash.ts';
import { profileKeysText } from '../../../src/protocol/canonical.ts';
import { blockCid, encodeBlock } from '../../../src/protocol/cid.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { didOf, NOW, resigned, sealed, text } from '../../support/builders.ts';
import { vectorUser } from '../../support/vectors.ts';
import { acceptance, profile, rejection, type NodeWorld, type Stored } from '../nodeWorld.ts';
import { createNetwork, dumpOf, threadOf } from './network.ts';

const walletOf = (name: string): Wallet => new Wallet(vectorUser(name).walletPrivateKey);
const NAMES = ['alice', 'bob', 'carol'] as const;
const idsOf = (messages: readonly Stored[]): string[] => messages.map(({ cid }) => cid);

/** Each link leads to an older message of the thread, or to an id that stands for one; each CID names its block. */
function expectWhole(messages: readonly Stored[]): void {
  const ids = new Set(idsOf(messages));
  expect(ids.size).toBe(messages.length);
  for (const { cid, chatId: _, ...block } of messages) {
    expect(blockCid(encodeBlock(block))).toBe(cid);
    if (block.link !== null) expect(ids).toContain(block.link);
  }
}

async function expectSame(nodes: readonly NodeWorld[]): Promise<void> {
  const [first, ...others] = await Promise.all(nodes.map((node) => dumpOf(node, NAMES)));
  for (const other of others) expect(other).toEqual(first);
}

it('lets an account of one node chat with an account of another, live', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice');
  await b.join('bob');
  await net.settle();
  const [alice, bob] = [a.listen('alice'), b.listen('bob')];
  const { body: request } = await a.ask('alice', 'bob');
  await net.settle();
  expect(bob).toMatchObject([{ cid: request.cid, messageCategory: 'Request', messageOrigin: 'other' }]);
  expect((await b.accept('alice', 'bob')).status).toBe(201);
  await net.settle();
  expect(alice.at(-1)).toMatchObject({ messageCategory: 'Approve', fromDID: didOf('bob') });
  const { body: answer } = await b.send('bob', 'alice');
  await net.settle();
  expect(alice.at(-1)).toMatchObject({ cid: answer.cid, messageCategory: 'Chat', hasIntent: true });
  expect(answer.link).toBe(request.cid);
  await expectSame(net.nodes);
});

it('carries acts along a line of nodes', async () => {
  const net = createNetwork(3);
  const [a, , c] = net.nodes as [NodeWorld, NodeWorld, NodeWorld];
  net.cut(0, 2);
  await a.join('alice');
  await c.join('bob');
  await net.settle();
  await a.ask('alice', 'bob');
  await net.settle();
  await c.accept('alice', 'bob');
  await net.settle();
  expect((await a.send('alice', 'bob')).status).toBe(201);
  await net.settle();
  expect(await threadOf(c, 'bob', 'alice')).toHaveLength(2);
  await expectSame(net.nodes);
});

it('ND-11 keeps both branches of a chat that was written on both sides of a cut, in one order everywhere', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await a.ask('alice', 'bob');
  await a.accept('alice', 'bob');
  await net.settle();
  net.cut(0, 1);
  const written: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    for (const [node, from, to] of [
      [a, 'alice', 'bob'],
      [b, 'bob', 'alice'],
    ] as const) {
      node.clock.time += 7;
      written.push((await node.send(from, to, `${from} ${i}`)).body.cid);
    }
  }
  net.mend();
  await net.settle();
  const thread = await threadOf(a, 'alice', 'bob');
  expect(idsOf(thread).slice(1).toSorted()).toEqual(written.toSorted());
  expectWhole(thread);
  await expectSame(net.nodes);
  const { body: next } = await b.send('alice', 'bob');
  expect(next.link).toBe(thread.at(-1)?.cid);
});

it('lets a body that two nodes took stand once, under its older id, and the other id lead to it', async () => {
  const net = createNetwork(3);
  const [a, b, c] = net.nodes as [NodeWorld, NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await a.ask('alice', 'bob');
  await net.settle();
  const body = await sealed(text('twice'));
  b.clock.time += 1_000;
  const { body: late } = await b.call(routes.sendMessage(), body);
  const { body: early } = await a.call(routes.sendMessage(), body);
  expect(late.cid).not.toBe(early.cid);
  await net.settle();
  expect(idsOf(await threadOf(c, 'alice', 'bob'))).toEqual([early.link, early.cid]);
  for (const node of net.nodes) {
    expect((await node.call(routes.message(late.cid))).body.cid).toBe(late.cid);
    expect(idsOf((await node.call(routes.history(late.cid, 30))).body)).toEqual([early.cid, early.link]);
    expect((await node.call(routes.sendMessage(), body)).body.cid).toBe(early.cid);
  }
  await expectSame(net.nodes);
});

it('makes one chat of two requests that crossed each other', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await net.settle();
  await a.ask('alice', 'bob');
  b.clock.time += 5;
  await b.ask('bob', 'alice');
  await b.send('bob', 'alice');
  await net.settle();
  expect(await threadOf(a, 'alice', 'bob')).toHaveLength(3);
  expect((await b.call(routes.chats(didOf('alice'), 1, 30))).body.chats).toHaveLength(1);
  expect((await b.call(routes.requests(didOf('bob'), 1, 30))).body.requests).toHaveLength(1);
  await expectSame(net.nodes);
});

it('ND-19 DU-06 is right about what came first though the clocks of the nodes differ by hours and jump', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  a.clock.time += 6 * 3_600_000;
  await a.join('alice', 'bob');
  await net.settle();
  await a.ask('alice', 'bob');
  await net.settle();
  await b.accept('alice', 'bob');
  const { body: answer } = await b.send('bob', 'alice');
  await net.settle();
  a.clock.time -= 9 * 3_600_000;
  await a.send('alice', 'bob');
  await net.settle();
  const thread = await threadOf(b, 'bob', 'alice');
  expect(thread.map(({ fromDID }) => fromDID)).toEqual(['alice', 'bob', 'alice'].map(didOf));
  expect(thread.at(-1)?.link).toBe(answer.cid);
  expect((await a.call(routes.head(didOf('bob'), didOf('alice')))).body.intent).toBe(true);
  await expectSame(net.nodes);
});

it('GR-10 a block on one node ends what the blocked one writes on another, from its time on', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await a.ask('alice', 'bob');
  await a.accept('alice', 'bob');
  await net.settle();
  const before = await threadOf(b, 'alice', 'bob');
  net.cut(0, 1);
  b.clock.time += 1_000;
  await b.block('bob', 'alice');
  a.clock.time += 500;
  const { body: meanwhile } = await a.send('alice', 'bob', 'before the block');
  a.clock.time += 1_000;
  const bob = b.listen('bob');
  const { body: blocked } = await a.send('alice', 'bob', 'after the block');
  net.mend();
  await net.settle();
  expect(idsOf(await threadOf(b, 'alice', 'bob'))).toEqual([...idsOf(before), meanwhile.cid]);
  expect(bob.map(({ cid }) => cid)).toEqual([meanwhile.cid]);
  expect((await b.call(routes.message(blocked.cid))).status).toBe(200);
  expect((await a.send('alice', 'bob')).status).toBe(403);
  await expectSame(net.nodes);
});

it('GR-06 GR-07 a yes and a no take effect once, wherever they are posted', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await a.ask('alice', 'bob');
  await net.settle();
  const yes = await acceptance('alice', 'bob');
  expect((await a.call(routes.acceptRequest(), yes)).status).toBe(201);
  a.clock.time += 10;
  const no = await rejection('alice', 'bob');
  await a.call(routes.rejectRequest(), no);
  await net.settle();
  a.clock.time += 10;
  b.clock.time += 30;
  expect((await b.call(routes.acceptRequest(), yes)).status).toBe(409);
  await b.ask('alice', 'bob');
  await net.settle();
  for (const node of [a, b]) {
    expect((await node.call(routes.acceptRequest(), yes)).status).toBe(409);
    expect((await node.call(routes.rejectRequest(), no)).status).toBe(409);
  }
  expect((await a.call(routes.requests(didOf('bob'), 1, 30))).body.requests).toHaveLength(1);
  await expectSame(net.nodes);
});

it('GR-06 a yes that two nodes took counts from when the first one took it', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await a.ask('alice', 'bob');
  await net.settle();
  const yes = await acceptance('alice', 'bob');
  b.clock.time += 5_000;
  await b.call(routes.acceptRequest(), yes);
  a.clock.time += 1_000;
  await a.call(routes.acceptRequest(), yes);
  a.clock.time += 1_000;
  await a.call(routes.rejectRequest(), await rejection('alice', 'bob'));
  a.clock.time += 1_000;
  await a.ask('alice', 'bob');
  await net.settle();
  for (const node of net.nodes) {
    expect((await node.call(routes.requests(didOf('bob'), 1, 30))).body.requests).toHaveLength(1);
  }
  await expectSame(net.nodes);
});

it('GR-10 a request to somebody who had blocked its sender on another node comes to nothing', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await net.settle();
  await b.block('bob', 'alice');
  a.clock.time += 1_000;
  expect((await a.ask('alice', 'bob')).status).toBe(201);
  await net.settle();
  for (const node of net.nodes) {
    expect((await node.call(routes.requests(didOf('bob'), 1, 30))).body.requests).toEqual([]);
    expect((await node.call(routes.chats(didOf('alice'), 1, 30))).body.chats).toEqual([]);
  }
  b.clock.time += 5_000;
  await b.block('bob');
  await net.settle();
  expect((await a.ask('alice', 'bob')).status).toBe(201);
  await net.settle();
  expect((await b.call(routes.requests(didOf('bob'), 1, 30))).body.requests).toHaveLength(1);
  await expectSame(net.nodes);
});

it('takes what an account signed with a key that it had replaced meanwhile on another node', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await a.ask('alice', 'bob');
  await net.settle();
  // Alice takes another key: carol's, whose private half the tests have.
  const { did, creation } = vectorUser('alice');
  const keys = { ...creation, publicKey: vectorUser('carol').creation.publicKey };
  const signature = await walletOf('alice').signMessage(sha256Hex(profileKeysText(keys)));
  const { caip10, publicKey, encryptedPrivateKey } = keys;
  const update = { caip10, publicKey, encryptedPrivateKey, verificationProof: `eip191v2:${signature}` };
  b.clock.time += 1_000;
  expect((await b.call(routes.updateKeys(did), update)).status).toBe(200);
  const renewed = await resigned(await sealed(text('new key')), {}, { signer: 'carol' });
  expect((await b.call(routes.sendMessage(), renewed)).status).toBe(201);
  a.clock.time += 2_000;
  expect((await a.send('alice', 'bob', 'old key')).status).toBe(201);
  await net.settle();
  expect(await threadOf(a, 'alice', 'bob')).toHaveLength(3);
  expect((await a.send('alice', 'bob', 'old key again')).status).toBe(403);
  expect((await a.call(routes.user(did))).body).toMatchObject({ publicKey });
  await expectSame(net.nodes);
});

it('GR-09 a profile that two nodes took counts from when the first one took it', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await net.settle();
  const older = await profile('bob', [didOf('alice')], 'older');
  b.clock.time += 9_000;
  await b.call(routes.updateProfile(didOf('bob')), older);
  a.clock.time += 1_000;
  await a.call(routes.updateProfile(didOf('bob')), older);
  a.clock.time += 3_000;
  await a.call(routes.updateProfile(didOf('bob')), await profile('bob', [], 'newer'));
  await net.settle();
  expect((await b.call(routes.user(didOf('bob')))).body.profile).toMatchObject({ name: 'newer', blockedUsersList: [] });
  await expectSame(net.nodes);
});

it('GR-09 an old profile does not come back through another node, whatever time that says', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  const old = await profile('bob', [didOf('alice')], 'old');
  await a.call(routes.updateProfile(didOf('bob')), old);
  await net.settle();
  b.clock.time += 60_000;
  await b.call(routes.updateProfile(didOf('bob')), await profile('bob', [], 'new'));
  await net.settle();
  expect((await a.call(routes.updateProfile(didOf('bob')), old)).status).toBe(409);
  net.tamper(0, 1, (page) => ({
    ...page,
    entries: [{ number: 100, id: 'old', verb: 'profile', target: didOf('bob'), body: old, at: NOW.getTime() + 90_000 }],
  }));
  await net.pull(1, 0);
  expect(await net.status(1, 0)).toMatchObject({ read: 100 });
  for (const node of [a, b]) {
    expect((await node.call(routes.user(didOf('bob')))).body.profile).toMatchObject({
      name: 'new',
      blockedUsersList: [],
    });
  }
});

it('fills the keys into an account that the other node knew without', async () => {
  const net = createNetwork(2);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  const { did } = vectorUser('bob');
  await a.join('alice');
  await a.call(routes.createUser(), { caip10: did, did, publicKey: '', encryptedPrivateKey: '' });
  await a.call(routes.sendRequest(), await sealed({ type: 'Text', content: 'first' }, { plain: true }));
  b.clock.time -= 5_000;
  await b.join('bob');
  await net.settle();
  expect((await a.call(routes.user(did))).body.publicKey).toBe(vectorUser('bob').creation.publicKey);
  expect(await threadOf(b, 'bob', 'alice')).toHaveLength(1);
  await expectSame(net.nodes);
});
