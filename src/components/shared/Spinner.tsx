import type { ReactNode } from 'react';
import { keyframes, styled } from 'styled-components';
import { VisuallyHidden } from './VisuallyHidden.tsx';

export interface SpinnerProps {
  /** What is going on, for screen readers; silent when words beside it say so. */
  readonly label?: string;
}

/** Something is going on. */
export function Spinner({ label }: SpinnerProps): ReactNode {
  return (
    <Status role={label === undefined ? undefined : 'status'}>
      <Ring aria-hidden="true" />
      {label !== undefined && <VisuallyHidden>{label}</VisuallyHidden>}
    </Status>
  );
}

const turn = keyframes`
  to { transform: rotate(1turn); }
`;

const Status = styled.span`
  display: inline-block;
  position: relative;
`;

const Ring = styled.span`
  display: block;
  width: 16px;
  height: 16px;
  border-radius: 50%;
  border: 2px solid currentColor;
  border-top-color: transparent;
  animation: ${turn} 0.8s linear infinite;
`;
