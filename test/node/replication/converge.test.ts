import fc from 'fast-check';
import { expect, it } from 'vitest';
import { routes, type Route } from '../../../src/protocol/routes.ts';
import { signAcceptance, signProfileUpdate, signRejection } from '../../../src/protocol/signProof.ts';
import { didOf, NOW, sealed, text } from '../../support/builders.ts';
import { privateKeyOf } from '../../support/vectors.ts';
import type { Answer, NodeWorld } from '../nodeWorld.ts';
import { createNetwork, dumpOf, threadOf, type Network } from './network.ts';

const NAMES = ['alice', 'bob', 'carol'] as const;
const NODES = 3;

const node = fc.nat(NODES - 1);
const pair = fc.constantFrom(
  ...NAMES.flatMap((from) => NAMES.filter((to) => to !== from).map((to) => [from, to] as const)),
);

type Step =
  | {
      readonly kind: 'ask' | 'send' | 'accept' | 'reject' | 'block' | 'unblock';
      readonly at: number;
      readonly pair: readonly [string, string];
      /** Posted to the next node too: its answer was lost, and somebody tried another. */
      readonly twice: boolean;
    }
  | { readonly kind: 'pull'; readonly at: number; readonly from: number }
  | { readonly kind: 'pass'; readonly at: number; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('ask', 'ask', 'send', 'send', 'send', 'accept', 'reject', 'block', 'unblock'),
      at: node,
      pair,
      twice: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pull'), at: node, from: node }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass'), at: node, ms: fc.integer({ min: -5_000, max: 9_000 }) }),
  },
);

/** Does what somebody does at one node. @returns what nodes answered to a message */
async function act(net: Network, number: number, doing: Step): Promise<readonly Answer[]> {
  const here = net.nodes[doing.at]!;
  if (doing.kind === 'pass') {
    here.clock.time += doing.ms;
    return [];
  }
  if (doing.kind === 'pull') {
    if (doing.from !== doing.at) await net.pull(doing.at, doing.from);
    return [];
  }
  const [route, body] = await signed(doing.kind, doing.pair, number);
  const answers = [await here.call(route, body)];
  if (doing.twice) answers.push(await net.nodes[(doing.at + 1) % NODES]!.call(route, body));
  return doing.kind === 'ask' || doing.kind === 'send' ? answers : [];
}

async function signed(
  kind: 'ask' | 'send' | 'accept' | 'reject' | 'block' | 'unblock',
  [from, to]: readonly [string, string],
  number: number,
): Promise<[Route, object]> {
  const date = new Date(NOW.getTime() + number * 1_000);
  const [sender, receiver] = [await privateKeyOf(from), await privateKeyOf(to)];
  switch (kind) {
    case 'ask':
      return [routes.sendRequest(), await sealed(text(`message ${number}`), { from, to }, { date })];
    case 'send':
      return [routes.sendMessage(), await sealed(text(`message ${number}`), { from, to }, { date })];
    case 'accept':
      return [
        routes.acceptRequest(),
        await signAcceptance({ requester: didOf(from), acceptor: didOf(to) }, receiver, date),
      ];
    case 'reject':
      return [
        routes.rejectRequest(),
        await signRejection({ requester: didOf(from), rejector: didOf(to) }, receiver, date),
      ];
    default: {
      const blockedUsersList = kind === 'block' ? [didOf(to)] : [];
      const profile = { name: `profile ${number}`, desc: null, picture: null, blockedUsersList };
      return [routes.updateProfile(didOf(from)), await signProfileUpdate(profile, sender, date)];
    }
  }
}

it('nodes that were apart, in any way, answer alike once they have read each other, and have lost nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
      const net = createNetwork(NODES);
      await net.nodes[0]?.join(...NAMES);
      await net.settle();
      const acknowledged: string[] = [];
      const sent = new Set<string>();
      for (const [number, doing] of steps.entries()) {
        for (const { status, body } of await act(net, number, doing)) {
          if (status !== 201) continue;
          acknowledged.push(body.cid);
          sent.add(body.verificationProof);
        }
      }
      await net.settle();
      const [first, ...others] = await Promise.all(net.nodes.map((world) => dumpOf(world, NAMES)));
      for (const other of others) expect(other).toEqual(first);
      const wasClosed = steps.some(({ kind }) => kind === 'reject' || kind === 'block');
      for (const world of net.nodes) {
        for (const cid of acknowledged) expect((await world.call(routes.message(cid))).body.cid).toBe(cid);
        const threads = await threadsOf(world);
        for (const proofs of threads) expect(new Set(proofs).size).toBe(proofs.length);
        if (!wasClosed) expect(threads.flat().toSorted()).toEqual([...sent].toSorted());
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);

/** The proofs of every thread: they name the signed bodies. */
const threadsOf = (world: NodeWorld): Promise<string[][]> =>
  Promise.all(
    (
      [
        ['alice', 'bob'],
        ['alice', 'carol'],
        ['bob', 'carol'],
      ] as const
    ).map(async ([me, peer]) =>
      (await threadOf(world, me, peer)).map(({ verificationProof }) => verificationProof ?? ''),
    ),
  );
