import { expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { LiveListener, Transport } from '../../src/client/transport.ts';
import { createPushNode, type PushNode } from '../../src/node/createPushNode.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { createTestWorld } from '../../src/testing/testWorld.ts';
import { text, textsOf } from '../support/until.ts';

/** Two nodes that follow each other; each takes what the other has when it is told to. */
function twoNodes(): { nodes: readonly [PushNode, PushNode]; meet: () => Promise<void> } {
  const nodes: PushNode[] = [];
  const follower = (other: number): PushNode =>
    createPushNode({
      limits: false,
      peers: [
        {
          url: `http://node${other}.test`,
          fetch: (request) => nodes[other]?.fetch(request) ?? Promise.reject(new Error('not there yet')),
        },
      ],
    });
  nodes.push(follower(1), follower(0));
  return {
    nodes: nodes as unknown as readonly [PushNode, PushNode],
    meet: async () => {
      for (let i = 0; i < 3; i += 1) for (const { peers } of nodes) await peers[0]?.pull();
    },
  };
}

it.each([10, 29, 31, 45])('a message that comes late from another node below %i newer ones is found', async (newer) => {
  const { nodes, meet } = twoNodes();
  const { wallet } = createTestWorld({ node: nodes[0] });
  const way = directTransport(nodes[0]);
  let heard: LiveListener | undefined;
  let isDeaf = false;
  const transport: Transport = {
    ...way,
    subscribe: (did, listener) => {
      heard = listener;
      return way.subscribe(did, { ...listener, event: (payload) => !isDeaf && listener.event(payload) });
    },
  };
  const alice = createPushChat({ signer: wallet('Alice'), transport });
  const bob = createPushChat({ signer: wallet('Bob'), node: nodes[1] });
  const [aliceDid, bobDid] = [parseDid(wallet('Alice').address), parseDid(wallet('Bob').address)];
  const steps = [
    () => alice.unlock(),
    () => bob.unlock(),
    () => alice.sendMessage(bobDid, text('May I?')),
    () => bob.acceptRequest(aliceDid),
  ];
  const stops = [alice.start(), bob.start()];
  for (const step of steps) {
    await step();
    await meet();
  }
  await alice.refresh();
  await Promise.all([alice.openThread(bobDid), bob.openThread(aliceDid)]);

  await bob.sendMessage(aliceDid, text('late'));
  for (let i = 0; i < newer; i += 1) await alice.sendMessage(bobDid, text(`newer ${i}`));
  isDeaf = true;
  heard?.status('offline');
  await meet();
  isDeaf = false;
  heard?.status('online');
  await alice.refresh();
  while (alice.store.get().threads[bobDid]?.older != null) await alice.loadOlder(bobDid);
  expect(textsOf(alice, bobDid)).toContain('late');
  for (const stop of stops) stop();
});
