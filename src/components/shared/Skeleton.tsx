import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { VisuallyHidden } from './VisuallyHidden.tsx';

export interface SkeletonProps {
  /** What is being read, for screen readers. */
  readonly label: string;
  readonly shape: 'rows' | 'bubbles';
}

const WIDTHS = [62, 38, 54, 46, 30] as const;

/** The outline of what is about to come. */
export function Skeleton({ label, shape }: SkeletonProps): ReactNode {
  return (
    <Root role="status" data-shape={shape}>
      <VisuallyHidden>{label}</VisuallyHidden>
      {WIDTHS.map((width, index) => (
        <Bar key={width} style={{ width: `${width}%` }} data-own={index % 3 === 2 || undefined} />
      ))}
    </Root>
  );
}

const Root = styled.div`
  display: flex;
  flex-direction: column;
  gap: 12px;
  position: relative;
  padding: 16px;

  &[data-shape='bubbles'] {
    flex: 1;
    justify-content: flex-end;
  }
`;

const Bar = styled.span`
  height: 38px;
  border-radius: var(--pc-bubble-radius);
  background: var(--pc-color-fill);

  [data-shape='bubbles'] > &[data-own] {
    align-self: flex-end;
    background: var(--pc-color-accent-soft);
  }
  [data-shape='rows'] > & {
    height: 20px;
    margin-block: 14px;
    border-radius: var(--pc-radius-sm);
  }
`;
