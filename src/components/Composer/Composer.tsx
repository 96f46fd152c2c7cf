import { forwardRef, type HTMLAttributes, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useRequestActions } from '../../hooks/useRequestActions.ts';
import { useSafetyNumber } from '../../hooks/useSafetyNumber.ts';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { LateGroupGate } from '../groups/lateGroups.tsx';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { usePart } from '../parts/usePart.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { AnswerButtons } from './AnswerButtons.tsx';
import { ComposerField } from './ComposerField.tsx';
import { Gate } from './Gate.tsx';
import { useText } from '../text/useText.ts';

export type ComposerProps = HTMLAttributes<HTMLDivElement>;

/** The way to answer; or what stands before it: a request, a block, a key that cannot be verified. */
export const Composer = forwardRef<HTMLDivElement, ComposerProps>(function Composer(props, ref) {
  const { peer, thread } = useChatWindow();
  const identity = useStore(({ identities }) => (isGroupId(peer) ? undefined : identities[peer]));
  const standing = useStore(({ groups }) => (isGroupId(peer) ? groups[peer]?.standing : undefined));
  const { t } = useText();
  const part = usePart('composer', props);
  if (!thread) return null;
  const unverified = thread.peerKey === 'unattested' || thread.peerKey === 'signed';
  return (
    <Root ref={ref} {...part}>
      {thread.relation === 'blocked' ? (
        <Blocked />
      ) : standing === 'out' || standing === 'invited' ? (
        <LateGroupGate />
      ) : thread.relation === 'request-received' ? (
        <Request />
      ) : thread.peerKey === 'unchecked' && !isGroupId(peer) ? (
        <Gate icon="shieldAlert" title={t('gate.unchecked.title')}>
          {t('gate.unchecked.text')}
        </Gate>
      ) : unverified ? (
        <Gate icon="shieldAlert" title={t('gate.unverified.title')}>
          {t('gate.unverified.text')}
        </Gate>
      ) : identity?.needsConsent === true ? (
        <KeyChanged />
      ) : (
        <ComposerField />
      )}
    </Root>
  );
});

function Request(): ReactNode {
  const { peer, name } = useChatWindow();
  const { t } = useText();
  const actions = useRequestActions(peer);
  return (
    <Gate icon="chat" title={t('request.title', { name })}>
      {t('request.note')}
      <AnswerButtons actions={actions} canBlock={!isGroupId(peer)} />
    </Gate>
  );
}

/** The user compared another key than the peer has now: nothing goes to this one unasked. */
function KeyChanged(): ReactNode {
  const { peer, name, setPanel } = useChatWindow();
  const { t } = useText();
  const { acceptKeyChange } = useSafetyNumber(peer);
  return (
    <Gate icon="shieldAlert" title={t('gate.keyChanged.title', { name })}>
      {t('gate.keyChanged.text')}
      <Row>
        <Button tone="primary" size="small" onClick={() => setPanel({ kind: 'safety' })}>
          {t('details.compare')}
        </Button>
        <Button size="small" onClick={() => void acceptKeyChange()}>
          {t('gate.keyChanged.accept')}
        </Button>
      </Row>
    </Gate>
  );
}

function Blocked(): ReactNode {
  const { peer, name } = useChatWindow();
  const { t } = useText();
  const { unblock, pending, error } = useRequestActions(peer);
  return (
    <Gate icon="block" title={t('blocked.title', { name })}>
      {t('blocked.text')}
      {error && <ErrorNote error={error} />}
      <Row>
        <Button size="small" busy={pending === 'unblock'} onClick={() => void unblock()}>
          {t('action.unblock')}
        </Button>
      </Row>
    </Gate>
  );
}

const Root = styled.div`
  flex: none;
  padding: 6px 12px 12px;
`;

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-top: 10px;
`;
