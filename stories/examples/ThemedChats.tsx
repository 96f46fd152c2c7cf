import { ChatList, ChatWindow, presets, ThemeRoot } from '../../src/exports/index.ts';

/** One theme around several widgets; they take it from the root. */
export function ThemedChats({ peer }: { readonly peer: string }) {
  return (
    <ThemeRoot mode="dark" theme={{ accent: presets.ember, roundness: 0.5 }}>
      <div style={{ display: 'grid', gridTemplateColumns: '260px 1fr', height: 480 }}>
        <ChatList selected={peer} />
        <ChatWindow peer={peer} />
      </div>
    </ThemeRoot>
  );
}
