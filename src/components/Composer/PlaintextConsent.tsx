import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { Button } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Tile } from '../shared/Placeholder.tsx';
import { useText } from '../text/useText.ts';

export interface PlaintextConsentProps {
  readonly send: () => void;
  readonly keep: () => void;
}

/** Asks before a message goes to somebody who has no key yet. */
export function PlaintextConsent({ send, keep }: PlaintextConsentProps): ReactNode {
  const { name } = useChatWindow();
  const { t, rich } = useText();
  const title = useId();
  const text = useId();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.focus();
  }, []);
  const keepByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') keep();
  };
  return (
    <Panel
      ref={panel}
      role="dialog"
      aria-labelledby={title}
      aria-describedby={text}
      tabIndex={-1}
      onKeyDown={keepByKey}
    >
      <Tile data-tone="plain">
        <Icon name="lockOpen" size={24} />
      </Tile>
      <Title id={title}>{t('plaintext.title')}</Title>
      <Text id={text}>{rich('plaintext.text', { name })}</Text>
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
      <Buttons>
        <Button tone="primary" size="large" onClick={send}>
          {t('plaintext.send')}
        </Button>
        <Button size="large" onClick={keep}>
          {t('plaintext.keep')}
        </Button>
      </Buttons>
    </Panel>
  );
}

const Panel = styled.div`
  position: absolute;
  z-index: 1;
  inset: var(--pc-header-height) 0 0;
  display: flex;
  flex-direction: column;
  padding: 24px 24px 20px;
  overflow-y: auto;
  background: var(--pc-color-surface);

  &:focus {
    outline: none;
  }
`;

const Title = styled.strong`
  font-size: var(--pc-text-xl);
  font-weight: 650;
  letter-spacing: -0.02em;
  line-height: 26px;
  text-wrap: balance;
`;

const Text = styled.p`
  margin: 6px 0 0;
  color: var(--pc-color-text-muted);
  line-height: 21px;
  overflow-wrap: anywhere;
`;

const Facts = styled.ul`
  display: grid;
  gap: 9px;
  margin: 16px 0;
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

const Buttons = styled.div`
  display: grid;
  gap: 8px;
  margin-top: auto;
`;
