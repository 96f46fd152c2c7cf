import { createStore } from 'mipd';
import type { Eip1193Provider } from '../../client/signerAddress.ts';

/** A wallet of this browser, as it announced itself (EIP-6963). All of it is its own word: show it as inert text. */
export interface AnnouncedWallet {
  /** Of this announcement, and new with each load of the page. */
  readonly id: string;
  /** Names the wallet at every load, in reverse domain order: `io.metamask`. */
  readonly rdns: string;
  readonly name: string;
  /** An image in itself (`data:image/…`), for `<img>` only; undefined where it gave anything else. */
  readonly icon: string | undefined;
  readonly provider: WalletProvider;
}

/** What is asked of an EIP-1193 provider beside requests. */
export interface WalletProvider extends Eip1193Provider {
  on?(event: string, listener: (payload: unknown) => void): unknown;
  removeListener?(event: string, listener: (payload: unknown) => void): unknown;
}

const NONE: readonly AnnouncedWallet[] = [];
const listeners = new Set<() => void>();
let wallets = NONE;
let stop: (() => void) | undefined;

export const announcedWallets = {
  get: (): readonly AnnouncedWallet[] => wallets,
  /** On a server nobody announces anything. */
  getOnServer: (): readonly AnnouncedWallet[] => NONE,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    stop ??= listen();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      stop?.();
      stop = undefined;
    };
  },
};

function listen(): () => void {
  const store = createStore();
  const take = (details: readonly unknown[]): void => {
    const read = details.flatMap(readDetail);
    // A wallet that announces itself again, or two that claim to be one, are shown once.
    wallets = read.filter(({ rdns }, i) => read.findIndex((other) => other.rdns === rdns) === i);
    for (const listener of listeners) listener();
  };
  const unsubscribe = store.subscribe(take, { emitImmediately: true });
  return () => {
    unsubscribe();
    store.destroy();
  };
}

/** Any script of the page can announce anything. */
function readDetail(detail: unknown): AnnouncedWallet[] {
  const { info, provider } = (detail ?? {}) as { info?: unknown; provider?: WalletProvider };
  const { uuid, rdns, name, icon } = (info ?? {}) as Record<string, unknown>;
  if (typeof uuid !== 'string' || typeof rdns !== 'string' || typeof name !== 'string') return [];
  if (typeof provider?.request !== 'function') return [];
  const isImage = typeof icon === 'string' && /^data:image\//i.test(icon);
  return [{ id: uuid, rdns, name: name.slice(0, 60), icon: isImage ? icon : undefined, provider }];
}
