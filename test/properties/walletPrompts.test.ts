import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { Signer } from '../../src/client/signerAddress.ts';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';

let world: TestWorld;
beforeAll(async () => {
  world = createTestWorld();
  await world.join('Alice');
});
afterAll(() => world.close());

const ACTS = ['unlock', 'unlock', 'lock', 'logout', 'answer'] as const;

/** Long enough for whatever can go on without an answer of the wallet. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise(setImmediate);
}

/** Does these acts one after another. @returns how many prompts of the wallet were open at once, at most */
async function mostPrompts(
  acts: readonly (typeof ACTS)[number][],
  isShown: (count: () => number) => Promise<void> | void = () => undefined,
): Promise<number> {
  const open: (() => void)[] = [];
  let most = 0;
  const wallet = world.wallet('Alice');
  const signer = {
    getAddress: () => Promise.resolve(wallet.address),
    signMessage: async (text: string) => {
      await new Promise<void>((resolve) => (most = Math.max(most, open.push(resolve))));
      return wallet.signMessage(text);
    },
  } as Signer;
  const client = createPushChat({ signer, node: world.node });
  const run = {
    unlock: () => void client.unlock().catch(() => undefined),
    lock: () => client.lock(),
    logout: () => void client.logout(),
    answer: () => open.shift()?.(),
  };
  for (const act of acts) {
    run[act]();
    await settle();
  }
  await isShown(() => most);
  while (open.length > 0) {
    run.answer();
    await settle();
  }
  client.close();
  return most;
}

describe('wallet prompts', () => {
  it('F14 at most one is open, however unlocking and locking meet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...ACTS), { minLength: 3, maxLength: 8 }), async (acts) => {
        expect(await mostPrompts(acts)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 10, examples: [[['unlock', 'lock', 'unlock', 'answer']]] },
    );
    // Where nothing stands in its way one does open.
    expect(await mostPrompts(['unlock'], (count) => expect.poll(count).toBe(1))).toBe(1);
  });
});
