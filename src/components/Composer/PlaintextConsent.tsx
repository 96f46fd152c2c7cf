import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { WindowPanel } from '../ChatWindow/WindowPanel.tsx';
import { Button } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import { useLateRich, useLateText } from '../text/useLateText.ts';

export interface PlaintextConsentProps {
  readonly send: () => void;
  readonly keep: () => void;
}

/** Asks before a message goes to somebody who has no key yet. */
export function PlaintextConsent({ send, keep }: PlaintextConsentProps): ReactNode {
  const { name } = useChatWindow();
  const t = useLateText();
  const rich = useLateRich();
  return (
    <WindowPanel
      icon="lockOpen"
      title={t('plaintext.title')}
      lead={rich('plaintext.text', { name })}
      close={keep}
      actions={
        <>
          <Button tone="primary" size="large" onClick={send}>
            {t('plaintext.send')}
          </Button>
          <Button size="large" onClick={keep}>
            {t('plaintext.keep')}
          </Button>
        </>
      }
    >
      <Facts>
        <li>
          <Icon name="eyeOff" />
          {t('plaintext.fact.private')}
        </li>
        <li>
          <Icon name="shieldCheck" />
          {t('plaintext.fact.signed')}
        </li>
      </Facts>
    </WindowPanel>
  );
}

const Facts = styled.ul`
  display: grid;
  gap: 9px;
  margin: 16px 0 0;
  padding: 0;
  list-style: none;
  font-size: var(--pc-text-base);
  line-height: 20px;

  & > li {
    display: flex;
    gap: 10px;
  }
  & svg {
    color: var(--pc-color-text-muted);
    margin-top: 1px;
  }
`;
