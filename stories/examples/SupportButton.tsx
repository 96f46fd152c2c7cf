import { useRef } from 'react';
import { ChatLauncher, type ChatLauncherHandle } from '../../src/exports/index.ts';

/** The chat with your support over any page, and a link of the page that opens it. */
export function SupportButton({ agent }: { readonly agent: string }) {
  const launcher = useRef<ChatLauncherHandle>(null);
  return (
    <>
      <button type="button" onClick={() => launcher.current?.open()}>
        Ask us
      </button>
      <ChatLauncher ref={launcher} peer={agent} label="Support" greeting="Hi! Questions about your order?" />
    </>
  );
}
