import { forwardRef, type ButtonHTMLAttributes } from 'react';
import { styled } from 'styled-components';
import { Icon, type IconName } from './Icon.tsx';

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  /** Its accessible name. */
  readonly label: string;
}

/** A button with a drawing in it, named for everybody by its label. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { icon, label, ...props },
  ref,
) {
  return (
    <Base ref={ref} type="button" aria-label={label} title={label} {...props}>
      <Icon name={icon} size={20} />
    </Base>
  );
});

const Base = styled.button`
  flex: none;
  display: inline-grid;
  place-items: center;
  width: var(--pc-target);
  height: var(--pc-target);
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: calc(10px * var(--pc-roundness));
  background: none;
  color: var(--pc-color-text-muted);
  cursor: pointer;

  &:hover {
    background: var(--pc-color-fill);
    color: var(--pc-color-text);
  }
`;
