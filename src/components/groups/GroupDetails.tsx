import { useContext, useRef, useState, type ReactNode, type RefObject } from 'react';
import { styled } from 'styled-components';
import type { Group } from '../../client/state.ts';
import { useGroupAccess } from '../../hooks/useGroupAccess.ts';
import { useGroupActions } from '../../hooks/useGroupActions.ts';
import { useMuted } from '../../hooks/useMuted.ts';
import { describeRules } from '../../protocol/groups/accessRules.ts';
import { NotificationsContext } from '../notifications/notificationsContext.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Button } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import { plainLine } from '../shared/plainLine.ts';
import { Switch } from '../shared/Switch.tsx';
import { useText } from '../text/useText.ts';
import { useLateText } from '../text/useLateText.ts';
import { AccessView } from './AccessView.tsx';
import { Confirm } from './Confirm.tsx';
import { MemberList } from './MemberList.tsx';
import { ConcernList } from './MembersGate.tsx';

const LONGEST_DESCRIPTION = 600;

/** What the panel of a group shows. */
export type GroupPanelView = 'details' | 'add' | 'edit' | 'rules';

export interface GroupDetailsProps {
  readonly group: Group;
  /** The element that scrolls. */
  readonly viewport: RefObject<HTMLDivElement | null>;
  readonly show: (view: GroupPanelView) => void;
}

/** What a group is, who is in it, and what this account may do there. */
export function GroupDetails({ group, viewport, show }: GroupDetailsProps): ReactNode {
  const { chatId, name, description, picture, encryption, membership, concerns, standing } = group;
  const t = useLateText();
  const isAdmin = standing === 'admin';
  const head = useRef<HTMLDivElement>(null);
  return (
    <>
      <Head ref={head}>
        <Looks>
          <Avatar did={chatId} picture={picture} size={64} />
          <h2>
            <bdi>{plainLine(name, 60)}</bdi>
          </h2>
          {description && <p dir="auto">{plainLine(description, LONGEST_DESCRIPTION)}</p>}
        </Looks>
        {isAdmin && (
          <Row>
            <Button size="small" data-opens="add" onClick={() => show('add')}>
              <Icon name="plus" size={16} />
              {t('group.add.title')}
            </Button>
            <Button size="small" data-opens="edit" onClick={() => show('edit')}>
              {t('group.edit')}
            </Button>
          </Row>
        )}
        <Facts>
          <li>
            <Icon name={encryption === 'none' ? 'lockOpen' : 'lock'} />
            <span>
              <b>{t(`group.kind.${encryption}`)}</b>
              {t(`group.kind.${encryption}.text`)}
            </span>
          </li>
          {membership !== 'listed' && (
            <li>
              <Icon name={membership === 'proven' ? 'shieldCheck' : 'shield'} />
              <span>
                <b>{t(`group.membership.${membership}`)}</b>
                {t(`group.membership.${membership}.text`)}
              </span>
            </li>
          )}
          {concerns.length > 0 && (
            <li>
              <Icon name="shieldAlert" />
              <div>
                <b>{t('concern.title')}</b>
                <ConcernList concerns={concerns} />
              </div>
            </li>
          )}
        </Facts>
        <Access group={group} {...(isAdmin && { edit: () => show('rules') })} />
        <Mute chatId={chatId} />
        <Acts>
          {isAdmin && encryption === 'session' && <Renew chatId={chatId} />}
          {(isAdmin || standing === 'member') && <Leave chatId={chatId} after={() => viewport.current?.focus()} />}
        </Acts>
      </Head>
      <MemberList group={group} viewport={viewport} head={head} />
    </>
  );
}

interface AccessProps {
  readonly group: Group;
  /** What an admin can do about it. */
  readonly edit?: () => void;
}

/** Says what the group asks for, if it does. */
function Access({ group: { chatId, rules }, edit }: AccessProps): ReactNode {
  const t = useLateText();
  const { access } = useGroupAccess(chatId);
  const described = access ?? describeRules(rules);
  const asks = described.entry !== null || described.chat !== null;
  return (
    <>
      {asks && <AccessView access={described} />}
      {edit && (
        <Acts>
          <Button size="small" data-opens="rules" onClick={edit}>
            {t(asks ? 'rules.edit' : 'rules.set')}
          </Button>
        </Acts>
      )}
    </>
  );
}

function Mute({ chatId }: { readonly chatId: Group['chatId'] }): ReactNode {
  const { t } = useText();
  const { muted, mute } = useMuted(chatId);
  return useContext(NotificationsContext) ? <Switch label={t('peer.mute')} on={muted} turn={mute} /> : null;
}

function Renew({ chatId }: { readonly chatId: string }): ReactNode {
  const t = useLateText();
  const { renewSecret, pending, error } = useGroupActions(chatId);
  return (
    <Confirm
      label={t('group.renew')}
      text={t('group.renew.text')}
      busy={pending !== null}
      error={error}
      run={(options) => renewSecret(options)}
    />
  );
}

interface LeaveProps {
  readonly chatId: string;
  /** What was pressed is gone then, and the focus with it. */
  readonly after: () => void;
}

function Leave({ chatId, after }: LeaveProps): ReactNode {
  const t = useLateText();
  const { leave, pending, error } = useGroupActions(chatId);
  const [gone, setGone] = useState(false);
  if (gone) return null;
  return (
    <Confirm
      label={t('group.leave')}
      text={t('group.leave.text')}
      danger
      busy={pending !== null}
      error={error}
      run={async (options) => {
        const left = await leave(options);
        setGone(left);
        if (left) after();
        return left;
      }}
    />
  );
}

const Head = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 14px;
`;

const Looks = styled.div`
  display: grid;
  justify-items: center;
  gap: 6px;
  text-align: center;

  & > h2 {
    margin: 4px 0 0;
    color: var(--pc-color-text);
    font-size: var(--pc-text-xl);
    font-weight: 650;
    letter-spacing: -0.02em;
    line-height: 26px;
    overflow-wrap: anywhere;
  }
  & > p {
    margin: 0;
    max-width: 44ch;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
`;

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  justify-content: center;
  gap: 8px;
`;

const Acts = styled(Row)`
  justify-content: start;
`;

const Facts = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;
  border-radius: var(--pc-radius-md);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & > li {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr);
    gap: 12px;
    padding: 11px 14px;
  }
  & > li + li {
    border-top: 1px solid var(--pc-color-line);
  }
  & b {
    display: block;
    color: var(--pc-color-text);
    font-weight: 600;
  }
`;
