import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ThreadNotice as Notice } from '../../client/notices.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { Tile } from '../shared/Placeholder.tsx';

/** Two people who wrote at once is no news to either. */
export type ShownNotice = Exclude<Notice['code'], 'ChainFork'> | 'EncryptedFromHere';

interface Words {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

const MISSING = 'The Push Node left something out between these messages. Scrolling up or reloading may bring it back.';
const MOVED = 'The Push Node serves these messages in another order, or beside others, than they were written in.';

const WORDS: Readonly<Record<ShownNotice, Words>> = {
  ChainBroken: { icon: 'shieldAlert', title: 'The history was rewritten here', text: MOVED },
  LinkCycle: { icon: 'shieldAlert', title: 'The history was rewritten here', text: MOVED },
  HistoryGap: { icon: 'alert', title: 'Messages may be missing here', text: MISSING },
  HistoryRollback: {
    icon: 'alert',
    title: 'The newest messages are missing on the Push Node',
    text: 'It knew more of this chat before, as after a restored backup. What this device has stays here.',
  },
  KeyChanged: {
    icon: 'key',
    title: 'Their chat key changed',
    text: 'This happens after a new setup or a new device. What you write now uses the new key.',
  },
  EncryptedFromHere: {
    icon: 'lock',
    title: 'Messages are encrypted from here',
    text: 'Chat is set up on both sides, so only the two of you can read what follows.',
  },
};

export interface ThreadNoticeProps {
  readonly code: ShownNotice;
  /** How many messages are missing, where that is known. */
  readonly missing?: number | undefined;
}

/** A card of the thread: what its reader ought to know at this place. No message can look like it. */
export function ThreadNotice({ code, missing }: ThreadNoticeProps): ReactNode {
  const { icon, title, text } = WORDS[code];
  return (
    <Card role="note" data-notice={code}>
      <SmallTile data-tone={code === 'EncryptedFromHere' ? 'plain' : 'warning'}>
        <Icon name={icon} size={16} />
      </SmallTile>
      <div>
        <b>
          {missing === undefined ? title : `${missing} ${missing === 1 ? 'message is' : 'messages are'} missing here`}
        </b>
        <p>{text}</p>
      </div>
    </Card>
  );
}

const Card = styled.div`
  display: flex;
  gap: 12px;
  margin-top: 14px;
  padding: 12px 14px 12px 12px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & b {
    font-weight: 600;
  }
  & p {
    margin: 1px 0 0;
    color: var(--pc-color-text-muted);
    text-wrap: pretty;
  }
`;

const SmallTile = styled(Tile)`
  flex: none;
  width: 30px;
  height: 30px;
  margin: 0;
  border-radius: 9px;
`;
