import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import type { MessageBody } from '../../src/protocol/payload.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf, legacyMessage, NOW, resigned, sealed, text } from '../support/builders.ts';
import { vectorMessages, vectorUser } from '../support/vectors.ts';
import { vectorChains } from './chain/localChain.ts';
import { createNodeWorld, profile, STORES, type Answer, type NodeWorld, type Stored } from './nodeWorld.ts';

let world: NodeWorld;
beforeEach(async () => {
  world = createNodeWorld();
  await world.join('alice', 'bob', 'carol');
});

const post = (body: unknown): Promise<Answer> => world.call(routes.sendRequest(), body);
const postLater = (body: unknown): Promise<Answer> => world.call(routes.sendMessage(), body);
const codeOf = ({ body }: Answer): unknown => body?.details?.code;
const lower = (did: string): string => did.toLowerCase();
const onChain = (did: string): string => did.replace('eip155:', 'eip155:1:');

/** Nothing was stored and nobody was told. */
async function expectNothing(): Promise<void> {
  for (const name of ['alice', 'bob', 'carol']) {
    for (const list of ['chats', 'requests'] as const) {
      expect((await world.call(routes[list](didOf(name), 1, 30))).body).toEqual({ [list]: [] });
    }
  }
}

/** Every link names the message before, every CID its block, and no two messages are the same. */
function expectUnbroken(messages: readonly Stored[]): void {
  expect(messages.map(({ link }) => link)).toEqual([null, ...messages.slice(0, -1).map(({ cid }) => cid)]);
  for (const { cid, chatId: _, ...block } of messages) expect(blockCid(encodeBlock(block))).toBe(cid);
  expect(messages.map(({ timestamp }) => timestamp)).toEqual(
    messages.map(({ timestamp }) => timestamp).toSorted((a, b) => a - b),
  );
  expect(new Set(messages.map(({ cid }) => cid)).size).toBe(messages.length);
}

describe('a posted message', () => {
  it('is answered with 201 and as it is stored, its CID over body, timestamp and link', async () => {
    const body = await sealed(text('May I?'));
    const { status, body: stored } = await post(body);
    expect(status).toBe(201);
    expect(stored).toEqual({
      ...body,
      timestamp: NOW.getTime(),
      link: null,
      cid: expect.any(String),
      chatId: expect.any(String),
    });
    expectUnbroken([stored]);
    const { status: again, body: next } = await world.send('alice', 'bob');
    expect(again).toBe(201);
    expect(next).toMatchObject({ link: stored.cid, chatId: stored.chatId });
  });

  it('keeps the key order of a plain object, which its proof covers, though its CID does not', async () => {
    await world.call(routes.createUser(), blankOf('dave'));
    const content = {
      type: 'Reply',
      content: { type: 'Text', content: 'x' },
      reference: `v2:${'a'.repeat(64)}`,
    } as const;
    const { body: stored } = await post(await sealed(content, { to: 'dave', plain: true }));
    expect(JSON.stringify((await world.call(routes.message(stored.cid))).body.messageObj)).toBe(
      JSON.stringify(stored.messageObj),
    );
    expectUnbroken([stored]);
  });

  it('is told to the receiver as another’s and to the sender’s devices as their own', async () => {
    const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(world.listen);
    const { body: request } = await world.ask('alice', 'bob');
    expect(bob).toEqual([{ ...request, messageCategory: 'Request', messageOrigin: 'other', hasIntent: false }]);
    expect(alice).toEqual([{ ...bob?.[0], messageOrigin: 'self' }]);
    await world.accept('alice', 'bob');
    const { body: answer } = await world.send('bob', 'alice');
    expect(alice?.at(-1)).toEqual({ ...answer, messageCategory: 'Chat', messageOrigin: 'other', hasIntent: true });
    expect(carol).toEqual([]);
  });

  it('follows its predecessor in time when the clock was set back', async () => {
    const { body: first } = await world.ask('alice', 'bob');
    world.clock.time -= 60_000;
    const { body: second } = await world.send('alice', 'bob');
    expect(second.timestamp).toBeGreaterThan(first.timestamp);
  });

  it('may be followed by more before the request is answered, and be answered by a message', async () => {
    await world.ask('alice', 'bob');
    expect((await world.send('alice', 'bob')).status).toBe(201);
    expect((await world.send('bob', 'alice')).status).toBe(201);
    expect((await world.call(routes.requests(didOf('bob'), 1, 10))).body.requests).toHaveLength(1);
  });

  it('is a request once: a second one is refused from either side, and a message without one too', async () => {
    expect(codeOf(await world.send('alice', 'bob'))).toBe('NotPermitted');
    await world.ask('alice', 'bob');
    for (const again of [await world.ask('alice', 'bob'), await world.ask('bob', 'alice')]) {
      expect(again).toMatchObject({ status: 409, body: { message: expect.stringContaining('Intent already exists') } });
    }
  });
});

const blankOf = (name: string): object => {
  const { did } = vectorUser(name);
  return { caip10: did, did, publicKey: '', encryptedPrivateKey: '', signature: 'xyz', sigType: 'a' };
};

describe('who may write', () => {
  it('ND-01 refuses what another key signed, parties that disagree, and a body that was changed', async () => {
    const body = await sealed(text('x'));
    const forgeries: [MessageBody, string][] = [
      [{ ...body, fromDID: didOf('carol'), fromCAIP10: didOf('carol') }, 'ProofInvalid'],
      [await resigned(body, {}, { signer: 'carol' }), 'ProofInvalid'],
      [{ ...body, fromDID: didOf('carol') }, 'SenderMismatch'],
      [{ ...body, fromCAIP10: didOf('carol') }, 'SenderMismatch'],
      [{ ...body, toDID: didOf('carol') }, 'ReceiverMismatch'],
      [{ ...body, toCAIP10: didOf('carol') }, 'ReceiverMismatch'],
      [{ ...body, toDID: didOf('carol'), toCAIP10: didOf('carol') }, 'ProofInvalid'],
      [{ ...body, messageObj: `${body.messageObj as string}A` }, 'ProofInvalid'],
      [{ ...body, messageType: 'Image' }, 'ProofInvalid'],
      [{ ...body, verificationProof: null }, 'ProofMissing'],
      [{ ...body, verificationProof: 'pgpv3:' }, 'ProofMalformed'],
      [{ ...body, verificationProof: 'eip191v2:0x00' }, 'ProofMalformed'],
    ];
    for (const [forgery, code] of forgeries) {
      const answer = await post(forgery);
      expect([answer.status, codeOf(answer)]).toEqual([403, code]);
    }
    await expectNothing();
  });

  it('ND-01 takes no proof that binds neither receiver nor content, though its signature is right', async () => {
    const body = await legacyMessage('hello', 'hello');
    for (const older of [
      body,
      { ...body, messageObj: { content: 'other' }, verificationProof: `pgp:${body.signature}` },
    ]) {
      expect((await post(older)).status).toBeGreaterThanOrEqual(400);
    }
    // A new message without its proof, towards somebody else.
    const sent = await sealed(text('for Bob'));
    const stolen = {
      ...sent,
      toDID: didOf('carol'),
      toCAIP10: didOf('carol'),
      verificationProof: `pgp:${sent.signature}`,
    };
    expect(codeOf(await post(stolen))).toBe('ProofDowngrade');
    await expectNothing();
  });

  it('ND-02 refuses plain text to a peer who has a key, and combinations that make no sense', async () => {
    const encrypted = await sealed(text('x'));
    const plain = await sealed(text('x'), { plain: true });
    const nonsense: [MessageBody, string][] = [
      [plain, 'PlaintextRefused'],
      [await resigned(encrypted, { encType: 'PlainText' }), 'PayloadMalformed'],
      [await resigned(encrypted, { encryptedSecret: '' }), 'PayloadMalformed'],
      [await resigned(encrypted, { encryptedSecret: null }), 'PayloadMalformed'],
      [await resigned(encrypted, { messageObj: { content: 'x' } }), 'PayloadMalformed'],
      [await resigned(plain, { encryptedSecret: 'secret' }), 'PayloadMalformed'],
      [await resigned(encrypted, { sessionKey: 'a'.repeat(64) }), 'PayloadMalformed'],
      [
        await resigned(encrypted, { encType: 'pgpv1:group', sessionKey: 'a'.repeat(64), encryptedSecret: null }),
        'UnsupportedEncType',
      ],
      [await resigned(encrypted, { encType: 'rot13' }), 'UnsupportedEncType'],
      [await resigned(plain, { messageObj: { content: { deep: 1 } } }), 'PayloadMalformed'],
      [await resigned(encrypted, { messageType: 'Meta' }), 'UnsupportedMessageType'],
      [await resigned(encrypted, { messageType: 'UserActivity' }), 'UnsupportedMessageType'],
    ];
    for (const [body, code] of nonsense) {
      const answer = await post(body);
      expect([answer.status, codeOf(answer)]).toEqual([400, code]);
    }
    await expectNothing();
  });

  it('ND-02 refuses encryption to an account that has no key', async () => {
    await world.call(routes.createUser(), blankOf('dave'));
    expect(codeOf(await post(await sealed(text('x'), { to: 'dave' })))).toBe('KeyNotFound');
  });

  it('refuses senders and receivers without a profile', async () => {
    expect(codeOf(await post(await sealed(text('x'), { to: 'dave' })))).toBe('KeyNotFound');
    expect(codeOf(await post(await sealed(text('x'), { from: 'dave' })))).toBe('KeyNotFound');
  });

  it('ND-04 GR-10 a block holds in every spelling and both directions, for requests, messages and answers', async () => {
    await world.ask('alice', 'bob');
    const blocked = await world.call(
      routes.updateProfile(didOf('bob')),
      await profile('bob', [onChain(lower(didOf('alice')))]),
    );
    expect(blocked.status).toBe(201);
    const [alice, bob] = ['alice', 'bob'].map(world.listen);
    const body = await sealed(text('x'));
    const spellings = [
      body,
      await resigned(body, { fromDID: lower(body.fromDID), fromCAIP10: onChain(body.fromDID) }),
      await resigned(body, { toDID: lower(body.toDID), toCAIP10: onChain(lower(body.toDID)) }),
      await sealed(text('back'), { from: 'bob', to: 'alice' }),
    ];
    for (const spelled of spellings)
      expect(await postLater(spelled)).toMatchObject({ status: 403, body: { details: { code: 'BlockedPeer' } } });
    expect(codeOf(await world.accept('alice', 'bob'))).toBe('BlockedPeer');
    await world.block('carol', 'alice');
    expect(codeOf(await world.ask('alice', 'carol'))).toBe('BlockedPeer');
    expect([...(alice ?? []), ...(bob ?? [])]).toEqual([]);
  });

  it('ND-09 refuses addresses of look-alike characters, and all that is no address', async () => {
    const body = await sealed(text('x'));
    const digits = didOf('bob').slice('eip155:0x'.length);
    const bad = [
      `eip155:0х${digits}`,
      `eip155:0x${digits.replace('7', '７')}`,
      `eip155:0x${digits.slice(1)}`,
      `eip155:0x${digits} `,
      `EIP155:0x${digits}`,
      `eip155:01:0x${digits}`,
      `eip155:+1:0x${digits}`,
      `eip155:0x${digits.toLowerCase().replace('d', 'D')}`,
      'vitalik.eth',
      ':'.repeat(1_000).slice(0, 500),
      '',
    ];
    for (const toDID of bad) {
      const answer = await post({ ...body, toDID, toCAIP10: toDID });
      expect([toDID, answer.status]).toEqual([toDID, 400]);
    }
    await expectNothing();
  });

  it('GR-15 refuses a request to oneself in any spelling, to the zero address, and to a group', async () => {
    const me = didOf('alice');
    const body = await sealed(text('x'));
    for (const to of [me, lower(me), onChain(me)]) {
      expect(codeOf(await post(await resigned(body, { toDID: to, toCAIP10: to })))).toBe('ReceiverMismatch');
    }
    for (const to of [`eip155:0x${'0'.repeat(40)}`, `eip155:1:0x${'0'.repeat(40)}`]) {
      expect(codeOf(await post(await resigned(body, { toDID: to, toCAIP10: to })))).toBe('InvalidAddress');
      expect((await world.call(routes.createUser(), { ...blankOf('bob'), did: to, caip10: to })).status).toBe(400);
    }
    const group = 'a'.repeat(64);
    expect((await post(await resigned(body, { toDID: group, toCAIP10: group }))).status).toBe(404);
    await expectNothing();
  });

  it('refuses what JSON would not give back as it came, and depth that would break readers', async () => {
    await world.call(routes.createUser(), blankOf('dave'));
    const plain = JSON.stringify(await sealed(text('x'), { to: 'dave', plain: true }));
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    for (const extra of ['1e400', '-0', deep]) {
      const answer = await post(plain.replace('"messageObj":{', `"messageObj":{"x":${extra},`));
      expect([answer.status, codeOf(answer)]).toEqual([400, 'PayloadMalformed']);
    }
  });
});

describe.each(STORES)('in a store in %s', (_, open) => {
  beforeEach(async () => {
    world = createNodeWorld(await open());
    await world.join('alice', 'bob');
  });

  it('ND-10 stores a body once, however often and wherever it is posted, and tells of it once', async () => {
    const bob = world.listen('bob');
    const request = await sealed(text('May I?'));
    const first = await post(request);
    expect(first.status).toBe(201);
    expect(await post(request)).toEqual(first);
    expect(await postLater(request)).toEqual(first);
    const message = await sealed(text('Hello'));
    const answers = await Promise.all(Array.from({ length: 50 }, () => postLater(message)));
    expect(new Set(answers.map(({ status, body }) => `${String(status)} ${String(body.cid)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    // What no proof covers does not make another message of it.
    expect((await postLater({ ...message, messageContent: 'other', signature: 'other' })).body.cid).toBe(
      answers[0]?.body.cid,
    );
    expect(bob.map(({ cid }) => cid)).toEqual([first.body.cid, answers[0]?.body.cid]);
    expect(await world.history('alice', 'bob')).toHaveLength(2);
  });

  it('ND-10 gives the same answer again even after the sender was blocked', async () => {
    const request = await sealed(text('May I?'));
    const { body } = await post(request);
    await world.block('bob', 'alice');
    expect(await post(request)).toEqual({ status: 201, body });
  });

  it('ND-11 sends at once from both sides make one unbroken chain', async () => {
    await world.ask('alice', 'bob');
    await world.accept('alice', 'bob');
    const bodies = await Promise.all(
      Array.from({ length: 24 }, (_, i) => sealed(text(String(i)), i % 2 === 0 ? {} : { from: 'bob', to: 'alice' })),
    );
    const answers = await Promise.all(bodies.map(postLater));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const messages = await world.history('alice', 'bob');
    expect(messages).toHaveLength(25);
    expectUnbroken(messages);
  });

  it('ND-11 two first messages at once: one request, the other sender is told that it exists', async () => {
    const bodies = [await sealed(text('me first')), await sealed(text('no, me'), { from: 'bob', to: 'alice' })];
    const statuses = (await Promise.all(bodies.map(post))).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, 409]);
    expectUnbroken(await world.history('alice', 'bob'));
  });
});

describe('any interleaving', () => {
  it('ND-11 of posts, repeats and clock changes gives one unbroken chain of each body once', async () => {
    const bodies = await Promise.all(
      Array.from({ length: 8 }, (_, i) => sealed(text(String(i)), i % 2 === 0 ? {} : { from: 'bob', to: 'alice' })),
    );
    const first = await sealed(text('May I?'));
    const step = fc.record({
      which: fc.nat(bodies.length - 1),
      wait: fc.boolean(),
      clock: fc.integer({ min: -5_000, max: 5_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
        world = createNodeWorld();
        await world.join('alice', 'bob');
        const bob = world.listen('bob');
        await post(first);
        const posted: Promise<Answer>[] = [];
        for (const { which, wait, clock } of steps) {
          world.clock.time = NOW.getTime() + clock;
          const answer = postLater(bodies[which]);
          posted.push(answer);
          if (wait) await answer;
        }
        expect(new Set((await Promise.all(posted)).map(({ status }) => status)).size).toBeLessThan(2);
        const messages = await world.history('bob', 'alice');
        expectUnbroken(messages);
        expect(messages).toHaveLength(1 + new Set(steps.map(({ which }) => which)).size);
        expect(bob.map(({ cid }) => cid)).toEqual(messages.map(({ cid }) => cid));
      }),
      { numRuns: 25 },
    );
  });
});

describe('the official client’s own messages', () => {
  it('are all admitted in their order, but for the two kinds that belong to groups', async () => {
    world = createNodeWorld(undefined, { chains: await vectorChains() });
    await world.join('alice', 'carol', 'erin', 'grace-scw', 'heidi-nft');
    await world.call(routes.createUser(), blankOf('bob'));
    const statuses: Record<string, number> = {};
    for (const { name, body, path } of vectorMessages) {
      statuses[name] = (await world.call({ method: 'POST', path }, body)).status;
      if (name === 'w2w-plaintext-first-message-to-non-user') await world.join('bob');
    }
    const groupOnly = ['w2w-meta', 'w2w-user-activity'];
    expect(statuses).toEqual(
      Object.fromEntries(vectorMessages.map(({ name }) => [name, groupOnly.includes(name) ? 400 : 201])),
    );
    const withBob = vectorMessages.filter(({ name, receiver }) => receiver === 'bob' && !groupOnly.includes(name));
    const messages = await world.history('alice', 'bob');
    expectUnbroken(messages);
    expect(messages.map(({ verificationProof }) => verificationProof)).toEqual(
      withBob.map(({ body }) => body.verificationProof),
    );
  });
});
