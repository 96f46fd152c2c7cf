import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatConfig } from '../../src/client/pushChatConfig.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import { createTestNetwork, type TestNetwork } from '../../src/testing/testNetwork.ts';
import type { TestWorld } from '../../src/testing/testWorld.ts';
import { browserOf, type Browser } from './browser.ts';

/** One page of a device, in a tab of its own. */
export interface DevicePage {
  readonly client: PushChatClient;
  readonly wire: TestNetwork;
  readonly tab: ReturnType<Browser['openTab']>;
}

/** Alice on one device: each page of it is another client on the same storage. */
export function deviceIn(
  world: TestWorld,
  storage: DeviceStorage = memoryStorage(),
  browser: Browser = browserOf(),
): { storage: DeviceStorage; browser: Browser; open: (config?: Partial<PushChatConfig>) => Promise<DevicePage> } {
  return {
    storage,
    browser,
    open: async (config = {}) => {
      const wire = createTestNetwork(world.node);
      const tab = browser.openTab();
      const client = createPushChat({
        signer: world.wallet('Alice'),
        transport: wire.transport,
        storage,
        tabs: tab.platform,
        keyType: 'curve25519',
        wait: () => new Promise((resolve) => setImmediate(resolve)),
        ...config,
      });
      client.start();
      await client.unlock();
      return { client, wire, tab };
    },
  };
}
