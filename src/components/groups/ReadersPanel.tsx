import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ThreadItem } from '../../client/state.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { WindowPanel } from '../ChatWindow/WindowPanel.tsx';
import { useAccount } from '../people/useAccount.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Button } from '../shared/Button.tsx';
import { Time } from '../shared/Time.tsx';
import { useText } from '../text/useText.ts';
import { useLateText } from '../text/useLateText.ts';
import { useReaders, type Reader } from './readersOf.ts';

/** Who says to have read a message, by name. */
export function ReadersPanel({ item }: { readonly item: ThreadItem }): ReactNode {
  const { setPanel } = useChatWindow();
  const { t } = useText();
  const late = useLateText();
  const readers = useReaders(item);
  const title = late('bubble.readBy', { count: readers.length });
  const close = (): void => setPanel(null);
  return (
    <WindowPanel
      icon="checks"
      title={title}
      lead={late('readers.text')}
      close={close}
      actions={
        <Button size="large" onClick={close}>
          {t('action.close')}
        </Button>
      }
    >
      <List aria-label={title}>
        {readers.map((reader) => (
          <Row key={reader.did} {...reader} />
        ))}
      </List>
    </WindowPanel>
  );
}

function Row({ did, at }: Reader): ReactNode {
  const { name, picture } = useAccount(did);
  return (
    <li title={did}>
      <Avatar did={did} picture={picture} size={32} />
      <bdi>{name}</bdi>
      <Time value={at} style="short" />
    </li>
  );
}

const List = styled.ul`
  display: grid;
  gap: 10px;
  margin: 18px 0 0;
  padding: 0;
  list-style: none;

  & > li {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  & > li > bdi {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    font-weight: 570;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  & > li > time {
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-xs);
  }
`;
