import { forwardRef, useId, type HTMLAttributes, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { NotificationBox, ChannelNotification } from '../../client/channels/channelsState.ts';
import { useSubscription } from '../../hooks/useSubscription.ts';
import type { Notification } from '../../protocol/notifications/notification.ts';
import { plainLine } from '../../protocol/plainLine.ts';
import { BubbleText } from '../ChatBubble/BubbleText.tsx';
import { explain } from '../ChatBubble/explain.ts';
import { splitLinks } from '../ChatBubble/splitLinks.ts';
import { usePart } from '../parts/usePart.ts';
import { useAccount } from '../people/useAccount.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Time } from '../shared/Time.tsx';
import { useLateText } from '../text/useLateText.ts';
import { useText } from '../text/useText.ts';

export interface NotificationItemProps extends HTMLAttributes<HTMLElement> {
  readonly item: ChannelNotification;
  /** What comes unasked is words only: no link of it leads anywhere. @default 'inbox' */
  readonly box?: NotificationBox | undefined;
}

const LONGEST_TITLE = 200;

/**
 * One notification of a channel: what was signed, and who vouches for it. One whose checks failed, or could not be made,
 * says so and nothing else. Its picture is not loaded, since that would tell a stranger's server who reads.
 * @example <NotificationItem item={item} />
 */
export const NotificationItem = forwardRef<HTMLElement, NotificationItemProps>(function NotificationItem(
  { item, box = 'inbox', ...props },
  ref,
) {
  const { name, picture } = useAccount(item.channel);
  const { subscribed, optIn, optOut, pending, error } = useSubscription(item.channel);
  const nameId = useId();
  const t = useLateText();
  const content = 'content' in item ? item.content : undefined;
  const part = usePart('notification', props);
  return (
    <Root ref={ref} aria-labelledby={nameId} data-state={item.state} {...part}>
      <Avatar did={item.channel} picture={box === 'inbox' ? picture : null} size={36} />
      <div>
        <Head>
          <b id={nameId} title={item.channel}>
            <bdi>{name}</bdi>
          </b>
          <Mark item={item} />
          <Time value={item.timestamp} style="short" />
        </Head>
        {content ? <Said content={content} links={box === 'inbox'} /> : <Unsaid item={item} />}
        <Foot>
          {content && box === 'inbox' && <CallToAction link={content.data.acta} />}
          {subscribed !== undefined && (
            <Button
              size="small"
              tone={subscribed ? 'quiet' : 'secondary'}
              busy={pending}
              aria-describedby={nameId}
              onClick={() => void (subscribed ? optOut() : optIn())}
            >
              {t(subscribed ? 'feed.optOut' : 'feed.optIn')}
            </Button>
          )}
        </Foot>
        {error && <ErrorNote error={error} />}
      </div>
    </Root>
  );
});

/** How it was checked, in the words that messages have. */
function Mark({ item: { state } }: { readonly item: ChannelNotification }): ReactNode {
  const { t } = useText();
  if (state !== 'verified' && state !== 'signed') return null;
  const label = t(state === 'verified' ? 'bubble.verified' : 'bubble.signed');
  return (
    <State role="img" aria-label={label} title={label} data-state={state}>
      <Icon name={state === 'verified' ? 'shieldCheck' : 'shield'} size={14} />
    </State>
  );
}

function Said({ content, links }: { readonly content: Notification; readonly links: boolean }): ReactNode {
  const { notification, data } = content;
  const title = plainLine(data.asub || notification.title, LONGEST_TITLE);
  const text = data.amsg || notification.body;
  return (
    <>
      {title !== '' && <Title dir="auto">{title}</Title>}
      {text !== '' && (
        <Text>
          <BubbleText text={text} links={links} />
        </Text>
      )}
    </>
  );
}

function Unsaid({ item }: { readonly item: ChannelNotification }): ReactNode {
  const { t } = useText();
  const late = useLateText();
  const { title, reason } =
    item.state === 'quarantined'
      ? { title: late('feed.hidden'), reason: explain(item, t).reason }
      : { title: late('feed.unchecked'), reason: late('feed.unchecked.text') };
  return (
    <Hidden>
      <Icon name={item.state === 'quarantined' ? 'shieldAlert' : 'shield'} size={16} />
      <span>
        <b>{title}</b> {reason}
      </span>
    </Hidden>
  );
}

/** Goes where it seems to go, or nowhere: the rules of links in messages. */
function CallToAction({ link }: { readonly link: string }): ReactNode {
  const t = useLateText();
  const written = link.trim();
  if (written === '') return null;
  const [first, ...more] = splitLinks(written);
  if (first?.href === undefined || first.text !== written || more.length > 0) {
    return <Unsafe>{t('feed.unsafe')}</Unsafe>;
  }
  return (
    <Link href={first.href} target="_blank" rel="noopener noreferrer nofollow">
      {t('feed.open', { host: new URL(first.href).host })}
    </Link>
  );
}

const Root = styled.article`
  display: grid;
  grid-template-columns: 36px minmax(0, 1fr);
  column-gap: 12px;
  padding: 14px 16px;
`;

const Head = styled.div`
  display: flex;
  align-items: center;
  gap: 6px;
  line-height: 20px;

  & > b {
    overflow: hidden;
    font-size: var(--pc-text-sm);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  & > time {
    flex: none;
    margin-inline-start: auto;
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-xs);
  }
`;

const State = styled.span`
  flex: none;
  display: inline-flex;
  color: var(--pc-color-verified);

  &[data-state='signed'] {
    color: var(--pc-color-text-muted);
  }
`;

const Title = styled.div`
  margin-top: 3px;
  font-size: var(--pc-text-base);
  font-weight: 600;
  line-height: 20px;
  overflow-wrap: anywhere;
  unicode-bidi: isolate;
`;

const Text = styled.div`
  margin-top: 2px;
  font-size: var(--pc-text-base);
  line-height: 20px;
  overflow-wrap: anywhere;
  unicode-bidi: isolate;
`;

const Hidden = styled.p`
  display: grid;
  grid-template-columns: 16px minmax(0, 1fr);
  gap: 8px;
  margin: 6px 0 0;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & svg {
    margin-top: 1px;
  }
  & b {
    color: var(--pc-color-text);
    font-weight: 600;
  }
`;

const Foot = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;

  &:not(:empty) {
    margin-top: 10px;
  }
  & > button {
    margin-inline-start: auto;
  }
`;

const Link = styled.a`
  display: inline-flex;
  align-items: center;
  box-sizing: border-box;
  max-width: 100%;
  min-height: max(32px, calc(var(--pc-target) - 4px));
  padding: 0 11px;
  overflow: hidden;
  border-radius: var(--pc-radius-sm);
  background: var(--pc-color-accent);
  color: var(--pc-color-on-accent);
  font-size: var(--pc-text-sm);
  font-weight: 550;
  text-decoration: none;
  text-overflow: ellipsis;
  white-space: nowrap;

  &:hover {
    background: var(--pc-color-accent-hover);
  }
  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Unsafe = styled.span`
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
`;
