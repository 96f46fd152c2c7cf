import type { Wallet } from 'ethers';
import { useState } from 'react';
import { ChatInbox, PushChatProvider, workerKeys } from '../src/exports/index.ts';
import type { Signer } from '../src/exports/core.ts';
import { useBrowserWallets, type BrowserWallet } from './useBrowserWallets.ts';

export interface PaneProps {
  readonly name: string;
  /** The wallet that this page made for the side. */
  readonly wallet: Wallet;
  readonly peer: string;
  readonly node: string;
  readonly mode: 'light' | 'dark' | 'system';
  /** How often a stranger has written: each time the pane goes back to its lists. */
  readonly knocks?: number;
}

/** Your dapp would write `new URL('push-chat-kit/worker', import.meta.url)`. */
const makeWorker = (): Worker => new Worker(new URL('../src/exports/worker.ts', import.meta.url), { type: 'module' });

/** One side of the conversation: what a dapp would embed, under a bar to choose the wallet. */
export function Pane({ name, wallet, peer, node, mode, knocks = 0 }: PaneProps): React.JSX.Element {
  const [signer, setSigner] = useState<Signer>(wallet);
  const [keys] = useState(() => workerKeys(makeWorker));
  const [chosen, choose] = useState<{ peer: string | null; knocks: number }>({ peer, knocks: 0 });
  const open = chosen.knocks === knocks ? chosen.peer : null;
  return (
    <section className="pane" aria-label={name}>
      <div className="bar">
        <h2>{name}</h2>
        <WalletChoice wallet={wallet} choose={setSigner} />
      </div>
      <PushChatProvider signer={signer} node={node} keys={keys} keepUnlocked="device">
        <ChatInbox peer={open} onPeerChange={(next) => choose({ peer: next, knocks })} mode={mode} className="inbox" />
      </PushChatProvider>
    </section>
  );
}

function WalletChoice({
  wallet,
  choose,
}: {
  readonly wallet: Wallet;
  readonly choose: (signer: Signer) => void;
}): React.JSX.Element {
  const browserWallets = useBrowserWallets();
  const [chosen, setChosen] = useState('page');
  const select = async (uuid: string): Promise<void> => {
    const found = browserWallets.find(({ info }) => info.uuid === uuid);
    if (found && !(await connected(found))) return;
    setChosen(found ? uuid : 'page');
    choose(found ? found.provider : wallet);
  };
  return (
    <label className="wallet">
      <span>Wallet</span>
      <select value={chosen} onChange={(event) => void select(event.target.value)}>
        <option value="page">
          Made in this page · {wallet.address.slice(0, 6)}…{wallet.address.slice(-4)}
        </option>
        {browserWallets.map(({ info }) => (
          <option key={info.uuid} value={info.uuid}>
            {info.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Browser wallets show a page no account before the user has agreed. */
async function connected({ provider }: BrowserWallet): Promise<boolean> {
  try {
    await provider.request({ method: 'eth_requestAccounts' });
    return true;
  } catch {
    return false;
  }
}
