import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Session, UnlockStep } from '../../client/state.ts';
import { useSession } from '../../hooks/useSession.ts';
import { usePart } from '../parts/usePart.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Placeholder, Tile } from '../shared/Placeholder.tsx';
import { Skeleton } from '../shared/Skeleton.tsx';
import { UnlockSteps } from './UnlockSteps.tsx';
import { useText, type Translate } from '../text/useText.ts';

/**
 * Explains what the wallet is about to ask, then asks it; nothing at all when the session is ready.
 * @example <UnlockPanel />
 */
export function UnlockPanel(): ReactNode {
  const { session, unlock, unlockState } = useSession();
  const { t } = useText();
  const part = usePart('unlock', {});
  if (session.status === 'ready') return null;
  if (session.status === 'disconnected') {
    return (
      <Placeholder icon="lock" title={t('unlock.noWallet.title')} tone="plain">
        <p>{t('unlock.noWallet.text')}</p>
      </Placeholder>
    );
  }
  if (session.status === 'reopening') return <Skeleton label={t('unlock.reopening')} shape="rows" />;
  const busy = session.status === 'unlocking' || unlockState.status === 'pending';
  const error = errorOf(session) ?? (unlockState.status === 'failed' ? unlockState.error : undefined);
  return (
    <Panel {...part}>
      <Tile>
        <Icon name="lock" size={24} />
      </Tile>
      <Title>{t('unlock.title')}</Title>
      <Lead>{t('unlock.lead')}</Lead>
      <UnlockSteps step={session.status === 'unlocking' ? session.step : undefined} />
      <Space />
      <Progress role="status">{session.status === 'unlocking' && describeStep(session.step, t)}</Progress>
      {error && !busy && <ErrorNote error={error} />}
      <Button tone="primary" size="large" busy={busy} onClick={() => void unlock()}>
        {t(error ? 'unlock.again' : 'unlock.title')}
      </Button>
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
  padding: 24px 24px 20px;
  overflow-y: auto;
`;

const Title = styled.strong`
  font-size: var(--pc-text-xl);
  font-weight: 650;
  letter-spacing: -0.02em;
  line-height: 26px;
`;

const Lead = styled.p`
  margin: 6px 0 0;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-base);
  line-height: 20px;
  text-wrap: pretty;
`;

const Space = styled.div`
  flex: 1;
  min-height: 16px;
`;

const Progress = styled.div`
  min-height: 18px;
  margin-bottom: 10px;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 18px;
  text-align: center;

  & + [role='alert'] {
    margin-bottom: 12px;
  }
`;
