import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { Icon, type IconName } from './Icon.tsx';

export interface PlaceholderProps {
  readonly icon: IconName;
  readonly title: string;
  /** What follows from it, and what to do. */
  readonly children?: ReactNode;
  /** @default 'accent' */
  readonly tone?: 'accent' | 'plain' | 'warning';
  /** Whether it tells of a failure, and so is read out at once. @default false */
  readonly alert?: boolean;
}

/** What stands where there is nothing else to show. */
export function Placeholder({ icon, title, children, tone = 'accent', alert = false }: PlaceholderProps): ReactNode {
  return (
    <Root role={alert ? 'alert' : undefined}>
      <Tile data-tone={tone}>
        <Icon name={icon} size={24} />
      </Tile>
      <Title>{title}</Title>
      {children}
    </Root>
  );
}

const Root = styled.div`
  flex: 1;
  min-height: 0;
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: safe center;
  gap: 4px;
  padding: 24px 28px;
  overflow-y: auto;
  text-align: center;
  text-wrap: balance;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-base);
  line-height: 20px;

  & > p {
    margin: 0;
    max-width: 300px;
    overflow-wrap: anywhere;
  }
  & > button {
    margin-top: 14px;
  }
`;

/** The square that carries the drawing of a placeholder or panel. */
export const Tile = styled.span`
  flex: none;
  display: grid;
  place-items: center;
  width: 52px;
  height: 52px;
  margin-bottom: 12px;
  border-radius: var(--pc-radius-lg);
  background: var(--pc-color-accent-soft);
  color: var(--pc-color-accent-text);

  &[data-tone='plain'] {
    background: var(--pc-color-fill);
    color: var(--pc-color-text-muted);
  }
  &[data-tone='verified'] {
    background: var(--pc-color-verified-soft);
    color: var(--pc-color-verified);
  }
  &[data-tone='warning'] {
    background: var(--pc-color-warning-soft);
    color: var(--pc-color-warning);
  }
`;

const Title = styled.strong`
  color: var(--pc-color-text);
  font-size: var(--pc-text-lg);
  font-weight: 630;
  letter-spacing: -0.015em;
  line-height: 24px;
`;
