import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useGroup } from '../../hooks/useGroup.ts';
import { useGroupAccess } from '../../hooks/useGroupAccess.ts';
import { useGroupActions } from '../../hooks/useGroupActions.ts';
import { useRequestActions } from '../../hooks/useRequestActions.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { AnswerButtons } from '../Composer/AnswerButtons.tsx';
import { Gate } from '../Composer/Gate.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useLateText } from '../text/useLateText.ts';
import { AccessView } from './AccessView.tsx';
import { Invitation } from './Invitation.tsx';

/** In the composer's place for who is not in the group: an invitation to answer, or the way in. */
export function GroupGate(): ReactNode {
  const { peer } = useChatWindow();
  const { group } = useGroup(peer);
  if (!group) return null;
  return group.standing === 'invited' ? <Invited /> : <Outside />;
}

function Invited(): ReactNode {
  const { peer, name } = useChatWindow();
  const t = useLateText();
  const actions = useRequestActions(peer);
  return (
    <Gate icon="people" title={t('group.invite.title', { name })}>
      <Invitation chatId={peer} />
      <Rules chatId={peer} />
      <AnswerButtons actions={actions} canBlock={false} />
    </Gate>
  );
}

function Outside(): ReactNode {
  const { peer } = useChatWindow();
  const t = useLateText();
  const { group } = useGroup(peer);
  const { access } = useGroupAccess(peer);
  const { join, pending, error } = useGroupActions(peer);
  const refused = access?.mayEnter === false;
  const isOpen = group?.isPublic === true;
  return (
    <Gate icon="people" title={t('group.outside.title')}>
      {t(refused ? 'group.outside.refused' : isOpen ? 'group.outside.text' : 'group.outside.private')}
      <Rules chatId={peer} />
      {error && <ErrorNote error={error} />}
      {isOpen && !refused && (
        <Row>
          <Button tone="primary" size="small" busy={pending === 'join'} onClick={() => void join()}>
            {t('group.join')}
          </Button>
        </Row>
      )}
    </Gate>
  );
}

/** What the group asks for, where it asks for anything. */
function Rules({ chatId }: { readonly chatId: string }): ReactNode {
  const { access } = useGroupAccess(chatId);
  if (!access?.entry && !access?.chat) return null;
  return <AccessView access={access} />;
}

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-top: 10px;
`;
