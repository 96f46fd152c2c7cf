import { useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Session, UnlockStep } from '../../client/state.ts';
import { useSession } from '../../hooks/useSession.ts';
import { usePart } from '../parts/usePart.ts';
import { Button } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Placeholder, Tile } from '../shared/Placeholder.tsx';
import { Skeleton } from '../shared/Skeleton.tsx';
import { useText, type Translate } from '../text/useText.ts';
import { ExactText } from './ExactText.tsx';
import { KeepChoice } from './KeepChoice.tsx';
import { Lead, Title } from './headings.ts';
import { UnlockFailure } from './UnlockFailure.tsx';
import { UnlockSteps } from './UnlockSteps.tsx';

/**
 * Explains what the wallet is about to ask, then asks it; nothing at all when the session is ready.
 * @example <UnlockPanel />
 */
export function UnlockPanel(): ReactNode {
  const { session, unlock, unlockState, asksToKeep } = useSession();
  const { t } = useText();
  const part = usePart('unlock', {});
  const [keep, setKeep] = useState(false);
  if (session.status === 'ready') return null;
  if (session.status === 'disconnected') {
    return (
      <Placeholder icon="lock" title={t('unlock.noWallet.title')} tone="plain">
        <p>{t('unlock.noWallet.text')}</p>
      </Placeholder>
    );
  }
  if (session.status === 'reopening') return <Skeleton label={t('unlock.reopening')} shape="rows" />;
  const step = session.status === 'unlocking' ? session.step : undefined;
  const busy = step !== undefined || unlockState.status === 'pending';
  const error = errorOf(session) ?? (unlockState.status === 'failed' ? unlockState.error : undefined);
  const failed = busy ? undefined : error;
  return (
    <Panel {...part}>
      <Body>
        {failed ? (
          <UnlockFailure error={failed} />
        ) : (
          <>
            {!step && (
              <Tile>
                <Icon name="lock" size={24} />
              </Tile>
            )}
            <Title>{t('unlock.title')}</Title>
            {!step && <Lead>{t('unlock.lead')}</Lead>}
            <UnlockSteps step={step} />
          </>
        )}
        {step?.name === 'wallet' && <ExactText text={step.text} />}
      </Body>
      <Foot>
        <Progress role="status">{step && describeStep(step, t)}</Progress>
        {asksToKeep && !busy && <KeepChoice keep={keep} setKeep={setKeep} />}
        <Button tone="primary" size="large" busy={busy} onClick={() => void (asksToKeep ? unlock({ keep }) : unlock())}>
          {t(failed ? 'unlock.again' : 'unlock.title')}
        </Button>
      </Foot>
    </Panel>
  );
}

const errorOf = (session: Session) => (session.status === 'locked' ? session.error : undefined);

function describeStep(step: UnlockStep, t: Translate): string {
  switch (step.name) {
    case 'reading':
      return t('unlock.reading');
    case 'generating':
      return t('unlock.generating');
    case 'wallet':
      if (step.purpose === 'check-wallet') return t('unlock.signAgain', { prompt: step.prompt, of: step.of });
      return step.of === 1 ? t('unlock.sign') : t('unlock.signNth', { prompt: step.prompt, of: step.of });
    case 'publishing':
      return t('unlock.publishing');
  }
}

const Panel = styled.div`
  flex: 1;
  min-height: 0;
  display: flex;
  flex-direction: column;
`;

const Body = styled.div`
  flex: 1;
  min-height: 0;
  padding: 24px 24px 12px;
  overflow-y: auto;
`;

const Foot = styled.div`
  flex: none;
  display: grid;
  padding: 4px 24px 20px;
`;

const Progress = styled.div`
  min-height: 18px;
  margin-bottom: 10px;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 18px;
  text-align: center;
`;
