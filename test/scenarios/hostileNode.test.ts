import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { httpTransport } from '../../src/client/httpTransport.ts';
import type { LiveListener, Transport } from '../../src/client/transport.ts';
import type { PushChatError } from '../../src/errors.ts';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import type { StoredMessage } from '../../src/protocol/payload.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let alice: TestUser;
let bob: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
  await alice.client.sendMessage(bob.did, text('first'));
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.acceptRequest(alice.did);
  await alice.client.sendMessage(bob.did, text('second'));
  await alice.client.sendMessage(bob.did, text('third'));
});
afterEach(() => {
  world.close();
});

type Answer = Record<string, unknown>;

/** A node that lies: it changes its answers on the way. */
const lying =
  (change: (path: string, answer: Answer) => unknown) =>
  (transport: Transport): Transport => ({
    ...transport,
    request: async (route, body) => {
      const answer = await transport.request(route, body);
      return answer === null ? answer : change(route.path, answer as Answer);
    },
  });

/** Changes histories alone. */
const changingHistory = (change: (messages: StoredMessage[]) => unknown[]) =>
  lying((path, answer) =>
    path.includes('/conversationhash/') ? change(answer as unknown as StoredMessage[]) : answer,
  );

/** Changes the named message of a history and gives it the id that its new bytes have, as a careful liar would. */
const forging = (index: number, forge: (message: StoredMessage) => object) => {
  let forged: string | undefined;
  return changingHistory((messages) => {
    forged ??= messages[index]?.cid;
    return messages.map((message) => (message.cid === forged ? renamed({ ...message, ...forge(message) }) : message));
  });
};

/** The message under the id of its new bytes. */
function renamed({ cid: _, chatId, ...block }: StoredMessage): object {
  return { ...block, chatId, cid: blockCid(encodeBlock(block)) };
}

async function bobsThread(through: (transport: Transport) => Transport): Promise<TestUser> {
  const device = await world.join('Bob', { through });
  await device.client.openThread(alice.did);
  return device;
}

describe('a node that changes messages', () => {
  it.each([
    [
      'CR-01',
      'ProofInvalid',
      (m: StoredMessage) => ({
        encType: 'PlainText',
        encryptedSecret: '',
        messageObj: { content: 'I owe you' },
        messageContent: 'I owe you',
        verificationProof: m.verificationProof,
      }),
    ],
    ['CR-02', 'ProofMissing', () => ({ verificationProof: '', signature: '' })],
    ['CR-03', 'PayloadMalformed', () => ({ messageObj: { content: 'I owe you' } })],
    ['KI-06', 'SenderMismatch', () => ({ fromDID: bob.did })],
    [
      'KI-07',
      'SenderMismatch',
      () => ({ fromDID: bob.did, fromCAIP10: bob.did, toDID: alice.did, toCAIP10: alice.did }),
    ],
    ['CH-01', 'ReceiverMismatch', () => ({ toDID: world.wallet('Carol').address })],
    [
      'CH-02',
      'ReceiverMismatch',
      () => ({ toDID: world.wallet('Carol').address, toCAIP10: world.wallet('Carol').address }),
    ],
  ] as const)('%s hides the message as %s, and its neighbours stay', async (_, reason, forge) => {
    const device = await bobsThread(forging(1, forge));
    const items = itemsOf(device.client, alice.did);
    expect(items).toHaveLength(3);
    expect(items.filter(({ state }) => state === 'quarantined')).toMatchObject([{ reason, from: 'peer' }]);
    expect(textsOf(device.client, alice.did).sort()).toEqual(['<quarantined>', 'first', 'third']);
  });

  it('CR-11 hides a message whose proof was stripped, since its sender uses the current one', async () => {
    const device = await bobsThread(forging(0, () => ({ verificationProof: null })));
    expect(textsOf(device.client, alice.did)).toEqual(['first', 'second', '<quarantined>']);
    expect(itemsOf(device.client, alice.did).at(-1)).toMatchObject({ reason: 'ProofDowngrade' });
  });

  it('CH-03 shows a message once that is served again under a new id, link and time, and logs the replay', async () => {
    const replaying = changingHistory((messages) => {
      const [, second] = messages;
      return second
        ? [renamed({ ...second, timestamp: second.timestamp + 60_000, link: second.cid }), ...messages]
        : messages;
    });
    const logged: PushChatError[] = [];
    const device = await world.join('Bob', { through: replaying, logger: { warn: (error) => logged.push(error) } });
    await device.client.openThread(alice.did);
    expect(textsOf(device.client, alice.did)).toEqual(['first', 'second', 'third']);
    expect(logged.map(({ code }) => code)).toContain('ReplayDetected');
  });

  it('CH-04 hides a message that does not hash to its id', async () => {
    const device = await bobsThread(
      changingHistory((messages) => messages.map((message, i) => (i === 1 ? { ...message, timestamp: 5 } : message))),
    );
    expect(itemsOf(device.client, alice.did).find(({ state }) => state === 'quarantined')).toMatchObject({
      reason: 'CidMismatch',
    });
  });

  it.each([[{}], [null], [{ fromDID: 7 }], ['text'], [{ link: '' }]])(
    'PA-01 a history entry of shape %j harms nobody',
    async (shape) => {
      const device = await bobsThread(
        changingHistory(([newest, ...rest]) => [
          typeof shape === 'object' && shape ? { ...newest, fromDID: 7, ...shape } : shape,
          ...rest,
        ]),
      );
      expect(textsOf(device.client, alice.did)).toEqual(['first', 'second']);
    },
  );

  it('PA-07 asks for nothing by a link or head that is no message id', async () => {
    const asked: string[] = [];
    const device = await bobsThread((transport) => {
      const tampered = forging(2, () => ({ link: '../../v2/users' }))(transport);
      return { ...tampered, request: (route, body) => (asked.push(route.path), tampered.request(route, body)) };
    });
    expect(device.client.store.get().threads[alice.did]?.older).toBeNull();
    await device.client.loadOlder(alice.did);
    expect(asked.some((path) => path.includes('..'))).toBe(false);

    const other = await world.join('Bob', {
      through: lying((path, answer) =>
        path.includes('/chat/eip155') ? { ...answer, threadhash: '%2e%2e%2fv2%2fusers' } : answer,
      ),
    });
    await expect(other.client.openThread(alice.did)).rejects.toMatchObject({ code: 'PayloadMalformed' });
  });
});

describe('a node that changes keys', () => {
  const aliceWithKeyOf = (publicKey: unknown, verificationProof?: unknown) =>
    lying((path, answer) => {
      const swap = (user: Answer): Answer =>
        user['did'] === alice.did
          ? { ...user, publicKey, ...(verificationProof !== undefined && { verificationProof }) }
          : user;
      if (path.includes('/v2/users/batch')) return { ...answer, users: (answer['users'] as Answer[]).map(swap) };
      return path.includes('/v2/users/?') ? swap(answer) : answer;
    });
  const publicKeyOf = async (user: TestUser): Promise<unknown> =>
    ((await (await world.node.fetch(new Request(`http://n/apis/v2/users/?caip10=${user.did}`))).json()) as Answer)[
      'publicKey'
    ];

  it('KI-01 renders nothing by a substituted key and sends nothing to it', async () => {
    const mallory = await world.join('Mallory');
    const device = await bobsThread(aliceWithKeyOf(await publicKeyOf(mallory)));
    expect(
      new Set(itemsOf(device.client, alice.did).map((item) => ('reason' in item ? item.reason : item.state))),
    ).toEqual(new Set(['KeyUnattested']));
    await expect(device.client.sendMessage(alice.did, text('secret'))).rejects.toMatchObject({ code: 'KeyUnattested' });
    expect(device.client.store.get().threads[alice.did]?.peerKey).toBe('unattested');
  });

  it.each([null, '', 'a:xyz', 'DEPRECATED'])(
    'KI-02 never calls a key verified whose proof is %j, and sends nothing to it',
    async (proof) => {
      const device = await bobsThread(aliceWithKeyOf(await publicKeyOf(alice), proof));
      expect(new Set(itemsOf(device.client, alice.did).map(({ state }) => state))).toEqual(new Set(['signed']));
      await expect(device.client.sendMessage(alice.did, text('secret'))).rejects.toMatchObject({
        code: 'KeyUnattested',
      });
    },
  );

  it('GR-04 sends nothing in plain text when the key of a peer who had one is hidden', async () => {
    const device = await world.join('Bob', { through: aliceWithKeyOf('', null) });
    await bob.client.sendMessage(alice.did, text('from my other device'));
    await device.client.openThread(alice.did);
    await expect(device.client.sendMessage(alice.did, text('secret'), { allowPlaintext: true })).rejects.toMatchObject({
      code: 'PlaintextRefused',
    });
  });
});

describe('a node that lies live', () => {
  /** Lets the test speak as the node on the live connection. */
  async function listening(name: string): Promise<{
    user: TestUser;
    say: (payload: unknown) => void;
    refusals: (count: number) => Promise<PushChatError[]>;
  }> {
    let heard: LiveListener | undefined;
    const logged: PushChatError[] = [];
    let changed = (): void => undefined;
    const warn = (error: PushChatError): void => {
      logged.push(error);
      changed();
    };
    const refusals = (count: number): Promise<PushChatError[]> =>
      new Promise((resolve) => {
        changed = () => {
          if (logged.length >= count) resolve(logged);
        };
        changed();
      });
    const user = await world.join(name, {
      logger: { warn },
      through: (transport) => ({
        ...transport,
        subscribe: (did, listener) => {
          heard = listener;
          return transport.subscribe(did, listener);
        },
      }),
    });
    return { user, say: (payload) => heard?.event(payload), refusals };
  }

  it('GR-05 ignores an accept without the peer’s proof', async () => {
    const { user, say, refusals } = await listening('Carol');
    await user.client.openThread(bob.did);
    await user.client.sendMessage(bob.did, text('May I?'));
    const accept = {
      messageCategory: 'Approve',
      messageOrigin: 'other',
      hasIntent: true,
      fromDID: bob.did,
      toDID: user.did,
      chatId: 'c',
    };
    say({ ...accept, verificationProof: 'pgp-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n' });
    say({ ...accept, verificationProof: null });
    expect((await refusals(2)).map(({ code }) => code)).toEqual(['ProofMalformed', 'ProofMalformed']);
    expect(user.client.store.get().threads[bob.did]?.relation).toBe('request-sent');
  });

  it('drops a malformed event alone', async () => {
    const { user, say } = await listening('Bob');
    await user.client.openThread(alice.did);
    for (const event of [null, 7, 'x', [], {}, { messageCategory: 'Chat' }, { messageCategory: ['Chat'] }]) say(event);
    await alice.client.sendMessage(bob.did, text('still here'));
    await until(user.client, () => textsOf(user.client, alice.did).includes('still here'));
  });
});

describe('answers that are none', () => {
  it.each([
    ['an HTML page', () => new Response('<html>hello</html>', { headers: { 'content-type': 'text/html' } })],
    ['truncated JSON', () => new Response('{"chats":[')],
    ['garbage', () => new Response(new Uint8Array([31, 139, 8, 0, 1, 2, 3]))],
    ['an HTML error', () => new Response('<html>broken</html>', { status: 500 })],
    ['an empty error', () => new Response(null, { status: 500 })],
  ])('PA-05 %s is a NodeError', async (_, answer) => {
    const node = {
      fetch: () => Promise.resolve(answer()),
      connect: () => ({
        challenge: {},
        isListening: () => true,
        prove: () => Promise.resolve(),
        stop: () => undefined,
      }),
    };
    const client = createPushChat({ signer: world.wallet('Alice'), node });
    await expect(client.unlock()).rejects.toMatchObject({ code: 'NodeError' });
    client.close();
  });

  it('PA-05 a proxy’s page about a node that is away says that it is away, and may be asked again', async () => {
    const node = {
      fetch: () => Promise.resolve(new Response('<html>bad gateway</html>', { status: 502 })),
      connect: () => ({
        challenge: {},
        isListening: () => true,
        prove: () => Promise.resolve(),
        stop: () => undefined,
      }),
    };
    const client = createPushChat({ signer: world.wallet('Alice'), node });
    await expect(client.unlock()).rejects.toMatchObject({ code: 'NetworkUnavailable' });
    client.close();
  });

  it('names a node that cannot be reached', async () => {
    const client = createPushChat({ signer: world.wallet('Alice'), transport: httpTransport('http://127.0.0.1:9') });
    await expect(client.unlock()).rejects.toMatchObject({ code: 'NetworkUnavailable' });
    client.close();
  });
});
