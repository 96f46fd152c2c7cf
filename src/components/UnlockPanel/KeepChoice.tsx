import { useId, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text/useText.ts';

export interface KeepChoiceProps {
  readonly keep: boolean;
  readonly setKeep: (keep: boolean) => void;
}

/** Whether the keys may stay on this device. Unasked they do not. */
export function KeepChoice({ keep, setKeep }: KeepChoiceProps): ReactNode {
  const { t } = useText();
  const id = useId();
  return (
    <Choice>
      <input
        id={id}
        type="checkbox"
        checked={keep}
        aria-describedby={`${id}-text`}
        onChange={(event) => setKeep(event.target.checked)}
      />
      <label htmlFor={id}>{t('unlock.keep')}</label>
      <p id={`${id}-text`}>{t('unlock.keep.text')}</p>
    </Choice>
  );
}

const Choice = styled.div`
  display: grid;
  grid-template-columns: 24px minmax(0, 1fr);
  column-gap: 10px;
  margin-bottom: 14px;
  font-size: var(--pc-text-base);
  line-height: 24px;

  & > input {
    width: 20px;
    height: 20px;
    margin: 2px;
    accent-color: var(--pc-color-accent);
  }
  & > label {
    cursor: pointer;
  }
  & > p {
    grid-column: 2;
    margin: 0;
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-sm);
    line-height: 18px;
  }
`;
