import { useMemo, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Signer } from '../../client/signerAddress.ts';
import type { DeviceStorage } from '../../client/storage/storage.ts';
import type { PushChatError } from '../../errors.ts';
import { useGuest } from '../../hooks/useGuest.ts';
import { useNow } from '../../hooks/useNow.ts';
import { ChatWindow } from '../ChatWindow/ChatWindow.tsx';
import { ChatWindowContext, useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { usePerson } from '../people/NamesProvider.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { useBesideText } from '../text/useBesideText.ts';
import { useText } from '../text/useText.ts';
import { closedUntil, type SupportHours } from './supportHours.ts';

/** A chat with a support desk. */
export interface SupportOptions {
  /** When somebody answers; nothing is said of it without. */
  readonly hours?: SupportHours | undefined;
  /** Stands above the messages, such as what to have at hand. */
  readonly intro?: ReactNode;
  /** Whether visitors without a wallet may write, by an account of their browser. @default false */
  readonly guest?: boolean | undefined;
  /** Connects a wallet, which a guest's chat then goes on from; without it that is not offered. */
  readonly connect?: (() => Promise<Signer>) | undefined;
  /** Where the guest's key stays. @default IndexedDB */
  readonly guestStorage?: DeviceStorage | undefined;
}

export interface SupportWindowProps {
  readonly peer: string;
  /** What the desk is called; a name that is verified counts more. */
  readonly label?: string | undefined;
  readonly support: SupportOptions;
}

/** The agent's chat, with when somebody answers, and a way in for whoever has no wallet. */
export function SupportWindow({ peer, label, support }: SupportWindowProps): ReactNode {
  const { hours, intro, guest = false, connect, guestStorage } = support;
  const t = useBesideText();
  const view = useGuest({ enabled: guest, storage: guestStorage });
  const starting = view.state.status === 'pending';
  const offers = view.offered || starting;
  const error = failureOf(view.state) ?? failureOf(view.claimState);
  const link = async (): Promise<void> => {
    if (connect) await view.claim(peer, await connect());
  };
  return (
    <ChatWindow.Root peer={peer}>
      <DeskName label={label}>
        <ChatWindow.Header />
        <Note>
          {hours && <Hours hours={hours} />}
          {intro !== undefined && <div>{intro}</div>}
          {view.isGuest && (
            <div>
              <b>{t('support.guest')}</b>
              {t('support.guest.text')}
            </div>
          )}
          {view.isGuest && connect && (
            <Button
              size="small"
              busy={view.claimState.status === 'pending'}
              onClick={() => void link().catch(() => undefined)}
            >
              {t('support.guest.claim')}
            </Button>
          )}
          {error && <ErrorNote error={error} />}
        </Note>
        {offers ? <GuestOffer start={view.start} starting={starting} /> : <ChatWindow.Thread />}
        <ChatWindow.Composer />
      </DeskName>
    </ChatWindow.Root>
  );
}

interface DeskNameProps {
  readonly label: string | undefined;
  readonly children: ReactNode;
}

/** Calls the account what the page calls its desk, unless a name of it is verified. */
function DeskName({ label, children }: DeskNameProps): ReactNode {
  const view = useChatWindow();
  const verified = usePerson(view.peer).name;
  const name = label === undefined || verified !== null ? view.name : label;
  const named = useMemo(() => ({ ...view, name }), [view, name]);
  return <ChatWindowContext.Provider value={named}>{children}</ChatWindowContext.Provider>;
}

interface GuestOfferProps {
  readonly start: () => Promise<void>;
  readonly starting: boolean;
}

/** Stands where messages will, for whoever has no wallet. */
function GuestOffer({ start, starting }: GuestOfferProps): ReactNode {
  const t = useBesideText();
  return (
    <Placeholder icon="chat" title={t('support.guest.title')}>
      <Button tone="primary" size="large" busy={starting} onClick={() => void start()}>
        {t('support.guest.start')}
      </Button>
      <Hint>{t('support.guest.wallet')}</Hint>
    </Placeholder>
  );
}

const failureOf = (state: { readonly status: string; readonly error?: PushChatError }) =>
  state.status === 'failed' ? state.error : undefined;

function Hours({ hours }: { readonly hours: SupportHours }): ReactNode {
  const { tag } = useText();
  const t = useBesideText();
  const until = closedUntil(hours, useNow());
  if (until === undefined) return <Open>{t('support.available')}</Open>;
  // Apart: together, some languages put the day into brackets.
  const day = new Intl.DateTimeFormat(tag, { weekday: 'long' }).format(until);
  const when = `${day} ${new Intl.DateTimeFormat(tag, { timeStyle: 'short' }).format(until)}`;
  return (
    <div>
      <b>
        {t('support.away')} · {t('support.back', { when })}
      </b>
      {t('support.back.text')}
    </div>
  );
}

const Hint = styled.p`
  padding-top: 14px;
  font-size: var(--pc-text-sm);
  line-height: 18px;
`;

const Note = styled.div`
  flex: none;
  display: grid;
  justify-items: start;
  gap: 8px;
  padding: 10px 16px;
  border-bottom: 1px solid var(--pc-color-line);
  background: var(--pc-color-surface-sunken);
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  &:empty {
    display: none;
  }
  & b {
    display: block;
    color: var(--pc-color-text);
    font-weight: 570;
  }
`;

const Open = styled.div`
  color: var(--pc-color-text);
  font-weight: 570;

  &::before {
    content: '';
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 8px;
    border-radius: 50%;
    background: var(--pc-color-verified);
  }
`;
