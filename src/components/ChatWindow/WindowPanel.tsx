import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { usePart } from '../parts/usePart.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { Tile } from '../shared/Placeholder.tsx';

export interface WindowPanelProps {
  readonly icon: IconName;
  readonly tone?: 'plain' | 'warning' | 'verified';
  readonly title: string;
  readonly lead: ReactNode;
  readonly children?: ReactNode;
  /** The ways out, the main one first. */
  readonly actions: ReactNode;
  /** Escape does this. */
  readonly close: () => void;
}

/** Stands over the thread, which is out of reach until it is answered. */
export function WindowPanel({
  icon,
  tone = 'plain',
  title,
  lead,
  children,
  actions,
  close,
}: WindowPanelProps): ReactNode {
  const titleId = useId();
  const leadId = useId();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.focus();
  }, []);
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  const part = usePart('panel', { onKeyDown: closeByKey });
  return (
    <Panel ref={panel} role="dialog" aria-labelledby={titleId} aria-describedby={leadId} tabIndex={-1} {...part}>
      <Tile data-tone={tone}>
        <Icon name={icon} size={24} />
      </Tile>
      <Title id={titleId}>{title}</Title>
      <Lead id={leadId}>{lead}</Lead>
      {children}
      <Actions>{actions}</Actions>
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

const Lead = styled.div`
  margin: 6px 0 0;
  color: var(--pc-color-text-muted);
  line-height: 21px;
  overflow-wrap: anywhere;
`;

const Actions = styled.div`
  display: grid;
  gap: 8px;
  /* In sight in the smallest window too. */
  position: sticky;
  bottom: -20px;
  margin-top: auto;
  padding-block: 20px;
  margin-bottom: -20px;
  background: var(--pc-color-surface);
`;
