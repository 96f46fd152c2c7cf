import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock } from '../../src/testing/testClock.ts';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';
import { until } from '../../src/testing/until.ts';
import { text, textsOf } from '../support/until.ts';

let world: TestWorld;
beforeEach(() => {
  world = createTestWorld();
});
afterEach(() => {
  world.close();
});

describe('a conversation of a test', () => {
  it('is heard on both sides, and who answers has accepted', async () => {
    const { Ada, Bob } = await world.converse([
      ['Ada', 'Bob', 'Is this in stock?'],
      ['Ada', 'Bob', { type: 'Image', content: 'data:image/png;base64,iVBORw0KGgo=' }],
      ['Bob', 'Ada', 'Two are left.'],
    ]);
    await Promise.all([Ada.client.openThread(Bob.did), Bob.client.openThread(Ada.did)]);
    const said = ['Is this in stock?', 'data:image/png;base64,iVBORw0KGgo=', 'Two are left.'];
    expect(textsOf(Ada.client, Bob.did).at(-1)).toBe('Two are left.');
    expect(textsOf(Bob.client, Ada.did)).toHaveLength(said.length);
    expect(Bob.client.store.get().chats.items).toHaveLength(1);
  });

  it('stays a request where nobody answers, and goes on with who is there', async () => {
    const carol = await world.join('Carol');
    const { Carol } = await world.converse([['Dave', 'Carol', 'Hello?']]);
    expect(Carol).toBe(carol);
    expect(carol.client.store.get().requests.items).toHaveLength(1);
    expect(carol.client.store.get().chats.items).toHaveLength(0);
  });
});

describe('the network of a test', () => {
  it('can be cut and mended, and the client knows', async () => {
    const { Ada, Bob } = await world.converse([['Ada', 'Bob', 'Hi']]);
    Ada.network.set({ offline: true });
    expect(Ada.client.store.get().connection).toBe('offline');
    await expect(Ada.client.getProfile(world.wallet('Nobody').address)).rejects.toMatchObject({
      code: 'NetworkUnavailable',
    });
    const sending = Ada.client.sendMessage(Bob.did, text('Are you there?'));
    Ada.network.mend();
    await sending;
    expect(Ada.client.store.get().connection).toBe('online');
    await Bob.client.openThread(Ada.did);
    expect(textsOf(Bob.client, Ada.did)).toEqual(['Hi', 'Are you there?']);
  });

  it('loses calls by counting', async () => {
    const ada = await world.join('Ada');
    ada.network.set({ lost: 0.5 });
    const asked = await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) =>
        ada.network.transport.request({
          method: 'GET',
          path: `/apis/v2/users/?caip10=eip155:${world.wallet(String(i)).address}`,
        }),
      ),
    );
    expect(asked.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true, false]);
  });

  it('takes its time by the clock of the test', async () => {
    const clock = createTestClock({ at: Date.now(), stopped: true });
    world.close();
    world = createTestWorld({ clock });
    const ada = await world.join('Ada');
    ada.network.set({ latency: 5_000 });
    let answered = false;
    const asking = ada.client.getProfile(world.wallet('Bob').address).then(() => (answered = true));
    await clock.advance(4_999);
    expect(answered).toBe(false);
    await clock.advance(1);
    await asking;
  });

  it('lets the node lie by name, to one client alone', async () => {
    const { Ada, Bob } = await world.converse([
      ['Ada', 'Bob', 'one'],
      ['Bob', 'Ada', 'two'],
      ['Ada', 'Bob', 'three'],
    ]);
    const device = await world.join('Bob');
    device.network.set({ lies: ['CR-02'] });
    await Promise.all([device.client.openThread(Ada.did), Ada.client.openThread(Bob.did)]);
    expect(textsOf(device.client, Ada.did)).toEqual(['<quarantined>', '<quarantined>', '<quarantined>']);
    expect(textsOf(Ada.client, Bob.did)).toEqual(['one', 'two', 'three']);
    expect(() => device.network.set({ lies: ['XX-99'] })).toThrow(/There is no lie "XX-99"/);
  });
});

describe('the clock of a test', () => {
  it('locks chat when nobody did anything for a while, without waiting for it', async () => {
    const ada = await world.join('Ada', { autoLockMs: 15 * 60_000 });
    await world.clock.advance(16 * 60_000);
    await until(ada.client, ({ session }) => session.status === 'locked');
  });

  it('lets everything happen in its order, also what is begun on the way', async () => {
    const clock = createTestClock({ at: '2026-01-01T00:00:00Z', stopped: true });
    const seen: string[] = [];
    const note = (what: string): void => void seen.push(`${what} ${clock.now() - Date.parse('2026-01-01')}`);
    const stop = clock.every(20, () => note('every'));
    void clock.wait(50).then(async () => {
      note('first');
      await clock.wait(5);
      note('second');
    });
    void clock.wait(10).then(() => note('early'));
    await clock.advance(60);
    expect(seen).toEqual(['early 10', 'every 20', 'every 40', 'first 50', 'second 55', 'every 60']);
    stop();
    await clock.advance(100);
    expect(seen).toHaveLength(6);
    expect(clock.now()).toBe(Date.parse('2026-01-01') + 160);
  });

  it('goes on by itself otherwise', async () => {
    const clock = createTestClock({ at: 0 });
    await clock.wait(5);
    expect(clock.now()).toBeGreaterThanOrEqual(5);
    let rings = 0;
    const stop = await new Promise<() => void>((resolve) => {
      const end = clock.every(2, () => {
        rings += 1;
        if (rings === 3) resolve(end);
      });
    });
    stop();
  });
});
