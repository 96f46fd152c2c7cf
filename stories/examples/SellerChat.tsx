import { ChatWindow } from '../../src/exports/index.ts';

/** Beside a listing: the chat with whoever sells it. The window fills the box that it is given. */
export function SellerChat({ seller }: { readonly seller: string }) {
  return (
    <aside style={{ height: 620 }}>
      <ChatWindow peer={seller} theme={{ accent: '#0c7c86' }} />
    </aside>
  );
}
