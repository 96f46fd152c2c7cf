import { useId, type ReactNode } from 'react';
import { styled } from 'styled-components';

export interface ChoiceProps<Value extends string | number> {
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, name: string])[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string | number>({ legend, value, options, onChange }: ChoiceProps<Value>) {
  const group = useId();
  return (
    <Group>
      <legend>{legend}</legend>
      <div>
        {options.map(([each, name]) => (
          <label key={each}>
            <input type="radio" name={group} checked={each === value} onChange={() => onChange(each)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </Group>
  );
}

export interface SliderProps {
  readonly name: string;
  readonly value: number;
  readonly range: readonly [least: number, most: number, step: number];
  /** The value as it is read. */
  readonly shown: string;
  readonly onChange: (value: number) => void;
}

/** A number between two others. */
export function Slider({ name, value, range: [min, max, step], shown, onChange }: SliderProps): ReactNode {
  const id = useId();
  return (
    <Labelled>
      <label htmlFor={id}>{name}</label>
      <output htmlFor={id}>{shown}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={shown}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </Labelled>
  );
}

/** A fieldset without the browser's own looks. */
export const Group = styled.fieldset`
  min-width: 0;
  margin: 0;
  padding: 0;
  border: 0;

  & > legend {
    margin-bottom: 6px;
    padding: 0;
    font-size: var(--pc-text-sm);
    font-weight: 600;
  }
  & > div:has(> label > [type='radio']) {
    display: flex;
    gap: 2px;
    padding: 3px;
    border-radius: var(--pc-radius-md);
    background: var(--pc-color-fill);
  }
  & > div > label {
    flex: 1;
    position: relative;
    text-align: center;
    cursor: pointer;
  }
  & [type='radio'] {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  & [type='radio'] + span {
    display: block;
    padding: 6px 4px;
    border-radius: var(--pc-radius-sm);
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-sm);
    line-height: 20px;
  }
  & [type='radio']:checked + span {
    background: light-dark(var(--pc-color-surface-raised), var(--pc-color-fill-pressed));
    box-shadow: var(--pc-shadow-1);
    color: var(--pc-color-text);
    font-weight: 600;
  }
  & [type='radio']:focus-visible + span {
    outline: 2px solid var(--pc-color-focus-ring);
    outline-offset: 1px;
  }
`;

const Labelled = styled.div`
  display: grid;
  grid-template-columns: 1fr auto;
  gap: 4px 12px;
  font-size: var(--pc-text-sm);

  & label {
    font-weight: 600;
  }
  & output {
    color: var(--pc-color-text-muted);
    font-variant-numeric: tabular-nums;
  }
  & input {
    grid-column: 1 / -1;
    width: 100%;
    margin: 0;
    height: 24px;
    accent-color: var(--pc-color-accent);
  }
`;
