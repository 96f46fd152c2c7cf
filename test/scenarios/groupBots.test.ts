import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import type { IncomingMessage, IncomingState } from '../../src/client/incoming/incomingMessage.ts';
import type { IncomingInvitation, JoinPolicy, MessagesOptions } from '../../src/client/incoming/messagesOptions.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { PushChatError } from '../../src/errors.ts';
import type { GroupId } from '../../src/protocol/peer.ts';
import { hostileNode, inHistory, renamed, type Lie } from '../../src/testing/hostileNode.ts';
import { createTestWorld, type JoinOptions, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { itemsOf, text, until } from '../support/until.ts';

let world: TestWorld;
let ada: TestUser;
let bo: TestUser;
let bot: TestUser;
let end: AbortController;

const join = (name: string, options: JoinOptions = {}): Promise<TestUser> =>
  world.join(name, { keyType: 'curve25519', ...options });

beforeEach(async () => {
  world = createTestWorld();
  end = new AbortController();
  [ada, bo, bot] = [await join('Ada'), await join('Bo'), await join('Bot')];
});
afterEach(() => {
  end.abort();
  world.close();
});

const KINDS = {
  public: { isPublic: true },
  message: { isPublic: false },
  session: { isPublic: false, encryption: 'session' },
} as const;

/** A group that Ada made, with Bo and the bot in it. */
async function groupOf(kind: keyof typeof KINDS, name = 'Gardeners'): Promise<GroupId> {
  const chatId = await ada.client.groups.create({ name, members: [bo.did, bot.did], ...KINDS[kind] });
  for (const { client } of [bo, bot]) await client.acceptRequest(chatId);
  return chatId;
}

type Taken = IncomingMessage;

/** Takes messages until there are so many, and leaves the last one as a crash would: taken, and not handled. */
async function take(
  { client }: { readonly client: PushChatClient },
  count: number,
  options: MessagesOptions<IncomingState> = {},
  act: (message: Taken) => unknown = () => undefined,
): Promise<Taken[]> {
  const taken: Taken[] = [];
  for await (const message of client.messages({ states: ['verified'], groups: true, signal: end.signal, ...options })) {
    taken.push(message);
    await act(message);
    if (taken.length === count) break;
  }
  return taken;
}

const wordsOf = (taken: readonly Taken[]): string[] =>
  taken.map((message) => ('text' in message ? message.text : message.reason));

const say = async (user: TestUser, chatId: GroupId, ...words: string[]): Promise<void> => {
  for (const word of words) await user.client.sendMessage(chatId, text(word));
};

/** What a member sees in a group, answers by their words, with who said it. */
async function seenBy(user: TestUser, chatId: GroupId): Promise<string[]> {
  await user.client.openThread(chatId);
  const names = new Map([ada, bo, bot].map(({ did, name }) => [did, name]));
  return itemsOf(user.client, chatId).map((item) => {
    if (!('content' in item)) return item.state;
    const { content, sender = bot.did } = item;
    const words = content.type === 'Reply' ? content.content.content : content.content;
    return `${names.get(sender) ?? sender}: ${typeof words === 'string' ? words : content.type}`;
  });
}

describe.each(['public', 'message', 'session'] as const)('a bot in a group (%s)', (kind) => {
  it('gets what members write, says who did, and answers in the group', async () => {
    const chatId = await groupOf(kind);
    await ada.client.sendMessage(bot.did, text('between us'));
    await bot.client.acceptRequest(ada.did);
    const taken = take(bot, 4, { from: 'beginning' }, async (message) => {
      if ('text' in message && message.text === 'ping') await message.reply('pong');
      if ('text' in message && message.text === 'done?') await message.react('👍');
      if ('text' in message && message.text === 'tell Bo') await message.send(chatId, text('Bo!'));
    });
    await say(ada, chatId, 'ping');
    await say(bo, chatId, 'done?', 'tell Bo');
    const all = await taken;
    const facts = all.map(({ peer, sender, isGroup, isRequest }) => ({ peer, sender, isGroup, isRequest }));
    const inGroup = { peer: chatId, isGroup: true, isRequest: false };
    expect(facts).toHaveLength(4);
    expect(facts).toEqual(
      expect.arrayContaining([
        { peer: ada.did, sender: ada.did, isGroup: false, isRequest: false },
        { ...inGroup, sender: ada.did },
        { ...inGroup, sender: bo.did },
      ]),
    );
    expect(wordsOf(all.filter(({ isGroup }) => isGroup))).toEqual(['ping', 'done?', 'tell Bo']);
    const seen = await seenBy(bo, chatId);
    expect(seen.filter((line) => line.startsWith('Bot'))).toEqual(['Bot: pong', 'Bot: 👍', 'Bot: Bo!']);
    await expect(all.find(({ isGroup }) => isGroup)?.reject()).rejects.toMatchObject({ code: 'NotFound' });
    expect(bot.client.store.get().groups[chatId]).toMatchObject({ standing: 'member' });
  });

  it('dies after it answered, gets the message again, and does not answer twice', async () => {
    const chatId = await groupOf(kind);
    const storage = memoryStorage();
    const first = await join('Bot', { storage });
    const taking = take(first, 2, {}, (message) => message.reply('first'));
    await say(ada, chatId, 'one');
    await until(ada.client, () => itemsOf(ada.client, chatId).length >= 2);
    await say(bo, chatId, 'two');
    expect(wordsOf(await taking)).toEqual(['one', 'two']);
    first.client.close();
    await say(ada, chatId, 'three');
    const second = await join('Bot', { storage });
    expect(wordsOf(await take(second, 2, {}, (message) => message.reply('second')))).toEqual(['two', 'three']);
    const seen = (await seenBy(ada, chatId)).filter((line) => line.startsWith('Bot'));
    expect(seen).toEqual(['Bot: first', 'Bot: first', 'Bot: second']);
  });

  it('goes on from a cursor, in groups too', async () => {
    const chatId = await groupOf(kind);
    await say(ada, chatId, 'one', 'two', 'three');
    let cursor = '';
    await take(bot, 2, { from: 'beginning' }, (message) => (cursor = message.cursor));
    const fresh = await join('Bot');
    expect(wordsOf(await take(fresh, 1, { from: cursor }))).toEqual(['three']);
  });

  it('hears of what was written while it was in, whenever it comes in and wherever it begins', async () => {
    const chatId = await ada.client.groups.create({ name: 'Gardeners', members: [bo.did], ...KINDS[kind] });
    await bo.client.acceptRequest(chatId);
    await say(bo, chatId, 'before');
    const taken = take(bot, 2, { from: 'beginning', groups: { join: [chatId] } });
    await ada.client.groups.addMembers(chatId, [bot.did]);
    await until(bot.client, ({ groups }) => groups[chatId]?.standing === 'member');
    await say(bo, chatId, 'after');
    await ada.client.groups.removeMembers(chatId, [bot.did]);
    await until(bot.client, ({ groups }) => groups[chatId]?.standing === 'out');
    await say(bo, chatId, 'without it');
    await ada.client.groups.addMembers(chatId, [bot.did]);
    await until(bot.client, ({ groups }) => groups[chatId]?.standing === 'member');
    await say(bo, chatId, 'again');
    expect(wordsOf(await taken)).toEqual(['after', 'again']);
  });

  it('gets nothing of whom it blocks, whatever it asks for, and of who was removed what they wrote before', async () => {
    const chatId = await groupOf(kind);
    const cy = await join('Cy');
    await ada.client.groups.addMembers(chatId, [cy.did]);
    await cy.client.acceptRequest(chatId);
    await say(bo, chatId, 'old words of Bo');
    await bot.client.blockUser(bo.did);
    await say(cy, chatId, 'I am in');
    await say(bo, chatId, 'you will hear me');
    await ada.client.groups.removeMembers(chatId, [cy.did]);
    await say(ada, chatId, 'Cy is gone');
    const states = ['verified', 'undecryptable', 'quarantined'] as const;
    const options = { from: 'beginning', states, name: null } as const;
    expect(wordsOf(await take(bot, 2, options))).toEqual(['I am in', 'Cy is gone']);
    const fresh = await join('Bot');
    expect(wordsOf(await take(fresh, 2, options))).toEqual(['I am in', 'Cy is gone']);
  });

  it('GR-14 does not hear who was removed, whatever time the node gives their message', async () => {
    const chatId = await groupOf(kind);
    await say(bo, chatId, 'while I was in');
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await say(ada, chatId, 'Bo is out');
    const lie: Lie = {
      name: 'GR-14',
      answer: inHistory((all) =>
        all.map((m) => (m.fromDID === bo.did ? renamed({ ...m, timestamp: world.clock.now() }) : m)),
      ),
    };
    const lied = await join('Bot', { through: () => directTransport(hostileNode(world.node, [lie])) });
    expect(wordsOf(await take(lied, 1, { from: 'beginning' }))).toEqual(['Bo is out']);
  });
});

describe('what a bot in a group does not do by itself', () => {
  it('hears no group unless it asks for them, and then what comes from then on', async () => {
    const chatId = await groupOf('message');
    const storage = memoryStorage();
    const first = await join('Bot', { storage });
    await ada.client.sendMessage(bot.did, text('hello'));
    await say(ada, chatId, 'not for programs');
    expect(wordsOf(await take(first, 1, { groups: false, accept: 'all' }, (message) => message.done()))).toEqual([
      'hello',
    ]);
    first.client.close();

    const second = await join('Bot', { storage });
    const taken = take(second, 1, { groups: true }, (message) => message.done());
    await until(second.client, ({ groups }) => groups[chatId] !== undefined);
    await ada.client.sendMessage(bot.did, text('groups now'));
    expect(wordsOf(await taken)).toEqual(['groups now']);
    second.client.close();
    await say(ada, chatId, 'for programs too');
    const third = await join('Bot', { storage });
    expect(wordsOf(await take(third, 1, { groups: true }))).toEqual(['for programs too']);
  });

  it('GR-01 agrees to no member: its answer fails with who it is about, until the program says so', async () => {
    const chatId = await groupOf('message');
    const ghost = await join('Ghost');
    const lie: Lie = {
      name: 'GR-01',
      answer: (answer, { path }) => {
        const row = answer as { readonly members: object[]; readonly totalMembersCount: { approvedCount: number } };
        if (path.includes('/members/count')) {
          const { totalMembersCount: counts } = row;
          return { totalMembersCount: { ...counts, approvedCount: counts.approvedCount + 1 } };
        }
        if (path.includes('/members/publicKeys'))
          return { members: [...row.members, { did: ghost.did, publicKey: '' }] };
        return answer;
      },
    };
    const lied = await join('Bot', { through: () => directTransport(hostileNode(world.node, [lie])) });
    const errors: PushChatError[] = [];
    const taken = take(lied, 1, { from: 'beginning' }, async (message) => {
      await message.reply('to all?').catch((error: unknown) => errors.push(error as PushChatError));
      await message.reply('to all, the ghost too', { acceptMembers: [ghost.did] });
    });
    await say(ada, chatId, 'a question');
    await taken;
    expect(errors).toMatchObject([{ code: 'MembersUnconfirmed', concerns: [{ reason: 'unproven', name: ghost.did }] }]);
    expect(await seenBy(ada, chatId)).toEqual(['Ada: a question', 'Bot: to all, the ghost too']);
  });

  it('NW-05 dies when the node has its answer and it does not know, and the secret is another by its next run', async () => {
    const chatId = await groupOf('session');
    const storage = memoryStorage();
    await say(ada, chatId, 'a question');
    const first = await join('Bot', { storage, wait: () => new Promise(() => undefined) });
    await take(first, 1, { from: 'beginning' }, async (message) => {
      await first.client.openThread(chatId);
      first.network.set({ lostAnswers: 1, deaf: true });
      void message.reply('the answer').catch(() => undefined);
      await until(first.client, () => itemsOf(first.client, chatId).some((item) => 'delay' in item));
    });
    first.client.close();
    await ada.client.groups.renewSecret(chatId);
    const second = await join('Bot', { storage });
    await take(second, 1, {}, (message) => message.reply('the answer, for all I know'));
    expect(await seenBy(ada, chatId)).toEqual(['Ada: a question', 'Bot: the answer']);
  });

  it('answers nobody where it was removed meanwhile, and goes on with others', async () => {
    const [chatId, other] = [await groupOf('session'), await groupOf('session', 'Others')];
    const errors: unknown[] = [];
    const taken = take(bot, 2, { from: 'beginning' }, async (message) => {
      if (message.peer === chatId) {
        await ada.client.groups.removeMembers(chatId, [bot.did]);
        await message.reply('too late').catch((error: unknown) => errors.push(error));
        await say(ada, other, 'still here?');
      } else await message.reply('yes');
    });
    await say(ada, chatId, 'a question');
    expect(wordsOf(await taken)).toEqual(['a question', 'still here?']);
    expect(errors).toMatchObject([{ code: 'NotMember' }]);
    expect(await seenBy(ada, chatId)).toEqual(['Ada: a question']);
    expect(await seenBy(ada, other)).toEqual(['Ada: still here?', 'Bot: yes']);
  });

  it('acts by rules that name a chat or a member', async () => {
    const [chatId, other] = [await groupOf('message'), await groupOf('message', 'Others')];
    const heard: string[] = [];
    const options = { groups: true, from: 'beginning' } as const;
    bot.client.on({ peer: chatId, text: /./ }, ({ text: words }) => heard.push(`in it: ${words}`), options);
    bot.client.on({ from: bo.did }, ({ text: words }) => heard.push(`of Bo: ${words}`), options);
    bot.client.on({ from: bo.did }, ({ text: words }) => heard.push(`without groups: ${words}`));
    await say(bo, chatId, 'hello');
    await say(ada, other, 'not here');
    await say(ada, chatId, 'hello Bo');
    await expect.poll(() => [...heard].sort()).toEqual(['in it: hello', 'in it: hello Bo', 'of Bo: hello']);
  });
});

describe('a bot on a node that shows no acts, as the official ones', () => {
  const withoutActs: Lie = {
    name: 'no acts',
    response: (response, { path }) => (path.includes('/acts') ? new Response('Cannot GET', { status: 404 }) : response),
  };
  const joinBlind = (storage = memoryStorage()): Promise<TestUser> =>
    join('Bot', { storage, through: () => directTransport(hostileNode(world.node, [withoutActs])) });

  it.each(['public', 'message', 'session'] as const)(
    'hears what was written since it came in, marked so, and agrees to nothing (%s)',
    async (kind) => {
      const blind = await joinBlind();
      const chatId = await ada.client.groups.create({ name: 'Gardeners', members: [bo.did], ...KINDS[kind] });
      await bo.client.acceptRequest(chatId);
      await say(bo, chatId, 'before');
      await ada.client.groups.addMembers(chatId, [bot.did]);
      await bot.client.acceptRequest(chatId);
      const errors: PushChatError[] = [];
      const taken = take(blind, 1, { from: 'beginning' }, (message) =>
        message.reply('hello?').catch((error: unknown) => errors.push(error as PushChatError)),
      );
      await say(bo, chatId, 'after');
      const [message] = await taken;
      expect(message).toMatchObject({ text: 'after', sender: bo.did, isGroup: true });
      expect(message?.item.verification?.member).toBe('unchecked');
      expect(errors).toMatchObject([{ code: kind === 'public' ? 'PlaintextRefused' : 'MembersUnconfirmed' }]);
      expect(await seenBy(ada, chatId)).toEqual(['Bo: before', 'Bo: after']);
    },
  );

  it('comes in by the chat id that it was given, and by no account’s word', async () => {
    const blind = await joinBlind();
    const [byAccount, byId] = [await groupFor(), await groupFor()];
    const taken = take(blind, 1, { from: 'beginning', groups: { join: [ada.did, byId] } });
    await until(blind.client, ({ groups }) => groups[byId]?.standing === 'member');
    await say(ada, byId, 'welcome');
    expect(wordsOf(await taken)).toEqual(['welcome']);
    expect(blind.client.store.get().groups[byAccount]?.standing).toBe('invited');
  });

  const groupFor = (): Promise<GroupId> =>
    ada.client.groups.create({ name: 'Gardeners', members: [bot.did], isPublic: true });
});

describe('which invitations a bot accepts', () => {
  const invite = (name: string, by = ada): Promise<GroupId> =>
    by.client.groups.create({ name, members: [bot.did], encryption: 'session' });
  const standingIn = (chatId: GroupId): string | undefined => bot.client.store.get().groups[chatId]?.standing;

  /** Lets a bot listen until it came into one group, and says how it then stands with all of them. */
  async function listen(
    policy: JoinPolicy | undefined,
    chats: readonly GroupId[],
    until_: GroupId,
  ): Promise<unknown[]> {
    const options = policy === undefined ? { accept: 'all' as const } : { groups: { join: policy } };
    void take(bot, 1, { accept: 'all', ...options });
    await until(bot.client, ({ groups }) => groups[until_]?.standing === 'member');
    return chats.map(standingIn);
  }

  it('none by itself, though it accepts all accounts', async () => {
    const chatId = await invite('Gardeners');
    await until(bot.client, ({ requests }) => requests.items.some(({ peer }) => peer === chatId));
    const taken = take(bot, 1, { accept: 'all', groups: true, requests: true });
    await ada.client.sendMessage(bot.did, text('hello'));
    expect(wordsOf(await taken)).toEqual(['hello']);
    expect(standingIn(chatId)).toBe('invited');
    expect(bot.client.store.get().requests.items).toMatchObject([{ peer: chatId }]);
  });

  it('those to groups of a list, before and while it listens', async () => {
    const [first, second] = [await invite('First'), await invite('Second')];
    expect(await listen([second], [first, second], second)).toEqual(['invited', 'member']);
  });

  it('those of accounts of a list, by what these signed and not by what the node says', async () => {
    const wanted = await invite('Wanted');
    // The node says of each invitation that it is Ada’s.
    const lie: Lie = {
      name: 'inviter',
      answer: (answer, { path }) =>
        /\/requests\b/.test(path)
          ? { requests: (answer as { requests: object[] }).requests.map((row) => ({ ...row, intentSentBy: ada.did })) }
          : answer,
    };
    bot = await join('Bot', { through: () => directTransport(hostileNode(world.node, [lie])) });
    const forged = await invite('Forged', bo);
    await until(bot.client, ({ requests }) => requests.items.length === 2);
    expect(bot.client.store.get().groups[forged]).toMatchObject({ invitedBy: null });
    expect(await listen([ada.did.toLowerCase()], [forged, wanted], wanted)).toEqual(['invited', 'member']);
  });

  it('those that a function says yes to, which is given the group as it was read, once for each', async () => {
    const [first, second] = [await invite('First'), await invite('Second', bo)];
    const seen: IncomingInvitation[] = [];
    const policy = (invitation: IncomingInvitation): boolean => {
      seen.push(invitation);
      return invitation.group.name === 'Second';
    };
    expect(await listen(policy, [first, second], second)).toEqual(['invited', 'member']);
    await bot.client.refresh();
    const third = await invite('Third');
    await expect.poll(() => seen.length).toBe(3);
    const facts = seen.map(({ peer, invitedBy, group: { membership, name } }) => ({
      peer,
      invitedBy,
      membership,
      name,
    }));
    expect(facts).toEqual(
      expect.arrayContaining([
        { peer: first, invitedBy: ada.did, membership: 'proven', name: 'First' },
        { peer: second, invitedBy: bo.did, membership: 'proven', name: 'Second' },
        { peer: third, invitedBy: ada.did, membership: 'proven', name: 'Third' },
      ]),
    );
  });

  it('no invitation that only a node invents, and none of whom it blocks', async () => {
    const chatId = await invite('Real', bo);
    const open = await ada.client.groups.create({ name: 'Open', members: [], isPublic: true });
    await bot.client.blockUser(bo.did);
    const lie: Lie = {
      name: 'invented',
      answer: (answer, { path }) => {
        if (!/\/requests\b/.test(path)) return answer;
        const { requests } = answer as { requests: { groupInformation: object }[] };
        const [row] = requests;
        const invented = { ...row, chatId: open, groupInformation: { ...row?.groupInformation, chatId: open } };
        return { requests: [...requests, invented] };
      },
    };
    bot = await join('Bot', { through: () => directTransport(hostileNode(world.node, [lie])) });
    const taken = take(bot, 1, { accept: 'all', groups: { join: () => true } });
    await ada.client.sendMessage(bot.did, text('hello'));
    expect(wordsOf(await taken)).toEqual(['hello']);
    expect([chatId, open].map(standingIn)).toEqual(['invited', 'out']);
  });
});
