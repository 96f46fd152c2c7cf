import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { Transport } from '../../src/client/transport.ts';
import type { PushChatError } from '../../src/errors.ts';
import { createPushNode } from '../../src/node/createPushNode.ts';
import { startPushNode, type RunningNode } from '../../src/node/httpServer.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { routes } from '../../src/protocol/routes.ts';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';
import { temporaryFolder } from '../node/nodeWorld.ts';
import { text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
beforeEach(() => {
  world = createTestWorld({ node: createPushNode({ auth: 'required' }) });
});
afterEach(() => {
  world.close();
});

/** Alice and Bob, who are in a chat. */
async function friends() {
  const [alice, bob] = [await world.join('Alice'), await world.join('Bob')];
  await alice.client.sendMessage(bob.did, text('May I?'));
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.acceptRequest(alice.did);
  await until(alice.client, ({ threads }) => threads[bob.did]?.relation === 'chat');
  await bob.client.openThread(alice.did);
  return { alice, bob };
}

/** Signs like a wallet, and keeps what it was shown. */
function watched(name: string) {
  const wallet = world.wallet(name);
  const shown: string[] = [];
  return {
    shown,
    signer: {
      getAddress: () => wallet.getAddress(),
      signMessage: (message: string) => {
        shown.push(message);
        return wallet.signMessage(message);
      },
    },
  };
}

describe('with a node that wants proof of who reads', () => {
  it('people chat live, as with any other', async () => {
    const { alice, bob } = await friends();
    await bob.client.sendMessage(alice.did, text('Sure'));
    await until(alice.client, () => textsOf(alice.client, bob.did).includes('Sure'));
    expect(textsOf(bob.client, alice.did)).toEqual(['May I?', 'Sure']);
  });

  it('a returning user signs once more in the wallet, and is told how often', async () => {
    await friends();
    const { signer, shown } = watched('Alice');
    const client = createPushChat({ signer, node: world.node });
    onTestFinished(() => client.close());
    // The same step may be told again with what else has changed.
    const steps = new Set<unknown>();
    client.store.subscribe(() => {
      const { session } = client.store.get();
      if (session.status === 'unlocking' && session.step.name === 'wallet') steps.add(session.step);
    });
    await client.unlock();
    expect(shown.map((message) => message.split('\n')[0])).toEqual([
      'Let this device read your chats.',
      'Enable Push Profile ',
    ]);
    expect([...steps]).toMatchObject([
      { name: 'wallet', purpose: 'read', prompt: 1, of: 2 },
      { name: 'wallet', purpose: 'open-keys', prompt: 2, of: 2 },
    ]);
    await client.loadChats();
    expect(client.store.get().chats.items).toHaveLength(1);
    expect(shown).toHaveLength(2);
  });

  it('ND-12 signs nothing for a node that asks in the name of another, or for another account', async () => {
    const { alice, bob } = await friends();
    for (const lie of [{ host: 'bank.example' }, { did: bob.did }]) {
      const lying = (transport: Transport): Transport => ({
        ...transport,
        request: async (route, ...rest) => {
          const answer = await transport.request(route, ...rest);
          return route.path === routes.challenge().path ? { ...(answer as object), ...lie } : answer;
        },
      });
      const { signer, shown } = watched('Alice');
      const { fetch, connect } = world.node;
      const errors: PushChatError[] = [];
      const client = createPushChat({
        signer,
        transport: lying(directTransport({ fetch, connect })),
        logger: { warn: (error) => errors.push(error) },
      });
      onTestFinished(() => client.close());
      await expect(client.unlock()).rejects.toMatchObject({ code: 'AuthRequired' });
      expect(shown).toEqual([]);
    }
    expect(alice.client.store.get().connection).toBe('online');
  });

  it('asks the wallet for nothing before the user unlocks', async () => {
    const { bob } = await friends();
    const { signer, shown } = watched('Alice');
    const client = createPushChat({ signer, node: world.node });
    onTestFinished(() => client.close());
    client.start();
    await expect(client.getProfile(bob.did)).rejects.toMatchObject({ code: 'SessionLocked' });
    expect(shown).toEqual([]);
  });

  it('people chat over a real connection, also after the node was away', async () => {
    const start = (port: number): Promise<RunningNode> =>
      startPushNode({ port, host: '127.0.0.1', dataDir, auth: 'required', limits: false });
    const dataDir = await temporaryFolder();
    let server = await start(0);
    const people = await Promise.all(
      ['Alice', 'Bob'].map(async (name) => {
        const client = createPushChat({ signer: world.wallet(name), node: server.url });
        onTestFinished(() => client.close());
        client.start();
        await client.unlock();
        await until(client, ({ connection }) => connection === 'online');
        return client;
      }),
    );
    const [alice, bob] = people as [(typeof people)[0], (typeof people)[0]];
    const [aliceDid, bobDid] = [parseDid(world.wallet('Alice').address), parseDid(world.wallet('Bob').address)];
    await alice.sendMessage(bobDid, text('May I?'));
    await until(bob, ({ requests }) => requests.items.length === 1);
    await bob.acceptRequest(aliceDid);
    await bob.openThread(aliceDid);

    await server.close();
    await until(bob, ({ connection }) => connection !== 'online');
    server = await start(server.port);
    onTestFinished(() => server.close());
    await until(bob, ({ connection }) => connection === 'online');
    await until(alice, ({ connection }) => connection === 'online');
    await alice.sendMessage(bobDid, text('Still there?'));
    await until(bob, () => textsOf(bob, aliceDid).includes('Still there?'));
  });
});
