import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatConfig } from '../../src/client/pushChatConfig.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import type { LiveListener, Transport } from '../../src/client/transport.ts';
import { PushChatError } from '../../src/errors.ts';
import type { TestWorld } from '../../src/testing/testWorld.ts';
import { browserOf, type Browser } from './browser.ts';

/** A way to the node that can be cut, be deaf, and lose an answer after the node has done its work. */
export interface Cable extends Transport {
  readonly cut: (off: boolean) => void;
  /** What the node tells is dropped, and nobody notices. */
  readonly deafen: (deaf: boolean) => void;
  readonly loseAnswers: (count: number) => void;
}

export function cableTo({ node }: TestWorld): Cable {
  const way = directTransport(node);
  const listeners = new Set<LiveListener>();
  let [off, deaf, lost] = [false, false, 0];
  const unreachable = (): PushChatError => new PushChatError('NetworkUnavailable', 'The cable is cut.');
  return {
    ...way,
    request: async (route, body) => {
      if (off) throw unreachable();
      const answer = await way.request(route, body);
      if (route.method !== 'POST' || lost === 0) return answer;
      lost -= 1;
      throw unreachable();
    },
    subscribe: (did, listener) => {
      listeners.add(listener);
      const stop = way.subscribe(did, { ...listener, event: (payload) => off || deaf || listener.event(payload) });
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    cut: (now) => {
      off = now;
      for (const listener of listeners) listener.status(now ? 'offline' : 'online');
    },
    deafen: (now) => (deaf = now),
    loseAnswers: (count) => (lost = count),
  };
}

/** One page of a device, in a tab of its own. */
export interface DevicePage {
  readonly client: PushChatClient;
  readonly wire: Cable;
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
      const wire = cableTo(world);
      const tab = browser.openTab();
      const client = createPushChat({
        signer: world.wallet('Alice'),
        transport: wire,
        storage,
        tabs: tab.platform,
        wait: () => new Promise((resolve) => setImmediate(resolve)),
        ...config,
      });
      client.start();
      await client.unlock();
      return { client, wire, tab };
    },
  };
}
