import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import type { IncomingMessage } from '../../src/client/incoming/incomingMessage.ts';
import type { MessagesOptions } from '../../src/client/incoming/messagesOptions.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { hostileNode, LIES } from '../../src/testing/hostileNode.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let alice: TestUser;
let botDid: Did;

beforeEach(async () => {
  world = createTestWorld();
  alice = await world.join('Alice');
  botDid = (await world.join('Bot')).did;
});
afterEach(() => {
  world.close();
});

/** Takes so many messages, and leaves the last one as a crash would: taken, and not handled. */
async function take(
  client: PushChatClient,
  count: number,
  options: MessagesOptions = {},
  act: (message: IncomingMessage<'verified'>) => unknown = () => undefined,
): Promise<string[]> {
  const words: string[] = [];
  for await (const message of client.messages(options)) {
    words.push(message.text);
    await act(message);
    if (words.length === count) break;
  }
  return words;
}

const say = async (...words: string[]): Promise<void> => {
  for (const word of words) await alice.client.sendMessage(botDid, text(word));
};

/** What stands in the chat, as somebody sees it who looks for the first time. */
async function chatOf(peer: Did = botDid): Promise<string[]> {
  const { client } = await world.join('Alice');
  await client.openThread(peer);
  while (client.store.get().threads[peer]?.older != null) await client.loadOlder(peer);
  return (client.store.get().threads[peer]?.items ?? []).map((item) => {
    if (!('content' in item)) return item.state;
    const { content } = item;
    return content.type === 'Reply'
      ? content.content.content
      : typeof content.content === 'string'
        ? content.content
        : content.type;
  });
}

describe('a bot', () => {
  it('answers each message of whoever it accepts', async () => {
    const bot = await world.join('Bot');
    await say('ping');
    const taken = take(bot.client, 2, { accept: 'all' }, (message) => message.reply(`pong ${message.text}`));
    await until(alice.client, ({ threads }) => threads[botDid]?.relation === 'chat');
    await say('again');
    expect(await taken).toEqual(['ping', 'again']);
    expect(await chatOf()).toEqual(['ping', 'pong ping', 'again', 'pong again']);
  });

  it('says an emoji to a message', async () => {
    await say('done?');
    await take((await world.join('Bot')).client, 1, { accept: 'all' }, (message) => message.react('👍'));
    expect(await chatOf()).toEqual(['done?', '👍']);
  });

  it('gets in order what came while it was down, over many pages, and nothing twice', async () => {
    const storage = memoryStorage();
    const first = await world.join('Bot', { storage });
    await say('hello');
    expect(await take(first.client, 1, { accept: 'all' }, (message) => message.done())).toEqual(['hello']);
    first.client.close();
    const words = Array.from({ length: 70 }, (_, i) => `word ${i}`);
    await say(...words);
    const second = await world.join('Bot', { storage });
    expect(await take(second.client, 70)).toEqual(words);
    second.client.close();
    // The last one was taken, and not said to be handled.
    const third = await world.join('Bot', { storage });
    expect(await take(third.client, 1)).toEqual(['word 69']);
  });

  it('dies after it answered, gets the message again, and does not answer twice', async () => {
    const storage = memoryStorage();
    const ids: string[] = [];
    await say('deploy');
    for (const answer of ['first', 'second', 'third']) {
      const { client } = await world.join('Bot', { storage });
      await take(client, 1, { accept: 'all' }, async (message) => ids.push(await message.reply(answer)));
      client.close();
    }
    expect(await chatOf()).toEqual(['deploy', 'first']);
    expect(new Set(ids).size).toBe(1);
  });

  it('NW-05 dies when the node has its answer and it does not know: the answer is stored once', async () => {
    const storage = memoryStorage();
    await say('deploy');
    const first = await world.join('Bot', { storage, wait: () => new Promise(() => undefined) });
    const taken = take(first.client, 1, { accept: 'all' }, async (message) => {
      first.network.set({ lostAnswers: 1 });
      void message.reply('done').catch(() => undefined);
      await until(first.client, ({ threads }) =>
        (threads[alice.did]?.items ?? []).some((item) => item.state === 'pending' && 'delay' in item),
      );
    });
    await taken;
    first.client.close();
    const second = await world.join('Bot', { storage });
    await take(second.client, 1, {}, (message) => message.reply('done, for all I know'));
    expect(await chatOf()).toEqual(['deploy', 'done']);
  });

  it('forgets what it needs no more', async () => {
    const storage = memoryStorage();
    const { client } = await world.join('Bot', { storage });
    await say('one');
    const taken = take(client, 2, { accept: 'all' }, (message) => message.reply('ok'));
    await until(alice.client, ({ threads }) => threads[botDid]?.relation === 'chat');
    await say('two');
    await taken;
    const kept = async (kind: string) => (await storage.list('')).filter(([key]) => key.includes(`/${kind}/`)).length;
    // The answer to the second, which is not handled yet.
    await expect.poll(() => kept('sent')).toBe(1);
    await expect.poll(() => kept('outgoing')).toBe(0);
  });

  it('comes back from a network that was away, and misses nothing', async () => {
    const bot = await world.join('Bot', { wait: () => new Promise((done) => setImmediate(done)) });
    await say('one');
    const taken = take(bot.client, 3, { accept: 'all' });
    await until(alice.client, ({ threads }) => threads[botDid]?.relation === 'chat');
    bot.network.set({ offline: true });
    await say('two');
    bot.network.mend();
    await say('three');
    expect(await taken).toEqual(['one', 'two', 'three']);
  });

  it('goes on from a cursor that it kept itself', async () => {
    await say('one', 'two', 'three');
    let cursor = '';
    const first = await world.join('Bot');
    await take(first.client, 2, { accept: 'all', from: 'beginning' }, (message) => (cursor = message.cursor));
    const second = await world.join('Bot');
    expect(await take(second.client, 1, { from: cursor })).toEqual(['three']);
    // What the cursor says counts more than what was kept, and is kept from then on.
    const storage = memoryStorage();
    const third = await world.join('Bot', { storage });
    expect(await take(third.client, 1, { from: cursor }, (message) => message.done())).toEqual(['three']);
    third.client.close();
    await say('four');
    expect(await take((await world.join('Bot', { storage })).client, 1)).toEqual(['four']);
    await expect(take(second.client, 1, { from: 'yesterday' })).rejects.toMatchObject({ code: 'InvalidConfig' });
  });

  it('begins with what is new, unless told otherwise', async () => {
    const { client } = await world.join('Bot');
    await say('old');
    await until(client, ({ requests }) => requests.items.length === 1);
    await client.acceptRequest(alice.did);
    const controller = new AbortController();
    const taken = take(client, 1, { signal: controller.signal, name: 'new' });
    expect(await take(client, 1, { from: 'beginning', name: 'all' })).toEqual(['old']);
    expect(await take(client, 1, { from: new Date(Date.now() - 60_000), name: 'date' })).toEqual(['old']);
    await say('new');
    expect(await taken).toEqual(['new']);
  });

  it('two loops under one name are refused, under two they get all each', async () => {
    const { client } = await world.join('Bot');
    await say('one');
    const loops = ['a', 'b'].map((name) => take(client, 1, { name, accept: 'all' }, (message) => message.reply(name)));
    await expect(take(client, 1, { name: 'a' })).rejects.toMatchObject({ code: 'InvalidConfig' });
    expect(await Promise.all(loops)).toEqual([['one'], ['one']]);
    expect((await chatOf()).sort()).toEqual(['a', 'b', 'one']);
  });

  it('keeps apart two loops of which one’s name begins with the other’s', async () => {
    const storage = memoryStorage();
    await say('one');
    const first = await world.join('Bot', { storage });
    for (const name of ['bot', 'bot 2'])
      await take(first.client, 1, { name, accept: 'all', from: 'beginning' }, (message) => message.done());
    first.client.close();
    await say('two');
    const second = await world.join('Bot', { storage });
    for (const name of ['bot', 'bot 2']) expect(await take(second.client, 1, { name })).toEqual(['two']);
  });

  it('ends when it is told to, when chat is locked, and is refused while it is', async () => {
    const { client } = await world.join('Bot');
    const controller = new AbortController();
    const ends = [take(client, 1, { signal: controller.signal, name: 'a' }), take(client, 1, { name: 'b' })];
    controller.abort();
    expect(await ends[0]).toEqual([]);
    client.lock();
    expect(await ends[1]).toEqual([]);
    await expect(take(client, 1)).rejects.toMatchObject({ code: 'SessionLocked' });
  });
});

describe('whose request is accepted', () => {
  it('nobody’s by itself: it stays a request, and its messages do not come', async () => {
    const { client } = await world.join('Bot');
    await say('let me in');
    const controller = new AbortController();
    const taken = take(client, 1, { signal: controller.signal });
    await until(client, ({ requests }) => requests.items.length === 1);
    await say('please');
    await until(client, ({ requests }) => requests.items[0]?.last !== undefined);
    controller.abort();
    expect(await taken).toEqual([]);
    expect(client.store.get().requests.items).toHaveLength(1);
  });

  it('nobody’s, but their messages come where they are asked for, and can be accepted there', async () => {
    const { client } = await world.join('Bot');
    await say('let me in');
    const seen: boolean[] = [];
    const taken = take(client, 2, { requests: true }, async (message) => {
      seen.push(message.isRequest);
      if (message.isRequest) await message.accept();
    });
    await until(alice.client, ({ threads }) => threads[botDid]?.relation === 'chat');
    await say('thanks');
    expect(await taken).toEqual(['let me in', 'thanks']);
    expect(seen).toEqual([true, false]);
  });

  it('those of a list, or as a function says that reads them', async () => {
    const [carol, dave] = await Promise.all([world.join('Carol'), world.join('Dave')]);
    for (const user of [alice, carol, dave]) await user.client.sendMessage(botDid, text(`I am ${user.name}`));
    const { client } = await world.join('Bot');
    expect(await take(client, 1, { accept: [carol.did.toLowerCase()], name: 'list' })).toEqual(['I am Carol']);
    const accept = ({ text: words }: { readonly text: string }): boolean => words.includes('Dave');
    expect(await take(client, 1, { accept, name: 'words' })).toEqual(['I am Dave']);
    expect(client.store.get().requests.items.map(({ peer }) => peer)).toEqual([alice.did]);
  });
});

/** A node that tells one lie. */
const lying = (name: string) => ({
  through: () =>
    directTransport(
      hostileNode(
        world.node,
        LIES.filter((lie) => lie.name === name),
      ),
    ),
});

describe('what a node does to a bot', () => {
  it('CH-03 a message that is served again under another id comes once', async () => {
    await say('pay 5');
    const bot = await world.join('Bot', lying('CH-03'));
    const controller = new AbortController();
    const words: string[] = [];
    const taken = (async () => {
      for await (const message of bot.client.messages({ accept: 'all', signal: controller.signal })) {
        words.push(message.text);
      }
    })();
    await until(alice.client, ({ threads }) => threads[botDid]?.relation === 'chat');
    await say('pay 6');
    await expect.poll(() => words).toContain('pay 6');
    controller.abort();
    await taken;
    expect(words).toEqual(['pay 5', 'pay 6']);
  });

  it('what did not pass its checks does not come, and can be asked for with its reason', async () => {
    await say('transfer nothing');
    const bot = await world.join('Bot', lying('CH-04'));
    const seen: unknown[] = [];
    const states = ['verified', 'quarantined', 'undecryptable'] as const;
    for await (const message of bot.client.messages({ accept: 'all', states, from: 'beginning' })) {
      seen.push(message.state === 'verified' ? message.text : [message.state, message.reason]);
      break;
    }
    expect(seen).toEqual([['quarantined', 'CidMismatch']]);
    const controller = new AbortController();
    const taken = take(bot.client, 1, { name: 'strict', from: 'beginning', signal: controller.signal });
    await bot.client.refresh();
    controller.abort();
    expect(await taken).toEqual([]);
  });
});

describe('what is sent once', () => {
  it('is sent once under its name, whoever calls again, and in each chat by itself', async () => {
    const storage = memoryStorage();
    const carol = await world.join('Carol');
    const send = async (to: Did, words: string): Promise<string> => {
      const { client } = await world.join('Bot', { storage });
      return client.sendMessage(to, text(words), { once: 'build 7' });
    };
    const ids = [await send(alice.did, 'green'), await send(alice.did, 'still green'), await send(carol.did, 'green')];
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(await chatOf()).toEqual(['green']);
    const { client } = await world.join('Bot', { storage });
    const together = ['a', 'b'].map((words) => client.sendMessage(carol.did, text(words), { once: 'build 8' }));
    expect(new Set(await Promise.all(together)).size).toBe(1);
  });

  it('that failed for good is tried again by the next call', async () => {
    const { client } = await world.join('Bot');
    await client.sendMessage(alice.did, text('hi'));
    await alice.client.blockUser(botDid);
    const send = () => client.sendMessage(alice.did, text('green'), { once: 'build 7' });
    await expect(send()).rejects.toMatchObject({ code: 'BlockedPeer' });
    await alice.client.unblockUser(botDid);
    await send();
    await send();
    expect(await chatOf()).toEqual(['hi', 'green']);
  });
});

describe('a rule', () => {
  it('acts on what fits its filter, and goes on when an action fails', async () => {
    const { client } = await world.join('Bot');
    const heard: string[] = [];
    const errors: unknown[] = [];
    const options = { accept: 'all', onError: (error: unknown) => errors.push(error) } as const;
    const stop = client.on(
      { text: /^deploy (\S+)$/g, from: alice.did },
      (message) => {
        heard.push(message.text);
        if (message.text === 'deploy bad') throw new RangeError('no such version');
      },
      options,
    );
    client.on(
      (message) => message.text === 'hello',
      (message) => void message.reply('hi'),
    );
    client.on({ text: ' HELLO ', relation: 'chat', type: 'Text' }, (message) => void message.react('👍'));
    client.on({ from: [parseDid(world.wallet('Carol').address)] }, () => heard.push('carol'));
    await say('hello');
    await until(alice.client, ({ threads }) => threads[botDid]?.relation === 'chat');
    await say('deploy bad', 'what?', 'deploy 1.2');
    await expect.poll(() => heard).toEqual(['deploy bad', 'deploy 1.2']);
    expect(errors).toEqual([expect.any(RangeError)]);
    stop();
    await say('deploy 1.3', 'hello');
    await expect.poll(async () => (await chatOf()).filter((words) => words === '👍').length).toBe(2);
    expect(heard).toEqual(['deploy bad', 'deploy 1.2']);
    expect(textsOf(client, alice.did)).toContain('deploy 1.3');
  });

  it('goes on after a lock where it was', async () => {
    const { client } = await world.join('Bot');
    const heard: string[] = [];
    client.on({}, (message) => void heard.push(message.text), { accept: 'all' });
    await say('one');
    await expect.poll(() => heard).toEqual(['one']);
    client.lock();
    await say('two');
    await client.unlock();
    await expect.poll(() => heard).toEqual(['one', 'two']);
  });
});
