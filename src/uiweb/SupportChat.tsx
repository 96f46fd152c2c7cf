import type { ReactNode } from 'react';
import { ChatLauncher } from '../components/ChatLauncher/ChatLauncher.tsx';
import type { PushChatProviderProps } from '../hooks/PushChatProvider.tsx';
import { ChatUIProvider } from './ChatUIProvider.tsx';
import { refuse } from './refuse.ts';

export interface ChatWidgetProps {
  /** The account that is written to. */
  readonly chatId: string;
  readonly modalTitle?: string | undefined;
}

/**
 * `ChatLauncher` under the old name.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function ChatWidget({ chatId, modalTitle, ...props }: ChatWidgetProps): ReactNode {
  refuse('ChatWidget', props, { welcomeComponent: '`support={{ intro }}` of ChatLauncher says something first.' });
  return <ChatLauncher peer={chatId} label={modalTitle} />;
}

export interface SupportChatProps extends Pick<PushChatProviderProps, 'signer' | 'node' | 'env' | 'transport'> {
  /** Without effect: chat is always that of the signer’s account. */
  readonly account?: string | null | undefined;
  readonly supportAddress: string;
  /** @default 'Hi there!' */
  readonly greetingMsg?: string | undefined;
  /** @default 'Chat with us!' */
  readonly modalTitle?: string | undefined;
  /** Nine flat tokens, of which two have a meaning here. */
  readonly theme?: { readonly btnColorPrimary?: string; readonly bgColorPrimary?: string } | undefined;
}

/**
 * `PushChatProvider` and `ChatLauncher` under the old name.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function SupportChat({
  supportAddress,
  greetingMsg = 'Hi there!',
  modalTitle = 'Chat with us!',
  theme,
  account: _account,
  ...props
}: SupportChatProps): ReactNode {
  refuse('SupportChat', props, { apiKey: 'a Push Node asks for none.', user: 'the client is made from the signer.' });
  const { btnColorPrimary: buttonBackground, bgColorPrimary: chatPreviewBackground } = theme ?? {};
  return (
    <ChatUIProvider {...props} theme={{ backgroundColor: { buttonBackground, chatPreviewBackground } }}>
      <ChatLauncher peer={supportAddress} label={modalTitle} greeting={greetingMsg} />
    </ChatUIProvider>
  );
}
