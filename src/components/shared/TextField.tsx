import { forwardRef, type InputHTMLAttributes } from 'react';
import { styled } from 'styled-components';
import { Icon, type IconName } from './Icon.tsx';

export interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly icon: IconName;
  /** Its accessible name, and what stands in it while it is empty. */
  readonly label: string;
}

/** One line to write into. */
export const TextField = forwardRef<HTMLInputElement, TextFieldProps>(function TextField(
  { icon, label, ...props },
  ref,
) {
  return (
    <Root>
      <Icon name={icon} size={16} />
      <input
        ref={ref}
        type="text"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        {...props}
      />
    </Root>
  );
});

const Root = styled.label`
  display: flex;
  align-items: center;
  gap: 9px;
  min-height: max(40px, var(--pc-target));
  padding-inline: 12px;
  border-radius: calc(11px * var(--pc-roundness));
  background: var(--pc-color-fill);
  color: var(--pc-color-text-muted);

  &:focus-within {
    box-shadow: 0 0 0 2px var(--pc-color-focus-ring);
  }
  & > input {
    flex: 1;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--pc-color-text);
    font: inherit;
    font-size: var(--pc-text-base);
  }
  & > input::placeholder {
    color: var(--pc-color-text-muted);
    opacity: 1;
  }
  && > input:focus-visible {
    outline: none;
  }
  @media (pointer: coarse) {
    & > input {
      font-size: 16px;
    }
  }

  @media (forced-colors: active) {
    border: 1px solid;

    &:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
