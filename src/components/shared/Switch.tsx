import { useId, type ReactNode } from 'react';
import { styled } from 'styled-components';

export interface SwitchProps {
  readonly label: string;
  /** What it means, in a sentence. */
  readonly hint?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly turn: (on: boolean) => void;
}

/** Something that is on or off, at once. */
export function Switch({ label, hint, on, disabled = false, turn }: SwitchProps): ReactNode {
  const id = useId();
  return (
    <Row>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={on}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => turn(event.target.checked)}
      />
      {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
    </Row>
  );
}

const Row = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  align-items: center;
  gap: 2px 14px;

  & > label {
    color: var(--pc-color-text);
    font-size: var(--pc-text-base);
    font-weight: 550;
    line-height: 20px;
    cursor: pointer;
  }
  & > p {
    grid-column: 1;
    margin: 0;
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-sm);
    line-height: 18px;
  }
  & > input {
    appearance: none;
    position: relative;
    grid-row: 1 / span 2;
    grid-column: 2;
    width: 42px;
    height: 26px;
    margin: 0;
    border-radius: 13px;
    background: var(--pc-color-text-muted);
    cursor: pointer;
    transition: background var(--pc-quick) var(--pc-ease);
  }
  & > input::before {
    content: '';
    position: absolute;
    inset-block-start: 3px;
    inset-inline-start: 3px;
    width: 20px;
    height: 20px;
    border-radius: 50%;
    background: var(--pc-color-surface);
    box-shadow: var(--pc-shadow-1);
    transition: inset-inline-start var(--pc-quick) var(--pc-ease);
  }
  & > input:checked {
    background: var(--pc-color-accent);
  }
  & > input:checked::before {
    inset-inline-start: 19px;
    background: var(--pc-color-on-accent);
  }
  & > input:disabled {
    opacity: 0.5;
    cursor: default;
  }

  @media (prefers-reduced-motion: reduce) {
    & > input,
    & > input::before {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    & > input {
      border: 1px solid;
      forced-color-adjust: none;
      background: Canvas;
    }
    & > input::before {
      background: ButtonText;
    }
    & > input:checked {
      background: Highlight;
    }
  }
`;
