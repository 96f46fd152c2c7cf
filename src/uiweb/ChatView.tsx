import type { ReactNode } from 'react';
import { ChatWindow } from '../components/ChatWindow/ChatWindow.tsx';
import { refuse } from './refuse.ts';

/** What all parts of one conversation take. */
export interface ChatPartProps {
  /** The other account, in any spelling. */
  readonly chatId: string;
}

export interface ChatViewProps extends ChatPartProps {
  /** @default true */
  readonly messageInput?: boolean | undefined;
  /** @default true */
  readonly chatViewList?: boolean | undefined;
  /** @default true */
  readonly chatProfile?: boolean | undefined;
  /** Without effect: older messages come as they are scrolled to. */
  readonly limit?: number | undefined;
  /** Without effect: the wallet is the page’s. */
  readonly isConnected?: boolean | undefined;
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
 * `ChatWindow` under the old name.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function ChatView({
  chatId,
  messageInput = true,
  chatViewList = true,
  chatProfile = true,
  ...props
}: ChatViewProps): ReactNode {
  refuse('ChatView', props, REFUSED);
  return (
    <ChatWindow.Root peer={chatId}>
      {chatProfile && <ChatWindow.Header />}
      {chatViewList && <ChatWindow.Thread />}
      {messageInput && <ChatWindow.Composer />}
    </ChatWindow.Root>
  );
}

/** Only the messages of a conversation. */
export const ChatViewList = ({ chatId }: ChatPartProps): ReactNode => (
  <ChatView chatId={chatId} chatProfile={false} messageInput={false} />
);

/** Only who a conversation is with. */
export const ChatProfile = ({ chatId }: ChatPartProps): ReactNode => (
  <ChatView chatId={chatId} chatViewList={false} messageInput={false} />
);

/** Only the way to write. */
export const MessageInput = ({ chatId }: ChatPartProps): ReactNode => (
  <ChatView chatId={chatId} chatProfile={false} chatViewList={false} />
);
