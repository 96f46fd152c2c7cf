import { ChatInbox } from '../../src/exports/index.ts';

/** A whole page of messages: one pane on a phone, two where there is room. */
export function MessagesPage() {
  return (
    <main style={{ height: 620 }}>
      <ChatInbox mode="system" theme={{ accent: '#5b5bd6', density: 0.875 }} />
    </main>
  );
}
