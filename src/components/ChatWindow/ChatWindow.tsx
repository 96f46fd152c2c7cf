import { forwardRef } from 'react';
import { Composer } from '../Composer/Composer.tsx';
import { ChatWindowHeader } from './ChatWindowHeader.tsx';
import { ChatWindowRoot, type ChatWindowRootProps } from './ChatWindowRoot.tsx';
import { ChatWindowThread } from './ChatWindowThread.tsx';
import { Conversation } from './Conversation.tsx';

export type ChatWindowProps = Omit<ChatWindowRootProps, 'children'>;

const Window = /* @__PURE__ */ forwardRef<HTMLDivElement, ChatWindowProps>(function ChatWindow(props, ref) {
  return (
    <ChatWindowRoot ref={ref} {...props}>
      <Conversation />
    </ChatWindowRoot>
  );
});

/**
 * One conversation: who it is with, its messages, and the way to answer. Fills its container. Its parts stand as
 * `ChatWindow.Root`, `.Header`, `.Thread` and `.Composer` for another order or company.
 * @example <ChatWindow peer="0x8f3C…b2A1" />
 */
export const ChatWindow = /* @__PURE__ */ Object.assign(Window, {
  Root: ChatWindowRoot,
  Header: ChatWindowHeader,
  Thread: ChatWindowThread,
  Composer,
});
