import { ChatBubble, useThread } from '../../src/exports/index.ts';

/** The newest message of a chat, as a card on a dashboard. */
export function NewestMessage({ peer }: { readonly peer: string }) {
  const { thread } = useThread(peer);
  const item = thread?.items.at(-1);
  return item ? <ChatBubble item={item} /> : <p>Nothing yet.</p>;
}
