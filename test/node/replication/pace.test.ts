import { expect, it, onTestFinished } from 'vitest';
import { PushChatError } from '../../../src/errors.ts';
import { follow, type Pace } from '../../../src/node/replication/follow.ts';
import type { Peer } from '../../../src/node/replication/peer.ts';
import { didOf } from '../../support/builders.ts';
import { createNodeWorld, type NodeWorld } from '../nodeWorld.ts';

/** Time that passes for nobody: waiting ends by a hint or with the test. */
const STILL: Pace = {
  wait: (_, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    }),
  random: () => 0.5,
  warn: () => undefined,
};

function follower(to: () => NodeWorld): NodeWorld {
  const peers = [{ url: 'http://other.test', fetch: (request: Request) => to().node.fetch(request) }];
  const world: NodeWorld = createNodeWorld(undefined, { peers });
  onTestFinished(world.node.follow(STILL));
  return world;
}

it('needs no time to pass when the other node gives a hint', async () => {
  const a: NodeWorld = follower(() => b);
  const b: NodeWorld = follower(() => a);
  const heard = new Promise((resolve) => b.node.connect(didOf('bob'), (_, payload) => resolve(payload)));
  await a.join('alice', 'bob');
  const { body } = await a.ask('alice', 'bob');
  expect(await heard).toMatchObject({ cid: body.cid, messageOrigin: 'other' });
});

it('asks a peer that fails ever less often, warns once, and is back at its pace when the peer is', async () => {
  const answers = [...Array.from({ length: 6 }, () => 'fails'), 'more', 'nothing', 'fails', 'nothing'];
  const waits: number[] = [];
  const warnings: string[] = [];
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const peer: Peer = {
    url: 'http://other.test',
    pull: () => {
      const answer = answers.shift();
      if (answer === 'fails') return Promise.reject(new PushChatError('NetworkUnavailable', 'It does not answer.'));
      return Promise.resolve(answer === 'more');
    },
    hint: () => Promise.resolve(),
    status: () => Promise.reject(new PushChatError('NotFound', 'Nobody asks.')),
  };
  onTestFinished(
    follow([peer], new EventTarget(), {
      ...STILL,
      wait: (ms, signal) => {
        // How long an answer may take.
        if (ms === 10_000) return STILL.wait(ms, signal);
        waits.push(ms);
        if (answers.length > 0) return Promise.resolve();
        end();
        return STILL.wait(ms, signal);
      },
      warn: ({ code }) => warnings.push(code),
    }),
  );
  await ended;
  expect(waits).toEqual([1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 500, 1_000, 500]);
  expect(warnings).toEqual(['NetworkUnavailable', 'NetworkUnavailable']);
});

it('gives up a peer that takes what it is asked and never answers, and asks it again', async () => {
  let asked = 0;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const peer: Peer = {
    url: 'http://other.test',
    pull: () => {
      asked += 1;
      if (asked === 3) end();
      return new Promise(() => undefined);
    },
    hint: () => Promise.resolve(),
    status: () => Promise.reject(new PushChatError('NotFound', 'Nobody asks.')),
  };
  const warnings: string[] = [];
  const stop = follow([peer], new EventTarget(), {
    ...STILL,
    wait: (ms, signal) => (asked < 3 ? Promise.resolve() : STILL.wait(ms, signal)),
    warn: ({ code }) => warnings.push(code),
  });
  await ended;
  await stop();
  expect(warnings).toEqual(['NetworkTimeout']);
});
