import type { TabPlatform } from '../../src/client/tabs/browserTabs.ts';

/** What Web Locks and BroadcastChannel do for the tabs of one browser. */
export interface Browser {
  readonly openTab: () => { readonly platform: TabPlatform; readonly close: () => void };
}

interface Held {
  readonly name: string;
  readonly tab: symbol;
  readonly release: () => void;
}

export function browserOf(): Browser {
  const held = new Set<Held>();
  const channels = new Set<{ tab: symbol; name: string; hear: (data: unknown) => void }>();
  const waiting = new Map<string, Promise<unknown>>();

  const request = async (tab: symbol, name: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const work = rest.at(-1) as () => unknown;
    // Those who share a lock wait for nobody; nobody here mixes the two kinds under one name.
    const isShared = rest.length > 1 && (rest[0] as LockOptions).mode === 'shared';
    const before = (isShared ? undefined : waiting.get(name)) ?? Promise.resolve();
    let free: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (free = resolve));
    if (!isShared) {
      waiting.set(
        name,
        before.then(() => done),
      );
    }
    await before;
    const lock: Held = {
      name,
      tab,
      release: () => {
        held.delete(lock);
        free();
      },
    };
    held.add(lock);
    try {
      return await work();
    } finally {
      lock.release();
    }
  };

  return {
    openTab: () => {
      const tab = Symbol('tab');
      const channel = (name: string): BroadcastChannel => {
        const end: { onmessage?: (event: { data: unknown }) => void } = {};
        const mine = { tab, name, hear: (data: unknown) => end.onmessage?.({ data }) };
        channels.add(mine);
        return Object.assign(end, {
          postMessage: (data: unknown) => {
            for (const other of channels) if (other.name === name && other !== mine) other.hear(data);
          },
          close: () => void channels.delete(mine),
        }) as unknown as BroadcastChannel;
      };
      return {
        platform: {
          locks: {
            request: (name: string, ...rest: readonly unknown[]) => request(tab, name, ...rest),
            query: () => Promise.resolve({ held: [...held].map(({ name }) => ({ name })) }),
          },
          channel,
        },
        // The browser lets go of whatever a tab held.
        close: () => {
          for (const lock of [...held]) if (lock.tab === tab) lock.release();
          for (const end of channels) if (end.tab === tab) channels.delete(end);
        },
      };
    },
  };
}
