import fc from 'fast-check';
import { expect, it } from 'vitest';
import { claim, dropOldClaims } from '../../src/client/notify/claims.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import { openVault, type Vault } from '../../src/client/storage/vault.ts';
import { randomBytes } from '../../src/crypto/random.ts';

const parts = { random: randomBytes, warn: () => undefined };
const scope = { did: 'eip155:0xA11CE', network: 'push-node.local' };

/** What a tab hears: an act, under one of the ids that nodes have for it; sometimes twice. */
const heard = fc.record({ tab: fc.nat(3), act: fc.nat(3), id: fc.nat(1) });

it('exactly one of all tabs takes care of each message, however what they do is interleaved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(heard, { minLength: 1, maxLength: 16 }), async (scheduler, news) => {
      const storage = memoryStorage();
      // Every step of every tab waits for its turn, which the scheduler gives in any order.
      const slow = {
        ...storage,
        putIfAbsent: scheduler.scheduleFunction((key: string, value: unknown) => storage.putIfAbsent(key, value)),
      };
      const vaults: Vault[] = [];
      for (let tab = 0; tab < 4; tab += 1) {
        const opening = openVault(slow, scope, parts);
        await scheduler.waitFor(opening);
        vaults.push(await opening);
      }
      const claims = news.map(async ({ tab, act, id }, place) => {
        const vault = vaults[tab];
        if (!vault) throw new Error('no such tab');
        return { act, isMine: await claim(vault, `claim ${place}`, [`id ${act}/${id}`, `act ${act}`], 0) };
      });
      const all = await scheduler.waitFor(Promise.all(claims));
      for (const act of new Set(news.map((each) => each.act))) {
        expect(all.filter((each) => each.act === act && each.isMine)).toHaveLength(1);
      }
    }),
    { numRuns: 60 },
  );
});

it('claims are forgotten when what they are for is no news any more', async () => {
  const vault = await openVault(memoryStorage(), scope, parts);
  const day = 24 * 60 * 60 * 1000;
  await claim(vault, 'a', ['old'], 0);
  await claim(vault, 'b', ['young'], 2 * day);
  await dropOldClaims(vault, 3 * day);
  expect((await vault.list('notified')).map(({ name }) => name)).toEqual(['young']);
});
