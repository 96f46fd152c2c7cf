import { Wallet, type HDNodeWallet } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { defineContent } from '../../src/protocol/defineContent.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { pollContent } from '../../src/protocol/polls/poll.ts';
import { recountPoll } from '../../src/protocol/polls/recountPoll.ts';
import { startLocalNode } from './localNode.ts';
import { startOfficialUser, type OfficialUser } from './official.ts';
import { until } from './until.ts';

const START_MS = 180_000;
const CASE_MS = 120_000;

let node: Awaited<ReturnType<typeof startLocalNode>> | undefined;
const closing: (() => Promise<void> | void)[] = [];

async function official(wallet: HDNodeWallet = Wallet.createRandom()): Promise<OfficialUser> {
  const user = await startOfficialUser(wallet);
  closing.push(user.close);
  return user;
}

async function liveOfficial(): Promise<OfficialUser> {
  const user = await official();
  await user.initialize();
  await user.stream();
  return user;
}

async function bot(): Promise<{ readonly did: Did; readonly client: PushChatClient }> {
  const wallet = Wallet.createRandom();
  const client = createPushChat({ signer: wallet, node: 'http://localhost:4000' });
  closing.push(client.close);
  await client.unlock();
  client.start();
  await until(client, 'online', ({ connection }) => connection === 'online');
  return { did: parseDid(wallet.address), client };
}

const deploy = defineContent({
  type: 'org.example/deploy@1',
  schema: (value) => value as { readonly commit: string; readonly passed: boolean },
  fallback: ({ commit, passed }) => `${commit} ${passed ? 'is live' : 'failed'}`,
});

beforeAll(async () => {
  node = await startLocalNode();
}, START_MS);

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

afterAll(() => node?.close());

describe('a bot of ours and official users', { timeout: CASE_MS }, () => {
  it('hears what they say, and they read the text of its typed answers, live and in history', async () => {
    const [olga, me] = await Promise.all([liveOfficial(), bot()]);
    const ids: string[] = [];
    const heard: string[] = [];
    const answering = (async () => {
      for await (const message of me.client.messages({ accept: 'all' })) {
        heard.push(message.text);
        ids.push(await message.reply(deploy.create({ commit: '2f1c9aa', passed: true })));
        ids.push(await message.send(olga.did, deploy.create({ commit: '2f1c9ab', passed: false })));
        ids.push(await message.react('👍'));
        if (heard.length === 2) return;
      }
    })();
    await olga.sendText(me.did, 'deploy');
    await olga.event(({ event }) => event === 'chat.accept');
    await olga.sendText(me.did, 'deploy again');
    await answering;
    expect(heard).toEqual(['deploy', 'deploy again']);

    const said = [
      { type: 'Reply', content: { messageType: 'Text', messageObj: { content: '2f1c9aa is live' } } },
      { type: 'Text', content: '2f1c9ab failed' },
      { type: 'Reaction', content: '👍' },
    ];
    for (const [index, { type }] of said.entries()) {
      const shown = await olga.event(({ reference }) => reference === ids[index]);
      expect(shown).toMatchObject({ event: 'chat.message', message: { type } });
    }
    expect((await olga.event(({ reference }) => reference === ids[1])).message.content).toBe('2f1c9ab failed');
    const history = (await olga.history(me.did, { limit: 30 })).toReversed();
    expect(history.filter(({ cid }) => ids.slice(0, 3).includes(cid))).toMatchObject(
      said.map(({ type, content }, index) => ({ cid: ids[index], messageType: type, messageObj: { content } })),
    );
    expect(olga.complaints).toEqual([]);
  });

  it('writes a typed message in plain text to somebody unknown, who reads its text when they come', async () => {
    const [olga, me] = await Promise.all([official(), bot()]);
    const content = deploy.create({ commit: '2f1c9aa', passed: true });
    const id = await me.client.sendMessage(olga.did, content, { allowPlaintext: true });
    await olga.initialize();
    expect(await olga.list('REQUESTS')).toMatchObject([
      { did: me.did, msg: { cid: id, encType: 'PlainText', messageObj: { content: '2f1c9aa is live' } } },
    ]);
    expect(olga.complaints).toEqual([]);
  });

  it('asks an official user in a poll, who votes by a number, and anybody counts it', async () => {
    const [olga, me] = await Promise.all([liveOfficial(), bot()]);
    const poll = { question: 'Ship it?', options: ['Yes', 'No'], closes: Date.now() + 600_000, nonce: 'a' };
    const asked = await me.client.sendMessage(olga.did, pollContent.create(poll));
    const shown = await olga.event(({ reference }) => reference === asked);
    expect(shown.message.content).toMatch(/^📊 Ship it\?\n1\. Yes\n2\. No\nReply to this message with a number/);
    await olga.accept(me.did);
    const vote = { type: 'Reply', content: { type: 'Text', content: '2' }, reference: asked };
    const { cid } = await olga.send(me.did, vote);
    const proofs = await Promise.all([asked, cid].map((id) => me.client.exportProof(id, { disclose: true })));
    const recount = await recountPoll(
      proofs.map((proof) => JSON.stringify(proof)),
      new Date(),
    );
    expect(recount).toMatchObject({ counts: [0, 1], counted: [{ voter: parseDid(olga.did), option: 1 }], refused: [] });
  });
});
