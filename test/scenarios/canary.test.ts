import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { Transport } from '../../src/client/transport.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { hostileNode, inHistory, renamed, type Lie } from '../../src/testing/hostileNode.ts';
import { text, textsOf, until } from '../support/until.ts';

const CANARY = 'canary-7f3c91-plaintext';
let world: TestWorld;
let alice: TestUser;
let bob: TestUser;
const clients: PushChatClient[] = [];

beforeEach(async () => {
  world = createTestWorld();
  [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  world.close();
  vi.restoreAllMocks();
});

/** Everything that is in a value, however deep, as text; bytes as the letters that they would be. */
const allOf = (value: unknown): string =>
  [
    inspect(value, { depth: 50, maxArrayLength: null, maxStringLength: null, showHidden: true, getters: true }),
    ...bytesIn(value).map((bytes) => Buffer.from(bytes).toString('latin1')),
  ].join('\n');

function bytesIn(value: unknown): Uint8Array[] {
  if (value instanceof ArrayBuffer) return [new Uint8Array(value)];
  if (value instanceof Uint8Array) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytesIn) : [];
}

it('F13 ST-08 the words, secrets and keys of a chat are in no request, no log, no error and nothing kept', async () => {
  const requests: unknown[] = [];
  const logged: unknown[] = [];
  const printed = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => void logged.push(words)),
  );
  const signatures: string[] = [];
  const wallet = {
    getAddress: () => bob.wallet.getAddress(),
    signMessage: async (words: string) => {
      const signature = await bob.wallet.signMessage(words);
      signatures.push(signature.slice(2));
      return signature;
    },
  };
  const lies: Lie[] = [];
  const storage = memoryStorage();
  const way = directTransport(hostileNode(world.node, () => lies));
  const transport: Transport = {
    ...way,
    request: (route, body, token) => {
      requests.push([route, body, token]);
      return way.request(route, body, token);
    },
  };
  const client = createPushChat({
    signer: wallet,
    transport,
    storage,
    keepUnlocked: 'device',
    logger: { warn: (error) => logged.push(error) },
  });
  clients.push(client);
  client.start();
  await client.unlock();
  expect(signatures).toHaveLength(1);

  await alice.client.sendMessage(bob.did, text(`${CANARY} of alice`));
  await until(client, ({ requests: { items } }) => items.length === 1);
  await client.acceptRequest(alice.did);
  await client.openThread(alice.did);
  await client.sendMessage(alice.did, text(`${CANARY} of bob`));
  expect(textsOf(client, alice.did)).toEqual([`${CANARY} of alice`, `${CANARY} of bob`]);

  // Errors of every kind: false messages, a node that is none, sends that fail with words in them.
  const errors: unknown[] = [];
  lies.push({ name: 'CR-02', answer: inHistory((all) => all.map((m) => renamed({ ...m, verificationProof: 'x:y' }))) });
  await client.openThread(alice.did);
  lies.push({ name: 'PA-05', response: () => new Response('<html>') });
  for (const act of [
    () => client.openThread(alice.did),
    () => client.sendMessage(alice.did, text(`${CANARY} unsent`)),
    () => client.sendMessage(world.wallet('Nobody').address, text(`${CANARY} in clear`)),
    () => client.exportProof('v2:nothing'),
  ]) {
    errors.push(
      await act().then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
  }
  expect(errors.every((error) => error instanceof Error)).toBe(true);

  const kept = allOf(await storage.list(''));
  const places = { requests: allOf(requests), logged: allOf(logged), errors: allOf(errors), kept };
  const secrets = [CANARY, 'PRIVATE KEY BLOCK', ...signatures];
  for (const [place, found] of Object.entries(places)) {
    for (const secret of secrets) expect(found.includes(secret), `${secret} in ${place}`).toBe(false);
  }
  expect(requests.length).toBeGreaterThan(5);
  expect(logged.length).toBeGreaterThan(0);
  expect(kept.length).toBeGreaterThan(100);
  // What is kept does not even name whom one talks to.
  expect(kept.toLowerCase()).not.toContain(alice.did.slice('eip155:'.length).toLowerCase());
  expect(JSON.stringify(client.store.get().session)).not.toContain(CANARY);
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
});
