import { useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ChatSummary } from '../../client/state.ts';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useLateText } from '../text/useLateText.ts';
import { useText } from '../text/useText.ts';

/** Turns all requests away that are here, after it asked. Their senders may ask again; blocking is for each of them. */
export function RejectAll({ requests }: { readonly requests: readonly ChatSummary[] }): ReactNode {
  const { rejectRequest } = usePushChat();
  const { t } = useText();
  const late = useLateText();
  const [asking, setAsking] = useState(false);
  const [left, setLeft] = useState<number | null>(null);
  const [error, setError] = useState<PushChatError | null>(null);

  const reject = async (): Promise<void> => {
    setError(null);
    setAsking(false);
    try {
      for (const [done, { peer }] of requests.entries()) {
        setLeft(requests.length - done);
        await rejectRequest(peer);
      }
    } catch (thrown) {
      setError(asPushChatError(thrown));
    }
    setLeft(null);
  };

  return (
    <Root>
      {error && <ErrorNote error={error} />}
      {asking ? (
        <>
          <p>{late('requests.rejectAll.text', { count: requests.length })}</p>
          <Row>
            <Button tone="danger" size="small" onClick={() => void reject()}>
              {late('requests.rejectAll')}
            </Button>
            <Button size="small" onClick={() => setAsking(false)}>
              {t('action.cancel')}
            </Button>
          </Row>
        </>
      ) : (
        <Button tone="quiet" size="small" busy={left !== null} onClick={() => setAsking(true)}>
          {left === null ? late('requests.rejectAll') : late('requests.rejecting', { count: left })}
        </Button>
      )}
    </Root>
  );
}

const Root = styled.div`
  display: grid;
  justify-items: center;
  gap: 8px;
  padding: 12px 16px;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 18px;
  text-align: center;

  & > p {
    margin: 0;
  }
`;

const Row = styled.div`
  display: flex;
  gap: 8px;
`;
