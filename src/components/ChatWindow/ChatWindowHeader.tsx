import { forwardRef } from 'react';
import { styled } from 'styled-components';
import { useConnectionStatus } from '../../hooks/useConnectionStatus.ts';
import { shortAddress } from '../shared/accountName.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Icon } from '../shared/Icon.tsx';
import { isGroupId } from '../../protocol/peer.ts';
import { LateGroupButton, LateGroupFacts } from '../groups/lateGroups.tsx';
import { useChatWindow } from './chatWindowContext.ts';
import { PeerMenu } from './PeerMenu.tsx';
import type { HeaderProps } from '../parts/overrides.ts';
import { usePart } from '../parts/usePart.ts';
import { useText } from '../text/useText.ts';

/** Who one is talking to, whether it is encrypted, and whether messages can arrive. */
export const ChatWindowHeader = forwardRef<HTMLDivElement, HeaderProps>(function ChatWindowHeader(
  { start, children, ...props },
  ref,
) {
  const { peer, name, picture, thread } = useChatWindow();
  const connection = useConnectionStatus();
  const { t } = useText();
  const part = usePart('header', props);
  const address = shortAddress(peer);
  const key = thread?.peerKey ?? 'unknown';
  const isGroup = isGroupId(peer);
  return (
    <Root ref={ref} {...part} data-connection={connection}>
      {start}
      <Avatar did={peer} picture={picture} />
      <Who>
        <Name title={peer}>
          <bdi>{name}</bdi>
        </Name>
        <Sub>
          {isGroup ? <LateGroupFacts /> : name !== address && <Mono>{address}</Mono>}
          {!isGroup && key !== 'unknown' && (
            <Fact>
              <Icon name={key === 'verified' ? 'lock' : 'lockOpen'} size={12} />
              {t(`key.${key}`)}
            </Fact>
          )}
          <Fact role="status">
            {(connection === 'connecting' || connection === 'offline') && t(`connection.${connection}`)}
          </Fact>
        </Sub>
      </Who>
      {children}
      {isGroup && thread && <LateGroupButton />}
      {thread && <PeerMenu />}
    </Root>
  );
});

const Root = styled.div`
  flex: none;
  display: flex;
  align-items: center;
  gap: 10px;
  position: relative;
  z-index: 2;
  height: var(--pc-header-height);
  /* Whoever lays something over its end makes room for it. */
  padding-inline: 16px calc(10px + var(--pc-header-end, 0px));
  border-bottom: 1px solid var(--pc-color-line);
  background: inherit;

  & > button:first-child {
    margin-inline: -10px -4px;
  }
`;

const Who = styled.div`
  flex: 1;
  min-width: 0;
`;

const Name = styled.div`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  font-weight: 620;
  letter-spacing: -0.012em;
  line-height: 20px;
`;

const Sub = styled.div`
  display: flex;
  align-items: center;
  gap: 5px;
  overflow: hidden;
  white-space: nowrap;
  font-size: var(--pc-text-xs);
  line-height: 16px;
  color: var(--pc-color-text-muted);

  & > :not(:empty) + :not(:empty)::before {
    content: '·';
    opacity: 0.6;
  }
`;

const Fact = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 4px;
`;

const Mono = styled.span`
  font-family: var(--pc-font-mono);
  font-size: 0.93em;
`;
