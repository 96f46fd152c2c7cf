import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { id, Wallet } from 'ethers';
import { expect, it, onTestFinished } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { startPushNode } from '../../src/node/httpServer.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { buildProgram, runProgram } from '../support/program.ts';
import { text, until } from '../support/until.ts';

const COUNT = 30;
const IN_GROUP = 14;

it(
  'a bot that is killed again and again answers every message, in order, and each once',
  { timeout: 240_000 },
  async () => {
    const program = await buildProgram('examples/echoBot.ts');
    const node = await startPushNode({ port: 0, memory: true });
    onTestFinished(() => node.close());
    const folder = await mkdtemp(join(tmpdir(), 'push-chat-bot-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const bot = new Wallet(id('a bot that is killed'));
    const did = parseDid(bot.address);
    const env = { BOT_KEY: bot.privateKey, BOT_STORE: join(folder, 'bot.store'), PUSH_CHAT_NODE: node.url };

    const client = createPushChat({ signer: new Wallet(id('who talks to it')), node: node.url, keyType: 'curve25519' });
    onTestFinished(client.close);
    client.start();
    await client.unlock();
    const answers = (): string[] =>
      (client.store.get().threads[did]?.items ?? []).flatMap((item) =>
        'content' in item && item.from === 'peer' && item.content.type === 'Reply'
          ? [item.content.content.content]
          : [],
      );

    let first = true;
    const words = Array.from({ length: COUNT }, (_, i) => `word ${i}`);
    let running = runProgram(program, [], { env });
    // It makes its account before anybody writes to it.
    await expect.poll(async () => (await client.getProfile(did))?.key, { timeout: 30_000 }).toBe('verified');
    const writing = (async () => {
      for (const word of words) {
        await client.sendMessage(did, text(word));
        if (first) await client.openThread(did);
        first = false;
      }
    })();
    // Killed while it works: whenever it has given some more answers, at whatever moment that is.
    for (let enough = 2; enough < COUNT; enough += 4) {
      await until(client, () => answers().length >= enough);
      running.child.kill('SIGKILL');
      await running.ended;
      running = runProgram(program, [], { env });
    }
    await writing;
    await until(client, () => answers().length >= COUNT);
    expect(answers()).toEqual(words.map((word) => `You said: ${word}`));
    expect(running.output().err).toBe('');
  },
);

it(
  'a bot in a group that is killed again and again answers each word for it once, whoever says it',
  { timeout: 240_000 },
  async () => {
    const program = await buildProgram('examples/groupBot.ts');
    const node = await startPushNode({ port: 0, memory: true });
    onTestFinished(() => node.close());
    const folder = await mkdtemp(join(tmpdir(), 'push-chat-bot-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const bot = new Wallet(id('a bot in a group that is killed'));
    const did = parseDid(bot.address);
    const enter = async (name: string): Promise<{ client: PushChatClient; did: Did }> => {
      const signer = new Wallet(id(name));
      const client = createPushChat({ signer, node: node.url, keyType: 'curve25519' });
      onTestFinished(client.close);
      client.start();
      await client.unlock();
      return { client, did: parseDid(signer.address) };
    };
    const [ann, ben] = [await enter('its owner'), await enter('who is there too')];
    const env = {
      ...{ BOT_KEY: bot.privateKey, BOT_OWNERS: ann.did, BOT_STORE: join(folder, 'bot.store') },
      PUSH_CHAT_NODE: node.url,
    };
    let running = runProgram(program, [], { env });
    await expect.poll(async () => (await ann.client.getProfile(did))?.key, { timeout: 30_000 }).toBe('verified');
    const chatId = await ann.client.groups.create({ name: 'Minutes', members: [did], encryption: 'session' });
    await until(ann.client, ({ groups }) => groups[chatId]?.counts?.accepted === 2);
    await ann.client.groups.addMembers(chatId, [ben.did]);
    await until(ben.client, ({ requests }) => requests.items.length === 1);
    await ben.client.acceptRequest(chatId);
    await until(ann.client, ({ groups }) => groups[chatId]?.counts?.accepted === 3);
    await ann.client.openThread(chatId);

    const answers = (): string[] =>
      (ann.client.store.get().threads[chatId]?.items ?? []).flatMap((item) =>
        'content' in item && item.sender === did && item.content.type === 'Reply' ? [item.content.content.content] : [],
      );
    const turns = Array.from({ length: IN_GROUP }, (_, i) => ({ by: i % 3 === 0 ? ben : ann, words: `point ${i}` }));
    const writing = (async () => {
      for (const { by, words } of turns) {
        await by.client.sendMessage(chatId, text(`!note ${words}`));
        await by.client.sendMessage(chatId, text('that is between us'));
      }
    })();
    /** A program that ends by itself says why, rather than being waited for. */
    const answered = (count: number): Promise<unknown> =>
      Promise.race([
        until(ann.client, () => answers().length >= count),
        running.ended.then(({ err }) => expect.unreachable(`It ended by itself: ${err}`)),
      ]);
    for (let enough = 2; enough < IN_GROUP; enough += 4) {
      await answered(enough);
      running.child.kill('SIGKILL');
      await running.ended;
      running = runProgram(program, [], { env });
    }
    await writing;
    await answered(IN_GROUP);
    expect(answers()).toEqual(turns.map(({ by, words }) => `Noted for ${by.did}: ${words}`));
    expect(running.output().err).toBe('');
  },
);
