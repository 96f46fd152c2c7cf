import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useSafetyNumber } from '../../hooks/useSafetyNumber.ts';
import { formatSafetyNumber } from '../../protocol/formatSafetyNumber.ts';
import { Button } from '../shared/Button.tsx';
import { useLateRich, useLateText } from '../text/useLateText.ts';
import { useText } from '../text/useText.ts';
import { useChatWindow } from './chatWindowContext.ts';
import { WindowPanel } from './WindowPanel.tsx';

/** The number that two people compare, elsewhere than here, to know that nobody stands between them. */
export function SafetyPanel(): ReactNode {
  const { peer, name, setPanel } = useChatWindow();
  const { t } = useText();
  const late = useLateText();
  const rich = useLateRich();
  const { number, identity, markVerified } = useSafetyNumber(peer);
  const close = (): void => setPanel(null);
  const compared = identity?.compared === true;
  const lead = number === undefined ? 'safety.none' : compared ? 'safety.compared' : 'safety.text';
  return (
    <WindowPanel
      icon={compared ? 'shieldCheck' : 'shield'}
      tone={compared ? 'verified' : 'plain'}
      title={t('safety.title')}
      lead={rich(lead, { name })}
      close={close}
      actions={
        <>
          {number !== undefined && !compared && (
            <Button tone="primary" size="large" onClick={() => void markVerified().then(close)}>
              {late('safety.same')}
            </Button>
          )}
          <Button size="large" onClick={close}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      {number !== undefined && (
        <Groups dir="ltr">
          {formatSafetyNumber(number)
            .split(' ')
            .map((group, place) => (
              <span key={place}>{group}</span>
            ))}
        </Groups>
      )}
    </WindowPanel>
  );
}

const Groups = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(72px, 1fr));
  gap: 8px 12px;
  margin-top: 18px;
  padding: 16px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-sunken);
  font: 500 var(--pc-text-lg) / 24px var(--pc-font-mono);
  font-variant-numeric: tabular-nums;
  text-align: center;
`;
