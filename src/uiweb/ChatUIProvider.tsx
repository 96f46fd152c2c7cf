import type { ReactNode } from 'react';
import { ThemeRoot } from '../components/theme/ThemeRoot.tsx';
import { PushChatProvider, type PushChatProviderProps } from '../hooks/PushChatProvider.tsx';
import { refuse } from './refuse.ts';
import { convertUiwebTheme, lightChatTheme, type UiwebTheme } from './uiwebTheme.ts';

export interface ChatUIProviderProps extends Omit<PushChatProviderProps, 'client'> {
  /** Without effect: chat is always that of the signer’s account. */
  readonly account?: string | null | undefined;
  /** In the old shape; it is converted. @default lightChatTheme */
  readonly theme?: UiwebTheme | undefined;
  /** Without effect: the page’s console is never touched. */
  readonly debug?: boolean | undefined;
}

const REFUSED = {
  pgpPrivateKey: 'keys are opened by the wallet and stay inside; keepUnlocked says for how long.',
  user: 'the provider makes its own client; createPushChat() makes one outside React.',
  infuraAPIKey: 'nothing is read from a chain by default; `chains` of createPushChat() takes a provider of yours.',
  uiConfig: 'there are no toasts.',
};

/**
 * `PushChatProvider` and `ThemeRoot` under the old name.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function ChatUIProvider({
  account: _account,
  debug: _debug,
  theme = lightChatTheme,
  env,
  children,
  ...props
}: ChatUIProviderProps): ReactNode {
  refuse('ChatUIProvider', props, REFUSED);
  const hasNode = props.node !== undefined || props.transport !== undefined;
  const converted = convertUiwebTheme(theme);
  return (
    <PushChatProvider {...props} env={env ?? (hasNode ? undefined : 'prod')}>
      <ThemeRoot mode={converted.mode} theme={converted.theme} style={{ height: '100%' }}>
        {children}
      </ThemeRoot>
    </PushChatProvider>
  );
}
