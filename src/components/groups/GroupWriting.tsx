import type { ReactNode, RefObject } from 'react';
import { styled } from 'styled-components';
import type { PushChatError } from '../../errors.ts';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { Icon } from '../shared/Icon.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useLateText } from '../text/useLateText.ts';
import { MembersGate } from './MembersGate.tsx';
import { MentionList } from './MentionList.tsx';

export interface GroupWritingProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly draft: string;
  readonly setDraft: (text: string) => void;
  readonly submit: () => void;
  readonly error: PushChatError | null;
}

/** Above the field of a group: whom the user has to decide about, who else reads it, and members to mention. */
export function GroupWriting({ input, draft, setDraft, submit, error }: GroupWritingProps): ReactNode {
  const { peer } = useChatWindow();
  const group = useStore(({ groups }) => (isGroupId(peer) ? groups[peer] : undefined));
  const t = useLateText();
  if (!group) return null;
  const { concerns, isPublic, membership } = group;
  const note = isPublic ? 'group.note.public' : membership === 'unchecked' ? 'group.note.unchecked' : undefined;
  return (
    <>
      {/* The focus stays in the field: who cannot see the card hears of it. */}
      <VisuallyHidden role="status">{concerns.length > 0 && t('concern.title')}</VisuallyHidden>
      {concerns.length > 0 ? (
        <MembersGate concerns={concerns} sendsAfter={error?.code === 'MembersUnconfirmed'} send={submit} />
      ) : (
        note && (
          <Note>
            <Icon name={isPublic ? 'lockOpen' : 'shield'} size={14} />
            {t(note)}
          </Note>
        )
      )}
      <MentionList input={input} draft={draft} setDraft={setDraft} />
    </>
  );
}

const Note = styled.p`
  display: flex;
  gap: 6px;
  margin: 0;
  padding-inline: 6px;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-xs);
  line-height: 16px;

  & > svg {
    margin-top: 1px;
  }
`;
