import { Wallet } from 'ethers';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ChatInbox, PushChatProvider } from 'push-chat-kit';

const { node, key, peer } = Object.fromEntries(new URLSearchParams(location.search));
const signer = new Wallet(key);

createRoot(document.getElementById('app')).render(
  <StrictMode>
    <PushChatProvider signer={signer} node={node} keyType="curve25519">
      <ChatInbox defaultPeer={peer} style={{ height: 600 }} />
    </PushChatProvider>
  </StrictMode>,
);
