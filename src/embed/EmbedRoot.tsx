import { Component, useEffect, useRef, type ForwardedRef, type ReactNode } from 'react';
import { createGlobalStyle } from 'styled-components';
import { ChatInbox } from '../components/ChatInbox/ChatInbox.tsx';
import { ChatLauncher } from '../components/ChatLauncher/ChatLauncher.tsx';
import type { ChatLauncherHandle } from '../components/ChatLauncher/launcherHandle.ts';
import { ChatWindow } from '../components/ChatWindow/ChatWindow.tsx';
import { NamesProvider } from '../components/people/NamesProvider.tsx';
import { RequestList } from '../components/RequestList/RequestList.tsx';
import { LocaleProvider } from '../components/text/LocaleProvider.tsx';
import { StyleProvider } from '../components/theme/StyleProvider.tsx';
import { ThemeRoot } from '../components/theme/ThemeRoot.tsx';
import { asPushChatError, type PushChatError } from '../errors.ts';
import { PushChatProvider } from '../hooks/PushChatProvider.tsx';
import { useChats } from '../hooks/useChats.ts';
import { useSession } from '../hooks/useSession.ts';
import type { Session } from '../client/state.ts';
import type { EmbedSettings } from './embedSettings.ts';

/** What an embedded chat tells its page. */
export interface EmbedEvents {
  readonly open: undefined;
  readonly close: undefined;
  /** How many chats have messages that were not read. */
  readonly unread: number;
  readonly session: Session['status'];
  /** Nothing can be shown, such as for want of a node's address. */
  readonly failed: PushChatError;
}

export type TellEmbed = <Name extends keyof EmbedEvents>(name: Name, value: EmbedEvents[Name]) => void;

export interface EmbedRootProps {
  readonly settings: EmbedSettings;
  readonly styleTarget: HTMLElement | ShadowRoot;
  readonly launcher: ForwardedRef<ChatLauncherHandle>;
  readonly tell: TellEmbed;
}

/** An embedded chat, with everything around it that a React page would write itself. */
export function EmbedRoot({ settings, styleTarget, launcher, tell }: EmbedRootProps): ReactNode {
  const { view, peer, mode, theme, label, greeting, corner, support, locale, texts, names, nonce, ...client } =
    settings;
  const look = { mode, theme };
  return (
    <StyleProvider nonce={nonce} target={styleTarget}>
      <FailedBoundary failed={(error) => tell('failed', error)}>
        <PushChatProvider {...client}>
          <LocaleProvider locale={locale} texts={texts}>
            <NamesProvider names={names ?? NO_NAMES}>
              <Telling tell={tell} quiet={view === undefined || view === 'launcher'} />
              <View {...{ view, peer, look, label, greeting, corner, support, launcher, tell }} />
            </NamesProvider>
          </LocaleProvider>
        </PushChatProvider>
      </FailedBoundary>
    </StyleProvider>
  );
}

const NO_NAMES = {};

interface ViewProps extends Pick<EmbedSettings, 'view' | 'peer' | 'label' | 'greeting' | 'corner' | 'support'> {
  readonly look: Pick<EmbedSettings, 'mode' | 'theme'>;
  readonly launcher: ForwardedRef<ChatLauncherHandle>;
  readonly tell: TellEmbed;
}

function View({
  view = 'launcher',
  peer,
  look,
  label,
  greeting,
  corner,
  support,
  launcher,
  tell,
}: ViewProps): ReactNode {
  if (view === 'launcher') {
    return (
      <ChatLauncher
        ref={launcher}
        {...look}
        {...{ peer, label, greeting, corner, support }}
        onOpenChange={(open) => tell(open ? 'open' : 'close', undefined)}
      />
    );
  }
  return (
    <>
      <BlockHost />
      {view === 'requests' ? (
        <RequestList {...look} style={FILL} />
      ) : view === 'window' && peer !== undefined ? (
        <ChatWindow peer={peer} {...look} style={FILL} />
      ) : (
        <ChatInbox {...look} defaultPeer={peer} style={FILL} />
      )}
    </>
  );
}

const FILL = { height: '100%' };

/** Elements of unknown names are inline, and have no height. Any rule of the page's own for the element wins. */
const BlockHost = createGlobalStyle`
  :host(:not([hidden])) {
    display: block;
  }
`;

/** Says what happens. A closed launcher is quiet of the session, which it does not ask for. */
function Telling({ tell, quiet }: { readonly tell: TellEmbed; readonly quiet: boolean }): ReactNode {
  const unread = useChats().items.filter((row) => row.unread > 0).length;
  const before = useRef(0);
  useEffect(() => {
    if (before.current === unread) return;
    before.current = unread;
    tell('unread', unread);
  }, [unread, tell]);
  return quiet ? null : <TellingSession tell={tell} />;
}

function TellingSession({ tell }: { readonly tell: TellEmbed }): ReactNode {
  const { status } = useSession().session;
  useEffect(() => tell('session', status), [status, tell]);
  return null;
}

interface FailedBoundaryProps {
  readonly failed: (error: PushChatError) => void;
  readonly children: ReactNode;
}

/** What cannot be drawn says why, in the place of the chat and to the page, and breaks nothing of the page. */
class FailedBoundary extends Component<FailedBoundaryProps, { readonly error?: PushChatError }> {
  override state: { readonly error?: PushChatError } = {};

  static getDerivedStateFromError(thrown: unknown): { readonly error: PushChatError } {
    return { error: asPushChatError(thrown) };
  }

  override componentDidCatch(thrown: unknown): void {
    this.props.failed(asPushChatError(thrown));
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <ThemeRoot role="alert">{error.message}</ThemeRoot>;
  }
}
