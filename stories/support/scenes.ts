import type { TestWorld, TestUser } from '../../src/testing/testWorld.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { ChatState } from '../../src/client/state.ts';
import { PushChatError } from '../../src/errors.ts';
import type { MessageContent } from '../../src/protocol/messageContent.ts';

/** Resolves as soon as a client's state fits. */
function until(client: PushChatClient, fits: (state: ChatState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    const check = (): void => {
      if (!fits(client.store.get())) return;
      stop();
      resolve();
    };
    stop = client.store.subscribe(check);
    check();
  });
}

const say = (content: string): MessageContent => ({ type: 'Text', content });

export interface Pair {
  readonly alice: TestUser;
  readonly bob: TestUser;
}

/** Two users who have never written to each other. */
export async function strangers(world: TestWorld): Promise<Pair> {
  const [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
  await Promise.all([
    alice.client.updateProfile({ name: 'Alice' }),
    bob.client.updateProfile({ name: 'Bob', about: 'Collector' }),
  ]);
  return { alice, bob };
}

/** Alice has asked Bob, who has not answered. */
export async function asked(world: TestWorld): Promise<Pair> {
  const pair = await strangers(world);
  await pair.alice.client.sendMessage(pair.bob.did, say('Hi Bob! I saw your listing. Is it still for sale?'));
  await until(pair.bob.client, ({ requests }) => requests.items.length === 1);
  return pair;
}

/** Bob has accepted, and nothing more was said. */
async function accepted(world: TestWorld): Promise<Pair> {
  const pair = await asked(world);
  await pair.bob.client.acceptRequest(pair.alice.did);
  await until(pair.alice.client, ({ threads }) => threads[pair.bob.did]?.relation === 'chat');
  return pair;
}

const TALK: readonly (readonly ['alice' | 'bob', MessageContent])[] = [
  ['bob', say('It is. Which one do you mean?')],
  ['alice', say('The blue one, number 812.')],
  ['alice', say('https://example.org/items/812')],
  ['bob', say('That one is lovely. I would take 0.4 for it.')],
  [
    'bob',
    {
      type: 'File',
      content: JSON.stringify({
        content: 'data:text/plain;base64,aGVsbG8=',
        name: 'provenance.txt',
        type: 'text/plain',
        size: 5,
      }),
    },
  ],
  ['alice', say('Deal 🤝')],
];

/** A chat with something to read, on both sides. */
export async function talking(world: TestWorld): Promise<Pair> {
  const pair = await accepted(world);
  for (const [name, content] of TALK) {
    const [from, to] = name === 'alice' ? [pair.alice, pair.bob] : [pair.bob, pair.alice];
    await from.client.sendMessage(to.did, content);
  }
  await until(pair.alice.client, ({ chats }) => chats.items[0]?.last?.state === 'verified');
  return pair;
}

/** Alice has three chats and two strangers who ask. */
export async function busy(world: TestWorld): Promise<Pair> {
  const pair = await talking(world);
  const others = await Promise.all(['Carol', 'Dave', 'Erin', 'Frank'].map((name) => world.join(name)));
  for (const [i, user] of others.entries()) {
    await user.client.updateProfile({ name: user.name });
    await user.client.sendMessage(
      pair.alice.did,
      say(['Are you going to the meet-up?', 'gm', 'I like your work. https://example.org', 'Can we talk?'][i] ?? ''),
    );
  }
  const { client } = pair.alice;
  await until(client, ({ requests }) => requests.items.length === 4);
  for (const user of others.slice(0, 2)) await client.acceptRequest(user.did);
  const [carol] = others;
  if (carol) {
    await until(carol.client, ({ threads }) => threads[pair.alice.did]?.relation === 'chat');
    await carol.client.sendMessage(pair.alice.did, say('I will be there at eight.'));
    await until(client, ({ chats }) => chats.items.some(({ unread }) => unread > 0));
  }
  return pair;
}

/** Alice, and somebody who has never used Push Chat. */
export async function outsider(world: TestWorld): Promise<{ alice: TestUser; nobody: string }> {
  return { alice: await world.join('Alice'), nobody: world.wallet('Nobody yet').address };
}

/** Alice's chat is locked: a new account, or one that exists. */
export async function locked(world: TestWorld): Promise<Pair> {
  const bob = await world.join('Bob');
  return { alice: await world.join('Alice', { unlocked: false }), bob };
}

/** Alice blocks Bob. */
export async function blocked(world: TestWorld): Promise<Pair> {
  const pair = await talking(world);
  await pair.alice.client.blockUser(pair.bob.did);
  return pair;
}

/** Alice can read from the node, but what she sends does not get there. */
export const unreachable = (world: TestWorld): Promise<Pair> =>
  deafTo(world, new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached.'));

/** Alice can read from the node, but it takes nothing that she sends. */
export const refusing = (world: TestWorld): Promise<Pair> =>
  deafTo(world, new PushChatError('NodeError', 'The Push Node refused this.'));

async function deafTo(world: TestWorld, error: PushChatError): Promise<Pair> {
  const bob = await world.join('Bob');
  const alice = await world.join('Alice', {
    through: (transport) => ({
      ...transport,
      request: (route, body) =>
        route.method === 'POST' && route.path.includes('/chat/')
          ? Promise.reject(error)
          : transport.request(route, body),
    }),
  });
  return { alice, bob };
}
