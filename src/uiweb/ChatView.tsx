import type { HTMLAttributes, ReactNode } from 'react';
import { ChatWindow } from '../components/ChatWindow/ChatWindow.tsx';
import { refuse } from './refuse.ts';

/** What all parts of one conversation take. */
export interface ChatPartProps extends Pick<HTMLAttributes<HTMLDivElement>, 'className' | 'id' | 'style'> {
  /** The other account, in any spelling. */
  readonly chatId: string;
  /** Without effect: older messages come as they are scrolled to. */
  readonly limit?: number | undefined;
  /** Without effect: the wallet is the page’s. */
  readonly isConnected?: boolean | undefined;
}

export interface ChatViewProps extends ChatPartProps {
  /** @default true */
  readonly messageInput?: boolean | undefined;
  /** @default true */
  readonly chatViewList?: boolean | undefined;
  /** @default true */
  readonly chatProfile?: boolean | undefined;
}

const REFUSED = {
  chatFilterList: 'leave messages out with `slots={{ bubble }}` of ChatWindow.',
  emoji: 'put a composer of your own there with `slots={{ composer }}` of ChatWindow.',
  file: 'put a composer of your own there with `slots={{ composer }}` of ChatWindow.',
  gif: 'there is no search for GIFs, which would tell a third party what is written.',
  handleReply: 'replying is in the menu of each message.',
  autoConnect: 'connect the wallet in your page; push-chat-kit/wallets has a picker.',
  chatProfileLeftHelperComponent: 'put a header of your own there with `slots={{ header }}` of ChatWindow.',
  chatProfileRightHelperComponent: 'put a header of your own there with `slots={{ header }}` of ChatWindow.',
  welcomeComponent: 'draw it beside the window in your page.',
  onVerificationFail: 'it was about rules of groups; every message is verified before it is shown.',
};

/**
 * What the root of a conversation, or of a part of it, is given.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function rootPropsOf(component: string, props: ChatPartProps) {
  refuse(component, props, REFUSED);
  const { chatId, className, id, style } = props;
  return { peer: chatId, className, id, style };
}

/**
 * `ChatWindow` under the old name.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function ChatView({
  messageInput = true,
  chatViewList = true,
  chatProfile = true,
  ...props
}: ChatViewProps): ReactNode {
  return (
    <ChatWindow.Root {...rootPropsOf('ChatView', props)}>
      {chatProfile && <ChatWindow.Header />}
      {chatViewList && <ChatWindow.Thread />}
      {messageInput && <ChatWindow.Composer />}
    </ChatWindow.Root>
  );
}
