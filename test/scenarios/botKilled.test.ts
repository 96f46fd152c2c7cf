import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { id, Wallet } from 'ethers';
import { expect, it, onTestFinished } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { startPushNode } from '../../src/node/httpServer.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { buildProgram, runProgram } from '../support/program.ts';
import { text, until } from '../support/until.ts';

const COUNT = 30;

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
