import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { ChatWindow } from '../components/ChatWindow/ChatWindow.tsx';
import { rootPropsOf, type ChatPartProps } from './ChatView.tsx';

/**
 * Only the messages of a conversation, in all the room that the parts beside it leave; before they can be read, the way
 * to unlock them.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function ChatViewList(props: ChatPartProps): ReactNode {
  return (
    <Messages {...rootPropsOf('ChatViewList', props)}>
      <ChatWindow.Thread />
    </Messages>
  );
}

/**
 * Only who a conversation is with, as high as that is.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function ChatProfile(props: ChatPartProps): ReactNode {
  return (
    <Edge {...rootPropsOf('ChatProfile', props)}>
      <ChatWindow.Header />
    </Edge>
  );
}

/**
 * Only the way to write, as high as that is; nothing until the chat is unlocked.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function MessageInput(props: ChatPartProps): ReactNode {
  return (
    <Input {...rootPropsOf('MessageInput', props)}>
      <ChatWindow.Composer />
    </Input>
  );
}

/** The page puts the parts together, and so frames them, too. */
const Part = styled(ChatWindow.Root)`
  min-height: 0;
  border-radius: 0;
  box-shadow: none;

  @media (forced-colors: active) {
    border: 0;
  }
`;

const Messages = styled(Part)`
  flex: 1;
`;

const Edge = styled(Part)`
  flex: none;
  height: auto;
  /* Its menus lie over the messages. */
  z-index: 1;
  overflow: visible;

  /* What the user asked to see has no messages here to lie over. */
  &[data-panel] {
    min-height: 520px;
  }
`;

const Input = styled(Edge)`
  --pc-header-height: 0px;
`;
