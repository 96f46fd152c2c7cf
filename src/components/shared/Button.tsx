import { forwardRef, type ButtonHTMLAttributes } from 'react';
import { styled } from 'styled-components';
import { Spinner } from './Spinner.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** @default 'secondary' */
  readonly tone?: 'primary' | 'secondary' | 'quiet' | 'text' | 'danger';
  /** @default 'medium' */
  readonly size?: 'small' | 'medium' | 'large';
  /** Its command is running: it cannot be pressed, and stays where it is in the focus order. */
  readonly busy?: boolean;
}

/** A button with words in it. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { tone = 'secondary', size = 'medium', busy = false, onClick, children, ...props },
  ref,
) {
  return (
    <Base
      ref={ref}
      type="button"
      data-tone={tone}
      data-size={size}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
      {...props}
    >
      {busy && <Spinner />}
      {children}
    </Base>
  );
});

const Base = styled.button`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 7px;
  margin: 0;
  border: 0;
  height: var(--pc-target);
  padding: 0 14px;
  border-radius: calc(10px * var(--pc-roundness));
  background: var(--pc-color-fill);
  color: var(--pc-color-text);
  font: inherit;
  font-size: var(--pc-text-base);
  font-weight: 550;
  letter-spacing: -0.006em;
  white-space: nowrap;
  cursor: pointer;
  transition: background var(--pc-quick) var(--pc-ease);

  &:hover {
    background: var(--pc-color-fill-hover);
  }
  &[data-tone='primary'] {
    background: var(--pc-color-accent);
    color: var(--pc-color-on-accent);
  }
  &[data-tone='primary']:hover {
    background: var(--pc-color-accent-hover);
  }
  &[data-tone='danger'] {
    background: var(--pc-color-danger-solid);
    color: var(--pc-color-on-danger);
  }
  &[data-tone='quiet'],
  &[data-tone='text'] {
    background: none;
    padding: 0 10px;
    color: var(--pc-color-text-muted);
  }
  &[data-tone='text'] {
    color: var(--pc-color-accent-text);
  }
  &[data-tone='quiet']:hover,
  &[data-tone='text']:hover {
    background: var(--pc-color-fill);
  }
  &[data-size='small'] {
    height: max(32px, calc(var(--pc-target) - 4px));
    font-size: var(--pc-text-sm);
    padding: 0 11px;
    border-radius: var(--pc-radius-sm);
  }
  &[data-size='large'] {
    height: 44px;
    font-size: var(--pc-text-md);
    border-radius: var(--pc-radius-md);
    padding: 0 20px;
  }
  &:disabled {
    background: var(--pc-color-fill);
    color: var(--pc-color-text-muted);
    cursor: default;
  }
  &[aria-busy] {
    cursor: progress;
  }

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;
