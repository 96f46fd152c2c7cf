import { useState } from 'react';
import { ChatList, ChatWindow } from '../../src/exports/index.ts';

/** A list and the chat that was chosen in it, in a layout of your own. */
export function ChatSidebar() {
  const [peer, setPeer] = useState<string | null>(null);
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '300px 1fr', gap: 16, height: 480 }}>
      <ChatList selected={peer} onSelect={setPeer} />
      {peer ? <ChatWindow peer={peer} /> : <p>Choose a chat.</p>}
    </div>
  );
}
