import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { Icon, type IconName } from '../shared/Icon.tsx';

export interface GateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
}

/** Stands in the composer's place and says why. */
export function Gate({ icon, title, children }: GateProps): ReactNode {
  return (
    <Root role="group" aria-label={title}>
      <Icon name={icon} />
      <div>
        <b>
          <bdi>{title}</bdi>
        </b>
        {children}
      </div>
    </Root>
  );
}

const Root = styled.div`
  display: flex;
  gap: 12px;
  padding: 12px 14px;
  border-radius: var(--pc-radius-lg);
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & > div {
    flex: 1;
    min-width: 0;
  }
  & b {
    display: block;
    color: var(--pc-color-text);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
`;
