import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import { styled } from 'styled-components';

interface Labelled {
  readonly label: string;
  /** What is asked for, in a few words. */
  readonly hint?: string | undefined;
}

/** A line to write into, with its name above it. */
export function LabelledField({ label, hint, ...props }: Labelled & InputHTMLAttributes<HTMLInputElement>): ReactNode {
  const id = useId();
  return (
    <Root>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...props}
      />
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </Root>
  );
}

/** The same for more than a line. */
export function LabelledText({ label, ...props }: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>): ReactNode {
  const id = useId();
  return (
    <Root>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={2} {...props} />
    </Root>
  );
}

/** One of a few, opened by the browser's own list. */
export function LabelledSelect({
  label,
  value,
  options,
  choose,
}: Labelled & {
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly choose: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <Root>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(event.target.value)}>
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </Root>
  );
}

const Root = styled.div`
  display: grid;
  gap: 5px;
  min-width: 0;

  & > label {
    color: var(--pc-color-text);
    font-size: var(--pc-text-sm);
    font-weight: 600;
    line-height: 16px;
  }
  & > small {
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-xs);
    line-height: 16px;
  }
  & > :is(input, textarea, select) {
    min-width: 0;
    width: 100%;
    min-height: max(40px, var(--pc-target));
    margin: 0;
    padding: 8px 12px;
    border: 0;
    border-radius: calc(11px * var(--pc-roundness));
    background: var(--pc-color-fill);
    color: var(--pc-color-text);
    font: inherit;
    font-size: var(--pc-text-base);
    line-height: 20px;
    resize: vertical;
  }
  & > select option {
    background: var(--pc-color-surface);
    color: var(--pc-color-text);
  }
  &&& > :is(input, textarea, select):focus-visible {
    outline: 2px solid var(--pc-color-focus-ring);
    outline-offset: 0;
  }
  & > [aria-invalid='true'] {
    box-shadow: inset 0 0 0 1.5px var(--pc-color-danger);
  }
  & > ::placeholder {
    color: var(--pc-color-text-muted);
    opacity: 1;
  }
  @media (pointer: coarse) {
    & > :is(input, textarea, select) {
      font-size: 16px;
    }
  }
  @media (forced-colors: active) {
    & > :is(input, textarea, select) {
      border: 1px solid;
    }
  }
`;
