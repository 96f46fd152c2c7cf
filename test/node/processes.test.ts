import { describe, expect, it, onTestFinished } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { startPushNode, type RunningNode } from '../../src/node/httpServer.ts';
import { createTestWorld } from '../../src/testing/testWorld.ts';
import { emptyDatabase, endConnections } from '../support/postgres.ts';
import { text, textsOf, until } from '../support/until.ts';
import { parseDid } from '../../src/protocol/did.ts';

const { wallet } = createTestWorld();
const [ALICE, BOB] = [parseDid(wallet('alice').address), parseDid(wallet('bob').address)];

async function processes(count: number): Promise<RunningNode[]> {
  const database = await emptyDatabase();
  const servers = await Promise.all(Array.from({ length: count }, () => startPushNode({ port: 0, database })));
  onTestFinished(async () => {
    await Promise.all(servers.map((server) => server.close()));
  });
  return servers;
}

async function join(name: string, { url }: RunningNode): Promise<PushChatClient> {
  const client = createPushChat({ signer: wallet(name), node: url });
  onTestFinished(() => client.close());
  client.start();
  await client.unlock();
  await until(client, ({ connection }) => connection === 'online');
  return client;
}

describe('a node of several processes', () => {
  it('lets users of either chat live, long messages too', async () => {
    const [first, second] = (await processes(2)) as [RunningNode, RunningNode];
    const alice = await join('alice', first);
    const bob = await join('bob', second);
    const long = 'A long story. '.repeat(2_000);

    await alice.sendMessage(BOB, text('May I?'));
    await until(bob, ({ requests }) => requests.items.length === 1);
    await bob.acceptRequest(ALICE);
    await bob.openThread(ALICE);
    await bob.sendMessage(ALICE, text(long));
    await until(alice, () => textsOf(alice, BOB).includes(long));
    await alice.sendMessage(BOB, text('And then?'));
    await until(bob, () => textsOf(bob, ALICE).includes('And then?'));
    expect(textsOf(bob, ALICE)).toEqual(['May I?', long, 'And then?']);
  });

  it('goes on after the database has ended every connection', async () => {
    const database = await emptyDatabase();
    const reports: string[] = [];
    const logger = { warn: ({ code }: { code: string }) => reports.push(code) };
    const server = await startPushNode({ port: 0, database, logger });
    onTestFinished(() => server.close());
    const alice = await join('alice', server);
    await endConnections(database);
    await alice.updateProfile({ name: 'Alice' }).catch(() => alice.updateProfile({ name: 'Alice' }));
    expect(await alice.getProfile(ALICE)).toMatchObject({ name: 'Alice' });
    expect(reports).not.toEqual([]);
  });

  it('refuses a database that cannot be reached, by a clear error', async () => {
    await expect(startPushNode({ port: 0, database: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toMatchObject({
      code: 'InvalidConfig',
    });
  });
});
