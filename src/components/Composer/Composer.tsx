import { forwardRef, type HTMLAttributes, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useRequestActions } from '../../hooks/useRequestActions.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { AnswerButtons } from './AnswerButtons.tsx';
import { ComposerField } from './ComposerField.tsx';
import { Gate } from './Gate.tsx';

export type ComposerProps = HTMLAttributes<HTMLDivElement>;

/** The way to answer; or what stands before it: a request, a block, a key that cannot be verified. */
export const Composer = forwardRef<HTMLDivElement, ComposerProps>(function Composer(props, ref) {
  const { thread } = useChatWindow();
  if (!thread) return null;
  const unverified = thread.peerKey === 'unattested' || thread.peerKey === 'signed';
  return (
    <Root ref={ref} {...props} data-pc-part="composer">
      {thread.relation === 'blocked' ? (
        <Blocked />
      ) : thread.relation === 'request-received' ? (
        <Request />
      ) : thread.peerKey === 'unchecked' ? (
        <Gate icon="shieldAlert" title="Their chat key can’t be checked here">
          It belongs to a contract wallet or an NFT. Only its blockchain can tell whose key it is, and this app does not
          ask it, so nothing is sent.
        </Gate>
      ) : unverified ? (
        <Gate icon="shieldAlert" title="Their chat key can’t be verified">
          No wallet vouches for it, so nothing is sent to it. This ends when they unlock chat with their wallet again.
        </Gate>
      ) : (
        <ComposerField />
      )}
    </Root>
  );
});

function Request(): ReactNode {
  const { peer, name } = useChatWindow();
  const actions = useRequestActions(peer);
  return (
    <Gate icon="chat" title={`${name} wants to write to you`}>
      Accepting lets them notify you. Until then they can’t see whether you read this.
      <AnswerButtons actions={actions} />
    </Gate>
  );
}

function Blocked(): ReactNode {
  const { peer, name } = useChatWindow();
  const { unblock, pending, error } = useRequestActions(peer);
  return (
    <Gate icon="block" title={`You blocked ${name}`}>
      Neither of you can write to the other.
      {error && <ErrorNote error={error} />}
      <Row>
        <Button size="small" busy={pending === 'unblock'} onClick={() => void unblock()}>
          Unblock
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
  margin-top: 10px;
`;
