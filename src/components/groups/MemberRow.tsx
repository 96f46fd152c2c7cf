import { useRef, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Group, GroupMember } from '../../client/state.ts';
import { useGroupActions } from '../../hooks/useGroupActions.ts';
import { useAccount } from '../people/useAccount.ts';
import { shortAddress } from '../shared/accountName.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Menu } from '../shared/Menu.tsx';
import { Spinner } from '../shared/Spinner.tsx';
import { useLateRich, useLateText } from '../text/useLateText.ts';
import { Question } from './Confirm.tsx';
import { useMe } from './useMe.ts';

export interface MemberRowProps {
  readonly member: GroupMember;
  readonly group: Group;
  /** Whether the user is asked if this member is to go. Kept outside: a row that is scrolled away is forgotten. */
  readonly isAsked: boolean;
  readonly ask: (wanted: boolean) => void;
}

/** One member, and for admins what they can do about them. */
export function MemberRow({ member, group, isAsked, ask }: MemberRowProps): ReactNode {
  const { did, role, accepted, proven } = member;
  const { name, picture } = useAccount(did);
  const t = useLateText();
  const rich = useLateRich();
  const isMe = useMe()?.did === did;
  const { setRole, removeMembers, pending, error } = useGroupActions(group.chatId);
  const [open, setOpen] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  const address = shortAddress(did);
  const other = role === 'admin' ? 'member' : 'admin';
  const facts = [
    ...(isMe ? [t('group.you')] : name === address ? [] : [address]),
    ...(accepted ? [] : [t('group.waits')]),
    ...(!proven && group.membership === 'proven' ? [t('group.unproven')] : []),
  ];
  return (
    <Root ref={row}>
      <Line title={did}>
        <Avatar did={did} picture={picture} />
        <div>
          <b>
            <bdi>{name}</bdi>
          </b>
          {facts.length > 0 && <span>{facts.join(' · ')}</span>}
        </div>
        {pending === 'setRole' && <Spinner />}
        {group.standing === 'admin' && !isMe && (
          <Menu
            label={t('group.member.options', { name })}
            open={open}
            setOpen={setOpen}
            items={[
              {
                id: 'role',
                label: t(other === 'admin' ? 'group.promote' : 'group.demote'),
                icon: other === 'admin' ? 'arrowUp' : 'arrowDown',
                run: () => void setRole([did], other),
              },
              { id: 'remove', label: t('group.remove'), icon: 'trash', danger: true, run: () => ask(true) },
            ]}
          />
        )}
      </Line>
      {isAsked ? (
        <Question
          label={t('group.remove')}
          text={rich('group.remove.text', { name })}
          danger
          busy={pending !== null}
          error={error}
          run={(options) => removeMembers([did], options)}
          close={() => {
            ask(false);
            // Who is gone has no row; whoever took it back is where they came from.
            row.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
          }}
        />
      ) : (
        error && <ErrorNote error={error} />
      )}
    </Root>
  );
}

const Root = styled.div`
  display: grid;
  gap: 6px;
  padding: 4px 0;
`;

const Line = styled.div`
  display: flex;
  align-items: center;
  gap: 12px;
  min-height: 44px;

  & > div {
    flex: 1;
    min-width: 0;
  }
  & > [role='menu'],
  & > div:has(> [role='menu']) {
    flex: none;
  }
  & b,
  & > div > span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  & b {
    color: var(--pc-color-text);
    font-weight: 570;
    line-height: 20px;
  }
  & > div > span {
    font-size: var(--pc-text-xs);
    line-height: 16px;
  }
`;
