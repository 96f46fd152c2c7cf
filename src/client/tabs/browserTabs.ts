import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256Hex } from '../../crypto/hash.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import type { TabNews, Tabs } from './tabs.ts';

/** What a browser gives for it; a page may lack either. */
export interface TabPlatform {
  /** Web Locks. */
  readonly locks?: Pick<LockManager, 'request' | 'query'> | undefined;
  readonly channel?: ((name: string) => BroadcastChannel) | undefined;
}

/** What this page has; a program that is no page has no tabs. */
export function platformTabs(): TabPlatform {
  if (typeof document === 'undefined') return {};
  return {
    locks: navigator.locks,
    channel: typeof BroadcastChannel === 'undefined' ? undefined : (name) => new BroadcastChannel(name),
  };
}

const KNOWN_NEWS: ReadonlySet<unknown> = new Set<TabNews>(['locked', 'logged-out', 'kept']);

/**
 * Joins the tabs that have an account open. A tab holds a lock of its own name as long as it lives; the browser lets go
 * of it when the tab ends, however it ends.
 * @param scope names account and network
 * @param hear is told what other tabs tell
 */
export function joinTabs(
  scope: string,
  hear: (news: TabNews) => void,
  { locks, channel }: TabPlatform,
  random: RandomBytes,
): Tabs {
  const me = bytesToHex(random(16));
  const lockOf = (name: string): string => `push-chat/${scope}/tab/${name}`;
  let leave: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (leave = resolve));
  const joined = new Promise<void>((resolve) => {
    if (!locks) return resolve();
    locks
      .request(lockOf(me), () => {
        resolve();
        return held;
      })
      .catch(() => resolve());
  });
  // Names that tabs hold say whom somebody chats with: other scripts of this origin need not read them.
  const heldName = (name: string): string => `push-chat/${scope}/held/${sha256Hex(`${scope} ${name}`)}`;
  let turn: Promise<unknown> = Promise.resolve();
  const news = channel?.(`push-chat/${scope}`);
  if (news) news.onmessage = ({ data }) => KNOWN_NEWS.has(data) && hear(data as TabNews);
  return {
    me,
    isOpen: async (name) => {
      if (name === me) return true;
      const { held: open = [] } = (await locks?.query()) ?? {};
      return open.some((lock) => lock.name === lockOf(name));
    },
    alone: async (work) => {
      await joined;
      const inTurn = turn.then(() => (locks ? locks.request(`push-chat/${scope}/alone`, work) : work()));
      turn = inTurn.catch(() => undefined);
      await inTurn;
    },
    hold: (name) => {
      let release: (() => void) | undefined;
      const over = new Promise<void>((resolve) => (release = resolve));
      locks?.request(heldName(name), { mode: 'shared' }, () => over).catch(() => undefined);
      return () => release?.();
    },
    isHeld: async (name) => {
      const { held: open = [] } = (await locks?.query()) ?? {};
      return open.some((lock) => lock.name === heldName(name));
    },
    tell: (what) => news?.postMessage(what),
    close: () => {
      leave?.();
      news?.close();
    },
  };
}
