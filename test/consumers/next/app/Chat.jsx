'use client';

import { Wallet } from 'ethers';
import { useEffect, useState } from 'react';
import { ChatInbox, PushChatProvider } from 'push-chat-kit';

export function Chat({ accent }) {
  const [page, setPage] = useState({});
  useEffect(() => {
    const { node, key, peer } = Object.fromEntries(new URLSearchParams(location.search));
    setPage({ node, signer: new Wallet(key), peer });
  }, []);
  return (
    <PushChatProvider signer={page.signer} node={page.node ?? 'https://node.example.org'} keyType="curve25519">
      <ChatInbox key={page.peer} defaultPeer={page.peer} theme={{ accent }} style={{ height: 600 }} />
    </PushChatProvider>
  );
}
