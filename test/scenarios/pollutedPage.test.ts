import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';

let world: TestWorld | undefined;
afterEach(() => {
  for (const name of ['allowPlaintext', 'acceptKeyChange']) Reflect.deleteProperty(Object.prototype, name);
  world?.close();
});

/** Not enumerable, since the node of these tests lives in the same page. */
const inherit = (...names: readonly string[]): void => {
  for (const name of names) Object.defineProperty(Object.prototype, name, { value: true, configurable: true });
};

describe('a page that has changed what every object inherits', () => {
  it('SC-05 gives no consent that the user did not give', async () => {
    world = createTestWorld();
    const ada = await world.join('Ada');
    inherit('allowPlaintext', 'acceptKeyChange');
    const stranger = world.wallet('Never here').address;
    const said = { type: 'Text', content: 'in the clear?' } as const;
    await expect(ada.client.sendMessage(stranger, said)).rejects.toMatchObject({ code: 'PlaintextRefused' });
    await expect(ada.client.sendMessage(stranger, said, {})).rejects.toMatchObject({ code: 'PlaintextRefused' });
  });

  it('SC-05 goes on to encrypt and to verify', async () => {
    world = createTestWorld();
    const ada = await world.join('Ada');
    const bob = await world.join('Bob');
    inherit('allowPlaintext');
    await ada.client.sendMessage(bob.did, { type: 'Text', content: 'sealed' });
    await bob.client.openThread(ada.did);
    const [item] = bob.client.store.get().threads[ada.did]?.items ?? [];
    expect(item).toMatchObject({ state: 'verified', encrypted: true });
  });
});
