import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployed, deploymentBot } from '../../examples/deploymentBot.ts';
import { followSubscribers, remind } from '../../examples/governanceReminder.ts';
import { closePoll, confirmVotes, openPoll } from '../../examples/pollBot.ts';
import { supportDesk } from '../../examples/supportDesk.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { tallyContent, voteContent } from '../../src/protocol/polls/poll.ts';
import { recountPoll } from '../../src/protocol/polls/recountPoll.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { itemsOf, text, until } from '../support/until.ts';

let world: TestWorld;
let bot: TestUser;
let end: AbortController;
let running: Promise<unknown> = Promise.resolve();

const join = (name: string): Promise<TestUser> => world.join(name);

beforeEach(async () => {
  world = createTestWorld();
  bot = await join('Bot');
  end = new AbortController();
});
afterEach(async () => {
  end.abort();
  await running;
  world.close();
});

/** What a user has in a chat, answers by their words. */
const wordsOf = ({ client }: TestUser, peer: Did): string[] =>
  itemsOf(client, peer).map((item) => {
    if (!('content' in item)) return item.state;
    const { content } = item;
    const inner = content.type === 'Reply' ? content.content.content : content.content;
    return typeof inner === 'string' ? inner : content.type;
  });

const untilSays = (user: TestUser, peer: Did, words: RegExp | string): Promise<unknown> =>
  until(user.client, () => wordsOf(user, peer).some((said) => said.search(words) >= 0));

async function say(user: TestUser, words: string): Promise<string> {
  const id = await user.client.sendMessage(bot.did, text(words));
  await user.client.openThread(bot.did);
  return id;
}

describe('the deployment bot', () => {
  it('deploys for its operators, answers with text and value, and tells others that it does not', async () => {
    const [ann, eve] = [await join('Ann'), await join('Eve')];
    const keys: string[] = [];
    const deploy = (version: string, key: string) => {
      keys.push(key);
      return Promise.resolve({ passed: version !== '0.0.1', log: version === '0.0.1' ? 'tests are red' : '' });
    };
    running = deploymentBot(bot.client, { operators: [ann.did.toLowerCase()], deploy, signal: end.signal });
    const ids = [await say(ann, 'deploy 1.2.3')];
    await untilSays(ann, bot.did, '1.2.3 is live');
    await say(ann, 'hello');
    await untilSays(ann, bot.did, 'Say “deploy”');
    ids.push(await say(ann, 'Deploy 0.0.1'));
    await untilSays(ann, bot.did, 'tests are red');
    await say(eve, 'deploy 6.6.6');
    await untilSays(eve, bot.did, 'operators only');
    expect(keys).toEqual(ids);
    expect(wordsOf(ann, bot.did)).toContain('👍');
    const values = itemsOf(ann.client, bot.did).flatMap((item) =>
      'content' in item ? (deployed.read(item.content) ?? []) : [],
    );
    expect(values).toMatchObject([
      { version: '1.2.3', passed: true },
      { version: '0.0.1', passed: false },
    ]);
  });
});

describe('the governance reminder', () => {
  it('reminds whoever subscribed, a day and two hours before, once, however often it runs', async () => {
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    const subscribers = new Set<string>();
    const stop = followSubscribers(bot.client, subscribers);
    await say(ann, 'Subscribe');
    await untilSays(ann, bot.did, 'You will be reminded');
    await say(ben, 'subscribe');
    await untilSays(ben, bot.did, 'You will be reminded');
    await say(ben, 'stop');
    await expect.poll(() => [...subscribers]).toEqual([ann.did]);
    stop();
    const closes = Date.now() + 100 * 3_600_000;
    const proposals = [{ id: 'PIP-9', title: 'Lower fees', url: 'https://gov.example.org/9', closes }];
    for (const hours of [30, 23, 22, 1.5, 1, -1]) {
      await remind(bot.client, { proposals, subscribers: [...subscribers], now: closes - hours * 3_600_000 });
    }
    await untilSays(ann, bot.did, 'less than 2 hours');
    expect(wordsOf(ann, bot.did).filter((said) => said.includes('Lower fees'))).toEqual([
      '🗳️ “Lower fees” closes in less than 24 hours: https://gov.example.org/9',
      '🗳️ “Lower fees” closes in less than 2 hours: https://gov.example.org/9',
    ]);
    expect(wordsOf(ben, bot.did).join()).not.toContain('Lower fees');
  });
});

describe('the support desk', () => {
  it('hands a customer to all agents, and the first answer to the customer', async () => {
    const [customer, ann, ben] = [await join('Customer'), await join('Ann'), await join('Ben')];
    running = supportDesk(bot.client, { agents: [ann.did, ben.did], signal: end.signal });
    await say(customer, 'Where is my order?');
    for (const agent of [ann, ben]) {
      await until(agent.client, ({ requests }) => requests.items.length === 1);
      await agent.client.acceptRequest(bot.did);
      await agent.client.openThread(bot.did);
      await untilSays(agent, bot.did, 'Where is my order');
    }
    await say(ben, 'Which one?');
    await untilSays(ben, bot.did, 'Reply to what a customer wrote');
    const [asked] = itemsOf(ann.client, bot.did);
    const answer = {
      type: 'Reply',
      content: { type: 'Text', content: 'On its way' },
      reference: asked?.id ?? '',
    } as const;
    await ann.client.sendMessage(bot.did, answer);
    await untilSays(customer, bot.did, 'On its way');
    await untilSays(ben, bot.did, `${ann.did} answered`);
    expect(wordsOf(customer, bot.did)).toEqual(['Where is my order?', 'On its way']);
    // A customer cannot pass for an agent by replying to what looks like a ticket.
    await customer.client.sendMessage(bot.did, {
      ...answer,
      reference: itemsOf(customer.client, bot.did)[1]?.id ?? '',
    });
    await until(ann.client, () => wordsOf(ann, bot.did).filter((said) => said.includes('writes:')).length === 2);
  });
});

describe('the poll bot', () => {
  it('asks, confirms, counts and publishes; anybody counts the same from its proofs, and it may die in between', async () => {
    const storage = memoryStorage();
    const voters = [await join('Ann'), await join('Ben'), await join('Cem')];
    const poll = {
      question: 'Ship on Friday?',
      options: ['Yes', 'No'],
      closes: Date.now() + 3_600_000,
      voters: voters.map(({ did }) => did),
      nonce: 'friday',
    };
    bot.client.close();
    const first = await world.join('Bot', { storage });
    const id = await openPoll(first.client, poll);
    first.client.close();
    bot = await world.join('Bot', { storage });
    expect(await openPoll(bot.client, poll)).toBe(id);
    const stop = confirmVotes(bot.client);
    for (const [index, voter] of voters.entries()) {
      await until(voter.client, ({ requests }) => requests.items.length === 1);
      await voter.client.acceptRequest(bot.did);
      await voter.client.openThread(bot.did);
      expect(itemsOf(voter.client, bot.did)).toHaveLength(1);
      const option = index === 0 ? 1 : 0;
      await voter.client.sendMessage(
        bot.did,
        voteContent.create({ poll: id, option, choice: poll.options[option] ?? '' }),
      );
      await untilSays(voter, bot.did, '👍');
    }
    stop();
    const { recount, proofs } = await closePoll(bot.client, poll, new Date());
    expect(recount.counts).toEqual([2, 1]);
    expect((await recountPoll([...proofs].reverse(), new Date())).counts).toEqual([2, 1]);
    // Nobody is told twice.
    await closePoll(bot.client, poll, new Date());
    for (const { client } of voters) {
      await client.refresh();
      const tallies = itemsOf(client, bot.did).flatMap((item) =>
        'content' in item ? (tallyContent.read(item.content) ?? []) : [],
      );
      expect(tallies).toEqual([{ poll: id, question: poll.question, options: poll.options, counts: [2, 1] }]);
    }
    expect(parseDid(recount.asker)).toBe(bot.did);
  });
});
