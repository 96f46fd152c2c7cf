import { ChatInbox, PushChatProvider, type PushChatProviderProps } from '../../src/exports/index.ts';
import { useWallets, WalletPicker } from '../../src/exports/wallets.ts';

/** A page without a wallet library: it offers the wallets of the browser, and chats with the one that is chosen. */
export function WalletPage({ node }: Pick<PushChatProviderProps, 'node'>) {
  const wallets = useWallets();
  return (
    <PushChatProvider signer={wallets.signer} node={node}>
      <WalletPicker {...wallets} />
      {wallets.signer && <ChatInbox />}
    </PushChatProvider>
  );
}
